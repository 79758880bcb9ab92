"""Labelled blocks become an article that accounts for every block."""

import hashlib

from stream.cleaning.assemble import Assemble
from stream.cleaning.values import Block, Fields, Label, Labelled, Rejection
from stream.cleaning.words import count_words
from stream.events import Article, ParagraphKind, RejectionReason, RemovedLabel
from tests.cleaning.pages import draft_of, label_blocks


def assemble(*blocks: tuple[Block, Label], fields: Fields | None = None) -> Article | Rejection:
    labelled = Labelled(blocks=label_blocks(*blocks, score=0.9))
    return Assemble()(draft_of(labelled, fields))


def test_the_body_is_the_paragraphs_joined_by_a_blank_line() -> None:
    article = assemble(
        (Block("Menu"), Label.NAVIGATION), (Block("Why"), Label.HEADING), (Block("Because."), Label.PARAGRAPH)
    )
    assert isinstance(article, Article)
    assert article.articleBody == "Why\n\nBecause."
    assert [(part.kind, part.text) for part in article.paragraphs] == [
        (ParagraphKind.HEADING, "Why"),
        (ParagraphKind.PARAGRAPH, "Because."),
    ]
    assert article.contentDigest == "sha256:" + hashlib.sha256(article.articleBody.encode()).hexdigest()
    assert [(cut.label, cut.text, cut.chars) for cut in article.removed] == [(RemovedLabel.NAVIGATION, "Menu", 4)]


def test_the_cells_of_a_row_are_one_paragraph() -> None:
    cells = [
        Block(text, "td", ("tr", "table"), path=(number, row, 1))
        for number, row, text in ((3, 2, "Year"), (4, 2, "Votes"), (6, 5, "2024"), (7, 5, "120"))
    ]
    article = assemble(*[(cell, Label.TABLE) for cell in cells])
    assert isinstance(article, Article)
    assert [part.text for part in article.paragraphs] == ["Year | Votes", "2024 | 120"]


def test_a_row_has_its_empty_cells_and_cells_of_several_blocks() -> None:
    def cell(text: str, number: int, row: int, column: int, tag: str = "td") -> Block:
        parents = ("tr", "table") if tag == "td" else ("td", "tr", "table")
        path = (number, row, 1) if tag == "td" else (number, number - 1, row, 1)
        return Block(text, tag, parents, path=path, column=column)

    cells = [
        cell("Votes", 4, 2, 1), cell("Share", 5, 2, 2),
        cell("2024", 7, 6, 0), cell("120", 9, 6, 1, "p"), cell("of 300", 11, 6, 1, "p"),
        cell("2025", 13, 12, 0), cell("40 %", 15, 12, 2),
        cell("alone", 18, 17, 1),
    ]  # fmt: skip
    article = assemble(*[(block, Label.TABLE) for block in cells])
    assert isinstance(article, Article)
    assert [part.text for part in article.paragraphs] == [
        "| Votes | Share",
        "2024 | 120 of 300",
        "2025 |  | 40 %",
        "alone",
    ]


def test_long_cut_text_is_shortened_and_its_length_told() -> None:
    article = assemble((Block("word " * 99 + "end"), Label.RELATED), (Block("Body."), Label.PARAGRAPH))
    assert isinstance(article, Article)
    (cut,) = article.removed
    assert cut.chars == 498
    assert len(cut.text) <= 200
    assert cut.text.endswith("word…")


def test_fields_are_carried_over() -> None:
    article = assemble((Block("Body."), Label.PARAGRAPH), fields=Fields(headline="H", provenance={"headline": "h1"}))
    assert isinstance(article, Article)
    assert (article.headline, article.provenance) == ("H", {"headline": "h1"})


def test_a_page_of_which_nothing_is_kept_is_no_article() -> None:
    rejection = assemble((Block("Menu"), Label.NAVIGATION))
    assert isinstance(rejection, Rejection)
    assert rejection.reason is RejectionReason.NOT_AN_ARTICLE


def test_words_are_counted_in_every_script() -> None:
    assert count_words("It’s a well-known fact.") == 4
    assert count_words("東京です") == 4


def test_a_page_of_countless_links_lists_the_first_thousand_and_sums_up_the_rest() -> None:
    links = [(Block(f"Link {number:04}"), Label.NAVIGATION) for number in range(1_500)]
    article = assemble((Block("Text."), Label.PARAGRAPH), *links)
    assert isinstance(article, Article)
    assert len(article.removed) == 1_001
    assert (article.removed[-1].text, article.removed[-1].chars) == ("500 more blocks", 500 * 9)
