"""Makes an article of bare text, for those who have no page: the entity stages take nothing else."""

import hashlib

from stream.entities.dateline import dateline_of
from stream.events import Article, Paragraph, ParagraphKind, Quality


def article_of(text: str, language: str | None) -> Article:
    """The text as ``articleBody``, character for character, so that mentions are offsets into what was given.

    ``language`` is an ISO 639-1 code; None if unknown. The text must hold more than white space.
    """
    if not text.strip():
        raise ValueError("the text is empty; entities need at least one word")
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    dateline = dateline_of(text)
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
