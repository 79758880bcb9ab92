"""Measure one system in a process of its own, as a worker would run it: ``benchmarks.cleaning`` runs one for each.

Nobody else's imports, caches and garbage are in it, and Python's garbage collector works as it does in a worker.
"""

import json
import logging
import sys
import time
from pathlib import Path

from benchmarks.cleaning_peers import PLAIN, SYSTEMS

WARM_UP = 5  # pages


def main(system: str, data: Path) -> None:
    """Print, as JSON, what the system finds in each page and the CPU milliseconds that it takes: every page once."""
    if system == PLAIN:
        sys.modules["stream._native"] = None  # type: ignore[assignment]  # as if no compiler had been there
    from training.cleaning.pages import load_pages

    logging.disable(logging.CRITICAL)  # peers complain about single pages
    pages = [page.html for page in load_pages(data) if page.body]
    extract = SYSTEMS[system]()
    for html in pages[:WARM_UP]:
        extract(html)
    found = []
    for html in pages:
        begin = time.process_time()
        text = extract(html)
        found.append((text, (time.process_time() - begin) * 1000))
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
