"""Find the address that the page itself goes by."""

from stream.cleaning.addresses import absolute
from stream.cleaning.linked_data import text_of
from stream.cleaning.metadata.found import Found
from stream.cleaning.metadata.html_page import HtmlPage


def find_canonical_url(page: HtmlPage, found: Found) -> None:
    found.put("canonicalUrl", absolute(page.markup.links.get("canonical"), page.base), "link")
    found.put("canonicalUrl", absolute(page.markup.meta("og:url"), page.base), "opengraph")
    found.put("canonicalUrl", absolute(text_of(page.article.get("mainEntityOfPage")), page.base), "json-ld")
