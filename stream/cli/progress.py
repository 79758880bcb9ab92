"""A progress bar on standard error, for people who watch a long run."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
)
from rich.text import Text

__all__ = ["progress"]


@contextmanager
def progress(what: str, total: int | None) -> Iterator[Callable[[], None]]:
    """Count pages on a bar; call what is yielded once a page. Shows nothing unless the bar would stand alone."""
    if not sys.stderr.isatty() or sys.stdout.isatty():
        yield lambda: None
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _PagesASecond())
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True)) as bar:
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)


class _PagesASecond(ProgressColumn):
    """The speed over the last seconds."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:.0f} pages/s" if task.speed else "")
