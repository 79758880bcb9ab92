"""Where a dateline stands in the text, so that MOSCOW in "MOSCOW (AP) —" is never taken for anything else."""

import re
from dataclasses import dataclass

from stream.cleaning.agencies import AGENCIES
from stream.cleaning.dateline import read_dateline
from stream.entities.gazetteer import gazetteer

Offsets = tuple[int, int]

_PARTS = re.compile(r", |/")
_COLON = re.compile(r"(?P<place>[A-Z][A-Z.' -]{2,30}):\s+(?=[A-Z\"'])")


@dataclass(frozen=True, slots=True)
class DatelineSpans:
    """A dateline at the start of a text: [0:end] in code points, and the spans of what it names.

    ``places`` holds the city and, where it is said ("KYIV, Ukraine"), what it lies in.
    """

    end: int
    places: tuple[Offsets, ...]
    agency: Offsets | None


def locate_dateline(text: str) -> DatelineSpans | None:
    """The dateline that a text with straight quotes starts with, or None."""
    dateline = read_dateline(text)
    if dateline is None:
        return _read_before_colon(text)
    end = text.index(dateline.text) + len(dateline.text)
    places: list[Offsets] = []
    for part in _PARTS.split(dateline.place) if dateline.place else ():
        if found := _find(text, part, places[-1][1] if places else 0, end):
            places.append(found)
    return DatelineSpans(
        end, tuple(places), _find_signature(text, dateline.agency, places[-1][1] if places else 0, end)
    )


def _read_before_colon(text: str) -> DatelineSpans | None:
    """ "NEW DELHI: The …": only if the gazetteer knows the name, for "EXCLUSIVE: The …" looks the same."""
    found = _COLON.match(text)
    if found and gazetteer()(found["place"]):
        return DatelineSpans(found.end(), (found.span("place"),), None)
    return None


def _find_signature(text: str, agency: str | None, start: int, end: int) -> Offsets | None:
    """Where the agency has signed, under whichever of its names."""
    if agency is None:
        return None
    names = sorted((agency, *AGENCIES.get(agency, ())), key=len, reverse=True)
    return next((found for name in names if (found := _find(text, name, start, end))), None)


def _find(text: str, name: str, start: int, end: int) -> Offsets | None:
    """The first place in text[start:end] where the name stands, in whatever case."""
    found = re.compile(re.escape(name), re.IGNORECASE).search(text, start, end)
    return found.span() if found else None
