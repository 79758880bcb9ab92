"""Collect what a page's markup says about its article."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from stream import native
from stream.cleaning.segment.elements import Element
from stream.cleaning.segment.heading import join_runs
from stream.cleaning.segment.json_ld import read_json_ld
from stream.cleaning.shown import as_shown
from stream.cleaning.values import Heading, Markup, Moment

if native.IS_COMPILED:
    from stream._native.elements import find_elements
else:
    from stream.cleaning.segment.elements import find_elements

MAX_ELEMENTS = 4000  # of each page; a page of 100,000 meta elements says nothing in the last ones
MAX_SHOWN = 60  # elements whose names promise an author or a date
MAX_VALUE_CHARS = 2000
MAX_PARENTS = 15  # a name that stands for the whole page says nothing of what is deep in it
MAX_NAME_CHARS = 120
MAX_DATE_CHARS = 200
MAX_HEADINGS = 20

_DATE_ATTRIBUTES = ("datetime", "title", "content", "data-datetime", "data-date", "data-time", "data-timestamp")
_META_NAMES = frozenset({"property", "name", "itemprop", "http-equiv"})
_OWN_VALUE = {"a": "href", "link": "href", "img": "src", "time": "datetime", "data": "value", "object": "data"}
_OTHERS = (
    "comment", "respond", "related", "recommend", "teaser", "sidebar", "widget", "footer", "more-", "reply", "trend",
    "popular", "latest", "archive", "carousel",
)  # fmt: skip
_FOOT_OF_ARTICLE = re.compile(r"(?:post|entry|article)[-_ ]*(?:footer|meta|foot)")
_AUTHOR = re.compile("author|byline|autor")
_NO_AUTHOR = re.compile(
    r"avatar|bio|about|box|social|share|desc|image|img|photo|picture|follow|role|job|position|count|date|time|icon|more|"
    r"form|input|label|search|menu|widget|list|all"
)
_NAME_OF_AUTHOR = re.compile(
    r"(?:author|autor|byline|writer)s?[-_]*(?:name|link|url|title)|(?<![\w-])(?:fn|author|autor)(?![\w-])"
)


def read_markup(tree: Any) -> Markup:
    """What the elements say that speak to machines, or that are named as an author or a date.

    ``tree`` is selectolax's parser; nothing is changed in it.
    """
    reading = _Reading()
    root = tree.root
    if root is not None:
        attributes = root.attributes
        reading.language = (attributes.get("lang") or attributes.get("xml:lang") or "").strip() or None
    telling, authors, dates = find_elements(tree, MAX_ELEMENTS, 2 * MAX_SHOWN, MAX_SHOWN)
    _trust_around_heading(telling, reading.around)
    for element in telling:
        attributes = element.attributes
        read = _READERS.get(element.tag)
        if read is not None:
            read(element, attributes, reading)
        if "itemprop" in attributes:
            _read_property(element, attributes, reading)
    return Markup(
        language=reading.language,
        base=reading.base,
        title=reading.title,
        metas=_freeze(reading.metas),
        links=MappingProxyType(reading.links),
        headings=tuple(reading.headings),
        properties=_freeze(reading.properties),
        moments=tuple(reading.moments),
        shown_authors=tuple(_read_shown_authors(authors, reading.around)),
        shown_dates=tuple(_read_shown_dates(dates, reading.around)),
        linked_data=read_json_ld(reading.scripts),
    )


def _freeze(texts: dict[str, list[str]]) -> MappingProxyType[str, tuple[str, ...]]:
    return MappingProxyType({name: tuple(values) for name, values in texts.items()})


@dataclass(slots=True)
class _Reading:
    """What was read so far; ``around`` is what ``_is_of_another`` remembers."""

    language: str | None = None
    base: str | None = None
    title: str | None = None
    metas: dict[str, list[str]] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    headings: list[Heading] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    properties: dict[str, list[str]] = field(default_factory=dict)
    moments: list[Moment] = field(default_factory=list)
    around: dict[Element, tuple[bool, int]] = field(default_factory=dict)


def _read_shown_authors(elements: Iterable[Element], around: dict[Element, tuple[bool, int]]) -> list[str]:
    """What elements say that are named as an author's name or a byline, the likeliest kind alone, in page order."""
    shown: dict[int, list[tuple[Element, str]]] = {}
    for element in elements:
        attributes = element.attributes
        names = _names(attributes)
        if _is_others(names) or _is_of_another(element, around) or _is_named_else(element.tag, attributes, names):
            continue
        text = _text(element)
        rank = _rank(element.tag, names, attributes, text) if 1 < len(text) <= MAX_NAME_CHARS else 0
        if rank:
            shown.setdefault(rank, []).append((_place(element), text))
    best = shown[max(shown)] if shown else []
    return [text for place, text in best if place == best[0][0]]


