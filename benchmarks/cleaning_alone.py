"""Measure one system in a process of its own, as a worker would run it: ``benchmarks.cleaning`` runs one for each.

Nobody else's imports, caches and garbage are in it, and Python's garbage collector is set as the worker sets it,
for every system alike.
"""

import json
import logging
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.cleaning_peers import PEERS, PLAIN, clean_as
from evaluation.pages import read_pages
from stream.service.pool.garbage_collection import spare_the_collector

WARM_UP = 5  # pages


def main(system: str, data: Path) -> None:
    """Print, as JSON, what the system finds in each page and the CPU milliseconds that it takes: every page once."""
    if system == PLAIN:
        os.environ["STREAM_NATIVE"] = "off"  # before anything of ours is imported
    logging.disable(logging.CRITICAL)  # peers complain about single pages
    pages: list[Any] = [page.html for page in read_pages(data) if page.body]
    extract: Callable[[Any], str]
    if system in PEERS:
        extract = PEERS[system]()
    else:
        pages = [html.encode("utf-8", "replace") for html in pages]
        extract = clean_as("text/html")
    for page in pages[:WARM_UP]:
        extract(page)
    spare_the_collector()
    found = []
    for page in pages:
        begin = time.process_time()
        text = extract(page)
        found.append((text, (time.process_time() - begin) * 1000))
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
