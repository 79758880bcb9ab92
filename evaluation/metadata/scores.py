"""Count the fields that a system finds in pages with gold, for the benchmark's table and the gate alike."""

from dataclasses import dataclass, field
from typing import Any

from evaluation.metadata.gold import folded, gold_authors, people, same_day
from stream.cleaning.metadata.dates import read_date

NEWS = frozenset({"fundus"})  # sources whose pages are all news articles
FIELDS = ("headline", "datePublished", "authors", "publisher")


@dataclass(frozen=True, slots=True)
class FoundFields:
    """What a system says about one page, and the CPU milliseconds that it took."""

    fields: dict[str, Any]
    ms: float


@dataclass(slots=True)
class FieldTally:
    """Right answers and pages with gold, by field; and by field on news pages alone."""

    right: dict[str, int] = field(default_factory=dict)
    total: dict[str, int] = field(default_factory=dict)
    ms: list[float] = field(default_factory=list)

    def count(self, name: str, is_right: bool) -> None:
        self.total[name] = self.total.get(name, 0) + 1
        self.right[name] = self.right.get(name, 0) + is_right

    def share(self, name: str) -> float:
        return self.right[name] / self.total[name]


def score(page: dict[str, Any], answer: FoundFields, tally: FieldTally) -> list[str]:
    """Count one page; returns the fields that were wrong."""
    gold, fields = page["gold"], answer.fields
    verdicts: dict[str, bool] = {}
    if gold.get("title"):
        verdicts["headline"] = folded(fields.get("headline")) == folded(gold["title"])
    if gold.get("published") and read_date(gold["published"], day_first=True):
        verdicts["datePublished"] = same_day(fields.get("datePublished"), gold["published"])
    wanted = gold_authors(page)
    if wanted is not None:
        verdicts["authors"] = people(fields.get("authors") or (), page) == wanted
    if gold.get("site"):
        verdicts["publisher"] = folded(fields.get("publisher")) == folded(gold["site"])
    if gold.get("topics"):
        wanted_topics = set(map(folded, gold["topics"]))
        verdicts["keywords"] = set(map(folded, fields.get("keywords") or ())) == wanted_topics
    verdicts = {name: right for name, right in verdicts.items() if name in fields}
    for name, right in verdicts.items():
        tally.count(name, right)
        if page["source"] in NEWS:
            tally.count(f"{name} (news)", right)
    tally.ms.append(answer.ms)
    return [name for name, right in verdicts.items() if not right]
