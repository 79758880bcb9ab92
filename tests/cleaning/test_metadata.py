"""Fields beside the body: the best evidence wins, each says where it came from, and nothing a page says breaks it."""

from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from stream.cleaning.decode.stage import Decode
from stream.cleaning.judge.stage import Judge
from stream.cleaning.label.stage import LabelBlocks
from stream.cleaning.metadata.stage import FindFields
from stream.cleaning.segment.markup import read_markup
from stream.cleaning.segment.stage import Segment
from stream.cleaning.values import Block, Draft, Fields, Label, Labelled, Payload
from stream.events import Author, RawPage
from tests.cleaning.pages import label_blocks

URL = "https://ledger.example/2025/03/14/tram-tunnel-reopens"
BODY = (
    "The first tram in three years rattled through the tunnel on Friday morning.",
    "Nobody complained about the noise.",
)
ARTICLE = {
    "@type": "NewsArticle",
    "headline": "Lisbon reopens its tram tunnel",
    "datePublished": "2025-03-14T07:30:00+00:00",
    "dateModified": "2025-03-15T08:00:00+00:00",
    "author": [{"@type": "Person", "name": "Marta Quennell"}, {"@type": "Person", "name": "By Joaquim Ferrão"}],
    "publisher": {"@type": "Organization", "name": "The Ledger"},
    "articleSection": "Transport",
    "keywords": "trams, tunnels, trams",
    "image": [{"@type": "ImageObject", "url": "/pictures/tram.jpg"}],
    "isAccessibleForFree": "False",
}


def draft(head: str = "", body: str = "", *, url: str | None = URL, paragraphs: tuple[str, ...] = BODY) -> Draft:
    html = f'<html lang="en"><head>{head}</head><body>{body}</body></html>'
    blocks = label_blocks(*[(Block(text, tag="p"), Label.PARAGRAPH) for text in paragraphs])
    markup = read_markup(LexborHTMLParser(html))
    return FindFields()(Labelled(url=url, blocks=blocks, markup=markup))


def fields(*arguments: Any, **named: Any) -> Fields:
    return draft(*arguments, **named).fields


def script(*values: Any) -> str:
    return "".join(f'<script type="application/ld+json">{orjson.dumps(value).decode()}</script>' for value in values)


def text_fields(lines: list[tuple[str, Label]], url: str | None = None) -> Fields:
    blocks = label_blocks(*[(Block(text), label) for text, label in lines])
    return FindFields()(Labelled(url=url, blocks=blocks)).fields


def test_json_ld_gives_every_field_and_says_so() -> None:
    found = fields(script(ARTICLE))
    assert found.headline == "Lisbon reopens its tram tunnel"
    assert found.author_names == ("Marta Quennell", "Joaquim Ferrão")
    assert (found.datePublished, found.datePublishedPrecision) == ("2025-03-14T07:30:00+00:00", "second")
    assert found.dateModified == "2025-03-15T08:00:00+00:00"
    assert (found.publisher, found.articleSection) == ("The Ledger", "Transport")
    assert found.keywords == ("trams", "tunnels")
    assert found.image == "https://ledger.example/pictures/tram.jpg"
    assert found.isAccessibleForFree is False
    for name in ("headline", "authors", "datePublished", "publisher", "articleSection", "keywords", "image"):
        assert found.provenance[name] == "json-ld"


def test_every_field_that_is_set_has_a_provenance_and_no_other() -> None:
    found = fields(script(ARTICLE), "<h1>Lisbon reopens its tram tunnel</h1>")
    named = {
        name for name in Fields.__dataclass_fields__ if name != "provenance" and getattr(found, name) not in (None, ())
    }
    assert set(found.provenance) == named


@pytest.mark.parametrize(
    "value",
    [
        [ARTICLE],
        {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, ARTICLE]},
        {**ARTICLE, "@type": ["Article", "NewsArticle"]},
        {**ARTICLE, "@type": "http://schema.org/NewsArticle"},
        {"@type": "WebPage", "mainEntity": ARTICLE},
    ],
)
def test_the_article_is_found_in_lists_graphs_and_other_objects(value: Any) -> None:
    assert fields(script(value)).headline == "Lisbon reopens its tram tunnel"


def test_references_are_followed() -> None:
    graph = [
        {"@type": "Article", "headline": "H", "author": {"@id": "#ada"}, "publisher": {"@id": "#paper"}},
        {"@type": "Person", "@id": "#ada", "name": "Ada Lunt"},
        {"@type": "Organization", "@id": "#paper", "name": "The Ledger"},
    ]
    found = fields(script({"@graph": graph}))
    assert (found.author_names, found.publisher) == (("Ada Lunt",), "The Ledger")


@pytest.mark.parametrize("declared", ["harbourcat", "Ledger Online", "The Ledger News"])
def test_a_byline_beats_a_nickname_and_the_sites_name_in_other_words(declared: str) -> None:
    article = {**ARTICLE, "author": declared, "publisher": {"name": "The Ledger Online"}}
    assert fields(script(article), '<a rel="author" href="/ada">Ada Lunt</a>').author_names == ("Ada Lunt",)
    assert fields(script({**article, "author": "harbourcat"})).author_names == ("harbourcat",)


