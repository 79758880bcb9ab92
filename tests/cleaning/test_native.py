"""Compiled and plain code give the same blocks, features and labels."""

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from stream import native
from stream.cleaning.label import duplicates, features_plain, naming
from stream.cleaning.label.model import load_model
from stream.cleaning.label.outline import outline
from stream.cleaning.segment import elements, walk
from stream.cleaning.segment.stage import segment_html
from stream.cleaning.values import Block
from stream.cleaning.words import count_words_plain
from tests.cleaning.pages import document

if native.IS_COMPILED:
    from stream._native import elements as native_elements
    from stream._native import features as native_features
    from stream._native import naming as native_naming
    from stream._native import repeats as native_repeats
    from stream._native import walk as native_walk
    from stream._native import words as native_words

pytestmark = pytest.mark.usefixtures("compiled")

NAMES = frozenset({"related", "main", "story"})
TITLE = "Bridge reopens on Monday, after the storm"
OWN = """<html><title>Bridge reopens</title><body><nav><a href=/>Home</a></nav><article class="story"><h1>Bridge reopens</h1>
<p>The old bridge over the river was opened again on Monday, after two years of work, the council said.</p>
<p>Un pont, «rouvert» — 東京の橋。 It cost 12.5 million.<br><br>By <b>A. Writer</b></p><table><tr><td>1<td>2</table></article>
<ul class="related"><li><a href=/a>Another story</a><li><a href=/b>And one more</a></ul>"""


def assert_same(html: str) -> None:
    tree = LexborHTMLParser(html)
    blocks, is_rare = walk.html_blocks(tree.body)
    read, is_read_rare = native_walk.html_blocks(tree.body)
    assert read == blocks
    assert is_read_rare == is_rare
    assert_same_elements(tree)
    kept = [index % 3 == 0 for index in range(len(blocks))]
    repeats = duplicates.find_repeats(blocks, kept)
    assert native_repeats.find_repeats(read, kept) == native_repeats.find_repeats(blocks, kept) == repeats
    labels = naming.name_blocks(blocks, kept, repeats)
    assert native_naming.name_blocks(read, kept, repeats) == native_naming.name_blocks(blocks, kept, repeats) == labels
    assert native_naming.blocks_inside(read, NAMES) == naming.blocks_inside(blocks, NAMES)
    assert native_naming.outline(read, 1, len(read)) == outline(blocks, 1, len(blocks))
    shown = frozenset(range(0, len(blocks), 2))
    assert native_features.candidates(read, shown) == features_plain.candidates(blocks, shown)
    indexes = features_plain.candidates(blocks)
    assert native_features.candidates(read) == native_features.candidates(blocks) == indexes
    chosen = [blocks[index] for index in indexes]
    if chosen:
        assert_same_judgement(chosen, declared_body(html), html=True)
        assert_same_judgement([Block(block.text, path=block.path[:1]) for block in chosen], "", html=False)


def declared_body(html: str) -> str:
    markup = segment_html(document(html)).markup
    return markup.linked_data.article_body if markup else ""


def assert_same_elements(tree: LexborHTMLParser) -> None:
    for read, found in zip(
        native_elements.find_elements(tree, 100, 5, 3), elements.find_elements(tree, 100, 5, 3), strict=True
    ):
        assert list(map(said, read)) == list(map(said, found))


def said(element: elements.Element | None) -> tuple[Any, ...] | None:
    """All that an element says of itself, and its parents' tags."""
    if element is None:
        return None
    named = element.property("name")
    return (
        element.tag,
        element.attributes,
        element.pieces(),
        element.runs(),
        named and (named.tag, named.pieces(), named == element),
        element.parent and (element.parent.tag, element.parent.attributes, element.parent != element),
    )


