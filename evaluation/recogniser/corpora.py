"""The hand-labelled corpora as running text, split into what trains and what is held out.

wikigold (Balasuriya et al. 2009), WNUT17 (Derczynski et al. 2017) and the Broad Twitter Corpus (Derczynski et al.
2016) are CC-BY 4.0. They come as tokens; spaces are put back as a writer would have set them.
"""

import gzip
import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from evaluation.recogniser.texts import TYPES, AnnotatedText, Stretch

Sentence = tuple[list[str], list[str]]

_NO_SPACE_BEFORE = frozenset(". , ; : ! ? ) ] } % 's n't 're 've 'll 'd 'm ’s ... '".split())
_NO_SPACE_AFTER = {"(", "[", "{", "$", "#", "@", "£"}
_QUOTES = {'"', "''", "``", "'\"'"}


def wikigold(folder: Path) -> tuple[list[AnnotatedText], list[AnnotatedText]]:
    """The first two thirds of the articles to train, the last third held out."""
    return _halves(list(_articles(folder / "wikigold_first_half.jsonl.gz")), 2 / 3)


def wnut17(folder: Path) -> tuple[list[AnnotatedText], list[AnnotatedText]]:
    """Four fifths to train; posts are independent, so every fifth is held out."""
    return _every_fifth(list(_posts(folder / "wnut17_train.jsonl.gz")))


def broad_twitter(folder: Path) -> tuple[list[AnnotatedText], list[AnnotatedText]]:
    """Nine tenths to train, the last tenth held out. Handles (@name) are no names here: news does not use them so."""
    return _halves(list(_posts(folder / "btc.jsonl.gz")), 9 / 10)


def _halves(texts: list[AnnotatedText], share: float) -> tuple[list[AnnotatedText], list[AnnotatedText]]:
    cut = round(len(texts) * share)
    return texts[:cut], texts[cut:]


def _every_fifth(texts: list[AnnotatedText]) -> tuple[list[AnnotatedText], list[AnnotatedText]]:
    held_out = [text for number, text in enumerate(texts) if number % 5 == 4]
    return [text for number, text in enumerate(texts) if number % 5 != 4], held_out


def _rows(path: Path) -> Iterator[tuple[str, Sentence]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            yield row["id"], (row["tokens"], row["tags"])


def _articles(path: Path) -> Iterator[AnnotatedText]:
    for _, rows in groupby(_rows(path), key=lambda row: row[0]):
        yield join(sentence for _, sentence in rows)


def _posts(path: Path) -> Iterator[AnnotatedText]:
    for _, sentence in _rows(path):
        yield join([sentence])


def join(sentences: Iterable[Sentence]) -> AnnotatedText:
    """One text, a sentence a line, with the names' places in it."""
    text = ""
    names: list[Stretch] = []
    for tokens, tags in sentences:
        text += "\n" if text else ""
        quoted = False
        for number, (token, tag) in enumerate(zip(tokens, tags, strict=True)):
            shown = '"' if token in _QUOTES else token
            closes = shown == '"' and quoted
            glued = number == 0 or closes or shown in _NO_SPACE_BEFORE or _opens(tokens[number - 1], quoted)
            quoted ^= shown == '"'
            text += shown if glued else " " + shown
            start = len(text) - len(shown)
            kind = tag[2:]
            if tag.startswith("I-") and names and kind == names[-1][2] and tags[number - 1] != "O":
                names[-1] = (names[-1][0], len(text), kind)
            elif kind in TYPES and not text[:start].endswith("@") and shown[0] != "@":
                names.append((start, len(text), kind))
    return AnnotatedText(text, names)


def _opens(token: str, quoted: bool) -> bool:
    return token in _NO_SPACE_AFTER or (token in _QUOTES and quoted)
