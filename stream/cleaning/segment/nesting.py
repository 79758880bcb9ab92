"""Keep a page's shape within limits before it is parsed: parsing costs the square of the depth."""

import re

from stream import native
from stream.limits import MAX_DEPTH

if native.IS_COMPILED:
    from stream._native.walk import count_tags
else:

    def count_tags(html: str | bytes) -> int:
        """The signs that begin a tag."""
        return html.count("<") if isinstance(html, str) else html.count(b"<")


MANY_TAGS = 6000  # a page of fewer cannot nest deep enough to cost more than its parse does anyway

_VOID = """
    area base br col embed hr img input link meta param source track wbr !doctype
    p li dd dt tr td th thead tbody tfoot option optgroup colgroup html head body
"""
_UNCOUNTED = frozenset(_VOID.split())  # elements that nest nothing, or that the next of their kind closes
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*)[^<>]*>")  # never reads a character twice, whatever the quotes


class TooManyNodes(ValueError):
    """The page has more tags, or the text more lines, than the setting ``max_nodes``."""

    def __init__(self, found: int, limit: int) -> None:
        super().__init__(f"the page has {found} tags or lines; raise max_nodes above {limit} to accept it")


def has_many_tags(html: str | bytes) -> bool:
    """Whether the page has enough tags to nest deep."""
    return count_tags(html) > MANY_TAGS


def flatten(html: str, max_depth: int = MAX_DEPTH) -> str:
    """The same page without the tags that stand deeper than ``max_depth``; their text stays."""
    depth = 0
    kept = []
    begin = 0
    for tag in _TAG.finditer(html):
        if tag[2].lower() in _UNCOUNTED:
            continue
        if tag[1]:
            deep = depth > max_depth
            depth = max(depth - 1, 0)
        else:
            depth += 1
            deep = depth > max_depth
        if deep:
            kept.append(html[begin : tag.start()])
            begin = tag.end()
    return "".join(kept) + html[begin:] if kept else html
