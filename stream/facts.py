"""What the metrics say about a page, small enough to travel from a cleaning process with every result."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from stream.cleaning.addresses import hostname_of
from stream.events import CleanArticle, RejectedPage

COVERED_FIELDS = (
    "headline",
    "datePublished",
    "authors",
    "description",
    "publisher",
    "inLanguage",
    "articleSection",
    "image",
)
# A producer may write anything where an address should stand; only what can be a host becomes a metric's label.
_HOST = re.compile(r"(?=.{1,253}$)[\w-]{1,63}(?:\.[\w-]{1,63})+")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """One page for the quality metrics; of a rejected page only the publisher and its kind are known.

    ``entities`` counts entities by type, ``kept_share`` is 0 to 1, ``fields`` are those of ``COVERED_FIELDS`` that
    were found, ``publisher`` is the address's host without ``www.``, ``fetched_at`` is in seconds since 1970,
    ``kind`` is the page's.
    """

    entities: Mapping[str, int]
    language: str | None
    kept_share: float | None
    fields: tuple[str, ...]
    publisher: str | None
    fetched_at: float | None = None
    kind: str | None = None


def facts_of(outcome: CleanArticle | RejectedPage) -> PageFacts:
    """The facts of a page that could be read."""
    publisher = publisher_of(outcome.url)
    if isinstance(outcome, RejectedPage):
        return PageFacts({}, outcome.inLanguage, None, (), publisher, _seconds(outcome.fetchedAt), outcome.pageKind)
    return PageFacts(
        entities=dict(Counter(entity.type.value for entity in outcome.entities)),
        language=outcome.inLanguage,
        kept_share=outcome.quality.keptShare,
        fields=tuple(name for name in COVERED_FIELDS if getattr(outcome, name)),
        publisher=publisher,
        fetched_at=_seconds(outcome.fetchedAt),
        kind=outcome.pageKind,
    )


def publisher_of(url: str | None) -> str | None:
    """The host of an address, lower case and without ``www.``; None where there is none, or no real one."""
    host = hostname_of(url)
    return host.removeprefix("www.") if _HOST.fullmatch(host) else None


def _seconds(moment: str | None) -> float | None:
    """An ISO 8601 time in seconds since 1970, UTC where it names no zone; None where it is no time."""
    try:
        parsed = datetime.fromisoformat(moment or "")
    except ValueError:
        return None
    return (parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).timestamp()
