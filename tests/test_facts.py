"""What the metrics learn about a page."""

import pytest

from stream.events import (
    CleanArticle,
    Entity,
    EntityType,
    Mention,
    Paragraph,
    ParagraphKind,
    Quality,
    RejectedPage,
    RejectionReason,
)
from stream.facts import PageFacts, facts_of, publisher_of


def test_the_facts_of_an_article() -> None:
    mention = Mention(surface="Ann", start=0, end=3)
    article = CleanArticle(
        url="https://www.News.example/story",
        headline="Ann wins",
        articleBody="Ann won.",
        paragraphs=(Paragraph(kind=ParagraphKind.PARAGRAPH, text="Ann won."),),
        inLanguage="en",
        wordCount=2,
        quality=Quality(keptShare=0.25),
        contentDigest="sha256:0",
        articleId="1",
        fetchedAt="2025-04-18T17:40:00Z",
        entities=(
            Entity(type=EntityType.PERSON, name="Ann", key="person:ann", mentions=(mention,)),
            Entity(type=EntityType.PERSON, name="Bo", key="person:bo", mentions=(mention,)),
        ),
        pipelineVersion="1",
    )
    assert facts_of(article) == PageFacts(
        entities={"PERSON": 2},
        language="en",
        kept_share=0.25,
        fields=("headline", "inLanguage"),
        publisher="news.example",
        fetched_at=1744998000.0,
    )


def test_of_a_rejected_page_only_the_publisher_is_known() -> None:
    page = RejectedPage(
        url="https://news.example/", reason=RejectionReason.LISTING, evidence="", articleId="1", pipelineVersion="1"
    )
    assert facts_of(page) == PageFacts({}, None, None, (), "news.example")


@pytest.mark.parametrize(
    ("url", "publisher"),
    [
        ("https://www.a.example:8443/x", "a.example"),
        ("http://B.Example", "b.example"),
        ("not an address", None),
        ("http://[broken", None),
        (None, None),
    ],
)
def test_a_publisher_is_the_address_host(url: str | None, publisher: str | None) -> None:
    assert publisher_of(url) == publisher


@pytest.mark.parametrize(
    ("fetched_at", "seconds"),
    [("1970-01-01T00:01:00+00:00", 60), ("1970-01-01T00:01:00", 60), ("yesterday", None), (None, None)],
)
def test_the_time_of_fetching_is_utc_unless_it_names_a_zone(fetched_at: str | None, seconds: float | None) -> None:
    page = RejectedPage(
        fetchedAt=fetched_at, reason=RejectionReason.EMPTY, evidence="", articleId="1", pipelineVersion="1"
    )
    assert facts_of(page).fetched_at == seconds
