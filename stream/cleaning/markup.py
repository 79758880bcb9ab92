"""Collect, in one query over the parsed page, what its markup says about the article."""

from dataclasses import dataclass, field
from typing import Any

__all__ = ["Markup", "Moment", "read_markup"]

MAX_ELEMENTS = 4000  # of each page; a page of 100,000 meta elements says nothing in the last ones
MAX_VALUE_CHARS = 2000
MAX_SCRIPT_CHARS = 2_000_000
MAX_PARENTS = 15

_QUERY = (
    'meta,link[rel],title,h1,time,script[type*="ld+json"],[itemprop],'
    '[rel~="author"],a[rel~="tag"],[class*="author"],[class*="byline"],[class*="date"],[class*="breadcrumb"]'
)
_OWN_VALUE = {"a": "href", "link": "href", "img": "src", "time": "datetime", "data": "value", "object": "data"}
_OTHERS = ("comment", "related", "recommend", "teaser", "sidebar", "widget", "footer", "more-")


@dataclass(frozen=True, slots=True)
class Moment:
    """A ``time`` element or one whose class says date: its machine-readable value, its text, its names."""

    value: str
    text: str
    names: str
    after_headline: bool


@dataclass(slots=True)
class Markup:
    """What elements and attributes say; ``metas`` and ``properties`` (microdata) by lower-case name, in page order."""

    language: str | None = None
    title: str | None = None
    metas: dict[str, list[str]] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    headlines: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    properties: dict[str, list[str]] = field(default_factory=dict)
    moments: list[Moment] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)

    def meta(self, *names: str) -> str | None:
        """The first meta element of the first name that has one."""
        for name in names:
            values = self.metas.get(name)
            if values:
                return values[0]
        return None


def read_markup(tree: Any) -> Markup:
    """One walk over the elements that may say something; nothing is changed in the tree."""
    markup = Markup()
    root = tree.root
    if root is not None:
        markup.language = (root.attributes.get("lang") or root.attributes.get("xml:lang") or "").strip() or None
    for node in tree.css(_QUERY)[:MAX_ELEMENTS]:
        _read(node, markup)
    return markup


def _read(node: Any, markup: Markup) -> None:
    tag = node.tag
    attributes = node.attributes
    if tag == "meta":
        _read_meta(attributes, markup)
    elif tag == "link":
        _read_link(attributes, markup)
    elif tag == "script":
        markup.scripts.append(node.text()[:MAX_SCRIPT_CHARS])
    elif tag == "title":
        if markup.title is None and node.parent is not None and node.parent.tag != "svg":
            markup.title = _text(node) or None
    elif tag == "h1":
        text = _text(node)
        if text:
            markup.headlines.append(text)
    if attributes.get("itemprop"):
        _read_property(node, attributes, markup)
    _read_by_name(node, tag, attributes, markup)


def _read_meta(attributes: dict[str, str | None], markup: Markup) -> None:
    content = attributes.get("content")
    if not content:
        return
    for key in ("property", "name", "itemprop", "http-equiv"):
        name = attributes.get(key)
        if name:
            markup.metas.setdefault(name.strip().lower(), []).append(content[:MAX_VALUE_CHARS].strip())


def _read_link(attributes: dict[str, str | None], markup: Markup) -> None:
    href = attributes.get("href")
    for relation in (attributes.get("rel") or "").lower().split():
        if href:
            markup.links.setdefault(relation, href.strip())


def _read_property(node: Any, attributes: dict[str, str | None], markup: Markup) -> None:
    """Microdata: the element's value (HTML 5.2, 'values'), or the name of the thing that it holds."""
    for name in (attributes["itemprop"] or "").split():
        if name in ("articleBody", "text") or _is_of_another(node):
            continue
        value: str | None = attributes.get("content") or attributes.get(_OWN_VALUE.get(node.tag, ""))
        if name in ("author", "publisher", "creator"):
            inner = node.css_first('[itemprop~="name"]') if "itemscope" in attributes else None
            value = (
                (inner.attributes.get("content") or _text(inner)) if inner is not None else attributes.get("content")
            )
        value = (value or _text(node))[:MAX_VALUE_CHARS].strip()
        if value:
            markup.properties.setdefault(name, []).append(value)


def _read_by_name(node: Any, tag: str, attributes: dict[str, str | None], markup: Markup) -> None:
    names = " ".join(filter(None, (attributes.get("class"), attributes.get("id"), attributes.get("rel")))).lower()
    if tag == "time" or "date" in names:
        text = _text(node) if tag == "time" or len(markup.moments) < 40 else ""
        value = attributes.get("datetime") or ""
        if (value or text) and len(text) < 200 and not _is_of_another(node):
            markup.moments.append(Moment(value, text, names, bool(markup.headlines)))
    if ("author" in names or "byline" in names) and len(markup.authors) < 20 and not _is_of_another(node):
        text = _text(node)
        if 1 < len(text) < 120:
            markup.authors.append(text)
    if tag == "a" and "tag" in (attributes.get("rel") or "").split():
        markup.tags.append(_text(node))


def _is_of_another(node: Any) -> bool:
    """Whether the element stands in a comment, a teaser or a side column."""
    parent = node
    for _ in range(MAX_PARENTS):
        parent = parent.parent
        if parent is None or parent.tag in ("body", "html"):
            return False
        if parent.tag in ("aside", "footer", "nav"):
            return True
        attributes = parent.attributes
        names = (
            f"{attributes.get('class') or ''} {attributes.get('id') or ''} {attributes.get('itemtype') or ''}".lower()
        )
        if any(word in names for word in _OTHERS):
            return True
    return False


def _text(node: Any) -> str:
    return " ".join(node.text(separator=" ").split())[:MAX_VALUE_CHARS]
