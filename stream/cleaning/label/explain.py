"""Show why each block of a page was kept or cut, for ``clean --explain``."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stream.cleaning.label.features import HTML_NAMES, SECOND_NAMES, TEXT_NAMES
from stream.cleaning.label.model import load_model
from stream.cleaning.label.stage import rows_of
from stream.cleaning.trees import node_means, sum_contributions
from stream.cleaning.values import Block, Label, Labelled, Segmented

MAX_CONTRIBUTIONS = 4


@dataclass(frozen=True, slots=True)
class Contribution:
    """A feature, its value in this block, and how far it moved the log odds: above zero towards keeping."""

    name: str
    value: float
    weight: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """One block: its label, how sure that is (None where a rule decided unseen), and what moved it most."""

    block: Block
    label: Label
    score: float | None
    contributions: tuple[Contribution, ...]


def explain(segmented: Segmented, labelled: Labelled) -> tuple[Explanation, ...]:
    """Every block of the page in page order; ``labelled`` is what the stage made of it."""
    return tuple(_explain(segmented, labelled))


def _explain(segmented: Segmented, labelled: Labelled) -> Iterator[Explanation]:
    model = load_model()
    html = segmented.markup is not None
    names = (*(HTML_NAMES if html else TEXT_NAMES), *SECOND_NAMES)
    forest = (model.html if html else model.text).second
    means = node_means(forest)
    rows = rows_of(segmented, model)
    for index, (block, label, score) in enumerate(labelled):
        row = rows.get(index)
        contributions = () if row is None else _strongest(sum_contributions(forest, means, row), row, names)
        yield Explanation(block, label, score, contributions)


def _strongest(weights: dict[int, float], row: Sequence[float], names: Sequence[str]) -> tuple[Contribution, ...]:
    """The features that moved the row most; ``weights`` has how far, by the feature's number."""
    strongest = sorted(weights, key=lambda feature: -abs(weights[feature]))[:MAX_CONTRIBUTIONS]
    return tuple([Contribution(names[feature], row[feature], round(weights[feature], 3)) for feature in strongest])
