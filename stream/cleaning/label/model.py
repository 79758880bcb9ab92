"""Read the trained labeller from the package: lexicons and trees, in one file."""

import hashlib
import json
import lzma
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from stream.cleaning.trees import Forest

FILE = "blocks.json.xz"


@dataclass(frozen=True, slots=True)
class Head:
    """Two forests for one kind of page: the second judges again, knowing what the first thought of the neighbours.

    ``words`` and ``class_tokens`` (tokens of classes and ids) are log odds of standing in a body.
    """

    words: Mapping[str, float]
    class_tokens: Mapping[str, float]
    first: Forest
    second: Forest


@dataclass(frozen=True, slots=True)
class Model:
    """A head for each kind of page; ``version`` is a digest of the file."""

    version: str
    html: Head
    text: Head


@cache
def load_model() -> Model:
    """The committed model; made by ``python -m training.cleaning``."""
    packed = (files("stream.cleaning") / "models" / FILE).read_bytes()
    return unpack_model(packed)


def unpack_model(packed: bytes) -> Model:
    content = json.loads(lzma.decompress(packed))
    html, text = (
        Head(
            words=content[kind]["words"],
            class_tokens=content[kind]["hints"],
            first=Forest.from_lists(content[kind]["first"]),
            second=Forest.from_lists(content[kind]["second"]),
        )
        for kind in ("html", "text")
    )
    return Model(version=hashlib.sha256(packed).hexdigest()[:8], html=html, text=text)
