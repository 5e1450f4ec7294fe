"""The words that a field may choose from."""

from __future__ import annotations

from typing import Literal

Status = Literal["draft", "review", "published", "retired"]
Strand = Literal["persona", "product", "company", "public", "law"]
Confidence = Literal["reported", "confirmed", "disputed"]
ClaimKind = Literal["factual", "experiential", "visionary"]
ClaimStatus = Literal["pending", "kept", "partly-kept", "missed", "withdrawn", "disputed"]
LessonRelation = Literal["supports", "complicates", "contradicts"]
Authenticity = Literal["staged", "candid", "edited", "genuine", "undetermined"]
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
