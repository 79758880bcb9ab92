"""What a whole page costs, cleaning and entities together, beside what people put together in an afternoon.

``make bench-page``: CPU milliseconds a page in one process and one thread, the same pages in turn for both.
"""

import os
import statistics
import time
from collections.abc import Callable

os.environ.setdefault("OMP_NUM_THREADS", "1")

from benchmarks.stream_peers import cleaner
from evaluation.data import digest_of, pages_file
from evaluation.pages import read_pages
from stream.codec.record import Record
from stream.pipeline import build
from stream.settings import Settings


def main() -> None:
    """Measure both on every dev page and print medians, 95th percentiles and the ratio."""
    clean = cleaner(entities=True)
    pipeline = build(Settings())

    def ours(html: str) -> None:
        pipeline(Record(html.encode("utf-8", "replace"), headers=(("content-type", b"text/html; charset=utf-8"),)))

    def peer(html: str) -> None:
        clean({"content": html})

    path = pages_file("dev")
    pages = [page.html for page in read_pages(path)]
    for warm_up in pages[:3]:
        ours(warm_up)
        peer(warm_up)
    mine, theirs = zip(*((_cpu_ms(ours, html), _cpu_ms(peer, html)) for html in pages), strict=True)
    print(f"{len(pages)} pages, data {digest_of(path)}")
    for name, costs in (("stream-cleaner", mine), ("trafilatura + spaCy sm", theirs)):
        middle, p95, mean = statistics.median(costs), statistics.quantiles(costs, n=20)[-1], statistics.mean(costs)
        print(f"{name:24} median {middle:7.1f} ms   p95 {p95:7.1f} ms   mean {mean:7.1f} ms")
    medians, means = statistics.median(theirs) / statistics.median(mine), sum(theirs) / sum(mine)
    print(f"ratio of the medians {medians:.1f}, of the means {means:.1f}")


def _cpu_ms(work: Callable[[str], None], html: str) -> float:
    begin = time.process_time()
    work(html)
    return (time.process_time() - begin) * 1000


if __name__ == "__main__":
    main()
