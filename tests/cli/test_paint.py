"""Articles are shown with their entities marked; nothing in them can act."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from stream.cli.show.paint import as_html, as_text, pieces
from stream.entities.text import article_of
from stream.events import Entity, EntityType, Link, Mention


def entity(text: str, surface: str, link: Link | None = None) -> Entity:
    start = text.index(surface)
    mention = Mention(surface=surface, start=start, end=start + len(surface))
    return Entity(type=EntityType.PLACE, name=surface, key=f"place:{surface}", mentions=(mention,), link=link)


@given(st.text(min_size=2), st.data())
def test_the_pieces_together_are_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    found = entity(text, text[start])
    assert "".join(piece for piece, _ in pieces(text, [found])) == text


@given(st.text(min_size=1))
def test_no_markup_of_the_text_reaches_the_page(text: str) -> None:
    page = as_html(article_of(text, "en"), [entity(text, text[0])])
    main = page.split('<p class="about">', 1)[1].split("</main>")[0].split("</p>\n", 1)[1]
    without_marks = re.sub(r"</?(?:p|mark[^>]*)>", "", main)
    assert "<" not in without_marks
    assert (
        re.sub(r"\s", "", unescape(without_marks)) == re.sub(r"\s", "", unescape(unescape(without_marks)))
        or "&" in text
    )


def test_a_linked_place_leads_to_its_page() -> None:
    text = 'It rained in <b>Ely</b> & "elsewhere".'
    page = as_html(article_of(text, "en"), [entity(text, "Ely", Link(source="geonames", id="2649989"))])
    assert '<mark class="place" title="Ely"><a href="https://www.geonames.org/2649989"' in page
    assert "&lt;b&gt;" in page
    assert "<b>" not in page


def test_control_characters_do_not_reach_the_terminal() -> None:
    text = "It rained in Ely\x1b[2J\x07 today."
    console = Console(force_terminal=False, width=200)
    with console.capture() as capture:
        console.print(as_text(article_of(text, "en"), [entity(text, "Ely")]))
    shown = capture.get()
    assert "\x1b" not in shown
    assert "\x07" not in shown
    assert "PLACE" in shown
