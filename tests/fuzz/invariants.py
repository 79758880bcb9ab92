"""What holds of every outcome, whatever the page."""

import hashlib
import re
import time
from itertools import pairwise

import msgspec

from stream.cleaning.assemble import CELL_SEPARATOR
from stream.cleaning.label.duplicates import MIN_CHARS
from stream.cleaning.label.stage import LabelBlocks
from stream.cleaning.values import Labelled
from stream.cleaning.words import count_words
from stream.codec.record import Record
from stream.codec.write import Message, encode
from stream.events import CleanArticle, DeadLetter, ParagraphKind, RejectedPage
from stream.outcome import Outcome, Result
from stream.pipeline import Pipeline
from stream.settings import Settings

MAX_SECONDS = 2.0  # of CPU, for any page that the strategies make; one takes 10 ms as a rule
MAX_GROWTH = 12  # an event may be that much larger than its page (mentions are dear), and 20 kB
EXPECTED = frozenset({"InvalidEvent", "UndecodableContent", "DecodedTooLarge", "ClaimCheckError"})
_UNSEEN = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")


class Watched:
    """The worker's pipeline, and what its labeller last said."""

    def __init__(self) -> None:
        self.labelled: Labelled | None = None
        watched = self

        class Watching(LabelBlocks):
            def __call__(self, segmented: object) -> Labelled:
                watched.labelled = super().__call__(segmented)  # type: ignore[arg-type]
                return watched.labelled

        stages = Pipeline.from_settings(Settings()).stages
        self._pipeline = Pipeline([Watching() if isinstance(stage, LabelBlocks) else stage for stage in stages])

    def __call__(self, record: Record) -> Result:
        self.labelled = None
        return self._pipeline(record)


def check(pipeline: Watched, record: Record) -> Message:
    """Clean a record, and raise ``AssertionError`` for whatever must not be; the message to publish."""
    begin = time.thread_time()
    result = pipeline(record)
    message = encode(result.outcome, record)
    seconds = time.thread_time() - begin
    assert seconds < MAX_SECONDS, f"{seconds:.1f} s of CPU for {len(record.value or b'')} bytes"
    outcome = result.outcome
    if isinstance(outcome, DeadLetter):
        assert outcome.error.type in EXPECTED, f"the {outcome.error.stage} stage raised {outcome.error}"
        assert message.value == record.value
        return message
    size = len(message.value or b"")
    chars = result.stages[1].charsOut if len(result.stages) > 1 else 0
    assert size <= MAX_GROWTH * max(chars, len(record.value or b"")) + 20_000, f"{size} bytes of JSON from {chars}"
    assert msgspec.json.decode(message.value or b"", type=type(outcome)) is not None
    if isinstance(outcome, CleanArticle):
        _check_article(outcome)
        assert pipeline.labelled is not None
        _check_conservation(outcome, result, pipeline.labelled)
    else:
        assert isinstance(outcome, RejectedPage)
        assert outcome.evidence
    return message


def lasting(outcome: Outcome) -> bytes:
    """The outcome without the times it took: what must be the same for the same page, wherever it is cleaned."""
    event = msgspec.to_builtins(outcome)
    event.pop("stages", None)
    return msgspec.json.encode(event, order="sorted")


def differences(here: bytes, there: bytes) -> str:
    """The fields in which two lasting outcomes differ, for people."""
    ours, theirs = msgspec.json.decode(here), msgspec.json.decode(there)
    names = [name for name in ours | theirs if ours.get(name) != theirs.get(name)]
    return "; ".join(f"{name} is {str(theirs.get(name))[:200]} and not {str(ours.get(name))[:200]}" for name in names)


def _check_article(article: CleanArticle) -> None:
    body = article.articleBody
    assert body == "\n\n".join(paragraph.text for paragraph in article.paragraphs)
    assert article.wordCount == count_words(body)
    assert article.contentDigest == "sha256:" + hashlib.sha256(body.encode()).hexdigest()
    for paragraph in article.paragraphs:
        text = paragraph.text
        if paragraph.kind is ParagraphKind.CODE:  # which keeps its lines, and their indents
            assert text == text.strip("\n"), f"empty lines around {text!r}"
            text = " ".join(text.split())
        assert text == " ".join(text.split()), f"loose white space in {text!r}"
        assert not _UNSEEN.search(text), f"controls in {text!r}"
    for entity in article.entities:
        assert entity.name
        for mention in entity.mentions:
            assert mention.start < mention.end
            assert body[mention.start : mention.end] == mention.surface
        starts = [mention.start for mention in entity.mentions]
        assert starts == sorted(starts)
    spans = sorted((mention.start, mention.end) for entity in article.entities for mention in entity.mentions)
    assert all(first[1] <= second[0] for first, second in pairwise(spans)), "two mentions overlap"
    names = {entity.name for entity in article.entities}
    assert names.issuperset(article.mainPeople)
    assert names.issuperset(article.mainPlaces)


def _check_conservation(article: CleanArticle, result: Result, labelled: Labelled) -> None:
    """Every visible character is kept or removed, once; what is kept is said once."""
    sizes = {run.name: run.charsOut for run in result.stages}
    assert sum(removed.chars for removed in article.removed) == sizes["segment"] - sizes["label"]
    kept = sum(_said(paragraph.text, paragraph.kind) for paragraph in article.paragraphs)
    blocks = [(block, label) for block, label, _ in labelled if label.is_body]
    assert kept == sum(_said(block.text, label) for block, label in blocks)
    parents: dict[str, int] = {}
    for block, _ in blocks:
        if len(block.text) >= MIN_CHARS:
            parent = block.path[1] if len(block.path) > 1 else 0
            assert parents.setdefault(block.text, parent) == parent, f"said twice: {block.text!r}"


def _said(text: str, kind: str) -> int:
    """Characters of a text; in tables without what stands between cells, and between the blocks of one cell."""
    return len(text) if kind != ParagraphKind.TABLE else len("".join(text.replace(CELL_SEPARATOR.strip(), "").split()))
