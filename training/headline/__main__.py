"""Weigh the marks of headline candidates: ``python -m training.headline`` (half a minute on one core).

From the training pages alone, with the candidates that the product itself collects. The weights are those of a softmax
over the candidates of a page (a conditional logit, McFadden 1974), found by Newton steps: no seed, one result. Prints
the share of right headlines in five folds by host, then writes ``stream/cleaning/models/headline.json``.
"""

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evaluation.data import digest_of, pages_file
from evaluation.metadata.gold import folded
from evaluation.metadata.ours import labelled_page
from evaluation.pages import read_rows
from stream.cleaning.metadata.headline import candidates_of
from stream.cleaning.metadata.headline_candidates import Candidate

MODEL = Path(__file__).resolve().parents[2] / "stream" / "cleaning" / "models" / "headline.json"
FOLDS = 5
STEPS = 12
SCALE = 1000  # weights are stored as whole thousandths
MIN_PAGES = 5  # on which a mark must stand to get a weight

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class HeadlineExample:
    """A page's candidates, which of them are the gold headline, and the fold of its host."""

    candidates: Sequence[Candidate]
    right: Sequence[bool]
    fold: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--penalty", type=float, default=1.0, help="L2 penalty on the weights")
    parser.add_argument("--out", type=Path, default=MODEL, help="where the weights go")
    options = parser.parse_args()
    examples = list(read_examples("train"))
    reachable = sum(any(example.right) for example in examples)
    print(f"train, sha256 {digest_of(pages_file('train'))}: {len(examples)} pages with a gold headline")
    print(f"gold among the candidates: {reachable / len(examples):.3f}")
    held_out = 0
    for fold in range(FOLDS):
        weights = fit([example for example in examples if example.fold != fold], options.penalty)
        held_out += sum(is_right(example, weights) for example in examples if example.fold == fold)
    print(f"right in folds by host: {held_out / len(examples):.4f}")
    weights = fit(examples, options.penalty)
    print(f"right on the pages it was fitted to: {sum(is_right(e, weights) for e in examples) / len(examples):.4f}")
    options.out.write_text(json.dumps(weights, indent=0, sort_keys=True) + "\n")
    print(f"{options.out}: {len(weights)} weights")


def read_examples(split: str) -> Iterator[HeadlineExample]:
    for page in read_rows(pages_file(split)):
        wanted = folded(page["gold"].get("title"))
        if not wanted:
            continue
        labelled = labelled_page(page)
        candidates = [] if labelled is None else candidates_of(labelled)
        right = [folded(candidate.text) == wanted for candidate in candidates]
        yield HeadlineExample(candidates, right, fold_of(page))


def fold_of(page: dict[str, Any]) -> int:
    host = (page["url"] or page["id"]).removeprefix("https://").removeprefix("http://").partition("/")[0]
    return int(hashlib.sha256(host.encode()).hexdigest(), 16) % FOLDS


def is_right(example: HeadlineExample, weights: dict[str, int]) -> bool:
    if not example.candidates:
        return False
    points = [sum(weights.get(mark, 0) for mark in candidate.marks) for candidate in example.candidates]
    return example.right[points.index(max(points))]


def fit(examples: Sequence[HeadlineExample], penalty: float) -> dict[str, int]:
    """Weights that make the gold headline the likeliest of its page's candidates."""
    taught = [example for example in examples if any(example.right)]
    seen = Counter(mark for example in taught for mark in set().union(*(c.marks for c in example.candidates)))
    column = {mark: index for index, mark in enumerate(sorted(m for m, count in seen.items() if count >= MIN_PAGES))}
    groups = [_matrix(example, column) for example in taught]
    weights = np.zeros(len(column))
    for _ in range(STEPS):
        gradient, curvature = penalty * weights, penalty * np.eye(len(column))
        for marks, right in groups:
            points = marks @ weights
            probabilities = np.exp(points - points.max())
            probabilities /= probabilities.sum()
            mean = marks.T @ probabilities
            gradient += mean - marks.T @ right
            curvature += (marks * probabilities[:, None]).T @ marks - np.outer(mean, mean)
        weights -= np.linalg.solve(curvature, gradient)
    return {mark: round(SCALE * float(weights[index])) for mark, index in column.items()}


def _matrix(example: HeadlineExample, column: dict[str, int]) -> tuple[Matrix, Matrix]:
    """One row of ones and zeros for each candidate, and the gold's shares."""
    marks = np.zeros((len(example.candidates), len(column)))
    for row, candidate in enumerate(example.candidates):
        for mark in candidate.marks & column.keys():
            marks[row, column[mark]] = 1.0
    right = np.array(example.right, dtype=float)
    return marks, right / right.sum()


if __name__ == "__main__":
    main()
