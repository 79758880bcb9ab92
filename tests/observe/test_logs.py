"""Log lines: one JSON object an event, short, with what was passed as extra."""

import json
import logging
import sys
from collections.abc import Iterator

import pytest

from stream.observe import logs


@pytest.fixture(autouse=True)
def _root_logger_is_put_back() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level
    logging.captureWarnings(False)


def test_an_event_is_one_json_line_with_its_extras(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("INFO", "json")
    logging.getLogger("stream.pool").warning("process %d died\nhard", 7, extra={"partition": 3, "traceId": "4bf9"})
    (line,) = capsys.readouterr().err.splitlines()
    event = json.loads(line)
    assert event.pop("time").endswith("+00:00")
    assert event == {
        "level": "WARNING",
        "logger": "stream.pool",
        "message": "process 7 died\nhard",
        "partition": 3,
        "traceId": "4bf9",
    }


def test_an_error_says_type_message_and_where(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("INFO", "json")
    try:
        raise ValueError("bad page")
    except ValueError:
        logging.getLogger("stream").exception("broke")
    error = json.loads(capsys.readouterr().err)["error"]
    assert error["type"] == "ValueError"
    assert error["message"] == "bad page"
    assert error["at"][-1].endswith("test_an_error_says_type_message_and_where")


def test_a_page_quoted_by_an_error_is_cut_short(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("INFO", "json")
    page = "<p>secret</p>" * 10_000
    try:
        raise ValueError(page)
    except ValueError:
        logging.getLogger("stream").exception("cannot read %s", page, extra={"value": page})
    assert 0 < len(capsys.readouterr().err) < 5 * logs.MAX_CHARS


def test_lines_below_the_level_are_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("WARNING", "json")
    logging.getLogger("stream").info("quiet")
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(("terminal", "starts"), [(True, "human"), (False, "json")])
def test_auto_writes_for_people_on_a_terminal_only(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, terminal: bool, starts: str
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    logs.configure("INFO", "auto")
    logging.getLogger("stream").info("hello")
    line = capsys.readouterr().err
    assert line.startswith("{") == (starts == "json")
    assert "hello" in line


def test_values_that_json_does_not_know_are_written_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("INFO", "json")
    logging.getLogger("stream").info("moved", extra={"partitions": {("raw-pages", 1)}})
    assert json.loads(capsys.readouterr().err)["partitions"] == "{('raw-pages', 1)}"
