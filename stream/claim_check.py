"""Reads pages that are too big for Kafka from where the event says they lie, if the operator allowed that place."""

import os
import re
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from urllib.parse import unquote, urlsplit

import fsspec

# `..` and back slashes climb out of a prefix, `@` hides another host behind a known name, controls cut a URI short.
_SUSPICIOUS = re.compile(r"(^|[/\\])\.\.([/\\]|$)|[\\@\x00-\x20?#]")


class ClaimCheckError(ValueError):
    """A claim check is not allowed, too large, too slow or not there."""


def read_reference(uri: str, prefixes: tuple[str, ...], max_bytes: int, timeout: float) -> bytes:
    """The bytes at ``uri``, at most ``max_bytes``, within ``timeout`` seconds.

    Only URIs under one of ``prefixes`` are read; redirects and symbolic links out of it are refused.
    Raises ``ClaimCheckError`` saying which of these failed.
    """
    _check_allowed(uri, prefixes)
    executor = ThreadPoolExecutor(max_workers=1)
    try:
        content = executor.submit(_read, uri, max_bytes + 1).result(timeout)
    except FutureTimeout:
        raise ClaimCheckError(f"reading the content reference took longer than {timeout:g} s") from None
    except (OSError, ValueError, ImportError) as error:
        raise ClaimCheckError(f"cannot read the content reference: {type(error).__name__}") from error
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
    if len(content) > max_bytes:
        raise ClaimCheckError(f"the content behind the reference is larger than {max_bytes} bytes")
    return content


def _check_allowed(uri: str, prefixes: tuple[str, ...]) -> None:
    if not prefixes:
        raise ClaimCheckError("content references are not allowed here; set STREAM_CONTENT_REF_PREFIXES to allow some")
    plain = unquote(uri)
    # A name that still changes when unquoted once more is quoted twice, which only serves to deceive.
    if _SUSPICIOUS.search(plain) or unquote(plain) != plain or not any(_is_under(plain, prefix) for prefix in prefixes):
        raise ClaimCheckError("the content reference is not under any allowed prefix (STREAM_CONTENT_REF_PREFIXES)")


def _is_under(uri: str, prefix: str) -> bool:
    if not uri.startswith(prefix.rstrip("/") + "/"):
        return False
    if urlsplit(prefix).scheme not in ("", "file"):
        return True
    root, path = (os.path.realpath(part.removeprefix("file://")) for part in (prefix, uri))
    return path.startswith(root.rstrip("/") + "/")


def _read(uri: str, size: int) -> bytes:
    options = {"allow_redirects": False} if urlsplit(uri).scheme in ("http", "https") else {}
    with fsspec.open(uri, "rb", **options) as stream:
        return bytes(stream.read(size))
