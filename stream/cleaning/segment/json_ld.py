"""Read a page's JSON-LD (schema.org), broken or not: the only place where its scripts are read."""

import html
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import orjson

from stream.cleaning.linked_data import ARTICLE_TYPES, MAX_NODES, LinkedData, Node, types_of
from stream.cleaning.segment.json_ld_forms import is_unusual, straighten

MAX_CHARS = 2_000_000  # of one script
MAX_BROKEN_CHARS = 50_000  # of a script that is searched for fields where it is no JSON at all
MAX_VALUES = 100  # one after another in a script

WEAK_TYPES = frozenset("WebPage ItemPage MedicalWebPage CreativeWork Recipe Review VideoObject PodcastEpisode".split())

_OPENING = re.compile(r"\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)+")
_CLOSING = re.compile(r"(?:-->|//\s*\]\]>|\]\]>|;)+\s*$")
_CLOSING_CHARS = 100  # of the end that are searched for such marks; a search through a million of them takes hours
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_MISSING_COMMA = re.compile(r'(?<=["}\]])(?=\s*\n\s*"[A-Za-z@]{2,30}"\s*:)')
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])')
_FIELD = re.compile(
    r'"(headline|datePublished|dateModified|articleSection|description|@type|dateCreated)"\s*:\s*"'
    r'([^\n]{1,600}?)"\s*(?=[,}\]]\s*(?:["}\]{]|$)|\n|$)'
)
_AUTHOR = re.compile(r'"author"\s*:[\s\[{]*(?:"@type"\s*:\s*"\w+"\s*,\s*)?(?:"name"\s*:\s*)?"([^"\n]{2,120})"')
_PARAGRAPH = re.compile(r"</?(?:p|div|h[1-6]|li|ul|ol|blockquote)\b[^<>]*>|<br[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_ARTICLE_BODY = re.compile(
    r'"(?:schema:|https?://(?:www\.)?schema\.org/)?articleBody"\s*:\s*(?:\[?\s*\{\s*"@value"\s*:\s*)?(?=")'
)
_LENIENT = json.JSONDecoder(strict=False)  # strings may hold raw control characters


def read_json_ld(scripts: Sequence[str]) -> LinkedData:
    """All objects in the scripts, in graphs, lists and objects of any depth; ``MAX_CHARS`` of each script."""
    scripts = [script[:MAX_CHARS] for script in scripts]
    shelves = _Shelves()
    for node in _nodes(scripts):
        shelves.add(node)
    return shelves.close(_article_body(scripts))


def _nodes(scripts: Iterable[str]) -> Iterator[Node]:
    seen = 0
    for script in scripts:
        unusual = is_unusual(script)
        for root in _load(script):
            for node in _objects(straighten(root) if unusual else root):
                seen += 1
                if seen > MAX_NODES:
                    return
                yield node


def _article_body(scripts: Iterable[str]) -> str:
    """The first ``articleBody`` that is not empty.

    Looked for in the text and not among the objects: a script that breaks off inside a body has those before it.
    """
    for script in scripts:
        for found in _ARTICLE_BODY.finditer(script):
            try:
                value, _ = _LENIENT.raw_decode(script, found.end())
            except ValueError:
                break
            if isinstance(value, str) and not value.isspace() and value:
                return value
    return ""


def _paragraphs(body: str) -> tuple[str, ...]:
    """The paragraphs of a body, which some pages write as HTML."""
    if "<" not in body and "&lt;" in body:
        body = html.unescape(body)
    is_html = _PARAGRAPH.search(body) is not None
    lines = [_TAG.sub("", part) for part in _PARAGRAPH.split(body)] if is_html else body.splitlines()
    return tuple([text for text in [" ".join(html.unescape(line).split()) for line in lines] if text])


