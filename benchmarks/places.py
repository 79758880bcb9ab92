"""``make bench-places``: how many gold toponyms of LGL and TR-News the place stage puts right.

Gold mentions go in as entities (grouped by name, demonyms as nationalities). A mention is right if its link lies within
161 km of the answer; without a link it is wrong. The model was fitted, and everything chosen, on the half "chosen";
articles are split by a hash of their id. The publisher counts in three ways: not at all; as it ships, by the page's
address and the table of newspapers; and known, its home learned without labels from its other articles' first results.
"""

import json
import statistics
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

from evaluation.data import data_folder
from evaluation.places.gold import FILES, NEAR_KM, GoldArticle, distance
from evaluation.places.scores import accuracy, halves, judge, wrong
from stream.entities.gazetteer import PlaceCandidate, PlaceKind
from stream.entities.place.context import Toponym, estimate_confidence, resolve
from stream.entities.place.stage import Place, find_toponyms
from stream.entities.place.weights import ALONE, CERTAINTY, COMPANY, LEAST_CONFIDENCE

RESULTS = Path(__file__).parent / "results" / "places.json"
BINS = (LEAST_CONFIDENCE, 0.6, 0.8, 0.9, 0.95, 1.001)


def without_publisher(article: GoldArticle) -> GoldArticle:
    """The same article from nowhere."""
    canonicalised = article.canonicalised
    return replace(article, canonicalised=replace(canonicalised, article=replace(canonicalised.article, url=None)))


def accuracy_at_home(articles: Sequence[GoldArticle]) -> float:
    """The accuracy if each publisher's home is the town that the first results of its articles speak of most."""
    named = [find_toponyms(article.canonicalised.body, article.canonicalised.entities) for article in articles]
    votes: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    towns: dict[int, PlaceCandidate] = {}
    for article, of_article in zip(articles, named, strict=True):
        resolve(list(of_article.values()), Toponym(1.0, []), ALONE, COMPANY)
        for toponym in of_article.values():
            best = toponym.candidates[toponym.best]
            if best.kind is PlaceKind.CITY:
                towns[best.row] = best
                votes[_host(article)][best.row] += toponym.probabilities[toponym.best] * toponym.weight
    right = 0
    for article, of_article in zip(articles, named, strict=True):
        most = votes[_host(article)]
        home = [towns[max(most, key=most.__getitem__)]] if most else []
        resolve(list(of_article.values()), Toponym(1.0, home), ALONE, COMPANY)
        for number, toponym in of_article.items():
            best = toponym.candidates[toponym.best]
            if estimate_confidence(toponym, CERTAINTY) >= LEAST_CONFIDENCE:
                answers = article.answers[number]
                right += sum(distance(answer, best.latitude, best.longitude) <= NEAR_KM for answer in answers)
    return right / sum(len(answers) for article in articles for answers in article.answers)


def _host(article: GoldArticle) -> str:
    return urlsplit(article.canonicalised.article.url or "").hostname or ""


def milliseconds(articles: Sequence[GoldArticle]) -> float:
    """Median CPU time of the stage for one article."""
    stage, times = Place(), []
    for article in articles:
        begin = time.thread_time()
        stage(article.canonicalised)
        times.append(1000 * (time.thread_time() - begin))
    return statistics.median(times)


def measure(articles: Sequence[GoldArticle]) -> dict[str, float | dict[str, float]]:
    """All figures of one half of a corpus."""
    judged = [mention for article in articles for mention in judge(article)]
    nowhere = [mention for article in articles for mention in judge(without_publisher(article))]
    return {
        "mentions": len(judged),
        "accuracy161km": round(accuracy(judged), 4),
        "accuracyWithoutPublisher": round(accuracy(nowhere), 4),
        "accuracyHomeKnown": round(accuracy_at_home(articles), 4),
        "sameId": round(sum(mention.same for mention in judged) / len(judged), 4),
        "linked": round(sum(mention.confidence is not None for mention in judged) / len(judged), 4),
        "wrongLinks": round(wrong(judged), 4),
        "wrongLinksByConfidence": {
            f"{low}-{high}": round(wrong(within), 3)
            for low, high in pairwise(BINS)
            if (within := [mention for mention in judged if low <= (mention.confidence or 0.0) < high])
        },
        "medianMs": round(milliseconds(articles), 4),
    }


def main() -> None:
    results = {
        corpus: {half: measure(found) for half, found in halves(data_folder(), corpus).items()} for corpus in FILES
    }
    text = json.dumps(results, indent=2)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(f"{text}\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
