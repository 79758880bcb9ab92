"""The recogniser's behaviour on sentences of our own, kind by kind: what must be found, what must not."""

import pytest

from evaluation.recogniser.cases import cases, count_passed
from evaluation.recogniser.texts import TYPE_OF_ENTITY, Stretch
from stream.entities.tagger.tagger import Tagger

LEAST_SHARE = 0.88  # of all cases; raised when the model gets better, never lowered


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger()


def find(tagger: Tagger, text: str) -> list[Stretch]:
    return [(span.start, span.end, TYPE_OF_ENTITY[span.type]) for span in tagger(text)]


def test_the_suite_is_large_and_marks_its_names_rightly() -> None:
    suite = list(cases())
    assert len(suite) >= 300
    assert len({case.text for case in suite}) == len(suite)
    for case in suite:
        assert "<" not in case.text
        assert all(case.text[start:end].strip() == case.text[start:end] != "" for start, end, _ in case.names)


def test_names_of_every_kind_of_sentence_are_found(tagger: Tagger) -> None:
    counts = count_passed(lambda text: find(tagger, text))
    right, total = (sum(column) for column in zip(*counts.values(), strict=True))
    shares = {kind: f"{good}/{of}" for kind, (good, of) in counts.items()}
    assert right >= LEAST_SHARE * total, f"{right} of {total} cases passed; by kind: {shares}"


def test_sentences_without_names_give_none(tagger: Tagger) -> None:
    wrong = [case.text for case in cases() if case.kind == "nothing" and find(tagger, case.text)]
    assert len(wrong) <= 3, wrong
