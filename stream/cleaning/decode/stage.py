"""Bytes to characters: the first stage that looks into a page."""

import re

from stream.cleaning.decode.charset import Decoded, decode_characters
from stream.cleaning.decode.compression import DecodedTooLarge, decompress
from stream.cleaning.decode.media_types import binary_format, html_or_text, refused_type
from stream.cleaning.decode.xhtml import is_xhtml, write_as_html
from stream.cleaning.values import Document, Payload, Rejection
from stream.events import RawPage, RejectionReason

_SURROGATES = re.compile("[\ud800-\udfff]")


class Decode:
    """Payload -> Document, or a Rejection of what is empty or neither HTML nor text.

    Raises ``DecodedTooLarge`` for a page above ``max_decoded_bytes`` and ``UndecodableContent`` for bytes that do not
    fit their compression or any charset: both become dead letters.
    """

    name = "decode"
    version = "2"

    def __init__(self, max_decoded_bytes: int) -> None:
        self._max_bytes = max_decoded_bytes

    def __call__(self, payload: Payload) -> Document | Rejection:
        page = payload.page
        content_type = _content_type(page)
        utf8 = None
        if isinstance(payload.content, str):
            if len(payload.content) > self._max_bytes:
                raise DecodedTooLarge(self._max_bytes)
            decoded = Decoded(_without_surrogates(payload.content), "utf-8", "characters")
            has_nul = "\0" in payload.content
        else:
            content = decompress(payload.content, page.contentEncoding, self._max_bytes)
            binary = binary_format(content)
            if binary:
                return Rejection(RejectionReason.UNSUPPORTED_TYPE, f"the content is {binary}")
            decoded = decode_characters(content, content_type)
            has_nul = b"\0" in content  # found faster than in characters, which seldom have any
            if decoded.charset == "utf-8" and decoded.is_exact and not has_nul:
                utf8 = content
        text = decoded.text.replace("\0", "") if has_nul else decoded.text  # NULs end strings in C
        text = text.removeprefix("\ufeff")
        if not text or text.isspace():
            return Rejection(RejectionReason.EMPTY, f"nothing but white space in {len(payload)} bytes")
        refused = refused_type(content_type, text)
        if refused:
            return Rejection(RejectionReason.UNSUPPORTED_TYPE, refused)
        if is_xhtml(content_type, text):
            text, utf8 = write_as_html(text), None
        return Document(
            url=page.url,
            http_status=page.httpStatus,
            text=text,
            kind=html_or_text(content_type, text),
            charset=decoded.charset,
            charset_source=decoded.source,
            utf8=utf8,
        )


def _content_type(page: RawPage) -> str | None:
    """The event's own content type, else that of the HTTP response."""
    if page.contentType is not None:
        return page.contentType
    headers = page.httpHeaders or {}
    return next((value for name, value in headers.items() if name.lower() == "content-type"), None)


def _without_surrogates(text: str) -> str:
    """No lone surrogates, which UTF-8 cannot hold; no decoder lets one through, but JSON's escapes do."""
    try:
        text.encode()  # a quarter of the time that a search for surrogates takes, which are rare
    except UnicodeEncodeError:
        return _SURROGATES.sub("\ufffd", text)
    return text
