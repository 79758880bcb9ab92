"""Find the summary that the page gives of its article."""

import re
from collections.abc import Iterator

from stream.cleaning.linked_data import text_of
from stream.cleaning.metadata.found import Found
from stream.cleaning.metadata.html_page import HtmlPage
from stream.cleaning.shown import as_shown

MAX_CHARS = 2000

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>")
_BREAK = re.compile(r"</?(?:p|br|div|li|ul|ol|h[1-6]|tr|td|blockquote)\b[^<>]{0,500}>", re.IGNORECASE)
_CUT = re.compile(
    r"\s*(?:…|\.\.\.|\[(?:…|\.\.\.)\])\s*(?:read more|more|weiterlesen|mehr|lire la suite|leer más|ver más|"
    r"continua|leggi tutto|lees meer|läs mer|les mer|læs mere|czytaj więcej)?\W*$",
    re.IGNORECASE,
)
_ENDS = (".", "!", "?", "。", "！", "？", "।", "۔", '"', "”", "»", "’", ")")


def find_description(page: HtmlPage, found: Found) -> None:
    """The first summary that is whole; one that breaks off only where no other begins as it does."""
    candidates = [(text, source) for text, source in _list_declared(page) if text]
    for text, source in candidates:
        beginning = _CUT.sub("", text)
        breaks_off = beginning != text or not text.endswith(_ENDS)
        whole = [other for other in candidates if len(other[0]) > len(text) and other[0].startswith(beginning)]
        found.put("description", *(whole[0] if whole and breaks_off else (text, source)))


def _list_declared(page: HtmlPage) -> Iterator[tuple[str | None, str]]:
    markup = page.markup
    yield _plain(text_of(page.article.get("description"))), "json-ld"
    yield _plain(markup.meta("og:description")), "opengraph"
    for name in ("description", "twitter:description", "dc.description"):
        yield _plain(markup.meta(name)), "meta"


def _plain(text: str | None) -> str | None:
    """The text without tags."""
    if text and "<" in text:
        text = as_shown(_TAG.sub("", _BREAK.sub(" ", text)))
    return text[:MAX_CHARS] if text else None
