"""What a sum of money is worth, so that "$2.5 million" and "2,500,000 dollars" have one key."""

import re
from decimal import Decimal

from stream.entities.tables.currencies import SCALES, find_currency_key

_SUM = re.compile(
    r"(?P<before>[^\d]*?)\s*(?P<amount>\d[\d,]*(?:\.\d+)?)[\s-]?(?P<scale>[^\W\d_]+\b)?\s*(?P<after>.*)", re.DOTALL
)


def normalise_sum(surface: str) -> str:
    """Currency and amount of a sum as ``patterns.py`` finds them, such as "EUR 20000000"."""
    found = _SUM.fullmatch(surface.lower())
    if found is None:
        return surface.lower()
    scale, after = found["scale"] or "", found["after"]
    if scale not in SCALES:
        scale, after = "", f"{scale} {after}".strip()
    currency = (after or found["before"]).strip()
    amount = Decimal(found["amount"].replace(",", "")).scaleb(SCALES.get(scale, 0))
    return f"{find_currency_key(currency)} {amount:f}"
