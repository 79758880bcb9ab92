"""Compare names and titles by their letters and digits alone: pages write one thing in many ways."""

import re

_NOT_WORD = re.compile(r"[\W_]+")
_NOT_WORD_ASCII = {code: None for code in range(128) if not chr(code).isalnum()}


def fold(text: str) -> str:
    """Letters and digits alone, without case."""
    text = text.casefold()
    return text.translate(_NOT_WORD_ASCII) if text.isascii() else _NOT_WORD.sub("", text)


def fold_name(name: str) -> str:
    """The same of a name, without a leading article."""
    return fold(name.casefold().removeprefix("the "))
