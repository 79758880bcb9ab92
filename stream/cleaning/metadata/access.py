"""Find whether everybody may read the article without paying."""

from typing import Any

from stream.cleaning.linked_data import LinkedData, Node, text_of
from stream.cleaning.metadata.found import Found
from stream.cleaning.metadata.html_page import HtmlPage

MAX_PARTS = 50

_TIERS = {"free": True, "locked": False, "metered": False}


def find_access(page: HtmlPage, found: Found) -> None:
    markup = page.markup
    found.put("isAccessibleForFree", _read_declared(page.article, page.data), "json-ld")
    found.put("isAccessibleForFree", _read_truth(markup.property("isAccessibleForFree")), "microdata")
    found.put("isAccessibleForFree", _TIERS.get(markup.meta("article:content_tier") or ""), "opengraph")


def _read_declared(article: Node, data: LinkedData) -> bool | None:
    """What the article says of itself, but not free where a part of it is not; else what it is part of says."""
    own = _read_truth(article.get("isAccessibleForFree"))
    parts = article.get("hasPart")
    for part in parts[:MAX_PARTS] if isinstance(parts, list) else [parts]:
        part = data.resolve(part)
        if isinstance(part, dict) and _read_truth(part.get("isAccessibleForFree")) is False:
            return False
    whole = data.resolve(article.get("isPartOf"))
    return _read_truth(whole.get("isAccessibleForFree")) if own is None and isinstance(whole, dict) else own


def _read_truth(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    text = (text_of(value) or "").rpartition("/")[2].lower()
    return {"true": True, "false": False}.get(text)
