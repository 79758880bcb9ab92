"""Pages that nest without end are read in time that grows with their size."""

import pytest

from stream.cleaning.segment.nesting import flatten
from stream.cleaning.segment.stage import Segment
from stream.cleaning.values import Segmented
from stream.limits import MAX_DEPTH
from tests.cleaning.pages import document

MANY = 100_000


@pytest.mark.parametrize("unit", ["<div>", "<b>", "<div><b></b>", "<span class='x'>", "<ul><li>", "<x-y>", "<a>"])
def test_endless_nesting_is_flattened_and_its_text_kept(unit: str) -> None:
    page = unit * MANY + "the end"
    assert flatten(page).count("<") < 3 * MANY
    segmented = Segment()(document(page))
    assert isinstance(segmented, Segmented)
    assert segmented.blocks[-1].text == "the end"


@pytest.mark.parametrize("page", ["<div a='" * MANY, "<" * MANY, "</div>" * MANY, "<!-- " * MANY, "<p" * MANY])
def test_broken_tags_end(page: str) -> None:
    Segment()(document(page))


def test_an_ordinary_large_page_is_left_as_it_is() -> None:
    page = "<table>" + "<tr><td><p>x<br><img src=a></td></tr>" * 5000 + "</table>"
    assert flatten(page) is page


def test_closing_tags_are_dropped_with_their_opening_ones() -> None:
    page = "<div>" * 7000 + "x" + "</div>" * 7000
    flat = flatten(page)
    assert flat == "<div>" * MAX_DEPTH + "x" + "</div>" * MAX_DEPTH
