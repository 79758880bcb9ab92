"""Whether a change leaves what comes out as it was: one digest over the outcomes of all evaluation pages.

``make bench-outcomes``, or ``python -m benchmarks.outcomes``, cleans every page of the evaluation data, and the text
that two other tools make of some of them, with the settings' defaults. It prints the digest of each set: equal digests
before and after a refactoring mean equal events, apart from what may change (``stages``, ``pipelineVersion``,
``articleId``). ``--against COMMAND`` runs the ``stream-cleaner`` of another build on the same pages and names each page
that differs with its fields; the exit code is 1 if there are any.
"""

import argparse
import gzip
import hashlib
import json
import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Thread
from typing import IO, Any

from rich.console import Console
from rich.progress import Progress

from evaluation.bodies.renderings import RENDERINGS
from evaluation.data import data_folder
from evaluation.pages import read_rows

OURS = (sys.executable, "-m", "stream.cli.main")
IGNORED = ("stages", "pipelineVersion", "articleId")  # they tell of the build and its speed, not of the page
RENDERED = ("dev", "naeb")  # the collections of which texts are made
RENDERERS = ("inscriptis", "resiliparse")  # not our own: its texts would change with the build

DIGITS = 16  # of a printed digest

Row = dict[str, Any]


class CommandFailed(RuntimeError):
    """A ``stream-cleaner`` did not clean all the pages."""


@dataclass(slots=True)
class Compared:
    """The outcomes of one set of pages; ``theirs`` stays the digest of nothing without another build."""

    pages: int = 0
    ours: "hashlib._Hash" = field(default_factory=hashlib.sha256)
    theirs: "hashlib._Hash" = field(default_factory=hashlib.sha256)
    different: list[str] = field(default_factory=list)

    def add(self, ours: Row, theirs: Row | None = None) -> None:
        """Count one page; ``theirs`` is what the other build made of it."""
        separator = b"\n" if self.pages else b""
        self.pages += 1
        self.ours.update(separator + canonical(ours))
        if theirs is not None:
            self.theirs.update(separator + canonical(theirs))
            if names := differing_fields(ours, theirs):
                self.different.append(f"{ours['recordId']}: {', '.join(names)}")


def canonical(row: Row) -> bytes:
    """One line of ``clean --jsonl`` in the form that is digested: sorted keys, ASCII, without what may change."""
    return json.dumps({**row, "event": _kept(row["event"])}, sort_keys=True).encode("ascii")


def differing_fields(ours: Row, theirs: Row) -> list[str]:
    """The names of the event's fields that differ, the kind of outcome first."""
    mine, other = _kept(ours["event"]), _kept(theirs["event"])
    outcome = [f"outcome ({ours['outcome']}, not {theirs['outcome']})"] if ours["outcome"] != theirs["outcome"] else []
    return outcome + sorted(name for name in mine | other if mine.get(name) != other.get(name))


def _kept(event: Row) -> Row:
    return {name: value for name, value in event.items() if name not in IGNORED}


def page_records(data: Path) -> Iterator[Row]:
    """Every evaluation page, collection by collection, then the samples of text."""
    for path in sorted((data / "pages").glob("*.jsonl.gz")):
        for row in read_rows(path):
            yield _record(row["id"], row.get("url"), row["html"], "text/html")
    for sample in sorted((data / "samples").glob("*.txt")):
        yield _record(sample.name, None, sample.read_text(encoding="utf-8"), "text/plain")


def text_records(data: Path) -> Iterator[Row]:
    """The text renderings of two collections; a page that a renderer breaks on is left out."""
    for name in RENDERED:
        for row in read_rows(data / "pages" / f"{name}.jsonl.gz"):
            for renderer in RENDERERS:
                try:
                    text = RENDERINGS[renderer](row["html"])
                except Exception as error:  # of many kinds, and none of them is ours
                    print(f"{renderer} broke on {row['id']}: {error}", file=sys.stderr)
                    continue
                yield _record(row["id"] + renderer[0], row.get("url"), text, "text/plain")


def _record(name: str, url: str | None, content: str, media_type: str) -> Row:
    return {"recordId": name, "url": url, "content": content, "contentType": media_type}


def clean(command: Sequence[str], records: Iterable[Row], workers: int) -> Iterator[Row]:
    """What a ``stream-cleaner`` makes of the records, in their order. Raises ``CommandFailed``."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("STREAM_")}
    arguments = [*command, "clean", "--jsonl", "--workers", str(workers), "-"]
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, env=environment
        )
        assert process.stdin is not None
        assert process.stdout is not None
        feeder = Thread(target=_feed, args=(process.stdin, records), daemon=True)
        feeder.start()
        with process.stdout:
            yield from map(json.loads, process.stdout)
        feeder.join()
        if process.wait() != 0:
            errors.seek(0)
            raise CommandFailed(f"{shlex.join(arguments)}: {errors.read().decode(errors='replace').strip()}")


def _feed(pipe: IO[bytes], records: Iterable[Row]) -> None:
    try:
        with pipe:
            for record in records:
                pipe.write(json.dumps(record).encode("ascii") + b"\n")
    except BrokenPipeError:
        pass  # the command ended early: its exit code says so


def compare(records: Iterator[Row], again: Iterator[Row], other: Sequence[str] | None, workers: int) -> Compared:
    """Clean the records with this build and, where one is given, the same ``again`` with the other."""
    compared = Compared()
    ours = clean(OURS, records, workers)
    if other is None:
        for row in ours:
            compared.add(row)
        return compared
    for mine, theirs in zip(ours, clean(other, again, workers), strict=True):
        compared.add(mine, theirs)
    return compared


def main() -> int:
    """Print the digests, and what differs; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--against", metavar="COMMAND", help="another build's stream-cleaner, with its arguments")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processes of each build")
    options = parser.parse_args()
    data = data_folder()
    other = shlex.split(options.against) if options.against else None
    different = 0
    for name, read, count in (("pages", page_records, _count_pages), ("texts", text_records, _count_texts)):
        compared = compare(_shown(name, read(data), partial(count, data)), read(data), other, options.workers)
        different += len(compared.different)
        print(f"{name}: {compared.pages:,} outcomes, digest {compared.ours.hexdigest()[:DIGITS]}")
        if other:
            theirs = compared.theirs.hexdigest()[:DIGITS]
            print(f"{name}: {len(compared.different)} differ from {options.against}, digest {theirs}")
        print("".join(f"  {line}\n" for line in compared.different), end="", flush=True)
    return 1 if different else 0


def _shown(name: str, records: Iterator[Row], count: Callable[[], int]) -> Iterator[Row]:
    """The records as they are read, with a progress bar where someone looks."""
    if not sys.stderr.isatty():
        yield from records
        return
    with Progress(console=Console(stderr=True), transient=True) as progress:
        yield from progress.track(records, total=count(), description=name)


def _count_pages(data: Path) -> int:
    return sum(map(_count_lines, (data / "pages").glob("*.jsonl.gz"))) + len(list((data / "samples").glob("*.txt")))


def _count_texts(data: Path) -> int:
    return len(RENDERERS) * sum(_count_lines(data / "pages" / f"{name}.jsonl.gz") for name in RENDERED)


def _count_lines(path: Path) -> int:
    with gzip.open(path) as lines:
        return sum(1 for _ in lines)


if __name__ == "__main__":
    sys.exit(main())
