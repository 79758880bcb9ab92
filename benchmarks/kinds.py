"""What is published, and what is it taken for? ``make bench-kinds``: ours, rs-trafilatura, trafilatura's yes or no.

On the domains that training never saw, and on the development pages. rs-trafilatura is compiled from Rust. Where it is
not installed (``pip install rs-trafilatura==0.1.1`` into ``.venv``, with Rust) it is left out, and that is said.
"""

import importlib.util
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

import click

from benchmarks.machine import machine
from evaluation.data import digest_of, pages_file
from evaluation.kinds import ARTICLES, HELD_OUT, OTHER_KINDS, KindPage, read_kinds
from evaluation.pages import record_of
from stream.events import CleanArticle, DeadLetter, PageKind
from stream.pipeline import Pipeline
from stream.settings import Settings

KINDS = [kind.value for kind in PageKind][:7]
NOT_PUBLISHED = "nothing"

Answer = Callable[[KindPage], str]


def _open_ours() -> Answer:
    pipeline = Pipeline.from_settings(Settings(entities=False))

    def answer(page: KindPage) -> str:
        outcome = pipeline(record_of(page.html, page.url)).outcome
        if isinstance(outcome, CleanArticle):
            return PageKind.ARTICLE.value
        if isinstance(outcome, DeadLetter):
            return NOT_PUBLISHED
        return outcome.reason.value if outcome.reason.value in KINDS else NOT_PUBLISHED

    return answer


def _open_trafilatura() -> Answer:
    import trafilatura

    return lambda page: PageKind.ARTICLE.value if trafilatura.extract(page.html, url=page.url) else NOT_PUBLISHED


def _open_rs_trafilatura() -> Answer:
    import rs_trafilatura

    return lambda page: str(rs_trafilatura.extract(page.html, url=page.url).page_type)


SYSTEMS: dict[str, Callable[[], Answer]] = {
    "ours": _open_ours,
    "rs-trafilatura": _open_rs_trafilatura,
    "trafilatura": _open_trafilatura,
}


@click.command()
@click.option("--domains", type=click.Choice(["held-out", "all"]), default="held-out", show_default=True)
def kinds(domains: str) -> None:
    """Print the shares that are published by kind, and what each system takes each kind for."""
    print(machine())
    print(f"pages: sha256 {digest_of(*(pages_file(name) for name in (OTHER_KINDS, *ARTICLES)))}; domains: {domains}\n")
    pages = [page for page in _pages() if domains == "all" or page.fold == HELD_OUT or page.collection == "dev"]
    for name, open_system in SYSTEMS.items():
        if name == "rs-trafilatura" and importlib.util.find_spec("rs_trafilatura") is None:
            print(f"{name}: not installed, left out\n")
            continue
        answer = open_system()
        table: dict[str, Counter[str]] = defaultdict(Counter)
        for page in pages:
            table[_row_of(page)][answer(page)] += 1
        _print(name, table)


def _pages() -> Iterator[KindPage]:
    yield from read_kinds()
    yield from read_kinds("dev")


def _row_of(page: KindPage) -> str:
    if page.kind is not PageKind.ARTICLE:
        return page.kind.value
    sure = "" if page.is_sure else ", pages of tools"
    return f"article, {page.collection}{sure}"


def _print(name: str, table: dict[str, Counter[str]]) -> None:
    print(f"{name:34}{'pages':>6}{'published':>11}   taken for")
    others: Counter[str] = Counter()
    articles: Counter[str] = Counter()
    for row, counts in sorted(table.items()):
        if row.startswith("article"):
            articles += counts if "tools" not in row else Counter()
        else:
            others += counts
        _print_row(row, counts)
    _print_row("all articles but pages of tools", articles)
    _print_row("all others", others)
    print()


def _print_row(row: str, counts: Counter[str]) -> None:
    total = counts.total() or 1
    taken = ", ".join(f"{kind} {count}" for kind, count in counts.most_common(5))
    print(f"{row:34}{counts.total():>6}{counts[PageKind.ARTICLE.value] / total:>11.3f}   {taken}")


if __name__ == "__main__":
    kinds()
