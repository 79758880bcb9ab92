"""What a sum of money is worth, so that "$2.5 million" and "2,500,000 dollars" have one key."""

import re
from decimal import Decimal
from functools import lru_cache

from stream.entities.tables.currencies import SCALES, find_currency_key

_WORDS = frozenset({"WON"})  # three letters, and no code
_SUM = re.compile(
    r"(?P<before>[^\d]*?)\s*(?P<amount>\d[\d,]*(?:\.\d+)?)[\s-]?(?P<scale>[^\W\d_]+\b)?\s*(?P<after>.*)", re.DOTALL
)


_DOLLARS = {"au": "AUD", "ca": "CAD", "hk": "HKD", "nz": "NZD", "sg": "SGD", "tw": "TWD", "us": "USD"}
_YENS = {"jp": "JPY", "cn": "CNY"}
_AT_HOME = {"$": _DOLLARS, "¥": _YENS}
_ABROAD = {"$": "USD", "POUND": "GBP", "POUNDS": "GBP", "YENS": "JPY"}
_ISO_CODE = re.compile(r"[A-Z]{3} [\d.]+")


def value_of_sum(normalised: str, domain: str) -> str | None:
    """ISO 4217 code and amount of a normalised sum; None where what is written does not tell the currency.

    ``domain`` is the last label of the publisher's host: a paper in Canada means Canada's dollars.
    """
    currency, _, amount = normalised.rpartition(" ")
    code = _AT_HOME.get(currency, {}).get(domain) or _ABROAD.get(currency, currency)
    value = f"{code} {amount}"
    return value if _ISO_CODE.fullmatch(value) and code not in _WORDS else None


@lru_cache(maxsize=2048)
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
