"""The values that travel from one cleaning stage to the next; each carries all that its readers need.

One page becomes a ``Payload`` (its content), a ``Document`` (characters), ``Segmented`` (blocks in page order),
``Labelled`` (each block with what it is), a ``Draft`` (with the fields beside the body) and an ``events.Article``. HTML
and plain text share all of it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, NamedTuple

import msgspec

from stream.cleaning.linked_data import LinkedData
from stream.events import ArticleKind, Author, Dateline, PageKind, RawPage, RejectionReason


@dataclass(frozen=True, slots=True)
class Payload:
    """A raw page with its content at hand: still compressed and encoded if bytes, already decoded if characters."""

    page: RawPage
    content: bytes | str

    def __len__(self) -> int:
        return len(self.content)


@dataclass(frozen=True, slots=True)
class Rejection:
    """A stage's verdict that the page is no article; the pipeline turns it into a ``RejectedPage``."""

    reason: RejectionReason
    evidence: str
    kind: PageKind | None = None
    probability: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The page as characters.

    ``charset_source`` says which evidence won: characters, bom, http, meta or detector. ``utf8`` is the same page as
    it came, where it came in UTF-8: the parser need not encode it again.
    """

    url: str | None = None
    http_status: int | None = None
    text: str
    kind: Literal["html", "text"]
    charset: str = "utf-8"
    charset_source: str = "characters"
    utf8: bytes | None = None

    def __len__(self) -> int:
        return len(self.text)


class Label(StrEnum):
    """What a block is: one of the body kinds, or the reason to cut it (``events.RemovedLabel``'s values)."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    QUOTE = "quote"
    LIST_ITEM = "list-item"
    TABLE = "table"
    CODE = "code"
    HEADLINE = "headline"
    BYLINE = "byline"
    DATE = "date"
    BREADCRUMB = "breadcrumb"
    CAPTION = "caption"
    RELATED = "related"
    NAVIGATION = "navigation"
    WIDGET = "widget"
    COMMENTS = "comments"
    CONSENT = "consent"
    PROMOTION = "promotion"
    LEGAL = "legal"
    DUPLICATE = "duplicate"
    OTHER = "other"

    # Looked up for every block of every page: the string's own hash and a plain attribute, not Enum's Python code.
    __hash__ = str.__hash__
    is_body: bool

    def __init__(self, value: str) -> None:
        self.is_body = value in ("paragraph", "heading", "quote", "list-item", "table", "code")


DECLARED = "json-ld articleBody"  # the class token of a block that the page declares and does not show; no class has it
HEADING_TAGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class Block(msgspec.Struct, frozen=True, gc=False):
    """One run of visible text between two breaks: an HTML block element's own text, or a line of a text page.

    ``text`` is as a person would have copied it: single spaces, entities resolved. ``tag`` and ``parents`` (innermost
    first) are lower-case element names, ``class_tokens`` the class and id tokens of the element and its parents; all
    are empty for text pages. ``link_chars`` counts the characters of ``text`` inside links. ``path`` numbers the
    element and its parents (innermost first, page order), so that two blocks' nearest shared parent can be told; a
    text page has the number of the line's paragraph there (lines between two blank ones). ``column`` is that of the
    table's cell that it is in, ``picture`` how far up the element is that also holds the image right before it; both
    are -1 where there is none.
    """

    text: str
    tag: str = ""
    parents: tuple[str, ...] = ()
    class_tokens: tuple[str, ...] = ()
    link_chars: int = 0
    path: tuple[int, ...] = ()
    column: int = -1
    picture: int = -1


@dataclass(frozen=True, slots=True)
class Heading:
    """An h1: its text, and the pieces that its elements cut it into (a kicker, a date)."""

    text: str
    pieces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Moment:
    """An element that shows a date: its machine-readable value, its text, and its class and id, in lower case."""

    value: str
    text: str
    names: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """What a page's elements and attributes say about its article, each in page order.

    ``base`` is the address that relative ones start from. ``metas`` and ``properties`` (microdata) are contents by
    lower-case name, ``links`` addresses by relation, ``headings`` the h1 elements, ``moments`` the time elements.
    ``shown_authors`` and ``shown_dates`` are of elements whose names promise them.
    """

    language: str | None = None
    base: str | None = None
    title: str | None = None
    metas: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    headings: tuple[Heading, ...] = ()
    properties: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    moments: tuple[Moment, ...] = ()
    shown_authors: tuple[str, ...] = ()
    shown_dates: tuple[Moment, ...] = ()
    linked_data: LinkedData = field(default_factory=LinkedData)

    def meta(self, *names: str) -> str | None:
        """The first meta element of the first name that has one."""
        for name in names:
            values = self.metas.get(name)
            if values:
                return values[0]
        return None

    def property(self, name: str) -> str | None:
        """The first value of a microdata property."""
        return next(iter(self.properties.get(name, ())), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Segmented:
    """The page cut into blocks; ``markup`` is what its HTML says about the article, None for text."""

    url: str | None = None
    http_status: int | None = None
    blocks: tuple[Block, ...]
    markup: Markup | None = None

    def __len__(self) -> int:
        return sum(len(block.text) for block in self.blocks)


class LabelledBlock(NamedTuple):
    """A block, what it is, and the probability that it is on that side (body or not); None where a rule decided."""

    block: Block
    label: Label
    score: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """The page's blocks, each with its label, in page order: iterating gives (block, label, score)."""

    url: str | None = None
    http_status: int | None = None
    blocks: tuple[LabelledBlock, ...]
    markup: Markup | None = None

    def __len__(self) -> int:
        return sum(map(len, self.body_texts()))

    def __iter__(self) -> Iterator[LabelledBlock]:
        return iter(self.blocks)

    def body_texts(self) -> list[str]:
        """What is kept, block by block."""
        return [block.text for block, label, _ in self.blocks if label.is_body]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """What the page says about its article beside the body; names and meanings as in ``events.Article``.

    ``provenance`` holds, for every field that is set, where it came from: json-ld, microdata, opengraph, meta, h1,
    title, text, url, link, body, model.
    """

    canonicalUrl: str | None = None
    canonicalUrlRaw: str | None = None
    headline: str | None = None
    alternativeHeadline: str | None = None
    description: str | None = None
    authors: tuple[Author, ...] = ()
    agency: str | None = None
    dateline: Dateline | None = None
    datePublished: str | None = None
    datePublishedRaw: str | None = None
    datePublishedPrecision: Literal["year", "month", "day", "minute", "second"] | None = None
    dateModified: str | None = None
    dateModifiedRaw: str | None = None
    inLanguage: str | None = None
    publisher: str | None = None
    publisherDomain: str | None = None
    articleSection: str | None = None
    breadcrumbs: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    image: str | None = None
    isAccessibleForFree: bool | None = None
    provenance: dict[str, str] = field(default_factory=dict)

    @property
    def author_names(self) -> tuple[str, ...]:
        """The authors' names alone."""
        return tuple(author.name for author in self.authors)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft(Labelled):
    """The labelled page with the fields found in it: an article, if the judge lets it pass.

    ``declared_types`` is what the page declares itself to be: schema.org types, and OpenGraph's in lower case
    (``og:article``).
    """

    fields: Fields
    declared_types: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged(Draft):
    """A draft that is to be published: what it is and how sure that is, and whether the page shows all of it.

    ``kind`` and ``probability`` are None for text pages, which rules alone judge.
    """

    kind: PageKind | None = None
    probability: float | None = None
    article_kind: ArticleKind | None = None
    is_complete: bool | None = None
