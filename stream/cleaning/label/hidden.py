"""Find the article's text where rules would cut it unseen: hidden until it is opened, or in a box with a wrong name."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from stream.cleaning.values import Block

HIDDEN = frozenset({"hidden"})
PROBE_CHARS = 40
MAX_HIDDEN, MAX_DECLARED = 2_000, 200_000  # blocks and characters that are compared
MIN_PROSE_CHARS = 80
MAX_LEFT = 1500  # characters; a page that has more left has not been swallowed
MAX_PROSE_LEFT = 300
MIN_TIMES = 2
OVERLAYS = frozenset(
    """modal popup popin overlay lightbox dialog drawer newsletter subscribe subscription signup login register cookie
    consent gdpr share comment comments print form toast notice""".split()
)
NAMES = 4  # class and id tokens of the box
NEVER = frozenset({"button", "h1", "figcaption", "nav"})
MIN_PROSE = 2  # paragraphs
ENDS = '.!?…。！？؟।॥۔։።။។"”»“’』」'


def find_shown(blocks: Sequence[Block], hidden: Sequence[int], declared: str) -> frozenset[int]:
    """Of the hidden blocks those that belong to the text.

    Either the page's metadata has them in the article's body, or they go on where paragraphs of the same box end.
    """
    shown: set[int] = set()
    declared = declared[:MAX_DECLARED]
    for run in _runs(hidden[:MAX_HIDDEN]):
        confirmed = [index for index in run if declared and _is_declared(blocks[index].text, declared)]
        if confirmed:
            shown.update(range(confirmed[0], confirmed[-1] + 1))
        elif _goes_on(blocks, run):
            shown.update(run)
    return frozenset(shown)


def find_swallowed(blocks: Sequence[Block], found: Sequence[int]) -> Sequence[int]:
    """The blocks worth judging, with those that a rule cut although they hold most of the page's prose."""
    chars = sum([len(blocks[index].text) for index in found])
    if chars > MAX_LEFT:
        return found
    if sum([len(blocks[index].text) for index in found if _is_paragraph(blocks[index])]) > MAX_PROSE_LEFT:
        return found
    left = set(found)
    prose = [index for index, block in enumerate(blocks) if index not in left and _is_paragraph(block)]
    if len(prose) < MIN_PROSE or sum([len(blocks[index].text) for index in prose]) < MIN_TIMES * chars:
        return found
    box = [index for index in range(prose[0], prose[-1] + 1) if 2 * blocks[index].link_chars <= len(blocks[index].text)]
    return sorted(left.union([index for index in box if blocks[index].tag not in NEVER]))


def _runs(indexes: Sequence[int]) -> Iterator[range]:
    """The indexes side by side."""
    begin = 0
    for place, (index, after) in enumerate(pairwise([*indexes, -1]), 1):
        if after != index + 1:
            yield range(indexes[begin], index + 1)
            begin = place


def _is_declared(text: str, declared: str) -> bool:
    middle = max((len(text) - PROBE_CHARS) // 2, 0)
    return len(text) >= PROBE_CHARS and text[middle : middle + PROBE_CHARS] in declared


def _goes_on(blocks: Sequence[Block], run: range) -> bool:
    """Whether paragraphs are hidden in the very box whose last paragraph stands before them."""
    before = blocks[run[0] - 1] if run[0] else None
    if before is None or not _is_paragraph(before) or len(before.path) < 2:
        return False
    names = " ".join(blocks[run[0]].class_tokens[:NAMES]).replace("_", "-").replace("-", " ").split()
    if not OVERLAYS.isdisjoint(names):
        return False
    path = blocks[run[0]].path
    is_same_box = before.path[1] in path[1:]
    return is_same_box and sum([_is_paragraph(blocks[index]) for index in run]) >= max(MIN_PROSE, len(run) // 2)


def _is_paragraph(block: Block) -> bool:
    text = block.text
    return (
        block.tag in ("p", "div")
        and len(text) >= MIN_PROSE_CHARS
        and text[-1] in ENDS
        and not 3 * block.link_chars > len(text)
    )