def assert_same_judgement(blocks: Sequence[Block], declared: str, *, html: bool) -> None:
    head = load_model().html if html else load_model().text
    rows = features_plain.first_pass(blocks, TITLE, declared, head.words, head.class_tokens, html=html)
    assert native_features.first_pass(blocks, TITLE, declared, head.words, head.class_tokens, html=html) == rows
    probabilities = head.first.probabilities(rows)
    assert native_features.second_pass(blocks, probabilities) == features_plain.second_pass(blocks, probabilities)
    expected = features_plain.probabilities_of(blocks, TITLE, declared, head, html=html)
    assert native_features.probabilities_of(blocks, TITLE, declared, head, html=html) == expected


@settings(deadline=None)
@given(st.text())
def test_squeezing_any_text(text: str) -> None:
    assert native_walk.squeeze(text) == walk.squeeze(text)


@settings(deadline=None)
@given(st.text())
def test_what_any_words_say(text: str) -> None:
    assert native_naming.label_by_words(text) == naming.label_by_words(text)


@settings(deadline=None)
@given(st.lists(st.text(), min_size=1, max_size=30))
def test_judging_any_texts(texts: list[str]) -> None:
    blocks = [Block(text, path=(number // 3,)) for number, text in enumerate(map(walk.squeeze, texts)) if text]
    if blocks:
        assert_same_judgement(blocks, "", html=False)


def test_judging_long_and_short_texts() -> None:
    sentence = "The council of Überlingen said 12 times, on Monday: «no» — \ud800 東京の橋. "
    chars = 1 << 16
    texts = [(sentence * (chars // 20))[:size].strip() for size in (chars - 40, 90, 1, 2 * chars + 7, 70, chars)]
    assert_same_judgement([Block(text, path=(number,)) for number, text in enumerate(texts)], "", html=False)


MARKUP = st.lists(
    st.sampled_from(
        """<p> </p> <div_id="-_main__story-"> <div> <div_class="content_text"> </div> <a_href=/x> </a> <br> <b> </b> <ul> <li> </ul> <span> </span>
        <h2_id=related> </h2> <script>var_x="<p>"</script> <style>p{}</style> <nav> </nav> <p_hidden> <table> <tr> <td>
        </table> <!--_note_--> <?php_echo_?> <?xml?> <![CDATA[x]]> <svg><title>t</title></svg> <img> <p_style="display:none"> <blockquote> </blockquote>
        <time_class=DateLine_datetime=2025> <span_itemprop="author_name"> <a_rel="AUTHOR_nofollow"> <meta_name=a_content=b>
        <link_rel="x_CANONICAL"_href=/a> <script_type="application/LD+json">{"articleBody":"A_bridge."}</script> <h1>
        <div_itemprop=articleBody_role=main_id=Über> <p_class="fn_byline_authors"> <template><h1>in</h1></template> <my-tag>
        <svg><foreignObject_class=time> <math><mi> <a_href="/author/x"> <p_class=""> <select><option>o
        10 <sup>6 <sub>2 </sup> </sub> <sup><a>3</a></sup> <pre> </pre> <pre>__x_=_1 <div>T</div>he <button> </button> <q> </q> <x-term> </x-term>
        <span_role=tooltip> <div_aria-hidden=true> <span_hidden> <div_popover> <td_colspan=2> <th> <tr> <rt> <dialog> /""".split()
    ).map(lambda tag: tag.replace("_", " "))
    | st.text(max_size=30)
    | st.sampled_from(
        ["Read more", "12.5.2024", "The council said on Monday that the bridge, closed since May, is open."]
    ),
    max_size=60,
)


@settings(deadline=None)
@given(st.text())
def test_counting_any_words(text: str) -> None:
    assert native_words.count_words(text) == count_words_plain(text)


@settings(deadline=None)
@given(MARKUP)
def test_walking_any_markup(pieces: list[str]) -> None:
    assert_same("<body>" + "".join(pieces))


def test_our_own_page() -> None:
    assert_same(OWN)


@pytest.mark.shared_data
def test_every_dev_page(shared_data: Path) -> None:
    with gzip.open(shared_data / "pages" / "dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            page: dict[str, Any] = json.loads(line)
            assert_same(page["html"])
