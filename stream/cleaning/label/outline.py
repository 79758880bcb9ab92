"""Say of a page's blocks where they stand, in one go: asked block by block, the compiled half would make a tuple each.

``stream/_native/naming.pyx`` computes the same; a test holds the two equal.
"""

from collections.abc import Sequence
from typing import NamedTuple

from stream.cleaning.values import Block

LISTS = frozenset({"ul", "ol", "dl", "menu"})
TABLE = "table"
ITEMS = frozenset({"li", "dd", "dt"})


class Outline(NamedTuple):
    """Of each block: its element, and the numbers of the one around it (0 where there is none), of the outermost list
    and of the innermost table around it (-1 where there is none); whether it is an item of a list or a paragraph in
    one; its kind (equal for those of the same element and class in the same parent); and ``Block.picture``.
    """

    tags: list[str]
    homes: list[int]
    lists: list[int]
    tables: list[int]
    items: list[bool]
    kinds: list[int]
    pictures: list[int]


def outline(blocks: Sequence[Block], begin: int, end: int) -> Outline:
    found = Outline([], [], [], [], [], [], [])
    known: dict[tuple[int, str, tuple[str, ...]], int] = {}
    for block in blocks[begin:end]:
        parents, path = block.parents, block.path
        found.tags.append(block.tag)
        home = path[1] if len(path) > 1 else 0
        found.homes.append(home)
        levels = [level for level, tag in enumerate(parents, 1) if tag in LISTS and level < len(path)]
        found.lists.append(path[levels[-1]] if levels else -1)
        is_in_table = TABLE in parents and parents.index(TABLE) + 1 < len(path)
        found.tables.append(path[parents.index(TABLE) + 1] if is_in_table else -1)
        kind = home, block.tag, block.class_tokens[:1]
        found.kinds.append(known.setdefault(kind, len(known)))
        found.pictures.append(block.picture)
        found.items.append(block.tag in ITEMS or (block.tag == "p" and parents[:1] == ("li",)))
    return found
