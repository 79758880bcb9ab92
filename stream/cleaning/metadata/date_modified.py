"""Find when the article was last changed."""

import re
from collections.abc import Iterator

from stream.cleaning.linked_data import text_of
from stream.cleaning.metadata.date_changed import list_dates
from stream.cleaning.metadata.dates import Date
from stream.cleaning.metadata.found import Found
from stream.cleaning.metadata.html_page import HtmlPage
from stream.cleaning.values import Moment

MAX_MOMENTS = 10

_NUMBER = re.compile(r"\d\d")
_METAS = ("article:modified_time", "og:updated_time", "datemodified", "last-modified")


def find_date_modified(page: HtmlPage, found: Found) -> None:
    for text, source in (
        (text_of(page.article.get("dateModified")), "json-ld"),
        (page.markup.property("dateModified"), "microdata"),
        (page.markup.meta(*_METAS), "meta"),
    ):
        found.put_modified(page.read_date(text), source)
    if "dateModified" not in found.values:
        found.put_modified(_find_shown(page), "text")


def _find_shown(page: HtmlPage) -> Date | None:
    """What an element that is named so says, or a line below the headline that does."""
    for moment in _list_moments(page):
        for date, is_changed in list_dates(moment, page.read_date):
            if is_changed and date.precision not in ("year", "month"):
                return date
    return None


def _list_moments(page: HtmlPage) -> Iterator[Moment]:
    yield from page.markup.moments[:MAX_MOMENTS]
    yield from page.markup.shown_dates[:MAX_MOMENTS]
    for text in page.near_headline():
        if _NUMBER.search(text):
            yield Moment("", text, "")
