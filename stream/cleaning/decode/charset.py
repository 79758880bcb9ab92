"""Find out how a page's characters are encoded, from the best evidence to the weakest, and decode them."""

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from charset_normalizer import from_bytes

from stream.cleaning.decode.compression import UndecodableContent
from stream.cleaning.decode.neighbours import choose_neighbour, is_mostly_ascii

PRESCAN = 2048  # bytes; WHATWG looks at 1024, real pages put scripts before the meta element
SAMPLE = 8192  # bytes that the detector is given
MAX_CONTROL_SHARE = 0.02  # random bytes have a tenth of control characters, text has none

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

# Labels of the WHATWG Encoding Standard that mean another encoding than Python's of the same name, and those that
# Python does not know: encoding -> labels. Everything else goes by Python's own aliases.
_LABELS = {
    "cp1252": """ansi_x3.4-1968 ascii cp819 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987
        l1 latin1 us-ascii windows-1252 x-cp1252""",
    "cp1254": """csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5
        windows-1254 x-cp1254""",
    "cp874": "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874",
    "cp1250": "windows-1250 x-cp1250",
    "cp1251": "windows-1251 x-cp1251",
    "cp1253": "windows-1253 x-cp1253",
    "cp1255": "windows-1255 x-cp1255",
    "cp1256": "windows-1256 x-cp1256",
    "cp1257": "windows-1257 x-cp1257",
    "cp1258": "windows-1258 x-cp1258",
    "gb18030": "chinese csgb2312 gb18030 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk",
    "big5hkscs": "big5 big5-hkscs cn-big5 csbig5 x-x-big5",
    "cp949": "cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601"
    " ksc_5601 windows-949",
    "cp932": "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis",
    "euc_jp": "cseucpkdfmtjapanese euc-jp x-euc-jp",
    "iso8859-8": "csiso88598i iso-8859-8-i logical visual",
    "cp866": "866 cp866 csibm866 ibm866",
    "koi8_r": "cskoi8r koi koi8 koi8-r koi8_r",
    "koi8_u": "koi8-ru koi8-u",
    "mac_roman": "csmacintosh mac macintosh x-mac-roman",
    "mac_cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    "utf-8": "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8 x-user-defined",
    "utf-16-le": "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le",
    "utf-16-be": "unicodefffe utf-16be",
}
_CODECS = {label: codec for codec, labels in _LABELS.items() for label in labels.split()}
# The encodings of the web; the detector must not guess at mainframes' code pages. Its first guess is the commonest.
_DETECTABLE = (
    "cp1252 cp1251 cp1250 cp932 euc_jp iso2022_jp gb18030 big5 cp949 koi8_r cp1253 cp1254 cp1255 cp1256 cp1257 "
    "cp874 cp1258 iso8859_2"
).split()
_WIDE = frozenset("cp932 euc_jp iso2022_jp gb18030 big5 big5hkscs cp949".split())  # several bytes a character
_ESCAPED_JAPANESE = re.compile(rb"\x1b\$[@B].{0,2000}?\x1b\([BJ]", re.DOTALL)
_SEVEN_BIT = frozenset({"iso2022_jp", "iso-2022-jp", "hz"})

