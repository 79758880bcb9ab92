"""Tell HTML, text and everything else apart, by what the server says and by what the bytes are."""

import re
from typing import Literal

Kind = Literal["html", "text"]

SNIFF_CHARS = 1 << 16
MIN_TAGS = 3  # closing tags from which a text without a declared type is HTML: prose that mentions one stays text

# First bytes of formats that are neither HTML nor text, after the WHATWG MIME Sniffing Standard and file(1).
_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", "a PDF document"),
    (0, b"%!PS-Adobe", "a PostScript document"),
    (0, b"{\\rtf", "an RTF document"),
    (0, b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (0, b"\xff\xd8\xff", "a JPEG image"),
    (0, b"GIF87a", "a GIF image"),
    (0, b"GIF89a", "a GIF image"),
    (0, b"II*\x00", "a TIFF image"),
    (0, b"MM\x00*", "a TIFF image"),
    (0, b"\x00\x00\x01\x00", "an icon"),
    (8, b"WEBP", "a WebP image"),
    (8, b"WAVE", "a WAVE recording"),
    (8, b"AVI ", "an AVI video"),
    (4, b"ftyp", "an MP4, HEIC or AVIF file"),
    (0, b"ID3", "an MP3 recording"),
    (0, b"OggS", "an Ogg file"),
    (0, b"fLaC", "a FLAC recording"),
    (0, b"FLV\x01", "a Flash video"),
    (0, b"\x1aE\xdf\xa3", "a WebM or Matroska video"),
    (0, b"PK\x03\x04", "a ZIP archive or an office document"),
    (0, b"PK\x05\x06", "an empty ZIP archive"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (0, b"\x1f\x8b\x08", "a gzip archive that contentEncoding does not mention"),
    (0, b"BZh", "a bzip2 archive"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (0, b"Rar!\x1a\x07", "a RAR archive"),
    (0, b"\xfd7zXZ\x00", "an xz archive"),
    (0, b"\x28\xb5\x2f\xfd", "a zstd archive that contentEncoding does not mention"),
    (257, b"ustar", "a tar archive"),
    (0, b"\x7fELF", "a program"),
    (0, b"MZ\x90\x00", "a program"),
    (0, b"\xca\xfe\xba\xbe", "a Java class or a program"),
    (0, b"\x00asm", "a WebAssembly module"),
    (0, b"SQLite format 3\x00", "an SQLite database"),
    (0, b"wOFF", "a font"),
    (0, b"wOF2", "a font"),
    (0, b"\x00\x01\x00\x00\x00", "a font"),
    (0, b"OTTO\x00", "a font"),
)
_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_UNKNOWN_TYPES = frozenset({"", "application/octet-stream", "binary/octet-stream", "unknown/unknown", "*/*"})
_NO_PROSE = frozenset(
    """text/css text/javascript text/ecmascript text/csv text/tab-separated-values text/calendar text/vcard
    text/x-c text/x-python text/xml text/vtt""".split()
)

_HTML_ROOT = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_XML_ROOT = re.compile(r"<(rss|feed|rdf:RDF|urlset|sitemapindex|svg|opml|kml|gpx)\b")
_DOCTYPE = re.compile(r"<!DOCTYPE\s+(?!html)[^<>]*>", re.IGNORECASE)
_TAG = re.compile(
    r"</(?:p|div|span|a|li|ul|h[1-6]|td|table|title|head|body|html|article|section|script|style|b|i|em|strong|main|nav)"
    r"\s*>|<(?:p|div|br|hr|article|section|meta|link|img)\b[^<>]*>",
    re.IGNORECASE,
)
_ANY_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


def media_type(content_type: str | None) -> str:
    """The type without its parameters, in lower case."""
    return (content_type or "").partition(";")[0].strip().lower()


def binary_format(content: bytes) -> str | None:
    """The name of the format that the first bytes give away, for people; None for what may be text."""
    for offset, magic, name in _MAGIC:
        if content.startswith(magic, offset):
            return name
    return None


def refused_type(content_type: str | None, text: str) -> str | None:
    """Why this is no page, for people: a feed, or a declared type that is neither HTML nor prose; None for pages.

    Servers send error and login pages under the type of the file that was asked for: what begins as HTML is HTML.
    """
    if _HTML_ROOT.match(text, _root(text)):
        return None
    root = _XML_ROOT.match(text, _root(text))
    if root:
        return f"an XML document whose root is <{root[1]}>"
    kind = media_type(content_type)
    if kind in _HTML_TYPES or kind in _UNKNOWN_TYPES or (kind.startswith("text/") and kind not in _NO_PROSE):
        return None
    return f"contentType is {kind}"


def html_or_text(content_type: str | None, text: str) -> Kind:
    """What begins as HTML is HTML; what is declared as HTML and has no tag is text; else the tags decide."""
    if _HTML_ROOT.match(text, _root(text)):
        return "html"
    kind = media_type(content_type)
    if kind in _HTML_TYPES:
        return "html" if _ANY_TAG.search(text) else "text"
    if kind.startswith("text/"):
        return "text"
    tags = sum(1 for _ in _TAG.finditer(text, 0, SNIFF_CHARS))
    return "html" if tags >= MIN_TAGS else "text"


def _root(text: str) -> int:
    """Where the first element begins: behind white space, comments and XML's declarations."""
    position = 0
    while True:
        while position < len(text) and text[position].isspace():
            position += 1
        if text.startswith("<!--", position):
            end = text.find("-->", position) + 3
        elif text.startswith("<?", position):
            end = text.find(">", position) + 1
        else:
            found = _DOCTYPE.match(text, position)
            end = found.end() if found else 0
        if end <= position:
            return position
        position = end
