"""Our own stages as the metadata's evaluation and training run them: a row of pages in, fields out."""

import time
from collections.abc import Callable
from typing import Any

from evaluation.metadata.scores import FIELDS, FoundFields
from stream.cleaning.decode.stage import Decode
from stream.cleaning.label.stage import LabelBlocks
from stream.cleaning.metadata.stage import FindFields
from stream.cleaning.segment.stage import Segment
from stream.cleaning.values import Labelled, Payload, Rejection
from stream.events import RawPage
from stream.pipeline import Chain

MAX_BYTES = 100_000_000

_LABELLING = Chain.of(Decode(MAX_BYTES)).then(Segment()).then(LabelBlocks())


def labelled_page(page: dict[str, Any]) -> Labelled | None:
    """The page as the stages before the metadata hand it over; None for one that they reject."""
    labelled = _LABELLING(Payload(RawPage(url=page["url"], contentType="text/html"), page["html"]))
    return None if isinstance(labelled, Rejection) else labelled


def ours() -> Callable[[dict[str, Any]], FoundFields]:
    find = FindFields()

    def answer(page: dict[str, Any]) -> FoundFields:
        labelled = labelled_page(page)
        if labelled is None:
            return FoundFields(dict.fromkeys((*FIELDS, "keywords")), 0.0)
        begin = time.thread_time()
        fields = find(labelled).fields
        ms = (time.thread_time() - begin) * 1000
        found = {name: getattr(fields, name) for name in (*FIELDS, "keywords", "inLanguage")}
        return FoundFields(found | {"authors": fields.author_names}, ms)

    return answer
