"""A process that cleans without the native modules: pickled records in, their lasting outcomes out."""

import os
import pickle
import subprocess
import sys
from typing import cast

from stream import native
from stream.codec.record import Record


class Plain:
    """The process, seen from the one that asks it; ``ask`` and ``answer`` let both clean at the same time."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.fuzz.plain"],
            env={**os.environ, native.VARIABLE: "off"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def ask(self, record: Record) -> None:
        assert self._process.stdin is not None
        pickle.dump(record, self._process.stdin)
        self._process.stdin.flush()

    def answer(self) -> bytes:
        assert self._process.stdout is not None
        return cast(bytes, pickle.load(self._process.stdout))

    def close(self) -> None:
        self._process.communicate(timeout=30)


def _serve() -> None:
    from tests.fuzz.invariants import Watched, lasting

    pipeline = Watched()
    while True:
        try:
            record = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        pickle.dump(lasting(pipeline(record).outcome), sys.stdout.buffer)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    _serve()
