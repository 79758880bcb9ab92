"""Compile what the Unicode CLDR knows of written dates: ``python -m training.dates`` (seconds; needs Babel).

CLDR is kept by the people who write these languages. ``stream/cleaning/models/dates.json`` gets of each language that
Babel has the months' names, the words for the halves and parts of the day, and the order of day, month and year; of
regions only where they write another order. The months of the one calendar that Babel does not carry stand below.
"""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import babel
from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.localedata import locale_identifiers

from stream.cleaning.metadata.date_folding import fold_date, letters_of
from stream.entities.tables.read import read_list

TABLE = Path(__file__).resolve().parents[2] / "stream" / "cleaning" / "models" / "dates.json"
HEAD = (
    f"Made by training/dates with Babel {babel.__version__} from the Unicode CLDR. Copyright 1991-2026 Unicode, Inc. "
    "Unicode License v3; see NOTICE."
)
MONTHS = 12
YEARS = range(2000, 2027)
OFFICIAL = ("official", "de_facto_official")
IN_NUMBERS = frozenset({"zh", "ja", "ko", "vi"})  # languages that call the months so
CONSTRUCTED = frozenset({"eo", "ia", "ie", "vo"})
STYLISED = frozenset({"Dsrt", "Shaw"})  # scripts that English is written in by hobbyists
HALVES = {"am": (0, 12), "pm": (12, 24)}

_SYMBOL = re.compile(r"([yMd])\1*")
_BEFORE_NAME = re.compile(r"^(?:d['’]|(?:de|di|da|an|am|dhen|mis|oshù|oṣù)\s)")  # forms of "of" and "month"
_QUOTED = re.compile(r"'[^']*'")
# Abbreviations that readers and programs use beside CLDR's.
_MORE = {
    "en": {"sept": 9},
    "de": {"mrz": 3, "dez": 12, "jän": 1, "maerz": 3, "feber": 2},
    "fr": {"fév": 2, "juil": 7, "jul": 7},
    "it": {"genn": 1, "sett": 9},
    "es": {"setiembre": 9},
    "pt": {"fev": 2},
    "pl": {"paź": 10},
    "ro": {"sept": 9},
    "hi": {"फरवरी": 2, "सितम्बर": 9, "नवम्बर": 11, "दिसम्बर": 12, "जुलाइ": 7, "अक्तूबर": 10},
}  # fmt: skip
# Sinhala papers write the Gregorian months; CLDR has those of the Buddhist calendar's names.
_SINHALA = "ජනවාරි පෙබරවාරි මාර්තු අප්‍රේල් මැයි ජූනි ජූලි අගෝස්තු සැප්තැම්බර් ඔක්තෝබර් නොවැම්බර් දෙසැම්බර්"
_MORE["si"] = {name: month for month, name in enumerate(_SINHALA.split(), 1)}
# Words that programs and papers of a language write beside CLDR's, with the hours that they stand for.
_MORE_HALVES = {
    "ar": {"ص": (0, 12), "م": (12, 24), "صباحا": (0, 12), "مساء": (12, 24), "ظهرا": (11, 16), "عصرا": (12, 20)},
    "el": {"π.μ": (0, 12), "μ.μ": (12, 24), "πμ": (0, 12), "μμ": (12, 24)},
    "vi": {"sa": (0, 12), "ch": (12, 24)},
    "zh": {"晚": (17, 24), "早": (0, 12)},
    "hi": {"पूर्वाह्न": (0, 12), "अपराह्न": (12, 24), "एएम": (0, 12), "पीएम": (12, 24)},
    "bn": {"এএম": (0, 12), "পিএম": (12, 24)},
    "tr": {"öö": (0, 12), "ös": (12, 24)},
    "fa": {"ق.ظ": (0, 12), "ب.ظ": (12, 24)},
}
# Solar Hijri (Iran, Afghanistan in Dari and Pashto): months 1 to 12.
PERSIAN = (
    "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند",
    "حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدی دلو حوت",
    "وری غویی غبرګولی چنګاښ زمری وږی تله لړم لیندۍ مرغومی سلواغه کب",
)


