"""The whole program as a table of contents: read, link, check, attest; then pages.

No clock, no network and no environment here: the same casefiles give the same pages, byte for byte.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from casebook.allowances import Allowed, apply_allowances
from casebook.attestations import FILE_NAME, check_attestations, load_attestations, sightings_of
from casebook.book import Casebook, Handout
from casebook.checks import run_checks
from casebook.codes import all_codes
from casebook.composing import Means, composer
from casebook.graph import link_cases
from casebook.known_names import id_meant, ids_by_name
from casebook.model import REGISTRY_MODELS, Case, ReadingList
from casebook.problems import Location, Problem, nearest, sort_problems
from casebook.reading import Entry, read_case, read_reading_list, read_registry, seeming_ids
from casebook.references import SINGULAR
from casebook.text_files import is_left_by_editor

if TYPE_CHECKING:
    from casebook.views.page import PageSpec

PUBLISHED = frozenset({"published"})
PREVIEW = frozenset({"published", "draft", "review"})
MoreRules = Callable[[Casebook], Iterable[Problem]]
FOLDERS = ("cases", "registry", "readings")


@dataclass(frozen=True, slots=True)
class Loaded:
    """The outcome of reading a casefiles folder."""

    casebook: Casebook | None
    """The linked casebook; absent when an error stands in its way."""
    problems: tuple[Problem, ...]
    allowed: tuple[Allowed, ...] = ()
    """Problems that editors have allowed in the files, each with its reason."""

    @property
    def has_errors(self) -> bool:
        """Whether any problem stops a build."""
        return any(problem.is_error for problem in self.problems)


@dataclass(frozen=True, slots=True)
class _Read:
    cases: list[Entry[Case]]
    registries: dict[str, list[Entry[Any]]]
    readings: list[Entry[ReadingList]]
    unread: frozenset[str]
    problems: list[Problem]


def load_casebook(
    folder: Path,
    *,
    statuses: frozenset[str] = PUBLISHED,
    today: date | None = None,
    attested: bool = True,
    more_rules: MoreRules | None = None,
    means: Means = Means(),  # noqa: B008 - frozen
) -> Loaded:
    """Read, link and check everything in a `casefiles` folder, and report all problems at once.

    `statuses` are the cases that become pages. `today` decides which promises are overdue; by default it is the newest
    date in the casebook itself, so that an old casebook builds as it did. Without `attested`, quotes go without badges.
    `more_rules` are asked about a casebook without errors, as those that need the archive. `means` make it faster, and
    change nothing in what comes back.
    """
    with _without_garbage_collection():
        read = _read_folder(folder, means)
        return _judge(folder, read, statuses, today, more_rules, attested=attested)


def _judge(
    folder: Path,
    read: _Read,
    statuses: frozenset[str],
    today: date | None,
    more_rules: MoreRules | None,
    *,
    attested: bool,
) -> Loaded:
    book, problems = link_cases(read.cases, read.registries, read.readings, built=statuses, unread=read.unread)
    problems = [*_with_ids(read.problems, book), *problems]
    as_of = book.as_of
    broken = run_checks(book, today or (as_of.latest if as_of else date.min))
    # What is misspelt breaks rules too; one problem at a place is enough.
    taken = {problem.location for problem in problems}
    problems += [problem for problem in broken if problem.location not in taken]
    if attested:
        name = _display(folder, folder / FILE_NAME)
        attestations, found = load_attestations(folder / FILE_NAME, name)
        book.badges, lost = check_attestations(book, attestations, name)
        book.sightings = sightings_of(attestations, book.badges)
        problems += found or lost
    if more_rules and not any(problem.is_error for problem in problems):
        problems += more_rules(book)
    judged = _judged(problems, is_dated=today is not None, attested=attested, archived=more_rules is not None)
    left, allowed = apply_allowances(_files_of(read), problems, judged, _unruled(book))
    ordered = sort_problems(left)
    return Loaded(None if any(problem.is_error for problem in ordered) else book, ordered, tuple(allowed))


def _with_ids(problems: Iterable[Problem], book: Casebook) -> Iterator[Problem]:
    """The problems, and where a name stands for an id, which id is meant."""
    ids: dict[str, str] = {}
    for problem in problems:
        if problem.value and not ids:
            ids = ids_by_name(
                (entry.model.id, entry.model) for entry in book.entries.values() if not entry.is_stand_in(("id",))
            )
        meant = id_meant(problem.value, ids) if problem.value else ""
        yield replace(problem, hint=f'write the id: did you mean "{meant}"?') if meant else problem


def _judged(problems: Iterable[Problem], *, is_dated: bool, attested: bool, archived: bool) -> frozenset[str]:
    """The codes whose allowances can be found to allow nothing: rules that were run on a casebook without errors.

    Which promises are overdue depends on the day, and a build has none of its own.
    """
    if any(problem.is_error for problem in problems):
        return frozenset()
    looked_for = {code for code in all_codes() if code.startswith("CB3")} - (set() if is_dated else {"CB304"})
    looked_for |= {"CB502"} if attested else set()
    return frozenset(looked_for | ({"CB507", "CB508"} if archived else set()))


def _files_of(read: _Read) -> dict[str, Path]:
    entries: Iterable[Entry[Any]] = chain(read.cases, read.readings, *read.registries.values())
    return {entry.file: entry.path for entry in entries}


def _unruled(book: Casebook) -> set[str]:
    """Files of cases that are not built: rules are not run on them."""
    return {
        entry.file for key, entry in book.entries.items() if book.kinds.get(key) == "cases" and key not in book.cases
    }


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Reading makes millions of objects without cycles; the collector walking them again and again doubles its time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _display(folder: Path, path: Path) -> str:
    """A path as messages show it: from the project's root, which holds the casefiles folder."""
    return path.relative_to(folder.parent).as_posix()