@pytest.mark.parametrize("kind", ["Person", ["Person", "Organization"]])
def test_who_publishes_their_own_page_is_its_author(kind: Any) -> None:
    ada = {"@type": kind, "@id": "#ada", "name": "Ada Lunt"}
    article = {"@type": "BlogPosting", "headline": "H", "author": {"@id": "#ada"}, "publisher": {"@id": "#ada"}}
    found = fields(script({"@graph": [article, ada]}), '<meta property="og:site_name" content="Ada Lunt">')
    assert (found.author_names, found.publisher) == (("Ada Lunt",), "Ada Lunt")


def test_two_names_of_the_site_that_agree_outvote_its_companys() -> None:
    names = '<meta property="og:site_name" content="The Harbour"><meta name="application-name" content="The Harbour">'
    found = fields(script(ARTICLE) + names)
    assert (found.publisher, found.provenance["publisher"]) == ("The Harbour", "opengraph")
    assert fields(script(ARTICLE) + names.replace("og:site_name", "og:other")).publisher == "The Ledger"


def test_of_several_articles_the_one_about_this_page_counts() -> None:
    other = {"@type": "NewsArticle", "headline": "Something else", "url": "https://ledger.example/else"}
    assert fields(script(other, {**ARTICLE, "url": URL})).headline == "Lisbon reopens its tram tunnel"


@pytest.mark.parametrize(
    "broken",
    [
        '{"@type":"NewsArticle","headline":"Tram tunnel",}',
        '<!-- {"@type":"NewsArticle","headline":"Tram tunnel"} -->',
        '//<![CDATA[\n{"@type":"NewsArticle","headline":"Tram tunnel"}\n//]]>',
        '{"@type":"NewsArticle","headline":"Tram tunnel","description":"line\nbreak"}',
        '{"@type":"NewsArticle","headline":"Tram tunnel","articleBody":"cut sho',
        '{"@type":"NewsArticle","headline":"Tram tunnel"};',
        '{"@type":"NewsArticle","headline":"Tram tunnel"}{"@type":"WebSite"}',
        '{"@type":"NewsArticle"\n"headline":"Tram tunnel"}',
        '{"@type":"NewsArticle","headline":"Tram tunnel","x":"\\q"}',
    ],
)
def test_broken_json_is_mended_as_far_as_it_can_be(broken: str) -> None:
    assert fields(f'<script type="application/ld+json">{broken}</script>').headline == "Tram tunnel"


def test_microdata_opengraph_and_meta_stand_in_where_there_is_no_json_ld() -> None:
    head = """<meta property="og:title" content="Tram tunnel opens again | The Ledger">
        <meta property="og:site_name" content="The Ledger"><meta property="og:image" content="tram.png">
        <meta property="article:published_time" content="2025-03-14"><meta name="author" content="Ada Lunt">
        <meta name="description" content="It  rattles."><meta name="keywords" content="a; b,a">
        <meta property="article:section" content="City"><link rel="canonical" href="/tram">"""
    found = fields(head, '<p><span itemprop="dateModified" content="2025-03-16"></span></p>')
    assert (found.headline, found.provenance["headline"]) == ("Tram tunnel opens again", "opengraph")
    assert (found.author_names, found.provenance["authors"]) == (("Ada Lunt",), "meta")
    assert (found.datePublished, found.provenance["datePublished"]) == ("2025-03-14", "opengraph")
    assert (found.publisher, found.description) == ("The Ledger", "It rattles.")
    assert (found.articleSection, found.keywords) == ("City", ("a", "b"))
    assert found.image == "https://ledger.example/2025/03/14/tram.png"
    assert found.canonicalUrl == "https://ledger.example/tram"


def test_the_h1_is_the_headline_where_it_says_the_same() -> None:
    head = "<title>Tram tunnel opens again after three years | The Ledger</title>"
    found = fields(head, "<h1>The Ledger</h1><h1>Tram tunnel opens again after three years of work</h1>")
    assert (found.headline, found.provenance["headline"]) == ("Tram tunnel opens again after three years of work", "h1")


def test_a_kicker_in_the_h1_is_left_out() -> None:
    head = '<meta property="og:title" content="Tram tunnel opens again">'
    assert fields(head, "<h1><span>City</span> Tram tunnel opens again</h1>").headline == "Tram tunnel opens again"


def test_the_heading_above_the_body_wins_over_a_title_that_is_the_sites() -> None:
    head = "<title>Ledger online - all the news of the river</title>"
    body = f"<h1>Ledger online</h1><h2>Tram tunnel opens again after years</h2><p>{BODY[0]}</p>"
    html = f"<html><head>{head}</head><body>{body}</body></html>"
    value: Any = Payload(RawPage(url="https://ledger.example/tram-tunnel-opens-again"), html.encode())
    for stage in (Decode(1_000_000), Segment(), LabelBlocks(), FindFields()):
        value = stage(value)
    assert value.fields.headline == "Tram tunnel opens again after years"
    assert value.fields.provenance["headline"] == "text"


