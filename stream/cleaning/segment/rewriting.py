"""Put the text that readers see in the place of what a walk cannot read, in the few pages that have such elements."""

import re
from collections.abc import Iterator
from typing import Any

from stream.cleaning.segment.walk import CARD, CELLS, CLOSED, FORMULA, QUOTATION, SENTENCES, TEMPLATE

# Quotation marks that browsers draw around <q>, and around one in another, by language (CLDR 48, delimiters).
_MARKS = {
    "„“‚‘": "de lb cs sk sl hr bs et is lt bg mk sr ka sq",
    "«»‹›": "it pt el ca es gl eu be ru uk hy kk uz tk az",
    "«»“”": "fr br oc",
    "«»‘’": "nb nn no",
    "„”‚’": "pl hu ro",
    "”””’": "sv fi",
    "「」『』": "ja zh-hant yue",
    "”“’‘": "he",
}  # fmt: skip
_BY_LANGUAGE = {language: marks for marks, languages in _MARKS.items() for language in languages.split()}
_ENGLISH = "“”‘’"
_QUOTES = "\"'“”„«»‹›‘’‚「」『』"

_SHADOW = re.compile(rb"<template\b([^<>]*?)\sshadowrootmode\b[^<>]*>|<template\b[^<>]*>|</template\s*>", re.IGNORECASE)
_STREAMED = re.compile(r"[BP]:(\w+)$")
_BETWEEN = {"mfrac": "/", "msup": "^", "msub": "_", "msubsup": "_^", "mover": "^", "munder": "_", "munderover": "_^"}
_UNREAD_MATH = frozenset({"annotation", "annotation-xml", "mphantom", "-comment"})
_AROUND_NAMES = frozenset({"a", "span", "b", "strong", "em", "i"})
MAX_NAME_CHARS = 80
MIN_CARD_CHARS, MAX_CARD_CHARS = 30, 1500  # of a card beside the name that it repeats
MAX_STREAMED = 500  # pieces; a page has a few dozen
MAX_LOOKED = 50  # nodes
MAX_DEPTH = 40  # of a formula


def open_shadow_roots(html: bytes) -> bytes:
    """The page with its declarative shadow roots as elements where they stand, for browsers show what is in them."""
    pieces: list[bytes] = []
    shown: list[bool] = []  # of the open templates, whether each is a shadow root
    begin = 0
    for tag in _SHADOW.finditer(html):
        if tag[0].startswith(b"</"):
            name = b"</shadow-root>" if shown and shown.pop() else None
        else:
            shown.append(tag[1] is not None)
            name = b"<shadow-root>" if shown[-1] else None
        if name:
            pieces += (html[begin : tag.start()], name)
            begin = tag.end()
    return b"".join(pieces) + html[begin:]


def rewrite(tree: Any, rare: int, language: str | None) -> bool:
    """Change the parsed page (selectolax's parser) so that a walk reads what readers see; returns whether it has.

    ``rare`` says as bits what the walk met. What is removed goes from the last element to the first, for an element is
    gone with the one around it.
    """
    gone: list[Any] = tree.css("dialog:not([open]), [popover]") if rare & CLOSED else []
    for closed in reversed(gone):
        closed.decompose()
    is_changed = bool(gone) or bool(rare & (FORMULA | QUOTATION))
    if rare & TEMPLATE:
        is_changed |= _place_streamed(tree)
    for formula in reversed(tree.css("math") if rare & FORMULA else []):
        _remove_drawings(formula)
        text = linear_formula(formula)
        formula.replace_with(text) if text else formula.decompose()
    if rare & QUOTATION:
        _draw_quotes(tree, language)
    cards = list(_cards(tree.body)) if rare & CARD else []
    for card in reversed(cards):
        card.decompose()
    return is_changed or bool(cards)


def _place_streamed(tree: Any) -> bool:
    """Put what a server streamed late (React's Suspense) where its script would put it; whether there was any."""
    moved = 0
    late: dict[str, Any] = {}
    for node in reversed(tree.css("template[id], [hidden][id]")):
        identity = node.attributes.get("id") or ""
        found = _STREAMED.match(identity)
        if node.tag != "template" or found is None:
            late[identity] = node
        elif f"S:{found[1]}" in late:  # behind its place
            _move(late.pop(f"S:{found[1]}"), node)
            moved += 1
            if moved == MAX_STREAMED:
                break
    return moved > 0


def _move(late: Any, place: Any) -> None:
    for child in _children(late):
        place.insert_before(child)
    late.decompose()
    waiting = place.next  # what is shown until then, up to a comment
    while waiting is not None and waiting.tag != "-comment":
        waiting = waiting.next
    if waiting is None or waiting.comment_content != "/$":
        return
    while (waiting := place.next).tag != "-comment":
        waiting.decompose()


