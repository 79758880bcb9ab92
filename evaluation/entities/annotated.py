"""The articles whose names a person has marked, which entity stages are scored against (``docs/annotating.md``)."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from evaluation.pages import body_of, read_rows
from stream.entities.values import Span
from stream.events import EntityType

ANNOTATIONS = Path(__file__).parent / "annotations.jsonl"

Offsets = tuple[int, int]


@dataclass(frozen=True, slots=True)
class AnnotatedArticle:
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


def read_annotated(data: Path, split: str) -> list[AnnotatedArticle]:
    """The annotated articles of one split of the pages; raises ``ValueError`` where a text is not the annotated one."""
    rows = {row["id"]: row for row in map(json.loads, ANNOTATIONS.open(encoding="utf-8")) if row["split"] == split}
    articles = []
    for page in read_rows(data / "pages" / f"{split}.jsonl.gz"):
        row = rows.pop(str(page["id"]), None)
        if row is None:
            continue
        body = body_of(page) or ""
        digest = "sha256:" + hashlib.sha256(body.encode()).hexdigest()
        if digest != row["digest"]:
            raise ValueError(f"{row['id']}: the body is not the one annotated ({digest}); annotate it again")
        mentions = {(start, end): (EntityType(name), group) for start, end, name, group in row["mentions"]}
        types = {offsets: entity_type for offsets, (entity_type, _) in mentions.items()}
        articles.append(
            AnnotatedArticle(row["id"], split, body, types, {at: group for at, (_, group) in mentions.items()})
        )
    if rows:
        raise ValueError(f"annotated but not in {split}: {', '.join(sorted(rows))}")
    return articles
