"""Bring written dates to one plain form, so that one set of patterns reads all scripts' digits, capitals and marks."""

from unicodedata import combining, decimal, decomposition, normalize

_PLAIN = {
    "\N{MINUS SIGN}": "-",
    "\N{NON-BREAKING HYPHEN}": "-",
    "\N{HYPHEN}": "-",
    "\N{ARABIC COMMA}": ",",
    "\N{IDEOGRAPHIC COMMA}": ",",
    "\N{FRACTION SLASH}": "/",
    "\N{LATIN SMALL LETTER DOTLESS I}": "i",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "\N{LEFT SINGLE QUOTATION MARK}": "'",
    "\N{MODIFIER LETTER APOSTROPHE}": "'",
    "\N{ARABIC LETTER YEH}": "\N{ARABIC LETTER FARSI YEH}",
    "\N{ARABIC LETTER KAF}": "\N{ARABIC LETTER KEHEH}",
}
_NO_LETTERS = str.maketrans("", "", " .,()\u202f\xa0")
_HANGUL = range(0xAC00, 0xD7A4)


class _Folding(dict[str, str]):
    """What each character becomes; worked out once."""

    def __missing__(self, char: str) -> str:
        self[char] = folded = _fold(char)
        return folded


def _fold(char: str) -> str:
    if char in _PLAIN:
        return _PLAIN[char]
    if char.isdecimal():
        return str(decimal(char))
    if ord(char) in _HANGUL:
        return char
    if decomposition(char).startswith(("<wide>", "<narrow>")):
        char = normalize("NFKC", char)
    plain = "".join(part for part in normalize("NFD", char.casefold()) if not combining(part))
    return "".join(_PLAIN.get(part, part) for part in plain if part.isprintable() or part.isspace())


_FOLDED = _Folding()


def fold_date(text: str) -> str:
    """Lower case without marks, digits as 0-9, and nothing that only steers how text is laid out."""
    return text.lower() if text.isascii() else "".join(map(_FOLDED.__getitem__, text))


def fold_with_places(text: str) -> tuple[str, list[int] | None]:
    """The same, and for each character which one of ``text`` it comes from (None: each from its own)."""
    if text.isascii():
        return text.lower(), None
    pieces = [_FOLDED[char] for char in text]
    places = [place for place, piece in enumerate(pieces) for _ in piece]
    return "".join(pieces), [*places, len(text)]


def letters_of(folded: str) -> str:
    """Without the dots and spaces that some put into "p. m." and others do not."""
    return folded.translate(_NO_LETTERS)
