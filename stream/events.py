"""The contract: the four events that cross Kafka, and nothing else.

Attribute names are the JSON names (schema.org/NewsArticle where it has one), so what a subscriber reads is what
the code says. ``msgspec`` encodes and validates these types and writes ``schemas/*.json``; the small ones of which an article
holds hundreds are its structs, which are made three times as fast as dataclasses.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Meta, Struct

SCHEMA_VERSION = "2.0"

NonNegative = Annotated[int, Meta(ge=0)]
Milliseconds = Annotated[float, Meta(ge=0, description="Milliseconds of CPU time")]
Score = Annotated[float, Meta(ge=0, le=1)]


class ParagraphKind(StrEnum):
    """What a kept block of text is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    QUOTE = "quote"
    LIST_ITEM = "list-item"
    TABLE = "table"
    CODE = "code"


class RemovedLabel(StrEnum):
    """Why a block of the page is not in ``articleBody``."""

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


class EntityType(StrEnum):
    """The closed list of entity types; every recogniser's own labels are mapped onto it."""

    PERSON = "PERSON"
    ORGANIZATION = "ORGANIZATION"
    PLACE = "PLACE"
    NATIONALITY = "NATIONALITY"
    DATE = "DATE"
    MONEY = "MONEY"
    EVENT = "EVENT"
    WORK = "WORK"


class PageKind(StrEnum):
    """What a page is."""

    ARTICLE = "article"
    LISTING = "listing"
    COLLECTION = "collection"
    PRODUCT = "product"
    FORUM = "forum"
    SERVICE = "service"
    DOCUMENTATION = "documentation"
    ERROR_PAGE = "error-page"
    CONSENT_WALL = "consent-wall"
    PAYWALL_STUB = "paywall-stub"
    EMPTY = "empty"


class ArticleKind(StrEnum):
    """What an article is: schema.org's ReportageNewsArticle, OpinionNewsArticle and so on, in plain words."""

    NEWS_REPORT = "news-report"
    OPINION = "opinion"
    REVIEW = "review"
    ANALYSIS = "analysis"
    LIVE_BLOG = "live-blog"
    PRESS_RELEASE = "press-release"
    RECIPE = "recipe"
    HOW_TO = "how-to"


