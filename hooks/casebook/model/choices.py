"""The words that a field may choose from, and what each of them says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, get_args

Status = Literal["draft", "review", "published", "retired"]
Strand = Literal["persona", "product", "company", "public", "law"]
Confidence = Literal["reported", "confirmed", "disputed"]
ClaimKind = Literal["factual", "experiential", "visionary"]
ClaimStatus = Literal["pending", "kept", "partly-kept", "missed", "withdrawn", "disputed"]
LessonRelation = Literal["supports", "complicates", "contradicts"]
Authenticity = Literal["staged", "candid", "edited", "synthetic", "genuine", "undetermined"]
Bloom = Literal["remember", "understand", "apply", "analyse", "evaluate", "create"]
ChartKind = Literal["bar", "line"]
CaseRelation = Literal["precedent", "sequel", "parallel", "contrast"]
SourceKind = Literal["primary", "secondary", "tertiary"]
Independence = Literal["self-issued", "press", "commentary"]
Qualifier = Literal["about", "nearly", "over", "at least", "at most"]
CslType = Literal[
    "article", "article-magazine", "article-newspaper", "book", "broadcast", "chapter", "interview",
    "motion_picture", "post", "post-weblog", "report", "speech", "webpage",
]  # fmt: skip

_MEANINGS: Mapping[str, tuple[object, Mapping[str, str]]] = {
    "Status": (Status, {
        "draft": "Being written: shown in the preview only.",
        "review": "Finished by its author and waiting for another editor: shown in the preview only.",
        "published": "On the site.",
        "retired": "Taken back: its page says why, and its id is never used again.",
    }),
    "Strand": (Strand, {
        "persona": "How the founder appeared: pictures, posts, speeches.",
        "product": "What the product did, or what was done to it.",
        "company": "What the company did besides.",
        "public": "What customers, press and strangers said and did.",
        "law": "What courts and authorities did.",
    }),
    "Confidence": (Confidence, {
        "reported": "One source tells of it, or several that go back to one.",
        "confirmed": "Sources that do not depend on each other tell of it.",
        "disputed": "Sources contradict each other.",
    }),
    "ClaimKind": (ClaimKind, {
        "factual": "Facts and figures can verify it.",
        "experiential": "Those who use the thing can judge it.",
        "visionary": "Only time can tell.",
    }),
    "ClaimStatus": (ClaimStatus, {
        "pending": "Nothing has settled it yet.",
        "kept": "It came true as it was said.",
        "partly-kept": "Some of what was promised came true, or all of it late.",
        "missed": "It did not come true, or its day passed.",
        "withdrawn": "Whoever made it took it back.",
        "disputed": "Sources contradict each other on what became of it.",
    }),
    "LessonRelation": (LessonRelation, {
        "supports": "The case is evidence for the lesson.",
        "complicates": "The lesson holds here only in part, or only with a condition that it does not name.",
        "contradicts": "The case is evidence against the lesson.",
    }),
    "Authenticity": (Authenticity, {
        "staged": "Arranged in order to be photographed or filmed.",
        "candid": "Taken of something that went on without regard to the camera.",
        "edited": "Changed after it was taken.",
        "synthetic": "Made by a program: a cloned voice, a digital double.",
        "genuine": "What it purports to show; nobody says how it came to be taken.",
        "undetermined": "Whoever speaks leaves the question open.",
    }),
    "Bloom": (Bloom, {
        "remember": "Recall what happened, and who said what.",
        "understand": "Explain it in one's own words.",
        "apply": "Use an idea on the case.",
        "analyse": "Take it apart and see how the parts bear on each other.",
        "evaluate": "Judge by criteria, and defend the judgement.",
        "create": "Make something new of it: a plan, a text, a design.",
    }),
    "ChartKind": (ChartKind, {
        "bar": "Bars from zero, in the order given.",
        "line": "Marks on an axis of time, which starts at zero.",
    }),
    "CaseRelation": (CaseRelation, {
        "precedent": "The other case came before and made this one possible, or is what it was measured by.",
        "sequel": "The other case is what came of this one.",
        "parallel": "The other case is like this one.",
        "contrast": "The other case went another way from a like beginning.",
    }),
    "SourceKind": (SourceKind, {
        "primary": "The statement itself.",
        "secondary": "A report on it.",
        "tertiary": "A reprint, summary or survey of reports.",
    }),
    "Independence": (Independence, {
        "self-issued": "By those whom it is about.",
        "press": "By a newsroom that they do not own.",
        "commentary": "By somebody who argues.",
    }),
    "Qualifier": (Qualifier, {
        "about": "The source rounds.",
        "nearly": "The number is a little less.",
        "over": "The number is more.",
        "at least": "The number is this or more.",
        "at most": "The number is this or less.",
    }),
    "CslType": (CslType, {
        "article": "An article that is none of the other kinds, such as a preprint.",
        "article-magazine": "An article in a magazine.",
        "article-newspaper": "An article in a newspaper, in print or on its site.",
        "book": "A whole book.",
        "broadcast": "A programme or livestream.",
        "chapter": "A part of a book.",
        "interview": "An interview.",
        "motion_picture": "A film or video.",
        "post": "A post on a platform.",
        "post-weblog": "An article on a blog or a self-media account.",
        "report": "A report of a company, an institute or an authority.",
        "speech": "A speech.",
        "webpage": "A page on the web that is none of the other kinds.",
    }),
}  # fmt: skip

CHOICES: Mapping[str, Mapping[str, str]] = {
    name: {word: meanings[word] for word in get_args(words)} for name, (words, meanings) in _MEANINGS.items()
}
"""Name of the choice → its words in order → what each says, in a sentence."""

_BY_WORDS = {frozenset(meanings): meanings for meanings in CHOICES.values()}


def meanings_of(words: Iterable[str]) -> Mapping[str, str]:
    """What each of a field's choices says."""
    return _BY_WORDS[frozenset(words)]
