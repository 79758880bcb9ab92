"""Find kept text that the page says twice, as pages do for small and large screens or to hydrate a script."""

from collections.abc import Sequence

from stream.cleaning.values import Block

MIN_CHARS = 40  # shorter texts repeat with reason: "Yes.", a refrain, a table's cell
PROBES = 5  # places at which a long block is looked up in the text before it
PROBE_CHARS = 40
MAX_MISSED = 1
MIN_PROBED_CHARS = 400


def find_repeats(blocks: Sequence[Block], kept: Sequence[bool]) -> list[bool]:
    """For each block, whether it is kept and repeats kept text from another part of the page.

    Equal texts under one parent stay: a refrain is no copy.
    """
    parents: dict[str, int] = {}
    before = ""
    repeats = []
    for block, keep in zip(blocks, kept, strict=True):
        text = block.text
        repeat = False
        if keep and len(text) >= MIN_CHARS:
            parent = parent_number(block)
            if text in parents:
                repeat = parents[text] != parent
            else:
                parents[text] = parent
                repeat = len(text) >= MIN_PROBED_CHARS and _is_joined_copy(text, before)
        if keep and not repeat:
            before += text + " "
        repeats.append(repeat)
    return repeats


def parent_number(block: Block) -> int:
    return block.path[1] if len(block.path) > 1 else 0


def _is_joined_copy(text: str, before: str) -> bool:
    """Whether the text, probed at a few places, stands in the kept text before it."""
    step = (len(text) - PROBE_CHARS) // (PROBES - 1)
    missed = 0
    for begin in range(0, PROBES * step, step):
        missed += text[begin : begin + PROBE_CHARS] not in before
        if missed > MAX_MISSED:
            return False
    return True
