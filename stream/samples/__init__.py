"""Sample pages of every kind, written for this project: what the demo shows and what the tests hold the pipeline to."""

import base64
import gzip
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import msgspec
import orjson

from stream.codec.record import Header, Record
from stream.outcome import OutcomeKind

FOLDER = Path(__file__).parent
PAGES = FOLDER / "pages"
FETCHED_AT = "2025-07-01T06:00:00Z"
HUGE_HEADLINES = 40_000
BOMB_BYTES = 96 * 1024 * 1024


class Sample(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One page of ``manifest.toml``, which says what the fields mean."""

    name: str
    form: Literal["json-event", "cloudevents", "bare"]
    outcome: OutcomeKind
    file: str | None = None
    generated: Literal["huge", "bomb", "tombstone"] | None = None
    gzip: bool = False
    url: str | None = None
    content_type: str | None = None
    reason: str | None = None
    error: str | None = None
    headline: str | None = None
    date_published: str | None = None
    language: str | None = None
    contains: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()

    @property
    def content(self) -> bytes | None:
        """The page's bytes as a server would have sent them; None for a tombstone."""
        content = (PAGES / self.file).read_bytes() if self.file else _GENERATORS[self.generated or ""]()
        return gzip.compress(content, compresslevel=1, mtime=0) if self.gzip and content is not None else content

    @property
    def record(self) -> Record:
        """The page as a producer would send it to Kafka, in the manifest's form."""
        key = (self.url or self.name).encode()
        content = self.content
        if self.form == "json-event":
            return Record(self._event(content or b""), key, (("content-type", b"application/json"),))
        headers = self._cloud_headers() if self.form == "cloudevents" else self._bare_headers()
        return Record(content, key, tuple(headers))

    def _event(self, content: bytes) -> bytes:
        try:
            held = {"content": content.decode("utf-8")}
        except UnicodeDecodeError:
            held = {"contentBase64": base64.b64encode(content).decode("ascii")}
        described = {"recordId": self.name, "url": self.url, "contentType": self.content_type, "fetchedAt": FETCHED_AT}
        return orjson.dumps(described | held)

    def _cloud_headers(self) -> list[Header]:
        return [
            ("ce_specversion", b"1.0"),
            ("ce_id", self.name.encode()),
            ("ce_source", b"/samples"),
            ("ce_type", b"raw-page"),
            ("ce_subject", (self.url or "").encode()),
            ("ce_time", FETCHED_AT.encode()),
            ("content-type", (self.content_type or "text/html").encode()),
        ]

    def _bare_headers(self) -> list[Header]:
        given = {
            "record-id": self.name,
            "url": self.url,
            "content-type": self.content_type,
            "content-encoding": "gzip" if self.gzip else None,
        }
        return [(name, value.encode()) for name, value in given.items() if value is not None]


def samples() -> tuple[Sample, ...]:
    """Every sample page, in the manifest's order."""
    manifest = tomllib.loads((FOLDER / "manifest.toml").read_text(encoding="utf-8"))
    return msgspec.convert(manifest["page"], tuple[Sample, ...])


def _huge() -> bytes:
    """About 4 MB: a short article above a list of forty thousand other headlines."""
    article = (
        "<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>Market hall to keep its clock</title></head>"
        "<body><nav><a href='/'>Home</a> <a href='/news'>News</a></nav><main><article>"
        "<h1>Market hall to keep its clock</h1><p class='byline'>By Eleanor Sykes</p>"
        "<p>The clock above the market hall in Bradford, which has stood at ten to four since 1987, will be repaired "
        "and not replaced, the city council decided on Thursday evening after the longest debate of the year.</p>"
        "<p>A survey had found that only two wheels of the movement are worn. A clockmaker from Halifax has offered to "
        "cut new ones for less than the price of a digital display, which the council had ordered in the spring.</p>"
        "<p>“We were told that it could not be done, and then a man of eighty did it on his kitchen table,” said "
        "Nadia Holroyd, who leads the planning committee.</p>"
        "<p>More than fifteen thousand people had written to the Courier about the clock. It will be set going again "
        "on New Year's Eve.</p></article></main><section class='archive'><h2>All stories since 1998</h2><ul>"
    )
    headline = (
        "<li class='archive__item'><a href='/archive/{0}'>Mayor Rufus Thackeray opens fountain number {0}</a></li>\n"
    )
    archive = "".join(headline.format(number) for number in range(1, HUGE_HEADLINES + 1))
    return f"{article}{archive}</ul></section><footer>© Northgate Courier</footer></body></html>".encode()


def _bomb() -> bytes:
    """More bytes than the default ``max_decoded_bytes``, which compress a thousandfold."""
    return b"<html><body><p>" + b" " * BOMB_BYTES


def _tombstone() -> None:
    return None


_GENERATORS: dict[str, Callable[[], bytes | None]] = {"huge": _huge, "bomb": _bomb, "tombstone": _tombstone}