class RejectionReason(StrEnum):
    """Why a readable page is not published: its kind, or what else is wrong with it."""

    EMPTY = "empty"
    TOO_SHORT = "too-short"
    NOT_AN_ARTICLE = "not-an-article"
    ARTICLE = "article"
    LISTING = "listing"
    COLLECTION = "collection"
    PRODUCT = "product"
    FORUM = "forum"
    SERVICE = "service"
    DOCUMENTATION = "documentation"
    ERROR_PAGE = "error-page"
    CONSENT_WALL = "consent-wall"
    PAYWALL_STUB = "paywall-stub"
    UNSUPPORTED_TYPE = "unsupported-type"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where in Kafka the raw page was read."""

    topic: str
    partition: NonNegative
    offset: NonNegative


@dataclass(frozen=True, slots=True, kw_only=True)
class RawPage:
    """A page as a crawler fetched it: exactly one of content, contentBase64 and contentRef is set."""

    url: Annotated[
        str | None, Meta(description="Address that the page was fetched from", examples=["https://news.example/a"])
    ] = None
    content: Annotated[
        str | None, Meta(description="The page as characters: HTML, or text that another tool already stripped")
    ] = None
    contentBase64: Annotated[str | None, Meta(description="The page's bytes, base64 (RFC 4648)")] = None
    contentRef: Annotated[
        str | None,
        Meta(
            description="Claim check: URI of the page's bytes; read only under a prefix that the operator allows",
            examples=["s3://pages/1.html"],
        ),
    ] = None
    contentType: Annotated[
        str | None, Meta(description="Media type as the server sent it", examples=["text/html; charset=utf-8"])
    ] = None
    contentEncoding: Annotated[
        str | None, Meta(description="Compression of the bytes: gzip, deflate, zstd, br or identity", examples=["gzip"])
    ] = None
    fetchedAt: Annotated[
        str | None, Meta(description="When the page was fetched, ISO 8601", examples=["2025-04-18T17:40:00Z"])
    ] = None
    httpStatus: Annotated[
        Annotated[int, Meta(ge=100, le=599)] | None, Meta(description="Status of the HTTP response")
    ] = None
    httpHeaders: Annotated[dict[str, str] | None, Meta(description="Headers of the HTTP response")] = None
    source: Annotated[str | None, Meta(description="Who produced the event", examples=["crawler-7"])] = None
    recordId: Annotated[str | None, Meta(description="The producer's own id of the page; copied to every output")] = (
        None
    )
    schemaVersion: Annotated[
        str | None, Meta(description="Version of this schema that the producer wrote for", examples=[SCHEMA_VERSION])
    ] = None


class Paragraph(Struct, frozen=True, kw_only=True, gc=False):
    """One kept block of text, in reading order; ``articleBody`` is their texts joined by a blank line."""

    kind: ParagraphKind
    text: Annotated[str, Meta(min_length=1)]


class Removed(Struct, frozen=True, kw_only=True, gc=False):
    """One block of the page that was cut, and as what."""

    label: RemovedLabel
    chars: Annotated[int, Meta(ge=0, description="Length of the whole cut text in Unicode code points")]
    text: Annotated[str, Meta(description="The cut text; long texts are shortened, `chars` counts the whole")]
    score: Annotated[Score | None, Meta(description="How sure the labeller was, 0 to 1; null where a rule decided")] = (
        None
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who wrote the article, as it names them."""

    name: Annotated[str, Meta(min_length=1, description="Without 'By' and without a role", examples=["Ana Duarte"])]
    url: Annotated[str | None, Meta(description="Where the page sends readers for more of them")] = None
    role: Annotated[str | None, Meta(description="As the page declares it", examples=["Reporter"])] = None
    isOrganization: Annotated[bool, Meta(description="Whether this is an agency and no person")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """Where and by whom a report was filed, as it stands before the first sentence."""

    text: Annotated[str, Meta(description="As written", examples=["MOSCOW (AP) —"])]
    place: Annotated[str | None, Meta(description="Place name in normal case", examples=["Moscow"])] = None
    agency: Annotated[str | None, Meta(examples=["AP"])] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """How much to trust the cleaning of this page."""

    keptShare: Annotated[Score, Meta(description="Characters kept as body over characters of visible text")]
    confidence: Annotated[Score | None, Meta(description="Mean certainty of the labeller over the kept characters")] = (
        None
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What the cleaning finds in a page: the article and its fields."""

    url: str | None
    canonicalUrl: Annotated[
        str | None, Meta(description="The address the page goes by, without fragment and tracking parameters")
    ] = None
    canonicalUrlRaw: Annotated[str | None, Meta(description="As the page writes it, where that differs")] = None
    headline: str | None = None
    alternativeHeadline: Annotated[
        str | None, Meta(description="What JSON-LD or OpenGraph call the article, where that is another headline")
    ] = None
    articleBody: Annotated[
        str, Meta(min_length=1, description="The paragraphs' texts joined by a blank line (two line feeds)")
    ]
    paragraphs: Annotated[tuple[Paragraph, ...], Meta(min_length=1)]
    description: str | None = None
    authors: tuple[Author, ...] = ()
    agency: Annotated[
        str | None, Meta(description="News agency that the text came from", examples=["AP", "Reuters"])
    ] = None
    dateline: Dateline | None = None
    datePublished: Annotated[
        str | None,
        Meta(
            description="ISO 8601, as precise as the page says; without a zone where the page names none; never taken from dateModified",
            examples=["2025-04-18T17:38:06", "2025-04-18", "2025-04-18T17:38:06+02:00"],
        ),
    ] = None
    datePublishedRaw: Annotated[
        str | None, Meta(description="The date as the page writes it", examples=["2025-04-18 17:38:06"])
    ] = None
    datePublishedPrecision: Literal["year", "month", "day", "minute", "second"] | None = None
    dateModified: Annotated[str | None, Meta(description="ISO 8601")] = None
    dateModifiedRaw: Annotated[str | None, Meta(description="The page's own words for it")] = None
    inLanguage: Annotated[str | None, Meta(description="ISO 639-1 (or -3) code", examples=["en"])] = None
    publisher: str | None = None
    publisherDomain: Annotated[
        str | None, Meta(description="Host of the page's address without www.", examples=["news.example"])
    ] = None
    articleSection: str | None = None
    breadcrumbs: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    image: Annotated[str | None, Meta(description="Address of the main image")] = None
    isAccessibleForFree: Annotated[bool | None, Meta(description="Null where the page does not say")] = None
    pageKind: Annotated[
        PageKind | None, Meta(description="What the page is; null for a text, of which rules alone judge")
    ] = None
    pageKindProbability: Score | None = None
    articleKind: Annotated[ArticleKind | None, Meta(description="Null where the page does not tell")] = None
    isComplete: Annotated[
        bool | None,
        Meta(
            description="Whether the page shows the whole text; null where nothing tells, `provenance` says what does"
        ),
    ] = None
    wordCount: NonNegative
    removed: Annotated[tuple[Removed, ...], Meta(description="What was cut from the page, in page order")] = ()
    quality: Quality
    contentDigest: Annotated[str, Meta(description="SHA-256 of articleBody in UTF-8", examples=["sha256:2c26b46b…"])]
    provenance: Annotated[
        dict[str, str],
        Meta(
            description="For each field that is set, where it came from",
            examples=[{"headline": "json-ld", "datePublished": "text"}],
        ),
    ] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.articleBody)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One occurrence of an entity: ``articleBody[start:end] == surface``."""

    surface: str
    start: Annotated[int, Meta(ge=0, description="Offset into articleBody in Unicode code points")]
    end: Annotated[int, Meta(ge=0, description="First offset behind the mention, in Unicode code points")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A place on the map, or another identifier that a table gives honestly."""

    source: Annotated[str, Meta(examples=["geonames"])]
    id: Annotated[str, Meta(examples=["524901"])]
    latitude: Annotated[Annotated[float, Meta(ge=-90, le=90)] | None, Meta(description="Degrees, WGS 84")] = None
    longitude: Annotated[Annotated[float, Meta(ge=-180, le=180)] | None, Meta(description="Degrees, WGS 84")] = None
    countryCode: Annotated[str | None, Meta(description="ISO 3166-1 alpha-2", examples=["RU"])] = None
    kind: Annotated[str | None, Meta(examples=["country", "region", "city", "feature"])] = None
    confidence: Score | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One real thing named in the article, with all its mentions in text order."""

    type: EntityType
    name: Annotated[str, Meta(description="The fullest name that the article uses", examples=["Zhang Youxia"])]
    key: Annotated[
        str,
        Meta(
            description="Stable join key: type and normalised name, or the link's id",
            examples=["person:zhang youxia", "geonames:524901"],
        ),
    ]
    mentions: Annotated[tuple[Mention, ...], Meta(min_length=1)]
    titles: Annotated[
        tuple[str, ...], Meta(description="Titles and offices that stand before the name", examples=[["Gen."]])
    ] = ()
    roles: Annotated[
        tuple[str, ...],
        Meta(description="What the text says beside the name that the person is", examples=[["mayor of Ely"]]),
    ] = ()
    salience: Annotated[Score, Meta(description="How much the article is about it")] = 0.0
    link: Link | None = None
    value: Annotated[
        str | None,
        Meta(
            description="Of a DATE: an ISO 8601 date or interval; of MONEY: ISO 4217 code and amount; null if left open",
            examples=["2025-04-18", "2025-03", "2025-04-07/2025-04-13", "EUR 20000000"],
        ),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What somebody in the article says: ``articleBody[start:end]``, without its quotation marks."""

    speaker: Annotated[str, Meta(description="Key of the entity that says it", examples=["person:zhang youxia"])]
    start: Annotated[int, Meta(ge=0, description="Offset into articleBody in Unicode code points")]
    end: Annotated[int, Meta(ge=0, description="First offset behind the words, in Unicode code points")]
    direct: Annotated[bool, Meta(description="Between quotation marks; otherwise behind 'said that'")]


@dataclass(frozen=True, slots=True, kw_only=True)
class StageRun:
    """What one stage did with the page."""

    name: Annotated[str, Meta(examples=["segment"])]
    version: str
    ms: Milliseconds
    charsIn: NonNegative
    charsOut: NonNegative


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanArticle(Article):
    """The article found in one raw page, with its entities and where it came from."""

    articleId: Annotated[
        str,
        Meta(
            description="Same raw event and same pipelineVersion: same id",
            examples=["9f2c4e1ab0d34c55a7d1f0e6b8c93a10"],
        ),
    ]
    recordId: str | None = None
    fetchedAt: str | None = None
    entities: tuple[Entity, ...] = ()
    mainPeople: Annotated[
        tuple[str, ...], Meta(description="Names of the most salient people, most salient first")
    ] = ()
    mainOrganizations: Annotated[
        tuple[str, ...], Meta(description="Names of the most salient organisations, most salient first")
    ] = ()
    mainPlaces: Annotated[
        tuple[str, ...], Meta(description="Names of the most salient places, most salient first")
    ] = ()
    quotes: Annotated[
        tuple[Quote, ...], Meta(description="Quotes of English articles whose speaker the text names, in text order")
    ] = ()
    recogniser: Annotated[
        str, Meta(description="What found the entities; 'none' where no recogniser knows the language")
    ] = "none"
    stages: tuple[StageRun, ...] = ()
    source: Source | None = None
    pipelineVersion: str
    schemaVersion: str = SCHEMA_VERSION


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedPage:
    """A page that could be read and is no article."""

    articleId: Annotated[str, Meta(description="The id that the article would have had")]
    recordId: str | None = None
    url: str | None = None
    fetchedAt: str | None = None
    reason: RejectionReason
    evidence: Annotated[str, Meta(description="What in the page led to the reason, for people")]
    pageKind: Annotated[PageKind | None, Meta(description="What the page is; null where that was not asked")] = None
    pageKindProbability: Annotated[Score | None, Meta(description="Null where a rule decided")] = None
    inLanguage: str | None = None
    stages: tuple[StageRun, ...] = ()
    source: Source | None = None
    pipelineVersion: str
    schemaVersion: str = SCHEMA_VERSION


@dataclass(frozen=True, slots=True, kw_only=True)
class PageError:
    """Why a page broke: the headers ``error.stage``, ``error.type`` and ``error.message`` of a dead letter."""

    stage: Annotated[
        str, Meta(description="Stage that broke, or 'pool' where the process did", examples=["read", "decode", "pool"])
    ]
    type: Annotated[str, Meta(examples=["InvalidEvent", "DeadlineExceeded", "MemoryLimitExceeded", "ProcessDied"])]
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """A page that broke the pipeline.

    On Kafka the value, key and headers are the raw page's own, untouched, and these fields travel as added headers:
    error.stage, error.type, error.message, source.topic, source.partition, source.offset, article.id, article.url,
    pipeline.version, attempts. ``recordId`` is among the page's own.
    """

    articleId: str | None = None
    recordId: str | None = None
    url: str | None = None
    error: PageError
    attempts: Annotated[int, Meta(ge=1, description="How often the page was tried, replays included")] = 1
    source: Source | None = None
    pipelineVersion: str
    schemaVersion: str = SCHEMA_VERSION
