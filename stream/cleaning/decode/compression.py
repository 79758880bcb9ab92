"""Undo the compression of a page without ever holding more than the operator allows."""

import zlib
from collections.abc import Callable

import brotli
import zstandard

CHUNK = 1 << 16  # bytes; what a decompressor may return at once
MAX_CODINGS = 4  # stacked codings; no server sends more than two
ZSTD_WINDOW = 8 << 20  # bytes; RFC 9659 allows no more in HTTP
ZSTD_SLICE = 256  # bytes; at most 85 blocks of 128 KiB come out of them


class UndecodableContent(ValueError):
    """The page's bytes are not what they say they are, or are characters of no known charset."""


class DecodedTooLarge(ValueError):
    """The page is larger than the setting ``max_decoded_bytes``."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"the page is larger than {limit} bytes once decoded; raise max_decoded_bytes to accept it")


def decompress(content: bytes, codings: str | None, limit: int) -> bytes:
    """Undo a Content-Encoding (RFC 9110 8.4), such as ``gzip`` or ``gzip, br``: the last one listed comes off first.

    Raises ``DecodedTooLarge`` as soon as more than ``limit`` bytes come out of any step, and ``UndecodableContent``
    where the bytes do not fit the coding.
    """
    names = [name for name in (part.strip().lower() for part in (codings or "").split(",")) if name]
    if len(names) > MAX_CODINGS:
        raise UndecodableContent(f"{len(names)} stacked content encodings; at most {MAX_CODINGS} are undone")
    for name in reversed(names if content else []):  # no bytes are an empty page, whatever its coding
        content = _undo(name, content, limit)
    if len(content) > limit:
        raise DecodedTooLarge(limit)
    return content


def _undo(name: str, content: bytes, limit: int) -> bytes:
    undo = CODINGS.get(name)
    if undo is None:
        raise UndecodableContent(f"contentEncoding {name!r} is not known; use gzip, deflate, zstd, br or identity")
    try:
        return undo(content, limit)
    except (zlib.error, brotli.error, zstandard.ZstdError) as error:
        raise UndecodableContent(f"contentEncoding says {name}, the bytes do not fit it: {error}") from None


class _Output:
    """Collects chunks up to the limit."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._buffer = bytearray()

    def add(self, chunk: bytes) -> None:
        if len(self._buffer) + len(chunk) > self._limit:
            raise DecodedTooLarge(self._limit)
        self._buffer += chunk

    def value(self) -> bytes:
        return bytes(self._buffer)


def _gunzip(content: bytes, limit: int) -> bytes:
    """All members of a gzip file (RFC 1952); bytes behind the last one are no concern of ours."""
    output = _Output(limit)
    rest = content
    while rest[:2] == b"\x1f\x8b" or rest is content:
        rest = _inflate(rest, zlib.MAX_WBITS | 16, output)
    return output.value()


def _undeflate(content: bytes, limit: int) -> bytes:
    """The zlib format that RFC 9110 asks for, or the raw stream that some servers send."""
    output = _Output(limit)
    is_zlib = len(content) >= 2 and content[0] & 0x0F == 8 and int.from_bytes(content[:2]) % 31 == 0
    _inflate(content, zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS, output)
    return output.value()


def _inflate(content: bytes, window: int, output: _Output) -> bytes:
    """Inflate one stream; returns the bytes behind it."""
    stream = zlib.decompressobj(window)
    chunk = stream.decompress(content, CHUNK)
    while chunk or not stream.eof:
        output.add(chunk)
        if not chunk and not stream.unconsumed_tail:
            raise zlib.error("the stream ends early")
        chunk = stream.decompress(stream.unconsumed_tail, CHUNK)
    return stream.unused_data


def _unbrotli(content: bytes, limit: int) -> bytes:
    output = _Output(limit)
    stream = brotli.Decompressor()
    chunk = stream.process(content, output_buffer_limit=CHUNK)
    while chunk or not stream.is_finished():
        output.add(chunk)
        if not chunk and stream.can_accept_more_data():
            raise brotli.error("the stream ends early")
        chunk = b"" if stream.is_finished() else stream.process(b"", output_buffer_limit=CHUNK)
    return output.value()


def _unzstd(content: bytes, limit: int) -> bytes:
    """All frames (RFC 8878), fed in small slices: a slice's output cannot be limited, only its input."""
    output = _Output(limit)
    rest = content
    while rest:
        frame = zstandard.ZstdDecompressor(max_window_size=ZSTD_WINDOW).decompressobj()
        fed = 0
        while fed < len(rest) and not frame.eof:
            output.add(frame.decompress(rest[fed : fed + ZSTD_SLICE]))
            fed += ZSTD_SLICE
        if not frame.eof:
            raise zstandard.ZstdError("the stream ends early")
        rest = frame.unused_data + rest[fed:]
    return output.value()


def _unchanged(content: bytes, limit: int) -> bytes:
    return content


CODINGS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _undeflate,
    "br": _unbrotli,
    "zstd": _unzstd,
    "identity": _unchanged,
}
