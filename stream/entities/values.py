"""The values that travel from one entity stage to the next: an article, its typed spans, its entities."""

from dataclasses import dataclass
from typing import Protocol

from stream.events import Article, Entity, EntityType


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
class Recognised:
    """An article with the spans found in its ``articleBody``; ``recogniser`` is 'none' if none knows the language."""

    article: Article
    spans: tuple[Span, ...]
    recogniser: str

    def __len__(self) -> int:
        return len(self.article.articleBody)


@dataclass(frozen=True, slots=True)
class Canonicalised:
    """An article with one entity for each real thing, in order of first mention.

    The canonicaliser leaves ``link`` None and ``salience`` 0; the place stage fills links (and their keys), and the
    ranking turns the whole into ``Described``.
    """

    article: Article
    entities: tuple[Entity, ...]
    recogniser: str

    def __len__(self) -> int:
        return len(self.article.articleBody)


@dataclass(frozen=True, slots=True)
class Described:
    """An article with its entities, one for each real thing, most salient first."""

    article: Article
    entities: tuple[Entity, ...]
    recogniser: str
    main_people: tuple[str, ...] = ()
    main_places: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.article.articleBody)
