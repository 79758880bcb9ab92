"""Write XHTML as HTML: read as HTML, an empty ``<script/>`` or ``<title/>`` would swallow the page behind it."""

import html
import re

from stream.cleaning.decode.media_types import media_type

_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_RAW = frozenset({"script", "style"})
_TOKEN = re.compile(
    r"<!--|<!\[CDATA\[|<([A-Za-z][^\s/<>]*+)((?:[^<>\"']++|\"[^\"<]{0,5000}+\"|'[^'<]{0,5000}+')*+)>", re.DOTALL
)
_DECLARED = re.compile(r"\s*<\?xml\s")
MAX_CHARS = 20_000_000


def is_xhtml(content_type: str | None, text: str) -> bool:
    """Whether the page was served as XML, or begins as XML does."""
    return media_type(content_type) == "application/xhtml+xml" or _DECLARED.match(text) is not None


def write_as_html(text: str) -> str:
    """The same page with its empty elements closed by a tag of their own, and its CDATA sections as plain text."""
    pieces: list[str] = []
    begin = position = 0
    while position < min(len(text), MAX_CHARS) and (token := _TOKEN.search(text, position)) is not None:
        position = token.end()
        name = (token[1] or "").lower()
        if token[0] == "<!--":
            position = _behind(text, "-->", position)
        elif token[0] == "<![CDATA[":
            position = _behind(text, "]]>", position)
            pieces += (text[begin : token.start()], html.escape(text[token.end() : position - 3], quote=False))
            begin = position
        elif token[2].endswith("/") and name not in _VOID:
            pieces.append(f"{text[begin : token.end() - 2]}></{token[1]}>")
            begin = position
        elif name in _RAW:
            position = _behind(text, f"</{token[1]}", position)
    return "".join(pieces) + text[begin:] if pieces else text


def _behind(text: str, mark: str, position: int) -> int:
    found = text.find(mark, position)
    return len(text) if found < 0 else found + len(mark)
