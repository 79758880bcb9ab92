"""Put the kept blocks together as an article, and say what was cut."""

import dataclasses
import hashlib
from collections.abc import Iterator, Sequence

from stream.cleaning.values import DECLARED, Block, Fields, Judged, Label, Labelled, Rejection
from stream.cleaning.words import count_words
from stream.events import Article, Paragraph, ParagraphKind, Quality, RejectionReason, Removed, RemovedLabel

MAX_REMOVED = 1_000  # blocks listed one by one: a page of 40,000 links would make an event larger than its page
MAX_REMOVED_CHARS = 200
CELL_SEPARATOR = " | "
MAX_CELL_DEPTH = 5  # elements between a cell's text and its row

_REMOVED_LABELS = {Label(label.value): label for label in RemovedLabel}
_KINDS = {Label(kind.value): kind for kind in ParagraphKind}
_FIELDS = tuple([field.name for field in dataclasses.fields(Fields)])


class Assemble:
    """Judged -> Article; a page of which nothing is kept is rejected."""

    name = "assemble"
    version = "3"

    def __call__(self, judged: Judged) -> Article | Rejection:
        paragraphs = tuple(_paragraphs(judged))
        if not paragraphs:
            count = len(judged.blocks)
            return Rejection(RejectionReason.NOT_AN_ARTICLE, f"none of {count} blocks reads as an article's text")
        body = "\n\n".join(paragraph.text for paragraph in paragraphs)
        fields = {name: getattr(judged.fields, name) for name in _FIELDS}
        if any(DECLARED in block.class_tokens for block, _, _ in judged.blocks[-1:]):
            fields["provenance"] = {**judged.fields.provenance, "articleBody": "json-ld"}
        return Article(
            url=judged.url,
            articleBody=body,
            paragraphs=paragraphs,
            pageKind=judged.kind,
            pageKindProbability=judged.probability,
            articleKind=judged.article_kind,
            isComplete=judged.is_complete,
            wordCount=count_words(body),
            removed=_removed(judged),
            quality=_quality(judged),
            contentDigest="sha256:" + hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest(),
            **fields,
        )


def _paragraphs(labelled: Labelled) -> Iterator[Paragraph]:
    """The kept blocks in page order; the cells of a table's row become one paragraph."""
    row: list[Block] = []
    row_number: int | None = None
    for block, label, _ in labelled:
        if not label.is_body:
            continue
        number = _row_number(block) if label is Label.TABLE else None
        if row and number != row_number:
            yield _row_of(row)
            row = []
        row_number = number
        if number is None:
            yield Paragraph(kind=_KINDS[label], text=block.text)
        else:
            row.append(block)
    if row:
        yield _row_of(row)


def _row_of(blocks: Sequence[Block]) -> Paragraph:
    """The cells of one row, empty ones among them; a cell of several blocks has them all."""
    cells = [blocks[0].text]
    column = blocks[0].column
    if column > 0 and len(blocks) > 1:
        cells = [""] * column + cells
    for block in blocks[1:]:
        if block.column == column >= 0:
            cells[-1] += " " + block.text
        else:
            cells += [""] * (block.column - column - 1) + [block.text]
        column = block.column
    return Paragraph(kind=ParagraphKind.TABLE, text=CELL_SEPARATOR.join(cells).strip())


def _row_number(block: Block) -> int | None:
    """The number of the table row that the block is in a cell of."""
    parents = block.parents[:MAX_CELL_DEPTH]
    return block.path[parents.index("tr") + 1] if "tr" in parents else None


def _removed(labelled: Labelled) -> tuple[Removed, ...]:
    """The cut blocks in page order; those behind the first thousand are one entry together."""
    cut = [(block.text, label, score) for block, label, score in labelled if not label.is_body]
    listed = [
        Removed(
            label=_REMOVED_LABELS[label],
            chars=len(text),
            text=text if len(text) <= MAX_REMOVED_CHARS else _shorten(text),
            score=score,
        )
        for text, label, score in cut[:MAX_REMOVED]
    ]
    rest = cut[MAX_REMOVED:]
    if rest:
        chars = sum(len(text) for text, _, _ in rest)
        listed.append(Removed(label=RemovedLabel.OTHER, chars=chars, text=f"{len(rest)} more blocks"))
    return tuple(listed)


def _shorten(text: str) -> str:
    """The first 200 characters of a longer text, cut between words where there are any."""
    head = text[: MAX_REMOVED_CHARS - 1]
    return (head.rpartition(" ")[0] or head) + "…"


def _quality(labelled: Labelled) -> Quality:
    total = kept = 0
    scored = certainty = 0.0
    for block, label, score in labelled:
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
