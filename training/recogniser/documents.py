"""The one form in which every corpus enters the training: running text with typed, and with doubtful, stretches."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

TYPES = ("PER", "ORG", "LOC")
Stretch = tuple[int, int, str]


@dataclass(slots=True)
class Document:
    """Text with names as ``(start, end, type)`` in code points; tokens under ``doubtful`` teach nothing."""

    text: str
    names: list[Stretch]
    doubtful: list[tuple[int, int]] = field(default_factory=list)

    def stripped(self) -> list[Stretch]:
        """The names as the recogniser learns them: no leading 'the', no possessive."""
        return [bare for name in self.names if (bare := strip(self.text, name))]


def paragraphs(document: Document) -> list[Document]:
    """Each line of the text that is not empty as a document of its own."""
    found, start = [], 0
    for text in document.text.split("\n"):
        end = start + len(text)
        names = [(a - start, b - start, kind) for a, b, kind in document.names if start <= a and b <= end]
        doubtful = [(a - start, b - start) for a, b in document.doubtful if start <= a and b <= end]
        if text:
            found.append(Document(text, names, doubtful))
        start = end + 1
    return found


def strip(text: str, name: Stretch) -> Stretch | None:
    """The name without a leading 'the' and a trailing possessive; None where nothing is left."""
    start, end, kind = name
    surface = text[start:end]
    if surface[:4].lower() == "the ":
        start += 4
    for ending in ("'s", "’s", "'", "’"):
        if text[start:end].endswith(ending):
            end -= len(ending)
            break
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return (start, end, kind) if start < end else None


def write(path: Path, rows: Iterable[object]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def read(path: Path) -> Iterator[dict[str, object]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
