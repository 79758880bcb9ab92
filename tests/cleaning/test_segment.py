"""Pages become blocks as a reader sees them."""

from hypothesis import given
from hypothesis import strategies as st

from stream.cleaning.segment.stage import Segment
from stream.cleaning.values import Block, Rejection, Segmented
from stream.events import RejectionReason
from tests.cleaning.pages import document


def blocks_of(html: str) -> tuple[Block, ...]:
    segmented = Segment()(document(html))
    assert isinstance(segmented, Segmented)
    return segmented.blocks


def texts_of(html: str) -> list[str]:
    return [block.text for block in blocks_of(html)]


def test_block_elements_break_and_inline_elements_run_on() -> None:
    html = "<div>before<p>One <b>bold</b>\n <i>word</i></p>after</div><x-custom>own</x-custom>"
    assert texts_of(html) == ["before", "One bold word", "after", "own"]


def test_a_line_break_is_a_space_and_two_end_the_block() -> None:
    assert texts_of("<p>a<br>b<br> \n<br>c<br></p>") == ["a b", "c"]


def test_unread_text_is_left_out() -> None:
    html = "<p>seen</p><script>var a = '<p>x</p>'</script><style>p{}</style><noscript>n</noscript><svg><text>s</text></svg>"
    assert texts_of(html) == ["seen"]


def test_entities_soft_hyphens_and_spaces_come_out_as_a_person_copies_them() -> None:
    assert texts_of("<p>Donau&shy;dampf&nbsp;&amp;  schiff\u200b</p>") == ["Donaudampf & schiff"]


def test_scripts_of_the_world_stay_intact() -> None:
    for text in ("دمشق، سوريا", "می‌خواهم", "日本語の文章です。", "한국어 문장", "ภาษาไทย", "👩‍👩‍👧"):
        assert texts_of(f"<p>{text}</p>") == [text]


def test_a_block_knows_its_element_its_parents_and_its_links() -> None:
    html = '<article id="Main"><div class="Body text"><p>See <a href="/x">this page</a></p><p>b</p></div></article>'
    first, second = blocks_of(html)
    assert (first.tag, first.parents) == ("p", ("div", "article", "body"))
    assert first.class_tokens == ("body", "text", "main")
    assert first.link_chars == len("this page")
    assert first.path[1:] == second.path[1:]
    assert first.path[0] != second.path[0]


def test_hidden_elements_say_so() -> None:
    html = '<p hidden>a</p><p style="display: none">b</p><p>c</p>'
    assert ["hidden" in block.class_tokens for block in blocks_of(html)] == [True, True, False]


def test_a_page_without_visible_text_is_empty() -> None:
    for html in ("", "<html></html>", "<script>x</script>", "<p> \u200b </p>", "<frameset><frame src=x></frameset>"):
        rejection = Segment()(document(html))
        assert isinstance(rejection, Rejection)
        assert rejection.reason is RejectionReason.EMPTY


def test_text_pages_break_at_lines_and_count_paragraphs() -> None:
    segmented = Segment()(document("a  b\nc\n\n \nd", "text"))
    assert isinstance(segmented, Segmented)
    assert [block.text for block in segmented.blocks] == ["a b", "c", "d"]
    groups = [block.path for block in segmented.blocks]
    assert groups[0] == groups[1] != groups[2]


def test_nesting_of_any_depth_is_walked() -> None:
    (block,) = blocks_of("<span><b>" * 200 + "<div>" * 3000 + "deep")
    assert block.text == "deep"
    assert len(block.parents) < 20


@given(st.text(alphabet=st.sampled_from('<>/="pdivabr \n&;#x2é字\u0000\u200b'), max_size=200))
def test_any_markup_gives_clean_blocks(html: str) -> None:
    segmented = Segment()(document(html))
    for block in () if isinstance(segmented, Rejection) else segmented.blocks:
        assert block.text == " ".join(block.text.split()) != ""
        assert 0 <= block.link_chars <= len(block.text)
        assert block.path
