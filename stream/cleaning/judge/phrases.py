"""Search for any of several phrases, in the languages that most pages are in."""

import re


def any_of(*patterns: str) -> re.Pattern[str]:
    """One pattern of many, in any case."""
    return re.compile("|".join(patterns), re.IGNORECASE)
