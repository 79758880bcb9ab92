import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import stream.cli.clean
from stream.cli.main import cli
from stream.pipeline import Pipeline, build
from stream.samples import PAGES, samples
from stream.settings import Settings
from tests.cli.programs import SECONDS, running, stream_cleaner

OUTCOMES = {"cleaned": "articleBody", "rejected": "reason", "failed": "error"}
EVENTS = b"".join(
    (sample.record.value or b"") + b"\n" for sample in samples() if sample.form == "json-event" and sample.file
)

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
pages = st.fixed_dictionaries(
    {},
    optional={
        "recordId": st.text() | json_values,
        "url": st.text(),
        "content": st.text() | st.text(st.sampled_from("<p>/ab &;")),
        "contentBase64": st.binary().map(lambda raw: raw.hex()),
        "contentType": st.text() | st.just("text/html"),
        "contentEncoding": st.sampled_from(["gzip", "br", "zstd", "nonsense"]),
        "httpStatus": st.integers() | st.none(),
    },
)
garbage = st.binary(max_size=80).filter(lambda line: b"\n" not in line)
lines = st.lists(garbage | (json_values | pages).map(lambda value: json.dumps(value).encode()), max_size=12)


@pytest.fixture(scope="module")
def one_pipeline() -> Iterator[None]:
    """Lets every run of this module share a pipeline, which takes longer to build than to use."""
    pipeline: Pipeline = build(Settings(entities=False))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stream.cli.clean, "load_pipeline", lambda settings: pipeline)
        yield


@given(lines=lines)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_comes_in_there_is_one_line_out_for_each_in_order(
    one_pipeline: None, tmp_path: Path, lines: list[bytes]
) -> None:
    file = tmp_path / "events.jsonl"
    file.write_bytes(b"\n".join(lines) + (b"\n" if lines and not lines[-1] else b""))
    answer = CliRunner().invoke(cli, ["clean", "--jsonl", "--no-entities", str(file)])
    assert answer.exit_code == 0, answer.output
    answers = [json.loads(line) for line in answer.stdout_bytes.splitlines()]
    assert [set(each) for each in answers] == [{"recordId", "outcome", "event"}] * len(lines)
    for each, line in zip(answers, lines, strict=True):
        assert OUTCOMES[each["outcome"]] in each["event"]
        assert each["recordId"] == _record_id(line)


def test_each_page_has_the_same_outcome_whatever_its_neighbours_and_the_number_of_workers() -> None:
    forward = EVENTS.splitlines(keepends=True)
    alone = _outcomes(stream_cleaner("clean", "--jsonl", "-", stdin=EVENTS).stdout)
    assert list(alone) == [json.loads(line)["recordId"] for line in forward]
    pooled = stream_cleaner("clean", "--jsonl", "--workers", "3", "-", stdin=b"".join(reversed(forward)))
    assert list(_outcomes(pooled.stdout).items()) == list(reversed(alone.items()))


