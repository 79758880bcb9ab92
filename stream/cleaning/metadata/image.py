"""Find the address of the article's main picture."""

import re
from collections.abc import Iterator
from typing import Any

from stream.cleaning.addresses import absolute, path_of
from stream.cleaning.linked_data import text_of
from stream.cleaning.metadata.found import Found
from stream.cleaning.metadata.html_page import HtmlPage

MAX_IMAGES = 10  # of each source
STORY_WORDS = 4  # in a file's name, from which it is a picture's and not a sign's

_NAME_PARTS = re.compile(r"[^a-z]+|(?<=logo)(?=[a-z])|(?=logo)")
_STAND_IN = re.compile(
    r"no(?:image|photo|picture)$|^no(?:image|photo|picture)|social(?:card|share|media)|opengraph|^og(?:image)?$"
)
_NUMBER = re.compile(r"\d{5}")
# What files are called that hold the publisher's sign, or stand where there is no picture.
_SIGNS = frozenset(
    """logo logos logotype logotipo brand branding favicon icon icons placeholder default fallback sprite blank spacer
    pixel avatar noimage nopic emblem""".split()
)


def find_image(page: HtmlPage, found: Found) -> None:
    """The first picture that is no logo and no stand-in for one."""
    logos = set(_logos(page))
    doubtful: list[tuple[str, str]] = []
    for value, source in _list_declared(page):
        address = absolute(value, page.base)
        if address and address not in logos:
            words = _words(address)
            if _SIGNS.isdisjoint(words) and not address.endswith(".svg"):
                found.put("image", address, source)
                return
            if len(words) > STORY_WORDS:
                doubtful.append((address, source))
    if doubtful:
        found.put("image", *doubtful[0])


def _list_declared(page: HtmlPage) -> Iterator[tuple[str | None, str]]:
    metas = page.markup.metas
    for address in _addresses_of(page.article.get("image"), page):
        yield address, "json-ld"
    for names, source in (
        (("og:image", "og:image:url", "og:image:secure_url"), "opengraph"),
        (("twitter:image", "twitter:image:src", "thumbnail"), "meta"),
    ):
        for name in names:
            for address in metas.get(name, ())[:MAX_IMAGES]:
                yield address, source
    yield page.markup.links.get("image_src"), "link"


def _logos(page: HtmlPage) -> Iterator[str | None]:
    publisher = page.data.resolve(page.article.get("publisher"))
    if isinstance(publisher, dict):
        for name in ("logo", "image"):
            for address in _addresses_of(publisher.get(name), page):
                yield absolute(address, page.base)


def _addresses_of(value: Any, page: HtmlPage) -> Iterator[str | None]:
    """The addresses of images given as a text, an object, a reference or a list of them."""
    for item in value[:MAX_IMAGES] if isinstance(value, list) else [value]:
        item = page.data.resolve(item)
        if isinstance(item, dict):
            item = item.get("url") or item.get("contentUrl")
        yield text_of(item)


def _words(address: str) -> list[str]:
    """The words of the file's name; a "default" beside a number is a size."""
    name = (path_of(address) or "").partition("?")[0].rpartition("/")[2].rpartition(".")[0]
    if _STAND_IN.search(re.sub(r"[^a-z]", "", name.lower())):
        return ["placeholder"]
    if _NUMBER.search(name):
        name = name.replace("default", "")
    return [word for word in _NAME_PARTS.split(name.lower()) if word]
