"""Count the words of a text, as its length is told."""

import re

__all__ = ["count_words"]

# Chinese and Japanese write no spaces between words: a character counts as one.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")


def count_words_in_python(text: str) -> int:
    """Words between spaces that have a letter or a digit; in Chinese and Japanese, characters."""
    spaced = text if text.isascii() else _UNSPACED.sub(" ", text)
    count = sum([1 for word in spaced.split() if word.isalnum() or any(map(str.isalnum, word))])
    return count if spaced is text else count + len(_UNSPACED.findall(text))


try:
    from stream._native.blocks import count_words
except ImportError:  # not compiled on this machine
    count_words = count_words_in_python
