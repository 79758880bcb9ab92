"""Find who wrote the article: what machines are told, else what readers are shown."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from stream.cleaning.dateline import agency_in_byline
from stream.cleaning.metadata.bylines import read_authors, read_shown_authors
from stream.cleaning.metadata.folding import fold_name
from stream.cleaning.metadata.found import Found
from stream.cleaning.metadata.html_page import HtmlPage
from stream.cleaning.values import Label

MAX_TEXTS = 20
MIN_SITE_LETTERS = 5  # of a name that tells a site
MAX_NAMED = 2_000  # blocks whose names are looked at; pages have some hundreds
MAX_BYLINE_CHARS = 120
NEAR_TOKENS = 6  # class and id tokens of the block itself and its nearest parents

_NAME_THEN_DATE = re.compile(r"^([^\d|•·,—–]{4,40}?)\s*[|•·,—–]\s*.{0,12}?\d{1,4}[.,/ -]")
_DATE_THEN_NAME = re.compile(r"\d{4}\s*[|•·—–-]\s*(?:(?:um )?\d\d?:\d\d(?: Uhr)?\s*[|•·—–-]\s*)?([^\d|•·,—–]{4,40})$")


def find_authors(page: HtmlPage, found: Found) -> None:
    """People whom machines are told of; readers are told better where that is a handle or much like the site's name.

    An agency that is named with them is found, too.
    """
    unsure: tuple[tuple[str, ...], str] | None = None
    for texts, source in _list_declared(page):
        names = read_authors(texts, page.site_keys)
        if unsure is None:
            found.put("agency", next((agency for agency in map(agency_in_byline, texts) if agency), None), source)
        if names and not any(_is_unsure(name, page.site_keys) for name in names):
            found.put("authors", names, source)
            return
        unsure = unsure or ((names, source) if names else None)
    _find_shown(page, found)
    if unsure:
        found.put("authors", *unsure)


def _list_declared(page: HtmlPage) -> Iterator[tuple[list[str], str]]:
    """What machines are told of the authors, the surest source first."""
    metas = page.markup.metas
    names = page.data.names_of(page.article.get("author") or page.article.get("creator"))
    for texts, source in (
        (names, "json-ld"),
        (page.markup.properties.get("author", ()), "microdata"),
        (metas.get("author", ()) or metas.get("article:author", ()), "meta"),
        (metas.get("dc.creator", ()) or metas.get("parsely-author", ()), "meta"),
    ):
        if texts:
            yield list(texts[:MAX_TEXTS]), source


def _is_unsure(name: str, sites: Collection[str]) -> bool:
    """Whether a declared name may be a user's handle or the site's own in other words."""
    key = fold_name(name)
    if " " not in name and name.islower():
        return True
    return len(key) >= MIN_SITE_LETTERS and any(
        key in site or (len(site) >= MIN_SITE_LETTERS and site in key) for site in sites
    )


def _find_shown(page: HtmlPage, found: Found) -> None:
    """Whom the page names to its readers, the surest place first."""
    for texts_of, after_by in _SHOWN:
        found.put("authors", read_shown_authors(texts_of(page), page.site_keys, after_by=after_by), "text")
        if "authors" in found.values:
            return


def _named_elements(page: HtmlPage) -> Sequence[str]:
    return page.markup.shown_authors


def _named_block(page: HtmlPage) -> list[str]:
    """The first short text in an element that is named as an author's or a byline."""
    for block, _, _ in page.blocks[:MAX_NAMED]:
        if len(block.text) <= MAX_BYLINE_CHARS:
            names = " ".join(block.class_tokens[:NEAR_TOKENS])
            if ("author" in names or "byline" in names or "autor" in names) and not _is_of_others(block.class_tokens):
                return [block.text]
    return []


def _is_of_others(tokens: Sequence[str]) -> bool:
    """Whether the element stands in comments or a side column."""
    names = " ".join(tokens)
    return "comment" in names or "sidebar" in names or "related" in names


def _around_body(page: HtmlPage) -> list[str]:
    return [text for text, _ in page.around_body()]


def _labelled_byline(page: HtmlPage) -> list[str]:
    """The first text around the body that was labelled as a byline."""
    return [text for text, label in page.around_body() if label is Label.BYLINE][:1]


def _beside_date(page: HtmlPage) -> list[str]:
    """The first name of two or three words that shares a line above the body with a date."""
    for text in (*_around_body(page), *page.near_headline()):
        found = _NAME_THEN_DATE.search(text) or _DATE_THEN_NAME.search(text)
        if found and len(found[1].split()) in (2, 3):
            return [found[1]]
    return []


# Where readers are told who wrote it, and whether only what follows a "By" counts there.
_SHOWN: tuple[tuple[Callable[[HtmlPage], Sequence[str]], bool], ...] = (
    (_named_elements, False),
    (HtmlPage.near_headline, True),
    (_named_block, False),
    (_around_body, True),
    (_labelled_byline, False),
    (_beside_date, False),
)
