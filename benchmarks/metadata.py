"""Measure the fields that are found beside the body against the gold of real pages, next to peers in the same run.

``python -m benchmarks.metadata [--split dev] [--peers] [--misses headline]`` reads ``../shared/data/pages``. A field
counts where the page has gold for it: headline, publisher and authors by their letters and digits without case,
datePublished by the day in either's zone. Authors are compared as sets; names of the site and of agencies are no
people, so they count on neither side. CPU time is that of one thread, without parsing for ours (the parsed page is
there already), with it for the peers, which parse for themselves.
"""

import argparse
import gzip
import hashlib
import json
import re
import statistics
import time
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from stream.cleaning.agencies import agency_of
from stream.cleaning.decode.stage import Decode
from stream.cleaning.label.stage import LabelBlocks
from stream.cleaning.metadata.dates import read_date
from stream.cleaning.metadata.stage import FindFields
from stream.cleaning.segment.stage import Segment
from stream.cleaning.values import Labelled, Payload, Rejection
from stream.events import RawPage

PAGES = Path(__file__).parent.parent.parent / "shared" / "data" / "pages"
NEWS = frozenset({"fundus"})  # sources whose pages are all news articles
# What stands for a desk or a company in the gold's author fields: the event's authors are people.
NO_PERSON = re.compile(
    r"redaktion|redazione|staff|desk|team|pressestelle|admin|unknown|nachrichten|newsroom|://|新聞|デジタル|online",
    re.I,
)
FIELDS = ("headline", "datePublished", "authors", "publisher")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a system says about one page, and the CPU milliseconds that it took."""

    fields: dict[str, Any]
    ms: float


@dataclass(slots=True)
class Tally:
    """Right answers and pages with gold, by field; and by field on news pages alone."""

    right: dict[str, int] = field(default_factory=dict)
    total: dict[str, int] = field(default_factory=dict)
    ms: list[float] = field(default_factory=list)

    def count(self, name: str, is_right: bool) -> None:
        self.total[name] = self.total.get(name, 0) + 1
        self.right[name] = self.right.get(name, 0) + is_right

    def share(self, name: str) -> float:
        return self.right[name] / self.total[name]


def pages(split: str) -> Iterator[dict[str, Any]]:
    with gzip.open(PAGES / f"{split}.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def digest_of(split: str) -> str:
    """The beginning of the SHA-256 of a split's file, which every figure is stated with."""
    return hashlib.sha256((PAGES / f"{split}.jsonl.gz").read_bytes()).hexdigest()[:16]


def labelled_page(page: dict[str, Any]) -> Labelled | None:
    """The page as the stages before the metadata hand it over; None for one that they reject."""
    value: Any = Payload(RawPage(url=page["url"], contentType="text/html"), page["html"])
    for stage in (Decode(100_000_000), Segment(), LabelBlocks()):
        value = stage(value)
        if isinstance(value, Rejection):
            return None
    return value  # type: ignore[no-any-return]


def ours() -> Callable[[dict[str, Any]], Answer]:
    find = FindFields()

    def answer(page: dict[str, Any]) -> Answer:
        labelled = labelled_page(page)
        if labelled is None:
            return Answer(dict.fromkeys((*FIELDS, "keywords")), 0.0)
        begin = time.thread_time()
        fields = find(labelled).fields
        ms = (time.thread_time() - begin) * 1000
        return Answer({name: getattr(fields, name) for name in (*FIELDS, "keywords", "inLanguage")}, ms)

    return answer


def trafilatura() -> Callable[[dict[str, Any]], Answer]:
    from trafilatura import extract_metadata

    def answer(page: dict[str, Any]) -> Answer:
        begin = time.thread_time()
        found = extract_metadata(page["html"], default_url=page["url"])
        ms = (time.thread_time() - begin) * 1000
        if found is None:
            return Answer(dict.fromkeys(FIELDS), ms)
        authors = tuple((found.author or "").split("; ")) if found.author else ()
        return Answer(
            {"headline": found.title, "datePublished": found.date, "authors": authors, "publisher": found.sitename}, ms
        )

    return answer


def htmldate() -> Callable[[dict[str, Any]], Answer]:
    from htmldate import find_date

    def answer(page: dict[str, Any]) -> Answer:
        begin = time.thread_time()
        try:
            found = find_date(page["html"], original_date=True, url=page["url"])
        except ValueError:  # it refuses what is no HTML
            found = None
        return Answer({"datePublished": found}, (time.thread_time() - begin) * 1000)

    return answer


def newspaper() -> Callable[[dict[str, Any]], Answer]:
    from newspaper import Article

    def answer(page: dict[str, Any]) -> Answer:
        begin = time.thread_time()
        try:
            article = Article(page["url"] or "https://page.example/", fetch_images=False)
            article.download(input_html=page["html"])
            article.parse()
        except Exception as error:  # its own errors are of many kinds
            print(f"newspaper4k broke on {page['id']}: {error}")
            return Answer(dict.fromkeys(FIELDS), (time.thread_time() - begin) * 1000)
        date = article.publish_date
        found = {
            "headline": article.title,
            "datePublished": date.isoformat() if isinstance(date, datetime) else None,
            "authors": tuple(article.authors),
            "publisher": article.meta_site_name,
        }
        return Answer(found, (time.thread_time() - begin) * 1000)

    return answer


