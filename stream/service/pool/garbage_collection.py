"""How a process that cleans page after page uses Python's garbage collector."""

import gc

COLLECT_AFTER = 10_000  # objects; with Python's 700 every page is collected, for nothing, at 0.14 ms


def spare_the_collector() -> None:
    """Keep what the pipeline loaded out of the garbage collector, which a page's few cycles need rarely."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER)
