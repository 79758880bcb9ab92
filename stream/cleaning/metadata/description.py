"""Find the summary that the page gives of its article."""

from stream.cleaning.linked_data import text_of
from stream.cleaning.metadata.found import Found
from stream.cleaning.metadata.html_page import HtmlPage

MAX_CHARS = 2000


def find_description(page: HtmlPage, found: Found) -> None:
    markup = page.markup
    found.put("description", _short(text_of(page.article.get("description"))), "json-ld")
    found.put("description", _short(markup.meta("og:description")), "opengraph")
    found.put("description", _short(markup.meta("description", "twitter:description", "dc.description")), "meta")


def _short(text: str | None) -> str | None:
    return " ".join(text.split())[:MAX_CHARS] if text else None
