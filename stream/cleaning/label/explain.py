"""Show why each block of a page was kept or cut, for ``clean --explain``."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stream.cleaning.label.features import HTML_NAMES, SECOND_NAMES, TEXT_NAMES
from stream.cleaning.label.model import load_model
from stream.cleaning.label.stage import rows_of
from stream.cleaning.label.trees import node_means, path_gains
from stream.cleaning.values import Block, Label, Labelled, Segmented

MAX_WEIGHED = 4


@dataclass(frozen=True, slots=True)
class Weighed:
    """A feature, its value in this block, and how far it moved the log odds: above zero towards keeping."""

    name: str
    value: float
    weight: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """One block: its label, how sure that is (None where a rule decided unseen), and the features that weighed most."""

    block: Block
    label: Label
    score: float | None
    weighed: tuple[Weighed, ...]


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
        weighed = () if row is None else _weigh(path_gains(forest, means, row), row, names)
        yield Explanation(block, label, score, weighed)


def _weigh(gains: dict[int, float], row: Sequence[float], names: Sequence[str]) -> tuple[Weighed, ...]:
    strongest = sorted(gains, key=lambda feature: -abs(gains[feature]))[:MAX_WEIGHED]
    return tuple([Weighed(names[feature], row[feature], round(gains[feature], 3)) for feature in strongest])
