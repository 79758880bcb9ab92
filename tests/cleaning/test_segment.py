"""Pages become blocks as a reader sees them."""

import pytest
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


@pytest.mark.parametrize(
    ("sentence", "read"),
    [
        ("A <gloss-word>groyne</gloss-word> holds sand.", "A groyne holds sand."),
        ("<my-term>Groynes</my-term> hold sand.", "Groynes hold sand."),
        ("It holds <sand-kind>shingle</sand-kind>", "It holds shingle"),
        ("A <button>groyne</button>, as they say.", "A groyne, as they say."),
        ("About 10<sup>7</sup> grains, 10<sup>-3</sup> m each.", "About 10^7 grains, 10^-3 m each."),
        ("One of 2<sup>n</sup>, the 2<sup>nd</sup>.", "One of 2^n, the 2nd."),
        ("CO<sub>2</sub>, the 21<sup>st</sup>, m<sup>2</sup>", "CO2, the 21st, m2"),
        ("1<sup>1</sup>/<sub>2</sub> in 1987<sup><a href='#n4'>4</a></sup>", "1 1/2 in 1987[4]"),
        ("<ruby>海<rp>(</rp><rt>うみ</rt><rp>)</rp></ruby>の水", "海の水"),
        ("She said <q>no <q>maybe</q></q>.", "She said “no ‘maybe’”."),
        ("She said “<q>no</q>” and <q>«yes»</q>.", "She said “no” and «yes»."),
        ("<math><mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup></math> holds.", "E=mc^2 holds."),
        ("<math><mfrac><mi>a</mi><mrow><mi>b</mi><mo>+</mo><mn>1</mn></mrow></mfrac></math> holds", "a/(b+1) holds"),
        (
            "<span><span><math><mi>q</mi><mo>=</mo><mn>3</mn></math></span><span aria-hidden=true>q=<b>3</b></span></span>.",
            "q=3.",
        ),
        ("<x-a>One</x-a> <x-b>two</x-b> three.", "One two three."),
        ("See <span hidden>nothing</span>here.", "See here."),
        ("A reef<span role=tooltip>A ridge under water.</span> lies off it.", "A reef lies off it."),
        ("A reef<span class='tooltip-content'>A ridge.</span> lies off it.", "A reef lies off it."),
        (
            "So <a href=/p>Ida Berg</a><span><b>Ida Berg</b><i>She has led the office since May of 2019.</i></span> said.",
            "So Ida Berg said.",
        ),
    ],
)
def test_a_sentence_is_read_as_people_read_it(sentence: str, read: str) -> None:
    assert texts_of(f"<p>{sentence}</p>") == [read]


def test_a_custom_element_between_blocks_is_a_block() -> None:
    assert texts_of("<div><my-card>One</my-card><my-card>Two</my-card></div>") == ["One", "Two"]


def test_a_card_in_a_box_does_not_cut_the_sentence() -> None:
    html = "<div>Then <a href=/p>Ida Berg</a><div aria-hidden=true><h5>Ida Berg</h5><p>A painter.</p></div>, who paints.</div>"
    assert texts_of(html) == ["Then Ida Berg, who paints."]


def test_a_drop_cap_belongs_to_its_word() -> None:
    assert texts_of("<div><div class=big>N</div>obody saw it.</div><div>A</div><div>Plan</div>") == [
        "Nobody saw it.",
        "A",
        "Plan",
    ]


def test_a_drop_cap_in_a_box_of_its_own_belongs_to_the_paragraph_beside_it() -> None:
    assert texts_of("<div><div class=big>“N</div><p>obody saw it.</p></div>") == ["“Nobody saw it."]
    assert texts_of("<div><p>B</p></div><p>lue</p><p>C</p><p>Red</p><ul><li>D</li><li>e</li></ul>") == [
        "B", "lue", "C", "Red", "D", "e"
    ]  # fmt: skip


def test_quotation_marks_are_those_of_the_language() -> None:
    assert texts_of("<html lang=de-AT><p>Er sagte: <q>Nie.</q></p>") == ["Er sagte: „Nie.“"]
    assert texts_of("<html lang=fr><p>Il dit <q>non</q></p>") == ["Il dit « non »"]


def test_code_keeps_its_lines() -> None:
    html = "<pre><code>\nfor x in y:\n    <b>print</b>(x)  \n\n    stop()\n</code></pre><p>two\n  words</p>"
    assert texts_of(html) == ["for x in y:\n    print(x)\n\n    stop()", "two words"]


def test_what_nobody_sees_until_it_is_opened_is_left_out() -> None:
    closed = "<dialog><p>d</p></dialog><div popover><p>p</p><dialog>q</dialog></div><textarea>t</textarea>"
    assert texts_of(f"<p>a</p>{closed}<p>b <progress>40 %</progress></p><dialog open>o</dialog>") == ["a", "b", "o"]


def test_a_declarative_shadow_root_is_shown() -> None:
    html = (
        "<x-a><template shadowrootmode=open><p>one</p></template></x-a><template><p>not this</p></template><p>two</p>"
    )
    assert texts_of(html) == ["one", "two"]


def test_what_was_streamed_late_stands_in_its_place() -> None:
    late = "<div hidden id=S:1><p>two</p><template id=P:2></template></div><div hidden id=S:2><p>three</p></div>"
    waiting = "<!--$?--><template id=B:1></template><i>wait</i><!--/$-->"
    blocks = blocks_of(f"<main><p>one</p>{waiting}<p>four</p></main>{late}")
    assert [block.text for block in blocks] == ["one", "two", "three", "four"]
    assert not any("hidden" in block.class_tokens for block in blocks)


def test_cells_know_their_columns() -> None:
    html = "<table><tr><td></td><td colspan=2>a</td><th><p>b</p></th></tr></table><p>c</p>"
    assert [(block.text, block.column) for block in blocks_of(html)] == [("a", 1), ("b", 3), ("c", -1)]


def test_a_block_knows_the_image_right_before_it() -> None:
    html = "<div><div><img src=a><p>near</p></div><p>far</p><p><img src=b>own</p></div>"
    assert [(block.text, block.picture) for block in blocks_of(html)] == [("near", 1), ("far", -1), ("own", 0)]


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
