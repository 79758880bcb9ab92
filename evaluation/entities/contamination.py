"""How many entities come from outside the article: ours, against names found in the whole page."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
from selectolax.lexbor import LexborHTMLParser

from evaluation.pages import body_of, read_rows
from stream.codec.record import Record
from stream.entities.names import fold, straighten
from stream.entities.text import article_of, language_of
from stream.entities.values import Described
from stream.events import CleanArticle, Entity, EntityType
from stream.pipeline import Pipeline

_POSSESSIVE = re.compile(r"'s\b")
_NAMES = (EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE)


@dataclass(slots=True)
class Contamination:
    """Entities of which no mention's surface occurs in the gold body, over all entities."""

    pages: int = 0
    outside: int = 0
    entities: int = 0
    examples: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        return self.outside / max(1, self.entities)

    def add(self, entities: Iterable[Entity], gold_body: str) -> None:
        self.pages += 1
        text = straighten(gold_body)
        body = f" {fold(_POSSESSIVE.sub('', text))}  {fold(text)} "  # twice, for brands end in 's as well
        for entity in entities:
            if entity.type not in _NAMES:
                continue
            self.entities += 1
            if not any(f" {fold(mention.surface)} " in body for mention in entity.mentions):
                self.outside += 1
                self.examples.append(entity.name)


def measure(data: Path, pipeline: Pipeline) -> tuple[Contamination, Contamination]:
    """Ours and the naive worker's, over the English dev pages that have a gold body."""
    ours, naive = Contamination(), Contamination()
    find_entities = pipeline.since("recognise")
    for page, gold_body in _english_pages(data):
        record = Record(orjson.dumps({"url": page["url"], "content": page["html"], "contentType": "text/html"}))
        outcome = pipeline(record).outcome
        if isinstance(outcome, CleanArticle):
            ours.add(outcome.entities, gold_body)
        described = find_entities(article_of(visible_text(page["html"]), "en"))
        assert isinstance(described, Described)
        naive.add(described.entities, gold_body)
    return ours, naive


def _english_pages(data: Path) -> Iterator[tuple[dict[str, Any], str]]:
    for page in read_rows(data / "pages" / "dev.jsonl.gz"):
        body = body_of(page)
        if body and language_of(body) == "en":
            yield page, body


def visible_text(html: str) -> str:
    """What a browser shows of the page, and no more thought than that."""
    tree = LexborHTMLParser(html)
    tree.strip_tags(["script", "style", "noscript", "template"])
    return tree.body.text(separator="\n", strip=True) if tree.body else ""
