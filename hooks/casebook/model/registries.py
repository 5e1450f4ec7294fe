"""Entries of the registries: who and what the cases speak of."""

from __future__ import annotations

from casebook.model.base import Model
from casebook.model.scalars import Edtf, Id, Text, Url, Words
from casebook.model.sources import Source


class Name(Model):
    """A person's name."""

    en: Words
    """In Latin letters, as the person or the press writes it."""
    zh: Words | None = None
    """In Chinese characters, where a source gives them."""


class Role(Model):
    """An office held."""

    organisation: Id
    title: Words
    period: Edtf | None = None


class Person(Model):
    """A person of the registry."""

    id: Id
    name: Name
    literal_name: Words | None = None
    """The name as one string, where order or spelling matters in citations."""
    aliases: tuple[Words, ...] = ()
    description: Text
    roles: tuple[Role, ...] = ()
    same_as: tuple[Url, ...] = ()
    cites: tuple[Id, ...] = ()
    """Where the description comes from."""

    @property
    def label(self) -> str:
        """The name for readers of English."""
        return self.name.en


class Organisation(Model):
    """A company, publication, institution or account."""

    id: Id
    name: Words
    zh: Words | None = None
    """The name in Chinese characters, where a source gives it."""
    aliases: tuple[Words, ...] = ()
    description: Text
    parent: Id | None = None
    same_as: tuple[Url, ...] = ()
    cites: tuple[Id, ...] = ()

    @property
    def label(self) -> str:
        """The name for readers of English."""
        return self.name


class Platform(Model):
    """A place where things are posted, streamed or sold."""

    id: Id
    name: Words
    zh: Words | None = None
    operator: Words
    """Who runs it; "unknown" where no source says."""
    audience: Text
    """Who uses it and for what, as far as the cases need it."""
    url: Url | None = None
    cites: tuple[Id, ...] = ()

    @property
    def label(self) -> str:
        """The name for readers of English."""
        return self.name


class Product(Model):
    """A thing sold."""

    id: Id
    name: Words
    zh: Words | None = None
    maker: Id
    launched: Edtf | None = None
    description: Text
    cites: tuple[Id, ...] = ()

    @property
    def label(self) -> str:
        """The name for readers of English."""
        return self.name


class Theme(Model):
    """A subject that runs through cases."""

    id: Id
    label: Words
    definition: Text
    broader: Id | None = None


class Lesson(Model):
    """A general statement that cases support, complicate or contradict."""

    id: Id
    statement: Words
    scope: Text
    """Where it is meant to hold."""
    limits: Text
    """When it fails."""
    cites: tuple[Id, ...] = ()
    """Whose idea it is, where it is not ours."""

    @property
    def label(self) -> str:
        """The statement itself."""
        return self.statement


class Term(Model):
    """A word of the glossary."""

    id: Id
    term: Words
    original: Words | None = None
    """The word in its own language."""
    definition: Text
    cites: tuple[Id, ...] = ()

    @property
    def label(self) -> str:
        """The word itself."""
        return self.term


REGISTRY_MODELS: dict[str, type[Model]] = {
    "people": Person,
    "organisations": Organisation,
    "platforms": Platform,
    "products": Product,
    "themes": Theme,
    "lessons": Lesson,
    "terms": Term,
    "sources": Source,
}
"""Registry name (also its file's name and the site's folder) → model of one entry."""

Entity = Person | Organisation | Platform | Product | Theme | Lesson | Term
