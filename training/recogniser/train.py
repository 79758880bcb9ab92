"""Documents and a lexicon in, a model out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyximport

from evaluation.recogniser.texts import AnnotatedText
from stream._native.tagger import NativeTagger
from stream.entities.tagger.features import TAGS, TEMPLATES
from stream.entities.tagger.model import Model
from training.recogniser.lexicon import Lexicon

pyximport.install(language_level=3, setup_args={"include_dirs": np.get_include()})

from training.recogniser.perceptron import train as train_epoch  # noqa: E402

COST = 20  # margin, in units of one update
DROPPED = 112  # of 256 features, hidden at random
LARGEST = 32_000  # of int16, with room for rounding


@dataclass(frozen=True, slots=True)
class Corpus:
    """Encoded sentences: ``buckets`` (rows, templates), ``offsets`` (sentences + 1), one tag and one doubt a row."""

    buckets: npt.NDArray[np.uint32]
    offsets: npt.NDArray[np.int64]
    gold: npt.NDArray[np.int8]
    doubtful: npt.NDArray[np.uint8]


def blank(lexicon: Lexicon, bits: int) -> Model:
    """A model that knows the words and no weights."""
    keys = sorted(lexicon.words)
    columns = np.array([lexicon.words[key] for key in keys], dtype=np.int64)
    phrases = sorted(lexicon.phrases)
    return Model(
        digest="",
        bits=bits,
        transitions=bytes(len(TAGS) ** 2 * 2),
        weights=bytes((len(TAGS) * 2) << bits),
        word_keys=np.array(keys, "<u4").tobytes(),
        coarse=columns[:, 0].astype("u1").tobytes(),
        middle=columns[:, 1].astype("u1").tobytes(),
        fine=columns[:, 2].astype("<u2").tobytes(),
        lists=columns[:, 3].astype("<u2").tobytes(),
        phrase_keys=np.array(phrases, "<u4").tobytes(),
        phrase_kinds=bytes(lexicon.phrases[key] for key in phrases),
    )


def encode(model: Model, documents: Sequence[AnnotatedText]) -> Corpus:
    tagger = NativeTagger(model)
    buckets, gold, doubtful, firsts = [], [], [], []
    for document in documents:
        starts, ends, first, values = tagger.encode(document.text)
        positions = list(zip(np.frombuffer(starts, "<i8").tolist(), np.frombuffer(ends, "<i8").tolist(), strict=True))
        tags, doubts = label(document, positions)
        buckets.append(np.frombuffer(values, "<u4").reshape(-1, len(TEMPLATES)))
        gold.extend(tags)
        doubtful.extend(doubts)
        firsts.append(np.frombuffer(first, "u1"))
    starts_at = np.flatnonzero(np.concatenate(firsts))
    return Corpus(
        np.concatenate(buckets),
        np.append(starts_at, len(gold)).astype(np.int64),
        np.array(gold, np.int8),
        np.array(doubtful, np.uint8),
    )


def label(document: AnnotatedText, positions: Sequence[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """A tag and a doubt for each token; a token that a name cuts through is doubtful."""
    kinds = {"PER": 1, "ORG": 3, "LOC": 5}
    at = {}
    unsure: set[int] = set()
    for start, end, kind in document.stripped():
        at.update(dict.fromkeys(range(start, end), (start, kinds[kind])))
    for start, end in document.doubtful:
        unsure.update(range(start, end))
    tags, doubts, current = [], [], -1
    for start, end in positions:
        name, last = at.get(start), at.get(end - 1)
        begins = name is not None and name[0] != current
        tags.append(0 if name is None else name[1] if begins else name[1] + 1)
        current = name[0] if name else -1
        doubts.append(int(name != last or any(place in unsure for place in range(start, end))))
    return tags, doubts


def train(model: Model, corpus: Corpus, epochs: int, seeds: Sequence[int]) -> Model:
    """The mean of one averaged perceptron for each seed, scaled to int16."""
    shape = (1 << model.bits, len(TAGS))
    weights, arcs = np.zeros(shape), np.zeros((len(TAGS), len(TAGS)))
    for seed in seeds:
        one, one_arcs = _train_once(corpus, shape, epochs, seed)
        weights += one
        arcs += one_arcs
    scale = LARGEST / max(np.abs(weights).max(), np.abs(arcs).max())
    return replace(
        model,
        transitions=np.rint(arcs * scale).astype("<i2").tobytes(),
        weights=np.rint(weights * scale).astype("<i2").tobytes(),
    )


def _train_once(corpus: Corpus, shape: tuple[int, int], epochs: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    weights, sums = np.zeros(shape, np.int32), np.zeros(shape)
    arcs, arc_sums = np.zeros((len(TAGS), len(TAGS)), np.int32), np.zeros((len(TAGS), len(TAGS)))
    step = 0.0
    for epoch in range(epochs):
        order = random.permutation(len(corpus.offsets) - 1)
        step, mistakes = train_epoch(
            corpus.buckets, corpus.offsets, corpus.gold, corpus.doubtful, order,
            weights, sums, arcs, arc_sums, step, COST, seed * 100 + epoch, DROPPED,
        )  # fmt: skip
        print(f"seed {seed} epoch {epoch + 1}: {mistakes} of {len(corpus.gold)} tags wrong", flush=True)
    return weights - sums / step, arcs - arc_sums / step
