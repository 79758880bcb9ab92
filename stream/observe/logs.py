"""Logs for machines (one JSON object a line) or for people on a terminal; never a page's text."""

import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Literal

import orjson

Format = Literal["auto", "json", "human"]

MAX_CHARS = 500  # of any one value: an exception's message may quote the page
HUMAN = "%(asctime)s %(levelname)-7s %(name)s  %(message)s"
STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class JsonFormatter(logging.Formatter):
    """One event a line: time, level, logger, message, what was passed as ``extra``, and the error if any."""

    def format(self, record: logging.LogRecord) -> str:
        event: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _shorten(record.getMessage()),
        }
        event |= {name: _shorten(value) for name, value in vars(record).items() if name not in STANDARD}
        if record.exc_info and record.exc_info[1]:
            event["error"] = _error(record.exc_info[1])
        return orjson.dumps(event, default=str, option=orjson.OPT_NON_STR_KEYS).decode()


def configure(level: str, log_format: Format = "auto") -> None:
    """Send every log line to standard error; ``auto`` writes for people where that is a terminal, else JSON."""
    human = sys.stderr.isatty() if log_format == "auto" else log_format == "human"
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter(HUMAN, datefmt="%H:%M:%S") if human else JsonFormatter())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(True)


def _shorten(value: object) -> object:
    return value[:MAX_CHARS] + "…" if isinstance(value, str) and len(value) > MAX_CHARS else value


def _error(error: BaseException) -> dict[str, object]:
    """Type, message and the way to it; file and line are enough, source lines would only make it long."""
    frames = traceback.extract_tb(error.__traceback__)
    return {
        "type": type(error).__name__,
        "message": _shorten(str(error)),
        "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
