"""The pipeline: one outcome a page whatever its stages do, with the stages' ledger and ids that can be relied on."""

import hashlib
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.cleaning.values import Payload, Rejection
from stream.codec.read import Read
from stream.codec.record import Record
from stream.events import (
    Article,
    CleanArticle,
    DeadLetter,
    Paragraph,
    ParagraphKind,
    Quality,
    RejectedPage,
    RejectionReason,
    Source,
)
from stream.pipeline import Pipeline
from stream.settings import Settings

SOURCE = Source(topic="raw-pages", partition=2, offset=7)


class Clean:
    """A stage that makes an article of any text, and does what the text says first."""

    name = "clean"

    def __init__(self, version: str = "1") -> None:
        self.version = version

    def __call__(self, payload: Payload) -> Any:
        text = payload.content if isinstance(payload.content, str) else payload.content.decode()
        if text == "reject":
            return Rejection(RejectionReason.LISTING, "it asked for it")
        if text == "exhaust":
            raise MemoryError
        if text == "break":
            raise KeyError("x" * 1000)
        return Article(
            url=payload.page.url,
            articleBody=text,
            paragraphs=(Paragraph(kind=ParagraphKind.PARAGRAPH, text=text),),
            wordCount=1,
            quality=Quality(keptShare=1.0),
            contentDigest=hashlib.sha256(text.encode()).hexdigest(),
        )


class Never:
    """A stage that must not be reached."""

    name = "never"
    version = "1"

    def __call__(self, value: Any) -> Any:
        raise AssertionError("this stage must not run")


def pipeline(*more: Any, version: str = "1") -> Pipeline:
    return Pipeline([Read(Settings()), Clean(version), *more])


def page(text: str, **fields: Any) -> Record:
    headers = tuple((name, value.encode()) for name, value in fields.items())
    return Record(text.encode(), headers=(("content-type", b"text/plain"), *headers), source=SOURCE)


def test_a_clean_page_carries_its_article_its_source_and_its_stages() -> None:
    result = pipeline()(page("hello", url="https://a.example/"))
    assert isinstance(result.outcome, CleanArticle)
    assert (result.outcome.articleBody, result.outcome.url) == ("hello", "https://a.example/")
    assert result.outcome.source == SOURCE
    assert [(run.name, run.charsIn, run.charsOut) for run in result.outcome.stages] == [
        ("read", 5, 5),
        ("clean", 5, 5),
    ]


def test_a_rejection_ends_the_way_of_a_page() -> None:
    outcome = pipeline(Never())(page("reject")).outcome
    assert isinstance(outcome, RejectedPage)
    assert (outcome.reason, outcome.evidence) == (RejectionReason.LISTING, "it asked for it")
    assert [run.name for run in outcome.stages] == ["read", "clean"]


@pytest.mark.parametrize(("text", "kind"), [("exhaust", "MemoryLimitExceeded"), ("break", "KeyError")])
def test_what_a_stage_raises_becomes_a_dead_letter_that_names_it(text: str, kind: str) -> None:
    outcome = pipeline()(page(text)).outcome
    assert isinstance(outcome, DeadLetter)
    assert (outcome.error.stage, outcome.error.type) == ("clean", kind)
    assert len(outcome.error.message) <= 300


def test_what_cannot_be_read_is_a_dead_letter_of_the_first_stage() -> None:
    outcome = pipeline()(Record(b"{broken", source=SOURCE)).outcome
    assert isinstance(outcome, DeadLetter)
    assert (outcome.error.stage, outcome.error.type) == ("read", "InvalidEvent")
    assert outcome.source == SOURCE


@given(st.binary(max_size=100) | st.none())
def test_any_record_has_exactly_one_outcome(value: bytes | None) -> None:
    assert isinstance(pipeline()(Record(value)).outcome, CleanArticle | RejectedPage | DeadLetter)


def test_the_id_is_the_same_for_the_same_page_wherever_it_lies_in_kafka() -> None:
    record = page("hello", url="https://a.example/")
    moved = replace(record, source=Source(topic="raw-pages", partition=0, offset=99), key=b"k")
    assert pipeline()(record).outcome.articleId == pipeline()(moved).outcome.articleId


@pytest.mark.parametrize(
    "other", [page("other", url="https://a.example/"), page("hello", url="https://b.example/"), page("hello")]
)
def test_the_id_differs_for_another_page(other: Record) -> None:
    assert pipeline()(page("hello", url="https://a.example/")).outcome.articleId != pipeline()(other).outcome.articleId


def test_a_changed_stage_changes_the_pipelines_version_and_every_id() -> None:
    old, new = pipeline(version="1"), pipeline(version="2")
    assert old.version != new.version
    assert old(page("hello")).outcome.articleId != new(page("hello")).outcome.articleId
