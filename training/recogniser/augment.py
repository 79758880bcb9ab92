"""The same news in other dress: IN CAPITALS, and With Every Word Capitalised, as headlines are."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

from evaluation.recogniser.texts import AnnotatedText, paragraphs

SHARE = 0.15  # of the paragraphs, for each dress


def dressed(documents: Sequence[AnnotatedText], seed: int) -> list[AnnotatedText]:
    """Copies of random paragraphs, with the same names at the same places."""
    chooser = random.Random(seed)
    copies = []
    for document in documents:
        for paragraph in paragraphs(document):
            for dress in (str.upper, _headline):
                if chooser.random() < SHARE:
                    copies.extend(_dress(paragraph, dress))
    return copies


def _dress(paragraph: AnnotatedText, dress: Callable[[str], str]) -> list[AnnotatedText]:
    text = dress(paragraph.text)
    return [replace(paragraph, text=text)] if len(text) == len(paragraph.text) else []


def _headline(text: str) -> str:
    """Every word with a capital, but for the short ones that headlines leave small."""
    words = text.split(" ")
    return " ".join(word if word in _SMALL else word[:1].upper() + word[1:] for word in words)


_SMALL = frozenset("a an the of in on at to for by and or as is with from".split())