@pytest.mark.parametrize(
    ("lines", "authors"),
    [
        (["Posted on 12 June 2017 by Gizzmo"], ("Gizzmo",)),
        (["18.03.2025 | 13:10 Uhr | Ada Lunt"], ("Ada Lunt",)),
        (["Ada Lunt, April 19, 2020"], ("Ada Lunt",)),
        (["Ada Lunt Wed 9 Apr 2020"], ()),
        (["Trams run again"], ()),
    ],
)
def test_a_line_above_the_body_names_its_author_after_a_by_or_beside_a_date(
    lines: list[str], authors: tuple[str, ...]
) -> None:
    texts = [("Tram tunnel", Label.HEADLINE), *((line, Label.OTHER) for line in lines)]
    texts += [(paragraph, Label.PARAGRAPH) for paragraph in BODY]
    blocks = label_blocks(*[(Block(text, tag="p"), label) for text, label in texts])
    page = Labelled(url="https://ledger.example/tram", blocks=blocks, markup=read_markup(LexborHTMLParser("<p>x")))
    assert FindFields()(page).fields.author_names == authors


@pytest.mark.parametrize(
    ("shown", "published"),
    [
        ("Posted: Oct 14, 2022 9:27 AM | Last Updated: 24 minutes ago", "2022-10-14T09:27"),
        ("Last updated: Oct 14, 2022", None),
        ("© 2022", None),
        ("8.Dezember 2010 um 09:43", "2010-12-08T09:43"),
    ],
)
def test_only_the_words_before_a_shown_date_can_make_it_a_modified_one(shown: str, published: str | None) -> None:
    found = fields("", "", url="https://ledger.example/tram", paragraphs=(shown, *BODY))
    assert found.datePublished == published


def test_a_modified_date_is_never_the_published_one() -> None:
    head = '<meta property="article:modified_time" content="2025-03-16T10:00:00Z">'
    found = fields(head, "<p>Updated: March 16, 2025</p>", url="https://ledger.example/tram")
    assert found.datePublished is None
    assert (found.dateModified, found.dateModifiedRaw) == ("2025-03-16T10:00:00+00:00", "2025-03-16T10:00:00Z")


def test_visible_bylines_and_dates_are_read_and_comments_are_not() -> None:
    body = """<h1>Tram tunnel</h1><p class="byline">By <a rel="author" href="/ada">Ada Lunt</a></p>
        <time datetime="2025-03-14">14 March</time>
        <div class="comments"><a rel="author">Bo Ek</a><time datetime="2024-01-01">x</time></div>"""
    found = fields("", body, url="https://ledger.example/tram")
    assert (found.author_names, found.provenance["authors"]) == (("Ada Lunt",), "text")
    assert (found.datePublished, found.provenance["datePublished"]) == ("2025-03-14", "text")


@pytest.mark.parametrize(
    "shown", ['<time datetime="2025-03-14T20:30:00-05:00"></time>', "<time>March 14, 2025 8:30 pm</time>"]
)
def test_a_day_is_that_of_the_zone_in_which_the_page_shows_it(shown: str) -> None:
    article = {**ARTICLE, "datePublished": "2025-03-15T01:30:00Z"}
    assert fields(script(article), shown).datePublished == "2025-03-14T20:30:00-05:00"
    changed = "<time>Updated March 14, 2025 8:30 pm</time>"
    assert fields(script(article), changed).datePublished == "2025-03-15T01:30:00+00:00"


@pytest.mark.parametrize(
    ("shown", "published", "source"),
    [
        ('<p class="date">14 March 2025, 4:05 p.m.</p>', "2025-03-14T16:05", "text"),
        ('<p class="date">15 March 2025, 4:05 p.m.</p>', "2025-03-14", "json-ld"),
        ('<p class="date">Updated 14 March 2025, 4:05 p.m.</p>', "2025-03-14", "json-ld"),
    ],
)
def test_a_declared_day_gets_the_time_that_readers_see(shown: str, published: str, source: str) -> None:
    found = fields(script({**ARTICLE, "datePublished": "2025-03-14"}), shown)
    assert (found.datePublished, found.provenance["datePublished"]) == (published, source)


def test_a_date_of_another_calendar_is_converted_and_says_so() -> None:
    found = fields("", "<time>4 มี.ค. 2568 15:40 น.</time>", url="https://ledger.example/tram")
    assert (found.datePublished, found.datePublishedRaw) == ("2025-03-04T15:40", "4 มี.ค. 2568 15:40 น.")
    assert found.provenance["datePublished"] == "text, buddhist calendar"


def test_a_date_that_ends_like_a_sentence_is_one_of_a_text_page() -> None:
    lines = [("Vuelven los tranvías al túnel", Label.HEADLINE), ("18 de marzo de 2025, 5:20 p. m.", Label.PARAGRAPH)]
    spanish = (
        "El primer tranvía en tres años cruzó el túnel el viernes por la mañana, entre los aplausos de los vecinos."
    )
    assert text_fields([*lines, (spanish, Label.PARAGRAPH)]).datePublished == "2025-03-18T17:20"