_META = re.compile(rb"""<meta\s[^<>]*?charset\s*=\s*["']?\s*([\w.:()-]+)""", re.IGNORECASE)
_XML = re.compile(rb"""\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:()-]+)""", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?(?:-->|$)", re.DOTALL)
_HTTP = re.compile(r"""charset\s*=\s*["']?\s*([\w.:()-]+)""", re.IGNORECASE)
_CONTROLS = bytes(byte for byte in range(0x20) if byte not in b"\t\n\r\f\x1b") + b"\x7f"
_HIDING = re.compile("utf.7|escape")
_NOT_ASCII = re.compile(rb"[\x80-\xff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Characters, the codec (Python's name) they were read with, and the evidence for it: bom, http, meta, detector.

    ``is_exact`` where no byte had to be replaced.
    """

    text: str
    charset: str
    source: str
    is_exact: bool = False


def decode_characters(content: bytes, content_type: str | None) -> Decoded:
    """Bytes to characters: byte order mark, then HTTP's charset, then the page's own, then a detector.

    A declared charset that most of the page contradicts does not count. Bytes that are valid UTF-8 are UTF-8: no
    text of another charset is so by accident. Raises ``UndecodableContent`` for bytes that fit no charset.
    """
    for mark, codec in _BOMS:
        if content.startswith(mark):
            return _check(Decoded(content[len(mark) :].decode(codec, "replace"), codec, "bom"))
    return _check(_decode_as_declared(content, content_type) or _decode_as_detected(content))


def codec_of(label: str) -> str | None:
    """Python's codec for a label of the WHATWG Encoding Standard, or None where there is none."""
    name = label.strip().lower()
    known = _CODECS.get(name)
    if known:
        return known
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    # UTF-7 and Python's escapes hide markup, and are the only ones that decode to lone surrogates.
    return info.name if info._is_text_encoding and not _HIDING.search(info.name) else None


def _check(decoded: Decoded) -> Decoded:
    """Refuse what no person ever wrote."""
    sample = decoded.text[:SAMPLE].encode("utf-8", "replace")
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls > MAX_CONTROL_SHARE * len(sample):
        share = controls / len(sample)
        raise UndecodableContent(
            f"{share:.0%} of the first characters are control characters: the bytes are no text ({decoded.charset})"
        )
    return decoded


def _decode_as_declared(content: bytes, content_type: str | None) -> Decoded | None:
    """The first declared charset that the bytes bear out."""
    for source, name in _list_declared(content, content_type):
        codec = codec_of(name)
        if codec is None or (source == "meta" and codec.startswith("utf-16")):
            codec = None if codec is None else "utf-8"  # who could read the meta element reads no UTF-16
        decoded = _try_codec(content, codec, source) if codec else None
        if decoded:
            return decoded
    return None


def _list_declared(content: bytes, content_type: str | None) -> Iterator[tuple[str, str]]:
    """What is said to be the charset, and where: by HTTP, then by the page itself."""
    found = _HTTP.search(content_type or "")
    if found:
        yield "http", found[1]
    label = _prescan(content)
    if label:
        yield "meta", label


def _prescan(content: bytes) -> str | None:
    """The charset that the page's own beginning declares."""
    head = _COMMENT.sub(b"", content[:PRESCAN])
    found = _META.search(head) or _XML.match(head)
    if not found:  # past the limit of the standard, but before the detector has to guess
        found = _META.search(content, 0, 1 << 16)
    return found[1].decode("ascii", "replace") if found else None


def _try_codec(content: bytes, codec: str, source: str) -> Decoded | None:
    """Decode with a declared charset; None where most of what is not ASCII does not fit it."""
    if codec not in _SEVEN_BIT and not codec.startswith("utf") and _NOT_ASCII.search(content) and _is_utf8(content):
        return None
    with suppress(UnicodeDecodeError):
        return Decoded(content.decode(codec), codec, source, is_exact=True)
    try:
        text = content.decode(codec, "replace")
    except (UnicodeError, LookupError, ValueError):
        return None
    wrong = text.count("\ufffd")
    if wrong and wrong * 2 > (len(text) - len(text.encode("ascii", "ignore"))):
        return None
    return Decoded(text, codec, source)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > len(content) - 4 and error.reason == "unexpected end of data"
    return True


def _decode_as_detected(content: bytes) -> Decoded:
    if _ESCAPED_JAPANESE.search(content) and not _NOT_ASCII.search(content):
        return Decoded(content.decode("iso2022_jp", "replace"), "iso2022_jp", "detector")
    if _is_utf8(content) and not content[:SAMPLE].count(0):
        return Decoded(content.decode("utf-8", "replace"), "utf-8", "detector")
    wide = _wide_codec(content)
    if wide:
        return Decoded(content.decode(wide, "replace"), wide, "detector")
    best = from_bytes(_sample(content), cp_isolation=_DETECTABLE, threshold=0.3, enable_fallback=False).best()
    codec = codec_of(best.encoding) or best.encoding if best is not None else None
    if codec is None or codec not in _WIDE or is_mostly_ascii(content):
        codec = choose_neighbour(content, codec) or codec
    if codec is None:
        raise UndecodableContent(f"{len(content)} bytes that fit no charset of the web")
    return Decoded(content.decode(codec, "replace"), codec, "detector")


def _wide_codec(content: bytes) -> str | None:
    """UTF-16 without a byte order mark: the tags and spaces have zeros on one side, and hardly one on the other."""
    head = content[:512]
    for codec, zeros, letters in (("utf-16-le", head[1::2], head[::2]), ("utf-16-be", head[::2], head[1::2])):
        if len(zeros) > 1 and zeros.count(0) * 5 > len(zeros) and letters.count(0) * 50 <= len(letters):
            return codec
    return None


def _sample(content: bytes) -> bytes:
    """The neighbourhoods of what is not ASCII: markup tells a detector nothing."""
    if len(content) <= SAMPLE:
        return content
    pieces, size, end = [], 0, 0
    for found in _NOT_ASCII.finditer(content):
        if found.start() < end:
            continue
        end = min(found.start() + 256, len(content))
        pieces.append(content[found.start() : end])
        size += end - found.start()
        if size >= SAMPLE:
            break
    return b"\n".join(pieces)
