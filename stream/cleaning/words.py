"""Count the words of a text, as its length is told."""

import re

from stream import native

# Chinese and Japanese write no spaces between words: a character counts as one.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")


def count_words_plain(text: str) -> int:
    """Words between spaces that have a letter or a digit; in Chinese and Japanese, characters."""
    spaced, unspaced = _UNSPACED.subn(" ", text)
    return unspaced + sum([any(map(str.isalnum, word)) for word in spaced.split()])


if native.IS_COMPILED:
    from stream._native.words import count_words as count_words
else:
    count_words = count_words_plain
