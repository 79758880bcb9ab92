"""What counting a page costs: ``python -m benchmarks.metrics`` (``make bench-metrics``) prints microseconds of CPU."""

import time

from stream.facts import COVERED_FIELDS, PageFacts
from stream.observe.metrics import Metrics
from stream.outcome import OutcomeKind

STAGES = "read decode segment label metadata judge assemble recognise canonicalise place rank"
FACTS = PageFacts(
    {"PERSON": 4, "PLACE": 3, "ORGANIZATION": 2, "DATE": 3}, "en", 0.6, COVERED_FIELDS, "news.example", 1.0
)
PAGES = 20_000
RUNS = 5


def seconds_a_page() -> float:
    """CPU seconds of everything that a worker counts of one clean article."""
    metrics = Metrics()
    metrics.assigned({("raw-pages", 0)})
    stages = [(name, 0.001) for name in STAGES.split()]
    begin = time.process_time()
    for _ in range(PAGES):
        metrics.consumed("raw-pages", 0, 100_000)
        metrics.in_flight(1)
        metrics.published(0.01)
        metrics.finished(OutcomeKind.CLEANED, 1.0)
        metrics.in_flight(0)
        metrics.stages(stages)
        metrics.article(FACTS)
    return (time.process_time() - begin) / PAGES


if __name__ == "__main__":
    print(f"{min(seconds_a_page() for _ in range(RUNS)) * 1e6:.0f} us a page, best of {RUNS} runs of {PAGES:,}")
