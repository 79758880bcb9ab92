"""Find who publishes the page."""

import re
from collections.abc import Iterator, Sequence

from stream.cleaning.linked_data import text_of
from stream.cleaning.metadata.folding import fold, fold_name
from stream.cleaning.metadata.found import Found
from stream.cleaning.metadata.headline_candidates import MAX_SITE_CHARS, MAX_SITE_WORDS, find_site_behind
from stream.cleaning.metadata.html_page import HtmlPage

# Addresses, hosts and user names, which stand for a name only where there is none.
_NO_NAME = re.compile(r"(?:https?://\S+|(?:[\w-]+\.)+[A-Za-z]{2,12}|@\S+|[a-z0-9]+(?:[-_]+[a-z0-9]+)*)/?")
_ADDRESS_PARTS = re.compile(r"^(?:https?://)?(?:www\.)?|/.*$")


def find_publisher(page: HtmlPage, found: Found) -> None:
    """The name that the site goes by, in the spelling with capitals and small letters where it has several.

    JSON-LD may have its company's, which two others that agree outvote.
    """
    declared = [(name, source) for name, source in _list_declared(page) if name]
    title = _site_in_title(page)
    names = [name for name, _ in declared] + [title or ""]
    for index, (name, source) in enumerate(declared):
        if not _NO_NAME.fullmatch(name) and (index == 0 or _is_of_site(name, source, page.host)):
            found.put("publisher", _best_spelling(name, names), source)
    if title and not _NO_NAME.fullmatch(title) and (not declared or _is_of_host(title, page.host)):
        found.put("publisher", title, "title")
    for name, source in (*declared, (title or "", "title")):
        found.put("publisher", _ADDRESS_PARTS.sub("", name), source)


def _list_declared(page: HtmlPage) -> Iterator[tuple[str | None, str]]:
    markup, data = page.markup, page.data
    site, application = markup.meta("og:site_name"), markup.meta("application-name")
    if site and application and fold(site) == fold(application):
        yield site, "opengraph"
    yield next(iter(data.names_of(page.article.get("publisher"))), None), "json-ld"
    yield site, "opengraph"
    yield markup.property("publisher"), "microdata"
    yield markup.meta("dc.publisher", "dcterms.publisher", "publisher", "application-name"), "meta"
    yield next((text_of(site.get("name")) for site in data.sites), None), "json-ld"


def _site_in_title(page: HtmlPage) -> str | None:
    return find_site_behind(page.markup.title or "", [heading.text for heading in page.markup.headings])


def _best_spelling(name: str, names: Sequence[str]) -> str:
    """The name as it is, but with capitals and small letters where another source has them."""
    if name not in (name.lower(), name.upper()):
        return name
    key = fold_name(name)
    mixed = (other for other in names if other not in (other.lower(), other.upper()))
    return next((other for other in mixed if fold_name(other) == key), name)


def _is_of_site(name: str, source: str, host: str) -> bool:
    """Whether a name outweighs a domain that was declared before it: an author or a slogan does not."""
    is_short = len(name.split()) <= MAX_SITE_WORDS and len(name) <= MAX_SITE_CHARS
    return is_short and (source in ("json-ld", "opengraph") or _is_of_host(name, host))


def _is_of_host(name: str, host: str) -> bool:
    """Whether the host is called like the name: The Marlbridge Echo, marlbridge-echo.co.uk."""
    key = fold_name(name)
    return len(key) > 2 and (key in fold(host) or any(len(part) > 3 and fold(part) in key for part in host.split(".")))
