"""Cut a page into blocks, so that HTML and stripped text can be judged alike."""

import re
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from stream.cleaning.blocks import Block, Document, Rejection, Segmented
from stream.events import RejectionReason

__all__ = ["Segment"]

_UNREAD = """
    script style noscript template svg iframe object embed canvas audio video map select datalist head title
"""
_INLINE = """
    a abbr acronym b bdi bdo big cite code data del dfn em font i img input ins kbd label link mark math meta meter nobr
    output picture progress q rb rp rt rtc ruby s samp small source span strike strong sub sup time track tt u var wbr
"""
UNREAD = frozenset(_UNREAD.split())  # elements whose text nobody reads on the page
INLINE = frozenset(
    _INLINE.split()
)  # elements that run on in the line; every other one, custom ones too, begins a block
HINT_ATTRIBUTES = ("class", "id", "itemprop", "role")
MAX_PARENTS = 12  # deeper nesting says nothing about a block, and pathological pages nest 100,000 deep
MAX_HINTS = 40
MAX_HINT_CHARS = 64

_UNSEEN = re.compile("[\x00-\x08\x0e-\x1b\x7f\xad\u200b\u2060\ufeff]+")  # controls, soft hyphens, zero-width spaces


class Segment:
    """Document -> Segmented; a page without visible text is rejected as empty."""

    name = "segment"
    version = "1"

    def __call__(self, document: Document) -> Segmented | Rejection:
        if document.kind == "html":
            tree = LexborHTMLParser(document.text)
            segmented = Segmented(document, html_blocks(tree), tree)
        else:
            segmented = Segmented(document, text_blocks(document.text))
        if not segmented.blocks:
            return Rejection(RejectionReason.EMPTY, f"no visible text in {len(document.text)} characters")
        return segmented


def text_blocks(text: str) -> tuple[Block, ...]:
    """One block for each line that is not blank."""
    blocks = []
    paragraph = 0
    for line in text.splitlines():
        visible = squeeze(line)
        if visible:
            blocks.append(Block(visible, path=(paragraph,)))
        else:
            paragraph += 1
    return tuple(blocks)


def html_blocks(tree: LexborHTMLParser) -> tuple[Block, ...]:
    """One block for each run of text between the borders of block elements, and between double line breaks."""
    body = tree.body
    if body is None:
        return ()
    walk = _Walk()
    for node in body.traverse(include_text=True):
        walk.visit(node)
    walk.leave_all()
    return tuple(walk.blocks)


def squeeze(text: str) -> str:
    """Single spaces, no characters that nobody sees."""
    return _UNSEEN.sub("", " ".join(text.split()))


class _Element:
    """An open element, with what its blocks will say about it."""

    __slots__ = ("address", "block", "hints", "linked", "parents", "path", "tag", "unread")

    def __init__(self, address: int, tag: str, number: int, node: Any, parent: "_Element | None") -> None:
        self.address = address
        self.tag = tag
        self.unread: bool = tag in UNREAD or (parent is not None and parent.unread)
        self.linked: bool = tag == "a" or (parent is not None and parent.linked)
        if parent is not None and (tag in INLINE or self.unread):
            self.block: _Element = parent.block
            return
        self.block = self
        own = _hints(node)
        if parent is None:
            self.path: tuple[int, ...] = (number,)
            self.parents: tuple[str, ...] = ()
            self.hints = own
            return
        outer = parent.block
        self.path = (number, *outer.path[:MAX_PARENTS])
        self.parents = (outer.tag, *outer.parents[: MAX_PARENTS - 1])
        self.hints = (own + outer.hints)[:MAX_HINTS] if own else outer.hints


class _Walk:
    """Collects blocks from nodes in page order, without recursion."""

    __slots__ = ("blocks", "breaks", "count", "link_chars", "open", "pieces")

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.open: list[_Element] = []
        self.pieces: list[str] = []
        self.link_chars = 0
        self.breaks = 0
        self.count = 0

    def visit(self, node: Any) -> None:
        if self.open:
            self._leave_until(node.parent.mem_id)
        if node.is_text_node:
            self._read(node.text_content)
        elif node.is_element_node:
            self._enter(node)

    def leave_all(self) -> None:
        self._leave_until(None)

    def _enter(self, node: Any) -> None:
        tag = node.tag
        parent = self.open[-1] if self.open else None
        if tag == "br":
            self._break()
        self.count += 1
        element = _Element(node.mem_id, tag, self.count, node, parent)
        if element.block is element and parent is not None:
            self._flush(parent.block)
        self.open.append(element)

    def _leave_until(self, address: int | None) -> None:
        open_ = self.open
        while open_ and open_[-1].address != address:
            element = open_.pop()
            if element.block is element:
                self._flush(element)

    def _break(self) -> None:
        """A line break is a space; two in a row end the block."""
        self.breaks += 1
        if self.breaks == 2:
            self._flush(self.open[-1].block)
        else:
            self.pieces.append(" ")

    def _read(self, text: str) -> None:
        element = self.open[-1]
        if element.unread:
            return
        self.pieces.append(text)
        if not text.isspace():
            self.breaks = 0
            if element.linked:
                self.link_chars += len(squeeze(text))

    def _flush(self, element: _Element) -> None:
        if self.pieces:
            text = squeeze("".join(self.pieces))
            if text:
                self.blocks.append(
                    Block(
                        text,
                        element.tag,
                        element.parents,
                        element.hints,
                        min(self.link_chars, len(text)),
                        element.path,
                    )
                )
            self.pieces.clear()
        self.link_chars = 0
        self.breaks = 0


def _hints(node: Any) -> tuple[str, ...]:
    attributes = node.attributes
    if not attributes:
        return ()
    values = [attributes[name] for name in HINT_ATTRIBUTES if attributes.get(name)]
    tokens = " ".join(values).lower().split() if values else []
    if "hidden" in attributes:
        tokens.append("hidden")
    return tuple([token[:MAX_HINT_CHARS] for token in tokens])
