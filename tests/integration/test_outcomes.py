"""Every way a page can come and every way it can end, through a real worker with the real stages."""

import asyncio
import base64
import gzip
import json
import re
from dataclasses import dataclass
from pathlib import Path

import brotli
import pytest
import zstandard

from stream.outcome import OutcomeKind
from tests.brokers import Broker
from tests.traffic import Outcomes, Output, Page, Topics, Traffic
from tests.workers import Worker

pytestmark = pytest.mark.broker

PARAGRAPHS = [
    "The harbour council of Kelp Bay voted on Tuesday to rebuild the northern pier, which the winter storms had torn "
    "from its piles, and set aside eleven million for the work over the next three years.",
    "Mayor Ada Brandt said the pier carried half of the town's catch and that leaving it in the water any longer would "
    "cost the fishermen a third season. She thanked the engineers who had worked through the holidays.",
    "Two members voted against the plan because the bill for the dredging is still open. The council will hear the "
    "dredging company in March and publish the contract before anything is signed, the clerk said.",
    "Work is to begin in May, once the ice has left the bay. Until then the boats will land at the ferry dock, where "
    "the town has put up two cranes and a cold store that it rents by the week.",
]
HTML = (
    "<!doctype html><html lang=en><head><title>Council rebuilds the pier | The Kelp Bay Gull</title>"
    '<meta property="og:type" content="article"></head><body><nav><a href=/>Home</a> <a href=/sport>Sport</a></nav>'
    "<article><h1>Council rebuilds the northern pier</h1>"
    + "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    + "</article>"
    "<footer><a href=/imprint>Imprint</a></footer></body></html>"
)
URL = "https://gull.example/pier"
EVENT = {"url": URL, "contentType": "text/html; charset=utf-8", "fetchedAt": "2025-04-18T17:40:00Z", "recordId": "r-1"}
TRACE = b"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


def event(**fields: object) -> bytes:
    return json.dumps({**EVENT, **fields}).encode()


def encoded(content: bytes) -> str:
    return base64.b64encode(content).decode()


PAGES = {
    "json event": Page(event(content=HTML), b"pier"),
    "base64": Page(event(contentBase64=encoded(HTML.encode()))),
    "gzip": Page(event(contentBase64=encoded(gzip.compress(HTML.encode())), contentEncoding="gzip")),
    "zstd": Page(event(contentBase64=encoded(zstandard.compress(HTML.encode())), contentEncoding="zstd")),
    "brotli": Page(event(contentBase64=encoded(brotli.compress(HTML.encode())), contentEncoding="br")),
    "cloud event": Page(
        HTML.encode(),
        headers=(
            ("ce_specversion", b"1.0"),
            ("ce_id", b"r-1"),
            ("ce_subject", URL.encode()),
            ("ce_time", b"2025-04-18T17:40:00Z"),
            ("content-type", b"text/html; charset=utf-8"),
        ),
    ),
    "bare page": Page(HTML.encode(), headers=(("url", URL.encode()), ("content-type", b"text/html"))),
    "traced": Page(event(content=HTML), b"traced", (("traceparent", TRACE),)),
    "with half a surrogate": Page(event(content=HTML.replace("voted", "voted \ud800"))),
    "empty": Page(event(content="")),
    "tombstone": Page(None, b"pier"),
    "error page": Page(event(content="<html><title>404 Not Found</title><h1>Not Found</h1></html>", httpStatus=404)),
    "image": Page(event(contentBase64=encoded(b"\x89PNG\r\n\x1a\n" + bytes(64)), contentType="image/png")),
    "broken json": Page(b'{"content": "cut sho', b"k", (("x-crawl", b"7"),)),
    "wrong types": Page(b'{"content": 5}'),
    "unknown schema version": Page(event(content=HTML, schemaVersion="99.0")),
    "two contents": Page(event(content=HTML, contentBase64=encoded(b"x"))),
    "forbidden claim check": Page(event(contentRef="file:///etc/hostname")),
    "not gzip": Page(event(contentBase64=encoded(b"no gzip at all"), contentEncoding="gzip")),
    "gzip bomb": Page(event(contentBase64=encoded(gzip.compress(bytes(20_000_000))), contentEncoding="gzip")),
    "last": Page(event(content=HTML), b"last"),
}
CLEANED = [
    "json event",
    "base64",
    "gzip",
    "zstd",
    "brotli",
    "cloud event",
    "bare page",
    "traced",
    "with half a surrogate",
    "last",
]
REJECTED = ["empty", "tombstone", "error page", "image"]
DEAD = [name for name in PAGES if name not in CLEANED + REJECTED]


