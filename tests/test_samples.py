"""The sample pages, held to their manifest: what the demo shows is right."""

from collections import Counter
from typing import get_args

import pytest

from stream.events import CleanArticle, DeadLetter, RejectedPage, RejectionReason
from stream.pipeline import Pipeline, build
from stream.samples import PAGES, Sample, samples
from stream.settings import Settings

FATES = {CleanArticle: "cleaned", RejectedPage: "rejected", DeadLetter: "dead-lettered"}
SAMPLES = {sample.name: sample for sample in samples()}


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return build(Settings())


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_comes_out_as_its_manifest_says(pipeline: Pipeline, name: str) -> None:
    sample = SAMPLES[name]
    outcome = pipeline(sample.record).outcome
    assert FATES[type(outcome)] == sample.outcome
    if isinstance(outcome, CleanArticle):
        _check_article(outcome, sample)
    elif isinstance(outcome, RejectedPage):
        assert outcome.reason == sample.reason
        assert outcome.recordId == (None if sample.generated == "tombstone" else name)
    else:
        assert outcome.error.type == sample.error


def _check_article(article: CleanArticle, sample: Sample) -> None:
    assert article.recordId == sample.name
    assert article.headline == sample.headline
    assert article.inLanguage == sample.language
    assert article.datePublished == sample.date_published
    for passage in sample.contains:
        assert article.articleBody.count(passage) == 1
    named = " ".join(entity.name for entity in article.entities)
    for name in sample.absent:
        assert name not in article.articleBody
        assert name not in named
    for entity in article.entities:
        for mention in entity.mentions:
            assert article.articleBody[mention.start : mention.end] == mention.surface


def test_every_file_is_a_sample_and_every_name_is_used_once() -> None:
    assert {sample.file for sample in samples() if sample.file} == {file.name for file in PAGES.iterdir()}
    assert max(Counter(sample.name for sample in samples()).values()) == 1


def test_the_samples_take_every_way_in_and_every_way_out() -> None:
    assert {sample.form for sample in samples()} == set(get_args(Sample.__annotations__["form"]))
    assert {sample.outcome for sample in samples()} == set(FATES.values())
    untold = {RejectionReason.TOO_SHORT.value, RejectionReason.ARTICLE.value}  # the latter only where none is wanted
    assert {sample.reason for sample in samples() if sample.reason} == {
        reason.value for reason in RejectionReason
    } - untold
