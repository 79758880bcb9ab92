"""Count the words of a text, as its length is told."""

import re

from stream.cleaning.narrow import CHARS, to_narrow

# Chinese and Japanese write no spaces between words: a character counts as one.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")

# Of narrow text: letters and digits as "a", spaces as " ", and what is neither.
_KINDS = "".join(["a" if char.isalnum() else " " for char in CHARS]).encode().ljust(256)
_NEITHER = bytes([code for code, char in enumerate(CHARS) if not char.isalnum() and not char.isspace()])


def count_words_in_python(text: str) -> int:
    """Words between spaces that have a letter or a digit; in Chinese and Japanese, characters."""
    codes = to_narrow(text)
    if codes is not None:
        return (b" " + codes.translate(_KINDS, _NEITHER)).count(b" a")
    spaced, unspaced = _UNSPACED.subn(" ", text)
    return unspaced + sum([1 for word in spaced.split() if word.isalnum() or any(map(str.isalnum, word))])


try:
    from stream._native.blocks import count_words as count_words
except ImportError:  # not compiled on this machine
    count_words = count_words_in_python
