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
from evaluation.data import data_folder
from evaluation.entities.annotated import AnnotatedArticle, read_annotated
from evaluation.entities.contamination import measure
from evaluation.entities.scores import score_articles
from evaluation.places.gold import FILES
from evaluation.places.scores import halves
from stream.entities.canonicalise.stage import Canonicalise
from stream.entities.place.stage import Place
from stream.entities.rank import Rank
from stream.entities.recognise.stage import Recognise
from stream.entities.text import article_of
from stream.pipeline import Chain, Pipeline
from stream.settings import Settings

RESULTS = Path(__file__).parent / "results" / "entities.json"
ROUNDS = 9


def milliseconds_after_recognition(articles: Sequence[AnnotatedArticle]) -> float:
    """CPU time of canonicalise, place and rank for the median article: of each article the best of some rounds."""
    recognise, describe = Recognise(), Chain.of(Canonicalise()).then(Place()).then(Rank())
    best = []
    for annotated in articles:
        recognised = recognise(article_of(annotated.body, "en"))
        rounds = []
        for _ in range(ROUNDS):
            begin = time.thread_time()
            describe(recognised)
            rounds.append(time.thread_time() - begin)
        best.append(min(rounds) * 1000)
    return round(statistics.median(best), 3)


def main() -> None:
    data = data_folder()
    splits = {split: read_annotated(data, split) for split in ("dev", "train")}
    ours, naive = measure(data, Pipeline.from_settings(Settings()))
    results = {
        "recogniser": Recognise().version,
        "articles": {split: len(articles) for split, articles in splits.items()},
        "joining, given the mentions": {
            split: score_articles(found, given_mentions=True) for split, found in splits.items()
        },
        "end to end": {split: score_articles(found, given_mentions=False) for split, found in splits.items()},
        "contamination, English dev pages": {
            "ours": round(ours.share, 4),
            "wholePage": round(naive.share, 4),
            "entities": {"ours": ours.entities, "wholePage": naive.entities},
            "pages": {"ours": ours.pages, "wholePage": naive.pages},
        },
        "ms after recognition, median dev article": milliseconds_after_recognition(splits["dev"]),
        "places": {
            corpus: {half: places.measure(articles) for half, articles in halves(data, corpus).items()}
            for corpus in FILES
        },
    }
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=2, default=float) + "\n", encoding="utf-8")
    print(json.dumps(results, indent=2, default=float))


if __name__ == "__main__":
    main()