def test_a_date_between_headline_and_body_outranks_those_of_elsewhere() -> None:
    lines = [
        Block("Friday, 21 March 2025", tag="div"),
        Block("Lisbon reopens its tram tunnel", tag="h1"),
        Block("14.03.25 | 15:40", tag="p"),
    ]
    labels = (Label.OTHER, Label.HEADLINE, Label.OTHER)
    blocks = label_blocks(*zip(lines, labels, strict=True), *[(Block(text, tag="p"), Label.PARAGRAPH) for text in BODY])
    markup = read_markup(
        LexborHTMLParser('<html lang="de"><p class="date">Friday, 21 March 2025</p><time>20.3.2025</time>')
    )
    page = Labelled(url="https://ledger.example/tram", blocks=blocks, markup=markup)
    assert FindFields()(page).fields.datePublished == "2025-03-14T15:40"


@pytest.mark.parametrize(
    "shown",
    [
        '<time class="entry-date updated" datetime="2025-03-16T10:00:00+00:00">16 March</time>',
        '<p class="date-line">Zuletzt aktualisiert: 16.03.2025 10:00 UTC</p>',
        '<meta itemprop="dateModified" content="2025-03-16T10:00Z">',
    ],
)
def test_what_is_named_a_change_is_the_modified_date_and_no_other(shown: str) -> None:
    found = fields("", shown, url="https://ledger.example/tram")
    assert (found.datePublished, (found.dateModified or "")[:16]) == (None, "2025-03-16T10:00")


@pytest.mark.parametrize(
    "shown",
    [
        "Published 14 Mar 2025 3:40 p.m. | Updated 16 Mar 2025 10:00 a.m.",
        "Updated: 16 Mar 2025 10:00 a.m. | Published: 14 Mar 2025 3:40 p.m.",
        "Zuletzt aktualisiert am 16.03.2025, 10:00 Uhr - Veröffentlicht am 14.03.2025, 15:40 Uhr",
        "수정 2025-03-16 10:00 입력 2025-03-14 15:40",
    ],
)
def test_of_two_dates_in_a_line_each_is_what_the_words_before_it_say(shown: str) -> None:
    found = fields("", f'<p class="date">{shown}</p>', url="https://ledger.example/tram")
    assert (found.datePublished, found.dateModified) == ("2025-03-14T15:40", "2025-03-16T10:00")


def test_an_element_named_published_and_updated_is_of_publication() -> None:
    shown = '<time class="entry-date published updated" datetime="2025-03-16">16 March</time>'
    assert fields("", shown, url="https://ledger.example/tram").datePublished == "2025-03-16"


def test_of_several_days_in_the_markup_the_one_that_readers_see_counts() -> None:
    head = script(ARTICLE) + '<meta property="article:published_time" content="2025-03-20T10:00:00+00:00">'

    def published(line: str) -> tuple[str | None, str]:
        found = fields(head, paragraphs=("Lisbon reopens its tram tunnel", line, *BODY))
        return found.datePublished, found.provenance["datePublished"]

    assert published("20 March 2025") == ("2025-03-20T10:00:00+00:00", "opengraph")
    assert published("21 March 2025") == ("2025-03-14T07:30:00+00:00", "json-ld")
    assert published("Updated 20 March 2025") == ("2025-03-14T07:30:00+00:00", "json-ld")


def test_a_meta_date_of_it_is_not_said_what_yields_to_the_day_that_readers_see() -> None:
    def published(meta: str, shown: str) -> tuple[str | None, str]:
        found = fields(f'<meta name="date" content="{meta}">', shown, url="https://ledger.example/tram")
        return found.datePublished, found.provenance["datePublished"]

    shown = '<p class="date">14 March 2025</p>'
    assert published("2025-03-16T10:00:00+01:00", shown) == ("2025-03-14", "text")
    assert published("2025-03-14T10:00:00+01:00", shown) == ("2025-03-14T10:00:00+01:00", "meta")
    assert published("2025-03-16T10:00:00+01:00", "") == ("2025-03-16T10:00:00+01:00", "meta")


@pytest.mark.parametrize("opening", ["14.3.2025 - The", "(14 March 2025) The", "14. März 2025. The"])
def test_a_date_may_stand_before_the_first_sentence(opening: str) -> None:
    long = f"{opening} first tram in three years rattled through the tunnel. " + "Nobody complained about it. " * 10
    assert fields(url="https://ledger.example/tram", paragraphs=(long,)).datePublished == "2025-03-14"


def test_a_date_inside_a_sentence_is_no_pages_date() -> None:
    long = "The tunnel was closed on 14 March 2022 after a flood. " + "Nobody complained about it. " * 10
    assert fields(url="https://ledger.example/tram", paragraphs=(long,)).datePublished is None


@pytest.mark.parametrize("address", ["14-03-2025", "tram-14-03-2025/7.html", "14.03.2025/tram"])
def test_an_address_may_have_the_day_first(address: str) -> None:
    assert fields(url=f"https://ledger.example/{address}").datePublished == "2025-03-14"


def test_the_address_dates_a_page_that_does_not() -> None:
    found = fields()
    assert (found.datePublished, found.provenance["datePublished"]) == ("2025-03-14", "url")


def test_breadcrumbs_lose_the_headline_and_give_the_section() -> None:
    names = ["Home", "Transport", "Lisbon reopens its tram tunnel"]
    trail = {
        "@type": "BreadcrumbList",
        "itemListElement": [{"@type": "ListItem", "item": {"name": name}} for name in names],
    }
    article = {name: value for name, value in ARTICLE.items() if name != "articleSection"}
    found = fields(script(article, trail))
    assert (found.breadcrumbs, found.articleSection) == (("Home", "Transport"), "Transport")


def test_dateline_and_agency_come_from_the_body() -> None:
    found = fields(script({**ARTICLE, "author": "Reuters"}), paragraphs=("LISBON (AP) — The tram is back.",))
    assert found.dateline is not None
    assert (found.dateline.place, found.agency, found.provenance["agency"]) == ("Lisbon", "AP", "body")
    assert found.authors == (Author(name="Reuters", isOrganization=True),)


@pytest.mark.parametrize(
    ("head", "free", "source"),
    [
        (script({**ARTICLE, "isAccessibleForFree": True}), True, "json-ld"),
        (script({**ARTICLE, "isAccessibleForFree": "http://schema.org/False"}), False, "json-ld"),
        ('<meta property="article:content_tier" content="metered">', False, "opengraph"),
        ('<meta property="article:content_tier" content="free">', True, "opengraph"),
        ("", None, None),
    ],
)
def test_whether_a_page_is_free_to_read_is_what_the_page_says(head: str, free: bool | None, source: str | None) -> None:
    found = fields(head)
    assert (found.isAccessibleForFree, found.provenance.get("isAccessibleForFree")) == (free, source)


def test_microdata_names_authors_dates_sections_and_publishers() -> None:
    body = """<article><span itemprop="author" itemscope><b itemprop="name">Ada Lunt</b></span>
        <meta itemprop="datePublished" content="2025-03-14T07:30Z"><i itemprop="articleSection">City</i>
        <div itemprop="publisher" itemscope><meta itemprop="name" content="The Ledger"></div>
        <meta itemprop="isAccessibleForFree" content="false"></article>"""
    found = fields("", body, url="https://ledger.example/tram")
    assert (found.author_names, found.publisher, found.articleSection) == (("Ada Lunt",), "The Ledger", "City")
    assert (found.datePublished, found.isAccessibleForFree) == ("2025-03-14T07:30+00:00", False)
    for name in ("authors", "publisher", "articleSection", "datePublished", "isAccessibleForFree"):
        assert found.provenance[name] == "microdata"


def test_only_web_addresses_are_addresses() -> None:
    found = fields(
        '<link rel="canonical" href="javascript:alert(1)"><meta property="og:image" content="data:image/png;base64,x">'
    )
    assert (found.canonicalUrl, found.image) == (None, None)


def test_a_page_says_what_it_declares_itself_to_be() -> None:
    assert draft('<meta property="og:type" content="Article">' + script(ARTICLE)).declared_types >= {
        "NewsArticle",
        "og:article",
    }


def test_a_stripped_page_has_rules_of_its_own() -> None:
    found = text_fields(
        [
            ("Current:Home > EconomyCanal pilots end strike after overnight deal -快报", Label.BREADCRUMB),
            ("Canal pilots end strike after overnight deal", Label.HEADLINE),
            ("View", Label.WIDGET),
            ("Date:2025-06-30 09:14:27", Label.DATE),
            ("By Ada Lunt, Associated Press", Label.BYLINE),
            ("PANAMA CITY (Reuters) - Pilots who guide ships through the canal went back to work.", Label.PARAGRAPH),
            ("veryGood! (418)", Label.WIDGET),
        ]
    )
    assert found.headline == "Canal pilots end strike after overnight deal"
    assert (found.breadcrumbs, found.articleSection) == (("Home", "Economy"), "Economy")
    assert (found.datePublished, found.datePublishedRaw) == ("2025-06-30T09:14:27", "2025-06-30 09:14:27")
    assert (found.author_names, found.agency) == (("Ada Lunt",), "Reuters")
    assert found.dateline is not None
    assert found.dateline.place == "Panama City"


def test_a_headline_glued_to_the_breadcrumb_is_found_without_a_second_line() -> None:
    found = text_fields(
        [
            ("Home > StocksMarkets rally as rates fall - Ledger", Label.BREADCRUMB),
            ("Shares rose on Monday after the bank cut its rates.", Label.PARAGRAPH),
        ]
    )
    assert (found.headline, found.breadcrumbs) == ("Markets rally as rates fall", ("Home", "Stocks"))


def test_an_updated_line_does_not_date_a_stripped_page() -> None:
    found = text_fields([("Updated: 2025-06-30", Label.DATE), ("Shares rose on Monday.", Label.PARAGRAPH)])
    assert found.datePublished is None


@pytest.mark.shared_data
def test_the_page_that_the_project_began_with_gives_its_fields(shared_data: Path) -> None:
    value: Any = Payload(RawPage(), (shared_data / "samples" / "scraped-article.txt").read_bytes())
    for stage in (Decode(1_000_000), Segment(), LabelBlocks(), FindFields(), Judge()):
        value = stage(value)
    found = value.fields
    assert found.headline == "A top Chinese military official visits Moscow for talks on expanding ties"
    assert (found.datePublished, found.datePublishedRaw) == ("2025-04-18T17:38:06", "2025-04-18 17:38:06")
    assert (found.breadcrumbs, found.articleSection) == (("Home", "Stocks"), "Stocks")
    assert (found.agency, found.dateline.place, found.inLanguage) == ("AP", "Moscow", "en")


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=40)
    | st.sampled_from(["NewsArticle", "2025-03-14", "#a"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [*ARTICLE, "@id", "@type", "@graph", "name", "url", "item", "itemListElement", "mainEntityOfPage"]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=20,
)


@settings(max_examples=100)
@given(JSON)
def test_any_json_ld_gives_fields_that_json_can_hold(value: Any) -> None:
    text = orjson.dumps(value, option=orjson.OPT_PASSTHROUGH_SUBCLASS).decode() if _encodable(value) else "{}"
    found = fields(f'<script type="application/ld+json">{text}</script>')
    orjson.dumps(found)
    assert found == fields(f'<script type="application/ld+json">{text}</script>')


@settings(max_examples=100)
@given(st.text(max_size=400), st.text(max_size=400), st.text(max_size=60) | st.none())
def test_any_markup_gives_fields_that_json_can_hold(head: str, body: str, url: str | None) -> None:
    clean = (text.encode("utf-8", "ignore").decode().replace("\0", "") for text in (head, body))
    orjson.dumps(fields(*clean, url=url.encode("utf-8", "ignore").decode() if url else None))


def _encodable(value: Any) -> bool:
    try:
        orjson.dumps(value)
    except orjson.JSONEncodeError:
        return False
    return True


@pytest.mark.parametrize(
    "head",
    [
        '<script type="application/ld+json">' + '{"a":' * 100_000 + "</script>",
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
        '<script type="application/ld+json">' + '{"headline":"' * 50_000 + "</script>",
        '<script type="application/ld+json">' + orjson.dumps([ARTICLE] * 3000).decode() + "</script>",
        '<meta name="author" content="a">' * 100_000,
        f'<meta name="author" content="{"by " * 300_000}">',
        f'<meta property="og:title" content="{"| - " * 100_000}">',
        "<h1>" + "a " * 300_000 + "</h1>",
        "<time>" * 20_000,
    ],
)
def test_pathological_pages_give_fields_too(head: str) -> None:
    assert fields(head, head).inLanguage == "en"


@pytest.mark.parametrize(
    ("declared", "name"),
    [
        ("Transport", "Transport"),
        (["Article", "City Hall"], "City Hall"),
        ("Harbour,Trams,Featured", "Harbour"),
        ("/columns/", None),
        ("news/harbour", None),
        ("4711", None),
        ("news_front", None),
        ("local-news", None),
        ("serverSide", None),
        ("Uncategorized", None),
        ("Startseite", None),
        ("The Ledger", None),
        ("A tram that nobody wanted to hear now runs again", None),
    ],
)
def test_a_section_is_what_people_call_it_or_none(declared: Any, name: str | None) -> None:
    assert fields(script({**ARTICLE, "articleSection": declared})).articleSection == name


def test_a_section_in_small_letters_is_spelt_as_the_breadcrumbs_spell_it() -> None:
    trail = {"@type": "BreadcrumbList", "itemListElement": [{"name": "Home"}, {"name": "City Hall"}]}
    assert fields(script({**ARTICLE, "articleSection": "city hall"}, trail)).articleSection == "City Hall"


@pytest.mark.parametrize(
    "declared", ["https://www.ledger.example", "ledger.example", "the-ledger", "@ledger", "the ledger"]
)
def test_a_publisher_is_a_name_where_one_is_known(declared: str) -> None:
    site = '<meta property="og:site_name" content="The Ledger">'
    title = "<title>Lisbon reopens its tram tunnel | The Ledger</title>"
    declares = script({**ARTICLE, "publisher": {"name": declared}})
    assert fields(declares + site).publisher == "The Ledger"
    assert fields(declares + title, "<h1>Lisbon reopens its tram tunnel</h1>").publisher == "The Ledger"


def test_a_publisher_is_a_host_where_nothing_else_is_known() -> None:
    assert (
        fields(script({**ARTICLE, "publisher": {"name": "https://www.ledger.example/"}})).publisher == "ledger.example"
    )


@pytest.mark.parametrize(
    ("metas", "text"),
    [
        ({"description": "&lt;p&gt;It rattles.&lt;br/&gt;Still.&lt;/p&gt;"}, "It rattles. Still."),
        ({"description": "Trams &amp;amp; buses."}, "Trams & buses."),
        (
            {"og:description": "It rattles in the…", "twitter:description": "It rattles in the tunnel."},
            "It rattles in the tunnel.",
        ),
        ({"og:description": "It rattles in the…", "description": "Another text."}, "It rattles in the…"),
    ],
)
def test_a_description_is_whole_and_has_no_markup(metas: dict[str, str], text: str) -> None:
    assert (
        fields("".join(f'<meta name="{name}" content="{value}">' for name, value in metas.items())).description == text
    )


@pytest.mark.parametrize(
    "sign", ["/static/logo.png", "/a/site-logo-600.jpg", "/a/sign.svg", "/a/default.png", "/a/paper.png"]
)
def test_a_logo_is_no_picture_of_the_article(sign: str) -> None:
    publisher = {"name": "The Ledger", "logo": {"url": "/a/paper.png"}}
    page = script({**ARTICLE, "image": sign, "publisher": publisher})
    assert fields(page).image is None
    assert fields(page + '<meta property="og:image" content="/tram.jpg">').image == "https://ledger.example/tram.jpg"


def test_addresses_start_from_the_pages_base() -> None:
    head = (
        '<base href="/edition/"><link rel="canonical" href="tram.html"><meta property="og:image" content="a/tram.jpg">'
    )
    found = fields(head)
    assert found.canonicalUrl == "https://ledger.example/edition/tram.html"
    assert found.image == "https://ledger.example/edition/a/tram.jpg"


def test_a_paywall_on_a_part_is_one() -> None:
    paid = {"@type": "WebPageElement", "isAccessibleForFree": False}
    assert fields(script({**ARTICLE, "isAccessibleForFree": True, "hasPart": [paid]})).isAccessibleForFree is False


def shown(*lines: str, head: str = "", tokens: tuple[str, ...] = ()) -> Fields:
    """The fields of a page with these lines between its heading and its body."""
    heading = Block("Lisbon reopens its tram tunnel", tag="h1")
    blocks = label_blocks(
        (heading, Label.HEADLINE),
        *[(Block(line, tag="p", class_tokens=tokens), Label.BYLINE) for line in lines],
        *[(Block(text, tag="p"), Label.PARAGRAPH) for text in BODY],
    )
    lines_in_html = "".join(f'<p class="byline">{line}</p>' for line in lines)
    html = f"<html><head>{head}</head><body><h1>{heading.text}</h1>{lines_in_html}</body></html>"
    return FindFields()(Labelled(url=URL, blocks=blocks, markup=read_markup(LexborHTMLParser(html)))).fields


@pytest.mark.parametrize(
    ("declared", "byline", "names"),
    [
        ("Bo Admin", "By Ada Lunt and Ida Koss", ("Ada Lunt", "Ida Koss")),
        ("Ada Lunt", "By Ada Lunt, Bo Ek and Ida Koss", ("Ada Lunt", "Bo Ek", "Ida Koss")),
        ("Bo Typist", "Ada Lunt", ("Ada Lunt",)),
        ("Ada M. Lunt", "By Ada Lunt", ("Ada M. Lunt",)),
        ("Ada Lunt", "By Ada Lunt, The Harbour", ("Ada Lunt",)),
        ("Ada Lunt", "Edited by Bo Ek", ("Ada Lunt",)),
        ("Ada Lunt", "By harbourcat", ("Ada Lunt",)),
        ("Environment", "By Ada Lunt", ("Ada Lunt",)),
    ],
)
def test_the_byline_outweighs_who_typed_it_in(declared: str, byline: str, names: tuple[str, ...]) -> None:
    assert shown(byline, head=script({**ARTICLE, "author": {"name": declared}})).author_names == names


def test_a_section_is_no_author() -> None:
    section = '<meta name="author" content="Havnen"><meta property="article:section" content="Havnen">'
    assert shown("Ada Lunt", head=section).author_names == ("Ada Lunt",)


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("By REUTERS", "Reuters"),
        ("Associated Press", "AP"),
        ("Von Ada Lunt und AFP", "AFP"),
        ("Source: AFP", "AFP"),
        ("Quelle: sid/dpa", "SID"),
        ("Fuente: Agencia EFE", "EFE"),
        ("By Ada Lunt", None),
        ("Source: The Ledger", None),
    ],
)
def test_an_agency_is_found_in_bylines_and_credits(line: str, agency: str | None) -> None:
    assert shown(line).agency == agency


