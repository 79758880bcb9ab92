"""Score an extracted body against the gold one, in the same way for us and for every peer.

Counted 4-gram shingles of words (as in the article-extraction benchmark of Scrapinghub), averaged a page.
"""

import re
from collections import Counter
from dataclasses import dataclass

SHINGLE = 4  # words

# Scripts without spaces between words count each character as a word.
_WORD = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]|[^\W_]+")


@dataclass(frozen=True, slots=True)
class BodyScore:
    """Of one page: F1 in 0..1, and whether the two texts have exactly the same shingles."""

    precision: float
    recall: float
    f1: float
    exact: bool


def score_body(found: str, gold: str) -> BodyScore:
    """Compare two texts; both empty is a perfect match."""
    have, want = shingles(found), shingles(gold)
    shared = sum((have & want).values())
    precision = shared / have.total() if have else float(not want)
    recall = shared / want.total() if want else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return BodyScore(precision, recall, f1, have == want)


def words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Counted runs of four words; a shorter text is one run."""
    tokens = words(text)
    if not tokens:
        return Counter()
    return Counter(tuple(tokens[i : i + SHINGLE]) for i in range(max(1, len(tokens) - SHINGLE + 1)))
