"""What a sum of money is worth, so that "$2.5 million" and "2,500,000 dollars" have one key."""

import re
from decimal import Decimal

# ISO 4217 where the sign or the word names one currency; dollars and pounds of many countries keep their name.
_CURRENCIES = {
    "€": "EUR", "euro": "EUR", "euros": "EUR", "£": "GBP", "₹": "INR", "rs": "INR", "rs.": "INR", "rupee": "INR",
    "rupees": "INR", "₽": "RUB", "rouble": "RUB", "roubles": "RUB", "ruble": "RUB", "rubles": "RUB", "₩": "KRW",
    "₺": "TRY", "₪": "ILS", "shekel": "ILS", "shekels": "ILS", "₦": "NGN", "naira": "NGN", "yen": "JPY", "yuan": "CNY",
    "renminbi": "CNY", "zloty": "PLN", "rm": "MYR", "us$": "USD", "us dollars": "USD", "u.s. dollars": "USD",
    "c$": "CAD", "ca$": "CAD", "canadian dollars": "CAD", "a$": "AUD", "au$": "AUD", "australian dollars": "AUD",
    "nz$": "NZD", "new zealand dollars": "NZD", "hk$": "HKD", "hong kong dollars": "HKD", "s$": "SGD",
    "singapore dollars": "SGD", "r$": "BRL", "reais": "BRL", "dollar": "$", "dollars": "$",
}  # fmt: skip
_SCALES = {
    "hundred": 2, "thousand": 3, "k": 3, "lakh": 5, "million": 6, "mn": 6, "m": 6, "crore": 7, "billion": 9, "bn": 9,
    "b": 9, "trillion": 12, "tn": 12,
}  # fmt: skip
_SUM = re.compile(
    r"(?P<before>[^\d]*?)\s*(?P<amount>\d[\d,]*(?:\.\d+)?)[\s-]?(?P<scale>[^\W\d_]+\b)?\s*(?P<after>.*)", re.DOTALL
)


def worth(surface: str) -> str:
    """Currency and amount of a sum as ``patterns.py`` finds them, such as "EUR 20000000"."""
    found = _SUM.fullmatch(surface.lower())
    if found is None:
        return surface.lower()
    scale, after = found["scale"] or "", found["after"]
    if scale not in _SCALES:
        scale, after = "", f"{scale} {after}".strip()
    currency = (after or found["before"]).strip()
    amount = Decimal(found["amount"].replace(",", "")).scaleb(_SCALES.get(scale, 0))
    return f"{_CURRENCIES.get(currency, currency.upper())} {amount:f}"
