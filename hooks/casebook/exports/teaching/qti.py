"""A quiz in IMS QTI 1.2 as Common Cartridge 1.1 narrows it (profile `cc.exam.v0p1`)."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markupsafe import escape

from casebook.exports.teaching.platform_words import Addresses
from casebook.exports.teaching.quiz import Option, QuizQuestion
from casebook.exports.teaching.xml_writing import document, element
from casebook.views.rendering import fragment

NAMESPACE = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
SCHEMA = "http://www.imsglobal.org/profile/cc/ccv1p1/ccv1p1_qtiasiv1p2p1_v1p0.xsd"
PROFILES = {"choice": "cc.multiple_choice.v0p1", "responses": "cc.multiple_response.v0p1", "essay": "cc.essay.v0p1"}
_RESPONSE = "response1"
_FEEDBACK = "general_fb"
"""The name by which Canvas knows feedback that does not depend on the answer."""
_SETTINGS = {
    "cc_profile": "cc.exam.v0p1", "qmd_assessmenttype": "Examination", "qmd_scoretype": "Percentage",
    "qmd_feedbackpermitted": "Yes", "qmd_hintspermitted": "No", "qmd_solutionspermitted": "No",
    "cc_maxattempts": "unlimited",
}  # fmt: skip


def assessment(identifier: str, title: str, questions: dict[str, QuizQuestion], addresses: Addresses) -> bytes:
    """The quiz as a file. `questions` by the id that each has in it; there must be at least one."""
    items = [
        _item(name, number, question, addresses) for number, (name, question) in enumerate(questions.items(), start=1)
    ]
    root = element(
        "questestinterop",
        element(
            "assessment",
            _metadata(_SETTINGS),
            element("section", *items, ident="root_section"),
            ident=identifier, title=title,
        ),
        xmlns=NAMESPACE, xmlns_xsi="http://www.w3.org/2001/XMLSchema-instance",
        xsi_schemaLocation=f"{NAMESPACE} {SCHEMA}",
    )  # fmt: skip
    return document(root)


def _item(name: str, number: int, question: QuizQuestion, addresses: Addresses) -> Element:
    stem = fragment("quiz_stem", stem=question.stem, passage=question.passage)
    feedback = fragment("quiz_feedback", explanation=question.explanation, evidence=addresses.links(question.evidence))
    settings = {"cc_profile": PROFILES[question.kind]}
    if question.kind == "essay":
        settings |= {"qmd_scoringpermitted": "Yes", "qmd_computerscored": "No"}
    labels = {_letter(place): option for place, option in enumerate(question.options)}
    return element(
        "item",
        element("itemmetadata", _metadata(settings)),
        element("presentation", _material(stem, "text/html"), _answer(question, labels)),
        _processing(question, labels),
        element("itemfeedback", element("flow_mat", _material(feedback, "text/html")), ident=_FEEDBACK),
        ident=name, title=f"{number}. {question.label}",
    )  # fmt: skip


def _answer(question: QuizQuestion, labels: dict[str, Option]) -> Element:
    if question.kind == "essay":
        return element("response_str", element("render_fib"), ident=_RESPONSE, rcardinality="Single")
    options = [
        element("response_label", _material(*_plain_or_escaped(option.text)), ident=label)
        for label, option in labels.items()
    ]
    several = "Multiple" if question.kind == "responses" else "Single"
    return element("response_lid", element("render_choice", *options), ident=_RESPONSE, rcardinality=several)


def _processing(question: QuizQuestion, labels: dict[str, Option]) -> Element:
    always = element(
        "respcondition",
        element("conditionvar", element("other")),
        element("displayfeedback", feedbacktype="Response", linkrefid=_FEEDBACK),
        **{"continue": "Yes"},
    )
    scored = [] if question.kind == "essay" else [_scored(question, labels)]
    score = element("decvar", varname="SCORE", vartype="Decimal", minvalue="0", maxvalue="100")
    return element("resprocessing", element("outcomes", score), always, *scored)


def _scored(question: QuizQuestion, labels: dict[str, Option]) -> Element:
    return element(
        "respcondition",
        element("conditionvar", _key(question, labels)),
        element("setvar", "100", action="Set", varname="SCORE"),
        **{"continue": "No"},
    )


def _key(question: QuizQuestion, labels: dict[str, Option]) -> Element:
    """What has to be chosen for all of the points: the right option, or all the right ones and none of the others."""
    if question.kind == "choice":
        return _equals(next(label for label, option in labels.items() if option.is_right))
    wanted = [_equals(label) for label, option in labels.items() if option.is_right]
    unwanted = [element("not", _equals(label)) for label, option in labels.items() if not option.is_right]
    return element("and", *wanted, *unwanted)


def _equals(label: str) -> Element:
    # Moodle counts the right answers of a question with several by case="Yes".
    return element("varequal", label, respident=_RESPONSE, case="Yes")


def _metadata(fields: dict[str, str]) -> Element:
    return element(
        "qtimetadata",
        *(
            element("qtimetadatafield", element("fieldlabel", label), element("fieldentry", entry))
            for label, entry in fields.items()
        ),
    )


def _material(text: str, kind: str) -> Element:
    return element("material", element("mattext", text, texttype=kind))


def _plain_or_escaped(text: str) -> tuple[str, str]:
    """Plain text; escaped HTML where the words could be taken for markup by a platform that asks for no kind."""
    return (str(escape(text)), "text/html") if "<" in text or "&" in text else (text, "text/plain")


def _letter(place: int) -> str:
    return "abcdefghijklmnopqrstuvwxyz"[place]
