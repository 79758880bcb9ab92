"""The judge: pages that are no articles, in many layouts and languages, are rejected with evidence; articles never."""

from pathlib import Path
from typing import Any, get_args

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
from stream.cleaning.values import Draft, Judged, Payload, Rejection
from stream.events import RawPage, RejectionReason
from stream.limits import ACCEPTED_KINDS
from stream.settings import AcceptedKind

STAGES = (Decode(50_000_000), Segment(), LabelBlocks(), FindFields())


def judge(
    html: str,
    url: str | None = "https://ledger.example/a/story",
    status: int | None = None,
    accepted: tuple[str, ...] = ACCEPTED_KINDS,
) -> Draft | Rejection:
    value: Any = Payload(RawPage(url=url, contentType="text/html", httpStatus=status), html)
    for stage in (*STAGES, Judge(accepted)):
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


POSTS = [
    "My storm lantern smokes as soon as I turn the wick up. It did not last winter. Any ideas?",
    "Trim the corners of the wick. A flat cut leaves two horns, and they smoke.",
    "And look at the air holes under the burner, mine were full of moths. Yours may be, too.",
    "Moths it was, thank you both. It burns like new and I have kept the old wick as a spare.",
    "For those who find this later: chandlers sell a brush for exactly these holes.",
]
KINDS_OF_PAGES = {
    "forum": (
        "https://board.example/forum/viewtopic.php?t=9",
        "<main class=forum><h1 class=topic-title>The wick smokes</h1>"
        + "".join(
            f"<div class=post><div class=post-author><a href=/u/{n}>keeper{n}</a></div><div class=post-meta>"
            f"<a href=#{n}>#{n}</a> <time>1{n} March 2025, 08:1{n}</time></div><div class=post-body>{text}</div>"
            "<a href=#>Reply</a> <a href=#>Quote</a></div>"
            for n, text in enumerate(POSTS)
        )
        + "</main>",
    ),
    "documentation": (
        "https://docs.lamp.example/docs/2.1/reference/trim",
        "<nav class=docs-sidebar><ul><li><a href=/docs/a>Installation</a><li><a href=/docs/b>Configuration</a></ul></nav>"
        "<main class=markdown><h1>trim</h1><p>Shortens the wick of a lamp.</p><h2>Synopsis</h2>"
        "<pre><code>lamp trim [--by MM]</code></pre><h2>Options</h2><table><tr><th>Option<th>Meaning</tr><tr><td><code>--by</code>"
        "<td>How much, in millimetres</tr></table><h2>Example</h2><pre><code>$ lamp trim --by 2</code></pre></main>",
    ),
    "collection": (
        "https://chandler.example/collections/lamps",
        "<main><h1>Lamps</h1><div class=filters><label>Brass</label></div><ul class=product-grid>"
        + "".join(
            f"<li class=product-card><a href=/products/{n}><h3 class=product-title>Lamp number {n}, brass</h3></a>"
            f"<span class=price>{n}9,00 €</span><button class=add-to-cart>In den Warenkorb</button></li>"
            for n in range(1, 13)
        )
        + "</ul></main>",
    ),
}


@pytest.mark.parametrize("kind", KINDS_OF_PAGES)
def test_a_page_of_another_kind_is_rejected_as_that_and_says_what_was_seen(kind: str) -> None:
    url, body = KINDS_OF_PAGES[kind]
    verdict = judge(page("Lamps", body), url=url)
    assert isinstance(verdict, Rejection)
    assert (verdict.reason, verdict.kind) == (kind, kind)
    assert (verdict.probability or 0.0) > 0.5
    assert url.rpartition("example")[2] in verdict.evidence


def test_a_kind_that_an_operator_accepts_is_published_as_what_it_is() -> None:
    url, body = KINDS_OF_PAGES["documentation"]
    verdict = judge(page("trim", body), url=url, accepted=("article", "documentation"))
    assert isinstance(verdict, Judged)
    assert verdict.kind == "documentation"
    assert verdict.article_kind is None


@pytest.mark.parametrize("kind", KINDS_OF_PAGES)
def test_who_accepts_every_kind_gets_every_page_that_has_something_to_read(kind: str) -> None:
    url, body = KINDS_OF_PAGES[kind]
    verdict = judge(page("Lamps", body), url=url, accepted=get_args(AcceptedKind))
    assert isinstance(verdict, Judged)
    assert verdict.kind == kind


def test_who_accepts_no_articles_gets_none() -> None:
    assert reason(page(HEADLINES[0], ARTICLE), accepted=("forum",)) is RejectionReason.ARTICLE


