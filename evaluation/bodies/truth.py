"""Say of each block whether the gold body has it, to train on and to see what a labeller without fault would reach."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.bodies.scores import SHINGLE, words
from stream.cleaning.values import Block

SURE = 0.75  # share of a block's shingles in the gold that makes it body
UNSURE = 0.25  # below it is none; between the two the block teaches nothing


@dataclass(frozen=True, slots=True)
class Truth:
    """For one block: is it body, and how much that counts in training (0 where the gold does not tell)."""

    is_body: bool
    weight: float


def align(blocks: Sequence[Block], body: Sequence[str], *, captions_inside: bool) -> list[Truth]:
    """Compare every block with the gold body.

    ``captions_inside`` names gold whose convention keeps captions and the headline in the body; ours does not.
    """
    paragraphs = [words(paragraph) for paragraph in body]
    whole = Counter(tuple(paragraph) for paragraph in paragraphs)
    shingles: Counter[tuple[str, ...]] = Counter()
    for paragraph in paragraphs:
        shingles.update(_shingles(paragraph))
    joined = " " + " ".join(word for paragraph in paragraphs for word in paragraph) + " "
    tokens = [words(block.text) for block in blocks]
    cover = [_coverage(token, shingles, whole) for token in tokens]
    long = [i for i, share in enumerate(cover) if share >= SURE and len(tokens[i]) >= 8]
    first, last = (long[0], long[-1]) if long else (len(blocks), -1)
    seen: Counter[tuple[str, ...]] = Counter()
    truths = []
    for index, (block, token, share) in enumerate(zip(blocks, tokens, cover, strict=True)):
        key = tuple(token)
        seen[key] += 1
        is_body = share > 0.5
        weight = 0.0 if UNSURE < share < SURE or not token else 1.0
        if len(token) < 8 and not first - 3 <= index <= last + 3:
            is_body = False  # a short text of the body's words, elsewhere on the page
        elif len(token) < SHINGLE and not is_body and first < index < last and f" {' '.join(token)} " in joined:
            weight = 0.0
        if is_body and seen[key] > max(1, whole[key]):
            weight = 0.0  # a copy for another screen
        if is_body and _is_caption(block) and captions_inside:
            is_body = False
        truths.append(Truth(is_body, weight))
    return truths


def _shingles(token: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(token[i : i + SHINGLE]) for i in range(len(token) - SHINGLE + 1)]


def _coverage(token: Sequence[str], shingles: Counter[tuple[str, ...]], whole: Counter[tuple[str, ...]]) -> float:
    """Share of the block's shingles that the gold has; of a very short block, whether it is one gold paragraph."""
    if tuple(token) in whole:
        return 1.0
    runs = _shingles(token)
    if not runs:
        return 0.0
    return sum(1 for run in runs if run in shingles) / len(runs)


def _is_caption(block: Block) -> bool:
    return block.tag in ("h1", "figcaption") or "figcaption" in block.parents[:3] or "figure" in block.parents[:2]
