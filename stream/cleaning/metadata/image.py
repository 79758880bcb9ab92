"""Find the address of the article's main picture."""

from typing import Any

from stream.cleaning.addresses import absolute
from stream.cleaning.linked_data import text_of
from stream.cleaning.metadata.found import Found
from stream.cleaning.metadata.html_page import HtmlPage


def find_image(page: HtmlPage, found: Found) -> None:
    markup, url = page.markup, page.url
    found.put("image", absolute(_address_of(page.article.get("image")), url), "json-ld")
    found.put("image", absolute(markup.meta("og:image", "og:image:url", "og:image:secure_url"), url), "opengraph")
    found.put("image", absolute(markup.meta("twitter:image", "twitter:image:src", "thumbnail"), url), "meta")
    found.put("image", absolute(markup.links.get("image_src"), url), "link")


def _address_of(value: Any) -> str | None:
    """The address of an image given as a text, an object or a list of them."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("url") or value.get("contentUrl")
    return text_of(value)