def test_a_short_text_that_nothing_breaks_off_is_an_article_beside_a_login_box() -> None:
    brief = f"<article><h1>{HEADLINES[0]}</h1><p>{PARAGRAPHS[0]}</p></article>"
    login = "<div class=header-account><a href=/login>Already a subscriber? Log in to read on</a></div>"
    assert reason(page(HEADLINES[0], login + brief, '<meta property="og:type" content="article">')) is None


LINKED = '<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle",%s}</script>'


@pytest.mark.parametrize(
    ("head", "tail", "complete", "told"),
    [
        (LINKED % '"wordCount":900', "", False, "900 words declared"),
        (LINKED % f'"wordCount":{len(" ".join(PARAGRAPHS).split())}', "", True, "words declared"),
        (LINKED % '"isAccessibleForFree":true', "", True, "ends with a sentence"),
        (
            "",
            "<p>The third boat, the harbour master said, had been seen the night before near the…</p>",
            False,
            "mid-sentence",
        ),
        ("", PAYWALLS[1], False, "Subscribe to continue reading"),
        ("", "", None, None),
    ],
    ids=["declared longer", "declared as long", "free", "breaks off", "asks for money", "nothing told"],
)
def test_an_article_says_whether_all_of_it_is_there(
    head: str, tail: str, complete: bool | None, told: str | None
) -> None:
    verdict = judge(page(HEADLINES[0], ARTICLE.replace("</article>", tail + "</article>"), head))
    assert isinstance(verdict, Judged)
    assert verdict.is_complete is complete
    assert (told is None) == ("isComplete" not in verdict.fields.provenance)
    assert told is None or told in verdict.fields.provenance["isComplete"]


@pytest.mark.parametrize(
    ("head", "url", "kind"),
    [
        (LINKED.replace("NewsArticle", "LiveBlogPosting") % '"headline":"x"', "https://l.example/a/b", "live-blog"),
        (LINKED.replace("NewsArticle", "OpinionNewsArticle") % '"headline":"x"', "https://l.example/a/b", "opinion"),
        ("", "https://l.example/meinung/die-lotsen-haben-recht", "opinion"),
        ("", "https://l.example/press-releases/2025/pilots", "press-release"),
        ("", "https://l.example/rezepte/lotsensuppe-mit-brot", "recipe"),
        ("", "https://l.example/opinion/reviews/the-lamp", None),
        ("", "https://l.example/a/the-press-release-that-failed", None),
    ],
)
def test_what_sort_of_article_it_is_comes_from_what_the_page_says(head: str, url: str, kind: str | None) -> None:
    verdict = judge(page(HEADLINES[0], ARTICLE, head), url=url)
    assert isinstance(verdict, Judged)
    assert verdict.article_kind == kind


@given(st.text(max_size=300), st.integers(100, 599) | st.none(), st.text(max_size=40) | st.none())
def test_any_page_is_judged(html: str, status: int | None, url: str | None) -> None:
    verdict = judge(html, url=url, status=status)
    assert isinstance(verdict, Draft | Rejection)


@pytest.mark.shared_data
def test_no_article_of_the_development_pages_is_rejected(shared_data: Path) -> None:
    """Pages that the labeller finds no text in are its own misses; feeds are no articles, nor are ``NO_ARTICLES``."""
    rejected = {}
    for row in read_rows(shared_data / "pages" / "dev.jsonl.gz"):
        verdict = judge(row["html"], url=row["url"])
        if (
            isinstance(verdict, Rejection)
            and verdict.reason not in NOTHING_TO_JUDGE
            and " 0 words" not in f" {verdict.evidence}"
        ):
            rejected[row["id"]] = verdict
    assert rejected.keys() <= NO_ARTICLES


# Gold that tools keep for their text: threads of forums, pages of wikis, a manual and shops, a house to let.
NO_ARTICLES = {
    "trafilatura/german.stackexchange.com.ausgeraubt.html",
    "trafilatura/katzen-forum.net-Pepe.html",
    "trafilatura/wolfsrebellen-netz.forumieren.com.regeln.html",
    "trafilatura/wiki.python.org.Download.html",
    "trafilatura/harrypotter.fandom.com.spell.html",
    "trafilatura/vinosytapas.de.rioja.html",
    "trafilatura/minusl.de.joghurt.html",
    "trafilatura/travanto.de.ferienhaus-feinen.html",
    "readability/mercurial",
}
NOTHING_TO_JUDGE = {RejectionReason.EMPTY, RejectionReason.UNSUPPORTED_TYPE}


@pytest.mark.parametrize("unit", ["a-", "a", "1", "1/", "/a_"])
def test_an_address_without_an_end_is_judged_by_its_beginning(unit: str) -> None:
    assert reason(page(HEADLINES[0], ARTICLE), url="https://news.example/" + unit * 200_000) is None
