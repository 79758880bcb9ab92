"""How names that were found are scored, for the training's choices and the benchmark's table alike."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from evaluation.recogniser.texts import Stretch, strip


@dataclass(slots=True)
class NameScore:
    """Counts of found, wanted and right names; ``lenient`` counts those that overlap one of the same type."""

    found: int = 0
    wanted: int = 0
    right: int = 0
    lenient_found: int = 0
    lenient_wanted: int = 0

    @property
    def f1(self) -> float:
        return 200 * self.right / max(self.found + self.wanted, 1)

    @property
    def lenient(self) -> float:
        precision = self.lenient_found / max(self.found, 1)
        recall = self.lenient_wanted / max(self.wanted, 1)
        return 200 * precision * recall / max(precision + recall, 1e-9)

    def add(self, found: Iterable[Stretch], wanted: Iterable[Stretch]) -> None:
        """Count one text's names."""
        got, gold = set(found), set(wanted)
        self.found += len(got)
        self.wanted += len(gold)
        self.right += len(got & gold)
        self.lenient_found += sum(any(_meet(one, other) for other in gold) for one in got)
        self.lenient_wanted += sum(any(_meet(one, other) for other in got) for one in gold)


@dataclass(slots=True)
class NameScores:
    """Normalised scores, over all and by type: 'the' and possessives are cut from what was found as from the gold."""

    strict: NameScore = field(default_factory=NameScore)
    normalised: NameScore = field(default_factory=NameScore)
    by_type: dict[str, NameScore] = field(default_factory=dict)

    def add(self, text: str, found: Iterable[Stretch], written: Iterable[Stretch]) -> None:
        """Count one text; ``written`` is the gold as its annotators wrote it."""
        found, written = list(found), list(written)
        self.strict.add(found, written)
        wanted = [cut for one in written if (cut := strip(text, one))]
        bare = [cut for one in found if (cut := strip(text, one))]
        self.normalised.add(bare, wanted)
        for kind in {one[2] for one in (*bare, *wanted)}:
            score = self.by_type.setdefault(kind, NameScore())
            score.add([one for one in bare if one[2] == kind], [one for one in wanted if one[2] == kind])


def _meet(one: Stretch, other: Stretch) -> bool:
    return one[2] == other[2] and one[0] < other[1] and other[0] < one[1]
