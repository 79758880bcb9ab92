"""Documents and stages put together for the cleaning tests."""

from typing import Literal

from stream.cleaning.assemble import Assemble
from stream.cleaning.label.stage import LabelBlocks
from stream.cleaning.segment.stage import Segment
from stream.cleaning.values import Attributed, Document, Fields, Rejection
from stream.events import Article, RawPage

LABEL = LabelBlocks()


def document(text: str, kind: Literal["html", "text"] = "html") -> Document:
    return Document(RawPage(), text, kind, "utf-8", "characters")


def clean(text: str, kind: Literal["html", "text"] = "html") -> Article | Rejection:
    """Segment, label and assemble, with no metadata."""
    segmented = Segment()(document(text, kind))
    if isinstance(segmented, Rejection):
        return segmented
    return Assemble()(Attributed(LABEL(segmented), Fields()))
