"""Entries of the registries: who and what the cases speak of."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from casebook.model.base import Model
from casebook.model.ids import ActorId, OrganisationId, SourceId, ThemeId
from casebook.model.scalars import Edtf, Id, Text, Url, Words
from casebook.model.sources import Source


class Name(Model):
    """A person's name."""

    en: Annotated[Words, Field(examples=["Ada Example"])]
    """In Latin letters, as the person or the press writes it."""
    zh: Annotated[Words | None, Field(examples=["艾达"])] = None
    """In Chinese characters, where a source gives them."""


class Role(Model):
    """An office held."""

    organisation: OrganisationId
    """Where the office is held."""
    title: Annotated[Words, Field(examples=["chief executive"])]
    """The office, in lower case."""
    period: Edtf | None = None
    """From when to when, as far as a source says."""


class Person(Model):
    """A person of the registry."""

    id: Annotated[Id, Field(examples=["ada-example"])]
    """Names the person everywhere: lower-case letters, digits and hyphens; never changed, never used again."""
    name: Name
    """The name in each script."""
    literal_name: Words | None = None
    """The name as one string, where order or spelling matters in citations."""
    aliases: Annotated[tuple[Words, ...], Field(examples=[["Ms Example"]])] = ()
    """Other names under which readers may look for the person."""
    description: Annotated[Text, Field(examples=["Founder of Example Motors."])]
    """Who this is, in a sentence or two, as far as the cases need it."""
    roles: tuple[Role, ...] = ()
    """Offices held, as far as sources say."""
    same_as: tuple[Url, ...] = ()
    """Addresses of the same person in other catalogues, such as Wikidata."""
    cites: tuple[SourceId, ...] = ()
    """Where the description comes from."""
    former_ids: Annotated[tuple[Id, ...], Field(examples=[["old-example"]])] = ()
    """Ids that it had before; their addresses lead here."""

    @property
    def label(self) -> str:
        """The name for readers of English."""
        return self.name.en


class Organisation(Model):
    """A company, publication, institution or account."""

    id: Annotated[Id, Field(examples=["example-motors"])]
    """Names the organisation everywhere: lower-case letters, digits and hyphens; never changed, never used again."""
    name: Annotated[Words, Field(examples=["Example Motors"])]
    """The name in Latin letters, as plain text."""
    zh: Annotated[Words | None, Field(examples=["例子汽车"])] = None
    """The name in Chinese characters, where a source gives it."""
    aliases: Annotated[tuple[Words, ...], Field(examples=[["Example"]])] = ()
    """Other names under which readers may look for it."""
    description: Annotated[Text, Field(examples=["An invented maker of delivery vans."])]
    """What it is, in a sentence or two, as far as the cases need it."""
    parent: OrganisationId | None = None
    """The organisation that it is a part of."""
    same_as: tuple[Url, ...] = ()
    """Addresses of the same organisation in other catalogues, such as Wikidata."""
    cites: tuple[SourceId, ...] = ()
    """Where the description comes from."""
    former_ids: Annotated[tuple[Id, ...], Field(examples=[["old-example"]])] = ()
    """Ids that it had before; their addresses lead here."""

    @property
    def label(self) -> str:
        """The name for readers of English."""
        return self.name


class Platform(Model):
    """A place where things are posted, streamed or sold."""

    id: Annotated[Id, Field(examples=["example-forum"])]
    """Names the platform everywhere: lower-case letters, digits and hyphens; never changed, never used again."""
    name: Annotated[Words, Field(examples=["Example Forum"])]
    """The name in Latin letters."""
    zh: Words | None = None
    """The name in Chinese characters, where a source gives it."""
    operator: Annotated[Words, Field(examples=["unknown"])]
    """Who runs it; "unknown" where no source says."""
    audience: Text
    """Who uses it and for what, as far as the cases need it."""
    url: Annotated[Url | None, Field(examples=["https://forum.example.org/"])] = None
    """Its address on the web."""
    cites: tuple[SourceId, ...] = ()
    """Where operator and audience come from."""
    former_ids: Annotated[tuple[Id, ...], Field(examples=[["old-example"]])] = ()
    """Ids that it had before; their addresses lead here."""

    @property
    def label(self) -> str:
        """The name for readers of English."""
        return self.name


class Product(Model):
    """A thing sold."""

    id: Annotated[Id, Field(examples=["example-van"])]
    """Names the product everywhere: lower-case letters, digits and hyphens; never changed, never used again."""
    name: Annotated[Words, Field(examples=["Example Van"])]
    """The name in Latin letters."""
    zh: Words | None = None
    """The name in Chinese characters, where a source gives it."""
    maker: ActorId
    """Who makes it: an organisation."""
    launched: Edtf | None = None
    """When it came on the market, or was first shown."""
    description: Annotated[Text, Field(examples=["The first van of Example Motors."])]
    """What it is, in a sentence or two."""
    cites: tuple[SourceId, ...] = ()
    """Where the description comes from."""
    former_ids: Annotated[tuple[Id, ...], Field(examples=[["old-example"]])] = ()
    """Ids that it had before; their addresses lead here."""

    @property
    def label(self) -> str:
        """The name for readers of English."""
        return self.name


class Theme(Model):
    """A subject that runs through cases."""

    id: Annotated[Id, Field(examples=["example-promises"])]
    """Names the theme everywhere: lower-case letters, digits and hyphens; never changed, never used again."""
    label: Annotated[Words, Field(examples=["Example promises"])]
    """The name of the theme."""
    definition: Annotated[Text, Field(examples=["What was announced, and what came of it."])]
    """What belongs to the theme, in a sentence."""
    broader: ThemeId | None = None
    """The wider theme that this is a part of."""
    former_ids: Annotated[tuple[Id, ...], Field(examples=[["old-example"]])] = ()
    """Ids that it had before; their addresses lead here."""


class Lesson(Model):
    """A general statement that cases support, complicate or contradict."""

    id: Annotated[Id, Field(examples=["example-name-the-day"])]
    """Names the lesson everywhere: lower-case letters, digits and hyphens; never changed, never used again."""
    statement: Annotated[Words, Field(examples=["A promise that names a day is believed sooner."])]
    """The statement, in one sentence that can be wrong."""
    scope: Annotated[Text, Field(examples=["Promises of delivery that outsiders can check."])]
    """Where it is meant to hold."""
    limits: Annotated[Text, Field(examples=["It fails where the maker moves the day in silence."])]
    """When it fails."""
    cites: tuple[SourceId, ...] = ()
    """Whose idea it is, where it is not ours."""
    former_ids: Annotated[tuple[Id, ...], Field(examples=[["old-example"]])] = ()
    """Ids that it had before; their addresses lead here."""

    @property
    def label(self) -> str:
        """The statement itself."""
        return self.statement


class Term(Model):
    """A word of the glossary."""

    id: Annotated[Id, Field(examples=["example-hand-over"])]
    """Names the term everywhere: lower-case letters, digits and hyphens; never changed, never used again."""
    term: Annotated[Words, Field(examples=["Hand-over"])]
    """The word, as the essays use it."""
    original: Annotated[Words | None, Field(examples=["交付"])] = None
    """The word in its own language."""
    definition: Annotated[Text, Field(examples=["The day on which a customer holds the keys."])]
    """What it means in the cases."""
    cites: tuple[SourceId, ...] = ()
    """Where the definition comes from."""
    former_ids: Annotated[tuple[Id, ...], Field(examples=[["old-example"]])] = ()
    """Ids that it had before; their addresses lead here."""

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
