"""Label the blocks of pages whose gold has only snippets: where our first model, trafilatura and JSON-LD agree."""

from collections.abc import Sequence

import trafilatura

from evaluation.bodies.scores import words
from evaluation.bodies.truth import Truth, align
from evaluation.pages import GoldPage
from stream.cleaning.values import Block
from training.cleaning.boosting import PageExample

WEIGHT = 0.5  # of a block that was voted on; a block that the snippets decide counts 1
MIN_DECLARED_SHARE = 0.6  # JSON-LD bodies shorter than this share of trafilatura's are cut short: no vote
MIN_SNIPPETS = 0.6  # of the snippets that must be kept, or the page teaches nothing


def teach(
    page: GoldPage, blocks: Sequence[Block], title: str, declared: str, probabilities: Sequence[float]
) -> PageExample | None:
    """An example with voted truths; None where the votes contradict the page's snippets."""
    text = trafilatura.extract(page.html, fast=True, include_comments=False) or ""
    other = align(blocks, [line for line in text.split("\n") if line.strip()] or ["-"], captions_inside=False)
    trusted = declared if len(declared) > MIN_DECLARED_SHARE * len(text) else ""
    wanted = [" ".join(words(snippet)) for snippet in page.gold.get("must_contain") or []]
    unwanted = [" ".join(words(snippet)) for snippet in page.gold.get("must_not_contain") or []]
    truths = []
    kept = []
    for block, probability, truth in zip(blocks, probabilities, other, strict=True):
        spoken = " ".join(words(block.text))
        votes = [probability, float(truth.is_body)]
        if trusted and len(block.text) > 30:
            middle = len(block.text) // 2 - 15
            votes.append(float(block.text[middle : middle + 30] in trusted))
        judged = _vote(votes)
        if any(snippet and snippet in spoken for snippet in wanted):
            judged = Truth(True, 1.0)
        elif any(snippet and snippet in spoken for snippet in unwanted):
            judged = Truth(False, 1.0)
        truths.append(judged)
        if judged.is_body:
            kept.append(spoken)
    body = " ".join(kept)
    found = sum(1 for snippet in wanted if snippet in body)
    if len(kept) < 2 or found < MIN_SNIPPETS * len(wanted):
        return None
    return PageExample(page, blocks, truths, title, declared, 0.5)


def _vote(votes: Sequence[float]) -> Truth:
    is_body = sum(votes) / len(votes) > 0.5
    agreed = min(votes) > 0.4 if is_body else max(votes) < 0.6
    return Truth(is_body, WEIGHT if agreed else 0.0)
