"""``make bench-entities``: names joined, things wrongly merged, places on the map, contamination, time.

Names are scored against the hand annotation (docs/annotating.md): dev articles, on which rules were chosen, and train
articles, which were never looked at while choosing. Needs the evaluation data beside the checkout.
"""

import json
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks import places
from benchmarks.contamination import measure
from benchmarks.entity_scores import Annotated, Tally, grouped, read_annotated
from stream.entities.canonicalise.stage import Canonicalise
from stream.entities.place.stage import Place
from stream.entities.rank import Rank
from stream.entities.recognise.stage import Recognise
from stream.entities.text import article_of
from stream.entities.values import Recognised
from stream.events import EntityType
from stream.pipeline import Pipeline
from stream.settings import Settings

DATA = Path(__file__).parents[2] / "shared" / "data"
RESULTS = Path(__file__).parent / "results" / "entities.json"
TYPES = (EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE)
ROUNDS = 9


def scores(articles: Sequence[Annotated], *, given_mentions: bool) -> dict[str, dict[str, float]]:
    """For each type: F1 of the mentions found, B3 F1 of their grouping, share of entities wrongly merged.

    ``given_mentions`` hands the annotated mentions to the canonicaliser, so that joining alone is judged.
    """
    recognise, canonicalise = Recognise(), Canonicalise()
    tallies = {entity_type: Tally() for entity_type in TYPES}
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


def milliseconds_after_recognition(articles: Sequence[Annotated]) -> float:
    """CPU time of canonicalise, place and rank for the median article: of each article the best of some rounds."""
    recognise, stages = Recognise(), (Canonicalise(), Place(), Rank())
    best = []
    for annotated in articles:
        recognised = recognise(article_of(annotated.body, "en"))
        rounds = []
        for _ in range(ROUNDS):
            begin, value = time.thread_time(), recognised
            for stage in stages:
                value = stage(value)  # type: ignore[operator]
            rounds.append(time.thread_time() - begin)
        best.append(min(rounds) * 1000)
    return round(statistics.median(best), 3)


def main() -> None:
    splits = {split: read_annotated(DATA, split) for split in ("dev", "train")}
    pipeline = Pipeline.from_settings(Settings())
    ours, naive = measure(DATA, pipeline, pipeline.since("recognise"))
    results = {
        "recogniser": Recognise().version,
        "articles": {split: len(articles) for split, articles in splits.items()},
        "joining, given the mentions": {split: scores(found, given_mentions=True) for split, found in splits.items()},
        "end to end": {split: scores(found, given_mentions=False) for split, found in splits.items()},
        "contamination, English dev pages": {
            "ours": round(ours.share, 4),
            "wholePage": round(naive.share, 4),
            "entities": {"ours": ours.entities, "wholePage": naive.entities},
            "pages": {"ours": ours.pages, "wholePage": naive.pages},
        },
        "ms after recognition, median dev article": milliseconds_after_recognition(splits["dev"]),
        "places": {
            corpus: {half: places.measure(articles) for half, articles in places.halves(DATA, corpus).items()}
            for corpus in places.FILES
        },
    }
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=2, default=float) + "\n", encoding="utf-8")
    print(json.dumps(results, indent=2, default=float))


if __name__ == "__main__":
    main()
