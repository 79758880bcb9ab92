"""Count the words of a text, as its length is told."""

import re

from stream import native

# Chinese and Japanese write no spaces between words: a character counts as one.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
# Thai, Lao, Tibetan, Burmese and Khmer write none either, and spell their words.
_SPELT = re.compile(r"[\u0e00-\u0eff\u0f40-\u0fbc\u1000-\u109f\u1780-\u17d3]")
SENTENCE_ENDS = ".!?…。！？؟।॥۔։።။។"
SPELT_CHARS = 5  # characters a word, marks of vowels and tones among them


def count_words_plain(text: str) -> int:
    """Words between spaces that have a letter or a digit; characters, or so many of them, where there are no spaces."""
    spaced, unspaced = _UNSPACED.subn(" ", text)
    spelt = 0
    if not spaced.isascii():
        spaced, spelt = _SPELT.subn(" ", spaced)
    return (
        unspaced
        + (spelt + SPELT_CHARS - 1) // SPELT_CHARS
        + sum([any(map(str.isalnum, word)) for word in spaced.split()])
    )


if native.IS_COMPILED:
    from stream._native.words import count_words as count_words
else:
    count_words = count_words_plain
