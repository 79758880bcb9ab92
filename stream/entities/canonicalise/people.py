"""Joins the names of people: "Putin" is "Vladimir Putin", "J. Biden" may be "Joe Biden", and two Bidens stay two."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from stream.entities.tables.nicknames import may_be_one_name

_JUNIOR = frozenset({"jr", "ii", "iii", "iv"})
_SUFFIXES = _JUNIOR | {"sr", "phd", "md", "obe", "cbe", "mbe", "qc", "kc", "esq"}
_INITIALS = re.compile(r"\w|[b-df-hj-np-tv-xz]{2,3}")  # "J.K." is folded to jk
_TRANSLITERATED = (
    (re.compile(r"m[uo]hamm?[ae]d"), "mohamed"),
    (re.compile(r"ou"), "u"),
    (re.compile(r"(?:iy|yy|ij|ii|ie|y)$"), "i"),
    (re.compile(r"(\w)\1"), r"\1"),
    (re.compile(r"^(?:kh|ch)"), "h"),
    (re.compile(r"(?:ts|tz)"), "z"),
    (re.compile(r"(?:oe|ö)"), "o"),
    (re.compile(r"ue"), "u"),
    (re.compile(r"(?:ks|x)"), "x"),
    (re.compile(r"q"), "k"),
    (re.compile(r"w$"), "v"),
    (re.compile(r"j"), "y"),
)


@lru_cache(maxsize=4096)
def _normalise_sound(token: str) -> str:
    """The token as transliterations agree on it: Zelenskyy, Zelensky and Zelenskiy are one."""
    if len(token) < 5:
        return token
    for pattern, plain in _TRANSLITERATED:
        token = pattern.sub(plain, token)
    return token


def is_same_token(one: str, other: str) -> bool:
    return one == other or (len(one) > 4 and len(other) > 4 and _normalise_sound(one) == _normalise_sound(other))


@dataclass(frozen=True, slots=True)
class PersonName:
    """One way in which the article writes a person: the folded words of the name without its suffixes."""

    tokens: tuple[str, ...]
    titles: frozenset[str] = frozenset()
    junior: bool = False

    @classmethod
    def of(cls, folded: str, titles: Iterable[str] = ()) -> "PersonName":
        words = folded.split()
        kept = tuple(word for word in words if word not in _SUFFIXES) or tuple(words)
        return cls(kept, frozenset(titles), not _JUNIOR.isdisjoint(words))


@dataclass(slots=True)
class Person:
    """The names that are one person; ``full`` is the one with the most words."""

    full: tuple[str, ...]
    junior: bool
    members: list[int] = field(default_factory=list)
    titles: set[str] = field(default_factory=set)


def group_people(names: Sequence[PersonName]) -> list[list[int]]:
    """Indices of the names grouped by person, each group in order of the names given.

    Full names first, longest first; then single words, which join the one person whose surname (or else given name)
    they are. A word that fits two people fits none, unless a title tells which.
    """
    people: list[Person] = []
    bearers: dict[str, list[int]] = defaultdict(list)  # who bears a word, by its sound
    by_length = sorted(range(len(names)), key=lambda index: (-len(names[index].tokens), index))
    for index in by_length:
        name = names[index]
        keys = {*map(_normalise_sound, name.tokens), "".join(name.tokens)}
        candidates = {number for key in keys for number in bearers.get(key, ())}
        person = _find_person([people[number] for number in sorted(candidates)], name)
        if person is None:
            for key in keys:
                bearers[key].append(len(people))
            person = Person(name.tokens, name.junior)
            people.append(person)
        person.members.append(index)
        person.titles |= name.titles
    return [sorted(person.members) for person in people]


def _find_person(people: Sequence[Person], name: PersonName) -> Person | None:
    tests = (_is_same_name, _is_part) if len(name.tokens) > 1 else (_is_whole, _is_surname, _is_given, _is_middle)
    for test in tests:
        fits = [person for person in people if test(person, name)]
        if fits:
            return _tell_apart(fits, name)
    return None


def _tell_apart(people: Sequence[Person], name: PersonName) -> Person | None:
    """The one of several people who is meant: told by a title, or the elder of two who bear one name."""
    of_that_title = [person for person in people if name.titles & person.titles]
    for fits in (people, of_that_title, [person for person in people if not person.junior]):
        if len(fits) == 1:
            return fits[0]
    return None


def _is_whole(person: Person, name: PersonName) -> bool:
    return person.full == name.tokens


def _is_surname(person: Person, name: PersonName) -> bool:
    return len(person.full) > 1 and is_same_token(person.full[-1], name.tokens[0])


def _is_given(person: Person, name: PersonName) -> bool:
    return len(person.full) > 1 and len(name.tokens[0]) > 1 and person.full[0] == name.tokens[0]


def _is_middle(person: Person, name: PersonName) -> bool:
    return len(person.full) > 2 and len(name.tokens[0]) > 2 and name.tokens[0] in person.full[1:-1]


def _is_part(person: Person, name: PersonName) -> bool:
    """Whether the words stand together in the full name ("von der Leyen", "López Obrador")."""
    size, full = len(name.tokens), person.full
    return size < len(full) and any(full[at : at + size] == name.tokens for at in range(len(full) - size + 1))


def _is_same_name(person: Person, name: PersonName) -> bool:
    """Whether two full names are one: same surname, given names that agree, no middle names that differ."""
    full, tokens = person.full, name.tokens
    if len(full) < 2 or (person.junior != name.junior and full[0] == tokens[0]):
        return False  # Donald Trump is not Donald Trump Jr., yet Joe Biden may be Joseph R. Biden Jr.
    if len(full) == len(tokens) and sorted(full) == sorted(tokens):
        return True  # Zhang Youxia, Youxia Zhang
    if "".join(full) == "".join(tokens):
        return True  # Jean-Luc, Jeanluc
    if not is_same_token(full[-1], tokens[-1]):
        return False
    return _do_given_names_agree(full[0], tokens[0]) and _do_middle_names_agree(full[1:-1], tokens[1:-1])


def _do_given_names_agree(one: str, other: str) -> bool:
    if is_same_token(one, other):
        return True
    if _INITIALS.fullmatch(one) or _INITIALS.fullmatch(other):
        return one[0] == other[0]
    return may_be_one_name(one, other)


def _do_middle_names_agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Middle names may be missing or shortened, but not contradict: George W. is not George H. W."""
    if not one or not other:
        return True
    return len(one) == len(other) and all(
        is_same_token(a, b) or (min(len(a), len(b)) == 1 and a[0] == b[0]) for a, b in zip(one, other, strict=True)
    )
