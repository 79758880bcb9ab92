"""Lines that say what they are leave a text page's body, in whichever language; sentences that mention it stay."""

import pytest

from stream.cleaning.label.text_lines import label_line
from stream.cleaning.values import Label
from stream.events import Article, RemovedLabel
from tests.cleaning.pages import clean

STORY = [
    f"The council voted on the {number}th of its plans for the harbour on Monday, after a debate of two hours in which"
    " nobody but the mayor spoke for it, and nobody against."
    for number in range(4, 12)
]


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("The old pier of Sandholm in the storm (Photo: Ada Nordqvist)", Label.CAPTION),
        ("Die alte Brücke am Montag. Foto: Ada Nordqvist", Label.CAPTION),
        ("Passengers wait for the ferry on Monday. (A. Nordqvist / Reuters)", Label.CAPTION),
        ("Rest helps. Unsplash/Ada Nordqvist", Label.CAPTION),
        ("港で船を待つ人たち（東京で撮影）", Label.CAPTION),
        ("Read more: Ferry sails again", Label.RELATED),
        ("Lire aussi : Le bac reprend la mer", Label.RELATED),
        ("Nur für Abonnenten", Label.PROMOTION),
        ("An dieser Stelle finden Sie externen Inhalt, der den Artikel ergänzt.", Label.CONSENT),
        ("Was kommt nun? 17.04.2024 | 6:00 min", Label.WIDGET),
        ("She took a photo of the pier, and the paper printed it.", None),
        ("He read more than any of them, the harbour master said.", None),
        ("The mayor told Reuters that the pier would be rebuilt (at a cost of 2 million).", None),
        ("A. Nordqvist took the photo: " + STORY[0] * 3, None),
    ],
)
def test_a_line_says_what_it_is(line: str, label: Label | None) -> None:
    assert label_line(line) is label


def test_captions_between_paragraphs_are_cut_as_captions() -> None:
    caption = "The harbour of Sandholm was full of people on Monday, when the council met there. (Photo: Ada Nordqvist)"
    article = clean("\n".join([*STORY[:4], caption, *STORY[4:]]), "text")
    assert isinstance(article, Article)
    assert [part.text for part in article.paragraphs] == STORY
    assert [(cut.text, cut.label) for cut in article.removed] == [(caption, RemovedLabel.CAPTION)]
