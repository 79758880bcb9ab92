"""People whom articles name by surname alone, so that "Trump" and "Donald Trump" are one person across articles."""

from stream.entities.names import fold
from stream.entities.tables.read import TABLES, read_rows

_ROWS = list(read_rows(TABLES / "household_names.tsv", 1, 2))

HOUSEHOLD_NAMES = frozenset(surname for surname, *_ in _ROWS)
"""The surnames, as written."""

_FULL = {fold(surname): fold(full) for surname, *names in _ROWS for full in names}


def expand_surname(folded: str) -> str:
    """The folded full name of whom everybody means by a folded surname; the name itself where that is nobody."""
    return _FULL.get(folded, folded)
