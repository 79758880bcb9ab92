"""Recognise pages with no text, or hardly any beside what is around it."""

from stream.cleaning.judge.page import JudgedPage

MIN_WORDS = 20


def find_no_words(page: JudgedPage) -> str | None:
    return None if page.words or page.visible_words else f"no words in {len(page.blocks)} blocks"


def find_few_words(page: JudgedPage) -> str | None:
    if page.words >= MIN_WORDS or (page.words and page.words * 2 > page.visible_words):
        return None
    return f"{page.words} words of text among {page.visible_words} visible"
