"""Set a field's text as readers see it, for pages encode it twice and hide hyphens in it."""

import html
import re

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1b\x7f\xad\u200b\u2060\ufeff]+")  # controls, soft hyphens, zero-width spaces


def as_shown(text: str) -> str:
    """The text with its entities decoded, single spaces and nothing that nobody sees.

    Only what ends with a semicolon is an entity: "AT&T", "?a=1&copy=2".
    """
    for _ in range(2):
        if "&" in text:
            text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    if text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join(_UNSEEN.sub("", text).split())
