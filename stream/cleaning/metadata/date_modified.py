"""Find when the article was last changed."""

from stream.cleaning.linked_data import text_of
from stream.cleaning.metadata.found import Found
from stream.cleaning.metadata.html_page import HtmlPage

_METAS = ("article:modified_time", "og:updated_time", "datemodified", "last-modified")


def find_date_modified(page: HtmlPage, found: Found) -> None:
    for text, source in (
        (text_of(page.article.get("dateModified")), "json-ld"),
        (page.markup.meta(*_METAS), "meta"),
    ):
        date = page.read_date(text)
        found.put("dateModified", date.value if date else None, source)
