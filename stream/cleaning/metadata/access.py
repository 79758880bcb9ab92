"""Find whether everybody may read the article without paying."""

from typing import Any

from stream.cleaning.linked_data import text_of
from stream.cleaning.metadata.found import Found
from stream.cleaning.metadata.html_page import HtmlPage

_TIERS = {"free": True, "locked": False, "metered": False}


def find_access(page: HtmlPage, found: Found) -> None:
    markup = page.markup
    found.put("isAccessibleForFree", _read_truth(page.article.get("isAccessibleForFree")), "json-ld")
    found.put("isAccessibleForFree", _read_truth(markup.property("isAccessibleForFree")), "microdata")
    found.put("isAccessibleForFree", _TIERS.get(markup.meta("article:content_tier") or ""), "opengraph")


def _read_truth(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    text = (text_of(value) or "").rpartition("/")[2].lower()
    return {"true": True, "false": False}.get(text)