def test_an_agency_in_brackets_outranks_the_bylines_and_a_bare_one_does_not() -> None:
    head = script({**ARTICLE, "author": {"name": "Reuters"}})
    for dateline, agency in (("LISBON (AP) — ", "AP"), ("LISBON AP — ", "Reuters"), ("", "Reuters")):
        assert fields(head, paragraphs=(dateline + BODY[0], BODY[1])).agency == agency


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (("By", "Ada Lunt"), ("Ada Lunt",)),
        (("14 March 2025", "Ada Lunt"), ("Ada Lunt",)),
        (("Ada Lunt", "14 March 2025"), ("Ada Lunt",)),
        (("Harbour Lights", "More"), ()),
        (("14 March 2025", "The Ledger Digital"), ()),
        (("14 March 2025", "Tunnel Noise"), ()),
    ],
)
def test_a_name_may_stand_alone_beside_a_by_or_a_date(lines: tuple[str, ...], names: tuple[str, ...]) -> None:
    heading = Block("Lisbon reopens its tram tunnel", tag="h1")
    shown_lines = [(Block(line, tag="div"), Label.OTHER) for line in lines]
    body = [(Block(text, tag="p"), Label.PARAGRAPH) for text in BODY]
    blocks = label_blocks((heading, Label.HEADLINE), *shown_lines, *body)
    markup = read_markup(LexborHTMLParser('<meta property="og:site_name" content="The Ledger">'))
    assert FindFields()(Labelled(url=URL, blocks=blocks, markup=markup)).fields.author_names == names


