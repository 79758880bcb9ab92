"""Authors: names of people, without the words around them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.cleaning.metadata.bylines import read_authors, read_shown_authors
from stream.cleaning.metadata.folding import fold_name

BYLINES = [
    ("By Erin Cunningham", ["Erin Cunningham"]),
    ("Von Felix Ahrens und Jörg Soldau, dpa", ["Felix Ahrens", "Jörg Soldau"]),
    ("By John Smith, Senior Reporter", ["John Smith"]),
    ("By John Smith for The Harbour Ledger", ["John Smith"]),
    ("ByJ.R. Stone", ["J.R. Stone"]),
    ("Smith, John", ["John Smith"]),
    ("John v. Berenberg-Holt", ["John v. Berenberg-Holt"]),
    ("JOHN DOE AND JANE ROE", ["JOHN DOE", "JANE ROE"]),
    ("Written by Jane Doe (@jane)", ["Jane Doe"]),
    ("Autor: Jan de Vries", ["Jan de Vries"]),
    ("Dr. Max Koller", ["Dr. Max Koller"]),
    ("Da Silva João", ["Da Silva João"]),
    ("Fouad Van Der Fort", ["Fouad Van Der Fort"]),
    ("Gespeichert von rasos am 24. Juli 2017", ["rasos"]),
    ("Vries, Jan de", ["Jan de Vries"]),
    ("Ann (Annie) Ek", ["Ann Ek"]),
    ("Ann Ek Senior Politics Editor", ["Ann Ek"]),
    ("Chefredakteurin Ann Ek", ["Ann Ek"]),
    ("By Ann Ek last updated 4 April 17", ["Ann Ek"]),
    ("By Ann Ek December 28, 2016", ["Ann Ek"]),
    ("Von Ann Ek Fr, 18. Oktober 2019", ["Ann Ek"]),
    ("Von Ann.Ek am Samstag, 19. Oktober 2019 um 11:14 Uhr", ["Ann.Ek"]),
    ("Ann Ek y Bo Lunt Hace 13 horas", ["Ann Ek", "Bo Lunt"]),
    ("Text & Fotos: Ann Ek", ["Ann Ek"]),
    ("Interview: Ann Ek", ["Ann Ek"]),
    ("Redaktion: Ann Ek", ["Ann Ek"]),
    ("Autor: Ann Ek Quelle: Hafenblatt", ["Ann Ek"]),
    ("Erstellt von Ann Ek", ["Ann Ek"]),
    ("ledger.example.org, Lisbon, Portugal", []),
    ("Hafen Medien GmbH, Hamburg, Germany", []),
    ("Redaktion, Ann Ek", ["Ann Ek"]),
    ("肖春芳", ["肖春芳"]),
    ("Ann E Lunt", ["Ann E Lunt"]),
    ("Park En Ji", ["Park En Ji"]),
    ("Inés Gil y Mora", ["Inés Gil y Mora"]),
    ("Inés Gil y Luis Mora", ["Inés Gil", "Luis Mora"]),
    ("INÉS GIL Y LUIS MORA", ["INÉS GIL", "LUIS MORA"]),
    ("Inês e João", ["Inês", "João"]),
    ("Jan Lis i Ewa Kos", ["Jan Lis", "Ewa Kos"]),
    ("Bo Ek, Jr.", ["Bo Ek, Jr."]),
    ("Bo Ek Sr.", ["Bo Ek Sr."]),
    ("Bo Ek, III, Ann Lunt, Ph.D., and Ida Koss MD", ["Bo Ek, III", "Ann Lunt", "Ida Koss"]),
    ("By Von Lunt", ["Von Lunt"]),
    ("By Par Ek and Ann Lunt", ["Par Ek", "Ann Lunt"]),
    ("Von Ann Ek", ["Ann Ek"]),
    ("Monday, March 3, 2025 9:15 am CET by Ann Ek", ["Ann Ek"]),
    ("3. März 2025 · von Ann Ek", ["Ann Ek"]),
    ("Ann EkTwitter", ["Ann Ek"]),
    ("Ann Ek X Bluesky", ["Ann Ek"]),
    ("By Ann Ek@annek", ["Ann Ek"]),
    ("Malcolm X", ["Malcolm X"]),
    ("Ann Lunt Vom", []),
    ("Local News", []),
    ("Harbour Desk", []),
    ("Local Democracy Reporter", []),
    ("Nairobi", []),
    ("Av Ann Ek och Bo Lunt", ["Ann Ek", "Bo Lunt"]),
    ("Tekst: Ann Ek", ["Ann Ek"]),
    ("Ann Ek Follow on Instagram", ["Ann Ek"]),
    ("Ann EkAuf Instagram folgen", ["Ann Ek"]),
    ("Ann Ek View profile", ["Ann Ek"]),
    ("Wirtschaft", []),
    ("Dimanche", []),
    ("経済", []),
    ("<a href='/x'>Ana&nbsp;Lima</a>", ["Ana Lima"]),
    ("https://paper.example/author/ada", []),
    ("Staff Reporter", []),
    ("Redaktion Hafenblatt", []),
    ("Reuters", []),
    ("TNN", []),
    ("null", []),
    ("", []),
]


@pytest.mark.parametrize(("byline", "names"), BYLINES)
def test_a_byline_names_people(byline: str, names: list[str]) -> None:
    assert list(read_authors([byline])) == names


def test_what_is_declared_is_no_byline_where_only_one_word_follows() -> None:
    assert read_authors(["Von Lunt", "Par Ek"], is_declared=True) == ("Von Lunt", "Par Ek")
    assert read_authors(["Von Ann Lunt", "Von dpa", "Von Redaktion"], is_declared=True) == ("Ann Lunt",)


def test_the_publisher_is_no_author() -> None:
    assert read_authors(["The Harbour Ledger", "Ada Lunt"], [fold_name("Harbour Ledger")]) == ("Ada Lunt",)


def test_a_site_with_an_and_in_its_name_is_not_two_authors() -> None:
    assert read_authors(["Salt & Rope"], [fold_name("Salt & Rope")]) == ()


def test_nobody_is_named_twice() -> None:
    assert read_authors(["By Ada Lunt", "ADA LUNT", "Bo Ek"]) == ("Ada Lunt", "Bo Ek")


def test_what_a_page_shows_must_look_like_a_name() -> None:
    assert read_shown_authors(["Follow us on Twitter", "Ada Lunt", "your comment"]) == ("Ada Lunt",)


def test_below_a_headline_a_name_must_follow_a_by() -> None:
    assert read_shown_authors(["Ada Lunt", "By Bo Ek"], after_by=True) == ("Bo Ek",)


def test_an_element_of_the_author_may_hold_a_nickname() -> None:
    assert read_shown_authors(["harbourcat"]) == ("harbourcat",)
    assert read_shown_authors(["share", "two words"]) == ()


@pytest.mark.parametrize(
    "line", ["von kai77 am 4.5.2013 um 09:07 Uhr", "Posted 11. April 2018 by kai77", "By kai77 on May 4, 2013"]
)
def test_a_nickname_may_stand_between_a_by_and_a_date(line: str) -> None:
    assert read_shown_authors([line], after_by=True) == ("kai77",)


@pytest.mark.parametrize("line", ["von kai77", "von allen gegen den Plan von 2013", "Used by mining in 2013, she said"])
def test_elsewhere_a_word_behind_a_by_is_no_nickname(line: str) -> None:
    assert read_shown_authors([line], after_by=True) == ()


def test_a_photographer_is_no_author_and_a_teaser_names_none() -> None:
    assert read_shown_authors(["By Ada Lunt", "Photograph by Bo Ek"], after_by=True) == ("Ada Lunt",)
    assert read_shown_authors(["by Bo Ekl…", "by Bo Ekl..."], after_by=True) == ()


def test_a_place_behind_a_name_is_no_author() -> None:
    assert read_shown_authors(["By Ada Lunt, Lisbon"], after_by=True) == ("Ada Lunt",)
    assert read_shown_authors(["Ada Lunt, Lisbon"]) == ("Ada Lunt",)


@given(st.lists(st.text(max_size=400), max_size=5))
def test_any_texts_give_short_names_that_stay_as_they_are(texts: list[str]) -> None:
    names = read_authors(texts)
    assert all(0 < len(name) <= 60 for name in names)
    assert len(names) <= 20


@pytest.mark.parametrize("text", ["1" + " ," * 100_000, "1 – " * 100_000, "1 mo " * 100_000, "(a) b " * 100_000])
def test_hundreds_of_hostile_bylines_take_less_than_a_second(text: str) -> None:
    begin = time.thread_time()
    read_shown_authors([text] * 200)
    assert time.thread_time() - begin < 1


@pytest.mark.parametrize("text", ["by " * 100_000, "a, " * 100_000, "(" * 100_000, " und " * 100_000, "@ " * 100_000])
def test_long_bylines_cost_no_more_than_short_ones(text: str) -> None:
    assert read_authors([text]) is not None
