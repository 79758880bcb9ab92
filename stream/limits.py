"""The bounds that settings and stages share: what a page may have, and what an article may get, at most."""

from typing import Literal

MAX_NODES = 1_000_000  # tags of a page or lines of a text; the largest of 1,494 real pages has 26,000
MAX_DEPTH = 512  # browsers stop nesting there, too
MAX_ENTITIES = 1_000  # of an article; long reads have a hundred
ACCEPTED_KINDS: tuple[Literal["article"]] = ("article",)  # page kinds that are published
MIN_KIND_PROBABILITY = 0.35  # of the accepted kinds together; chosen in folds by domain (training/kinds/MODEL_CARD.md)
