"""``stream-cleaner entities``: the contract that other programs call."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from stream.cli.entities import entities
from stream.pipeline import NoSuchStage
from stream.settings import Settings


def run(*arguments: str, stdin: str | bytes = "") -> Result:
    return CliRunner().invoke(entities, list(arguments), input=stdin, obj=Settings())


def answers(*lines: object) -> list[dict[str, object]]:
    stdin = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)
    result = run("--jsonl", "-", stdin=stdin)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_each_line_is_answered_in_order_and_a_bad_line_stops_nothing() -> None:
    found = answers(
        {"id": "a", "text": "Vladimir Putin met Xi Jinping in Moscow."},
        "{broken",
        "[" * 100_000,
        [1],
        {"id": "b"},
        {"id": 7, "text": "Angela Merkel left Berlin.", "language": "en"},
        {"id": "empty", "text": ""},
        {"id": "odd", "text": "\ud800 \x00 Angela Merkel", "language": "en"},
    )
    assert [answer["id"] for answer in found] == ["a", None, None, None, "b", 7, "empty", "odd"]
    assert ["error" in answer for answer in found] == [False, True, True, True, True, False, False, False]
    assert found[6]["entities"] == []


def test_an_answer_has_the_agreed_form() -> None:
    text = "Russian President Vladimir Putin flew to Moscow. Putin’s “plane” landed in Russia."
    (answer,) = answers({"id": 1, "text": text, "language": "en"})
    found = {entity["name"]: entity for entity in answer["entities"]}  # type: ignore[attr-defined]
    putin, moscow = found["Vladimir Putin"], found["Moscow"]
    assert putin["type"] == "PERSON"
    assert putin["link"] is None
    assert putin["titles"] == ["President"]
    assert [mention["surface"] for mention in putin["mentions"]] == ["Vladimir Putin", "Putin"]
    assert moscow["type"] == "PLACE"
    assert moscow["link"]["source"] == "geonames"
    assert moscow["link"]["id"] == "524901"
    assert moscow["link"].keys() == {"source", "id", "latitude", "longitude", "countryCode", "kind", "confidence"}
    for entity in found.values():
        for mention in entity["mentions"]:
            assert text[mention["start"] : mention["end"]] == mention["surface"]


@pytest.mark.shared_data
def test_the_sample_is_linked_to_the_right_places(shared_data: Path) -> None:
    lines = (shared_data / "samples" / "scraped-article.txt").read_text(encoding="utf-8").split("\n")
    (answer,) = answers({"id": "sample", "text": "\n\n".join(lines[4:14])})
    found = {entity["name"]: entity["link"] for entity in answer["entities"] if entity["type"] == "PLACE"}  # type: ignore[attr-defined]
    expected = {"Moscow": "524901", "China": "1814991", "Russia": "2017370", "Ukraine": "690791", "Taiwan": "1668284"}
    expected["Beijing"] = "1816670"
    assert {name: found[name]["id"] for name in expected} == expected


def test_a_page_is_painted(tmp_path: Path) -> None:
    page = Path(__file__).parents[2] / "stream" / "samples" / "pages" / "news-json-ld.html"
    painted = tmp_path / "out.html"
    result = run(str(page), "--html", str(painted))
    assert result.exit_code == 0, result.output
    assert '<mark class="place"' in painted.read_text(encoding="utf-8")


def test_jsonl_and_html_exclude_each_other() -> None:
    result = run("--jsonl", "--html", "x.html", "-")
    assert result.exit_code == 2
    assert "--jsonl" in result.output


def test_a_missing_file_is_named() -> None:
    result = run("no-such-page.html")
    assert result.exit_code == 1
    assert "no-such-page.html" in result.output


def test_the_settings_count_for_each_line() -> None:
    line = json.dumps({"id": 1, "text": "Angela Merkel met Emmanuel Macron in Berlin.", "language": "en"})
    few = CliRunner().invoke(entities, ["--jsonl", "-"], input=line, obj=Settings(max_entities=1))
    assert len(json.loads(few.output)["entities"]) == 1
    other = Settings(pipeline="tests.faults.pipelines:echo", max_entities=1)
    refused = CliRunner().invoke(entities, ["--jsonl", "-"], input=line, obj=other)
    assert isinstance(refused.exception, NoSuchStage)
    assert "'recognise'; it has read, obey, echo (STREAM_PIPELINE)" in str(refused.exception)


def test_the_pipeline_that_the_settings_name_reads_the_page() -> None:
    page = str(Path(__file__).parents[2] / "stream" / "samples" / "pages" / "news-json-ld.html")
    broken = CliRunner().invoke(entities, [page], obj=Settings(pipeline="tests.faults.pipelines:real", max_nodes=5))
    assert "the page broke the segment stage" in broken.output
