"""What pages made to be slow cost: CPU per MB against the median dev page's, and memory; ``make bench-limits``."""

import json
import multiprocessing
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor

import click

from evaluation.data import DataMissing, pages_file
from evaluation.pages import read_rows
from stream.codec.record import Record
from stream.events import DeadLetter, RejectedPage
from stream.pipeline import Pipeline
from stream.samples import samples
from stream.service.pool.process import WARM_UP
from stream.settings import Settings

MB = 1_000_000
ALLOWED = 20  # times the median page's CPU per MB

URL = "https://news.example/2025/" + "a-" * 50_000
HEAD = "<!DOCTYPE html><html lang='en'><head><title>Ferry to open in May</title></head><body><article>"
PARAGRAPH = (
    "<p>The ferry from Dover to Calais will open again in May, the mayor Ann Lee said on Monday, after a winter in "
    "which every crossing had been cancelled and most of its crew had found other work along the coast of {}.</p>"
)
STORY = (
    HEAD + "<h1>Ferry to open in May</h1>" + "".join(PARAGRAPH.format(place) for place in ("Kent", "Artois", "Sark"))
)


def _times(unit: str, size: float = MB) -> str:
    return unit * int(size // len(unit))


def _numbered(template: str, count: int) -> str:
    return "".join(template.format(number) for number in range(count))


# Each page is made when it is measured; those of a few MB are as large as the names say.
PAGES: dict[str, Callable[[], str]] = {
    "nesting, 10,000 <div>": lambda: STORY + "<div>" * 10_000 + "the end",
    "nesting, 100,000 <div>": lambda: STORY + "<div>" * 100_000 + "the end",
    "nesting, 100,000 <b>": lambda: STORY + "<b>" * 100_000 + "the end",
    "nesting, 100,000 <span> with text": lambda: STORY + "<span>a word " * 100_000,
    "nesting, 100,000 <ul><li>": lambda: STORY + "<ul><li>" * 100_000 + "the end",
    "nesting, 100,000 <table><tr><td>": lambda: STORY + "<table><tr><td>" * 100_000 + "the end",
    "nesting, 100,000 <a><p>": lambda: STORY + "<a href=x><p>" * 100_000 + "the end",
    "nesting, 5,900 <div> over 5,000 blocks": lambda: STORY + "<div>" * 900 + "<p>A block of text." * 5_000,
    "misnested, 50,000 <b><i></b>": lambda: STORY + "<b><i>x</b>" * 50_000,
    "misnested, <p> in <font> 50,000 times": lambda: STORY + "<font><p>x" * 50_000,
    "100,000 siblings": lambda: STORY + "<p>x</p>" * 100_000,
    "100,000 siblings with a sentence": lambda: (
        STORY + _numbered("<p>The mayor said on Monday that {} boats sailed.</p>", 100_000)
    ),
    "100,000 cells": lambda: STORY + "<table><tr>" + _numbered("<td>{}</td>", 100_000),
    "40,000 links": lambda: (
        STORY + _numbered("<li><a href='/archive/{0}'>The mayor opens fountain number {0}</a>", 40_000)
    ),
    "5 MB of paragraphs": lambda: STORY + _numbered(PARAGRAPH, 5 * MB // len(PARAGRAPH)),
    "5 MB of equal paragraphs": lambda: STORY + _times(PARAGRAPH, 5 * MB),
    "5 MB text node of words": lambda: STORY + "<p>" + _times("Mayor Ann Lee of Dover said so. ", 5 * MB),
    "5 MB text node without a space": lambda: STORY + "<p>" + _times("ab", 5 * MB),
    "5 MB text node of Chinese": lambda: HEAD + "<p>" + _times("市长说渡轮将于五月重新开放。", 5 * MB / 3),
    "5 MB of lines": lambda: _numbered("The mayor said that {} boats sailed from Dover on Monday.\n", 5 * MB // 58),
    "5 MB of short lines": lambda: _times("a\n", 5 * MB),
    "5 MB of blank lines": lambda: "A line.\n" + "\n" * 5 * MB,
    "5 MB of <br>": lambda: STORY + "<p>" + _times("x<br><br>", 5 * MB),
    "1 MB attribute": lambda: STORY + f"<p title='{'a' * MB}'>x",
    "1 MB class of one token": lambda: STORY + f"<div class='{'a' * MB}'>" + PARAGRAPH * 50,
    "1 MB class of 300,000 tokens": lambda: STORY + f"<div class='{_numbered('c{} ', 150_000)}'>" + PARAGRAPH * 50,
    "1 MB style": lambda: STORY + f"<p style='{_times('display ')}'>x",
    "20,000 attributes": lambda: STORY + f"<p {_numbered('a{} ', 20_000)}>x",
    "10 MB script": lambda: STORY + f"<script>{_times('var a=1;', 10 * MB)}</script>",
    "10 MB comment": lambda: STORY + f"<!-- {_times('a - b ', 10 * MB)} -->",
    "10 MB style element": lambda: STORY + f"<style>{_times('a{b:c}', 10 * MB)}</style>",
    "10 MB JSON-LD": lambda: STORY + _json_ld(json.dumps([{"@type": "Person", "name": "A"}] * 250_000)),
    "1 MB JSON-LD, nested": lambda: STORY + _json_ld(_times("[")),
    "1 MB JSON-LD, cut short": lambda: STORY + _json_ld('{"@type":"NewsArticle","headline":"' + _times('a" b ')),
    "1 MB JSON-LD, broken pairs": lambda: STORY + _json_ld("{" + _times('"a":"b"\n')),
    "1 MB JSON-LD, spaces": lambda: STORY + _json_ld(" " * MB + "x"),
    "1 MB JSON-LD, semicolons": lambda: STORY + _json_ld("{}" + ";" * MB + "x"),
    "1 MB JSON-LD, escapes": lambda: STORY + _json_ld('{"a":"' + "\\x" * (MB // 2)),
    "1 MB JSON-LD, 100,000 authors": lambda: (
        STORY
        + _json_ld(json.dumps({"@type": "NewsArticle", "author": [{"name": f"Ann Lee {n}"} for n in range(40_000)]}))
    ),
    "100,000 JSON-LD scripts": lambda: STORY + _json_ld("{}") * 20_000,
    "100,000 metas": lambda: STORY.replace(
        "<title>", "<meta property='og:title' content='Ferry'>" * 25_000 + "<title>"
    ),
    "1 MB of character references": lambda: STORY + "<p>" + _times("&amp;&eacute;&#8212;"),
    "1 MB of <": lambda: STORY + "<" * MB,
    "1 MB of unclosed tags": lambda: STORY + _times("<p class='"),
    "1 MB of unclosed comments": lambda: STORY + _times("<!-- "),
    "1 MB of <!": lambda: "<!" * (MB // 2),
    "1 MB of spaces before <html>": lambda: " " * MB + STORY,
    "1 MB of <?xml": lambda: _times("<?xml ") + STORY,
    "1 MB of <meta": lambda: _times("<meta ") + STORY,
    "50,000 <time>": lambda: STORY + _numbered("<time datetime='2025-01-02T03:04:05Z'>January {}</time> ", 50_000),
    "50,000 dates": lambda: STORY + "<p>" + _times("January 1, 2025 "),
    "50,000 microdata authors": lambda: STORY + _numbered("<span itemprop='author'>Ann Lee {}</span>", 30_000),
    "50,000 bylines": lambda: STORY + _numbered("<p class='byline'>By Ann Lee {}</p>", 30_000),
    "50,000 breadcrumbs": lambda: (
        STORY + "<ol class='breadcrumb'>" + _numbered("<li><a href=/{0}>Step {0}</a>", 30_000)
    ),
    "50,000 headings": lambda: STORY + _numbered("<h1>Ferry to open in May {}</h1>", 50_000),
    "50,000 hidden elements": lambda: STORY + "<p hidden style='display:none'>x</p>" * 25_000,
}
LINES = [" ", "a", "A", "1", "-", "(", "[", "'", ".", ",", "|", "> ", "a ", "Aa ", "By ", "By A and ", "by x, "]
LINES += ["Home > ", "PARIS, ", "(AP) ", "U.S.", "1/", "12:", "Jan 1 ", "a@", "http://", "东", "东 ", "é", "_", "Aa-"]
LINES += ["a-", "$1", "Mr. ", "of the ", "\u200b", "\xa0", "&#32;"]


def _json_ld(script: str) -> str:
    return f"<script type='application/ld+json'>{script}</script>"


def pages() -> Iterator[tuple[str, Callable[[], str]]]:
    """Every page by its name: those above, then one kind of character everywhere that a pattern looks."""
    yield from PAGES.items()
    for unit in LINES:
        yield f"{unit!r} in every field", lambda unit=unit: _everywhere(_times(unit, MB / 10))  # type: ignore[misc]
        yield f"{unit!r} as a text line", lambda unit=unit: f"{_times(unit, MB)}\nA line.\n{_times(unit, MB / 10)}!\n"  # type: ignore[misc]


def _everywhere(long: str) -> str:
    """A page whose title, byline, date, heading, paragraphs and metadata are all the same long text."""
    metas = "".join(
        f'<meta name="{name}" property="{name}" content="{long}">'
        for name in ("author", "og:title", "article:published_time", "description", "keywords", "og:site_name")
    )
    linked = _json_ld(
        json.dumps(
            {
                "@type": "NewsArticle",
                "author": {"name": long},
                "datePublished": long,
                "headline": long,
                "publisher": {"name": long},
            }
        )
    )
    return (
        f"<html lang='en'><head><title>{long}</title>{metas}{linked}</head><body><article><h1>{long}</h1>"
        f"<p class='byline'>{long}</p><time datetime='{long}'>{long}</time><p>{long}</p>" + STORY + f"<p>{long}</p>"
    )


def measure(page: Callable[[], str] | str, entities: bool) -> tuple[float, float, float, str]:
    """In a fresh process: MB of the page, seconds of CPU, MiB of memory more than before, and what became of it."""
    text = dict(pages())[page]() if isinstance(page, str) else page()
    pipeline = Pipeline.from_settings(Settings(entities=entities))
    pipeline(WARM_UP)
    kind = b"text/html" if "<" in text[:100] else b"text/plain"
    record = Record(text.encode(), headers=(("content-type", kind), ("url", URL.encode())))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begin = time.process_time()
    outcome = pipeline(record).outcome
    seconds = time.process_time() - begin
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    fate = "cleaned"
    if isinstance(outcome, DeadLetter):
        fate = f"dead-lettered: {outcome.error.stage} {outcome.error.type}"
    elif isinstance(outcome, RejectedPage):
        fate = f"rejected: {outcome.reason}"
    return len(record.value or b"") / MB, seconds, grown, fate


def ordinary(entities: bool) -> tuple[float, float, str]:
    """In a fresh process: the median of CPU seconds per MB over ordinary pages, MiB of the process, and which pages."""
    pipeline = Pipeline.from_settings(Settings(entities=entities))
    pipeline(WARM_UP)
    costs = []
    source, contents = _ordinary_pages()
    for content in contents:
        record = Record(content, headers=(("content-type", b"text/html"),))
        begin = time.process_time()
        pipeline(record)
        costs.append((time.process_time() - begin) / (len(content) / MB))
    which = f"{len(costs)} {source} pages"
    return statistics.median(costs), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, which


def _ordinary_pages() -> tuple[str, Iterator[bytes]]:
    """The development pages, or the samples where there are none; and which of them."""
    try:
        return "dev", (row["html"].encode() for row in read_rows(pages_file("dev")))
    except DataMissing:
        return "sample", (sample.content for sample in samples() if sample.file and sample.content)


@click.command()
@click.option("--entities/--no-entities", default=False, show_default=True, help="With the entity stages.")
@click.option("--only", default="", help="Only pages with this in their names.")
@click.option("--all", "everything", is_flag=True, help="Print every page, not only the ten dearest.")
def limits(entities: bool, only: str, everything: bool) -> None:
    """Measure hostile pages; 1 where one costs more than 20 times the median page's CPU per MB."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, context, max_tasks_per_child=1) as pool:
        median, memory, which = pool.submit(ordinary, entities).result()
        print(f"{which}: median {median * 1000:.0f} ms of CPU per MB, process {memory:.0f} MiB at most", flush=True)
        rows = []
        for name, _ in pages():
            if only in name:
                size, seconds, grown, fate = pool.submit(measure, name, entities).result()
                rows.append((seconds / size / median, name, size, seconds, grown, fate))
                if everything:
                    print(_row(rows[-1]), flush=True)
    rows.sort(reverse=True)
    print(f"\nthe dearest of {len(rows)}; times: CPU per MB in medians\n")
    for row in rows[:10]:
        print(_row(row))
    sys.exit(1 if rows and rows[0][0] > ALLOWED else 0)


def _row(row: tuple[float, str, float, float, float, str]) -> str:
    times, name, size, seconds, grown, fate = row
    return f"{times:6.1f}x  {seconds:6.2f} s  {size:5.2f} MB  +{grown:4.0f} MiB  {name}: {fate}"


if __name__ == "__main__":
    limits()
