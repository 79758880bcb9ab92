"""Makes an article of bare text: the entity stages take nothing else."""

import hashlib

import pycld2

from stream.cleaning.dateline import read_dateline
from stream.events import Article, Paragraph, ParagraphKind, Quality

MIN_DETECTED_CHARS = 60  # shorter texts are often misjudged for the names in them


def article_of(text: str, language: str | None) -> Article:
    """The text as ``articleBody``, character for character, so that mentions are offsets into what was given.

    ``language`` is an ISO 639-1 code; None if unknown.
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    dateline = read_dateline(text)
    return Article(
        url=None,
        articleBody=text,
        paragraphs=tuple(Paragraph(kind=ParagraphKind.PARAGRAPH, text=line) for line in lines),
        agency=dateline.agency if dateline else None,
        dateline=dateline,
        inLanguage=language,
        wordCount=len(text.split()),
        quality=Quality(keptShare=1.0),
        contentDigest="sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
    )


def language_of(text: str) -> str:
    """ISO 639-1 code of the text's language; English where a short text leaves it open."""
    printable = "".join(char for char in text if char.isprintable() or char.isspace())
    if len(printable) < MIN_DETECTED_CHARS:
        return "en"
    reliable, _, (best, *_) = pycld2.detect(printable.encode("utf-8", "replace"))
    return best[1] if reliable else "en"
