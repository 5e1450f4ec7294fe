"""Questions until an entry is whole: of an editor at a terminal, or of the options that were given instead.

Without an editor to ask, everything that is missing or wrong is said at once, with the option that mends it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol
from urllib.parse import urlsplit

from casebook.dates import date_in_words
from casebook.known_names import id_meant, ids_by_name, ids_with_word
from casebook.model import REGISTRY_MODELS, Model
from casebook.references import SINGULAR
from casebook.scaffold.desk import Desk, RefusedError
from casebook.scaffold.entries import Answers, entry_text, faults_of, order_guessed, understood, without_braces
from casebook.scaffold.fields import Field, Path, fields_of
from casebook.scaffold.identifiers import suggest_id, suggest_source_id, why_not
from casebook.scaffold.source_facts import is_address
from casebook.scaffold.twins import twin_of

ID = ("id",)
USUAL: Mapping[str, tuple[Path, ...]] = {
    "sources": (("csl", "title"), ("csl", "author"), ("csl", "issued"), ("csl", "container-title"), ("csl", "URL")),
    "people": (("name", "zh"),),
    "organisations": (("zh",),),
}
"""Fields that nobody has to fill and nearly everybody can: they are asked for all the same."""
_CALLED: Mapping[str, tuple[Path, ...]] = {
    "people": (("name", "en"),), "organisations": (("name",),), "platforms": (("name",),), "products": (("name",),),
    "themes": (("label",),), "sources": (("short",),), "lessons": (("statement",),), "terms": (("term",),),
}  # fmt: skip
"""What an entry is called: an id is made of it."""

NOTHING = "nothing"
NEAR = 3
"""Names that are offered where another was written."""

Check = Callable[[str], list[str]]


class Asker(Protocol):
    """Somebody at a terminal. Every method may raise EOFError or KeyboardInterrupt, which give up everything."""

    def say(self, text: str) -> None:
        """Tell something."""

    def ask(
        self, field: Field, suggestion: str = "", known: Mapping[str, str] | None = None, *, again: bool = False
    ) -> str:
        """One line, stripped; `suggestion` where the line is empty. `known` are ids that may be named, with their words.

        `again` when the question was just asked.
        """

    def confirm(self, question: str) -> bool:
        """Yes or no; no where the line is empty."""


class Interview:
    """Fills entries from what was given and, where somebody is there, from answers."""

    def __init__(self, desk: Desk, asker: Asker | None, *, anyway: bool = False) -> None:
        self.desk = desk
        self.asker = asker
        self.anyway = anyway
        """Whether near-duplicates are meant."""

    def add(self, registry: str, given: Answers, defaults: Mapping[Path, str] | None = None) -> str:
        """Put a new entry on the desk; its id. Raises RefusedError."""
        model = REGISTRY_MODELS[registry]
        answers = {path: without_braces(path, answer) for path, answer in given.items() if answer}
        self.refuse_twins(registry, answers)
        if self.asker:
            self._ask(registry, model, answers, defaults or {})
        else:
            for field in fields_of(model):
                default = self._default(field.path, answers, defaults or {})
                if default:
                    answers.setdefault(field.path, default)
            answers.setdefault(ID, self._suggested(registry, answers))
        self._hold(registry, model, answers)
        self.refuse_twins(registry, answers)
        self._lay_down(registry, model, answers)
        return str(answers[ID])

    def _lay_down(self, registry: str, model: type[Model], answers: Answers) -> None:
        """Put the entry on the desk and ask the checker."""
        place = f"{self.desk.casefiles.name}/registry/{registry}.yml"
        year = str(answers.get(("csl", "issued"), ""))[:4]
        text = entry_text(model, answers, place)
        self.desk.add_entry(registry, str(answers[ID]), text, year)
        problems = self.desk.problems()
        reasons = [f"{problem.message}; {problem.hint}" for problem in problems]
        if any(problem.is_error for problem in problems):
            self.desk.take_back()
            raise RefusedError(*reasons)
        if reasons and not self._is_meant(reasons):
            self.desk.take_back()
            raise RefusedError(*reasons, "where it is meant all the same, say so with --anyway")

    def _is_meant(self, reasons: Iterable[str]) -> bool:
        if self.asker is None or self.anyway:
            return self.anyway
        for reason in reasons:
            self.asker.say(reason)
        return self.asker.confirm("Add it all the same?")

    def refuse_twins(self, registry: str, answers: Answers) -> None:
        """Raise RefusedError where a source is registered already."""
        twin = twin_of(self.desk, answers) if registry == "sources" and not self.anyway else None
        if twin:
            raise RefusedError(f"{twin.reason}: cite that", "where it is another source, say so with --anyway")

    def _hold(self, registry: str, model: type[Model], answers: Answers) -> None:
        """Hold the answers against the model and the registries."""
        reasons: list[str] = []
        for field in fields_of(model):
            answer = answers.get(field.path)
            if answer:
                reasons += [f"--{field.option}: {fault}" for fault in self.faults(registry, model, field, answer)]
            elif field.is_required:
                said = f" ({', '.join(field.choices)})" if field.choices else ""
                option = "ID" if field.path == ID else f"--{field.option}"
                reasons.append(f"{option} is missing: {_lowered(field.meaning)}{said}")
        if reasons:
            raise RefusedError(*reasons, status=2)

    def faults(self, registry: str, model: type[Model], field: Field, answer: str | Sequence[str]) -> list[str]:
        """What is wrong with an answer."""
        found = faults_of(model, field, answer)
        if not found and field.path == ID:
            found = [reason for reason in [why_not(str(answer), registry, self.desk)] if reason]
        if not found and field.names:
            found = [fault for word in _words(answer) if (fault := self.unknown(field.names, word))]
        return found

    def unknown(self, names: Sequence[str], word: str) -> str:
        """What to say of an id that names nothing of these kinds; nothing when it does."""
        if word in self.desk.ids(names):
            return ""
        *others, last = (SINGULAR[name] for name in names)
        wanted = f"{', '.join(others)} or {last}" if others else last
        meant = next(iter(self._near(names, word)), "")
        hint = f'did you mean "{meant}"?' if meant else ""
        add = " or ".join(f"casebook new {SINGULAR[name]}" for name in names)
        return f'there is no {wanted} "{word}"; {f"{hint} Or add" if hint else "add"} it first with: {add}'  # fmt: skip

    def _suggested(self, registry: str, answers: Answers) -> str:
        taken = self.desk.ids((*REGISTRY_MODELS, "cases"))
        if registry != "sources":
            return suggest_id(next((str(answers[path]) for path in _CALLED[registry] if answers.get(path)), ""), taken)
        paths = (("short",), ("csl", "title"), ("csl", "URL"), ("csl", "issued"))
        short, title, address, issued = (str(answers.get(path, "")) for path in paths)
        return suggest_source_id(short, title, address, issued[:4], taken)

    def _ask(self, registry: str, model: type[Model], answers: dict[Path, str | Sequence[str]], defaults: Mapping[Path, str]) -> None:  # fmt: skip
        """Ask for what is needed and usual, then for the id, then, where it is wanted, for everything else."""
        fields = [field for field in fields_of(model) if field.path != ID and not answers.get(field.path)]
        first = [field for field in fields if field.is_required or field.path in USUAL.get(registry, ())]
        for field in first:
            suggestion = self._default(field.path, answers, defaults) or _host(field.path, answers)
            self._answer(registry, model, field, answers, suggestion)
            self.refuse_twins(registry, answers)
        if not answers.get(ID):
            identity = next(field for field in fields_of(model) if field.path == ID)
            self._answer(registry, model, identity, answers, self._suggested(registry, answers))
        rest = [field for field in fields if field not in first]
        words = ", ".join(field.option for field in rest)
        if self.asker and rest and self.asker.confirm(f"Say more ({words})?"):
            for field in rest:
                self._answer(registry, model, field, answers, defaults.get(field.path, ""))

    def _answer(self, registry: str, model: type[Model], field: Field, answers: dict[Path, str | Sequence[str]], suggestion: str) -> None:  # fmt: skip
        """Ask for one field until its answer is sound, or it is passed over."""
        answer = self.question(field, lambda text: self.faults(registry, model, field, text), suggestion)
        if answer:
            answers[field.path] = without_braces(field.path, answer)

    def question(self, field: Field, check: Check, suggestion: str = "") -> str | list[str]:
        """One answer, or those of a list."""
        if not field.is_list:
            return self._line(field, check, suggestion, is_needed=field.is_required)
        answers: list[str] = []
        while text := self._line(field, check, "", is_needed=field.is_required and not answers, again=bool(answers)):
            answers.append(text)
            if field.parts and self.asker:
                self.asker.say(f"  {order_guessed(field, text) or understood(field, text)}")
        return answers

    def _line(self, field: Field, check: Check, suggestion: str, *, is_needed: bool, again: bool = False) -> str:
        if self.asker is None:
            raise TypeError("nobody is there to be asked")
        while True:
            known = {key: self.words_of(key) for key in self.newest_first(field.names)} if field.names else None
            text = self.asker.ask(field, suggestion, known, again=again)
            again = True
            if not text and not is_needed:
                return ""
            text = self._read(field, text)
            faults = check(text) if text else ["this is needed (Ctrl-C gives up, and nothing is written)"]
            if not faults:
                return text
            if text and field.names and field.names != ("cases",):
                if added := self._added_on_the_way(field.names, text):
                    return added
                continue
            day = date_in_words(text)
            if day and field.path != ID and not check(day):
                suggestion, faults = day, [f'write "{day}": Enter takes it']
            for fault in faults:
                self.asker.say(f"  {fault}")

    def newest_first(self, names: Sequence[str]) -> list[str]:
        """Ids of one kind after the other: what was added last is what is wanted now.

        Sources may stand in files of their years; they were added on the day on which they were read.
        """
        found = []
        for kind in names:
            ids = self.desk.ids((kind,))[::-1]
            ids.sort(key=self._day_read(kind), reverse=True)
            found += ids
        return found

    def _day_read(self, kind: str) -> Callable[[str], date]:
        entries = self.desk.entries(kind) if kind == "sources" else {}
        return lambda key: entries[key].accessed.latest if key in entries else date.min

    def _read(self, field: Field, text: str) -> str:
        """An answer in full: the id that was meant where a name was written, a choice for its number or a part of it."""
        if field.names:
            return self._named(field.names, text)
        meant = choice_meant(field.choices, text)
        if self.asker and meant and meant != text:
            self.asker.say(f"  {meant}")
        return meant or text

    def _named(self, names: Sequence[str], text: str) -> str:
        """The id that was meant, where a name was written."""
        return self._by_name(names).get(text.casefold(), text)

    def _by_name(self, names: Sequence[str]) -> dict[str, str]:
        entries = [
            (key, self.desk.entries(kind)[key]) for kind in names if kind != "cases" for key in self.desk.entries(kind)
        ]
        return ids_by_name([*entries, *((key, None) for key in self.desk.case_ids() if "cases" in names)])

    def _added_on_the_way(self, names: Sequence[str], text: str) -> str:
        """The id of what was meant, or of what was added on the way; nothing where it is asked for again."""
        if self.asker is None:
            return ""
        self.asker.say(f'  "{text}" is not registered.')
        near = self._near(names, text)
        if near:
            self.asker.say(f"  Did you mean {' or '.join(f'{key} ({self.words_of(key)})' for key in near)}?")
        answer = self.asker.ask(_kind_field(names, near), NOTHING)
        kinds = {SINGULAR[kind]: kind for kind in names if kind in REGISTRY_MODELS}
        kind = kinds.get(choice_meant(kinds, answer), "")
        if self._named(names, answer) in self.desk.ids(names):
            return self._named(names, answer)
        if answer in ("y", "yes"):
            return near[0] if len(near) == 1 else ""
        if not kind:
            return ""
        field = ID if suggest_id(text) == text else _CALLED[kind][0]
        field = ("csl", "URL") if kind == "sources" and is_address(text) else field
        try:
            return self.add(kind, {field: text}, self.defaults(kind))
        except RefusedError as error:
            for reason in error.reasons:
                self.asker.say(f"  {reason}")
            return ""

    def _near(self, names: Sequence[str], text: str) -> list[str]:
        """Ids of what is called nearly so, or has the word in its name."""
        by_name = self._by_name(names)
        found = (id_meant(text, by_name), *ids_with_word(text, by_name))
        return [key for key in dict.fromkeys(found) if key][:NEAR]

    def _default(self, path: Path, answers: Answers, defaults: Mapping[Path, str]) -> str:
        """What holds where nothing is said: a source goes by the name of its publication."""
        called = str(answers.get(("csl", "container-title"), "")) if path == ("short",) else ""
        return defaults.get(path, "") or called

    def defaults(self, registry: str) -> dict[Path, str]:
        """What goes without saying: a source was read today."""
        return {("accessed",): self.desk.today.isoformat()} if registry == "sources" else {}

    def words_of(self, identifier: str) -> str:
        """What an entry is called, for a list to choose from."""
        kind = self.desk.kind_of(identifier)
        entry = self.desk.entries(kind).get(identifier) if kind in REGISTRY_MODELS else None
        return str(getattr(entry, "label", ""))


def choice_meant(choices: Iterable[str], text: str) -> str:
    """The choice itself, by its number in the list, or by a part that only it has; nothing where none is meant."""
    words = list(choices)
    if text in words:
        return text
    if text.isascii() and text.isdecimal():
        return words[int(text) - 1] if 0 < int(text) <= len(words) else ""
    part = text.lower().replace(" ", "-")
    found = [word for word in words if part in word] if len(part) > 2 else []
    return found[0] if len(found) == 1 else ""


def _kind_field(names: Sequence[str], near: Sequence[str]) -> Field:
    """The question as what something new is added, with the way to take what is there."""
    kinds = ", ".join(SINGULAR[name] for name in names if name in REGISTRY_MODELS)
    take = "" if not near else f" For {near[0]} type yes." if len(near) == 1 else " For one of these type its id."
    return Field(("add",), f"Add it as: {kinds}, or {NOTHING}?{take}", is_required=True)


def _host(path: Path, answers: Answers) -> str:
    """What a source may be called when nobody knows a better name: only suggested, and never put in."""
    return (
        (urlsplit(str(answers.get(("csl", "URL"), ""))).hostname or "").removeprefix("www.")
        if path == ("short",)
        else ""
    )


def _words(answer: str | Sequence[str]) -> list[str]:
    return [answer] if isinstance(answer, str) else list(answer)


def _lowered(text: str) -> str:
    first = text.split(". ")[0].rstrip(".")
    return f"{first[:1].lower()}{first[1:]}"
