"""``python -m training.places.fit FOLDER``: fits the place model on one half of LGL and TR-News, prints its module.

Each round's weights maximise the log-likelihood of the right candidates (the answer's id, or else those within
161 km), mention by mention, with a ridge; the confidence is a logistic regression over what the last round says,
on all toponyms, those that the gazetteer lacks included.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from stream.entities.places import MAX_CANDIDATES, toponyms
from stream.entities.places_context import FEATURES, Toponym, Weights, features, probabilities, static
from stream.entities.places_publisher import homes
from training.places.gold import FILES, NEAR_KM, Answer, GoldArticle, distance, read

RIDGE = 2.0
STATIC = 8
Floats = NDArray[np.float64]


class Example:
    def __init__(self, gold: GoldArticle) -> None:
        article = gold.canonicalised.article
        named = toponyms(article.articleBody, gold.canonicalised.entities)
        self.toponyms = list(named.values())
        self.home = Toponym(1.0, homes(article.url, article.publisher)[:MAX_CANDIDATES])
        self.targets = [_targets(t, gold.answers[i]) for i, t in named.items()]

    def rows(self, first: bool):
        every = [*self.toponyms, self.home]
        if first:
            return [[static(t, c) for c in t.candidates] for t in every]
        return features(self.toponyms, self.home)

    def step(self, rows, weights):
        for t, r in zip([*self.toponyms, self.home], rows, strict=True):
            t.probabilities = probabilities(r, weights)


def _targets(t: Toponym, answers: Sequence[Answer]) -> list[float]:
    mass = [0.0] * len(t.candidates)
    for answer in answers:
        right = [i for i, c in enumerate(t.candidates) if c.geonames_id == answer.geonames_id]
        right = right or [i for i, c in enumerate(t.candidates) if distance(answer, c.latitude, c.longitude) <= NEAR_KM]
        for i in right[:1]:
            mass[i] += 1
    return mass


def fit(examples: list[Example], rows_of, width: int) -> Weights:
    X, y, seg = [], [], []
    n = 0
    for rows, e in zip(rows_of, examples, strict=True):
        for r, target in zip(rows, e.targets, strict=False):
            if sum(target) and len(r) > 1:
                X += r
                y += target
                seg += [n] * len(r)
                n += 1
    X, y, seg = np.array(X, float), np.array(y), np.array(seg)
    starts = np.flatnonzero(np.r_[True, seg[1:] != seg[:-1]])
    size = np.add.reduceat(y, starts)

    def loss(w):
        s = X @ w
        m = np.maximum.reduceat(s, starts)
        p = np.exp(s - m[seg])
        z = np.add.reduceat(p, starts)
        p /= z[seg]
        value = -(y @ (s - m[seg])) + size @ np.log(z) + RIDGE * w @ w / 2
        return value, X.T @ (size[seg] * p - y) + RIDGE * w

    return tuple(round(v, 3) for v in minimize(loss, np.zeros(width), jac=True, method="L-BFGS-B").x)
