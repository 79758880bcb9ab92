"""Nothing of a page reaches logs, warnings or metrics, and none of it can steer a terminal or a browser."""

import json
import logging
import re
import unicodedata
import warnings
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from stream.codec.record import Record
from stream.observe.metrics import Metrics
from stream.outcome import Finished, OutcomeKind
from stream.pipeline import Pipeline
from stream.samples import PAGES
from stream.service.pool.process import clean_one
from stream.settings import Settings
from tests.cli.programs import stream_cleaner

CANARY = "canary7q"
ATTACK = f'{CANARY}"><script>alert(1)</script><img src=x onerror=alert(2)>\x1b]0;{CANARY}\x07\x9b2J\u202e'
STORY = (PAGES / "news-plain.html").read_text(encoding="utf-8")


def everywhere(text: str) -> str:
    """A page that says the text in every place that something of it is read from."""
    attribute = text.replace("'", "&#39;").replace('"', "&quot;")
    names = "author og:title article:published_time date description keywords og:site_name og:locale generator".split()
    metas = "".join(f"<meta name='{name}' property='{name}' content='{attribute}'>" for name in names)
    story = {"@type": "NewsArticle", "headline": text, "datePublished": f"3 May 2025 10:00 {text}", "author": text}
    return (
        f"<html lang='{attribute}'><head><title>{text}</title>{metas}"
        f"<script type='application/ld+json'>{json.dumps(story)}</script>"
        f"<script type='application/ld+json'>{{broken {text}</script></head><body><h1>{text}</h1>"
        f"<p class='byline'>By Ann {text}</p><time datetime='{attribute}'>12 May 2025 10:00 {text}</time>"
        f"{STORY.replace('A retired joiner', f'A retired {escape(text)} joiner')}<p>{text} Zhang Wei {text} met Ann Lee of {text} in Paris on Monday.</p></body></html>"
    )


def hostile_records() -> list[Record]:
    page = everywhere(CANARY)
    url = f"https://{CANARY} is no host/{CANARY}?{CANARY}".encode()
    event = {"url": url.decode(), "source": CANARY, "recordId": CANARY, "fetchedAt": CANARY}
    forms = [
        Record(
            page.encode(), CANARY.encode(), (("url", url), ("content-type", b"text/html"), (CANARY, CANARY.encode()))
        ),
        Record(json.dumps({**event, "content": page}).encode()),
        Record(json.dumps({**event, "content": f"<p>{CANARY}</p>"}).encode()),
        Record(json.dumps({**event, "content": CANARY, CANARY: CANARY}).encode()),
        Record(json.dumps({**event, "content": page, "schemaVersion": CANARY}).encode()),
        Record(json.dumps({**event, "content": page, "httpStatus": CANARY}).encode()),
        Record(json.dumps({**event, "contentBase64": CANARY}).encode()),
        Record(json.dumps({**event, "contentRef": f"s3://{CANARY}/{CANARY}"}).encode()),
        Record(json.dumps({**event, "content": page})[:-9].encode(), headers=(("content-type", b"application/json"),)),
        Record(page.encode(), headers=(("content-encoding", CANARY.encode()),)),
        Record(page.encode(), headers=(("content-encoding", b"gzip"),)),
        Record(page.encode("utf-16"), headers=(("content-type", f"text/html; charset={CANARY}".encode()),)),
        Record(page.encode(), headers=(("content-type", CANARY.encode()),)),
    ]
    return [*forms, Record(page.encode("cp1252") + b"\xff\x00\x01\x02" * 2000)]


def count(metrics: Metrics, finished: Finished) -> None:
    """What the worker counts of a page."""
    metrics.consumed("raw-pages", 0, 1)
    metrics.finished(finished.kind, None)
    metrics.stages(finished.stages)
    if finished.letter is not None:
        metrics.dead_lettered(finished.letter.error.stage, finished.letter.error.type)
    elif finished.kind is OutcomeKind.CLEANED and finished.facts is not None:
        metrics.article(finished.facts)
    else:
        metrics.rejected(finished.reason or "", finished.facts.publisher if finished.facts else None)


def test_no_log_line_no_warning_and_no_metric_says_a_word_of_a_page(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    pipeline = Pipeline.from_settings(Settings())
    metrics = Metrics()
    kinds = set()
    with caplog.at_level(logging.INFO), warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(True)
        try:
            for record in hostile_records():
                finished = clean_one(pipeline, record)
                kinds.add(finished.kind)
                count(metrics, finished)
        finally:
            logging.captureWarnings(False)
    assert kinds == set(OutcomeKind)
    shown = caplog.text + "".join(capfd.readouterr()) + metrics.render()[0].decode()
    assert CANARY not in shown.lower()


@pytest.fixture
def attack(tmp_path: Path) -> str:
    """The path of a page full of attacks on whoever prints it."""
    page = tmp_path / "page.html"
    page.write_text(everywhere(ATTACK), encoding="utf-8")
    return str(page)


@pytest.mark.parametrize("command", [["clean"], ["clean", "--explain"], ["entities"]])
def test_no_command_lets_a_page_steer_the_terminal(attack: str, command: list[str]) -> None:
    run = stream_cleaner(*command, attack)
    shown = (run.stdout + run.stderr).decode()
    assert CANARY in shown
    assert {
        char for char in shown if unicodedata.category(char) in ("Cc", "Cf") and char not in "\n\u00ad\u200b"
    } == set()


def test_json_lines_hold_no_raw_escape(attack: str) -> None:
    shown = stream_cleaner("clean", "--jsonl", attack).stdout
    assert CANARY.encode() in shown
    assert not re.search(rb"[\x00-\x09\x0b-\x1f]", shown)


def test_the_html_that_we_write_runs_nothing(attack: str, tmp_path: Path) -> None:
    written = tmp_path / "out.html"
    stream_cleaner("entities", attack, "--html", str(written))

    found: set[str] = set()

    class Elements(HTMLParser):
        def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
            found.update({tag, *(name for name, _ in attributes if name.startswith("on"))})

    Elements().feed(written.read_text(encoding="utf-8"))
    assert CANARY in written.read_text(encoding="utf-8")
    assert found.isdisjoint({"script", "img", "onerror", "iframe", "link"})
