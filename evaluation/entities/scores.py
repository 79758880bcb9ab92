"""How well entities agree with the hand annotation: mentions found, mentions grouped, things wrongly merged."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evaluation.entities.annotated import AnnotatedArticle, Offsets
from stream.entities.canonicalise.stage import Canonicalise
from stream.entities.recognise.stage import Recognise
from stream.entities.text import article_of
from stream.entities.values import Recognised
from stream.events import Entity, EntityType

TYPES = (EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE)


def grouped(entities: Iterable[Entity], entity_type: EntityType) -> dict[Offsets, int]:
    """Each mention of the entities of a type with the number of its entity."""
    return {
        (mention.start, mention.end): number
        for number, entity in enumerate(entities)
        if entity.type is entity_type
        for mention in entity.mentions
    }


@dataclass(slots=True)
class MentionTally:
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


def score_articles(articles: Sequence[AnnotatedArticle], *, given_mentions: bool) -> dict[str, dict[str, float]]:
    """For each type: F1 of the mentions found, B3 F1 of their grouping, share of entities wrongly merged.

    ``given_mentions`` hands the annotated mentions to the canonicaliser, so that joining alone is judged.
    """
    recognise, canonicalise = Recognise(), Canonicalise()
    tallies = {entity_type: MentionTally() for entity_type in TYPES}
    for annotated in articles:
        article = article_of(annotated.body, "en")
        recognised = Recognised(article, annotated.spans, "hand") if given_mentions else recognise(article)
        entities = canonicalise(recognised).entities
        for entity_type, tally in tallies.items():
            tally.add(annotated.of(entity_type), grouped(entities, entity_type))
    return {
        entity_type.value: {
            "mentions": tally.expected,
            "mentionF1": round(tally.mention_f1, 4),
            "b3F1": round(tally.b3_f1, 4),
            "wrongMerges": round(tally.wrong_merges, 4),
        }
        for entity_type, tally in tallies.items()
    }


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