def _is_named_else(tag: str, attributes: dict[str, str | None], names: str) -> bool:
    """Whether the element says that it is something else: a heading of the class "fn", a linked publisher."""
    is_told = tag in _READERS or bool(attributes.get("itemprop"))
    return is_told and not _AUTHOR.search(names + (attributes.get("rel") or ""))


def _place(element: Element) -> Element:
    """Where the element stands: the names of several authors share the element two levels up."""
    for _ in range(2):
        element = element.parent or element
    return element


def _read_shown_dates(elements: Iterable[Element], around: dict[Element, tuple[bool, int]]) -> Iterator[Moment]:
    """Elements whose names promise a date."""
    for element in elements:
        names = _names(element.attributes)
        if _is_others(names) or _is_of_another(element, around):
            continue
        text = _text(element)
        if 0 < len(text) <= MAX_DATE_CHARS:
            yield Moment(_machine_date(element.attributes), text, names)


def _rank(tag: str, names: str, attributes: dict[str, str | None], text: str) -> int:
    """How likely the element holds the author's name: 0 (not) to 4."""
    if "author" in (attributes.get("rel") or "").split():
        return 4
    if _NAME_OF_AUTHOR.search(names) and not _NO_AUTHOR.search(names):
        return 3
    if "byline" in names:
        return 2
    if tag == "a" or (not _NO_AUTHOR.search(names) and len(text) < MAX_NAME_CHARS // 2):
        return 1
    return 0


def _read_meta(element: Element, attributes: dict[str, str | None], reading: _Reading) -> None:
    content = attributes.get("content")
    if not content:
        return
    content = as_shown(content[:MAX_VALUE_CHARS])
    for key, name in attributes.items():
        if name and key in _META_NAMES:
            reading.metas.setdefault(name.strip().lower(), []).append(content)


def _read_base(element: Element, attributes: dict[str, str | None], reading: _Reading) -> None:
    if reading.base is None:
        reading.base = (attributes.get("href") or "").strip() or None


def _read_link(element: Element, attributes: dict[str, str | None], reading: _Reading) -> None:
    href = attributes.get("href")
    for relation in (attributes.get("rel") or "").lower().split():
        if href:
            reading.links.setdefault(relation, href.strip())


def _read_script(element: Element, attributes: dict[str, str | None], reading: _Reading) -> None:
    reading.scripts.append("".join(element.pieces()))


def _read_title(element: Element, attributes: dict[str, str | None], reading: _Reading) -> None:
    if reading.title is None and element.parent is not None and element.parent.tag != "svg":
        reading.title = _text(element) or None


def _read_heading(element: Element, attributes: dict[str, str | None], reading: _Reading) -> None:
    if len(reading.headings) >= MAX_HEADINGS:
        return
    pieces = tuple(join_runs(element.runs()))
    if pieces:
        reading.headings.append(Heading(" ".join(pieces)[:MAX_VALUE_CHARS], pieces))


def _read_time(element: Element, attributes: dict[str, str | None], reading: _Reading) -> None:
    if len(reading.moments) < MAX_SHOWN and not _is_of_another(element, reading.around):
        text = _text(element)
        reading.moments.append(Moment(_machine_date(attributes), text[:MAX_DATE_CHARS], _names(attributes)))


def _machine_date(attributes: dict[str, str | None]) -> str:
    """What the element tells machines of its date: ``time`` has an attribute for it, hAtom and scripts have others."""
    for name in _DATE_ATTRIBUTES:
        value = attributes.get(name)
        if value and any(map(str.isdigit, value)):
            return value[:MAX_DATE_CHARS]
    return ""


_READERS = {
    "base": _read_base,
    "meta": _read_meta,
    "link": _read_link,
    "script": _read_script,
    "title": _read_title,
    "h1": _read_heading,
    "time": _read_time,
}


def _read_property(element: Element, attributes: dict[str, str | None], reading: _Reading) -> None:
    """Microdata: the element's value (HTML 5.2, 'values'), or the name of the thing that it holds."""
    wanted = [name for name in (attributes["itemprop"] or "").split() if name in PROPERTIES]
    if not wanted or _is_of_another(element, reading.around):
        return
    value = attributes.get("content") or attributes.get(_OWN_VALUE.get(element.tag, ""))
    if "itemscope" in attributes or "author" in wanted:
        inner = element.property("name")
        value = attributes.get("content") or (
            (inner.attributes.get("content") or _text(inner)) if inner is not None else None
        )
    value = as_shown((value or _text(element))[:MAX_VALUE_CHARS])
    if value:
        for name in wanted:
            reading.properties.setdefault(name, []).append(value)


PROPERTIES = frozenset(
    "headline datePublished dateModified author publisher articleSection isAccessibleForFree keywords".split()
)


def _trust_around_heading(telling: Iterable[Element], around: dict[Element, tuple[bool, int]]) -> None:
    """Remember what holds the article's heading as its own, whatever it is named: "layout-with-sidebar"."""
    titles, headings = [], []
    for element in telling:
        if element.tag == "h1":
            headings.append(element)
        elif element.tag == "title":
            titles.append(_text(element))
    texts = map(_text, headings)
    own = [heading for heading, text in zip(headings, texts, strict=True) if text and any(text in t for t in titles)]
    for heading in (own or (headings if len(headings) == 1 else []))[:1]:
        parent = heading.parent
        while parent is not None and parent.tag not in ("aside", "nav", "footer"):
            around[parent] = False, 0
            parent = parent.parent


def _is_of_another(element: Element, around: dict[Element, tuple[bool, int]]) -> bool:
    """Whether the element stands in a comment, a teaser or a side column.

    ``around`` remembers what was found for the elements around others: the verdict, and as which of them, counted from
    here, the element comes that decided it.
    """
    passed = []
    parent = element.parent
    verdict, above = False, 0
    while parent is not None:
        if parent in around:
            verdict, above = around[parent]
            break
        passed.append(parent)
        found = _holds_another(parent)
        if found is not None:
            verdict = found
            break
        parent = parent.parent
    for steps, known in enumerate(reversed(passed), above + 1):
        around[known] = verdict, steps
    return verdict and above + len(passed) <= MAX_PARENTS


def _holds_another(element: Element) -> bool | None:
    """Whether what is in the element belongs to another article; None if that is for its own parent to say."""
    tag = element.tag
    if tag in ("body", "html", "head", "main"):
        return False
    if tag in ("aside", "nav"):
        return True
    names = _names(element.attributes)
    if (tag == "footer" or (names and _is_others(names))) and not _FOOT_OF_ARTICLE.search(names):
        return True
    return None


def _is_others(names: str) -> bool:
    return any(map(names.__contains__, _OTHERS))  # a third of what a regular expression takes


def _names(attributes: dict[str, str | None]) -> str:
    return f"{attributes.get('class') or ''} {attributes.get('id') or ''} {attributes.get('itemtype') or ''}".lower()


def _text(element: Element) -> str:
    return as_shown(" ".join(element.pieces()))[:MAX_VALUE_CHARS]
