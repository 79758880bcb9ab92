"""Find where and by whom a report was filed, from what stands before its first sentence or behind its last one."""

import re

from stream.cleaning.agencies import SIGNATURES, agency_of, signed_agency
from stream.cleaning.particles import IN_DATELINES
from stream.events import Dateline

HEAD = 160  # characters that a dateline may reach into
MAX_SIGNATURE = 40  # of a line that holds agencies and nothing else
MAX_PLACE = 80  # of them, up to the sign behind a place

_AGENCY = "|".join(map(re.escape, SIGNATURES))
_WORD = r"[^\W\d_](?:[^\W\d_]|['’.\-])*"
_PLACE = rf"{_WORD}(?:\s{_WORD}){{0,3}}(?:,\s{_WORD}(?:\s{_WORD}){{0,2}}|\s\[{_WORD}\])?(?:/{_WORD}(?:\s{_WORD})?)?"
_DAY = (
    r"(?:[^\W\d_]{3,9}day,?\s)?(?:[^\W\d_]{3,9}\.?\s\d{1,2}|\d{1,2}\.?\s(?:de\s)?[^\W\d_]{3,9}\.?|\d{1,2}\.\d{1,2}\.)"
    r"(?:,?\s\d{4})?"
)
_DASH = r"(?:\s*(?:—|–|--|―|−)\s*|\s+-\s+|(?<=[.)\]])\s?-\s*)"
_END = rf"(?:\.?{_DASH}|:\s+|\s*(?=[\"“„«‘'A-ZÀ-ÞА-Я]))"
_SIGNED = (
    rf"[(\[]\s*(?P<agency>(?:{_AGENCY})(?:\s?[/,&+]\s?[^()\[\]\d]{{2,30}})?)(?:\s?[/,]\s?\d[^()\[\]]{{0,12}})?\s*[)\]]"
)

# "MOSCOW (AP) —", "WASHINGTON, Nov 3 (Reuters) -", "BEIJING, Nov. 3 (Xinhua) --", "(dpa) ", "BERLIN, 3. Nov (dpa) -"
_WITH_AGENCY = re.compile(rf"\s*(?:(?P<place>{_PLACE})(?:,\s{_DAY})?,?\s?(?:{_DASH})?)?{_SIGNED}{_END}")
# "Berlin/Paris dpa ", "Wien - APA: " and "PARIS, Reuters - ", whole words: VIENNA and HAVANA end with no agency
_BARE_AGENCY = re.compile(
    rf"\s*(?P<place>{_PLACE})(?:,?\s|\s?/\s?|{_DASH})(?P<agency>{_AGENCY})(?![^\W\d_])(?:{_DASH}|:\s+)"
)
# "PARIS — ", "KYIV, Ukraine — ", "LONDON, March 3 - ": the place in capitals
_PLACE_ALONE = re.compile(rf"\s*(?P<place>{_PLACE})(?:,\s{_DAY})?{_DASH}(?=[\"“„«‘'A-ZÀ-ÞА-Я\d])")
# "新华社北京11月3日电" and "【共同】"
_CJK = re.compile(
    r"\s*[（(【]?(?P<agency>新华社|新華社|中新社|中新网|中央社|共同|時事)[】]?(?P<place>[\u3400-\u9fff]{2,6}?)?\d{0,2}月?\d{1,2}日电[）)]?\s*"
)
_SIGN = re.compile(r"—|–|--|\s[-―−]\s|:\s")
_CAPITALS = re.compile(r"\s*\w[\w.'’]*[A-ZÀ-ÞА-Я]")  # the first word is in capitals, but for an "in" or "de"
_PARTS = re.compile(
    r"\s*(?:[/,;|(){}\[\]]|\s[-–—]\s|\b(?:by|von|par|por|di|from|and|und|et|y|e|with|mit|avec|con|via)\s)\s*", re.I
)
_MATERIAL = frozenset("material information informationen información files input agencies agenturen agencias".split())
_CREDIT = re.compile(
    r"\W*(?:sources?|quellen?|fuentes?|fonte[si]?|bron|källa|källor|kilder?|lähde|źródł[oa]|zdroj|forrás|sursa|izvor|kaynak|"
    r"allikas|avots|šaltinis|nguồn|sumber|πηγή|источник[иа]?|джерело|източник|المصدر|מקור|स्रोत|出典|来源|來源|출처|"
    r"agency|agentur|agence|agencia|agenzia)\s*[:：]\s*",
    re.IGNORECASE,
)
_CLOSING = re.compile(rf"[(\[]\s*(?P<agency>(?:{_AGENCY})(?:\s?[/,&+]\s?[^()\[\]]{{2,24}})?)\s*[)\]]\.?\s*$")


