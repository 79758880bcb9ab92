"""What the gold says of a page's fields, in the form in which it can be compared.

Headline, publisher and authors are compared by their letters and digits without case, ``datePublished`` by the day in
either's zone. Authors are sets; names of the site and of agencies are no people, so they count on neither side.
"""

import re
import unicodedata
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from stream.cleaning.agencies import agency_of
from stream.cleaning.metadata.dates import read_date

# What stands for a desk or a company in the gold's author fields: the event's authors are people.
NO_PERSON = re.compile(
    r"redaktion|redazione|staff|desk|team|pressestelle|admin|unknown|nachrichten|newsroom|://|新聞|デジタル|online",
    re.I,
)


def folded(text: str | None) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", text or "").casefold() if char.isalnum())


def same_day(found: str | None, gold: str) -> bool:
    """Whether both name one day, read in the zone of either."""
    mine, theirs = (read_date(text, day_first=True) if text else None for text in (found, gold))
    if mine is None or theirs is None:
        return False
    if mine.day == theirs.day:
        return True
    instants = [datetime.fromisoformat(date.value) for date in (mine, theirs) if len(date.value) > 16]
    if len(instants) < 2 or any(moment.tzinfo is None for moment in instants):
        return False
    return instants[0].astimezone(UTC) == instants[1].astimezone(UTC)


def gold_authors(page: dict[str, Any]) -> set[str] | None:
    """The people of the gold, as folded names; None where the page has no gold, or a date for one."""
    gold = page["gold"].get("authors")
    if not gold or re.search(r"\d{4}", str(gold)):
        return None
    parts = gold if isinstance(gold, list) else re.split(r"\s*[;,/]\s*|\s+(?:and|und|&|et)\s+", gold)
    return people(parts, page)


def people(names: Any, page: dict[str, Any]) -> set[str]:
    """Folded names without "By", agencies, desks, addresses and the site's own name."""
    host = folded((urlsplit(page["url"] or "").hostname or "").removeprefix("www."))
    site = folded(page["gold"].get("site"))
    kept = set()
    for name in names:
        name = re.sub(r"^(?:by|von)\s+", "", name.strip(), flags=re.IGNORECASE)
        key = folded(name)
        if not key or agency_of(name) or NO_PERSON.search(name) or (len(key) > 2 and key in host) or key == site:
            continue
        kept.add(key)
    return kept
