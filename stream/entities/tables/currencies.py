"""How sums of money are written, once for those who find sums in a text and for those who compare them."""

from stream.entities.tables.read import TABLES, read_pairs, read_rows

MAX_POWER = 15
FORMS = ("sign", "code", "word", "spelling")

_ROWS = list(read_rows(TABLES / "currencies.tsv", 2, 3, choices={1: FORMS}))

SIGNS, CODES, WORDS = (
    tuple(written for written, form, *_ in _ROWS if form == wanted) for wanted in ("sign", "code", "word")
)
_KEYS = {written.lower(): key for written, _, *keys in _ROWS for key in keys}


SCALES = {
    word: int(power)
    for word, power in read_pairs("scales.tsv", {1: [str(power) for power in range(1, MAX_POWER + 1)]}).items()
}
"""Word or letter that multiplies an amount to its power of ten."""


def find_currency_key(written: str) -> str:
    """The currency of a sum in the events' terms: its ISO 4217 code ("rupees" to "INR"), or as written in capitals."""
    return _KEYS.get(written, written.upper())