def read_dateline(text: str) -> Dateline | None:
    """The dateline that an article's first paragraph begins with, or None.

    Without an agency the place must be in capitals: "Paris - a city of light" is no dateline.
    """
    head = text[:HEAD]
    found = _CJK.match(head)
    if not found and ("(" in head or "[" in head):
        found = _WITH_AGENCY.match(head)
    sign = _SIGN.search(head, 0, MAX_PLACE) if not found else None
    if sign:
        second = _SIGN.search(head, sign.end(), MAX_PLACE)
        found = _BARE_AGENCY.match(head, 0, sign.end()) or (
            _BARE_AGENCY.match(head, 0, second.end()) if second else None
        )
    if found:
        place = found["place"]
        if place and place.split()[-1].islower():  # "KVELLER via JTA"
            place = None
        return Dateline(
            text=found[0].strip(), place=_normal_case(place) if place else None, agency=signed_agency(found["agency"])
        )
    found = _PLACE_ALONE.match(head) if sign and _CAPITALS.match(head) else None
    if found and _in_capitals(found["place"]):
        return Dateline(text=found[0].strip(), place=_normal_case(found["place"]))
    return None


def agency_in_byline(byline: str) -> str | None:
    """The agency named in "By JOHN DOE, Associated Press", "von dpa" or "Ann Ek dpa": a whole part, or its last word.

    Any other word may be a person's: Petra, Ana, Sana.
    """
    for part in _PARTS.split(byline[:HEAD]):
        last = part.rpartition(" ")[2]
        is_sign = last != part and not part.isupper() and (last.isupper() or last.islower() or last == "Reuters")
        agency = agency_of(part) or (agency_of(last) if is_sign else None)
        if agency:
            return agency
    return None


def credited_agency(text: str) -> str | None:
    """The agency in a line that says where the report is from: "Quelle: sid/dpa", "(APA)", "Avec AFP"."""
    if len(text) <= MAX_SIGNATURE:
        parts = [part for part in _PARTS.split(text) if part and part.casefold() not in _MATERIAL]
        agencies = [agency_of(part) for part in parts]
        if agencies and all(agencies):
            return agencies[0]
    found = _CREDIT.match(text[:HEAD]) if ":" in text or "：" in text else None
    return agency_in_byline(text[found.end() : HEAD]) if found else None


def closing_agency(text: str) -> str | None:
    """The agency in brackets behind an article's last words: "… said. (Reuters)"."""
    found = _CLOSING.search(text[-80:])
    return signed_agency(found["agency"]) if found else None


def _in_capitals(place: str) -> bool:
    """Whether the place, up to its country or state, is in capitals; one letter is no place."""
    city = place.partition(",")[0]
    return city.isupper() and sum(map(str.isalpha, city)) > 2


def _normal_case(place: str) -> str:
    """MOSCOW -> Moscow, ST. PETERSBURG, Russia -> St. Petersburg, Russia; what is not in capitals stays."""
    place = re.sub(r"\s\[(.+)\]$", r", \1", place.strip())
    words = [_title(word) if word.isupper() and len(word.strip(".,")) > 1 else word for word in place.split()]
    return " ".join(words)


def _title(word: str) -> str:
    if word.count(".") > 1:  # U.S., D.C.
        return word
    if word.lower() in IN_DATELINES:
        return word.lower()
    return re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), word)
