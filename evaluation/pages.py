"""Read the evaluation pages, so that everything that measures or trains sees the same ones in the same order."""

import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from stream.codec.record import Record

FOLDS = 5


@dataclass(frozen=True, slots=True)
class GoldPage:
    """One page with its gold; ``body`` is None where the gold has only snippets.

    ``host`` is the same for pages that share a layout: examples are split by it.
    """

    id: str
    source: str
    host: str
    html: str
    body: tuple[str, ...] | None
    gold: dict[str, Any]


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The pages as they are stored: ``id``, ``source``, ``url`` (or None), ``html`` and ``gold``."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def read_pages(path: Path) -> list[GoldPage]:
    """The pages of a file, in its order."""
    return [_page_of(row) for row in read_rows(path)]


def body_of(row: dict[str, Any]) -> str | None:
    """The text that entities are scored on: the paragraphs of the gold body joined by a blank line."""
    body = row["gold"].get("body")
    return "\n\n".join(body) if body else None


def _page_of(row: dict[str, Any]) -> GoldPage:
    body = row["gold"].get("body")
    host = urlsplit(row.get("url") or "").hostname or row["id"]
    if row["source"] == "fundus":  # a publisher's pages share their layout
        host = row["id"].split("/")[1].split("_")[0]
    return GoldPage(row["id"], row["source"], host, row["html"], tuple(body) if body else None, row["gold"])


def record_of(html: str, url: str | None) -> Record:
    """A page as a producer sends it: its bytes in UTF-8, the address in a header."""
    headers = [("content-type", b"text/html; charset=utf-8"), *([("url", url.encode())] if url else [])]
    return Record(html.encode("utf-8", "replace"), headers=tuple(headers))


def fold_of(host: str) -> int:
    """One of ``FOLDS`` parts, the same for all pages of a host."""
    return int(hashlib.md5(host.encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS
