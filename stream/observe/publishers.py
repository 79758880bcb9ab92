"""Keeps the ``publisher`` label bounded: the busiest publishers have series of their own, all others share one."""

import heapq
from collections import Counter

OTHER = "other"
TOP = 50
REVIEW_AFTER = 5_000  # pages: minutes at a usual rate, so that series live long enough for rate()


class BusiestPublishers:
    """Which publishers are busy now; what was counted halves at every review, so that old ones make room."""

    def __init__(self, top: int = TOP, review_after: int = REVIEW_AFTER) -> None:
        self._top = top
        self._review_after = review_after
        self._seen = 0
        self._counts: Counter[str] = Counter()
        self._named: set[str] = set()

    def label(self, publisher: str) -> str:
        """The label value for a page of ``publisher``: its own name while it is among the busiest."""
        self._seen += 1
        self._counts[publisher] += 1
        if len(self._named) < self._top:
            self._named.add(publisher)
        return publisher if publisher in self._named else OTHER

    def review(self) -> set[str]:
        """Choose the busiest anew when it is time; returns the publishers that lost their name."""
        if self._seen < self._review_after:
            return set()
        self._seen = 0
        busiest = set(heapq.nlargest(self._top, self._counts, key=self._counts.__getitem__))
        gone, self._named = self._named - busiest, busiest
        self._counts = Counter({name: count // 2 for name, count in self._counts.items() if count > 1})
        return gone
