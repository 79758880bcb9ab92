"""Real pages through a real worker: the page this project was made for, and five hundred others past a kill -9."""

import itertools
from pathlib import Path
from typing import Any

import pytest

from evaluation.pages import read_rows
from tests.conftest import NewWorker
from tests.traffic import Page, Traffic, spread

pytestmark = [pytest.mark.broker, pytest.mark.shared_data]

IN_FLIGHT = 64
HEADLINE = "A top Chinese military official visits Moscow for talks on expanding ties"
ONLY_IN_LISTS = {"Doja Cat", "Keith Urban", "Lamar Jackson", "Mark Margolis", "James Barnes"}


async def test_the_scraped_article_comes_out_alone(traffic: Traffic, new_worker: NewWorker, shared_data: Path) -> None:
    text = (shared_data / "samples" / "scraped-article.txt").read_bytes()
    worker = new_worker()
    (position,) = await traffic.produce(Page(text))
    article = (await traffic.finish(seconds=120)).at(position)
    assert worker.drain() == 0
    assert article.kind == "clean"
    event: dict[str, Any] = article.event
    assert event["headline"] == HEADLINE
    assert [paragraph["text"] for paragraph in event["paragraphs"]] == text.decode().splitlines()[4:14]
    assert event["datePublished"] == "2025-04-18T17:38:06"
    assert event["datePublishedRaw"] == "2025-04-18 17:38:06"
    assert event["articleSection"] == "Stocks"
    assert event["agency"] == "AP"
    assert event["dateline"]["place"] == "Moscow"
    names = {entity["name"] for entity in event["entities"]}
    assert "Zhang Youxia" in names
    assert not names & ONLY_IN_LISTS
    assert {cut["label"] for cut in event["removed"]} >= {"headline", "date", "related"}
    for entity in event["entities"]:
        for mention in entity["mentions"]:
            assert event["articleBody"][mention["start"] : mention["end"]] == mention["surface"]


async def test_five_hundred_pages_survive_a_kill(traffic: Traffic, new_worker: NewWorker, shared_data: Path) -> None:
    """Without entities, which cost four fifths of the time and change nothing about delivery."""
    first = new_worker(entities="false", in_flight=str(IN_FLIGHT))
    pages = real_pages(shared_data / "pages" / "dev.jsonl.gz", 500)
    await traffic.produce(*pages)
    await traffic.read_until(lambda outcomes: len(outcomes.positions) > 150, seconds=120)
    first.kill9()
    assert len((await traffic.read_rest()).positions) < 500, "the kill should hit in the middle of the pages"
    second = new_worker(entities="false")
    outcomes = await traffic.finish(seconds=240)
    assert second.drain() == 0
    (await traffic.read_rest()).check(traffic.produced, most_duplicates=IN_FLIGHT)
    assert await traffic.uncommitted() == {}
    assert outcomes.count("dead") == 0
    assert outcomes.count("clean") > 400


def real_pages(file: Path, count: int) -> list[Page]:
    """So many raw-page events from the file, repeated as needed, under twenty keys."""
    repeated = itertools.islice(itertools.cycle(read_rows(file)), count)
    events = [
        Page.event(page["html"], url=page["url"], contentType="text/html", recordId=f"{page['id']}-{n}")
        for n, page in enumerate(repeated)
    ]
    return spread(events, keys=20)
