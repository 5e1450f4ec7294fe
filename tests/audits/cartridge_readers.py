"""What programs that we did not write read in a Common Cartridge, in one shape so that it can be compared."""

from __future__ import annotations

import http.server
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from cartridges import words

Question = tuple[str, tuple[str, ...], frozenset[str]]
"""Stem, options in order, and the right ones."""


@dataclass
class Seen:
    """What a reader found; None where it has no such thing."""

    modules: dict[str, list[str]] | None = None
    """Title → titles of what stands in it."""
    topics: list[str] | None = None
    links: list[str] | None = None
    questions: list[Question] = field(default_factory=list)


def schema_faults(schemas: Path, cartridge: Path) -> list[str]:
    """What Moodle's copies of the standard's schemas do not allow. `xml.xsd` has to stand beside them."""
    from lxml import etree

    base = "ccv1p1_"
    names = ("imscp_v1p2_v1p0", "imswl_v1p1", "imsdt_v1p1", "qtiasiv1p2p1_v1p0")
    found = {}
    for name in names:
        tree = etree.parse(schemas / f"{base}{name}.xsd")
        found[tree.getroot().get("targetNamespace")] = etree.XMLSchema(tree)
    faults = []
    with ZipFile(cartridge) as archive:
        for name in archive.namelist():
            root = etree.fromstring(archive.read(name))
            schema = found.get(etree.QName(root).namespace)
            if schema is not None and not schema.validate(root):
                faults += [f"{name}: {error.message}" for error in schema.error_log]
            elif schema is None and not name.endswith(".html"):
                faults.append(f"{name}: no schema for it")
    return faults


def read_with_cc2olx(command: Path, cartridge: Path) -> Seen:
    """What `openedx/cc2olx` makes of it for Open edX."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "olx"
        done = subprocess.run(
            [command, "-i", cartridge, "-o", place, "-r", "folder", "-l", "WARNING"], capture_output=True, text=True
        )
        course = ElementTree.parse(place / f"{cartridge.stem}-course.xml").getroot()  # noqa: S314
    if "Error" in done.stderr + done.stdout:
        raise SystemExit(f"cc2olx: {done.stderr[-2000:]}")
    seen = Seen({}, [], [])
    for chapter in course.iter("chapter"):
        units = [unit.get("display_name", "") for unit in chapter.iter("vertical")]
        seen.modules[chapter.get("display_name", "")] = units
    for unit in course.iter("vertical"):
        html = [part.text or "" for part in unit.findall("html")]
        if unit.find("discussion") is not None:
            seen.topics.append(words(html[0]))
        elif html and html[0].startswith("<a href="):
            seen.links.append(html[0].split('"')[1])
    seen.questions = [_olx_question(part) for part in course.iter() if part.tag in ("problem", "openassessment")]
    return seen


def _olx_question(problem: ElementTree.Element) -> Question:
    if problem.tag == "openassessment":
        return words(problem.findtext("prompts/prompt/description") or ""), (), frozenset()
    stem = " ".join(" ".join(problem[0][0].itertext()).split())
    choices = list(problem.iter("choice"))
    right = frozenset(each.text for each in choices if each.get("correct") == "true")
    return stem, tuple(each.text for each in choices), right


def read_with_moodle(moodle: Path, cartridge: Path) -> Seen:
    """What Moodle's reader writes for its restore: sections, resources, forums and quizzes."""
    with tempfile.TemporaryDirectory() as folder:
        ZipFile(cartridge).extractall(folder)
        command = ["php", "-d", "display_errors=0", Path(__file__).with_name("moodle_import.php"), moodle, folder]
        done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"Moodle's reader: {done.stderr[-2000:]}")
    course = ElementTree.fromstring(done.stdout).find("COURSE")  # noqa: S314
    names, seen = {}, Seen({}, [], [])
    for module in course.findall("MODULES/MOD"):
        kind = module.findtext("MODTYPE")
        names[kind, module.findtext("ID")] = module.findtext("NAME")
        if kind == "forum":
            seen.topics.append(words(module.findtext("INTRO")))
        elif kind == "resource" and module.findtext("TYPE") == "file":
            seen.links.append(module.findtext("REFERENCE"))
    for section in course.findall("SECTIONS/SECTION"):
        listed = [(each.findtext("TYPE"), each.findtext("INSTANCE")) for each in section.findall("MODS/MOD")]
        seen.modules[section.findtext("SUMMARY")] = [names[each] for each in listed]
    seen.questions = [_moodle_question(each) for each in course.findall("QUESTION_CATEGORIES/*/QUESTIONS/QUESTION")]
    return seen


def _moodle_question(question: ElementTree.Element) -> Question:
    answers = question.findall("ANSWERS/ANSWER") if question.findtext("QTYPE") == "multichoice" else []
    texts = tuple(words(each.findtext("ANSWER_TEXT")) for each in answers)
    right = {words(each.findtext("ANSWER_TEXT")) for each in answers if float(each.findtext("FRACTION")) > 0}
    return words(question.findtext("QUESTIONTEXT")), texts, frozenset(right)


