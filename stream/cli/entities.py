"""``stream-cleaner entities``: who, what organisation, where, in one page or in a stream of texts."""

import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click
import msgspec

from stream.settings import Settings

if TYPE_CHECKING:
    from stream.entities.values import Described
    from stream.events import Article, CleanArticle
    from stream.pipeline import Chain


@click.command()
@click.argument("source", metavar="PAGE|-")
@click.option("--jsonl", is_flag=True, help="Read and write one JSON object a line.")
@click.option("--html", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="Write a page to look at.")
@click.option("--open", "open_page", is_flag=True, help="Open that page in the browser.")
@click.option("--url", help="Address that PAGE came from; tells its publisher.")
@click.pass_obj
def entities(settings: Settings, source: str, jsonl: bool, html: Path | None, open_page: bool, url: str | None) -> None:
    """Find the entities of an article: people, organisations, places on the map, dates, sums.

    PAGE is a file with an HTML page or with plain text, "-" is standard input. On a terminal the names are coloured.

    With --jsonl, each line {"id", "text", "language"?} is answered, in order, by one {"id", "entities", "recogniser"};
    a line that cannot be read is answered by {"id", "error"}. Mentions are offsets into "text" in Unicode code points.

    \b
    stream-cleaner entities page.html
    stream-cleaner entities page.html --html out.html
    echo '{"id": 1, "text": "Putin met Xi Jinping in Moscow."}' | stream-cleaner entities --jsonl -
    """
    if jsonl and (html or open_page):
        raise click.UsageError("--jsonl writes JSON lines; leave out --html and --open")
    settings = msgspec.structs.replace(settings, entities=True)
    with ExitStack() as stack:
        lines = sys.stdin.buffer if source == "-" else stack.enter_context(_open(source))
        if jsonl:
            for answer in _answers(lines, settings):
                sys.stdout.buffer.write(answer)
                sys.stdout.buffer.flush()
            return
        page = lines.read()
    _show(_cleaned(page, url, settings), html, open_page)


def _open(source: str) -> BinaryIO:
    try:
        return Path(source).open("rb")
    except OSError as error:
        raise click.ClickException(f"cannot read {source}: {error.strerror}") from error


def _answers(lines: Iterable[bytes], settings: Settings) -> Iterator[bytes]:
    """One line of JSON out for each line in; empty lines are left out."""
    from stream.codec.json_text import to_json
    from stream.pipeline import load_pipeline

    describe = load_pipeline(settings).since("recognise")
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield to_json(_answer(line, number, describe)) + b"\n"


def _answer(line: bytes, number: int, describe: "Chain[Article, Described]") -> dict[str, Any]:
    import json

    from stream.cleaning.values import Rejection
    from stream.entities.text import article_of, language_of

    try:
        request = json.loads(line)
    except (ValueError, RecursionError) as error:
        return {"id": None, "error": f"line {number} is no JSON: {error}"}
    if not isinstance(request, dict):
        return {"id": None, "error": f'line {number} is no JSON object; write {{"id": …, "text": …}}'}
    record_id, text, language = request.get("id"), request.get("text"), request.get("language")
    if not isinstance(text, str) or not isinstance(language, str | None):
        return {"id": record_id, "error": f'line {number}: "text" must be a string, "language" a code such as "en"'}
    try:
        described = describe(article_of(text, language or language_of(text)))
    except Exception as error:  # one text that breaks a stage costs its own line, not the stream
        return {"id": record_id, "error": f"line {number}: {type(error).__name__}: {error}"}
    if isinstance(described, Rejection):
        return {"id": record_id, "error": f"line {number}: rejected: {described.reason}: {described.evidence}"}
    return {"id": record_id, "entities": described.entities, "recogniser": described.recogniser}


def _cleaned(page: bytes, url: str | None, settings: Settings) -> "CleanArticle":
    """The article in the page; a message for people where there is none."""
    from stream.codec.record import Record
    from stream.events import DeadLetter, RejectedPage
    from stream.pipeline import load_pipeline

    headers = (("url", url.encode()),) if url else ()
    outcome = load_pipeline(settings)(Record(page, headers=headers)).outcome
    if isinstance(outcome, RejectedPage):
        raise click.ClickException(f"the page is no article ({outcome.reason}): {outcome.evidence}")
    if isinstance(outcome, DeadLetter):
        raise click.ClickException(f"the page broke the {outcome.error.stage} stage: {outcome.error.message}")
    return outcome


def _show(article: "CleanArticle", html: Path | None, open_page: bool) -> None:
    from stream.cli.show.paint import as_html, as_text

    if not html and not open_page:
        from rich.console import Console

        Console(highlight=False).print(as_text(article, article.entities))
        return
    page = html or Path(tempfile.mkdtemp(prefix="entities-")) / "entities.html"
    page.write_text(as_html(article, article.entities), encoding="utf-8", errors="replace")
    click.echo(f"wrote {page}", err=True)
    if open_page:
        click.launch(str(page))
