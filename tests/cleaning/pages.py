"""Documents and stages put together for the cleaning tests."""

from typing import Literal

from stream.cleaning.assemble import Assemble
from stream.cleaning.label.stage import LabelBlocks
from stream.cleaning.segment.stage import Segment
from stream.cleaning.values import Block, Document, Fields, Judged, Label, Labelled, LabelledBlock, Rejection
from stream.events import Article

LABEL = LabelBlocks()


def document(text: str, kind: Literal["html", "text"] = "html") -> Document:
    return Document(text=text, kind=kind)


def clean(text: str, kind: Literal["html", "text"] = "html") -> Article | Rejection:
    """Segment, label and assemble, with no metadata."""
    segmented = Segment()(document(text, kind))
    if isinstance(segmented, Rejection):
        return segmented
    return Assemble()(draft_of(LABEL(segmented)))


def label_blocks(*blocks: tuple[Block, Label], score: float | None = None) -> tuple[LabelledBlock, ...]:
    return tuple(LabelledBlock(block, label, score) for block, label in blocks)


def draft_of(labelled: Labelled, fields: Fields | None = None) -> Judged:
    """What the metadata stage makes of the page, with these fields alone."""
    return Judged(url=labelled.url, blocks=labelled.blocks, markup=labelled.markup, fields=fields or Fields())
