"""Flatten HTML that nests too deep, because parsing costs the square of the depth."""

import re

__all__ = ["flatten"]

MAX_DEPTH = 512  # browsers stop nesting there, too
MANY_TAGS = 6000  # a page of fewer cannot nest deep enough to cost more than its parse does anyway

_VOID = """
    area base br col embed hr img input link meta param source track wbr !doctype
    p li dd dt tr td th thead tbody tfoot option optgroup colgroup html head body
"""
_UNCOUNTED = frozenset(_VOID.split())  # elements that nest nothing, or that the next of their kind closes
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*)[^<>]*>")  # never reads a character twice, whatever the quotes


def flatten(html: str) -> str:
    """The same page without the tags that stand deeper than ``MAX_DEPTH``; their text stays."""
    if html.count("<") <= MANY_TAGS:
        return html
    depth = 0
    kept = []
    begin = 0
    for tag in _TAG.finditer(html):
        if tag[2].lower() in _UNCOUNTED:
            continue
        if tag[1]:
            deep = depth > MAX_DEPTH
            depth = max(depth - 1, 0)
        else:
            depth += 1
            deep = depth > MAX_DEPTH
        if deep:
            kept.append(html[begin : tag.start()])
            begin = tag.end()
    return "".join(kept) + html[begin:] if kept else html
