"""Walk parsed HTML and collect its blocks, without recursion.

``stream/_native/blocks.pyx`` computes the same; a test holds the two equal.
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

# An open block element, with what its blocks will say about it: tag, path, parents, hints.
Element = tuple[str, tuple[int, ...], tuple[str, ...], tuple[str, ...]]

UNSEEN = re.compile("[\x00-\x08\x0e-\x1b\x7f\xad\u200b\u2060\ufeff]+")  # controls, soft hyphens, zero-width spaces
HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")


def squeeze(text: str) -> str:
    """Single spaces, no characters that nobody sees."""
    text = " ".join(text.split())
    return text if text.isprintable() else " ".join(UNSEEN.sub("", text).split())


def html_blocks(body: Any) -> tuple[Block, ...]:
    """One block for each run of text between the borders of block elements, and between double line breaks.

    ``body`` is the parsed page's body (selectolax ``LexborNode``).
    """
    walk = _Walk()
    outer: list[tuple[Any, int]] = []  # the elements around the node, and their roles
    node = body
    while node is not None:
        role = ROLES.get(node.tag, BLOCK)
        child = None
        if role == TEXT:
            walk.add(node.text_content)
        elif role != OTHER and role != UNREAD:
            walk.open(role, node)
            child = node.first_child
            if child is None:
                walk.close(role)
        if child is not None:
            outer.append((node, role))
            node = child
            continue
        while outer and (child := node.next) is None:
            node, role = outer.pop()
            walk.close(role)
        node = child
    return tuple(walk.blocks)


class _Walk:
    """The blocks found so far, and the state of the one that is being read."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._pieces: list[str] = []  # text since the last block ended
        self._open: list[tuple[Any, int]] = []  # open block elements, and their numbers
        self._elements: list[Element] = []  # of these, from the outermost, as far as a block has needed them
        self._links = self._breaks = self._link_chars = self._count = 0

    def add(self, text: str) -> None:
        if text.isspace():
            if self._pieces:
                self._pieces.append(" ")
            return
        self._pieces.append(text)
        self._breaks = 0
        if self._links:
            self._link_chars += len(squeeze(text))

    def open(self, role: int, node: Any) -> None:
        self._count += 1
        if role == BLOCK:
            self._end_block()
            self._breaks = 0
            self._open.append((node, self._count))
        elif role == LINK:
            self._links += 1
        elif role == BREAK:
            self._breaks += 1
            if self._breaks == 1:
                self._pieces.append(" ")
            else:
                self._end_block()

    def close(self, role: int) -> None:
        if role == BLOCK:
            self._end_block()
            self._breaks = 0
            self._open.pop()
            del self._elements[len(self._open) :]
        elif role == LINK:
            self._links -= 1

    def _end_block(self) -> None:
        link_chars, self._link_chars = self._link_chars, 0
        if not self._pieces:
            return
        text = squeeze("".join(self._pieces))
        self._pieces.clear()
        if text:
            tag, path, parents, hints = self._element()
            self.blocks.append(Block(text, tag, parents, hints, min(link_chars, len(text)), path))

    def _element(self) -> Element:
        """The innermost open block element."""
        elements = self._elements
        for node, number in self._open[len(elements) :]:
            outer = elements[-1] if elements else None
            elements.append(_open_block(node.tag, number, _own_hints(node.attributes), outer))
        return elements[-1]


def _open_block(tag: str, number: int, own: tuple[str, ...], outer: Element | None) -> Element:
    if outer is None:
        return tag, (number,), (), own[:MAX_HINTS]
    outer_tag, path, parents, hints = outer
    hints = (own + hints)[:MAX_HINTS] if own else hints
    return tag, (number, *path[:MAX_PARENTS]), (outer_tag, *parents[: MAX_PARENTS - 1]), hints


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
