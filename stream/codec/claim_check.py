"""Reads pages that are too big for Kafka from where the event says they lie, if the operator allowed that place."""

import errno
import os
import random
import re
import stat
import time
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from typing import Any
from urllib.parse import unquote, urlsplit

import fsspec

# `..` and back slashes climb out of a prefix, `@` hides another host behind a known name, controls cut a URI short,
# `::` chains one file system to another.
_SUSPICIOUS = re.compile(r"(^|[/\\])\.\.([/\\]|$)|[\\@\x00-\x20\x7f?#]|::")
_LOCAL = re.compile(r"(?:file|local)://")

# What a store answers or a network does for a while, and then no more.
_PASSING_STATUS = frozenset({408, 425, 429, 500, 502, 503, 504})
_PASSING_ERRNO = frozenset(
    getattr(errno, name)
    for name in (
        "EAGAIN EBUSY ECONNABORTED ECONNREFUSED ECONNRESET EHOSTUNREACH EIO ENETDOWN ENETUNREACH EPIPE ESTALE ETIMEDOUT"
    ).split()
)
FIRST_PAUSE = 0.1  # seconds until the second try; each pause is twice as long, less up to half of it by chance
LONGEST_PAUSE = 2.0


class ClaimCheckError(ValueError):
    """A claim check is not allowed, too large or not there: trying again would not help."""


class ClaimCheckUnavailable(ClaimCheckError):
    """The store did not answer in time, however often it was asked: the page is worth another chance later."""


def read_reference(uri: str, prefixes: tuple[str, ...], max_bytes: int, timeout: float) -> bytes:
    """The bytes at ``uri``, at most ``max_bytes``, within ``timeout`` seconds; passing failures are tried again.

    Only URIs under one of ``prefixes`` are read; redirects and symbolic links out of it are refused.
    Raises ``ClaimCheckError`` saying which of these failed.
    """
    _check_allowed(uri, prefixes)
    executor = ThreadPoolExecutor(max_workers=1)
    try:
        content = executor.submit(_read_patiently, uri, max_bytes + 1, time.monotonic() + timeout).result(timeout)
    except FutureTimeout:
        raise ClaimCheckUnavailable(f"reading the content reference took longer than {timeout:g} s") from None
    except Exception as error:  # whatever the store's library raises
        kind = ClaimCheckUnavailable if _is_passing(error) else ClaimCheckError
        raise kind(f"cannot read the content reference: {type(error).__name__}") from error
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
    if len(content) > max_bytes:
        raise ClaimCheckError(f"the content behind the reference is larger than {max_bytes} bytes")
    return content


def _check_allowed(uri: str, prefixes: tuple[str, ...]) -> None:
    if not prefixes:
        raise ClaimCheckError("content references are not allowed here; set STREAM_CONTENT_REF_PREFIXES to allow some")
    plain = unquote(uri)
    # A name that still changes when unquoted once more is quoted twice, which only serves to deceive. Some stores
    # unquote and some do not, so both spellings have to lie under the prefix.
    is_plain = not _SUSPICIOUS.search(plain) and unquote(plain) == plain
    if not is_plain or not any(_is_under(uri, prefix) and _is_under(plain, prefix) for prefix in prefixes):
        raise ClaimCheckError("the content reference is not under any allowed prefix (STREAM_CONTENT_REF_PREFIXES)")


def _is_under(uri: str, prefix: str) -> bool:
    if not uri.startswith(prefix.rstrip("/") + "/"):
        return False
    if not _is_local(prefix):
        return True
    root, path = (os.path.realpath(_LOCAL.sub("", part)) for part in (prefix, uri))
    return path.startswith(root.rstrip("/") + "/")


def _is_local(uri: str) -> bool:
    return urlsplit(uri).scheme in ("", "file", "local")


def _read(uri: str, size: int) -> bytes:
    if _is_local(uri):
        return _read_file(_LOCAL.sub("", uri), size)
    options: dict[str, Any] = {}
    if urlsplit(uri).scheme in ("http", "https"):
        options = {"allow_redirects": False, "get_client": _client}
    with fsspec.open(uri, "rb", **options) as stream:
        return bytes(stream.read(size))


def _read_file(path: str, size: int) -> bytes:
    """Not through fsspec, which would wait for ever at a pipe."""
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | os.O_NONBLOCK)) as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise OSError(errno.EINVAL, "not a regular file")
        return stream.read(size)


async def _client(**options: Any) -> Any:
    """An HTTP client to which a redirect is an error: unfollowed, its body would pass for the page."""
    from aiohttp import ClientResponse, ClientResponseError, ClientSession  # not at the top: few workers need it

    async def refuse(response: ClientResponse) -> None:
        if 300 <= response.status < 400:
            raise ClientResponseError(
                response.request_info, response.history, status=response.status, message="redirects are not followed"
            )

    return ClientSession(raise_for_status=refuse, **options)


def _read_patiently(uri: str, size: int, deadline: float) -> bytes:
    """Try again, after growing pauses and until ``deadline`` (monotonic seconds), where the failure may pass."""
    pause = FIRST_PAUSE
    while True:
        try:
            return _read(uri, size)
        except Exception as error:
            # By chance, so that the workers that an outage stopped together do not all come back together.
            wait = random.uniform(0.5, 1) * pause
            if not _is_passing(error) or time.monotonic() + wait >= deadline:
                raise
        time.sleep(wait)
        pause = min(2 * pause, LONGEST_PAUSE)


def _is_passing(error: BaseException) -> bool:
    """Whether the failure, or what fsspec hid behind a FileNotFoundError, is one that goes away by itself."""
    from aiohttp import ClientConnectionError, ClientPayloadError  # not at the top: no page needs it until one fails

    if isinstance(error, ConnectionError | TimeoutError | ClientConnectionError | ClientPayloadError):
        return True
    if getattr(error, "errno", None) in _PASSING_ERRNO or getattr(error, "status", None) in _PASSING_STATUS:
        return True
    return error.__cause__ is not None and _is_passing(error.__cause__)
