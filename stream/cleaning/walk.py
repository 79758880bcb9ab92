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

# An open block element, with what its blocks will say about it: tag, path, parents, hints.
Element = tuple[str, tuple[int, ...], tuple[str, ...], tuple[str, ...]]

UNSEEN = re.compile("[\x00-\x08\x0e-\x1b\x7f\xad\u200b\u2060\ufeff]+")  # controls, soft hyphens, zero-width spaces
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")


def squeeze(text: str) -> str:
    """Single spaces, no characters that nobody sees."""
    text = " ".join(text.split())
    return text if text.isprintable() else " ".join(UNSEEN.sub("", text).split())


def html_blocks(body: Any) -> tuple[Block, ...]:  # noqa: C901  # one loop on purpose: a call a node costs as much as the node
    """One block for each run of text between the borders of block elements, and between double line breaks.

    ``body`` is the parsed page's body (selectolax ``LexborNode``).
    """
    blocks: list[Block] = []
    addresses: list[int] = []  # of the open elements
    roles: list[int] = []
    open_blocks: list[Element] = []
    pieces: list[str] = []  # text since the last block ended
    links = unread = breaks = link_chars = count = 0
    for node in body.traverse(include_text=True):
        tag = node.tag
        role = ROLES.get(tag, BLOCK)
        if role == OTHER:
            continue
        if addresses:
            address = node.parent.mem_id
            while addresses[-1] != address:
                addresses.pop()
                left = roles.pop()
                if left == BLOCK:
                    element = open_blocks.pop()
                    if pieces:
                        _end_block(blocks, pieces, element, link_chars)
                    link_chars = breaks = 0
                elif left == LINK:
                    links -= 1
                elif left == UNREAD:
                    unread -= 1
        if role == TEXT:
            if unread:
                continue
            text = node.text_content
            if text.isspace():
                if pieces:
                    pieces.append(" ")
                continue
            pieces.append(text)
            breaks = 0
            if links:
                link_chars += len(squeeze(text))
            continue
        count += 1
        if unread:
            role = LINE
        elif role == BLOCK:
            outer = open_blocks[-1] if open_blocks else None
            if pieces and outer is not None:
                _end_block(blocks, pieces, outer, link_chars)
            link_chars = breaks = 0
            open_blocks.append(_open_block(tag, count, own_hints(node.attributes), outer))
        elif role == LINK:
            links += 1
        elif role == UNREAD:
            unread = 1
        elif role == BREAK:
            breaks += 1
            if breaks == 1:
                pieces.append(" ")
            elif pieces:
                _end_block(blocks, pieces, open_blocks[-1], link_chars)
                link_chars = 0
        addresses.append(node.mem_id)
        roles.append(role)
    while open_blocks:
        element = open_blocks.pop()
        if pieces:
            _end_block(blocks, pieces, element, link_chars)
    return tuple(blocks)


def _open_block(tag: str, number: int, own: tuple[str, ...], outer: Element | None) -> Element:
    if outer is None:
        return tag, (number,), (), own[:MAX_HINTS]
    outer_tag, path, parents, hints = outer
    hints = (own + hints)[:MAX_HINTS] if own else hints
    return tag, (number, *path[:MAX_PARENTS]), (outer_tag, *parents[: MAX_PARENTS - 1]), hints


def _end_block(blocks: list[Block], pieces: list[str], element: Element, link_chars: int) -> None:
    text = squeeze("".join(pieces))
    pieces.clear()
    if text:
        links = min(link_chars, len(text))
        tag, path, parents, hints = element
        blocks.append(Block(text, tag, parents, hints, links, path))


def own_hints(attributes: dict[str, str | None]) -> tuple[str, ...]:
    """Class and id tokens, roles, item properties, and ``hidden``."""
    if not attributes:
        return ()
    tokens: list[str] = []
    for name in ("class", "id", "itemprop", "role"):
        value = attributes.get(name)
        if value:
            tokens += value.lower().split()
    style = attributes.get("style")
    if "hidden" in attributes or (style and _HIDING.search(style)):
        tokens.append("hidden")
    return tuple(tokens)