@dataclass(slots=True)
class _Shelves:
    """The objects read so far, each on the shelf of its kind."""

    articles: list[Node] = field(default_factory=list)
    weak: list[Node] = field(default_factory=list)
    breadcrumbs: list[Node] = field(default_factory=list)
    sites: list[Node] = field(default_factory=list)
    types: set[str] = field(default_factory=set)
    by_id: dict[str, Node] = field(default_factory=dict)

    def add(self, node: Node) -> None:
        identity = node.get("@id")
        if isinstance(identity, str) and (len(node) > 2 or identity not in self.by_id):
            known = self.by_id.get(identity)
            if known is None or len(known) < len(node):
                self.by_id[identity] = node
        for kind in types_of(node):
            self.types.add(kind)
            shelf = self._shelf_of(kind)
            if shelf is not None:
                shelf.append(node)
                return

    def _shelf_of(self, kind: str) -> list[Node] | None:
        if kind in ARTICLE_TYPES:
            return self.articles
        if kind in WEAK_TYPES:
            return self.weak
        if kind == "BreadcrumbList":
            return self.breadcrumbs
        return self.sites if kind == "WebSite" else None

    def close(self, article_body: str) -> LinkedData:
        return LinkedData(
            articles=tuple(self.articles),
            weak=tuple(self.weak),
            breadcrumbs=tuple(self.breadcrumbs),
            sites=tuple(self.sites),
            types=frozenset(self.types),
            by_id=MappingProxyType(self.by_id),
            article_body=" ".join(article_body.split()),
            article_paragraphs=_paragraphs(article_body) if article_body else (),
        )


def _objects(root: Any) -> Iterator[Node]:
    """Every object in page order, without recursion."""
    pending = [root]
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            yield value
            pending.extend(item for item in reversed(value.values()) if isinstance(item, dict | list))
        elif isinstance(value, list):
            pending.extend(item for item in reversed(value) if isinstance(item, dict | list))


def _load(script: str) -> list[Any]:
    """The values in a script; as much as can be saved of a broken one."""
    try:
        return [orjson.loads(script)]
    except (orjson.JSONDecodeError, UnicodeEncodeError):
        pass
    text = _unwrap(script.strip())
    if not text:
        return []
    for repaired in (text, _repair(text)):
        values = _load_many(repaired)
        if values:
            return values
    return _salvage(text[:MAX_BROKEN_CHARS])


def _unwrap(text: str) -> str:
    """The script without the marks of a comment or a CDATA section around it."""
    opening = _OPENING.match(text)
    text = text[opening.end() :] if opening else text
    return (text[:-_CLOSING_CHARS] + _CLOSING.sub("", text[-_CLOSING_CHARS:])).strip()


def _repair(text: str) -> str:
    if "&quot;" in text and '"' not in text:
        text = html.unescape(text)
    text = _BAD_ESCAPE.sub(r"\\\\", text)
    return _TRAILING_COMMA.sub("", _MISSING_COMMA.sub(",", text))


def _load_many(text: str) -> list[Any]:
    """One value after another, as some pages write them."""
    values: list[Any] = []
    position = 0
    try:
        while position < len(text) and len(values) < MAX_VALUES:
            value, position = _LENIENT.raw_decode(text, position)
            values.append(value)
            while position < len(text) and text[position] in " \t\r\n,;":
                position += 1
    except (ValueError, RecursionError):
        pass
    return values


def _salvage(text: str) -> list[Any]:
    """The fields of the article that can be made out in what is no JSON: cut short, or with bare quotes in texts."""
    node: Node = {}
    for name, value in _FIELD.findall(text):
        if name == "@type" and node.get("@type") in ARTICLE_TYPES:
            continue
        if name not in node or name == "@type":
            node[name] = value.replace('\\"', '"').replace("\\/", "/")
    author = _AUTHOR.search(text)
    if author:
        node["author"] = author[1]
    if node.get("@type") not in ARTICLE_TYPES:
        node["@type"] = "Article" if "headline" in node else "Thing"
    return [node]
