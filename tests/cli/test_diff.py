"""Two runs are compared page by page and field by field."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from stream.cli.io.runs import EXCERPT, excerpts, fields_of
from stream.cli.main import cli

ARTICLE: dict[str, Any] = {
    "articleId": "1",
    "recordId": "r",
    "url": "https://gull.example/1",
    "headline": "Pier reopens",
    "articleBody": "Ships sail again.",
    "quality": {"keptShare": 0.5},
    "entities": [
        {"type": "PERSON", "name": "Ann", "salience": 0.5, "mentions": [{"surface": "Ann", "start": 0, "end": 3}]}
    ],
    "stages": [{"name": "read", "ms": 1.0}],
    "source": None,
    "pipelineVersion": "1",
}
REJECTED = {"recordId": "r", "url": None, "reason": "too-short", "evidence": "3 words", "source": None}
FAILED = {"recordId": None, "url": None, "error": {"stage": "read", "type": "InvalidEvent", "message": "no"}}


def line(event: dict[str, Any], record_id: str | None = "r", outcome: str = "cleaned") -> str:
    return json.dumps({"recordId": record_id, "outcome": outcome, "event": {**event, "recordId": record_id}})


def diff(folder: Path, a: list[str], b: list[str], *options: str) -> Result:
    for name, lines in (("a.jsonl", a), ("b.jsonl", b)):
        (folder / name).write_text("\n".join(lines))
    return CliRunner().invoke(cli, ["diff", str(folder / "a.jsonl"), str(folder / "b.jsonl"), *options])


def compared(folder: Path, a: list[str], b: list[str]) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(diff(folder, a, b, "--json").stdout)
    return answer


def test_what_differs_between_any_two_runs_is_no_difference(tmp_path: Path) -> None:
    again = {**ARTICLE, "articleId": "2", "pipelineVersion": "2", "stages": [{"name": "read", "ms": 9.0}]}
    done = diff(tmp_path, [line(ARTICLE)], [line(again)])
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[-1] == "equal"


def test_changed_fields_are_counted_and_shown(tmp_path: Path) -> None:
    a = [line(ARTICLE, str(n)) for n in range(5)]
    b = [line({**ARTICLE, "headline": "Pier closes", "quality": {"keptShare": 0.4}}, str(n)) for n in range(4)] + a[4:]
    found = compared(tmp_path, a, b)
    assert {name: change["pages"] for name, change in found["fields"].items()} == {
        "headline": 4,
        "quality.keptShare": 4,
    }
    assert found["fields"]["headline"]["examples"][0] == {
        "page": "https://gull.example/1",
        "a": "Pier reopens",
        "b": "Pier closes",
    }
    assert (found["matched"], found["changed"], found["equal"]) == (5, 4, False)
    done = diff(tmp_path, a, b, "--examples", "1")
    assert done.exit_code == 1
    assert done.stdout.count("    - Pier reopens\n    + Pier closes\n") == 1
    assert "headline: 4 pages of 5\n" in done.stdout


def test_another_outcome_is_counted_apart(tmp_path: Path) -> None:
    a = [line(ARTICLE, "1"), line(ARTICLE, "2"), line(FAILED, "3", "failed")]
    b = [line(REJECTED, "1", "rejected"), line(ARTICLE, "2"), line(ARTICLE, "3")]
    found = compared(tmp_path, a, b)
    assert {name: change["pages"] for name, change in found["outcomes"].items()} == {
        "cleaned → rejected": 1,
        "dead-lettered → cleaned": 1,
    }
    assert found["outcomes"]["cleaned → rejected"]["examples"][0] | {"page": ""} == {
        "page": "",
        "a": "Pier reopens",
        "b": "too-short",
    }
    assert found["fields"] == {}


def test_a_page_in_one_run_alone_is_a_difference(tmp_path: Path) -> None:
    found = compared(tmp_path, [line(ARTICLE, "1")], [line(ARTICLE, "1"), line(ARTICLE, "2")])
    assert (found["only_in_a"], found["only_in_b"], found["equal"]) == (0, 1, False)


def test_the_newest_outcome_of_a_page_counts(tmp_path: Path) -> None:
    old = {**ARTICLE, "headline": "old"}
    assert compared(tmp_path, [line(old), line(ARTICLE)], [line(ARTICLE)])["equal"]


def test_pages_are_matched_by_the_strongest_name_that_both_runs_have(tmp_path: Path) -> None:
    placed = {**ARTICLE, "source": {"topic": "raw", "partition": 0, "offset": 7}}
    moved = {**ARTICLE, "source": {"topic": "raw", "partition": 0, "offset": 8}}
    assert compared(tmp_path, [line(placed, "1")], [line(placed, "2")])["matched_by"] == "its place in the input topic"
    assert compared(tmp_path, [line(placed, "1")], [line(moved, "1")])["matched_by"] == "recordId"
    assert compared(tmp_path, [line(placed, None)], [line(moved, None)])["matched_by"] == "url"


def test_entities_that_only_moved_are_told_from_entities_that_changed() -> None:
    (person,) = ARTICLE["entities"]
    moved = {**ARTICLE, "entities": [{**person, "mentions": [{"surface": "Ann", "start": 9, "end": 12}]}]}
    a, b = fields_of(ARTICLE), fields_of(moved)
    assert [name for name in a if a[name] != b[name]] == ["entities.offsets"]


def test_what_is_shown_cannot_steer_a_terminal(tmp_path: Path) -> None:
    done = diff(tmp_path, [line({**ARTICLE, "headline": "\x1b[2J\n1"})], [line({**ARTICLE, "headline": "\x1b[2J\n2"})])
    assert "\\x1b[2J\\n1" in done.stdout
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize("names", [("missing.jsonl", "a.jsonl"), ("a.jsonl", "missing.jsonl.gz")])
def test_a_run_that_cannot_be_read_ends_with_2(tmp_path: Path, names: tuple[str, str]) -> None:
    (tmp_path / "a.jsonl").write_text(line(ARTICLE))
    done = CliRunner().invoke(cli, ["diff", *[str(tmp_path / name) for name in names]])
    assert done.exit_code == 2
    assert "no such file" in done.output


def test_lines_that_are_no_outcomes_are_said_and_stop_nothing(tmp_path: Path) -> None:
    done = diff(tmp_path, ["{broken", "[]", '{"outcome": "cleaned"}', '{"outcome": 5}', line(ARTICLE)], [line(ARTICLE)])
    assert done.exit_code == 0
    assert "a.jsonl: 4 records are no outcomes of this program and were left out" in done.stderr


values = st.recursive(st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(), st.lists, max_leaves=5)


@given(values, values)
def test_excerpts_are_short_and_show_where_texts_differ(a: Any, b: Any) -> None:
    short_a, short_b = excerpts(a, b)
    assert max(len(short_a), len(short_b)) <= EXCERPT + 2
    if isinstance(a, str) and isinstance(b, str) and a != b and not (a.startswith(b) or b.startswith(a)):
        assert short_a != short_b
