"""The tool that compares two builds finds what differs, and nothing else."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.outcomes import CommandFailed, Compared, canonical, clean, compare

PAGE = {"recordId": "a", "outcome": "cleaned", "event": {"headline": "Ferry", "stages": [1], "articleId": "x"}}
# Another build's stream-cleaner: it writes what it reads as the headline, and fails where it is told to.
OTHER = """
import json, sys
for line in sys.stdin:
    page = json.loads(line)
    if page["content"] == "break":
        sys.exit("out of order")
    event = {"headline": page["content"], "pipelineVersion": "other"}
    print(json.dumps({"recordId": page["recordId"], "outcome": "cleaned", "event": event}))
"""


@pytest.fixture
def other(tmp_path: Path) -> list[str]:
    program = tmp_path / "other.py"
    program.write_text(OTHER)
    return [sys.executable, str(program)]


def records(*contents: str) -> Iterator[dict[str, Any]]:
    for number, content in enumerate(contents):
        yield {"recordId": str(number), "url": None, "content": content, "contentType": "text/plain"}


def changed(outcome: str = "cleaned", **event: object) -> dict[str, Any]:
    return {**PAGE, "outcome": outcome, "event": {"headline": "Ferry", **event}}


def test_what_tells_of_the_build_alone_is_no_difference() -> None:
    assert canonical(PAGE) == canonical(changed(stages=[2], pipelineVersion="2", articleId="y"))


def test_a_page_that_differs_is_named_with_its_fields() -> None:
    compared = Compared()
    compared.add(PAGE, changed(headline="Boat", wordCount=3))
    compared.add(PAGE, changed())
    compared.add(PAGE, changed("rejected"))
    assert compared.different == ["a: headline, wordCount", "a: outcome (cleaned, not rejected)"]
    assert compared.ours.hexdigest() != compared.theirs.hexdigest()


def test_equal_outcomes_have_equal_digests_and_the_order_counts() -> None:
    one, same, turned = Compared(), Compared(), Compared()
    for compared, pages in ((one, (PAGE, changed(wordCount=1))), (turned, (changed(wordCount=1), PAGE))):
        for page in pages:
            compared.add(page)
    for page in (PAGE, changed(wordCount=1)):
        same.add(page, page)
    assert one.ours.hexdigest() == same.ours.hexdigest() == same.theirs.hexdigest() != turned.ours.hexdigest()


def test_another_build_is_run_on_the_same_pages(other: list[str]) -> None:
    texts = ("The ferry sails.", "The ferry stays.")
    compared = compare(records(*texts), records(*texts), other, 1)
    assert compared.pages == 2
    assert all("headline" in line for line in compared.different)
    assert [line[0] for line in compared.different] == ["0", "1"]


def test_a_build_that_breaks_is_told_from_one_that_differs(other: list[str]) -> None:
    with pytest.raises(CommandFailed, match="out of order"):
        list(clean(other, records("The ferry sails.", "break"), 1))


def test_settings_of_the_environment_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "The ferry sails from Dover at nine, said the mayor of the town on Monday morning. " * 3
    plain = compare(records(text), records(), None, 1)
    monkeypatch.setenv("STREAM_ENTITIES", "false")
    assert compare(records(text), records(), None, 1).ours.hexdigest() == plain.ours.hexdigest()


def test_every_line_of_a_build_is_read(other: list[str]) -> None:
    rows = list(clean(other, records(*map(str, range(500))), 1))
    assert [row["event"]["headline"] for row in rows] == [str(number) for number in range(500)]
    assert json.loads(canonical(rows[0])) == {"event": {"headline": "0"}, "outcome": "cleaned", "recordId": "0"}
