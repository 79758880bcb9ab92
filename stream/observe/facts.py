"""What the metrics say about a page, small enough to travel from a cleaning process with every result."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

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


@dataclass(frozen=True, slots=True)
class PageFacts:
    """One page for the quality metrics; of a rejected page only the publisher is known.

    ``entities`` counts entities by type, ``kept_share`` is 0 to 1, ``fields`` are those of ``COVERED_FIELDS`` that
    were found, ``publisher`` is the address's host without ``www.``.
    """

    entities: Mapping[str, int]
    language: str | None
    kept_share: float | None
    fields: tuple[str, ...]
    publisher: str | None


def facts_of(outcome: CleanArticle | RejectedPage) -> PageFacts:
    """The facts of a page that could be read."""
    publisher = publisher_of(outcome.url)
    if isinstance(outcome, RejectedPage):
        return PageFacts({}, outcome.inLanguage, None, (), publisher)
    return PageFacts(
        entities=dict(Counter(entity.type.value for entity in outcome.entities)),
        language=outcome.inLanguage,
        kept_share=outcome.quality.keptShare,
        fields=tuple(name for name in COVERED_FIELDS if getattr(outcome, name)),
        publisher=publisher,
    )


def publisher_of(url: str | None) -> str | None:
    """The host of an address, lower case and without ``www.``; None where there is none."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:  # an address such as http://[broken
        return None
    return host.removeprefix("www.") if host else None
