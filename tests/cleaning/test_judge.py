"""The judge: pages that are no articles, in many layouts and languages, are rejected with evidence; articles never."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.cleaning.decode.stage import Decode
from stream.cleaning.judge.stage import Judge
from stream.cleaning.label.stage import LabelBlocks
from stream.cleaning.metadata.stage import FindFields
from stream.cleaning.segment.stage import Segment
from stream.cleaning.values import Draft, Payload, Rejection
from stream.events import RawPage, RejectionReason

STAGES = (Decode(50_000_000), Segment(), LabelBlocks(), FindFields(), Judge())
HEADLINES = [
    "Harbour pilots call off their strike after eight days",
    "Council votes to keep the old clock tower open",
    "Why the lamplighters of Ghent still walk at dusk",
    "Beekeepers count their losses after a cold spring",
    "Three ferries cancelled as fog closes the strait",
    "A museum of broken umbrellas opens in Leeds",
    "Wheat prices fall for a fourth month in a row",
    "Night trains return to the northern line in May",
    "Students build a bridge out of recycled paper",
    "The last lighthouse keeper hands over her keys",
    "Salt works reopen and the flamingos come back",
    "Chess club wins appeal over its noisy clock",
]
TEASERS = [
    "Both sides signed shortly after four in the morning.",
    "The vote was close, and the debate was loud.",
    "Two of them are left, and they have no plans to stop.",
    "A third of the hives did not survive the frost.",
]
PARAGRAPHS = [
    "Pilots who guide ships through the canal went back to work on Monday, ending a strike that had left more than a "
    "hundred vessels waiting at anchor on both sides of the isthmus, the union and the port authority said.",
    "The two sides agreed shortly after four in the morning on a rise in pay over two years and on a limit of ten hours "
    "at a time on the bridge, according to a statement that both of them signed.",
    "“Nobody won this, and the sea does not care who won,” said the woman who led the talks for the union. “What matters "
    "is that a tired man no longer brings a ship of three hundred metres through the narrows.”",
    "The backlog would be cleared within nine days, the administrator told reporters. Ships with perishable goods would "
    "go first, and those that had turned back to sail around the cape would have to wait for their turn again.",
]


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


def page(title: str, body: str, head: str = "") -> str:
    menu = "".join(
        f'<li><a href="/{name}">{name}</a></li>' for name in ("News", "Sport", "Culture", "Opinion", "Weather")
    )
    return (
        f"<!DOCTYPE html><html lang=en><head><title>{title}</title>{head}</head><body><header><nav><ul>{menu}</ul></nav>"
        f"</header>{body}<footer><p>© 2025 The Ledger. All rights reserved.</p><a href=/terms>Terms</a></footer></body></html>"
    )


def cards(wrap: str) -> str:
    """Announcements of articles; ``wrap`` is one of them with {n}, {headline} and {teaser}."""
    return "".join(
        wrap.format(n=n, headline=headline, teaser=TEASERS[n % len(TEASERS)]) for n, headline in enumerate(HEADLINES)
    )


LISTING_LAYOUTS = {
    "cards": '<article><h2><a href="/a/{n}">{headline}</a></h2><p>{teaser}</p></article>',
    "cards that are links": '<a href="/a/{n}"><h3>{headline}</h3><p>{teaser}</p></a>',
    "list": '<li><a href="/a/{n}">{headline}</a></li>',
    "list with dates": '<li><span>14 March 2025</span> <a href="/a/{n}">{headline}</a></li>',
    "table": '<table><tr><td><a href="/a/{n}">{headline}</a></td><td>14 March</td></tr></table>',
    "divs": '<div class=item><div class=title><a href="/a/{n}">{headline}</a></div><div class=text>{teaser}</div></div>',
    "pictures": '<figure><img src="{n}.jpg"><figcaption><a href="/a/{n}">{headline}</a></figcaption></figure>',
    "teaser then more": '<section><h3>{headline}</h3><p>{teaser}</p><a href="/a/{n}">Read more: {headline}</a></section>',
    "definition list": '<dt><a href="/a/{n}">{headline}</a></dt><dd>{teaser}</dd>',
    "blog roll": '<div class=post><h2 class=entry-title><a href="/a/{n}" rel=bookmark>{headline}</a></h2><div class=entry-summary>'
    "<p>{teaser}</p></div></div>",
}
ERRORS = [
    ("404 Not Found", "<h1>404</h1><p>The page that you are looking for is not here.</p>"),
    ("Page not found - The Ledger", "<h1>Oops!</h1><p>We can't find that page. Try the search or go home.</p>"),
    ("The Ledger", "<h1>Sorry, this page does not exist</h1><p>It may have been moved.</p>"),
    ("Error 500 - Internal Server Error", "<p>Something went wrong on our side. Please try again in some minutes.</p>"),
    ("403 Forbidden", "<center><h1>403 Forbidden</h1></center><hr><center>nginx</center>"),
    ("Access Denied", "<h1>Access Denied</h1>You don't have permission to access this page on this server."),
    (
        "Just a moment...",
        "<h1>Checking your browser before accessing ledger.example</h1><p>This process is automatic.</p>",
    ),
    ("Seite nicht gefunden", "<h1>Seite nicht gefunden</h1><p>Leider konnten wir die Seite nicht finden.</p>"),
    ("Page introuvable", "<h1>Page introuvable</h1><p>La page demandée n'existe plus ou a été déplacée.</p>"),
    ("Página no encontrada", "<h1>Error 404</h1><p>Lo sentimos, la página que busca ya no está disponible.</p>"),
    ("Страница не найдена", "<h1>Страница не найдена</h1><p>Проверьте адрес или вернитесь на главную.</p>"),
    ("ページが見つかりません", "<h1>404</h1><p>お探しのページは見つかりませんでした。</p>"),
    (
        "Service Unavailable",
        "<h1>Service Unavailable</h1><p>The site is under maintenance. Please come back later.</p>",
    ),
    ("Article removed", "<h1>This article is no longer available</h1><p>The publisher has taken it down.</p>"),
]
CONSENTS = [
    "<h2>We value your privacy</h2><p>We and our 713 partners store and/or access information on a device, such as "
    "cookies, and process personal data.</p><button>Accept all</button><button>Manage options</button>",
    "<div class=cmp><p>Wir und unsere Partner verwenden Cookies und verarbeiten personenbezogene Daten. Mit Ihrer "
    "Zustimmung zeigen wir personalisierte Werbung.</p><button>Alle akzeptieren</button><button>Ablehnen</button></div>",
    "<div id=didomi><p>Avec votre consentement, nos partenaires et nous utilisons des cookies pour traiter des données "
    "personnelles.</p><a>Continuer sans accepter</a><button>Accepter</button></div>",
    "<p>Usamos cookies propias y de terceros para analizar nuestros servicios y respetar su privacidad mientras "
    "navega.</p><button>Aceptar</button><button>Rechazar</button>",
]
PAYWALLS = [
    "<p>This article is for subscribers only. Already a subscriber? Log in.</p>",
    "<div class=wall><h3>Subscribe to continue reading</h3><p>From one coin a week.</p></div>",
    "<p>Exklusiv für Abonnenten</p><p>Jetzt weiterlesen mit dem Abo.</p>",
    "<p>Cet article est réservé aux abonnés. Il vous reste 80 % de cet article à lire.</p>",
    "<p>Suscríbete para seguir leyendo</p>",
]


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
    with gzip.open(shared_data / "pages" / "dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
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
