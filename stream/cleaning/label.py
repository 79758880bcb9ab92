"""Judge each block of a page: is it the article's text, and if not, what is it."""

from collections.abc import Sequence

from stream.cleaning.blocks import Block, Labelled, Segmented
from stream.cleaning.naming import body_kind, name_removed

__all__ = ["LabelBlocks", "best_run"]

PROSE_ENDS = (".", "!", "?", '"', "”", "»", ":", "…", "。", "！", "？", "」", "』", "؟", "।")
MIN_PROSE_WORDS = 8
MAX_GAIN = 300.0  # characters: one huge block must not buy a menu
LOSS = 60.0
ASIDES = frozenset({"nav", "footer", "aside", "figcaption", "button"})
BULLETS = ("- ", "* ", "• ", "· ", "– ")


class LabelBlocks:
    """Segmented -> Labelled."""

    name = "label"
    version = "1"

    def __call__(self, segmented: Segmented) -> Labelled:
        blocks = segmented.blocks
        begin, end = best_run([_gain(block) for block in blocks])
        kept = [begin <= index < end and not _is_aside(block) for index, block in enumerate(blocks)]
        removed = name_removed(blocks, kept)
        labels = tuple([body_kind(b) if keep else r for b, keep, r in zip(blocks, kept, removed, strict=True)])
        return Labelled(segmented, labels, (None,) * len(blocks))


def best_run(gains: Sequence[float]) -> tuple[int, int]:
    """The half-open range with the largest sum (Kadane); empty where nothing gains."""
    best = total = 0.0
    begin = best_begin = best_end = 0
    for index, gain in enumerate(gains):
        total += gain
        if total <= 0:
            total, begin = 0.0, index + 1
        elif total > best:
            best, best_begin, best_end = total, begin, index + 1
    return best_begin, best_end


def _gain(block: Block) -> float:
    text = block.text
    size = len(text)
    prose = text.endswith(PROSE_ENDS) and (text.count(" ") + 1 >= MIN_PROSE_WORDS or (not text.isascii() and size > 40))
    if not prose or text.startswith(BULLETS) or block.link_chars * 2 > size or _is_aside(block):
        return -LOSS
    return min(float(size), MAX_GAIN)


def _is_aside(block: Block) -> bool:
    linked = block.link_chars * 3 > 2 * len(block.text)
    return linked or block.tag in ASIDES or not ASIDES.isdisjoint(block.parents)
