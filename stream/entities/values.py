"""The values that travel from one entity stage to the next: an article, its typed spans, its entities."""

from dataclasses import dataclass
from typing import Protocol

from stream.events import Article, Entity, EntityType, Quote

NAME_TYPES = frozenset({EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE})
"""The types whose mentions are names; those of the others have a form."""


@dataclass(frozen=True, slots=True)
class Span:
    """A name found in the text: ``text[start:end]`` in Unicode code points, and what it is."""

    start: int
    end: int
    type: EntityType


class Recogniser(Protocol):
    """Finds names in running text of the languages it knows. Spans come in text order and never overlap."""

    name: str
    version: str

    def __call__(self, text: str, /) -> list[Span]: ...


@dataclass(frozen=True, slots=True)
class AboutArticle:
    """What the values between the stages share: the article itself, and its text in reach."""

    article: Article

    @property
    def body(self) -> str:
        """The text that all offsets count in."""
        return self.article.articleBody

    def __len__(self) -> int:
        return len(self.body)


@dataclass(frozen=True, slots=True)
class Recognised(AboutArticle):
    """An article with the spans found in its body; ``recogniser`` is 'none' if none knows the language."""

    spans: tuple[Span, ...]
    recogniser: str


@dataclass(frozen=True, slots=True)
class Canonicalised(AboutArticle):
    """An article with one entity for each real thing, in order of first mention.

    The canonicaliser leaves ``link`` None and ``salience`` 0; the place stage fills links (and their keys), and the
    ranking turns the whole into ``Described``.
    """

    entities: tuple[Entity, ...]
    recogniser: str


@dataclass(frozen=True, slots=True)
class Described(AboutArticle):
    """An article with its entities, one for each real thing, most salient first."""

    entities: tuple[Entity, ...]
    recogniser: str
    main_people: tuple[str, ...] = ()
    main_organizations: tuple[str, ...] = ()
    main_places: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
