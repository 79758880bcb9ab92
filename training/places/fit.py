"""``python -m training.places.fit FOLDER``: fits the place model on one half of LGL and TR-News, writes its numbers.

The weights maximise the log-likelihood of the right candidates (the answer's id, or else one within 161 km),
mention by mention, with a ridge. The confidence is a logistic regression over what the model says of its choice, on
 all the half's mentions of known names, those whose place the gazetteer lacks included.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import fill
from typing import cast

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from evaluation.places.gold import FILES, NEAR_KM, Answer, GoldArticle, distance, read
from stream.entities.gazetteer import PlaceCandidate, gazetteer
from stream.entities.place import weights as places_weights
from stream.entities.place.context import Row, Toponym, Weights, add_company, judge_alone, measure_certainty, resolve
from stream.entities.place.publisher import find_homes
from stream.entities.place.stage import MAX_CANDIDATES, find_toponyms
from stream.events import Entity, EntityType, Mention

RIDGE = 2.0
STRANGERS_EVERY = 2  # articles: about one in twenty mentions, as counted in the output of a recogniser
NOWHERE_AT_ALL = Answer(0, -90.0, 0.0)  # no place is right
_CAPITALISED = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}\b(?! [A-Z])")
TARGET = Path(places_weights.__file__)

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PlaceExample:
    """One article: its names, its publisher's, and what its mentions are."""

    toponyms: tuple[Toponym, ...]
    home: Toponym
    answers: tuple[tuple[Answer, ...], ...]

    @classmethod
    def of(cls, gold: GoldArticle) -> "PlaceExample":
        article = gold.canonicalised.article
        homes = find_homes(article.url, article.publisher)[:MAX_CANDIDATES]
        named = find_toponyms(article.articleBody, gold.canonicalised.entities, homes)
        return cls(tuple(named.values()), Toponym(1.0, homes), tuple(gold.answers[number] for number in named))


def main(folder: str) -> None:
    examples = [PlaceExample.of(gold) for corpus in FILES for gold in read(Path(folder), corpus) if gold.half == 0]
    names = [toponym for example in examples for toponym in example.toponyms]
    answers = [group for example in examples for group in example.answers]
    judge_alone([*names, *(example.home for example in examples)], (0.0,))
    alone = _weights_of(names, answers)
    judge_alone([*names, *(example.home for example in examples)], alone)
    for example in examples:
        add_company(example.toponyms, example.home)
    company = _weights_of(names, answers)
    for name in names:
        name.judge(company)
    strangers = list(_strangers(Path(folder), alone, company))[::STRANGERS_EVERY]
    names += strangers
    answers += [(NOWHERE_AT_ALL,)] * len(strangers)
    TARGET.write_text(_module(ALONE=alone, COMPANY=company, CERTAINTY=_certainty(names, answers)), "utf-8")


def _strangers(folder: Path, alone: Weights, company: Weights) -> Iterator[Toponym]:
    """In each article the first capitalised word that some place bears and that is no toponym here: judged as one.

    A recogniser takes persons and products for places, too; without these the confidence would not know.
    """
    for gold in (gold for corpus in FILES for gold in read(folder, corpus) if gold.half == 0):
        article, entities = gold.canonicalised.article, gold.canonicalised.entities
        taken = {offset for entity in entities for m in entity.mentions for offset in range(m.start, m.end)}
        for word in _CAPITALISED.finditer(article.articleBody):
            if word.start() not in taken and gazetteer()(word[0]):
                mention = Mention(surface=word[0], start=word.start(), end=word.end())
                stranger = Entity(type=EntityType.PLACE, name=word[0], key="", mentions=(mention,))
                homes = find_homes(article.url, article.publisher)[:MAX_CANDIDATES]
                named = find_toponyms(article.articleBody, [*entities, stranger], homes)
                resolve(list(named.values()), Toponym(1.0, homes), alone, company)
                if len(entities) in named:
                    yield named[len(entities)]
                break


def _weights_of(names: Iterable[Toponym], answers: Iterable[Sequence[Answer]]) -> Weights:
    """The weights of the names' rows."""
    groups = [(name.rows, _targets(name.candidates, group)) for name, group in zip(names, answers, strict=True)]
    return _softmax_weights([(rows, targets) for rows, targets in groups if any(targets) and len(targets) > 1])


def _targets(candidates: Sequence[PlaceCandidate], answers: Sequence[Answer]) -> list[float]:
    """How many of the mentions each candidate is right for."""
    targets = [0.0] * len(candidates)
    for answer in answers:
        exact = [i for i, candidate in enumerate(candidates) if candidate.geonames_id == answer.geonames_id]
        for i in (exact or [i for i, candidate in enumerate(candidates) if is_right(candidate, answer)])[:1]:
            targets[i] += 1
    return targets


def is_right(candidate: PlaceCandidate, answer: Answer) -> bool:
    return distance(answer, candidate.latitude, candidate.longitude) <= NEAR_KM


def _softmax_weights(groups: Sequence[tuple[Sequence[Row], Sequence[float]]]) -> Weights:
    rows = np.array([row for group, _ in groups for row in group], dtype=float)
    targets = np.array([target for _, group in groups for target in group])
    sizes = np.array([len(group) for group, _ in groups])
    starts = np.r_[0, np.cumsum(sizes)[:-1]]
    number = np.repeat(np.arange(len(groups)), sizes)
    mass = np.add.reduceat(targets, starts)

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = rows @ weights
        scores -= np.maximum.reduceat(scores, starts)[number]
        powers = np.exp(scores)
        whole = np.add.reduceat(powers, starts)
        value = float(mass @ np.log(whole) - targets @ scores + RIDGE * weights @ weights / 2)
        return value, rows.T @ (mass[number] * powers / whole[number] - targets) + RIDGE * weights

    return _minimum(loss, rows.shape[1])


def _certainty(names: Iterable[Toponym], answers: Iterable[Sequence[Answer]]) -> Weights:
    every = [
        (measure_certainty(name), is_right(name.candidates[name.best], answer))
        for name, group in zip(names, answers, strict=True)
        for answer in group
    ]
    rows = np.array([row for row, _ in every], dtype=float)
    signs = np.array([1.0 if right else -1.0 for _, right in every])

    def loss(weights: Floats) -> tuple[float, Floats]:
        margins = signs * (rows @ weights)
        value = float(np.logaddexp(0, -margins).sum() + RIDGE * weights @ weights / 2)
        return value, -rows.T @ (signs / (1 + np.exp(margins))) + RIDGE * weights

    return _minimum(loss, rows.shape[1])


def _minimum(loss: object, size: int) -> Weights:
    found = cast(Floats, minimize(loss, np.zeros(size), jac=True, method="L-BFGS-B").x)
    return tuple(round(float(weight), 3) for weight in found)


def _module(**weights: Weights) -> str:
    return (
        '"""The numbers of the place model, as ``python -m training.places.fit`` wrote them."""\n\n'
        f"LEAST_CONFIDENCE = {places_weights.LEAST_CONFIDENCE}  # chosen by hand, on the same half\n\n# fmt: off\n"
        + "".join(f"{name} = (\n{_lines(numbers)},\n)\n" for name, numbers in weights.items())
    )


def _lines(numbers: Weights) -> str:
    return fill(", ".join(map(str, numbers)), 100, initial_indent="    ", subsequent_indent="    ")


if __name__ == "__main__":
    main(sys.argv[1])
