"""Find where and by which agency the report was filed, as the article's own text says."""

import re
from collections.abc import Sequence

from stream.cleaning.dateline import closing_agency, read_dateline
from stream.cleaning.metadata.found import Found

_BRACKET = re.compile(r"[(\[]")

MAX_PARAGRAPHS = 3  # in which a dateline may stand: a summary may come before it


def find_dateline(body: Sequence[str], found: Found) -> None:
    """``body`` are the article's paragraphs."""
    for paragraph in body[:MAX_PARAGRAPHS]:
        dateline = read_dateline(paragraph)
        if dateline:
            found.put("dateline", dateline, "body")
            # In brackets it says who filed it, where a byline's agency may have helped only; bare it may be a word.
            if dateline.agency and _BRACKET.search(dateline.text):
                found.values.pop("agency", None)
            found.put("agency", dateline.agency, "body")
            break
    if body:
        found.put("agency", closing_agency(body[-1]), "body")
