"""Tell what kind of page a page is, by a small forest for each kind."""

import hashlib
import json
import lzma
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from stream import native
from stream.cleaning.judge.features import FEATURES, describe
from stream.cleaning.judge.page import JudgedPage
from stream.cleaning.trees import LEAF_SCALE, Forest, node_means, sum_contributions
from stream.events import PageKind

if native.IS_COMPILED:
    from stream._native.trees import sum_each
else:
    from stream.cleaning.trees import sum_each

FILE = "kinds.json.xz"
MAX_CONTRIBUTIONS = 5


@dataclass(frozen=True, slots=True)
class KindModel:
    """A forest for each kind, whose sums are the kinds' log odds up to a constant; ``version`` digests the file."""

    version: str
    forests: Mapping[PageKind, Forest]

    def probabilities(self, row: Sequence[float]) -> dict[PageKind, float]:
        """How probable each kind is for a page with these features; together 1."""
        sums = sum_each(row, tuple(self.forests.values()))
        odds = [math.exp(value / LEAF_SCALE) for value in sums]
        total = sum(odds)
        return {kind: value / total for kind, value in zip(self.forests, odds, strict=True)}


@cache
def load_model() -> KindModel:
    """The committed model; made by ``python -m training.kinds``."""
    return unpack_model((files("stream.cleaning") / "models" / FILE).read_bytes())


def unpack_model(packed: bytes) -> KindModel:
    content = json.loads(lzma.decompress(packed))
    if content["features"] != list(FEATURES):
        raise ValueError(f"{FILE} was trained on other features; run 'python -m training.kinds'")
    forests = {PageKind(kind): Forest.from_lists(lists) for kind, lists in content["forests"].items()}
    return KindModel(hashlib.sha256(packed).hexdigest()[:8], forests)


def classify(page: JudgedPage) -> dict[PageKind, float]:
    """How probable each kind that the model knows is for the page."""
    return load_model().probabilities(describe(page))


def explain_kind(page: JudgedPage, kind: PageKind) -> list[tuple[str, float, float]]:
    """What moved the page most towards or from a kind: names of features, their values, and how far (log odds)."""
    forest = load_model().forests[kind]
    row = describe(page)
    moved = sum_contributions(forest, node_means(forest), row)
    strongest = sorted(moved, key=lambda feature: -abs(moved[feature]))[:MAX_CONTRIBUTIONS]
    names = list(FEATURES)
    return [(names[feature], row[feature], round(moved[feature], 3)) for feature in strongest]
