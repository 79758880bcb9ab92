"""What other languages call countries every day: no list of full names has EUA, США and 美国."""

from collections import defaultdict

from stream.entities.tables.read import TABLES, read_rows

MAX_SHORT = 3  # letters of a name that is told from words by its capitals alone

_AS_WRITTEN: dict[str, dict[str, str]] = defaultdict(dict)
for _language, _english, *_names in read_rows(TABLES / "country_names.tsv", 3, None, keys=slice(0)):
    _AS_WRITTEN[_language].update(dict.fromkeys(_names, _english))
_FOLDED = {
    language: {name.casefold(): english for name, english in names.items() if len(name) > MAX_SHORT}
    for language, names in _AS_WRITTEN.items()
}


def find_english_name(language: str, name: str) -> str | None:
    """The English name of the country or part of one that a language (ISO 639-1) so calls; None if it calls none so."""
    return _AS_WRITTEN.get(language, {}).get(name) or _FOLDED.get(language, {}).get(name.casefold())


def list_names(*languages: str) -> tuple[str, ...]:
    """All everyday names of the languages, or of every one if none is given, as written."""
    return tuple(dict.fromkeys(name for language in languages or _AS_WRITTEN for name in _AS_WRITTEN.get(language, ())))
