"""Writes the JSON Schemas of the four events from ``stream.events``; ``--check`` fails where a file is out of step."""

import inspect
import sys
from pathlib import Path
from typing import Any

import msgspec
import orjson

from stream.events import SCHEMA_VERSION, CleanArticle, DeadLetter, RawPage, RejectedPage

FOLDER = Path(__file__).resolve().parent.parent / "schemas"
EARLIER = "v1"  # versions whose files stay as they are, because STREAM_SCHEMA_VERSION can still ask for them
EVENTS: dict[str, type] = {
    "raw-page": RawPage,
    "clean-article": CleanArticle,
    "rejected-page": RejectedPage,
    "dead-letter": DeadLetter,
}


def schema_of(event: type) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of an event; definitions it refers to stand under ``$defs``."""
    (reference,), definitions = msgspec.json.schema_components([event], ref_template="#/$defs/{name}")
    for definition in definitions.values():
        if "description" in definition:
            definition["description"] = inspect.cleandoc(definition["description"])
    schema = definitions.pop(reference["$ref"].rpartition("/")[2])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "version": SCHEMA_VERSION,
        **schema,
        "$defs": definitions,
    }


def files() -> dict[Path, bytes]:
    """Every schema file of the current version, with what it must hold."""
    major = SCHEMA_VERSION.partition(".")[0]
    return {
        FOLDER / f"{name}.v{major}.schema.json": orjson.dumps(schema_of(event), option=orjson.OPT_INDENT_2) + b"\n"
        for name, event in EVENTS.items()
    }


def main() -> int:
    """Write the files; with ``--check`` only compare them, exit code 1 where one differs."""
    stale = [path for path, content in files().items() if not path.is_file() or path.read_bytes() != content]
    if "--check" in sys.argv[1:]:
        for path in stale:
            print(f"{path.name} is out of step with stream/events.py; run 'python -m stream.schemas'", file=sys.stderr)
        return 1 if stale else 0
    for path in stale:
        path.write_bytes(files()[path])
    return 0


if __name__ == "__main__":
    sys.exit(main())
