"""Grow the trees: two passes with out-of-fold probabilities between them, folds by host, fixed seeds, one thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import lightgbm
import numpy as np

from evaluation.bodies.truth import Truth
from evaluation.pages import FOLDS, GoldPage, fold_of
from stream.cleaning.label.features_plain import first_pass, second_pass
from stream.cleaning.trees import LEAF_SCALE, Forest
from stream.cleaning.values import Block
from training.cleaning.lexicons import Lexicon, fit_class_tokens, fit_words

PARAMETERS: dict[str, Any] = {
    "objective": "binary",
    "learning_rate": 0.08,
    "num_leaves": 15,
    "min_data_in_leaf": 30,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5,
    "max_bin": 127,
    "num_threads": 1,  # two threads crawl on a busy machine, and one is deterministic
    "deterministic": True,
    "force_row_wise": True,
    "seed": 1,
    "verbose": -1,
}


@dataclass(frozen=True, slots=True)
class PageExample:
    """The candidate blocks of one page with their truths; ``weight`` is how much its source is trusted."""

    page: GoldPage
    blocks: Sequence[Block]
    truths: Sequence[Truth]
    title: str
    declared: str
    weight: float


@dataclass(frozen=True, slots=True)
class Lexicons:
    """Weights of words and of class and id tokens: fitted for each fold on the others; ``whole`` on all."""

    folds: Sequence[tuple[Lexicon, Lexicon]]
    whole: tuple[Lexicon, Lexicon]


@dataclass(frozen=True, slots=True)
class Trained:
    """The lists of both forests (``stream.cleaning.trees.Forest``)."""

    lists: dict[str, dict[str, list[float]]]

    def second_probabilities(self, example: PageExample, lexicons: Lexicons) -> list[float]:
        """What the second pass says of an example that was not trained on."""
        first, second = (Forest.from_lists(self.lists[name]) for name in ("first", "second"))
        rows = first_pass(example.blocks, example.title, example.declared, *lexicons.whole, html=True)
        more = second_pass(example.blocks, first.probabilities(rows))
        return second.probabilities([row + other for row, other in zip(rows, more, strict=True)])


def fit_lexicons(examples: Sequence[PageExample]) -> Lexicons:
    def fit(some: Sequence[PageExample]) -> tuple[Lexicon, Lexicon]:
        judged = [(example.page.host, example.blocks, example.truths) for example in some]
        return fit_words(judged), fit_class_tokens(judged)

    folds = [fit([e for e in examples if fold_of(e.page.host) != fold]) for fold in range(FOLDS)]
    return Lexicons(folds, fit(examples))


def train_head(examples: Sequence[PageExample], lexicons: Lexicons, trees: int, *, html: bool) -> Trained:
    """Both passes; the second learns from out-of-fold probabilities of the first."""
    folds = np.array([fold_of(example.page.host) for example in examples])
    rows = [
        np.array(
            first_pass(e.blocks, e.title, e.declared, *lexicons.folds[fold_of(e.page.host)], html=html),
            dtype=np.float64,
        )
        for e in examples
    ]
    first = _fit(examples, rows, trees)
    guesses = _out_of_fold(examples, rows, folds, trees)
    rows = [
        np.hstack([row, np.array(second_pass(example.blocks, guess))])
        for example, row, guess in zip(examples, rows, guesses, strict=True)
    ]
    second = _fit(examples, rows, trees)
    return Trained({"first": lists_of(first), "second": lists_of(second)})


def lists_of(booster: lightgbm.Booster) -> dict[str, list[float]]:
    """The trees as the parallel lists of ``stream.cleaning.trees.Forest``."""
    return lists_of_trees(booster, 1)[0]


def lists_of_trees(booster: lightgbm.Booster, classes: int) -> list[dict[str, list[float]]]:
    """The same for each class of several, whose trees take turns."""
    forests: list[dict[str, list[float]]] = []
    trees = booster.dump_model()["tree_info"]
    for number in range(classes):
        lists: dict[str, list[float]] = {"features": [], "thresholds": [], "left": [], "right": [], "roots": []}
        for tree in trees[number::classes]:
            lists["roots"].append(_append(tree["tree_structure"], lists))
        forests.append(lists)
    return forests


def _append(node: dict[str, Any], lists: dict[str, list[float]]) -> int:
    number = len(lists["features"])
    if "leaf_value" in node:
        values = (-1, 0.0, round(node["leaf_value"] * LEAF_SCALE), 0)
    else:
        values = (node["split_feature"], node["threshold"], 0, 0)
    for name, value in zip(("features", "thresholds", "left", "right"), values, strict=True):
        lists[name].append(value)
    if "leaf_value" not in node:
        lists["left"][number] = _append(node["left_child"], lists)
        lists["right"][number] = _append(node["right_child"], lists)
    return number


def _fit(examples: Sequence[PageExample], rows: Sequence[np.ndarray], trees: int) -> lightgbm.Booster:
    table = np.concatenate(rows)
    truths = np.array([truth.is_body for example in examples for truth in example.truths], dtype=int)
    weights = np.array([weight for example in examples for weight in block_weights(example)])
    counts = weights > 0
    data = lightgbm.Dataset(table[counts], truths[counts], weight=weights[counts])
    return lightgbm.train(PARAMETERS, data, trees)


def block_weights(example: PageExample) -> list[float]:
    """Long blocks weigh more, as in the score; pages of many blocks do not drown the others."""
    count = sum(1 for truth in example.truths if truth.weight)
    page = example.weight * 150 / (100 + count)
    return [
        truth.weight * page * min(3.0, 0.5 + len(block.text) / 100)
        for block, truth in zip(example.blocks, example.truths, strict=True)
    ]


def _out_of_fold(
    examples: Sequence[PageExample], rows: Sequence[np.ndarray], folds: np.ndarray, trees: int
) -> list[list[float]]:
    probabilities: list[list[float]] = [[] for _ in examples]
    for fold in range(FOLDS):
        inside = np.flatnonzero(folds == fold).tolist()
        outside = np.flatnonzero(folds != fold).tolist()
        booster = _fit([examples[i] for i in outside], [rows[i] for i in outside], trees)
        forest = Forest.from_lists(lists_of(booster))
        for index in inside:
            probabilities[index] = forest.probabilities(rows[index].tolist())
    return probabilities
