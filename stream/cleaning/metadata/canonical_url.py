"""Find the address that the page itself goes by, and who stands behind it."""

from collections.abc import Iterator

from stream.cleaning.addresses import absolute, without_tracking
from stream.cleaning.linked_data import text_of
from stream.cleaning.metadata.found import Found
from stream.cleaning.metadata.html_page import HtmlPage


def find_canonical_url(page: HtmlPage, found: Found) -> None:
    for written, source in _list_declared(page):
        address = absolute(written, page.base)
        if address:
            plain = without_tracking(address)
            found.put("canonicalUrl", plain, source)
            found.put("canonicalUrlRaw", address if address != plain else None, source)
            break
    found.put("publisherDomain", page.host, "url")


def _list_declared(page: HtmlPage) -> Iterator[tuple[str | None, str]]:
    yield page.markup.links.get("canonical"), "link"
    yield page.markup.meta("og:url"), "opengraph"
    yield text_of(page.article.get("mainEntityOfPage")), "json-ld"
