"""Find the language that the article is written in."""

from stream.cleaning.metadata.found import Found
from stream.cleaning.metadata.html_page import HtmlPage


def find_language(page: HtmlPage, found: Found) -> None:
    found.put("inLanguage", page.language, page.language_source)
