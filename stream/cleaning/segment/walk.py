"""Walk parsed HTML and collect its blocks, without recursion.

``stream/_native/walk.pyx`` computes the same; a test holds the two equal.
"""

import re
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from stream.cleaning.values import Block

# Readings of ruby, what a form holds and what stands in for a graph are no part of the sentence.
_UNREAD = """
    script style noscript svg iframe object embed canvas audio video map select datalist head title
    rt rp rtc textarea progress meter
"""
_INLINE = """
    abbr acronym b bdi bdo big cite code data del dfn em font i input ins kbd label link mark meta nobr
    output picture rb ruby s samp small source span strike strong time track tt u var wbr
"""
_BLOCKS = """
    address article aside blockquote body caption center col colgroup dd details dir div dl dt fieldset figcaption
    figure footer form frame frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main marquee menu nav ol
    optgroup option p plaintext search section summary table tbody td tfoot th thead tr ul xmp
"""
# What an element does to the text around it. One that is not listed, a custom one or a button, may do either; a page
# with a rare one is walked again when ``rewriting`` has put text into its place.
LINE, BREAK, LINK, UNREAD, BLOCK, TEXT, OTHER, EITHER, RARE, RAISED, LOWERED, LINES, IMAGE = range(13)
ROLES: dict[str | None, int] = {
    **dict.fromkeys(_INLINE.split(), LINE),
    **dict.fromkeys(_UNREAD.split(), UNREAD),
    **dict.fromkeys(_BLOCKS.split(), BLOCK),
    **dict.fromkeys(("dialog", "math", "q", "template"), RARE),
    "button": EITHER,
    "br": BREAK,
    "a": LINK,
    "sup": RAISED,
    "sub": LOWERED,
    "pre": LINES,
    "img": IMAGE,
    "-text": TEXT,
    "-comment": OTHER,
    None: OTHER,
}
# What a page has that ``rewriting`` should look at, as bits.
CLOSED, FORMULA, QUOTATION, TEMPLATE, CARD = 1, 2, 4, 8, 16
RARITIES = {"dialog": CLOSED, "math": FORMULA, "q": QUOTATION, "template": TEMPLATE}
MAX_PARENTS = 12  # deeper nesting says nothing about a block, and pathological pages nest 100,000 deep
MAX_CLASS_TOKENS = 30
MAX_COLUMNS = 100
CLASS_TOKEN_ATTRIBUTES = ("class", "id", "itemprop", "role")
CELLS = frozenset({"td", "th"})
CAPS = frozenset({"div", "p"})  # what a drop cap and its paragraph may be
SENTENCES = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6"})  # what is in one is in a sentence

UNSEEN = re.compile("[\x00-\x08\x0e-\x1b\x7f\xad\u200b\u2060\ufeff]+")  # controls, soft hyphens, zero-width spaces
HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
OVERLAYS = re.compile(  # what pops up over a word of a sentence, by its class
    r"(?:tool-?tip|pop-?over|pop-?up|hover-?card)[-_]*(?:content|text|body|card|box|inner|panel|bio)|hover-?card\b",
    re.IGNORECASE,
)
POWER = re.compile("[-+\u2212\u2013]?(?:[0-9]|[nxky](?![a-z]))")


def _numbered_roles() -> dict[int, int]:
    """The roles by the parser's numbers for tags, which are cheaper to ask for than names."""
    page = LexborHTMLParser("<body>text<!--comment--><?php instruction ?>")
    others = page.css("body")[0].iter(include_text=True)
    elements = [page.create_node(tag) for tag in ROLES if tag and tag.isalnum()]
    return {node.tag_id: ROLES[node.tag] for node in (*others, *elements)}


ROLE_NUMBERS = _numbered_roles()
SPAN_NUMBER, TEXT_NUMBER = [node.tag_id for node in LexborHTMLParser("<span>text").css("span")[0].traverse(True)]


def squeeze(text: str) -> str:
    """Single spaces, no characters that nobody sees."""
    if text.isprintable() and "  " not in text:  # most paragraphs; its spaces are all alike then
        return text.strip()
    text = " ".join(text.split())
    return text if text.isprintable() else " ".join(UNSEEN.sub("", text).split())


def keep_lines(text: str) -> str:
    """The text as it is written, without what nobody sees: characters, ends of lines, blank lines around it."""
    return "\n".join([line.rstrip() for line in UNSEEN.sub("", text).split("\n")]).strip("\n")


def begins_word(cap: str, text: str) -> bool:
    """Whether a text of one large letter is the beginning of the next one."""
    return cap[-1].isupper() and (len(cap) == 1 or not cap[0].isalnum()) and text[0].islower()