def linear_formula(formula: Any) -> str:
    """A formula of MathML in one line, as people type it: v^2, a/b, √(x+1)."""
    return " ".join(_linear(formula, 0).split()).removesuffix(";")


def _remove_drawings(formula: Any) -> None:
    """Remove what draws the formula a second time for the eyes, as KaTeX and MathJax do."""
    around = formula.parent
    for drawn in (around.prev, around.next) if around is not None else ():
        is_hidden = drawn is not None and drawn.is_element_node and drawn.attributes.get("aria-hidden") == "true"
        if is_hidden and drawn.css_first("math") is None:
            drawn.decompose()


def _linear(node: Any, depth: int) -> str:
    if node.tag == "-text":
        return str(node.text_content)
    if node.tag in _UNREAD_MATH or depth > MAX_DEPTH:
        return ""
    parts = [_linear(child, depth + 1) for child in _children(node)]
    parts = [part.strip() for part in parts if part.strip()]
    tag = node.tag
    if tag in _BETWEEN and len(parts) > 1:
        marks = _BETWEEN[tag]
        return parts[0] + "".join([mark + _grouped(part) for mark, part in zip(marks, parts[1:], strict=False)])
    if tag in ("msqrt", "mroot"):
        return "√" + _grouped("".join(parts[:1] if tag == "mroot" else parts))
    if tag == "mtr":
        return " ".join(parts) + "; "
    return "".join(parts)


def _grouped(part: str) -> str:
    return part if len(part) == 1 or part.replace(".", "").isalnum() else f"({part})"


def _children(node: Any) -> Iterator[Any]:
    child = node.first_child
    while child is not None:
        yield child
        child = child.next


def _draw_quotes(tree: Any, language: str | None) -> None:
    """Write the quotation marks that browsers draw around <q>, where the page has none of its own."""
    for quote in tree.css("q"):
        text = _text(quote)
        if not text or text[0] in _QUOTES or _ends_with_quote(quote.prev):
            continue
        own = quote.attributes.get("lang") or language or ""
        marks = _BY_LANGUAGE.get(own.lower()) or _BY_LANGUAGE.get(own.lower().partition("-")[0]) or _ENGLISH
        inner = 2 if _is_inside(quote, "q") else 0
        space = "\u00a0" if own.startswith("fr") else ""
        quote.insert_before(marks[inner] + space)
        quote.insert_after(space + marks[inner + 1])


def _ends_with_quote(node: Any) -> bool:
    return node is not None and node.tag == "-text" and _text(node)[-1:] in tuple(_QUOTES)


def _is_inside(node: Any, tag: str) -> bool:
    node = node.parent
    while node is not None and node.tag not in SENTENCES:
        if node.tag == tag:
            return True
        node = node.parent
    return False


def _cards(body: Any) -> Iterator[Any]:
    """The cards that pop up over a name in a sentence: they repeat the name and say more of it."""
    before = None
    for node in body.traverse(include_text=True):
        text = _text(node) if node.tag == "-text" else ""
        if not text:
            continue
        if before is not None and text == before and 2 < len(text) <= MAX_NAME_CHARS:
            card = _card_around(node)
            more = len(_text(card)) - len(text) if card is not None else 0
            if MIN_CARD_CHARS <= more <= MAX_CARD_CHARS and _interrupts(card):
                yield card
        before = text


def _card_around(name: Any) -> Any:
    """The outermost element that begins with the text; None if that is no box in a sentence."""
    card = None
    node = name
    while node.parent is not None and _begins(node) and node.parent.tag not in SENTENCES | CELLS:
        node = node.parent
        card = node
    return card if card is not None and card.tag in ("span", "div", "section", "aside") else None


def _interrupts(card: Any) -> bool:
    """Whether the box stands behind a text that is in no other box."""
    node = card
    while node.parent is not None and node.parent.tag in _AROUND_NAMES:
        node = node.parent
    return any(before.tag == "-text" and _text(before) for before in _before(node))


def _begins(node: Any) -> bool:
    """Whether nothing that is read stands before the node in its parent."""
    return not any(map(_text, _before(node)))


def _before(node: Any) -> Iterator[Any]:
    """The nodes before this one in its parent, the nearest first, as far as people would look."""
    for _ in range(MAX_LOOKED):
        node = node.prev
        if node is None:
            return
        yield node


def _text(node: Any) -> str:
    return str(node.text_content if node.tag == "-text" else node.text()).strip()
