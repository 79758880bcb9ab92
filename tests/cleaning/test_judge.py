"""The judge: pages that are no articles, in many layouts and languages, are rejected with evidence; articles never."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.pages import read_rows
from evaluation.written_pages import CONSENTS, ERRORS, HEADLINES, LISTING_LAYOUTS, PARAGRAPHS, PAYWALLS, cards, page
from stream.cleaning.decode.stage import Decode
from stream.cleaning.judge.stage import Judge
from stream.cleaning.label.stage import LabelBlocks
from stream.cleaning.metadata.stage import FindFields
from stream.cleaning.segment.stage import Segment
from stream.cleaning.values import Draft, Payload, Rejection
from stream.events import RawPage, RejectionReason

STAGES = (Decode(50_000_000), Segment(), LabelBlocks(), FindFields(), Judge())


def judge(
    html: str, url: str | None = "https://ledger.example/a/story", status: int | None = None
) -> Draft | Rejection:
    value: Any = Payload(RawPage(url=url, contentType="text/html", httpStatus=status), html)
    for stage in STAGES:
        value = stage(value)
        if isinstance(value, Rejection):
            break
    return value  # type: ignore[no-any-return]


def reason(html: str, **where: Any) -> RejectionReason | None:
    verdict = judge(html, **where)
    if isinstance(verdict, Rejection):
        assert verdict.evidence
        return verdict.reason
    return None


@pytest.mark.parametrize("layout", LISTING_LAYOUTS.values(), ids=LISTING_LAYOUTS)
@pytest.mark.parametrize(
    ("title", "url", "head"),
    [
        ("The Ledger: news from the coast", "https://ledger.example/", ""),
        ("Transport news | The Ledger", "https://ledger.example/transport", ""),
        ("Search results for “ferry” | The Ledger", "https://ledger.example/search?q=ferry", ""),
        ("Ada Lunt | The Ledger", "https://ledger.example/people/ada", '<meta property="og:type" content="profile">'),
    ],
    ids=["home", "section", "search", "author"],
)
def test_a_page_that_lists_articles_is_a_listing(layout: str, title: str, url: str, head: str) -> None:
    html = page(title, f"<main><h1>{title}</h1>{cards(layout)}</main>", head)
    assert reason(html, url=url) is RejectionReason.LISTING


@pytest.mark.parametrize(("title", "body"), ERRORS, ids=[title for title, _ in ERRORS])
def test_an_error_page_is_known_by_what_it_is_called(title: str, body: str) -> None:
    assert reason(page(title, body)) is RejectionReason.ERROR_PAGE


@pytest.mark.parametrize("status", [404, 410, 429, 500, 503])
def test_the_servers_word_makes_an_error_page(status: int) -> None:
    assert reason(page("The Ledger", f"<p>{PARAGRAPHS[0]}</p>"), status=status) is RejectionReason.ERROR_PAGE


@pytest.mark.parametrize("wall", CONSENTS)
def test_a_consent_wall_is_no_article(wall: str) -> None:
    assert reason(page("The Ledger", wall)) is RejectionReason.CONSENT_WALL


@pytest.mark.parametrize("wall", PAYWALLS)
@pytest.mark.parametrize("head", ["", '<meta property="og:type" content="article">'])
def test_a_stub_before_a_paywall_is_no_article(wall: str, head: str) -> None:
    body = f"<article><h1>{HEADLINES[0]}</h1><p>{PARAGRAPHS[0]}</p>{wall}</article>"
    assert reason(page(HEADLINES[0], body, head)) is RejectionReason.PAYWALL_STUB


def test_a_product_is_no_article() -> None:
    product = (
        '<script type="application/ld+json">{"@type":"Product","name":"Lantern","offers":{"@type":"Offer"}}</script>'
    )
    body = f"<h1>Storm lantern, brass</h1><p>Burns for twenty hours on one filling.</p><p>{PARAGRAPHS[0]}</p>"
    assert reason(page("Storm lantern", body, product)) is RejectionReason.NOT_AN_ARTICLE


def test_a_login_form_is_no_article() -> None:
    body = "<h1>Log in</h1><form><label>Name</label><input><p>Forgotten your password? We can send you a new one.</p></form>"
    assert reason(page("Log in | The Ledger", body)) is RejectionReason.NOT_AN_ARTICLE


def test_a_few_words_are_too_short() -> None:
    assert reason(page("Untitled", "<p>Coming soon to this place.</p>")) is RejectionReason.TOO_SHORT


ARTICLE = f"<article><h1>{HEADLINES[0]}</h1>{''.join(f'<p>{text}</p>' for text in PARAGRAPHS)}</article>"


@pytest.mark.parametrize(
    ("title", "body"),
    [
        (HEADLINES[0], ARTICLE),
        (HEADLINES[0], ARTICLE + f"<aside><h2>Related</h2><ul>{cards(LISTING_LAYOUTS['list'])}</ul></aside>"),
        (HEADLINES[0], ARTICLE + cards(LISTING_LAYOUTS["cards"])),
        (HEADLINES[0], ARTICLE + CONSENTS[0]),
        (HEADLINES[0], ARTICLE + PAYWALLS[0]),
        (
            "404 people lost their homes in the flood",
            ARTICLE.replace(HEADLINES[0], "404 people lost their homes in the flood"),
        ),
        ("How the cookie law changed the web", ARTICLE.replace("canal", "cookie banner")),
    ],
    ids=[
        "plain",
        "related",
        "cards below",
        "consent banner",
        "subscription box",
        "number in the title",
        "about cookies",
    ],
)
def test_an_article_stays_one_whatever_stands_around_it(title: str, body: str) -> None:
    assert reason(page(title, body)) is None


def test_an_article_with_a_declared_type_outlives_a_wrong_status() -> None:
    long = ARTICLE.replace(
        "</article>", "".join(f"<p>{text} {n}</p>" for n, text in enumerate(PARAGRAPHS * 4)) + "</article>"
    )
    assert reason(page(HEADLINES[0], long, '<meta property="og:type" content="article">'), status=404) is None


@given(st.text(max_size=300), st.integers(100, 599) | st.none(), st.text(max_size=40) | st.none())
def test_any_page_is_judged(html: str, status: int | None, url: str | None) -> None:
    verdict = judge(html, url=url, status=status)
    assert isinstance(verdict, Draft | Rejection)


@pytest.mark.shared_data
def test_no_article_of_the_development_pages_is_rejected(shared_data: Path) -> None:
    """Pages that the labeller finds no text in are its own misses; feeds are no articles."""
    rejected = {}
    for row in read_rows(shared_data / "pages" / "dev.jsonl.gz"):
        verdict = judge(row["html"], url=row["url"])
        if (
            isinstance(verdict, Rejection)
            and verdict.reason not in NOTHING_TO_JUDGE
            and " 0 words" not in f" {verdict.evidence}"
        ):
            rejected[row["id"]] = verdict
    assert rejected == {}


NOTHING_TO_JUDGE = {RejectionReason.EMPTY, RejectionReason.UNSUPPORTED_TYPE}


@pytest.mark.parametrize("unit", ["a-", "a", "1", "1/", "/a_"])
def test_an_address_without_an_end_is_judged_by_its_beginning(unit: str) -> None:
    assert reason(page(HEADLINES[0], ARTICLE), url="https://news.example/" + unit * 200_000) is None
