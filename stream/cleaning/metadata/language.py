"""Find the language that the article is written in."""

from collections.abc import Sequence

from stream.cleaning.language import detect_language, language_of_tag
from stream.cleaning.linked_data import text_of
from stream.cleaning.metadata.found import Found
from stream.cleaning.metadata.html_page import HtmlPage
from stream.cleaning.values import LabelledBlock

MAX_BLOCKS = 50  # that tell the language of a page without a body
SHORT_CHARS = 100  # of a text that says less than what the page declares


def find_language(page: HtmlPage, found: Found) -> None:
    markup = page.markup
    declared = language_of_tag(markup.language or markup.meta("content-language", "og:locale", "language"))
    declared = declared or language_of_tag(text_of(page.article.get("inLanguage")))
    put_language(page.body, page.blocks, declared, found)


def put_language(body: Sequence[str], blocks: Sequence[LabelledBlock], declared: str | None, found: Found) -> None:
    """The language of the body, or of the first blocks without one; ``declared`` is what the page says (a code)."""
    text = "\n".join(body) or "\n".join(block.text for block, _, _ in blocks[:MAX_BLOCKS])
    detected = detect_language(text, declared)
    found.put("inLanguage", detected, "meta" if declared == detected and len(text) < SHORT_CHARS else "body")