QTI21 = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"


def read_with_canvas(tool: Path, python: Path, cartridge: Path) -> Seen:
    """The quizzes as `instructure/QTIMigrationTool`, with which Canvas reads QTI 1.2, hands them on."""
    seen = Seen()
    with ZipFile(cartridge) as archive, tempfile.TemporaryDirectory() as folder:
        for name in sorted(name for name in archive.namelist() if name.startswith("quizzes/")):
            quiz, out = Path(archive.extract(name, folder)), Path(folder) / f"{Path(name).stem}-out"
            command = [python, tool / "migrate.py", "--nogui", "--overwrite", "--ucvars", f"--cpout={out}", quiz]
            subprocess.run(command, capture_output=True, text=True, check=True)
            (test,) = (out / "assessmentTests").glob("*.xml")
            for reference in ElementTree.parse(test).iter(f"{QTI21}assessmentItemRef"):  # noqa: S314
                item = ElementTree.parse(test.parent / reference.get("href")).getroot()  # noqa: S314
                seen.questions.append(_canvas_question(item))
    return seen


def _canvas_question(item: ElementTree.Element) -> Question:
    stem = words(item.findtext(f"{QTI21}itemBody/{QTI21}div"))
    options = {
        choice.get("identifier"): words(choice.findtext(f"{QTI21}div")) for choice in item.iter(f"{QTI21}simpleChoice")
    }
    right: set[str] = set()
    for branch in item.iter(f"{QTI21}responseIf"):
        value = branch.find(f"{QTI21}setOutcomeValue[@identifier='SCORE']")
        if value is None or branch.find(f"{QTI21}gt") is not None:
            continue
        both = branch.find(f"{QTI21}and")
        conditions = list(branch if both is None else both)
        right |= {each.find(f"{QTI21}baseValue").text for each in conditions if each.find(f"{QTI21}baseValue") is not None and each.tag != f"{QTI21}not" and each.tag != f"{QTI21}setOutcomeValue"}  # fmt: skip
    return stem, tuple(options.values()), frozenset(options[each] for each in right)


def read_with_viewer(build: Path, zip_js: Path, cartridge: Path, screens: Path | None) -> Seen:
    """What `instructure/common-cartridge-viewer` shows in Chromium, item by item.

    Its page asks another host for zip.js, which is given from a file here, and for two programs that it does without.
    """
    from playwright.sync_api import sync_playwright

    from browser.chromium import find_chromium

    seen = Seen({}, [], [])
    with _served(build, cartridge) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        page.route("https://unpkg.com/**", lambda route: route.abort())
        page.route("https://unpkg.com/@zip.js/**", lambda route: route.fulfill(path=zip_js))
        page.goto(f"{address}/?cartridge={address}/{cartridge.name}#/")
        page.wait_for_selector(".Module")
        _shoot(page, screens, f"{cartridge.stem}-modules")
        addresses = []
        for module in page.query_selector_all(".Module"):
            links = module.query_selector_all(".ModuleItems a")
            seen.modules[module.query_selector("h2").inner_text().strip()] = [
                link.inner_text().strip() for link in links
            ]
            addresses += [link.get_attribute("href") for link in links]
        shot: set[str] = set()
        for href in addresses:
            page.goto(f"{address}/?cartridge={address}/{cartridge.name}{href[href.index('#') :]}")
            page.wait_for_selector(".resource-label")
            page.wait_for_timeout(60)
            kind = page.inner_text(".resource-label").strip().lower()
            if kind not in shot:
                shot.add(kind)
                _shoot(page, screens, f"{cartridge.stem}-{kind.replace(' ', '-')}")
            _look(page, kind, seen)
        browser.close()
    return seen


def _look(page: object, kind: str, seen: Seen) -> None:
    if kind == "discussion":
        seen.topics.append(" ".join(page.inner_text(".RichContent").split()))
    elif kind == "external link":
        seen.links.append(page.get_attribute("a[target=_blank]:has-text('Click here')", "href"))
    elif kind == "classic quiz":
        for item in page.query_selector_all(".assessment-questions > li"):
            seen.questions.append(item.evaluate(_QUESTION))


_QUESTION = """li => {
  const flat = node => node.textContent.replace(/\\s+/g, ' ').trim();
  const texts = [...li.querySelectorAll('.question-answers .RichContent')].map(flat);
  const marks = [...li.querySelectorAll('.question-answers svg')].map(mark => mark.style.visibility !== 'hidden');
  return [flat(li.querySelector('.RichContent')), texts, texts.filter((_, place) => marks[place])];
}"""


def _shoot(page: object, screens: Path | None, name: str) -> None:
    if screens is not None:
        screens.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=screens / f"{name}.png", full_page=True)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    cartridge = Path()

    def translate_path(self, path: str) -> str:
        if path.partition("?")[0] == f"/{self.cartridge.name}":
            return str(self.cartridge)
        return super().translate_path(path)

    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


@contextmanager
def _served(build: Path, cartridge: Path) -> Iterator[str]:
    handler = type("Handler", (_Quiet,), {"cartridge": cartridge})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(build)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
