"""Finds where and by whom a report was filed, so that MOSCOW in "MOSCOW (AP) —" is never taken for anything else."""

import re
from dataclasses import dataclass

from stream.entities.names import title_cased
from stream.events import Dateline

# Names under which agencies sign, and the name that each goes by.
AGENCIES = {
    "AP": "Associated Press",
    "Associated Press": "Associated Press",
    "Reuters": "Reuters",
    "Thomson Reuters": "Reuters",
    "AFP": "Agence France-Presse",
    "Agence France-Presse": "Agence France-Presse",
    "UPI": "United Press International",
    "dpa": "Deutsche Presse-Agentur",
    "DPA": "Deutsche Presse-Agentur",
    "EFE": "Agencia EFE",
    "ANSA": "ANSA",
    "TASS": "TASS",
    "RIA Novosti": "RIA Novosti",
    "Interfax": "Interfax",
    "Xinhua": "Xinhua News Agency",
    "PTI": "Press Trust of India",
    "ANI": "Asian News International",
    "IANS": "Indo-Asian News Service",
    "UNI": "United News of India",
    "PA": "PA Media",
    "PA Media": "PA Media",
    "Press Association": "PA Media",
    "AAP": "Australian Associated Press",
    "CP": "The Canadian Press",
    "The Canadian Press": "The Canadian Press",
    "Canadian Press": "The Canadian Press",
    "Kyodo": "Kyodo News",
    "Kyodo News": "Kyodo News",
    "Jiji": "Jiji Press",
    "Yonhap": "Yonhap News Agency",
    "Anadolu": "Anadolu Agency",
    "AA": "Anadolu Agency",
    "Bloomberg": "Bloomberg News",
    "Bloomberg News": "Bloomberg News",
    "CNN": "Cable News Network",
    "KNA": "Katholische Nachrichten-Agentur",
    "epd": "Evangelischer Pressedienst",
    "sid": "Sport-Informations-Dienst",
    "SID": "Sport-Informations-Dienst",
    "APA": "Austria Presse Agentur",
    "SDA": "Keystone-SDA",
    "Keystone-SDA": "Keystone-SDA",
    "ATS": "Keystone-SDA",
    "Belga": "Belga",
    "ANP": "Algemeen Nederlands Persbureau",
    "TT": "TT News Agency",
    "NTB": "NTB",
    "Ritzau": "Ritzau",
    "STT": "STT",
    "PAP": "Polish Press Agency",
    "ČTK": "Czech News Agency",
    "CTK": "Czech News Agency",
    "MTI": "MTI",
    "Lusa": "Lusa",
    "NAN": "News Agency of Nigeria",
    "MENA": "Middle East News Agency",
    "SPA": "Saudi Press Agency",
    "IRNA": "Islamic Republic News Agency",
    "Bernama": "Bernama",
    "Antara": "Antara",
    "VNA": "Vietnam News Agency",
    "TAP": "Tunis Afrique Presse",
}

_NAME = r"[^\W\d_](?:[^\W\d_]|[.'’ -]){1,40}?"
_PLACE = rf"(?P<place>{_NAME})(?:,\s+(?P<within>{_NAME}))?"
_AGENCY = "|".join(sorted(map(re.escape, AGENCIES), key=len, reverse=True))
_DASH = r"\s*(?:—|–|--|-|―)\s*"
_WITH_AGENCY = re.compile(
    rf"(?:{_PLACE}(?:,\s*[A-Z][a-z]{{2,8}}\.?\s+\d{{1,2}}(?:,\s*\d{{4}})?)?\s*)?\((?P<agency>{_AGENCY})\)(?:{_DASH}|:\s*|\s+(?=[A-Z]))"
)
_DASHED = re.compile(rf"{_PLACE}{_DASH}(?=[A-Z\"“‘'])")
_COLON = re.compile(r"(?P<place>[A-Z][A-Z.'’\- ]{2,30}):\s+(?=[A-Z\"“‘'])")


@dataclass(frozen=True, slots=True)
class Filed:
    """A dateline as it stands at the start of a text: [0:end] in code points, and the spans of what it names.

    ``places`` holds the city and, where it is said ("KYIV, Ukraine"), what it lies in.
    """

    end: int
    places: tuple[tuple[int, int], ...]
    agency: tuple[int, int] | None


def filed(text: str) -> Filed | None:
    """The dateline that the text starts with, or None.

    Without an agency the place must be in capitals: "Paris - a city of light" opens with no dateline.
    """
    head = text[:120].split("\n", 1)[0]
    if found := _WITH_AGENCY.match(head):
        return Filed(found.end(), _places(found), found.span("agency"))
    for pattern in (_DASHED, _COLON):
        if (found := pattern.match(head)) and found["place"].isupper() and len(found["place"]) > 2:
            return Filed(found.end(), _places(found), None)
    return None


def _places(found: re.Match[str]) -> tuple[tuple[int, int], ...]:
    return tuple(found.span(group) for group in ("place", "within") if found.groupdict().get(group))


def dateline_of(text: str) -> Dateline | None:
    """The same as the event's field: place in normal case, agency as signed."""
    dateline = filed(text)
    if dateline is None:
        return None
    places = [text[start:end] for start, end in dateline.places]
    return Dateline(
        text=text[: dateline.end].rstrip(),
        place=", ".join(title_cased(place) if place.isupper() else place for place in places) or None,
        agency=text[slice(*dateline.agency)] if dateline.agency else None,
    )