@pytest.mark.parametrize("workers", ["1", "2"])
def test_an_answer_comes_before_the_next_question(workers: str) -> None:
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with running("clean", "--jsonl", "--workers", workers, "-", streams=pipes) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for record_id in ("first", "second"):
            process.stdin.write(json.dumps({"recordId": record_id, "content": "x"}).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["recordId"] == record_id
        process.stdin.close()
        assert process.wait(SECONDS) == 0


def test_a_page_that_is_not_json_fails_and_stops_nothing() -> None:
    done = stream_cleaner("clean", "--jsonl", "--no-entities", "-", stdin=b'{broken\n{"recordId": "2", "content": ""}')
    first, second = map(json.loads, done.stdout.splitlines())
    assert done.returncode == 0
    assert (first["recordId"], first["outcome"], first["event"]["error"]["type"]) == (None, "failed", "InvalidEvent")
    assert (second["recordId"], second["outcome"], second["event"]["reason"]) == ("2", "rejected", "empty")


def test_half_a_surrogate_pair_loses_no_record_id() -> None:
    done = stream_cleaner("clean", "--jsonl", "--no-entities", "-", stdin=rb'{"recordId": "7", "content": "\ud800"}')
    assert json.loads(done.stdout)["recordId"] == "7"


@pytest.mark.parametrize("workers", ["1", "2"])
def test_stats_are_the_last_line_on_standard_error(workers: str) -> None:
    done = stream_cleaner("clean", "--jsonl", "--stats", "--no-entities", "--workers", workers, "-", stdin=EVENTS)
    stats = json.loads(done.stderr.splitlines()[-1])
    assert set(stats) == {"cpuMs", "pages", "seconds"}
    assert stats["pages"] == EVENTS.count(b"\n")
    assert stats["seconds"] > 0
    stages = {stage["name"] for line in done.stdout.splitlines() for stage in json.loads(line)["event"]["stages"]}
    assert set(stats["cpuMs"]) == stages


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_reader_that_leaves_ends_the_run_without_a_word(workers: str) -> None:
    reader, writer = os.pipe()
    pipes = {"stdin": subprocess.PIPE, "stdout": writer, "stderr": subprocess.PIPE}
    with running("clean", "--jsonl", "--no-entities", "--workers", workers, "-", streams=pipes) as process:
        os.close(writer)
        os.close(reader)
        assert process.stdin is not None
        assert process.stderr is not None
        process.stdin.write(b"{}\n")
        process.stdin.flush()  # and stays open: the reader is what left
        assert process.wait(SECONDS) == 1
        assert process.stderr.read() == b""


def test_files_and_folders_are_printed_for_people() -> None:
    done = stream_cleaner("clean", str(PAGES / "news-json-ld.html"), str(PAGES / "error-page.html"))
    shown = done.stdout.decode()
    assert done.returncode == 0
    assert "Lisbon reopens century-old tram tunnel after three-year repair\n14 March 2025, 07:30 UTC" in shown
    assert "A decision is due in October, Tavares Leitão said." in shown
    assert "Delphine Okoro" not in shown
    assert "Rejected: error-page" in shown


def test_standard_input_is_one_page_for_people() -> None:
    done = stream_cleaner("clean", "--no-entities", "-", stdin=(PAGES / "news-de.html").read_bytes())
    assert done.stdout.decode().startswith("Innsbruck testet Seilbahn als Ersatz für Buslinie\n3 February 2025, 16:42")


def test_entities_are_left_out_on_demand() -> None:
    page = str(PAGES / "news-json-ld.html")
    with_entities = json.loads(stream_cleaner("clean", "--jsonl", page).stdout)["event"]
    without = json.loads(stream_cleaner("clean", "--jsonl", "--no-entities", page).stdout)["event"]
    assert any("Vasconcelos" in entity["name"] for entity in with_entities["entities"])
    assert (without["entities"], without["recogniser"]) == ([], "none")
    assert without["articleBody"] == with_entities["articleBody"]


def test_an_explanation_says_of_each_block_what_it_is_and_why() -> None:
    done = stream_cleaner("clean", "--explain", str(PAGES / "news-plain.html"))
    lines = done.stdout.decode().splitlines()
    assert done.returncode == 0
    assert lines[-3].startswith("kept 8 of ")
    assert re.match(r"article with probability 0\.\d+", lines[-2])
    assert re.fullmatch(r"  (\w+=\S+ [+-]\d+\.\d\d(, )?){5}", lines[-1])
    (kept,) = [index for index, line in enumerate(lines) if "A retired joiner from Ely" in line]
    assert lines[kept].split()[:2] == ["keep", "paragraph"]
    assert re.fullmatch(r"\s+(\S+=\S+ [+-]\d+\.\d\d(, )?)+", lines[kept + 1])
    (cut,) = [line for line in lines if line.endswith(" Obituaries")]
    assert cut.split()[:2] == ["cut", "navigation"]


@pytest.mark.parametrize(
    ("file", "shown"), [("empty.html", "Rejected: empty"), ("broken-event.json", "cannot be explained: InvalidEvent")]
)
def test_a_page_without_blocks_is_explained_in_a_line(file: str, shown: str) -> None:
    done = stream_cleaner("clean", "--explain", str(PAGES / file))
    assert done.returncode == 0
    assert done.stdout.decode().startswith(shown)


def test_an_explanation_keeps_to_the_settings() -> None:
    page = str(PAGES / "news-plain.html")
    done = stream_cleaner("clean", "--explain", page, max_nodes="5")
    assert done.stdout.decode().startswith("cannot be explained: TooManyNodes")
    done = stream_cleaner("clean", "--explain", page, pipeline="tests.faults.pipelines:echo")
    assert done.stdout.decode().startswith("cannot be explained: NoSuchStage: the pipeline has no stage 'label'")
    done = stream_cleaner("clean", "--explain", page, pipeline="tests.faults.pipelines:refusing")
    assert done.stdout.decode() == "Rejected: not-an-article · refused on purpose\n"


def test_explaining_is_for_people() -> None:
    assert stream_cleaner("clean", "--explain", "--jsonl", "-").returncode == 2


def test_input_that_cannot_be_read_ends_with_1_after_the_rest() -> None:
    done = stream_cleaner("clean", "--jsonl", "--no-entities", "missing.html", str(PAGES / "empty.html"))
    assert done.returncode == 1
    assert done.stderr.decode() == "missing.html: No such file or directory\n"
    assert json.loads(done.stdout)["event"]["reason"] == "empty"


def _record_id(line: bytes) -> Any:
    """The record id that an answer must carry: the event's, where it is an event with one."""
    try:
        event = json.loads(line)
    except ValueError:
        return None
    record_id = event.get("recordId") if isinstance(event, dict) else None
    if not isinstance(record_id, str):
        return None
    return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in record_id)


def _outcomes(output: bytes) -> dict[str, dict[str, Any]]:
    """Outcomes by record id, in the order they came, without what each run measures anew."""
    answers = [json.loads(line) for line in output.splitlines()]
    for answer in answers:
        for stage in answer["event"]["stages"]:
            del stage["ms"]
    return {answer["recordId"]: answer for answer in answers}