@dataclass(frozen=True, slots=True)
class Conversation:
    """All pages sent, all answers, and what the worker said of itself before it was drained."""

    answers: dict[str, Output]
    outcomes: Outcomes
    traffic: Traffic
    counted: dict[str, float]
    healthz: str
    uncommitted: dict[int, tuple[int, int | None]]
    exit_code: int


@pytest.fixture(scope="module")
def conversation(broker: Broker, tmp_path_factory: pytest.TempPathFactory) -> Conversation:
    folder = tmp_path_factory.mktemp("outcomes")
    return asyncio.run(converse(broker, folder))


async def converse(broker: Broker, folder: Path) -> Conversation:
    async with Traffic(broker.bootstrap, Topics(), partitions=2) as traffic:
        settings = {**traffic.topics.environment(), "STREAM_MAX_DECODED_BYTES": "10000000"}
        worker = Worker(folder, broker.bootstrap, settings).start()
        try:
            positions = await traffic.produce(*PAGES.values())
            worker.wait_ready()
            outcomes = await traffic.finish(seconds=60)
            counted = {
                outcome: worker.metric("stream_cleaner_finished_total", outcome=outcome) for outcome in OutcomeKind
            } | {"consumed": worker.metric("stream_cleaner_consumed_total")}
            healthz = worker.get("/healthz")
            exit_code = worker.drain()
        finally:
            worker.end()
        answers = {name: outcomes.at(position) for name, position in zip(PAGES, positions, strict=True)}
        return Conversation(
            answers, await traffic.read_rest(), traffic, counted, healthz, await traffic.uncommitted(), exit_code
        )


def test_every_page_ends_in_exactly_one_topic(conversation: Conversation) -> None:
    conversation.outcomes.check(conversation.traffic.produced)


@pytest.mark.parametrize("name", CLEANED)
def test_an_article_comes_out_clean(conversation: Conversation, name: str) -> None:
    answer = conversation.answers[name]
    assert answer.kind == "clean"
    assert answer.event["headline"] == "Council rebuilds the northern pier"
    assert PARAGRAPHS[1] in answer.event["articleBody"]
    assert "Imprint" not in answer.event["articleBody"]


@pytest.mark.parametrize("name", REJECTED)
def test_a_readable_page_that_is_no_article_is_rejected(conversation: Conversation, name: str) -> None:
    answer = conversation.answers[name]
    assert answer.kind == "rejected"
    assert answer.event["reason"]
    assert answer.event["evidence"]


@pytest.mark.parametrize("name", DEAD)
def test_a_page_that_breaks_a_stage_is_a_dead_letter_with_its_own_bytes(conversation: Conversation, name: str) -> None:
    answer = conversation.answers[name]
    assert answer.kind == "dead"
    assert answer.record.value == PAGES[name].value
    assert answer.record.key == PAGES[name].key
    assert set(PAGES[name].headers) <= set(answer.record.headers)
    assert answer.headers["attempts"] == "1"
    assert answer.headers["error.stage"] in {"read", "decode"}
    assert answer.headers["error.message"]


@pytest.mark.parametrize("name", DEAD)
def test_a_dead_letter_says_as_what_article_and_by_which_pipeline_it_broke(
    conversation: Conversation, name: str
) -> None:
    headers = conversation.answers[name].headers
    assert re.fullmatch("[0-9a-f]{32}", headers["article.id"])
    assert headers["pipeline.version"] == conversation.answers["json event"].event["pipelineVersion"]
    assert headers.get("article.url") == (URL if headers["error.stage"] == "decode" else None)


@pytest.mark.parametrize("name", ["base64", "cloud event"])
def test_the_three_forms_of_one_page_have_one_id(conversation: Conversation, name: str) -> None:
    same = conversation.answers["json event"].event["articleId"]
    assert conversation.answers[name].event["articleId"] == same


def test_an_output_is_a_cloud_event_under_the_pages_key(conversation: Conversation) -> None:
    answer = conversation.answers["json event"]
    assert answer.record.key == b"pier"
    assert answer.headers["ce_specversion"] == "1.0"
    assert answer.headers["ce_id"] == answer.event["articleId"]
    assert answer.headers["ce_subject"] == URL


def test_the_trace_travels_with_the_page(conversation: Conversation) -> None:
    assert conversation.answers["traced"].headers["traceparent"] == TRACE.decode()


def test_the_metrics_agree_with_the_topics(conversation: Conversation) -> None:
    assert conversation.counted == {
        "cleaned": len(CLEANED),
        "rejected": len(REJECTED),
        "dead-lettered": len(DEAD),
        "consumed": len(PAGES),
    }


def test_the_worker_is_healthy_and_drains_on_sigterm(conversation: Conversation) -> None:
    assert conversation.healthz
    assert conversation.exit_code == 0


def test_everything_is_committed_at_the_end(conversation: Conversation) -> None:
    assert conversation.uncommitted == {}
