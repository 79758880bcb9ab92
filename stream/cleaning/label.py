"""Judge each block of a page: is it the article's text, and if not, what is it."""

from collections.abc import Sequence
from dataclasses import dataclass

from stream.cleaning.blocks import Block, Labelled, Segmented
from stream.cleaning.duplicates import find_repeats
from stream.cleaning.features import declared_body, page_title
from stream.cleaning.model import Model, load_model

try:
    from stream._native.blocks_features import candidates, first_pass, second_pass
    from stream._native.blocks_naming import body_kind, name_removed
except ImportError:  # not compiled on this machine
    from stream.cleaning.features import candidates, first_pass, second_pass
    from stream.cleaning.naming import body_kind, name_removed

__all__ = ["Judgement", "LabelBlocks", "judge_blocks"]

THRESHOLDS = {"html": 0.65, "text": 0.5}  # of the chance to be body; chosen on dev

# Boxes of readers' comments, which outvote a short article when there are many. Of 9,000 body blocks of the training
# and development pages six lie in one, most of them by mistake of the gold.
COMMENTS = frozenset(
    """
    comments commentlist comment-list comments-list comments-area comments-section comment-section disqus_thread
    kommentare commentaires
    """.split()
)

MAX_JUDGED = 10_000  # blocks: no article has more, and pages made to be slow have


@dataclass(frozen=True, slots=True)
class Judgement:
    """The labeller's view of the candidate blocks: their indexes, last features and chances to be body (0 to 1)."""

    indexes: Sequence[int]
    rows: Sequence[Sequence[float]]
    chances: Sequence[float]


class LabelBlocks:
    """Segmented -> Labelled. The model decides what is body; rules name the kind of what is cut."""

    name = "label"

    def __init__(self) -> None:
        self._model = load_model()
        self.version = f"2-{self._model.version}"

    def __call__(self, segmented: Segmented) -> Labelled:
        blocks = segmented.blocks
        judgement = judge_blocks(segmented, self._model)
        chances: list[float | None] = [None] * len(blocks)
        for index, chance in zip(judgement.indexes, judgement.chances, strict=True):
            if COMMENTS.isdisjoint(blocks[index].hints):
                chances[index] = chance
        threshold = THRESHOLDS[segmented.document.kind]
        kept = [chance is not None and chance > threshold for chance in chances]
        names = name_removed(blocks, kept, find_repeats(blocks, kept))
        labels = [body_kind(block) if name is None else name for block, name in zip(blocks, names, strict=True)]
        scores = [_certainty(chance, keep) for chance, keep in zip(chances, kept, strict=True)]
        return Labelled(segmented, tuple(labels), tuple(scores))


def judge_blocks(segmented: Segmented, model: Model) -> Judgement:
    """Both passes of the model over the blocks worth judging."""
    html = segmented.document.kind == "html"
    head = model.html if html else model.text
    indexes = (candidates(segmented.blocks) if html else range(len(segmented.blocks)))[:MAX_JUDGED]
    blocks: list[Block] = [segmented.blocks[index] for index in indexes]
    if not blocks:
        return Judgement((), (), ())
    title = page_title(segmented)
    declared = declared_body(segmented.document.text) if html else ""
    rows = first_pass(blocks, title, declared, head.words, head.hints, html=html)
    guesses = head.first.chances(rows)
    for row, more in zip(rows, second_pass(blocks, guesses), strict=True):
        row += more
    return Judgement(indexes, rows, head.second.chances(rows))


def _certainty(chance: float | None, keep: bool) -> float | None:
    """How sure the label is: the chance of the side that won."""
    if chance is None:
        return None
    return round(chance if keep else 1.0 - chance, 4)
