"""An outcome on its way to Kafka: whoever breaks a page, its dead letter says the same things of it."""

from dataclasses import replace
from typing import cast

from stream.codec.record import Record
from stream.codec.write import DEAD_LETTER_HEADERS, dead_letter_message
from stream.events import Article, PageError, Source
from stream.outcome import MAX_MESSAGE_CHARS, OutcomeKind, build_dead_letter, finish, refuse_too_large
from stream.pipeline import Pipeline
from stream.samples import samples
from stream.service.pool.process import clean_one
from stream.settings import Settings

SOURCE = Source(topic="raw-pages", partition=1, offset=7)
BROKEN = PageError(stage="pool", type="DeadlineExceeded", message="late " * MAX_MESSAGE_CHARS)


def test_an_output_that_its_topic_refuses_keeps_the_ids_and_the_address_of_its_article() -> None:
    sample = next(sample for sample in samples() if sample.outcome is OutcomeKind.CLEANED and sample.url)
    record = Record(sample.record.value, sample.record.key, sample.record.headers, SOURCE)
    pipeline = Pipeline.from_settings(Settings(entities=False))
    result = pipeline(record)
    refused = refuse_too_large(finish(result, record), record, pipeline.version)
    assert refused.kind is OutcomeKind.DEAD_LETTERED
    assert refused.letter is not None
    assert refused.letter.articleId == result.outcome.articleId
    assert (refused.letter.url, refused.letter.error.type) == (sample.url, "OutputTooLarge")


class Spoil:
    """A stage whose article cannot be written as JSON."""

    name, version = "spoil", "1"

    def __call__(self, article: Article) -> Article:
        return replace(article, headline=cast(str, object()))


def test_an_outcome_that_cannot_be_encoded_keeps_the_ids_and_the_address_of_its_article() -> None:
    sample = next(sample for sample in samples() if sample.outcome is OutcomeKind.CLEANED and sample.url)
    record = Record(sample.record.value, sample.record.key, sample.record.headers, SOURCE)
    pipeline = Pipeline([*Pipeline.from_settings(Settings(entities=False)).stages, Spoil()])
    letter = clean_one(pipeline, record).letter
    assert letter is not None
    assert (letter.articleId, letter.url) == (pipeline(record).outcome.articleId, sample.url)
    assert letter.error.stage == "encode"


def test_a_page_that_no_stage_read_is_named_by_its_record_and_its_headers() -> None:
    record = Record(b"page", headers=(("url", b"https://a.example/1"),), source=SOURCE)
    letter = build_dead_letter(BROKEN, record, "1.0+ab")
    assert letter.url == "https://a.example/1"
    assert letter.articleId == build_dead_letter(BROKEN, record, "1.0+ab").articleId
    assert len(letter.error.message) == MAX_MESSAGE_CHARS


def test_a_dead_letter_that_breaks_again_carries_each_of_its_headers_once() -> None:
    record = Record(b"page", headers=(("url", b"https://a.example/1"),), source=SOURCE)
    letter = build_dead_letter(BROKEN, record, "1.0+ab")
    once = dead_letter_message(letter, record)
    again = dead_letter_message(letter, Record(b"page", headers=once.headers, source=SOURCE))
    names = [name for name, _ in again.headers if name in DEAD_LETTER_HEADERS]
    assert sorted(names) == sorted(DEAD_LETTER_HEADERS)
