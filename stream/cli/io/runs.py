"""Two runs over the same pages, side by side: in SQLite's temporary file, since they may be larger than memory."""

import gzip
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import orjson

from stream.outcome import OutcomeKind

Side = Literal["a", "b"]
KEYS = {"source": "its place in the input topic", "recordId": "recordId", "url": "url"}
# They differ between any two runs, or only repeat what another field says.
IGNORED = frozenset({"articleId", "pipelineVersion", "schemaVersion", "stages", "source", "contentDigest", "attempts"})
EXCERPT = 60  # characters
BEFORE = 15  # characters of it that both have in common


@dataclass(frozen=True, slots=True)
class RunOutcome:
    """One page's outcome in one run, and the event as JSON.

    ``source`` is ``topic/partition/offset`` of the raw page; any of the three names of the page may be missing.
    """

    kind: OutcomeKind
    event: bytes
    source: str | None
    record_id: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Example:
    """A page, and what the two runs have where they differ."""

    page: str
    a: str
    b: str


@dataclass(slots=True)
class Change:
    """How many pages differ in one way, and some of them."""

    pages: int = 0
    examples: list[Example] = field(default_factory=list)

    def add(self, example: Example, most: int) -> None:
        self.pages += 1
        if len(self.examples) < most:
            self.examples.append(example)


@dataclass(slots=True)
class Comparison:
    """How two runs differ. ``compared`` counts the pages with the same outcome, ``changed`` those with other fields."""

    matched_by: str
    outcomes_a: Counter[str]
    outcomes_b: Counter[str]
    only_in_a: int = 0
    only_in_b: int = 0
    unnamed: int = 0
    matched: int = 0
    compared: int = 0
    changed: int = 0
    outcomes: dict[str, Change] = field(default_factory=dict)
    fields: dict[str, Change] = field(default_factory=dict)

    @property
    def equal(self) -> bool:
        """Whether each page is in both runs, with the same outcome and the same fields."""
        return not (self.only_in_a or self.only_in_b or self.unnamed or self.outcomes or self.fields)


