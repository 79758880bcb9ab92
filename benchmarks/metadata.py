"""Measure the fields that are found beside the body against the gold of real pages, next to peers in the same run.

``make bench-metadata``, or ``python -m benchmarks.metadata [--split dev] [--peers] [--misses headline]``. A field
counts where the page has gold for it; ``evaluation.metadata.gold`` says when two values are the same. CPU time is that
of one thread, without parsing for ours (the parsed page is there already), with it for the peers, which parse for
themselves.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from evaluation.data import digest_of, pages_file
from evaluation.metadata.ours import ours
from evaluation.metadata.scores import FIELDS, FieldTally, FoundFields, score
from evaluation.pages import read_rows


def trafilatura() -> Callable[[dict[str, Any]], FoundFields]:
    from trafilatura import extract_metadata

    def answer(page: dict[str, Any]) -> FoundFields:
        begin = time.thread_time()
        found = extract_metadata(page["html"], default_url=page["url"])
        ms = (time.thread_time() - begin) * 1000
        if found is None:
            return FoundFields(dict.fromkeys(FIELDS), ms)
        authors = tuple((found.author or "").split("; ")) if found.author else ()
        return FoundFields(
            {"headline": found.title, "datePublished": found.date, "authors": authors, "publisher": found.sitename}, ms
        )

    return answer


def htmldate() -> Callable[[dict[str, Any]], FoundFields]:
    from htmldate import find_date

    def answer(page: dict[str, Any]) -> FoundFields:
        begin = time.thread_time()
        try:
            found = find_date(page["html"], original_date=True, url=page["url"])
        except ValueError:  # it refuses what is no HTML
            found = None
        return FoundFields({"datePublished": found}, (time.thread_time() - begin) * 1000)

    return answer


def newspaper() -> Callable[[dict[str, Any]], FoundFields]:
    from newspaper import Article

    def answer(page: dict[str, Any]) -> FoundFields:
        begin = time.thread_time()
        try:
            article = Article(page["url"] or "https://page.example/", fetch_images=False)
            article.download(input_html=page["html"])
            article.parse()
        except Exception as error:  # its own errors are of many kinds
            print(f"newspaper4k broke on {page['id']}: {error}")
            return FoundFields(dict.fromkeys(FIELDS), (time.thread_time() - begin) * 1000)
        date = article.publish_date
        found = {
            "headline": article.title,
            "datePublished": date.isoformat() if isinstance(date, datetime) else None,
            "authors": tuple(article.authors),
            "publisher": article.meta_site_name,
        }
        return FoundFields(found, (time.thread_time() - begin) * 1000)

    return answer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", default="dev")
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--misses", help="print each page whose field of this name is wrong")
    options = parser.parse_args()
    systems = {"ours": ours()}
    if options.peers:
        systems |= {"trafilatura": trafilatura(), "htmldate": htmldate(), "newspaper4k": newspaper()}
    tallies = {name: FieldTally() for name in systems}
    path = pages_file(options.split)
    for page in read_rows(path):
        for name, system in systems.items():
            answer = system(page)
            wrong = score(page, answer, tallies[name])
            if name == "ours" and options.misses in wrong:
                print_miss(page, answer, options.misses)

    print(f"{options.split}, sha256 {digest_of(path)}")
    names = sorted(tallies["ours"].total)
    print(f"{'':24}" + "".join(f"{name:>14}" for name in tallies) + f"{'pages':>8}")
    for name in names:
        cells = [f"{tally.share(name):.3f}" if name in tally.total else "-" for tally in tallies.values()]
        print(f"{name:24}" + "".join(f"{cell:>14}" for cell in cells) + f"{tallies['ours'].total[name]:8}")
    for label, take in (("CPU ms, median", statistics.median), ("CPU ms, p95", p95)):
        print(f"{label:24}" + "".join(f"{take(tally.ms):14.2f}" for tally in tallies.values()))


def p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


def print_miss(page: dict[str, Any], answer: FoundFields, name: str) -> None:
    gold = {"headline": "title", "datePublished": "published", "authors": "authors", "publisher": "site"}
    wanted = page["gold"].get(gold.get(name, "topics"))
    print(f"{page['id']}\n    {page['url']}\n    gold  {wanted!r}\n    found {answer.fields.get(name)!r}")


if __name__ == "__main__":
    main()
