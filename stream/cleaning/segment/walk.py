"""Walk parsed HTML and collect its blocks, without recursion.

``stream/_native/walk.pyx`` computes the same; a test holds the two equal.
"""

import re
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from stream.cleaning.values import Block

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
MAX_CLASS_TOKENS = 30
CLASS_TOKEN_ATTRIBUTES = ("class", "id", "itemprop", "role")

UNSEEN = re.compile("[\x00-\x08\x0e-\x1b\x7f\xad\u200b\u2060\ufeff]+")  # controls, soft hyphens, zero-width spaces
HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")


def _numbered_roles() -> dict[int, int]:
    """The roles by the parser's numbers for tags, which are cheaper to ask for than names."""
    page = LexborHTMLParser("<body>text<!--comment--><?php instruction ?>")
    others = page.css("body")[0].iter(include_text=True)
    elements = [page.create_node(tag) for tag in ROLES if tag and tag.isalpha()]
    return {node.tag_id: ROLES[node.tag] for node in (*others, *elements)}


ROLE_NUMBERS = _numbered_roles()


def squeeze(text: str) -> str:
    """Single spaces, no characters that nobody sees."""
    if text.isprintable() and "  " not in text:  # most paragraphs; its spaces are all alike then
        return text.strip()
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
        role = ROLE_NUMBERS.get(node.tag_id, BLOCK)
        if role == TEXT:
            text = node.text_content
            if not text.isspace():
                walk.add(text)
            elif pieces:
                pieces.append(" ")
        elif role != UNREAD and role != OTHER:
            count += 1
            if role != LINE:
                walk.open(role, node, count)
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
        self.nodes: list[Any] = []  # the open block elements from the outermost, and their numbers
        self.numbers: list[int] = []
        self._tags: list[str] = []  # of these, as far as a block has needed them
        self._class_tokens: list[tuple[str, ...]] = []  # the same, with those of the elements around each
        self._links = self._breaks = self._link_chars = 0

    def add(self, text: str) -> None:
        self.pieces.append(text)
        self._breaks = 0
        if self._links:
            self._link_chars += len(squeeze(text))

    def open(self, role: int, node: Any, number: int) -> None:
        if role == BLOCK:
            if self.pieces:
                self.end_block()
            self.nodes.append(node)
            self.numbers.append(number)
        elif role == LINK:
            self._links += 1
        else:
            self._breaks += 1
            if self._breaks == 1:
                self.pieces.append(" ")
            else:
                self.end_block()

    def close(self, role: int) -> None:
        if role == BLOCK:
            if self.pieces:
                self.end_block()
            self.nodes.pop()
            self.numbers.pop()
            if len(self._class_tokens) > len(self.nodes):
                self._class_tokens.pop()
                self._tags.pop()
        elif role == LINK:
            self._links -= 1

    def end_block(self) -> None:
        text = squeeze("".join(self.pieces))
        self.pieces.clear()
        if text:
            if len(self._class_tokens) < len(self.nodes):
                self._name_elements()
            tags, numbers = self._tags, self.numbers
            parents = tuple(tags[-2 : -2 - MAX_PARENTS : -1])
            path = tuple(numbers[-1 : -2 - MAX_PARENTS : -1])
            link_chars = min(self._link_chars, len(text))
            self.blocks.append(Block(text, tags[-1], parents, self._class_tokens[-1], link_chars, path))
        self._link_chars = self._breaks = 0

    def _name_elements(self) -> None:
        """The tags and class_tokens of the open block elements that no block has needed yet."""
        class_tokens = self._class_tokens
        outer = class_tokens[-1] if class_tokens else ()
        for node in self.nodes[len(class_tokens) :]:
            self._tags.append(node.tag)
            own = _own_class_tokens(node.attributes)
            if own:
                outer = (own + outer)[:MAX_CLASS_TOKENS]
            class_tokens.append(outer)


def _own_class_tokens(attributes: dict[str, str | None]) -> tuple[str, ...]:
    """Class and id tokens, roles, item properties, and ``hidden``."""
    if not attributes:
        return ()
    tokens: list[str] = []
    value = attributes.get("class")
    if value:
        tokens += value.lower().split()
    if len(attributes) > 1 or not value:
        for name in ("id", "itemprop", "role"):
            value = attributes.get(name)
            if value:
                tokens += value.lower().split()
        style = attributes.get("style")
        if "hidden" in attributes or (style and HIDING.search(style)):
            tokens.append("hidden")
    return tuple(tokens)
