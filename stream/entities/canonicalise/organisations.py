"""Joins the names of organisations: acronyms with what they stand for, short forms with the full name."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from stream.entities.names import fold
from stream.entities.tables.aliases import expand_alias
from stream.entities.tables.read import read_list, read_pairs
from stream.entities.values import Span
from stream.events import EntityType

_LEGAL_FORMS = frozenset(read_list("legal_forms.txt"))
_COMPANY_NOUNS = _LEGAL_FORMS | frozenset(read_list("company_nouns.txt"))
_GENERIC = frozenset(read_list("generic_words.txt"))
_CLUBS = frozenset(
    {"united", "city", "rovers", "wanderers", "albion", "athletic", "hotspur", "wednesday", "villa", "palace"}
)
_AIRLINES = frozenset({"airlines", "airways"})  # even United Airlines is called United
_NATIONS = ("u s ", "us ", "uk ", "united states ", "british ", "american ", "australian ", "canadian ", "indian ")
_SMALL_WORDS = frozenset(
    """
    of the and for in on at de la du des et & to
    """.split()
)
_BODY_NOUNS = frozenset(read_pairs("bodies.tsv"))
_DEFINED = re.compile(r"\s*\((?:the |or )?\"?(?P<acronym>[A-Z][\w&.\-]{1,11})\"?\)")

_FULL = re.compile(r"(?:the )?(?P<full>[A-Z][\w'-]*(?: (?:[A-Z&][\w'-]*|of|for|and|the|on|in|to|de|du)){1,11})\)")
MAX_ACRONYM = 10  # letters


def find_defined_acronyms(text: str, spans: Iterable[Span]) -> dict[str, str]:
    """Acronym to full name, both as written, where the text explains it, whichever of them stands in brackets.

    "Central Military Commission (CMC)", "Isis (Institute of Strategic and International Studies)".
    """
    spans = list(spans)
    starts = {span.start for span in spans}
    defined = {
        acronym: full
        for start, acronym, full in _find_explained(text)
        if start in starts or not _BODY_NOUNS.isdisjoint(full.split())
    }
    for span in spans:
        found = _DEFINED.match(text, span.end)
        if found and _abbreviates(found["acronym"], text[span.start : span.end]):
            defined[found["acronym"]] = text[span.start : span.end]
    return defined


def identify_organisations(surfaces: Mapping[str, str], defined: Mapping[str, str]) -> dict[str, str]:
    """For each organisation's folded name (to a surface of it), the folded name that it goes by."""
    explained = {fold(acronym): fold(full) for acronym, full in defined.items()}
    identity = {
        name: expand_alias(EntityType.ORGANIZATION, explained.get(name, _drop_legal_form(name))) for name in surfaces
    }
    by_initials = _keep_unique((_make_initials(full), full) for full in identity.values() if " " in full)
    by_short_form = _keep_unique((short, identity[name]) for name in surfaces for short in _make_short_forms(name))
    for name, surface in surfaces.items():
        if identity[name] != name:
            continue
        if surface.isupper() and len(name) > 1 and name in by_initials:
            identity[name] = by_initials[name]
        elif name in by_short_form:
            identity[name] = by_short_form[name]
    return identity


def _keep_unique(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The pairs whose first member leads to one second member only."""
    found: dict[str, set[str]] = defaultdict(set)
    for key, value in pairs:
        found[key].add(value)
    return {key: values.pop() for key, values in found.items() if len(values) == 1}


def _drop_legal_form(folded: str) -> str:
    words = folded.split()
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words.pop()
    return " ".join(words)


def _make_short_forms(folded: str) -> set[str]:
    """The shorter names that an organisation may go by: without its nation, and a company's by its first words."""
    words = folded.split()
    shorter = {folded.removeprefix(nation) for nation in _NATIONS}
    if words[-1] in _CLUBS:
        shorter.add(words[-1])
    if words[-1] in _COMPANY_NOUNS | _CLUBS:
        shorter |= {" ".join(words[:size]) for size in range(1, len(words)) if words[size - 1] not in _SMALL_WORDS}
    return shorter - {folded} - (frozenset() if words[-1] in _AIRLINES | _CLUBS else _GENERIC)


def _make_initials(folded: str) -> str:
    return "".join(word[0] for word in folded.split() if word not in _SMALL_WORDS)


def _find_explained(text: str) -> Iterator[tuple[int, str, str]]:
    """Offset of an acronym, the acronym, and the name in brackets behind it whose initials it has."""
    bracket = text.find(" (")
    while bracket >= 0:
        acronym = text[max(0, bracket - MAX_ACRONYM - 2) : bracket].rpartition(" ")[2].rpartition("\n")[2].lstrip("\"'")
        may_be = acronym[:1].isupper() and 1 < len(acronym) <= MAX_ACRONYM
        found = _FULL.match(text, bracket + 2) if may_be else None
        if found and _are_initials(acronym, found["full"]):
            yield bracket - len(acronym), acronym, found["full"]
        bracket = text.find(" (", bracket + 2)


def _are_initials(acronym: str, name: str) -> bool:
    """Whether the acronym is made of the initials of the name's words, its small words counted or not."""
    words = name.casefold().replace("-", " ").split()
    letters = [char for char in acronym.casefold() if char.isalpha()]
    great = [word[0] for word in words if word not in _SMALL_WORDS]
    return letters in (great, [word[0] for word in words])


def _abbreviates(acronym: str, name: str) -> bool:
    """Whether the acronym's letters appear in the name in order, beginning with its first."""
    letters = [char for char in acronym.casefold() if char.isalpha()]
    rest = iter(name.casefold())
    return len(name) > len(acronym) and name[:1].casefold() == letters[0] and all(char in rest for char in letters)
