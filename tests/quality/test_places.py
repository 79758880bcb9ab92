"""Gold toponyms are put right as often as was measured; ``make bench-places`` prints all figures."""

from pathlib import Path

import pytest

from evaluation.places.scores import accuracy, halves, judge, wrong

pytestmark = pytest.mark.shared_data


@pytest.mark.parametrize(("corpus", "least", "most_wrong"), [("LGL", 0.86, 0.06), ("TR-News", 0.9, 0.04)])
def test_gold_toponyms_are_found_within_161_km(shared_data: Path, corpus: str, least: float, most_wrong: float) -> None:
    for articles in halves(shared_data, corpus).values():
        judged = [mention for article in articles for mention in judge(article)]
        assert accuracy(judged) >= least
        assert wrong(judged) <= most_wrong
