"""Runs the command line as its users do: another process, real pipes."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, overload

SECONDS = 120.0
PROGRAM = [sys.executable, "-m", "stream.cli.main"]


def environment(**settings: str) -> dict[str, str]:
    """This process's environment without any setting but the given ones (``brokers`` becomes ``STREAM_BROKERS``)."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("STREAM_")}
    return kept | {f"STREAM_{name.upper()}": value for name, value in settings.items()}


@overload
def stream_cleaner(*arguments: str, **settings: str) -> "subprocess.CompletedProcess[bytes]": ...
@overload
def stream_cleaner(*arguments: str, stdin: bytes, **settings: str) -> "subprocess.CompletedProcess[bytes]": ...
def stream_cleaner(*arguments: str, stdin: Any = b"", **settings: str) -> "subprocess.CompletedProcess[bytes]":
    """Run ``stream-cleaner`` to its end; its output as bytes."""
    return subprocess.run(
        [*PROGRAM, *arguments], input=stdin, capture_output=True, timeout=SECONDS, env=environment(**settings)
    )


@contextmanager
def running(*arguments: str, streams: dict[str, Any], **settings: str) -> "Iterator[subprocess.Popen[bytes]]":
    """``stream-cleaner`` while it runs, with the given pipes; interrupted at the end if it still does."""
    process = subprocess.Popen([*PROGRAM, *arguments], env=environment(**settings), **streams)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(SECONDS)
