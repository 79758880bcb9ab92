"""Grow the forests that tell page kinds: ``python -m training.kinds`` (two minutes on one core).

From ``wcxb-other-kinds`` and the articles of ``wcxb``, ``naeb``, ``misinformation-crawler`` and ``train``. Of the test
pages of tools in ``train`` those that are no articles were looked at; ``seen.json`` names them. Every fifth domain is
left out: ``make bench-kinds`` reports on these.
Prints what folds by domain say of the rest, then writes ``stream/cleaning/models/kinds.json.xz``.
"""

import argparse
import json
import lzma
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray

from evaluation.kinds import HELD_OUT, read_kinds
from evaluation.metadata.ours import labelled_page
from evaluation.pages import FOLDS
from stream.cleaning.judge.features import FEATURES, describe
from stream.cleaning.judge.kinds import FILE
from stream.cleaning.judge.page import JudgedPage
from stream.cleaning.metadata.stage import FindFields
from stream.events import PageKind
from training.cleaning.boosting import lists_of_trees
from training.kinds.farms import lay_out

MODEL = Path(__file__).resolve().parents[2] / "stream" / "cleaning" / "models" / FILE
KINDS = tuple(PageKind)[: list(PageKind).index(PageKind.DOCUMENTATION) + 1]
SEEN = Path(__file__).with_name("seen.json")
UNSURE_WEIGHT = 0.5
FARM = -1  # the fold of pages that we wrote: always trained on
TREES = 120  # a kind
# Copies of each page that lack what some pages lack, so that the rest has to tell: with their weight, the columns.
ADDRESS_FEATURES = ("last_chars", "dashes", "path_digits", "story_path", "address_", "host_")
LACKING = ((0.3, ADDRESS_FEATURES), (0.3, ("type_",)))
PARAMETERS: dict[str, Any] = {
    "objective": "multiclass",
    "num_class": len(KINDS),
    "learning_rate": 0.06,
    "num_leaves": 8,
    "min_data_in_leaf": 8,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 3,
    "max_bin": 127,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "seed": 1,
    "verbose": -1,
}

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class KindExample:
    """A page's features, what it is, the fold of its domain, and whether its gold is about its kind."""

    row: list[float]
    kind: PageKind
    fold: int
    is_sure: bool


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=MODEL, help="where the model goes")
    options = parser.parse_args()
    examples = [example for example in read_examples() if example.fold != HELD_OUT]
    print(f"{len(examples)} pages, {sum(example.kind is not PageKind.ARTICLE for example in examples)} no articles")
    report(examples)
    forests = lists_of_trees(fit(examples), len(KINDS))
    content = {"features": list(FEATURES), "forests": dict(zip(KINDS, forests, strict=True))}
    packed = lzma.compress(json.dumps(content, separators=(",", ":")).encode())
    options.out.write_bytes(packed)
    print(f"{options.out.name}: {len(packed):,} bytes")


def read_examples() -> Iterator[KindExample]:
    find = FindFields()
    seen = {page: kind for kind, pages in json.loads(SEEN.read_text()).items() for page in pages}
    for page in read_kinds():
        kind = seen.get(page.id, page.kind)
        if kind in KINDS and (row := _row_of(page.url, page.html, find)) is not None:
            yield KindExample(row, PageKind(kind), page.fold, page.is_sure)
    for url, html, kind in lay_out():
        if (row := _row_of(url, html, find)) is not None:
            yield KindExample(row, kind, FARM, is_sure=False)


def _row_of(url: str | None, html: str, find: FindFields) -> list[float] | None:
    labelled = labelled_page({"url": url, "html": html})
    return None if labelled is None else describe(JudgedPage(find(labelled)))


def report(examples: Sequence[KindExample]) -> None:
    """Print, for some shares of articles that are kept, how many other pages are published, in folds by domain."""
    articles: list[float] = []
    others: list[float] = []
    for fold in range(FOLDS):
        inside = [example for example in examples if example.fold == fold and example.is_sure]
        if inside:
            booster = fit([example for example in examples if example.fold != fold])
            answers = booster.predict(np.array([example.row for example in inside]))
            for example, answer in zip(inside, answers, strict=True):
                (articles if example.kind is PageKind.ARTICLE else others).append(float(answer[0]))
    for least in (0.1, 0.2, 0.3, 0.35, 0.4, 0.5, 0.6):
        kept, published = np.mean(np.array(articles) >= least), np.mean(np.array(others) >= least)
        print(f"probability {least:.2f}: {kept:.4f} of articles kept, {published:.3f} of other pages published")


def fit(examples: Sequence[KindExample]) -> lightgbm.Booster:
    rows: Matrix = np.array([example.row for example in examples])
    kinds = np.array([KINDS.index(example.kind) for example in examples])
    trust = np.array([1.0 if example.is_sure else UNSURE_WEIGHT for example in examples])
    tables, weights = [rows], [trust]
    for weight, names in LACKING:
        table = rows.copy()
        table[:, [index for index, name in enumerate(FEATURES) if name.startswith(names)]] = 0.0
        tables.append(table)
        weights.append(weight * trust)
    data = lightgbm.Dataset(np.concatenate(tables), np.tile(kinds, len(tables)), weight=np.concatenate(weights))
    return lightgbm.train(PARAMETERS, data, TREES)


if __name__ == "__main__":
    main()
