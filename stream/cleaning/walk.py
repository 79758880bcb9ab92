"""Walk parsed HTML and collect its blocks, without recursion.

``stream/_native/page.pyx`` computes the same; a test holds the two equal.
"""

import re
from typing import Any

from stream.cleaning.blocks import Block

__all__ = ["html_blocks", "squeeze"]

_UNREAD = """
    script style noscript template svg iframe object embed canvas audio video map select datalist head title
"""
_INLINE = """
    abbr acronym b bdi bdo big cite code data del dfn em font i img input ins kbd label link mark math meta meter nobr
    output picture progress q rb rp rt rtc ruby s samp small source span strike strong sub sup time track tt u var wbr
"""
# What an element does to the text around it; an element that is not listed, a custom one too, begins a new block.
LINE, BREAK, LINK, UNREAD, BLOCK, TEXT, OTHER = 0, 1, 2, 3, 4, 5, 6
ROLES: dict[str | None, int] = {
    **dict.fromkeys(_INLINE.split(), LINE),
    **dict.fromkeys(_UNREAD.split(), UNREAD),
    "br": BREAK,
    "a": LINK,
    "-text": TEXT,
    "-comment": OTHER,
    None: OTHER,
}
MAX_PARENTS = 12  # deeper nesting says nothing about a block, and pathological pages nest 100,000 deep
MAX_HINTS = 30
HINT_ATTRIBUTES = ("class", "id", "itemprop", "role")

UNSEEN = re.compile("[\x00-\x08\x0e-\x1b\x7f\xad\u200b\u2060\ufeff]+")  # controls, soft hyphens, zero-width spaces
HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")


def squeeze(text: str) -> str:
    """Single spaces, no characters that nobody sees."""
    text = " ".join(text.split())
    return text if text.isprintable() else " ".join(UNSEEN.sub("", text).split())


def html_blocks(body: Any) -> tuple[Block, ...]:
    """One block for each run of text between the borders of block elements, and between double line breaks.

    ``body`` is the parsed page's body (selectolax ``LexborNode``). Most nodes are blank text and inline elements, which
    need no call.
    """
    walk = _Walk()
    pieces = walk.pieces
    outer: list[tuple[Any, int]] = []  # the elements around the node, and their roles
    count = 0
    node = body
    while node is not None:
        tag = node.tag
        role = ROLES.get(tag, BLOCK)
        if role == TEXT:
            text = node.text_content
            if not text.isspace():
                walk.add(text)
            elif pieces:
                pieces.append(" ")
        elif role != UNREAD and role != OTHER:
            count += 1
            if role != LINE:
                walk.open(role, node, tag, count)
            child = node.first_child
            if child is not None:
                outer.append((node, role))
                node = child
                continue
            walk.close(role)
        while outer and (child := node.next) is None:
            node, role = outer.pop()
            if role != LINE:
                walk.close(role)
        node = child
    return tuple(walk.blocks)


class _Walk:
    """The blocks found so far, and the state of the one that is being read."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.pieces: list[str] = []  # text since the last block ended
        self._nodes: list[Any] = []  # the open block elements from the outermost, their tags and their numbers
        self._tags: list[str] = []
        self._numbers: list[int] = []
        self._hints: list[tuple[str, ...]] = []  # of these and their parents, as far as a block has needed them
        self._links = self._breaks = self._link_chars = 0

    def add(self, text: str) -> None:
        self.pieces.append(text)
        self._breaks = 0
        if self._links:
            self._link_chars += len(squeeze(text))

    def open(self, role: int, node: Any, tag: str, number: int) -> None:
        if role == BLOCK:
            if self.pieces:
                self._end_block()
            self._breaks = 0
            self._nodes.append(node)
            self._tags.append(tag)
            self._numbers.append(number)
        elif role == LINK:
            self._links += 1
        elif role == BREAK:
            self._breaks += 1
            if self._breaks == 1:
                self.pieces.append(" ")
            else:
                self._end_block()

    def close(self, role: int) -> None:
        if role == BLOCK:
            if self.pieces:
                self._end_block()
            self._breaks = 0
            self._nodes.pop()
            self._tags.pop()
            self._numbers.pop()
            if len(self._hints) > len(self._nodes):
                self._hints.pop()
        elif role == LINK:
            self._links -= 1

    def _end_block(self) -> None:
        text = squeeze("".join(self.pieces))
        self.pieces.clear()
        if text:
            tags, numbers = self._tags, self._numbers
            parents = tuple(tags[-2 : -2 - MAX_PARENTS : -1])
            path = tuple(numbers[-1 : -2 - MAX_PARENTS : -1])
            link_chars = min(self._link_chars, len(text))
            self.blocks.append(Block(text, tags[-1], parents, self._innermost_hints(), link_chars, path))
        self._link_chars = 0

    def _innermost_hints(self) -> tuple[str, ...]:
        """The hints of the innermost open block element."""
        hints = self._hints
        for node in self._nodes[len(hints) :]:
            own = _own_hints(node.attributes)
            outer = hints[-1] if hints else ()
            hints.append((own + outer)[:MAX_HINTS] if own else outer)
        return hints[-1]


def _own_hints(attributes: dict[str, str | None]) -> tuple[str, ...]:
    """Class and id tokens, roles, item properties, and ``hidden``."""
    if not attributes:
        return ()
    tokens: list[str] = []
    for name in HINT_ATTRIBUTES:
        value = attributes.get(name)
        if value:
            tokens += value.lower().split()
    style = attributes.get("style")
    if "hidden" in attributes or (style and HIDING.search(style)):
        tokens.append("hidden")
    return tuple(tokens)
