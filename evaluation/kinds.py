"""Real pages with what they are, and the fold of their domain: one of five is kept out of all training."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from evaluation.data import pages_file
from evaluation.pages import fold_of, read_rows
from stream.events import PageKind

OTHER_KINDS = "wcxb-other-kinds"
ARTICLES = ("wcxb", "naeb", "misinformation-crawler", "train")
HELD_OUT = 0

# Test pages of tools, among them fragments, shops and start pages: they are no proof that a page is an article.
UNSURE = frozenset({"trafilatura", "postlight", "readability", "newspaper4k", "goose"})


@dataclass(frozen=True, slots=True)
class KindPage:
    """A page and what it is; ``is_sure`` where the gold is about the page's kind and not only its text."""

    id: str
    url: str | None
    html: str
    kind: PageKind
    language: str | None
    collection: str
    fold: int
    is_sure: bool


def read_kinds(*collections: str) -> Iterator[KindPage]:
    """The pages of these collections, in their order; of all that training may see where none is named."""
    for collection in collections or (OTHER_KINDS, *ARTICLES):
        for row in read_rows(pages_file(collection)):
            kind = PageKind(row["kind"]) if collection == OTHER_KINDS else PageKind.ARTICLE
            source = row["id"].partition("/")[0]
            yield KindPage(
                row["id"],
                row.get("url"),
                row["html"],
                kind,
                row["gold"].get("language"),
                collection,
                fold_of(_domain_of(row["id"], row.get("url"))),
                source not in UNSURE,
            )


def _domain_of(page_id: str, url: str | None) -> str:
    """The last two labels of the host; a publisher's name where the pages are one publisher's."""
    if page_id.startswith("fundus/"):
        return re.split("[/_]", page_id)[1]
    host = urlsplit(url or "").hostname or page_id
    return ".".join(host.split(".")[-2:]) if url else host
