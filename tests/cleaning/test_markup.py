"""What a page's markup says, apart from the fields that are made of it."""

from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from stream.cleaning.segment import markup
from stream.cleaning.segment.elements import Element, find_elements

TAGS = st.sampled_from(
    """<div_class="related"> <aside> <div_class="post-footer"> <footer> <main> </main> </aside> </div>
    <div><div><div><div><div><div> </div></div></div></div></div></div> <time>Monday</time>""".split()
).map(lambda tag: tag.replace("_", " "))


def test_a_moment_in_a_side_column_is_of_another_article() -> None:
    page = LexborHTMLParser("<time>Monday</time><aside><p><time>Tuesday</time></aside><p><time>Friday</time>")
    assert [moment.text for moment in markup.read_markup(page).moments] == ["Monday", "Friday"]


def test_a_name_around_all_of_a_deep_page_says_nothing() -> None:
    page = LexborHTMLParser('<div class="sidebar">' + "<div>" * 20 + "<time>Monday</time>")
    assert [moment.text for moment in markup.read_markup(page).moments] == ["Monday"]


def test_a_shown_date_may_have_one_for_machines_in_any_of_its_attributes() -> None:
    page = LexborHTMLParser('<abbr class="published" title="2011-04-25T00:23:00-04:00">12:23</abbr>')
    assert [moment.value for moment in markup.read_markup(page).shown_dates] == ["2011-04-25T00:23:00-04:00"]
    page = LexborHTMLParser('<time title="4 March 2025">an hour ago</time><time title="Published">Monday</time>')
    assert [moment.value for moment in markup.read_markup(page).moments] == ["4 March 2025", ""]


@settings(deadline=None)
@given(st.lists(TAGS, max_size=40))
def test_what_is_remembered_of_elements_changes_no_verdict(pieces: list[str]) -> None:
    around: dict[Element, tuple[bool, int]] = {}
    telling, _, _ = find_elements(LexborHTMLParser("<body>" + "".join(pieces)), 100, 0, 0)
    for element in telling:
        assert markup._is_of_another(element, around) == markup._is_of_another(element, {})


def test_markup_is_a_value_that_nobody_can_change() -> None:
    read = markup.read_markup(LexborHTMLParser('<title>Tram</title><meta name="author" content="Ada Lunt">'))
    with pytest.raises(FrozenInstanceError):
        read.title = "Bus"  # type: ignore[misc]
    with pytest.raises(TypeError):
        read.metas["author"] = ()  # type: ignore[index]
    assert (read.title, read.metas) == ("Tram", {"author": ("Ada Lunt",)})


def test_elements_named_as_an_author_or_a_date_are_read_with_the_rest() -> None:
    page = '<p class="byline">Ada Lunt</p><p class="post-date">14 March</p><aside><p class="byline">Bo Ek</p></aside>'
    read = markup.read_markup(LexborHTMLParser(page))
    assert read.shown_authors == ("Ada Lunt",)
    assert [moment.text for moment in read.shown_dates] == ["14 March"]


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("Film: <em>The Tram</em>, seen again", "Film: The Tram, seen again"),
        ("<span>T</span>ram tunnel reopens", "Tram tunnel reopens"),
        ("Tunnel<wbr>bau be&shy;ginnt", "Tunnelbau beginnt"),
        ("Trams emit no CO<sub>2</sub>, says city", "Trams emit no CO2, says city"),
        ("<span>Lisbon</span><span>Tram tunnel reopens</span>", "Lisbon Tram tunnel reopens"),
        ("<span>LISBON</span><span>Tram tunnel reopens</span>", "LISBON Tram tunnel reopens"),
        ("<span>Live:</span><span>Tram tunnel reopens</span>", "Live: Tram tunnel reopens"),
        ("<span>Interview</span>“It rattles”", "Interview “It rattles”"),
        ("<div>Lisbon</div>tram tunnel", "Lisbon tram tunnel"),
        ("Tram<br>tunnel", "Tram tunnel"),
        ("<ruby>電車<rp>(</rp><rt>でんしゃ</rt></ruby>が<ruby>走<rt>はし</rt></ruby>る", "電車が走る"),
        ("Trams &amp;amp; buses", "Trams & buses"),
    ],
)
def test_a_heading_reads_as_readers_see_it(heading: str, text: str) -> None:
    (read,) = markup.read_markup(LexborHTMLParser(f"<h1>{heading}</h1>")).headings
    assert read.text == text


@pytest.mark.parametrize("name", ["layout--with-sidebar", "template-latest", "content widget-area", "archive-page"])
def test_what_holds_the_heading_is_the_articles_own(name: str) -> None:
    story = "<h1>Tram tunnel reopens</h1><p class=byline>Ada Lunt</p><time>Monday</time>"
    other = f'<div class="{name}"><time>May</time></div>'
    page = f'<title>Tram tunnel reopens | The Ledger</title><div class="{name}">{story}</div>{other}'
    read = markup.read_markup(LexborHTMLParser(page))
    assert read.shown_authors == ("Ada Lunt",)
    assert [moment.text for moment in read.moments] == ["Monday"]