def _strangers(folder: Path) -> Iterator[Problem]:
    """Folders and YAML files that nothing reads: a misspelt folder must not lose an editor's work in silence."""
    for path in sorted(folder.iterdir()):
        is_read = path.name in FOLDERS or is_left_by_editor(path.name)
        if not is_read and (path.is_dir() or path.suffix in (".yml", ".yaml")):
            message = f'nothing reads "{path.name}" here'
            yield Problem(Location(_display(folder, path)), "CB013", message, f"casefiles/ holds {', '.join(FOLDERS)}")


def _read_folder(folder: Path, means: Means) -> _Read:
    problems = list(_strangers(folder))
    unread: set[str] = set()
    cases: list[Entry[Case]] = []
    paths = list(_casefiles(folder, "cases", problems))
    with composer(paths, means) as compose:
        for path in paths:
            case, found = read_case(path, _display(folder, path), compose)
            problems += found
            cases += [case] if case else []
            unread |= {path.stem} if found else set()
    readings: list[Entry[ReadingList]] = []
    for path in _casefiles(folder, "readings", problems):
        reading_list, found = read_reading_list(path, _display(folder, path))
        problems += found
        readings += [reading_list] if reading_list else []
    registries: dict[str, list[Entry[Any]]] = {name: [] for name in REGISTRY_MODELS}
    for registry, path in _registry_files(folder, problems):
        entries, found = read_registry(path, _display(folder, path), registry)
        registries[registry] += entries
        problems += found
        if found:
            ids = seeming_ids(path)
            # A file that cannot be read at all may hold any entry of its registry.
            unread |= {registry} if ids is None else ids - {entry.model.id for entry in entries}
    for problem in problems:
        unread |= _held_by_stranger(problem.location.file) if problem.code == "CB013" else set()
    return _Read(cases, registries, readings, frozenset(unread), problems)


def _held_by_stranger(file: str) -> set[str]:
    """The id, or the registries, that a misnamed file was meant to hold: references to it are no second mistake."""
    path = PurePosixPath(file)
    match path.parts[1:]:
        case "cases", _ if path.suffix.lower() in (".yaml", ".yml"):
            return {path.stem}
        case "registry", name, *_:
            return {_registry_meant(PurePosixPath(name).stem)} - {""}
    return set()


def _registry_meant(word: str) -> str:
    """The registry that a file's name was meant to be: `person`, `persons` and `poeple` are `people`."""
    forms = {form: name for name in REGISTRY_MODELS for form in (name, SINGULAR[name], f"{SINGULAR[name]}s")}
    return forms.get(nearest(word, forms), "")


def _registry_files(folder: Path, problems: list[Problem]) -> Iterator[tuple[str, Path]]:
    """Each registry's file, `people.yml`, and those of its folder, `people/*.yml`, when it has outgrown one file."""
    for path in _casefiles(folder, "registry", problems, allowed=REGISTRY_MODELS):
        if path.suffix:
            yield path.stem, path
        else:
            yield from ((path.name, part) for part in _casefiles(folder, f"registry/{path.name}", problems))


def _casefiles(
    folder: Path, part: str, problems: list[Problem], allowed: Mapping[str, object] | None = None
) -> Iterator[Path]:
    """The YAML files of one folder in order of names; anything else there is reported."""
    place = folder / part
    if place.is_symlink():
        problems.append(
            Problem(Location(_display(folder, place)), "CB001", "this is a symbolic link", "put the folder itself here")
        )
        return
    if not place.is_dir():
        return
    for path in sorted(place.iterdir()):
        if is_left_by_editor(path.name):
            continue
        if allowed is not None and path.is_dir() and path.name in allowed:
            yield path
        elif path.suffix != ".yml":
            message = f'"{path.name}" is not a .yml file'
            problems.append(
                Problem(Location(_display(folder, path)), "CB013", message, "rename it, or move it out of casefiles/")
            )
        elif allowed is not None and path.stem not in allowed:
            message = f'there is no registry "{path.stem}"'
            meant = _registry_meant(path.stem)
            hint = f'did you mean "{meant}"?' if meant else f"the registries are {', '.join(allowed)}"
            problems.append(Problem(Location(_display(folder, path)), "CB013", message, hint))
        else:
            yield path


def build_pages(
    book: Casebook, site_url: str = "", handouts: Mapping[str, tuple[Handout, ...]] | None = None
) -> Iterator[PageSpec]:
    """Every page of the site, known and not yet rendered.

    `site_url` is the absolute address of the site's root, ending in a slash, where it is known: references to cases
    name it. `handouts` are the files for teaching that were built and are published, by the page of their course.
    """
    # Imported here: whoever only checks casefiles does not pay for what pages need.
    from casebook.views.families import PAGE_FAMILIES

    book.site_url = site_url
    book.handouts = handouts or {}
    for family in PAGE_FAMILIES:
        yield from family(book)
