"""Every limit that is a setting, from both sides: what just fits is cleaned, what does not is said by name."""

from typing import Any

import pytest

from stream.codec.record import Record
from stream.events import CleanArticle, DeadLetter
from stream.outcome import Outcome
from stream.pipeline import Pipeline
from stream.samples import PAGES
from stream.settings import Settings

PAGE = (PAGES / "news-plain.html").read_bytes()
TEXT = (PAGES / "stripped-text.txt").read_bytes()


def outcome(content: bytes, content_type: str = "text/html", **limits: Any) -> Outcome:
    return Pipeline.from_settings(Settings(**limits))(
        Record(content, headers=(("content-type", content_type.encode()),))
    ).outcome


def error(found: Outcome) -> tuple[str, str]:
    assert isinstance(found, DeadLetter)
    return found.error.stage, found.error.type


def test_bytes_after_decompression() -> None:
    assert isinstance(outcome(PAGE, max_decoded_bytes=len(PAGE), entities=False), CleanArticle)
    assert error(outcome(PAGE, max_decoded_bytes=len(PAGE) - 1, entities=False)) == ("decode", "DecodedTooLarge")


@pytest.mark.parametrize(
    ("content", "content_type", "nodes"),
    [(PAGE, "text/html", PAGE.count(b"<")), (TEXT, "text/plain", TEXT.count(b"\n"))],
    ids=["tags", "lines"],
)
def test_nodes(content: bytes, content_type: str, nodes: int) -> None:
    assert isinstance(outcome(content, content_type, max_nodes=nodes, entities=False), CleanArticle)
    found = outcome(content, content_type, max_nodes=nodes - 1, entities=False)
    assert error(found) == ("segment", "TooManyNodes")
    assert isinstance(found, DeadLetter)
    assert "max_nodes" in found.error.message


def test_depth() -> None:
    """What stands deeper is read, too; only the tags around it go."""
    nested = PAGE.replace(b"<p>", b"<div>" * 300 + b"<p>", 1).replace(b"</html>", b"<i></i>" * 6000)
    free, within, below = (outcome(nested, max_depth=depth, entities=False) for depth in (10_000, 400, 20))
    assert isinstance(free, CleanArticle)
    assert isinstance(within, CleanArticle)
    assert isinstance(below, CleanArticle)
    assert within.articleBody == free.articleBody
    for word in ("millstone", "A retired joiner from Ely", "visitors are asked to bring a paper bag."):
        assert word in below.articleBody


def test_entities() -> None:
    every = outcome(PAGE)
    assert isinstance(every, CleanArticle)
    count = len(every.entities)
    assert count > 3
    same, fewer = (outcome(PAGE, max_entities=most) for most in (count, count - 1))
    assert isinstance(same, CleanArticle)
    assert isinstance(fewer, CleanArticle)
    assert same.entities == every.entities
    assert fewer.entities == every.entities[:-1]