def folded(text: str | None) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", text or "").casefold() if char.isalnum())


def same_day(found: str | None, gold: str) -> bool:
    """Whether both name one day, read in the zone of either."""
    mine, theirs = (read_date(text, day_first=True) if text else None for text in (found, gold))
    if mine is None or theirs is None:
        return False
    if mine.day == theirs.day:
        return True
    instants = [datetime.fromisoformat(date.value) for date in (mine, theirs) if len(date.value) > 16]
    if len(instants) < 2 or any(moment.tzinfo is None for moment in instants):
        return False
    return instants[0].astimezone(UTC) == instants[1].astimezone(UTC)


def gold_authors(page: dict[str, Any]) -> set[str] | None:
    """The people of the gold, as folded names; None where the page has no gold, or a date for one."""
    gold = page["gold"].get("authors")
    if not gold or re.search(r"\d{4}", str(gold)):
        return None
    parts = gold if isinstance(gold, list) else re.split(r"\s*[;,/]\s*|\s+(?:and|und|&|et)\s+", gold)
    return people(parts, page)


def people(names: Any, page: dict[str, Any]) -> set[str]:
    """Folded names without "By", agencies, desks, addresses and the site's own name."""
    host = folded((urlsplit(page["url"] or "").hostname or "").removeprefix("www."))
    site = folded(page["gold"].get("site"))
    kept = set()
    for name in names:
        name = re.sub(r"^(?:by|von)\s+", "", name.strip(), flags=re.IGNORECASE)
        key = folded(name)
        if not key or agency_of(name) or NO_PERSON.search(name) or (len(key) > 2 and key in host) or key == site:
            continue
        kept.add(key)
    return kept


def score(page: dict[str, Any], answer: Answer, tally: Tally) -> list[str]:
    """Count one page; returns the fields that were wrong."""
    gold, fields = page["gold"], answer.fields
    verdicts: dict[str, bool] = {}
    if gold.get("title"):
        verdicts["headline"] = folded(fields.get("headline")) == folded(gold["title"])
    if gold.get("published") and read_date(gold["published"], day_first=True):
        verdicts["datePublished"] = same_day(fields.get("datePublished"), gold["published"])
    wanted = gold_authors(page)
    if wanted is not None:
        verdicts["authors"] = people(fields.get("authors") or (), page) == wanted
    if gold.get("site"):
        verdicts["publisher"] = folded(fields.get("publisher")) == folded(gold["site"])
    if gold.get("topics"):
        wanted_topics = set(map(folded, gold["topics"]))
        verdicts["keywords"] = set(map(folded, fields.get("keywords") or ())) == wanted_topics
    verdicts = {name: right for name, right in verdicts.items() if name in fields}
    for name, right in verdicts.items():
        tally.count(name, right)
        if page["source"] in NEWS:
            tally.count(f"{name} (news)", right)
    tally.ms.append(answer.ms)
    return [name for name, right in verdicts.items() if not right]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", default="dev")
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--misses", help="print each page whose field of this name is wrong")
    options = parser.parse_args()
    systems = {"ours": ours()}
    if options.peers:
        systems |= {"trafilatura": trafilatura(), "htmldate": htmldate(), "newspaper4k": newspaper()}
    tallies = {name: Tally() for name in systems}
    for page in pages(options.split):
        for name, system in systems.items():
            answer = system(page)
            wrong = score(page, answer, tallies[name])
            if name == "ours" and options.misses in wrong:
                print_miss(page, answer, options.misses)

    print(f"{options.split}, sha256 {digest_of(options.split)}")
    names = sorted(tallies["ours"].total)
    print(f"{'':24}" + "".join(f"{name:>14}" for name in tallies) + f"{'pages':>8}")
    for name in names:
        cells = [f"{tally.share(name):.3f}" if name in tally.total else "-" for tally in tallies.values()]
        print(f"{name:24}" + "".join(f"{cell:>14}" for cell in cells) + f"{tallies['ours'].total[name]:8}")
    for label, take in (("CPU ms, median", statistics.median), ("CPU ms, p95", p95)):
        print(f"{label:24}" + "".join(f"{take(tally.ms):14.2f}" for tally in tallies.values()))


def p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


def print_miss(page: dict[str, Any], answer: Answer, name: str) -> None:
    gold = {"headline": "title", "datePublished": "published", "authors": "authors", "publisher": "site"}
    wanted = page["gold"].get(gold.get(name, "topics"))
    print(f"{page['id']}\n    {page['url']}\n    gold  {wanted!r}\n    found {answer.fields.get(name)!r}")


if __name__ == "__main__":
    main()
