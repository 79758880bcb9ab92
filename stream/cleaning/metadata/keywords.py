"""Find the keywords that the publisher gave the article."""

from typing import Any

from stream.cleaning.linked_data import text_of
from stream.cleaning.metadata.found import Found
from stream.cleaning.metadata.html_page import HtmlPage

MAX_KEYWORDS = 50


def find_keywords(page: HtmlPage, found: Found) -> None:
    metas = page.markup.metas
    found.put("keywords", _read(metas.get("news_keywords")), "meta")
    found.put("keywords", _read(page.article.get("keywords")), "json-ld")
    found.put("keywords", _read(metas.get("article:tag")), "opengraph")
    found.put("keywords", _read(metas.get("keywords")), "meta")


def _read(value: Any) -> tuple[str, ...]:
    """Keywords given as a list or as one text with commas, each once, in their order."""
    texts = value if isinstance(value, list | tuple) else [value]
    parts = (part for text in texts[:MAX_KEYWORDS] for part in (text_of(text) or "").replace(";", ",").split(","))
    kept: dict[str, str] = {}
    for part in parts:
        kept.setdefault(part.strip().casefold(), part.strip())
    kept.pop("", None)
    return tuple(kept.values())[:MAX_KEYWORDS]
