"""Fit the weights of words and of class and id tokens: log odds of standing in a body block."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from evaluation.bodies.truth import Truth
from stream.cleaning.label.features import LEXICON_WORDS
from stream.cleaning.label.features_plain import clean_word, split_class_token
from stream.cleaning.values import Block

MIN_HOSTS = 4  # a token of fewer sites is one site's habit
SMOOTHING = 2.0  # hosts
MIN_WEIGHT = 0.35  # weaker tokens say nothing and would only make the file larger

TruthPage = tuple[str, Sequence[Block], Sequence[Truth]]  # host, blocks, truths
Lexicon = dict[str, float]


def fit_words(pages: Iterable[TruthPage]) -> Lexicon:
    return _fit(pages, lambda block: {clean_word(token) for token in block.text.lower().split(" ")[:LEXICON_WORDS]})


def fit_class_tokens(pages: Iterable[TruthPage]) -> Lexicon:
    return _fit(pages, lambda block: {part for token in block.class_tokens for part in split_class_token(token)})


def _fit(pages: Iterable[TruthPage], tokens_of: Callable[[Block], set[str]]) -> Lexicon:
    """Each site counts once for a token: with the share of the token's blocks there that are body."""
    sites: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(lambda: [0.0, 0.0]))
    total = [0.0, 0.0]
    for host, blocks, truths in pages:
        for block, truth in zip(blocks, truths, strict=True):
            if truth.weight:
                for token in tokens_of(block):
                    sites[token][host][truth.is_body] += truth.weight
                total[truth.is_body] += truth.weight
    prior = total[1] / (total[0] + total[1])
    weights = {}
    for token, hosts in sites.items():
        if len(hosts) < MIN_HOSTS or not token:
            continue
        body = sum(inside / (inside + outside) for outside, inside in hosts.values())
        odds = (body + SMOOTHING * prior) / (len(hosts) - body + SMOOTHING * (1 - prior))
        weight = math.log(odds) - math.log(prior / (1 - prior))
        if abs(weight) >= MIN_WEIGHT:
            weights[token] = round(weight, 2)
    return dict(sorted(weights.items()))
