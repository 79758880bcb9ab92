"""The library's door: a page in, a typed article or the reason why it is none out."""

import subprocess
import sys

import pytest

import stream
from stream import BrokenPage, CleanArticle, Pipeline, RejectedPage, Settings, clean
from stream.samples import PAGES

URL = "https://gull.example/2025/bakers"


def test_a_page_in_an_article_out() -> None:
    page = (PAGES / "news-json-ld.html").read_bytes()
    article = clean(page, url=URL)
    assert isinstance(article, CleanArticle)
    assert article.url == URL
    assert article.headline
    assert article.entities
    same = clean(page.decode(), url=URL)
    assert isinstance(same, CleanArticle)
    assert same.articleBody == article.articleBody


def test_a_page_that_is_no_article_says_why() -> None:
    rejected = clean((PAGES / "home-page.html").read_bytes(), url="https://gull.example/")
    assert isinstance(rejected, RejectedPage)
    assert rejected.reason == "listing"


def test_the_content_type_is_believed() -> None:
    sentence = "Мост через реку снова открыт, сообщил городской совет в понедельник, после двух лет работ. " * 5
    article = clean(f"<article><p>{sentence}</p></article>".encode("koi8-r"), content_type="text/html; charset=koi8-r")
    assert isinstance(article, CleanArticle)
    assert article.articleBody == sentence.strip()


def test_bytes_that_look_like_an_event_are_a_page_all_the_same() -> None:
    outcome = clean(b'{"content": "<p>no event</p>"}')
    assert isinstance(outcome, RejectedPage)


def test_a_page_that_breaks_a_stage_says_which() -> None:
    with pytest.raises(BrokenPage, match="broke the stage segment: TooManyNodes") as broken:
        clean("<p>a" * 20, pipeline=Pipeline.from_settings(Settings(max_nodes=5)))
    assert broken.value.error.stage == "segment"


def test_the_door_opens_without_loading_what_is_behind_it() -> None:
    code = "import sys, stream; print([name for name in sys.modules if name.startswith('stream.')])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown.strip() == "['stream.version']"


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'cleam'"):
        stream.cleam  # noqa: B018
