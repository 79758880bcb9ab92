"""The language of a text: what most of it is in; the page's own word where the text cannot tell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.cleaning.language import detect_language, is_in_latin_letters, language_of_tag

TEXTS = {
    "en": "The first tram in three years rattled through the tunnel on Friday morning, to the applause of the neighbours.",
    "de": "Die Stadt will eine ihrer meistgenutzten Buslinien im kommenden Jahr durch eine Seilbahn ersetzen, heißt es.",
    "fr": "Il est trois heures du matin et la bibliothèque est encore pleine de lecteurs qui ne veulent pas rentrer.",
    "ru": "На левом берегу реки начали готовить площадку для причала, сообщили в городской администрации во вторник.",
    "ja": "市は九日、駅前の朝市で夜の営業を始めると発表した。観光客が増えたためで、六月に正式に決まる見通しだ。",
    "ar": "أعلنت بعثة أثرية يوم الثلاثاء عن اكتشاف رصيف روماني قرب المدينة بالتعاون مع الجامعة والسلطات المحلية.",
}


@pytest.mark.parametrize(("code", "text"), TEXTS.items())
def test_the_text_decides(code: str, text: str) -> None:
    assert detect_language(text * 2) == code
    assert detect_language(text * 2, "it") == code


def test_the_pages_word_counts_where_the_text_is_short_or_close_to_it() -> None:
    assert detect_language("OK", "da") == "da"
    norwegian = "Regjeringen vil bygge en ny bro over fjorden, og arbeidet skal begynne neste år, sier ministeren. " * 2
    assert detect_language(norwegian, "no") == "no"


HINDI = """Shahar ke purane pul par do saal baad phir se bas chalne lagi hai. Logon ne kaha ki ve subah se hi wahan
khade the aur pehli bas ka intezaar kar rahe the. Nagar nigam ka kehna hai ki marammat ka kaam ab bhi baki hai."""


def test_hindi_in_latin_letters_is_hindi_said_or_unsaid() -> None:
    assert detect_language(HINDI) == "hi"
    assert detect_language(HINDI, "en") == "hi"
    assert detect_language(HINDI, "ur", in_latin=True) == "ur"
    assert detect_language(TEXTS["en"] * 2, "hi", in_latin=True) == "en"


@pytest.mark.parametrize(
    ("tag", "is_so"), [("hi-Latn", True), ("hi_Latn_IN", True), ("hi", False), ("sr-Latn", False), ("en-Latn", False)]
)
def test_a_tag_may_say_that_its_language_is_in_latin_letters(tag: str, is_so: bool) -> None:
    assert is_in_latin_letters(tag) is is_so


def test_nothing_is_in_no_language() -> None:
    assert detect_language(" \n") is None
    assert detect_language("12345 67890") is None


@pytest.mark.parametrize(
    ("tag", "code"),
    [("de-AT", "de"), ("zh_Hant_TW", "zh"), ("EN", "en"), ("iw", "he"), ("english", None), ("", None), (None, None)],
)
def test_a_tag_gives_its_language(tag: str | None, code: str | None) -> None:
    assert language_of_tag(tag) == code


@given(st.text(max_size=500))
def test_any_text_is_in_a_language_or_none(text: str) -> None:
    code = detect_language(text)
    assert code is None or (code.isascii() and code.islower() and 2 <= len(code) <= 3)


@pytest.mark.parametrize("character", ["\U0001fffe", "\U0010ffff", "\ufdd0", "\x80", "\0"])
def test_characters_that_the_detector_refuses_are_passed_over(character: str) -> None:
    assert detect_language(TEXTS["de"].replace(" ", f" {character} ", 3)) == "de"