class Runs:
    """The outcomes of two runs, and what they have in common."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("")  # a file that SQLite deletes when this object goes
        for side in ("a", "b"):
            self._database.execute(
                f"CREATE TABLE {side} (outcome TEXT, event BLOB, source TEXT, recordId TEXT, url TEXT)"
            )

    def add(self, side: Side, outcome: RunOutcome) -> None:
        """Take in one outcome. A page may come twice; the newest counts."""
        self._database.execute(
            f"INSERT INTO {side} VALUES (?, ?, ?, ?, ?)",
            (
                outcome.kind,
                gzip.compress(outcome.event, compresslevel=1),
                outcome.source,
                outcome.record_id,
                outcome.url,
            ),
        )

    def compare(self, most_examples: int, *, ignore_rest_of: frozenset[Side] = frozenset()) -> Comparison:
        """Compare the runs page by page; pages that only a run in ``ignore_rest_of`` has are left out."""
        key = max(KEYS, key=self._matches)
        for side in ("a", "b"):
            self._keep_newest(side, key)
        found = Comparison(
            KEYS[key], self._outcomes("a", key, ignore_rest_of), self._outcomes("b", key, ignore_rest_of)
        )
        for side in ("a", "b"):
            if side not in ignore_rest_of:
                setattr(found, f"only_in_{side}", self._only_in(side, key))
                found.unnamed += self._count(f"SELECT count(*) FROM {side} WHERE {key} IS NULL")
        for row in self._pairs(key):
            _compare(found, *row, most=most_examples)
        found.fields = dict(sorted(found.fields.items(), key=lambda item: -item[1].pages))
        return found

    def _matches(self, key: str) -> int:
        """How many pages the two runs have in common by that name; the first that most pages have decides."""
        for side in ("a", "b"):
            self._database.execute(f"CREATE INDEX IF NOT EXISTS {side}_{key} ON {side} ({key})")
        return self._count(f"SELECT count(DISTINCT a.{key}) FROM a JOIN b USING ({key})")

    def _keep_newest(self, side: str, key: str) -> None:
        self._database.execute(
            f"DELETE FROM {side} WHERE {key} IS NOT NULL "
            f"AND rowid NOT IN (SELECT max(rowid) FROM {side} GROUP BY {key})"
        )

    def _outcomes(self, side: str, key: str, ignore_rest_of: frozenset[Side]) -> Counter[str]:
        other = "b" if side == "a" else "a"
        known = f"WHERE {key} IN (SELECT {key} FROM {other})" if side in ignore_rest_of else ""
        return Counter(dict(self._database.execute(f"SELECT outcome, count(*) FROM {side} {known} GROUP BY outcome")))

    def _only_in(self, side: str, key: str) -> int:
        other = "b" if side == "a" else "a"
        return self._count(
            f"SELECT count(*) FROM {side} WHERE {key} IS NOT NULL AND NOT EXISTS "
            f"(SELECT 1 FROM {other} WHERE {other}.{key} = {side}.{key})"
        )

    def _pairs(self, key: str) -> Iterator[tuple[str, str, dict[str, Any], str, dict[str, Any]]]:
        """Name, outcome and event of each page in both runs, in the order of the second."""
        rows = self._database.execute(
            "SELECT coalesce(b.url, b.recordId, b.source), a.outcome, a.event, b.outcome, b.event "
            f"FROM b JOIN a USING ({key}) ORDER BY b.rowid"
        )
        for page, outcome_a, event_a, outcome_b, event_b in rows:
            yield (
                page,
                outcome_a,
                orjson.loads(gzip.decompress(event_a)),
                outcome_b,
                orjson.loads(gzip.decompress(event_b)),
            )

    def _count(self, query: str) -> int:
        (number,) = self._database.execute(query).fetchone()
        return int(number)


def fields_of(event: dict[str, Any]) -> dict[str, Any]:
    """What of an event is compared, by name: objects field by field, entities apart from where they stand."""
    flat: dict[str, Any] = {}
    for name, value in event.items():
        if name in IGNORED:
            continue
        if isinstance(value, dict):
            flat |= {f"{name}.{inner}": part for inner, part in value.items()}
        elif name == "entities":
            flat |= _entities(value)
        else:
            flat[name] = value
    return flat


def excerpts(a: Any, b: Any) -> tuple[str, str]:
    """Where two different values begin to differ, shortly."""
    texts = _text(a), _text(b)
    common = next((at for at, (x, y) in enumerate(zip(*texts, strict=False)) if x != y), min(map(len, texts)))
    begin = max(common - BEFORE, 0)
    return _cut(texts[0], begin), _cut(texts[1], begin)


def _compare(
    found: Comparison, page: str, outcome_a: str, a: dict[str, Any], outcome_b: str, b: dict[str, Any], *, most: int
) -> None:
    found.matched += 1
    if outcome_a != outcome_b:
        change = found.outcomes.setdefault(f"{outcome_a} → {outcome_b}", Change())
        change.add(Example(page, _gist(a), _gist(b)), most)
        return
    found.compared += 1
    fields_a, fields_b = fields_of(a), fields_of(b)
    different = [name for name in fields_a | fields_b if fields_a.get(name) != fields_b.get(name)]
    found.changed += bool(different)
    for name in different:
        example = Example(page, *excerpts(fields_a.get(name), fields_b.get(name)))
        found.fields.setdefault(name, Change()).add(example, most)


def _entities(entities: list[dict[str, Any]]) -> dict[str, Any]:
    """Offsets move with every change of the body, and salience with every entity: they are fields of their own."""
    named = [
        {**entity, "mentions": [mention["surface"] for mention in entity["mentions"]], "salience": None}
        for entity in entities
    ]
    offsets = [[[mention["start"], mention["end"]] for mention in entity["mentions"]] for entity in entities]
    salience = [entity["salience"] for entity in entities]
    return {"entities": named, "entities.offsets": offsets, "entities.salience": salience}


def _gist(event: dict[str, Any]) -> str:
    """An outcome in a few words."""
    error = event.get("error") or {}
    words = event.get("reason") or error.get("type") or event.get("headline") or event.get("articleBody") or ""
    return _cut(" ".join(str(words).split()), 0)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def _cut(text: str, begin: int) -> str:
    end = begin + EXCERPT
    return f"{'…' if begin else ''}{text[begin:end]}{'…' if end < len(text) else ''}"
