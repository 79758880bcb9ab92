"""Put the kept blocks together as an article, and say what was cut."""

import dataclasses
import hashlib
import re
from collections.abc import Iterator

from stream.cleaning.blocks import Attributed, Block, Label, Labelled, Rejection
from stream.events import Article, Paragraph, ParagraphKind, Quality, RejectionReason, Removed, RemovedLabel

__all__ = ["Assemble", "count_words"]

MAX_REMOVED_CHARS = 200
MIN_DUPLICATE_CHARS = 40  # shorter texts repeat with reason: "Yes.", a refrain, a table's cell
CELL_SEPARATOR = " | "

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]|[^\W_]+(?:['’.-][^\W_]+)*")


class Assemble:
    """Attributed -> Article; a page of which nothing is kept is rejected."""

    name = "assemble"
    version = "1"

    def __call__(self, attributed: Attributed) -> Article | Rejection:
        labelled = _without_duplicates(attributed.labelled)
        paragraphs = tuple(_paragraphs(labelled))
        if not paragraphs:
            count = len(labelled.labels)
            return Rejection(RejectionReason.NOT_AN_ARTICLE, f"none of {count} blocks reads as an article's text")
        body = "\n\n".join(paragraph.text for paragraph in paragraphs)
        fields = {field.name: getattr(attributed.fields, field.name) for field in dataclasses.fields(attributed.fields)}
        return Article(
            url=labelled.segmented.document.page.url,
            articleBody=body,
            paragraphs=paragraphs,
            wordCount=count_words(body),
            removed=tuple(_removed(labelled)),
            quality=_quality(labelled),
            contentDigest="sha256:" + hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest(),
            **fields,
        )


def count_words(text: str) -> int:
    """Runs of letters and digits; Chinese and Japanese, which write no spaces, count a character as a word."""
    return sum(1 for _ in _WORD.finditer(text))


def _without_duplicates(labelled: Labelled) -> Labelled:
    """Pages repeat paragraphs for small and large screens: keep the first of equal long texts."""
    seen: set[str] = set()
    labels = list(labelled.labels)
    for index, (block, label) in enumerate(zip(labelled.segmented.blocks, labels, strict=True)):
        if label.is_body and len(block.text) >= MIN_DUPLICATE_CHARS:
            if block.text in seen:
                labels[index] = Label.DUPLICATE
            seen.add(block.text)
    return Labelled(labelled.segmented, tuple(labels), labelled.scores)


def _paragraphs(labelled: Labelled) -> Iterator[Paragraph]:
    """The kept blocks in page order; the cells of a table's row become one paragraph."""
    row: list[str] = []
    row_number: int | None = None
    for block, label in zip(labelled.segmented.blocks, labelled.labels, strict=True):
        if not label.is_body:
            continue
        number = _row_number(block) if label is Label.TABLE else None
        if row and number != row_number:
            yield Paragraph(kind=ParagraphKind.TABLE, text=CELL_SEPARATOR.join(row))
            row = []
        row_number = number
        if number is None:
            yield Paragraph(kind=ParagraphKind(label.value), text=block.text)
        else:
            row.append(block.text)
    if row:
        yield Paragraph(kind=ParagraphKind.TABLE, text=CELL_SEPARATOR.join(row))


def _row_number(block: Block) -> int | None:
    """The number of the table row that the block is a cell of."""
    return block.path[1] if block.parents[:1] == ("tr",) else None


def _removed(labelled: Labelled) -> Iterator[Removed]:
    for block, label, score in zip(labelled.segmented.blocks, labelled.labels, labelled.scores, strict=True):
        if not label.is_body:
            yield Removed(
                label=RemovedLabel(label.value), chars=len(block.text), text=_shorten(block.text), score=score
            )


def _shorten(text: str) -> str:
    """At most 200 characters, cut between words where there are any."""
    if len(text) <= MAX_REMOVED_CHARS:
        return text
    head = text[: MAX_REMOVED_CHARS - 1]
    return (head.rpartition(" ")[0] or head) + "…"


def _quality(labelled: Labelled) -> Quality:
    total = kept = 0
    scored = certainty = 0.0
    for block, label, score in zip(labelled.segmented.blocks, labelled.labels, labelled.scores, strict=True):
        chars = len(block.text)
        total += chars
        if label.is_body:
            kept += chars
            if score is not None:
                scored += chars
                certainty += chars * score
    return Quality(
        keptShare=round(kept / total, 4) if total else 0.0,
        confidence=round(certainty / scored, 4) if scored else None,
    )
