"""Know the words that the world's languages write dates with: CLDR's, compiled by ``training/dates``."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from stream.cleaning.metadata.date_folding import fold_date

MIN_STEM = 3  # letters of a shortened name: "febr", "sett"
MIN_INFLECTED, MAX_ENDING = 4, 3  # letters of a name, and of what a language puts behind it: "novemberben"
_FIRST_OF_ARABIC_AND_ALL_AFTER = "\u0590"  # letters that no Latin, Greek or Cyrillic word has

Hours = tuple[int, int]


@dataclass(frozen=True, slots=True)
class DateWords:
    """A language's words: ``months`` by folded name, ``stems`` by their beginnings, ``parts`` of the day by letters.

    ``part_words`` are the latter as a tuple, the longest first. ``is_dotted``: 10.30 is a time of day.
    """

    months: Mapping[str, int]
    stems: Mapping[str, int]
    parts: Mapping[str, Hours]
    part_words: tuple[str, ...]
    is_dotted: bool


@cache
def _load() -> dict[str, Any]:
    path = resources.files("stream.cleaning").joinpath("models/dates.json")
    table: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return table


@cache
def words_of(language: str | None) -> DateWords:
    """The words on a page in this language; of parts of the day also English ones and those in scripts of their own."""
    table = _load()
    own = table["languages"].get(language, {"months": {}, "parts": {}})
    months = {fold_date(name): month for name, month in own["months"].items()}
    parts = {**_shared_parts(), **table["languages"]["en"]["parts"], **own["parts"]}
    return DateWords(
        months=months,
        stems=_list_stems(months),
        parts={word: (begin, end) for word, (begin, end) in parts.items()},
        part_words=tuple(sorted(parts, key=len, reverse=True)),
        is_dotted=language in table["dotted"],
    )


def month_of(name: str, language: str | None, *, is_inflected: bool = False) -> int | None:
    """The month that a folded word names on a page in this language: 1 to 12, 0 where it may be several, or None.

    The language's own names come first, then English ones, which programs write; then those that mean one month in
    whatever language, and where it may be inflected, its own with an ending that CLDR does not have.
    """
    own, english = words_of(language), words_of("en")
    for names in (own.months, english.months, own.stems, english.stems, _shared_months()):
        if name in names:
            return names[name]
    if not is_inflected:
        return None
    beginnings = (name[:-letters] for letters in range(1, min(MAX_ENDING, len(name) - MIN_INFLECTED) + 1))
    return next((own.months[beginning] for beginning in beginnings if beginning in own.months), None)


def persian_month_of(name: str) -> int | None:
    """The same in the calendar of Iran and Afghanistan."""
    return _persian_months().get(name)


def order_of(language: str, region: str | None) -> str | None:
    """How they write a date in numbers there: "dmy.", "mdy/" …, with the sign between; None if that is not known."""
    orders: dict[str, str] = _load()["orders"]
    return orders.get(f"{language}-{region}") or orders.get(language)


def offsets_of(host: str, language: str | None) -> frozenset[int] | None:
    """The minutes from UTC that clocks show where the site may be, by its domain, else its language; None: any."""
    table = _load()
    found = table["offsetsOfDomains"].get(host.rpartition(".")[2]) or table["offsetsOfLanguages"].get(language)
    return frozenset(found) if found else None


def list_fillers() -> list[str]:
    """The words between day, month and year in any language."""
    fillers: list[str] = _load()["fillers"]
    return fillers


def list_second_words() -> list[str]:
    """The second words of the months that have two."""
    names = (name for own in _load()["languages"].values() for name in own["months"] if " " in name)
    return sorted({fold_date(name).partition(" ")[2] for name in names})


def list_month_names(*languages: str) -> frozenset[str]:
    """The months' names as these languages write them, in lower case."""
    return frozenset(name for code in languages for name in _load()["languages"][code]["months"])


@cache
def _persian_months() -> dict[str, int]:
    return {fold_date(name): month for name, month in _load()["persian"].items()}


@cache
def _shared_months() -> dict[str, int]:
    months: dict[str, int] = {}
    for own in _load()["languages"].values():
        for name, month in own["months"].items():
            key = fold_date(name)
            months[key] = month if months.get(key, month) == month else 0
    return months


@cache
def _shared_parts() -> dict[str, Hours]:
    """Words of more than one letter in scripts that hold no other language's words."""
    return {
        word: hours
        for own in _load()["languages"].values()
        for word, hours in own["parts"].items()
        if len(word) > 1 and word[0] > _FIRST_OF_ARABIC_AND_ALL_AFTER
    }


def _list_stems(months: Mapping[str, int]) -> dict[str, int]:
    stems: dict[str, int] = {}
    for name, month in months.items():
        for length in range(MIN_STEM, len(name)):
            stem = name[:length]
            stems[stem] = month if stems.get(stem, month) == month else 0
    return {stem: month for stem, month in stems.items() if month}
