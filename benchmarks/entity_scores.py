"""How well entities agree with the hand annotation: mentions found, mentions grouped, things wrongly merged."""

import gzip
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from stream.entities.values import Span
from stream.events import Entity, EntityType

ANNOTATIONS = Path(__file__).parent.parent / "tests" / "quality" / "annotations" / "entities.jsonl"

Offsets = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Annotated:
    """One article annotated by hand: ``groups`` holds, for each mention, the number of the thing it names."""

    id: str
    split: str
    body: str
    types: Mapping[Offsets, EntityType]
    groups: Mapping[Offsets, int]

    def of(self, entity_type: EntityType) -> dict[Offsets, int]:
        return {offsets: group for offsets, group in self.groups.items() if self.types[offsets] is entity_type}

    @property
    def spans(self) -> tuple[Span, ...]:
        return tuple(Span(*offsets, entity_type) for offsets, entity_type in sorted(self.types.items()))


def body_of(page: Mapping[str, object]) -> str | None:
    """The text that was annotated: the paragraphs of the page's gold body joined by a blank line."""
    gold = page["gold"]
    body = gold.get("body") if isinstance(gold, dict) else None
    return "\n\n".join(body) if body else None


def read_pages(data: Path, split: str) -> Iterator[dict[str, object]]:
    with gzip.open(data / "pages" / f"{split}.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def read_annotated(data: Path, split: str) -> list[Annotated]:
    """The annotated articles of one split of the pages; raises ``ValueError`` where a text is not the annotated one."""
    rows = {row["id"]: row for row in map(json.loads, ANNOTATIONS.open(encoding="utf-8")) if row["split"] == split}
    articles = []
    for page in read_pages(data, split):
        row = rows.pop(str(page["id"]), None)
        if row is None:
            continue
        body = body_of(page) or ""
        digest = "sha256:" + hashlib.sha256(body.encode()).hexdigest()
        if digest != row["digest"]:
            raise ValueError(f"{row['id']}: the body is not the one annotated ({digest}); annotate it again")
        mentions = {(start, end): (EntityType(name), group) for start, end, name, group in row["mentions"]}
        types = {offsets: entity_type for offsets, (entity_type, _) in mentions.items()}
        articles.append(Annotated(row["id"], split, body, types, {at: group for at, (_, group) in mentions.items()}))
    if rows:
        raise ValueError(f"annotated but not in {split}: {', '.join(sorted(rows))}")
    return articles


def grouped(entities: Iterable[Entity], entity_type: EntityType) -> dict[Offsets, int]:
    """Each mention of the entities of a type with the number of its entity."""
    return {
        (mention.start, mention.end): number
        for number, entity in enumerate(entities)
        if entity.type is entity_type
        for mention in entity.mentions
    }


@dataclass(slots=True)
class Tally:
    """Sums over articles, for one type of entity.

    B3 (Bagga and Baldwin 1998) counts a mention that the other side lacks as wrong. A wrong merge is an entity with
    mentions of two or more annotated things.
    """

    expected: int = 0
    found: int = 0
    right: int = 0
    b3_recall: float = 0
    b3_precision: float = 0
    merged: int = 0
    judged: int = 0

    def add(self, gold: Mapping[Offsets, int], response: Mapping[Offsets, int]) -> None:
        self.expected += len(gold)
        self.found += len(response)
        self.right += len(gold.keys() & response.keys())
        self.b3_recall += _overlap(gold, response)
        self.b3_precision += _overlap(response, gold)
        things: dict[int, set[int]] = defaultdict(set)
        for offsets, entity in response.items():
            if offsets in gold:
                things[entity].add(gold[offsets])
        self.judged += len(things)
        self.merged += sum(len(named) > 1 for named in things.values())

    @property
    def mention_f1(self) -> float:
        return _f1(self.right / max(1, self.found), self.right / max(1, self.expected))

    @property
    def b3_f1(self) -> float:
        return _f1(self.b3_precision / max(1, self.found), self.b3_recall / max(1, self.expected))

    @property
    def wrong_merges(self) -> float:
        return self.merged / max(1, self.judged)


def _overlap(one: Mapping[Offsets, int], other: Mapping[Offsets, int]) -> float:
    """Sum over the mentions of ``one`` that ``other`` has too: share of the mention's group that is with it there."""
    groups: dict[int, set[Offsets]] = defaultdict(set)
    others: dict[int, set[Offsets]] = defaultdict(set)
    for offsets, group in one.items():
        groups[group].add(offsets)
    for offsets, group in other.items():
        others[group].add(offsets)
    return sum(
        len(groups[group] & others[other[offsets]]) / len(groups[group])
        for offsets, group in one.items()
        if offsets in other
    )


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
