"""Bring JSON-LD into the one form that the rest reads: pages write the same statements in a dozen others.

Read is what a JSON-LD processor would make of schema.org's terms: the aliases ``type`` and ``id``, prefixes and whole
addresses before a name, terms that the page's own context declares, the expanded form, ``@list``, ``@set``, ``@value``
and ``@reverse``. No context is ever fetched.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from stream.cleaning.linked_data import SCHEMA_ADDRESS, Node

MAX_DEPTH = 60  # deeper objects stay as they are
MAX_TERMS = 200  # of a context

_IS_SCHEMA = re.compile(r"https?://(?:www\.)?schema\.org[/#]?", re.IGNORECASE)
# What stands in a script that has any other form than the usual one; most scripts have none of it.
_UNUSUAL = re.compile(
    r'"@(?:value|list|set|reverse|vocab)"|"(?:type|id|schema:\w+|https?://(?:www\.)?schema\.org/\w+)"\s*:'
    r'|"@context"\s*:\s*(?:\{|\[[^\[\]]*\{)',
    re.IGNORECASE,
)
_KEYWORDS = {"type": "@type", "id": "@id"}  # as schema.org's own context has them


def is_unusual(script: str) -> bool:
    """Whether a script may have forms that ``straighten`` reads; one that has none is spared it."""
    return _UNUSUAL.search(script) is not None


def straighten(root: Any) -> Any:
    """The same in the usual form: ``@type``, ``@id``, bare names of schema.org, plain values and lists."""
    return _Straightener().value(root, _Context(), 0)


@dataclass(frozen=True, slots=True)
class _Context:
    """What a page's context says: names for others (``terms``), and prefixes that stand for schema.org."""

    terms: Mapping[str, str] = field(default_factory=lambda: _KEYWORDS)
    prefixes: frozenset[str] = frozenset({"schema"})

    def extended(self, declared: Any) -> "_Context":
        terms, prefixes = dict(self.terms), set(self.prefixes)
        for context in declared if isinstance(declared, list) else [declared]:
            if not isinstance(context, dict):
                continue
            named = list(_named(context))[:MAX_TERMS]
            prefixes |= {term for term, meaning in named if _IS_SCHEMA.fullmatch(meaning)}
            terms |= {
                term: meaning if meaning.startswith("@") else _bare(meaning, prefixes)
                for term, meaning in named
                if meaning.startswith("@") or _bare(meaning, prefixes) != meaning
            }
        return _Context(terms, frozenset(prefixes))

    def name(self, key: str) -> str:
        return self.terms.get(key) or _bare(key, self.prefixes)


def _named(context: Node) -> Iterable[tuple[str, str]]:
    for term, meaning in context.items():
        if isinstance(meaning, dict):
            meaning = meaning.get("@id")
        if isinstance(meaning, str) and not term.startswith("@"):
            yield term, meaning


def _bare(name: str, prefixes: Iterable[str]) -> str:
    """A name of schema.org without its address or prefix; any other as it is."""
    prefix, colon, rest = name.partition(":")
    if colon and rest and prefix in prefixes:
        return rest
    return SCHEMA_ADDRESS.sub("", name) or name


class _Straightener:
    def value(self, value: Any, context: _Context, depth: int) -> Any:
        if depth > MAX_DEPTH:
            return value
        if isinstance(value, list):
            return [self.value(item, context, depth + 1) for item in value]
        return self._object(value, context, depth) if isinstance(value, dict) else value

    def _object(self, node: Node, context: _Context, depth: int) -> Any:
        for wrapper in ("@value", "@list", "@set"):
            if wrapper in node:
                return self.value(node[wrapper], context, depth + 1)
        if "@context" in node:
            context = context.extended(node["@context"])
        straight: Node = {}
        for key, value in node.items():
            name = context.name(key)
            if name in ("@context", "@reverse") or (name != key and name in node):
                continue
            if name == "@type":
                straight[name] = _types(value, context)
            else:
                straight[name] = self._property(name, name != key, value, context, depth)
        reverse = node.get("@reverse")
        if isinstance(reverse, dict):
            return [straight, *self._subjects(straight, reverse, context, depth)]
        return straight

    def _property(self, name: str, is_renamed: bool, value: Any, context: _Context, depth: int) -> Any:
        """A value; of the expanded form's lists of one, what is in them."""
        value = self.value(value, context, depth + 1)
        is_one = is_renamed and isinstance(value, list) and len(value) == 1 and name != "itemListElement"
        return value[0] if is_one else value

    def _subjects(self, thing: Node, reverse: Node, context: _Context, depth: int) -> Iterable[Node]:
        """The objects that name this thing as their author, publisher …, each with it."""
        for key, value in reverse.items():
            value = self.value(value, context, depth + 1)
            for subject in value if isinstance(value, list) else [value]:
                if isinstance(subject, dict):
                    yield subject | {context.name(key): thing}


def _types(value: Any, context: _Context) -> Any:
    if isinstance(value, list):
        return [context.name(kind) if isinstance(kind, str) else kind for kind in value]
    return context.name(value) if isinstance(value, str) else value
