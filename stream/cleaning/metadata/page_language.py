"""Tell the language of a page's article before its fields are read: dates mean different days in different ones."""

from collections.abc import Sequence

from stream.cleaning.language import detect_language, is_in_latin_letters, language_of_tag
from stream.cleaning.linked_data import Node, text_of
from stream.cleaning.values import LabelledBlock, Markup

MAX_BLOCKS = 50  # that tell the language of a page without a body
SHORT_CHARS = 100  # of a text that says less than what the page declares


def declared_language(markup: Markup, article: Node) -> tuple[str | None, bool]:
    """What the page says, and whether it says that in Latin letters of a language that has others.

    Such a tag (hi-Latn) is chosen by somebody, while "en" is often a template's.
    """
    tags = (
        markup.language,
        markup.meta("content-language", "og:locale", "language"),
        text_of(article.get("inLanguage")),
        markup.meta("og:locale"),
    )
    chosen = next((tag for tag in tags if tag and is_in_latin_letters(tag)), None)
    if chosen:
        return language_of_tag(chosen), True
    return next((code for tag in tags if (code := language_of_tag(tag))), None), False


def tell_language(
    body: Sequence[str], blocks: Sequence[LabelledBlock], declared: str | None, *, in_latin: bool = False
) -> tuple[str | None, str]:
    """The language of the body, or of the first blocks without one, and where that was found.

    ``declared`` is what the page says (a code).
    """
    text = "\n".join(body) or "\n".join(block.text for block, _, _ in blocks[:MAX_BLOCKS])
    detected = detect_language(text, declared, in_latin=in_latin)
    return detected, "meta" if declared == detected and len(text) < SHORT_CHARS else "body"
