"""News text labelled by two teachers: where they agree it teaches, where they differ it is passed over.

The teachers are spaCy's ``en_core_web_md`` and ``en_core_web_sm`` (MIT; trained on OntoNotes 5). The text is the
article bodies of the training pages; it is used here and never committed, only the digest of the labels is.
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pycld2
import spacy
import trafilatura
from spacy.language import Language

from evaluation.pages import read_rows
from evaluation.recogniser.texts import TYPE_OF_SPACY, AnnotatedText, Stretch

MAX_PARAGRAPHS = 400  # of one page, so that no long page sets the tone
MIN_WORDS = 60
UNUSED = ["tagger", "parser", "attribute_ruler", "lemmatizer", "senter"]


def bodies(pages: Path) -> Iterator[str]:
    """English article bodies: the gold one where there is one, what trafilatura finds elsewhere."""
    seen: set[str] = set()
    for page in read_rows(pages):
        body = page["gold"].get("body") or _extracted(page["html"])
        paragraphs = [one for paragraph in body if (one := " ".join(paragraph.split())) and one not in seen]
        seen.update(paragraphs)
        text = "\n\n".join(paragraphs[:MAX_PARAGRAPHS])
        if len(text.split()) >= MIN_WORDS and _is_english(text):
            yield text


def _extracted(html: str) -> list[str]:
    return (trafilatura.extract(html, fast=True, include_comments=False, include_tables=False) or "").split("\n")


def _is_english(text: str) -> bool:
    printable = "".join(character for character in text if character.isprintable() or character == "\n")
    return bool(pycld2.detect(printable, bestEffort=True)[2][0][1] == "en")


def load_teacher(path: str) -> Language:
    return spacy.load(path, exclude=UNUSED)


def label(texts: list[str], teacher: Language) -> list[list[Stretch]]:
    """Each text's names by the teacher, mapped onto PER, ORG and LOC."""
    return [
        [(e.start_char, e.end_char, TYPE_OF_SPACY[e.label_]) for e in document.ents if e.label_ in TYPE_OF_SPACY]
        for document in teacher.pipe(texts, batch_size=4)
    ]


def make(pages: Path, teachers: list[str], target: Path) -> None:
    """Label the pages' bodies by every teacher and keep the labels in ``target``, one page a line."""
    texts = list(bodies(pages))
    votes = [label(texts, load_teacher(teacher)) for teacher in teachers]
    with target.open("w", encoding="utf-8") as file:
        for text, *names in zip(texts, *votes, strict=True):
            file.write(json.dumps({"text": text, "votes": names}, ensure_ascii=False) + "\n")


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def load(path: Path) -> list[AnnotatedText]:
    """The first teacher's names; stretches on which the teachers differ are doubtful."""
    with path.open(encoding="utf-8") as lines:
        return [_agreed(json.loads(line)) for line in lines]


def _agreed(row: dict[str, Any]) -> AnnotatedText:
    votes: list[set[Stretch]] = [{(start, end, kind) for start, end, kind in names} for names in row["votes"]]
    first, *others = votes
    differing = set[Stretch]().union(*(first ^ other for other in others))
    return AnnotatedText(row["text"], sorted(first), sorted((start, end) for start, end, _ in differing))
