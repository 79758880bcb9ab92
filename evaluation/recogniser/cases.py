"""The behaviour suite: sentences of our own in which every name is marked, ``<PER Ada Lovelace> left``."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from evaluation.recogniser.texts import Stretch, strip

CASES = Path(__file__).parent / "cases.jsonl"
_MARKED = re.compile(r"<(PER|ORG|LOC) ([^<>]+)>")


@dataclass(frozen=True, slots=True)
class Case:
    """One text with all the names that must be found in it ('the' and possessives cut), and no others."""

    kind: str
    text: str
    names: frozenset[Stretch]


def cases() -> Iterator[Case]:
    for line in CASES.read_text("utf-8").splitlines():
        row = json.loads(line)
        text, end = "", 0
        names = set()
        for match in _MARKED.finditer(row["case"]):
            text += row["case"][end : match.start()]
            names.add((len(text), len(text) + len(match[2]), match[1]))
            text += match[2]
            end = match.end()
        text += row["case"][end:]
        yield Case(row["kind"], text, frozenset(bare for name in names if (bare := strip(text, name))))


def count_passed(find: Callable[[str], list[Stretch]]) -> dict[str, tuple[int, int]]:
    """For each kind, how many cases give exactly the marked names ('the' and possessives cut), and of how many."""
    counts: dict[str, tuple[int, int]] = {}
    for case in cases():
        found = {bare for name in find(case.text) if (bare := strip(case.text, name))}
        right, total = counts.get(case.kind, (0, 0))
        counts[case.kind] = (right + (found == case.names), total + 1)
    return counts
