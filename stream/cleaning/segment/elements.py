"""Find the elements of a parsed page that tell machines or readers about its article.

``stream/_native/elements.pyx`` has the same without making an object for each node; a test holds the two equal.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any

_TELLING = """
    base, meta, link[rel~="canonical" i], link[rel~="image_src" i], title, h1, time, script[type*="ld+json"], [itemprop]
"""
_AUTHORS = """
    [rel~="author"], [class*="author"], [class*="byline"], [class*="autor"], [class~="fn"], a[href*="/author/"]
"""
_DATES = '[class*="date"],[class*="time"],[class*="publish"]'


class Element:
    """An element of a parsed page; equal where it is the same one."""

    __slots__ = ("_node", "attributes", "tag")

    def __init__(self, node: Any) -> None:
        self._node = node
        self.tag: str = node.tag
        self.attributes: dict[str, str | None] = node.attributes

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Element) and self._node.mem_id == other._node.mem_id

    def __hash__(self) -> int:
        return hash(self._node.mem_id)

    @property
    def parent(self) -> "Element | None":
        parent = self._node.parent
        return Element(parent) if parent is not None and parent.tag != "-document" else None

    def pieces(self) -> list[str]:
        """The texts inside, in page order."""
        return [node.text_content for node in self._node.traverse(include_text=True) if node.tag == "-text"]

    def runs(self) -> list[tuple[str, str]]:
        """The texts inside, in page order, each with the name of the element around it; a line break is one, too."""
        found = []
        for node in self._node.traverse(include_text=True):
            if node.tag == "-text":
                found.append((node.text_content, node.parent.tag))
            elif node.tag == "br":
                found.append(("\n", "br"))
        return found

    def property(self, name: str) -> "Element | None":
        """The first element with this ``itemprop``: itself, or one inside."""
        found = self._node.css_first(f'[itemprop~="{name}"]')
        return Element(found) if found is not None else None


def find_elements(
    tree: Any, max_telling: int, max_authors: int, max_dates: int
) -> tuple[list[Element], list[Element], list[Element]]:
    """The first elements, in page order, that tell of the article; ``tree`` is selectolax's parser.

    They speak to machines (meta, JSON-LD, microdata …, but also h1 and time), are named as an author's or a byline, or
    their names promise a date.
    """
    return _select(tree, _TELLING, max_telling), _select(tree, _AUTHORS, max_authors), _select(tree, _DATES, max_dates)


def _select(tree: Any, query: str, limit: int) -> list[Element]:
    return [Element(node) for node in islice(_once(tree.css(query)), limit)]


def _once(nodes: list[Any]) -> Iterator[Any]:
    """A node that several parts of a query match comes several times, one right behind the other."""
    last = 0
    for node in nodes:
        if node.mem_id != last:
            yield node
        last = node.mem_id