def html_blocks(body: Any) -> tuple[tuple[Block, ...], int]:
    """One block for each run of text between the borders of block elements, and between double line breaks.

    ``body`` is the parsed page's body (selectolax ``LexborNode``). Most elements are inline ones, which need no call.
    Also says, as bits, what the page has that ``rewriting`` should look at first.
    """
    walk = _Walk()
    pieces = walk.pieces
    outer: list[tuple[Any, int]] = []  # the elements around the node, and their roles
    count = 0
    node = body
    while node is not None:
        role = ROLE_NUMBERS.get(node.tag_id, EITHER)
        if role == TEXT:
            walk.add(node.text_content)
        elif role != UNREAD and role != OTHER:
            count += 1
            if role != LINE or pieces:
                role = walk.open(role, node, count)
            child = node.first_child if role != UNREAD else None
            if child is not None:
                outer.append((node, role))
                node = child
                continue
            if role != UNREAD:
                walk.close(role, node)
        while outer and (child := node.next) is None:
            node, role = outer.pop()
            if role != LINE:
                walk.close(role, node)
        node = child
    return tuple(walk.blocks), walk.rare


class _Walk:
    """The blocks found so far, and the state of the one that is being read."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.pieces: list[str] = []  # text since the last block ended
        self.nodes: list[Any] = []  # the open block elements from the outermost, and their numbers
        self.numbers: list[int] = []
        self.verbatim = 0  # elements around the node whose text is kept as it is written
        self.rare = 0
        self._tags: list[str] = []  # of the open block elements, as far as a block has needed them
        self._class_tokens: list[tuple[str, ...]] = []  # the same, with those of the elements around each
        self._columns: list[int] = []
        self._links = self._breaks = self._link_chars = 0
        self._pending = 0  # nonblank pieces of the block that is being read
        self._last = ""  # the piece before
        self._image = 0  # number of the last image, if no text came since
        self._noted = False  # whether a note's number is open

    def add(self, text: str) -> None:
        if self.verbatim:
            self._add_lines(text)
            return
        if text.isspace():
            if self.pieces:
                self.pieces.append(" ")
            return
        if self._pending > 1 and text == self._last:
            self.rare |= CARD
        self.pieces.append(text)
        self._pending += 1
        self._last = text
        self._breaks = 0
        if self._links:
            self._link_chars += len(squeeze(text))

    def _add_lines(self, text: str) -> None:
        self.pieces.append(text)
        if not text.isspace():
            self._pending += 1
            if self._links:
                self._link_chars += len(squeeze(text))

    def open(self, role: int, node: Any, number: int) -> int:
        """Begin an element; returns what it does to the text around it, if that was open."""
        if role == LINE:
            is_closed = self._pending and node.tag_id == SPAN_NUMBER and _pops_up(node.attributes)
            return UNREAD if is_closed else LINE
        if role in (EITHER, RARE):
            self.rare |= RARITIES.get(node.tag, 0)
            role = LINE if self._is_in_sentence(node) else BLOCK
        if role in (BLOCK, LINES):
            if self._pending and _continues(node) and (_pops_up(node.attributes) or _is_unspoken(node.attributes)):
                return UNREAD
            if self.pieces:
                self.end_block()
            self.verbatim += role == LINES
            self.nodes.append(node)
            self.numbers.append(number)
        elif role == LINK:
            self._links += 1
        elif role == BREAK:
            self._break()
        elif role in (RAISED, LOWERED):
            self._mark_power(node, role)
        elif role == IMAGE:
            self._image = number
        return role

    def close(self, role: int, node: Any) -> None:
        if role in (BLOCK, LINES):
            if self.pieces and not (self._pending and self._is_drop_cap(node)):
                self.end_block()
            self.verbatim -= role == LINES
            self.nodes.pop()
            self.numbers.pop()
            if len(self._class_tokens) > len(self.nodes):
                self._class_tokens.pop()
                self._tags.pop()
                self._columns.pop()
        elif role == LINK:
            self._links -= 1
        elif role == RAISED and self._noted:
            self.pieces.append("]")
            self._noted = False

    def _is_in_sentence(self, node: Any) -> bool:
        """Whether an element that may be a block or not stands in the middle of a text."""
        if _continues(node):
            return True
        return node.tag != "button" and bool(self.nodes) and self.nodes[-1].tag in SENTENCES

    def _break(self) -> None:
        if self.verbatim:
            self.pieces.append("\n")
            return
        self._breaks += 1
        if self._breaks == 1:
            self.pieces.append(" ")
        else:
            self.end_block()

    def _mark_power(self, node: Any, role: int) -> None:
        """Keep a raised or lowered number apart from the one that it stands at: 10^6 is not 106."""
        last = next((piece for piece in map(_seen, reversed(self.pieces)) if piece), "")[-1:]
        if not ("0" <= last <= "9") or not POWER.match(node.text()):
            return
        after = node.next
        if role == LOWERED:
            self.pieces.append("_")
        elif after is not None and after.tag_id == TEXT_NUMBER and after.text_content[0] in "/\u2044":
            self.pieces.append(" ")  # one and a half
        elif node.first_child is not None and node.first_child.tag == "a":
            self.pieces.append("[")
            self._noted = True
        else:
            self.pieces.append("^")

    def _is_drop_cap(self, node: Any) -> bool:
        """Whether the text so far is one large letter of the word that goes on behind the element."""
        text = "" if self.verbatim else squeeze("".join(self.pieces))
        if not 1 <= len(text) <= 2 or not text[-1].isalpha() or text[-1].islower():
            return False
        after = node.next
        if after is None or after.tag_id != TEXT_NUMBER or not after.text_content[0].isalpha():
            return False
        self.pieces[:] = [text]
        return True

    def end_block(self) -> None:
        joined = "".join(self.pieces)
        text = keep_lines(joined) if self.verbatim else squeeze(joined)
        self.pieces.clear()
        if text and not text.isspace():
            if len(self._class_tokens) < len(self.nodes):
                self._name_elements()
            tags, numbers = self._tags, self.numbers
            parents = tuple(tags[-2 : -2 - MAX_PARENTS : -1])
            path = tuple(numbers[-1 : -2 - MAX_PARENTS : -1])
            link_chars = min(self._link_chars, len(text))
            picture = self._levels_to_image(path) if self._image else -1
            if self.blocks and len(self.blocks[-1].text) <= 2 and self._has_cap(self.blocks[-1], path, text):
                text = self.blocks.pop().text + text
            self.blocks.append(
                Block(text, tags[-1], parents, self._class_tokens[-1], link_chars, path, self._columns[-1], picture)
            )
        self._link_chars = self._breaks = self._pending = 0

    def _has_cap(self, cap: Block, path: tuple[int, ...], text: str) -> bool:
        """Whether the block before is the drop cap of the paragraph that begins beside it."""
        is_beside = len(cap.path) > 1 and cap.path[1] in path
        return is_beside and cap.tag in CAPS and self._tags[-1] in CAPS and begins_word(cap.text, text)

    def _levels_to_image(self, path: tuple[int, ...]) -> int:
        """How far up the element is that holds the last image too."""
        image, self._image = self._image, 0
        return next((level for level, number in enumerate(path) if number < image), -1)

    def _name_elements(self) -> None:
        """The tags and class tokens of the open block elements that no block has needed yet."""
        class_tokens = self._class_tokens
        outer = class_tokens[-1] if class_tokens else ()
        column = self._columns[-1] if self._columns else -1
        for node in self.nodes[len(class_tokens) :]:
            tag = node.tag
            self._tags.append(tag)
            attributes = node.attributes
            own = _own_class_tokens(attributes)
            if own:
                outer = (own + outer)[:MAX_CLASS_TOKENS]
            if "popover" in attributes:
                self.rare |= CLOSED
            class_tokens.append(outer)
            column = _column_of(node) if tag in CELLS else column
            self._columns.append(column)


def _seen(text: str) -> str:
    return UNSEEN.sub("", text)


def _continues(node: Any) -> bool:
    """Whether text stands right behind the element."""
    after = node.next
    return after is not None and after.tag_id == TEXT_NUMBER and not after.text_content.isspace()


def _pops_up(attributes: dict[str, str | None]) -> bool:
    """Whether an element in the middle of a sentence is not seen there until somebody asks for it."""
    if not attributes:
        return False
    return (
        "hidden" in attributes
        or "popover" in attributes
        or attributes.get("role") == "tooltip"
        or HIDING.search(attributes.get("style") or "") is not None
        or OVERLAYS.search(attributes.get("class") or "") is not None
    )


def _is_unspoken(attributes: dict[str, str | None]) -> bool:
    return attributes.get("aria-hidden") == "true"


def _column_of(cell: Any) -> int:
    """The column of the table that a cell stands in, from 0 on."""
    column = 0
    before = cell.prev
    while before is not None and column < MAX_COLUMNS:
        if before.tag in CELLS:
            span = before.attributes.get("colspan") or "1"
            column += int(span) if len(span) < 3 and span.isascii() and span.isdigit() else 1
        before = before.prev
    return min(column, MAX_COLUMNS)


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