@pytest.mark.parametrize("part", ["Lisbon's tunnel:", "'It rattles"])
def test_a_headline_does_not_break_off(part: str) -> None:
    whole = f"{part} - trams run again'"
    assert fields(f"<title>{whole}</title>", f'<div class="title">{part}</div><h1>{whole}</h1>').headline == whole


@pytest.mark.parametrize("line", ["AFP", "(APA/dpa)", "Mit Material von dpa", "Källa: TT"])
def test_an_agency_alone_below_the_body_is_where_the_report_is_from(line: str) -> None:
    body = [(Block(text, tag="p"), Label.PARAGRAPH) for text in BODY]
    blocks = label_blocks(*body, (Block(line, tag="p"), Label.OTHER))
    found = FindFields()(Labelled(url=URL, blocks=blocks, markup=read_markup(LexborHTMLParser("")))).fields
    assert found.agency in ("AFP", "APA", "dpa", "TT")


def test_a_description_that_stops_without_a_stop_gives_way_to_the_whole() -> None:
    metas = '<meta property="og:description" content="It rattles in"><meta name="description" content="It rattles in Lisbon.">'
    assert fields(metas).description == "It rattles in Lisbon."


def test_an_author_has_the_address_and_the_role_that_are_declared() -> None:
    ada = {"@type": "Person", "name": "Ada Lunt", "url": "/people/ada", "jobTitle": "Reporter"}
    bo = {"@type": "Role", "roleName": "Editor", "author": {"@type": "Person", "name": "Bo Ek"}}
    assert fields(script({**ARTICLE, "author": [ada, bo, "Ida Koss"]})).authors == (
        Author(name="Ada Lunt", url="https://ledger.example/people/ada", role="Reporter"),
        Author(name="Bo Ek", role="Editor"),
        Author(name="Ida Koss"),
    )


def test_an_agency_that_signs_alone_is_the_author_as_an_organisation() -> None:
    agency = Author(name="Reuters", isOrganization=True)
    assert shown("By REUTERS").authors == (agency,)
    assert fields(script({**ARTICLE, "author": {"@type": "Organization", "name": "Reuters"}})).authors == (agency,)
    assert shown("By Ada Lunt, Reuters").author_names == ("Ada Lunt",)


def test_a_canonical_address_loses_what_follows_a_click_and_is_kept_as_written() -> None:
    found = fields('<link rel="canonical" href="https://ledger.example/tram?id=3&utm_source=feed">')
    assert found.canonicalUrl == "https://ledger.example/tram?id=3"
    assert found.canonicalUrlRaw == "https://ledger.example/tram?id=3&utm_source=feed"
    assert found.provenance["canonicalUrlRaw"] == "link"
    assert fields('<link rel="canonical" href="/tram">').canonicalUrlRaw is None


def test_the_publishers_domain_is_the_pages_host() -> None:
    assert fields("", url="https://www.ledger.example/tram").publisherDomain == "ledger.example"
    assert text_fields([("A line of text.", Label.PARAGRAPH)], "https://www.ledger.example/tram").publisherDomain == (
        "ledger.example"
    )


@pytest.mark.parametrize(
    ("declared", "alternative"),
    [
        ("Night trams return to Lisbon", "Night trams return to Lisbon"),
        ("Tram tunnel reopens", None),
        ("Tram tunnel reopens | The Ledger", None),
        ("Lisbon", None),
    ],
)
def test_a_headline_for_machines_stands_beside_the_shown_one(declared: str, alternative: str | None) -> None:
    article = {"@type": "NewsArticle", "headline": "Tram tunnel reopens", "alternativeHeadline": declared}
    found = fields(script(article) + '<meta property="og:title" content="Tram tunnel reopens - The Ledger">')
    assert found.headline == "Tram tunnel reopens"
    assert found.alternativeHeadline == alternative
