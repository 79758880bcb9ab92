"""Is it an article at all? Pages of every kind against what becomes of them; ``make bench-articles``."""

from collections import Counter
from collections.abc import Iterator

import click

from evaluation import written_pages as written
from evaluation.data import pages_file
from evaluation.pages import read_rows, record_of
from stream.codec.record import Record
from stream.events import DeadLetter, RejectedPage
from stream.outcome import Outcome
from stream.pipeline import Pipeline
from stream.samples import samples
from stream.settings import Settings

ARTICLE = "article"
FATES = [ARTICLE, "listing", "error-page", "consent-wall", "paywall-stub", "not-an-article", "too-short", "empty"]
FATES += ["unsupported-type", "dead letter"]


@click.command()
@click.option("--split", type=click.Choice(["dev", "train"]), default="dev", show_default=True)
@click.option("--show/--no-show", default=True, help="Name each article that is rejected, with the evidence.")
def articles(split: str, show: bool) -> None:
    """Print the confusion table: what a page is (rows) against what it was taken for (columns)."""
    pipeline = Pipeline.from_settings(Settings(entities=False))
    table: Counter[tuple[str, str]] = Counter()
    for kind, name, record in pages(split):
        outcome = pipeline(record).outcome
        fate = fate_of(outcome)
        table[kind, fate] += 1
        if show and isinstance(outcome, RejectedPage) and kind.startswith(ARTICLE):
            print(f"{kind} {name}: {fate}: {outcome.evidence[:150]}")
    shown = [fate for fate in FATES if any(column == fate for _, column in table)]
    print("\n" + f"{'':28}" + "".join(f"{fate:>17}" for fate in shown))
    for kind in dict.fromkeys(kind for kind, _ in table):
        print(f"{kind:28}" + "".join(f"{table[kind, fate] or '':>17}" for fate in shown))


def pages(split: str) -> Iterator[tuple[str, str, Record]]:
    """What each page is, its name, and the record: the split's articles, the samples, and those that we wrote."""
    for row in read_rows(pages_file(split)):
        yield f"{ARTICLE}, {split}, {row['source']}", row["id"], record_of(row["html"], row["url"])
    for sample in samples():
        if sample.outcome == "cleaned":
            yield f"{ARTICLE}, sample", sample.name, sample.record
        elif sample.reason:
            yield f"{sample.reason}, sample", sample.name, sample.record
    for kind, title, body, head, url in _written():
        yield f"{kind}, written", title, record_of(written.page(title, body, head), url)


def _written() -> Iterator[tuple[str, str, str, str, str | None]]:
    """Kind, title, body, head and address of the pages that we wrote."""
    for layout in written.LISTING_LAYOUTS.values():
        yield "listing", "The Ledger: news from the coast", written.cards(layout), "", "https://ledger.example/"
        yield "listing", "Sport | The Ledger", written.cards(layout), "", "https://ledger.example/sport/"
        yield "listing", "Search results for ferry", written.cards(layout), "", "https://ledger.example/search?q=ferry"
    for title, body in written.ERRORS:
        yield "error-page", title, body, "", None
    for wall in written.CONSENTS:
        yield "consent-wall", "The Ledger", wall, "", None
    for wall in written.PAYWALLS:
        stub = f"<article><h1>{written.HEADLINES[0]}</h1><p>{written.PARAGRAPHS[0]}</p>{wall}</article>"
        yield "paywall-stub", written.HEADLINES[0], stub, "", None


def fate_of(outcome: Outcome) -> str:
    if isinstance(outcome, DeadLetter):
        return "dead letter"
    return outcome.reason.value if isinstance(outcome, RejectedPage) else ARTICLE


if __name__ == "__main__":
    articles()
