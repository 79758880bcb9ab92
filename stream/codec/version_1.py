"""Write events as version 1.0 of the schemas had them, for subscribers that have not moved yet."""

from typing import Any, Final

import orjson

VERSION: Final = "1.0"

_ARTICLE = frozenset(
    """url canonicalUrl headline articleBody paragraphs description authors agency dateline datePublished
    datePublishedRaw datePublishedPrecision dateModified inLanguage publisher articleSection breadcrumbs keywords image
    isAccessibleForFree wordCount removed quality contentDigest provenance articleId recordId fetchedAt entities
    mainPeople mainPlaces recogniser stages source pipelineVersion schemaVersion""".split()
)
_REJECTED = frozenset(
    "articleId recordId url fetchedAt reason evidence inLanguage stages source pipelineVersion schemaVersion".split()
)
_ENTITY = frozenset("type name key mentions titles salience link".split())
_MENTION = frozenset("surface start end".split())
_LINK = frozenset("source id latitude longitude countryCode kind confidence".split())
_REASONS = {"collection": "listing"} | dict.fromkeys(
    ("article", "product", "forum", "service", "documentation"), "not-an-article"
)


def to_version_1(event: bytes) -> bytes:
    """A clean article or rejected page of the current version as one of version 1.0: JSON in, JSON out."""
    values: dict[str, Any] = orjson.loads(event)
    if "reason" in values:
        kept = _only(values, _REJECTED)
        kept["reason"] = _REASONS.get(kept["reason"], kept["reason"])
    else:
        kept = _only(values, _ARTICLE)
        kept["authors"] = [author["name"] for author in values["authors"] if not author["isOrganization"]]
        kept["provenance"] = _only(values["provenance"], _ARTICLE)
        kept["entities"] = [_entity(entity) for entity in values["entities"]]
    return orjson.dumps(kept | {"schemaVersion": VERSION})


def _entity(entity: dict[str, Any]) -> dict[str, Any]:
    mentions = [_only(mention, _MENTION) for mention in entity["mentions"]]
    link = entity["link"] and _only(entity["link"], _LINK)
    titles = [*entity["titles"], *entity["roles"]]  # which version 1 did not tell apart
    return _only(entity, _ENTITY) | {"mentions": mentions, "link": link, "titles": titles}


def _only(values: dict[str, Any], names: frozenset[str]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name in names}
