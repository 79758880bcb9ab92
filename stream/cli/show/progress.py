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


@contextmanager
def progress(what: str, total: int | None, *, beside_output: bool = False) -> Iterator[Callable[[], None]]:
    """Count pages on a bar, where standard error is a terminal; call what is yielded once a page.

    ``beside_output``: results go to standard output meanwhile, so there is no bar where that is the terminal too.
    """
    if not sys.stderr.isatty() or (beside_output and sys.stdout.isatty()):
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
