"""The cleaning keeps what was measured on dev; ``make bench-cleaning`` prints it all, with the peers beside it."""

import statistics
from pathlib import Path

import pytest

from evaluation.bodies.renderings import RENDERINGS
from evaluation.bodies.scores import BodyScore, score_body
from evaluation.data import digest_of
from evaluation.pages import GoldPage, read_pages
from stream.events import Article, ParagraphKind, RemovedLabel
from tests.cleaning.pages import clean

pytestmark = pytest.mark.shared_data

DIGEST = "2fba09bbabf7"  # of the dev pages that the gates were measured on


@pytest.fixture(scope="module")
def pages(shared_data: Path) -> list[GoldPage]:
    path = shared_data / "pages" / "dev.jsonl.gz"
    assert digest_of(path) == DIGEST, "the dev pages have changed: measure again, then pin the new gates and digest"
    return [page for page in read_pages(path) if page.body]


def score(content: str, page: GoldPage, *, text: bool = False) -> BodyScore:
    article = clean(content, "text" if text else "html")
    found = article.articleBody if isinstance(article, Article) else ""
    return score_body(found, "\n".join(page.body or ()))


def test_html_bodies(pages: list[GoldPage]) -> None:
    scores = [score(page.html, page) for page in pages]
    assert statistics.mean(score.f1 for score in scores) >= 0.94
    assert statistics.mean(score.exact for score in scores) >= 0.33


@pytest.mark.parametrize("rendering", sorted(RENDERINGS))
def test_text_bodies(pages: list[GoldPage], rendering: str) -> None:
    scores = [score(RENDERINGS[rendering](page.html), page, text=True) for page in pages]
    assert statistics.mean(score.f1 for score in scores) >= 0.895
    assert statistics.mean(score.exact for score in scores) >= 0.19


def test_the_scraped_article_is_exactly_its_ten_paragraphs(shared_data: Path) -> None:
    text = (shared_data / "samples" / "scraped-article.txt").read_text(encoding="utf-8")
    article = clean(text, "text")
    assert isinstance(article, Article)
    assert [part.text for part in article.paragraphs] == [line.strip() for line in text.splitlines()[4:14]]
    assert {part.kind for part in article.paragraphs} == {ParagraphKind.PARAGRAPH}
    cut = {removed.text.split(":")[0]: removed.label for removed in article.removed}
    assert cut["Current"] is RemovedLabel.BREADCRUMB
    assert cut["A top Chinese military official visits Moscow for talks on expanding ties"] is RemovedLabel.HEADLINE
    assert cut["Date"] is RemovedLabel.DATE
    assert cut["veryGood! (7)"] is RemovedLabel.WIDGET
    assert cut["2 injured, 4 unaccounted for after house explosion"] is RemovedLabel.RELATED
