"""Tell the lines of a text page that say themselves what they are: without elements a caption looks like a paragraph.

Chosen on the training pages: of 299 such lines that the model kept on those with a publisher's own body (three
renderings of each), the gold has one, and that not as a whole.
"""

import re

from stream.cleaning.agencies import PICTURE_SOURCE
from stream.cleaning.values import Label

MAX_CHARS = 400  # longer lines are paragraphs that mention such words

_CAPTION = (
    # "Photo: A. Writer", "Bildquelle: …", "写真：…", to the end of the line
    r"(?:\b(?:photo|foto|photograph|picture|image|bild|bildquelle|quelle|credit|fotocredit|crédit|crédito|fotografie|"
    r"fotograf)s?(?: by)?\s?[:/©]|©|写真[:：＝]|사진[=:]|📷).{0,80}$",
    rf"\((?:[^()]{{0,60}}?[\s/:,©-])?{PICTURE_SOURCE}(?:[\s/,-][^()]{{0,50}})?\)\s*$",  # "(A. Writer / Reuters)"
    rf"(?:^|[.\s(]){PICTURE_SOURCE}\s?/\s?[^/.]{{2,40}}\)?$",  # "Unsplash/A. Writer"
    rf"[/|]\s?{PICTURE_SOURCE}(?: images)?\s*\.?$",  # "A. Writer/AFP"
    r"[（(][^（()）]{0,20}(?:撮影|提供|写真)[）)]$",
    r"^(?:legende|bildunterschrift|(?:image |media |show |hide |toggle )?caption)\b",
)
_RELATED = (
    r"^\W{0,3}(?:read more|read also|also read|read next|see also|more on this|(?:à )?lire aussi|"
    r"lesen sie (?:auch|mehr|hier)|mehr zum thema|zum thema|auch interessant|lea (?:también|además)|lee también|"
    r"leia (?:também|mais)|leggi anche|читайте также|zum artikel)\b.{0,160}$",
)
_PROMOTION = (
    r"\babonné|\babonnez|\babonnent|\babonnee|\babonnier|suscríbete|\bsuscripci[oó]n|\babbonat|prenumera|会員登録|定期購読",
)
_CONSENT = (
    r"externe[nr]? (?:redaktionelle[nr]? )?inhalt|redaktioneller inhalt|personenbezogene[nr]? daten|contenu externe|"
    r"external content|third.party content",
)
_WIDGET = (r"\d{4} \| \d+:\d\d min$",)  # an embedded video's date and length

_PATTERNS = [
    (label, re.compile("|".join(patterns), re.IGNORECASE))
    for label, patterns in (
        (Label.CAPTION, _CAPTION),
        (Label.RELATED, _RELATED),
        (Label.PROMOTION, _PROMOTION),
        (Label.CONSENT, _CONSENT),
        (Label.WIDGET, _WIDGET),
    )
]


def label_line(text: str) -> Label | None:
    """Tell what the line is by its own words; None where they do not tell."""
    if len(text) > MAX_CHARS:
        return None
    return next((label for label, pattern in _PATTERNS if pattern.search(text)), None)
