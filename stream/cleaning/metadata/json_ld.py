"""Read what a page says about itself in JSON-LD (schema.org), broken or not."""

import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import orjson

__all__ = ["LinkedData", "Node", "names_of", "read_json_ld", "text_of", "types_of"]

Node = dict[str, Any]

MAX_CHARS = 2_000_000  # of one script
MAX_BROKEN_CHARS = 50_000  # of a script that is searched for fields where it is no JSON at all
MAX_NODES = 5000  # objects looked at in a page; real pages have a few dozen
MAX_DEPTH = 12  # how far a text or a name is followed into its object

ARTICLE_TYPES = frozenset(
    """NewsArticle Article BlogPosting ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle ReviewNewsArticle
    BackgroundNewsArticle AskPublicNewsArticle LiveBlogPosting TechArticle ScholarlyArticle MedicalScholarlyArticle
    SatiricalArticle AdvertiserContentArticle Report SocialMediaPosting DiscussionForumPosting Blogposting
    ArticleNews""".split()
)
WEAK_TYPES = frozenset("WebPage ItemPage MedicalWebPage CreativeWork Recipe Review VideoObject PodcastEpisode".split())

_OPENING = re.compile(r"\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)+")
_CLOSING = re.compile(r"(?:-->|//\s*\]\]>|\]\]>|;)+\s*$")
CLOSING_CHARS = 100  # of the end that are searched for such marks; a search through a million of them takes hours
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_MISSING_COMMA = re.compile(r'(?<=["}\]])(?=\s*\n\s*"[A-Za-z@]{2,30}"\s*:)')
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])')
_FIELD = re.compile(
    r'"(headline|datePublished|dateModified|articleSection|description|@type|dateCreated)"\s*:\s*"'
    r'([^\n]{1,600}?)"\s*(?=[,}\]]\s*(?:["}\]{]|$)|\n|$)'
)
_AUTHOR = re.compile(r'"author"\s*:[\s\[{]*(?:"@type"\s*:\s*"\w+"\s*,\s*)?(?:"name"\s*:\s*)?"([^"\n]{2,120})"')
_SCHEMA = re.compile(r"^(?:https?://schema\.org/|schema:)", re.IGNORECASE)


@dataclass(slots=True)
class LinkedData:
    """The objects of a page by what they are, each list in page order; ``by_id`` resolves references."""

    articles: list[Node] = field(default_factory=list)
    weak: list[Node] = field(default_factory=list)
    breadcrumbs: list[Node] = field(default_factory=list)
    sites: list[Node] = field(default_factory=list)
    types: set[str] = field(default_factory=set)
    by_id: dict[str, Node] = field(default_factory=dict)

    def resolve(self, value: Any) -> Any:
        """The object that a reference ({"@id": …} alone, or with a type) points to."""
        if isinstance(value, dict) and "name" not in value and isinstance(value.get("@id"), str):
            return self.by_id.get(value["@id"], value)
        return value


def read_json_ld(scripts: Iterable[str]) -> LinkedData:
    """All objects in the scripts, in graphs, lists and objects of any depth."""
    data = LinkedData()
    seen = 0
    for script in scripts:
        for root in _load(script[:MAX_CHARS]):
            for node in _objects(root):
                seen += 1
                if seen > MAX_NODES:
                    return data
                _file(node, data)
    return data


def types_of(node: Node) -> list[str]:
    """schema.org types of an object, without the schema's address."""
    types = node.get("@type")
    listed = types if isinstance(types, list) else [types]
    return [_SCHEMA.sub("", kind) for kind in listed if isinstance(kind, str)]


def text_of(value: Any) -> str | None:
    """The text of a value that may be a text, a list of them, or an object with a value or name."""
    for _ in range(MAX_DEPTH):
        if isinstance(value, str):
            return " ".join(html.unescape(value).split()) or None
        if isinstance(value, list):
            value = next((item for item in value if item), None)
        elif isinstance(value, dict):
            value = value.get("@value") or value.get("name") or value.get("url") or value.get("@id")
        else:
            return None
    return None


def names_of(value: Any, data: LinkedData) -> list[str]:
    """The names of one or many people or organisations, given as texts, objects or references."""
    names: list[str] = []
    pending = [value]
    for _ in range(MAX_NODES):
        if not pending:
            break
        item = data.resolve(pending.pop())
        if isinstance(item, list):
            pending.extend(reversed(item))
        elif isinstance(item, dict):
            name = item.get("name") or " ".join(
                part for part in (item.get("givenName"), item.get("familyName")) if isinstance(part, str)
            )
            if isinstance(name, str | list):
                pending.append(name)
        elif isinstance(item, str) and item.strip():
            names.append(item)
    return names


def _file(node: Node, data: LinkedData) -> None:
    identity = node.get("@id")
    if isinstance(identity, str) and (len(node) > 2 or identity not in data.by_id):
        known = data.by_id.get(identity)
        if known is None or len(known) < len(node):
            data.by_id[identity] = node
    for kind in types_of(node):
        data.types.add(kind)
        if kind in ARTICLE_TYPES:
            data.articles.append(node)
        elif kind in WEAK_TYPES:
            data.weak.append(node)
        elif kind == "BreadcrumbList":
            data.breadcrumbs.append(node)
        elif kind == "WebSite":
            data.sites.append(node)
        else:
            continue
        return


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
    text = _unwrapped(script.strip())
    if not text:
        return []
    for repaired in (text, _repair(text)):
        values = _load_many(repaired)
        if values:
            return values
    return _salvage(text[:MAX_BROKEN_CHARS])


def _unwrapped(text: str) -> str:
    """The script without the marks of a comment or a CDATA section around it."""
    opening = _OPENING.match(text)
    text = text[opening.end() :] if opening else text
    return (text[:-CLOSING_CHARS] + _CLOSING.sub("", text[-CLOSING_CHARS:])).strip()


def _repair(text: str) -> str:
    if "&quot;" in text and '"' not in text:
        text = html.unescape(text)
    text = _BAD_ESCAPE.sub(r"\\\\", text)
    return _TRAILING_COMMA.sub("", _MISSING_COMMA.sub(",", text))


def _load_many(text: str) -> list[Any]:
    """One value after another, as some pages write them; strings may hold raw control characters."""
    decoder = json.JSONDecoder(strict=False)
    values: list[Any] = []
    position = 0
    try:
        while position < len(text) and len(values) < 100:
            value, position = decoder.raw_decode(text, position)
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
