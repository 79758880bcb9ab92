"""Pages from files, folders, JSON lines, WARC and WET, as the records that a producer would send to Kafka."""

import asyncio
import gzip
import io
import threading
import zlib
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from stream.cli.show.terminal import say
from stream.codec.record import Header, Record

STDIN = "-"
STDIN_DESCRIPTOR = 0
JSON_EVENT: tuple[Header, ...] = (("content-type", b"application/json"),)
LINES = (".jsonl", ".ndjson")
ARCHIVES = (".warc", ".wet")
PAGE_TYPES = {
    ".html": b"text/html",
    ".htm": b"text/html",
    ".xhtml": b"application/xhtml+xml",
    ".txt": b"text/plain",
    ".pdf": b"application/pdf",
    ".json": b"application/json",
}
ARCHIVED_TYPES = ("text/html", "application/xhtml+xml", "text/plain")
READ_AHEAD = 64  # pages that the reading thread may be ahead of whoever consumes them


@dataclass(frozen=True, slots=True)
class InputPage:
    """A page to be cleaned or sent, with where it was found, the producer's own id and its address."""

    name: str
    record: Record
    record_id: str | None = None
    url: str | None = None


class _Identity(msgspec.Struct):
    """What the command line itself needs of a raw-page event, of any type; the codec reads and checks all of it."""

    recordId: Any = None  # noqa: N815
    url: Any = None


_identity = msgspec.json.Decoder(_Identity)


class Inputs:
    """The pages behind a command's arguments.

    A folder stands for the files in it, sorted, hidden ones left out. ``stdin`` is the suffix that says how ``-`` is
    read: ``.jsonl`` for a raw-page event a line, ``""`` for one page. What cannot be read is said on standard error,
    counted in ``unread``, and stops nothing.
    """

    def __init__(self, paths: Sequence[str], *, stdin: str = ".jsonl") -> None:
        self.unread = 0
        self._stdin = stdin
        self.files = [file for path in paths for file in self._files(path)]

    @property
    def total(self) -> int | None:
        """How many pages there will be, where that is known before they are read."""
        single = all(file != STDIN and _kind(file) not in (*LINES, *ARCHIVES) for file in self.files)
        return len(self.files) if single else None

    def pages(self) -> Iterator[InputPage]:
        for file in self.files:
            try:
                yield from pages_of(file, stdin=self._stdin)
            except (OSError, EOFError, zlib.error) as error:
                self._report(file, error.strerror if isinstance(error, OSError) and error.strerror else str(error))

    def _files(self, path: str) -> list[str]:
        folder = Path(path)
        if path == STDIN or not folder.is_dir():
            return [path]
        found = sorted(str(file) for file in folder.rglob("*") if file.is_file() and not _hidden(file, folder))
        if not found:
            self._report(path, "the folder holds no files")
        return found

    def _report(self, where: str, problem: str) -> None:
        self.unread += 1
        say(f"{where}: {problem}")


def pages_of(file: str, *, stdin: str = ".jsonl") -> Iterator[InputPage]:
    """The pages of one file, told by its name: ``*.jsonl``, ``*.warc``, ``*.wet`` (also compressed), else one page."""
    kind = stdin if file == STDIN else _kind(file)
    if kind in LINES:
        with open_file(file) as lines:
            yield from _events(file, lines)
    elif kind in ARCHIVES:
        yield from _archived(file)
    else:
        yield _bare(file)


def identity_of(event: bytes) -> tuple[str | None, str | None]:
    """The producer's own id and the address in a raw-page event, as far as it can be read."""
    try:
        identity = _identity.decode(event)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None, None
    record_id, url = identity.recordId, identity.url
    return record_id if isinstance(record_id, str) else None, url if isinstance(url, str) else None


async def in_background(pages: Iterable[InputPage]) -> AsyncIterator[InputPage]:
    """The same pages, read in a thread, so that waiting for input never blocks the event loop.

    The thread is a daemon and nobody waits for it: an interrupted command ends although its input stays open.
    """
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[InputPage | Exception | None] = asyncio.Queue(READ_AHEAD)

    def hand_over(item: InputPage | Exception | None) -> None:
        asyncio.run_coroutine_threadsafe(queue.put(item), loop).result()

    def read() -> None:
        with suppress(RuntimeError, CancelledError):  # the loop was closed: nobody wants the rest
            try:
                for page in pages:
                    hand_over(page)
            except OSError as error:
                hand_over(error)
            hand_over(None)

    threading.Thread(target=read, name="read-pages", daemon=True).start()
    while (item := await queue.get()) is not None:
        if isinstance(item, Exception):
            raise item
        yield item


def _kind(file: str) -> str:
    path = Path(file)
    return (Path(path.stem) if path.suffix in (".gz", ".zst", ".lz4") else path).suffix.lower()


def _hidden(file: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(folder).parts)


def open_file(file: str) -> io.BufferedIOBase:
    """A file's bytes, decompressed where its name ends in ``.gz``; standard input for ``-``."""
    if file == STDIN:
        return io.BufferedReader(io.FileIO(STDIN_DESCRIPTOR, closefd=False))
    return gzip.open(file) if file.endswith(".gz") else Path(file).open("rb")


def _events(file: str, lines: io.BufferedIOBase) -> Iterator[InputPage]:
    """One page for each line, be it JSON or not: whoever reads the outcomes counts on as many."""
    for number, line in enumerate(lines, start=1):
        event = line.rstrip(b"\r\n")
        record_id, url = identity_of(event)
        yield InputPage(f"{file}:{number}", Record(event, _key(url), JSON_EVENT), record_id, url)


def _archived(file: str) -> Iterator[InputPage]:
    """The text pages among the responses (WARC) and conversions (WET) of an archive."""
    kinds = WarcRecordType.response | WarcRecordType.conversion
    for entry in ArchiveIterator(file, record_types=kinds, parse_http=True, auto_decode="transfer", fsspec_args=False):
        page = _archived_page(file, entry)
        if page is not None:
            yield page


def _archived_page(file: str, entry: WarcRecord) -> InputPage | None:
    http = entry.http_headers
    content_type = (http.get("Content-Type") if http is not None else entry.headers.get("Content-Type")) or ""
    if content_type and not content_type.lower().startswith(ARCHIVED_TYPES):
        return None
    url = entry.headers.get("WARC-Target-URI")
    described = {
        "url": url,
        "record-id": entry.headers.get("WARC-Record-ID"),
        "fetched-at": entry.headers.get("WARC-Date"),
        "content-type": content_type,
        "content-encoding": http.get("Content-Encoding") if http is not None else None,
        "http-status": str(http.status_code) if http is not None and http.status_code else None,
    }
    headers = tuple((name, value.encode()) for name, value in described.items() if value)
    record = Record(entry.reader.read(), _key(url), headers)
    return InputPage(f"{file}: {url}", record, described["record-id"], url)


def _key(url: str | None) -> bytes | None:
    return url.encode("utf-8", "replace") if url else None


def _bare(file: str) -> InputPage:
    content = open_file(file).read() if file == STDIN else Path(file).read_bytes()
    name = file.removesuffix(".gz")
    content_type = PAGE_TYPES.get(Path(name).suffix.lower())
    headers: list[Header] = [("record-id", file.encode("utf-8", "replace"))]
    if content_type is not None:
        headers.append(("content-type", content_type))
    if name != file:
        headers.append(("content-encoding", b"gzip"))
    return InputPage(file, Record(content, None, tuple(headers)), file)
