"""Whatever the page, the labeller answers for every block, and always the same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stream.cleaning.assemble import Assemble
from stream.cleaning.label.explain import Explanation, explain
from stream.cleaning.label.model import load_model
from stream.cleaning.label.stage import LabelBlocks
from stream.cleaning.segment.stage import Segment, segment_text
from stream.cleaning.values import Label, Rejection, Segmented
from stream.events import Article, ParagraphKind
from tests.cleaning.pages import LABEL, clean, document, draft_of

STORY = """<html><head><title>Ferry returns to Sandholm after a year</title></head><body>
<header><a href="/">Sandholm Post</a></header><nav><ul><li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<div id="cookie-banner"><p>We use cookies to improve your visit. Accept all cookies or change your settings.</p></div>
<article class="story"><h1>Ferry returns to Sandholm after a year</h1><p class="byline">By Ada Nordqvist</p>
<div class="story-body"><p>The ferry between Sandholm and the mainland sailed again on Monday, a year after a storm broke its pier.</p>
<p>About two hundred people waited in the rain to be on the first crossing, which took 25 minutes, the company said.</p>
<h2>A pier of oak</h2><p>“We built it to last a hundred years,” said the harbour master, who had led the repairs since spring.</p>
<p>The company plans six crossings a day until autumn, and four in winter, when the sea is often too rough for more.</p></div>
<div class="newsletter-signup"><p>Sign up for our newsletter and get the news every morning.</p></div></article>
<aside class="related"><h3>Related</h3><ul><li><a href="/a">Mayor of Elmswick resigns</a></li><li><a href="/b">Bakery wins prize</a></li></ul></aside>
<footer><p>© 2025 Sandholm Post. All rights reserved.</p></footer></body></html>"""

MARKUP = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<div class='article-body'>", "</div>", "<br>", "<li>", "<ul>", "<table><tr><td>", "<h1>", "<a href=x>", "</a>",
         "<nav>", "<script>", "<b>", "&nbsp;", "&#0;", "\u00ad", "The quick brown fox jumps over the lazy dog, again. ", "今日は。", "مرحبا. ",
         "<p hidden>", "<figcaption>", "12.03.2024", "<blockquote>", "<!--", "-->", "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16")]
    ),
    max_size=60,
).map("".join)  # fmt: skip


def body_of(result: Article | Rejection) -> str:
    assert isinstance(result, Article)
    return result.articleBody


def test_a_story_is_kept_and_everything_around_it_is_cut_by_its_name() -> None:
    article = clean(STORY)
    body = body_of(article)
    assert body.startswith("The ferry between")
    assert body.endswith("too rough for more.")
    assert "A pier of oak" in body
    assert isinstance(article, Article)
    cut = {removed.text: removed.label.value for removed in article.removed}
    assert cut["Ferry returns to Sandholm after a year"] == "headline"
    assert cut["By Ada Nordqvist"] == "byline"
    assert cut["Mayor of Elmswick resigns"] == "related"
    assert cut["© 2025 Sandholm Post. All rights reserved."] == "legal"
    assert cut["We use cookies to improve your visit. Accept all cookies or change your settings."] == "consent"


@pytest.mark.parametrize("kind", ["html", "text"])
@settings(deadline=None)
@given(content=st.one_of(MARKUP, st.text(max_size=400)))
def test_any_page_is_accounted_for(content: str, kind: str) -> None:
    segmented = Segment()(document(content, "html" if kind == "html" else "text"))
    if isinstance(segmented, Rejection):
        return
    labelled = LABEL(segmented)
    assert tuple(block for block, _, _ in labelled) == segmented.blocks
    assert all(score is None or 0 <= score <= 1 for _, _, score in labelled)
    article = Assemble()(draft_of(labelled))
    if isinstance(article, Rejection):
        assert not any(label.is_body for _, label, _ in labelled)
        return
    assert article.articleBody == "\n\n".join(part.text for part in article.paragraphs)
    in_one_line = [part.text for part in article.paragraphs if part.kind is not ParagraphKind.CODE]
    assert all(text == " ".join(text.split()) for text in in_one_line)
    assert len(article.removed) == sum(not label.is_body for _, label, _ in labelled)
    assert 0 <= article.quality.keptShare <= 1


@settings(deadline=None, max_examples=30)
@given(st.permutations([STORY, "Only a line.\nAnd one more.", "<p>Short.", STORY.replace("ferry", "train")]))
def test_a_page_comes_out_the_same_whatever_came_before(pages: list[str]) -> None:
    in_order = {page: clean(page) for page in sorted(pages)}
    assert {page: clean(page) for page in pages} == in_order


def test_every_block_is_explained() -> None:
    segmented = Segment()(document(STORY))
    assert isinstance(segmented, Segmented)
    explanations = explain(segmented, LabelBlocks()(segmented))
    assert [explanation.block for explanation in explanations] == list(segmented.blocks)
    kept = next(explanation for explanation in explanations if explanation.label is Label.PARAGRAPH)
    assert isinstance(kept, Explanation)
    assert kept.score is not None
    assert sum(contribution.weight for contribution in kept.contributions) > 0


def test_a_page_of_many_blocks_is_judged() -> None:
    article = clean(
        "<body>" + "<p>The quick brown fox jumps over the lazy dog again and again, it was said.</p>" * 3000
    )
    assert isinstance(article, Article)


def test_the_version_names_the_model() -> None:
    assert load_model().version in LabelBlocks().version


def test_readers_who_write_more_than_the_author_stay_out() -> None:
    story = "".join(
        f"<p>The council voted on the {number}th of its plans for the harbour on Monday, after a debate of two hours"
        " in which nobody but the mayor spoke for it.</p>"
        for number in range(4, 10)
    )
    remark = (
        "<div class='comment'><p>Sam</p><p>I said so years ago and nobody in this town listened, as always.</p></div>"
    )
    page = f"<article><h1>Harbour plans</h1>{story}</article><section class='comments'>{remark * 200}</section>"
    article = clean(f"<html><body>{page}</body></html>")
    assert isinstance(article, Article)
    assert len(article.paragraphs) == 6
    assert "listened" not in article.articleBody


def test_only_html_declares_its_body() -> None:
    segmented = segment_text(document('{"articleBody": "Ships sail."}', "text"))
    assert segmented.markup is None