def main() -> None:
    table = {"source": HEAD, **compile_table()}
    TABLE.write_text(json.dumps(table, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n", "utf-8")


def compile_table() -> dict[str, Any]:
    """Languages by code; ``orders`` of them and of the regions that differ.

    ``fillers`` are the words between day, month and year ("de", "gada"), ``dotted`` the languages that write 10.30.
    """
    languages: dict[str, dict[str, Any]] = {}
    orders: dict[str, str] = {}
    fillers: set[str] = set()
    dotted: set[str] = set()
    for code, locale in sorted(_list_locales(), key=lambda one: len(str(one[1]))):  # a language before its regions
        names = dict(_list_months(locale))
        if len(set(names.values())) < MONTHS and code not in IN_NUMBERS:
            continue
        _add(languages.setdefault(code, {"months": {}, "parts": {}}), names, _list_day_parts(locale))
        fillers.update(_list_fillers(locale))
        if not locale.territory and "H.mm" in locale.time_formats["short"].pattern:
            dotted.add(code)
        order = _order(locale)
        if not locale.territory or orders.get(code) != order:
            orders.setdefault(f"{code}-{locale.territory.lower()}" if locale.territory else code, order)
    for code, entry in languages.items():
        entry["months"].update(_MORE.get(code, {}))
        entry["parts"].update(
            {letters_of(fold_date(word)): hours for word, hours in _MORE_HALVES.get(code, {}).items()}
        )
    persian = {name: month for line in PERSIAN for month, name in enumerate(line.split(), 1)}
    return {
        "languages": languages,
        "orders": orders,
        "fillers": sorted(fillers),
        "dotted": sorted(dotted),
        "persian": persian,
        **_compile_offsets(languages),
    }


def _compile_offsets(languages: Iterable[str]) -> dict[str, dict[str, list[int]]]:
    """The minutes from UTC that clocks in a country show or have shown, and those of all countries of a language.

    Countries stand under their domains, but for those that are sold to everybody.
    """
    sold = read_list("domains_sold_to_all.txt")
    by_country = {
        country: sorted({_offset(zone, year, month) for zone in zones for year in YEARS for month in (1, 7)})
        for country, zones in get_global("territory_zones").items()
        if len(country) == 2
    }
    of_language: dict[str, set[int]] = {}
    for country, spoken in get_global("territory_languages").items():
        for tag, facts in spoken.items():
            if facts["official_status"] in OFFICIAL:
                of_language.setdefault(tag.partition("_")[0], set()).update(by_country.get(country, ()))
    domains = {{"GB": "uk"}.get(country, country.lower()): minutes for country, minutes in by_country.items()}
    return {
        "offsetsOfDomains": {domain: minutes for domain, minutes in domains.items() if minutes and domain not in sold},
        "offsetsOfLanguages": {code: sorted(of_language[code]) for code in languages if of_language.get(code)},
    }


def _offset(zone: str, year: int, month: int) -> int:
    offset = datetime(year, month, 1, 12, tzinfo=ZoneInfo(zone)).utcoffset()
    assert offset is not None
    return offset // timedelta(minutes=1)


def _add(entry: dict[str, Any], names: dict[str, int], parts: Iterable[tuple[str, tuple[int, int]]]) -> None:
    """What a language's locale says first stands."""
    for name, month in names.items():
        entry["months"].setdefault(name, month)
    for word, hours in parts:
        entry["parts"].setdefault(word, hours)


def _list_locales() -> Iterator[tuple[str, Locale]]:
    """The languages that have a code of two letters, and so pages."""
    for identifier in locale_identifiers():
        try:
            locale = Locale.parse(identifier)
        except UnknownLocaleError:
            continue
        code = {"nb": "no", "nn": "no"}.get(locale.language, locale.language)
        if (len(code) == 2 or code == "fil") and code not in CONSTRUCTED and locale.script not in STYLISED:
            yield code, locale


def _list_months(locale: Locale) -> Iterator[tuple[str, int]]:
    """The months' names as they stand in texts: also with what the language's own date forms glue to them."""
    affixes = {("", ""), *_list_affixes(locale)}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for month, name in locale.months[context][width].items():
                for before, behind in affixes:
                    word = _BEFORE_NAME.sub("", (before + name + behind).lower()).strip(". ")
                    if len(word) > 1 and word.count(" ") < 2 and not re.search(r"\d", word):
                        yield word, month


def _list_affixes(locale: Locale) -> Iterator[tuple[str, str]]:
    for width in ("full", "long", "medium"):
        pattern = locale.date_formats[width].pattern
        for piece in pattern.replace("\u202f", " ").split():
            found = re.fullmatch(r"d?((?:'[^']*'|[^\W\d_dyMLEG'])*)[ML]{3,4}((?:'[^']*'|[^\W\d_dyMLEG'])*)[.,]?", piece)
            if found and (found[1] or found[2]):
                yield found[1].replace("'", ""), found[2].replace("'", "")


def _list_fillers(locale: Locale) -> Iterator[str]:
    """The words that stand between the parts of a date."""
    for width in ("full", "long", "medium"):
        for quoted in _QUOTED.findall(locale.date_formats[width].pattern):
            yield from re.findall(r"[^\W\d_]+'?", fold_date(quoted.strip("'")))


def _list_day_parts(locale: Locale) -> Iterator[tuple[str, tuple[int, int]]]:
    """Each word for a part of the day, with the hours that it stands for."""
    spans = {**HALVES, **dict(_list_spans(locale))}
    names = [
        named
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated", "narrow")
        for named in locale.day_periods.get(context, {}).get(width, {}).items()
    ]
    for period, name in sorted(names, key=lambda named: named[0] not in HALVES):
        word = letters_of(fold_date(name))
        is_bare = len(word) == 1 and word < "\u0590"  # "a", "p", "а": words of their own
        if period in spans and word and not is_bare and not re.search(r"\d", word):
            yield word, spans[period]


def _list_spans(locale: Locale) -> Iterator[tuple[str, tuple[int, int]]]:
    rules: Iterable[tuple[str, Any]] = (locale.day_period_rules.get(None) or {}).items()
    for period, spans in rules:
        for span in spans:
            if "from" in span and "before" in span:
                begin, end = span["from"] // 3600, span["before"] // 3600
                yield period, (begin, end if end > begin else end + 24)


def _order(locale: Locale) -> str:
    """How the language writes a date in numbers: "dmy", "mdy" or "ymd" and the sign between, as in "dmy."."""
    pattern = _QUOTED.sub("", locale.date_formats["short"].pattern)
    found = list(_SYMBOL.finditer(pattern))
    return "".join(one[1] for one in found).lower() + pattern[found[0].end() :][:1]


if __name__ == "__main__":
    main()
