"""Outcomes for people: articles laid out to be read, and why a page is none."""

import shutil
import sys
import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import click

from stream.cli.show.terminal import visible
from stream.outcome import OutcomeKind

MAX_WIDTH = 100
PREVIEW_PARAGRAPHS = 2
NAMES_A_LINE = 8

_ENTITY_LINES = {
    "People": ("PERSON",),
    "Organisations": ("ORGANIZATION",),
    "Places": ("PLACE",),
    "Others": ("NATIONALITY", "EVENT", "WORK", "MONEY", "DATE"),
}


def outcome_lines(kind: OutcomeKind, event: Mapping[str, Any], *, whole: bool) -> Iterator[str]:
    """An outcome for people, line by line; ``whole`` shows the entire body and not its beginning alone."""
    if kind is OutcomeKind.CLEANED:
        yield from _article_lines(event, whole)
    elif kind is OutcomeKind.REJECTED:
        yield click.style(visible(f"Rejected: {event['reason']}"), fg="yellow", bold=True)
        yield visible(" · ".join(filter(None, [event.get("evidence"), event.get("url") or event.get("recordId")])))
    else:
        error = event["error"]
        yield click.style(visible(f"Failed in {error['stage']}: {error['type']}"), fg="red", bold=True)
        yield visible(" · ".join(filter(None, [error["message"], event.get("url") or event.get("recordId")])))


def readable_date(iso: str | None) -> str | None:
    """An ISO 8601 date as people write it, as precise as it came: ``18 April 2025, 17:38``."""
    if iso is None:
        return None
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:  # a month or a year alone
        return iso
    day = f"{moment.day} {moment:%B %Y}"
    if "T" not in iso:
        return day
    zone = f" {moment.tzname()}" if moment.tzinfo else ""
    return f"{day}, {moment:%H:%M}{zone}"


def _article_lines(event: Mapping[str, Any], whole: bool) -> Iterator[str]:
    yield click.style(visible(event.get("headline") or "(no headline)"), bold=True)
    facts = [
        readable_date(event.get("datePublished")),
        event.get("agency"),
        event.get("publisher"),
        ", ".join(author["name"] for author in event.get("authors") or ()),
        event.get("articleSection"),
        event.get("inLanguage"),
    ]
    yield click.style(visible(" · ".join(fact for fact in facts if fact)), fg="cyan")
    if event.get("url"):
        yield click.style(visible(event["url"]), dim=True)
    yield from _body_lines(event["paragraphs"], whole)
    yield ""
    yield from _entity_lines(event.get("entities") or [])
    if event.get("removed"):
        yield from _labelled("Removed", _removed(event["removed"]))


def _body_lines(paragraphs: list[Mapping[str, Any]], whole: bool) -> Iterator[str]:
    for paragraph in paragraphs if whole else paragraphs[:PREVIEW_PARAGRAPHS]:
        mark = {"heading": "## ", "quote": "> ", "list-item": "- "}.get(paragraph["kind"], "")
        yield ""
        yield from _wrapped(mark + paragraph["text"])
    left = len(paragraphs) - PREVIEW_PARAGRAPHS
    if not whole and left > 0:
        yield click.style(f"… {left} more paragraph{'s' if left > 1 else ''}", dim=True)


def _entity_lines(entities: list[Mapping[str, Any]]) -> Iterator[str]:
    for title, types in _ENTITY_LINES.items():
        names = [_named(entity) for entity in entities if entity["type"] in types]
        if names:
            more = f" and {len(names) - NAMES_A_LINE} more" if len(names) > NAMES_A_LINE else ""
            yield from _labelled(title, ", ".join(names[:NAMES_A_LINE]) + more)


def _named(entity: Mapping[str, Any]) -> str:
    """A name with its country and how often it is mentioned: ``Moscow (RU, 3x)``."""
    country = (entity.get("link") or {}).get("countryCode")
    times = f"{len(entity['mentions'])}x" if len(entity["mentions"]) > 1 else None
    notes = ", ".join(filter(None, [country, times]))
    return f"{entity['name']} ({notes})" if notes else str(entity["name"])


def _removed(removed: list[Mapping[str, Any]]) -> str:
    labels = Counter(block["label"] for block in removed)
    chars = sum(block["chars"] for block in removed)
    return f"{chars:,} characters: " + ", ".join(f"{count} {label}" for label, count in labels.most_common())


def _labelled(title: str, text: str) -> Iterator[str]:
    indent = " " * 15
    lines = _wrapped(text, indent)
    yield click.style(f"{title:<15}", fg="green") + lines[0].removeprefix(indent)
    yield from lines[1:]


def _wrapped(text: str, indent: str = "") -> list[str]:
    """Lines that fit the terminal; one long line where the output goes elsewhere, for other programs to wrap."""
    safe = visible(text)
    if not sys.stdout.isatty():
        return [line if not number else indent + line for number, line in enumerate(safe.splitlines())] or [""]
    width = min(shutil.get_terminal_size().columns, MAX_WIDTH)
    lines = [textwrap.wrap(line, width, initial_indent=indent, subsequent_indent=indent) for line in safe.splitlines()]
    return [line for wrapped in lines for line in wrapped or [""]] or [""]
