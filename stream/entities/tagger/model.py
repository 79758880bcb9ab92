"""The recogniser's model as it lies in one file: weights, transitions and the lexicon, without third-party readers."""

import hashlib
import struct
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path

from stream.entities.tagger.features import TAGS, TEMPLATES

MAGIC = b"stream-tagger-1\n"
_HEADER = struct.Struct("<16sIIII")  # magic, digest of the templates, log2 of the buckets, words, phrases
SCORES = len(TAGS)


class UnreadableModel(ValueError):
    """The file is no model of this version of the recogniser."""


@dataclass(frozen=True, slots=True)
class Model:
    """Little-endian arrays as bytes.

    ``digest``: hex, of the file. ``weights``: int16 (2**bits, 7). ``transitions``: int16 (7, 7), from row to column.
    The lexicon's columns, one entry for each word: ``word_keys`` uint32, ``coarse`` uint8, ``middle`` uint8, ``fine``
    uint16, ``lists`` uint16; for each phrase: ``phrase_keys`` uint32, ``phrase_kinds`` uint8.
    """

    digest: str
    bits: int
    transitions: bytes
    weights: bytes
    word_keys: bytes
    coarse: bytes
    middle: bytes
    fine: bytes
    lists: bytes
    phrase_keys: bytes
    phrase_kinds: bytes


def load(path: Path) -> Model:
    """Read a model.

    Raises:
        UnreadableModel: the file is not a model, was cut short, or was trained with other feature templates.
    """
    content = path.read_bytes()
    if len(content) < _HEADER.size or not content.startswith(MAGIC):
        raise UnreadableModel(f"{path} is no recogniser model; train one with: python -m training.recogniser")
    _, templates, bits, words, phrases = _HEADER.unpack_from(content)
    if templates != templates_digest():
        raise UnreadableModel(f"{path} was trained with other features; train again: python -m training.recogniser")
    ends = list(accumulate(_sizes(bits, words, phrases), initial=_HEADER.size))
    if len(content) != ends[-1]:
        raise UnreadableModel(f"{path} holds {len(content)} bytes, expected {ends[-1]}: install it again")
    digest = hashlib.blake2b(content, digest_size=6).hexdigest()
    return Model(digest, bits, *(content[start:end] for start, end in pairwise(ends)))


def save(model: Model, path: Path) -> None:
    parts = (model.transitions, model.weights, model.word_keys, model.coarse, model.middle, model.fine, model.lists,
             model.phrase_keys, model.phrase_kinds)  # fmt: skip
    words, phrases = len(model.coarse), len(model.phrase_kinds)
    if tuple(map(len, parts)) != _sizes(model.bits, words, phrases):
        raise ValueError(f"columns of unequal length: {tuple(map(len, parts))}")
    path.write_bytes(_HEADER.pack(MAGIC, templates_digest(), model.bits, words, phrases) + b"".join(parts))


def templates_digest() -> int:
    """32 bits that change with the templates, so that code and weights cannot drift apart."""
    return int.from_bytes(hashlib.blake2b(repr(TEMPLATES).encode(), digest_size=4).digest(), "little")


def _sizes(bits: int, words: int, phrases: int) -> tuple[int, ...]:
    weights = (SCORES * SCORES * 2, (SCORES * 2) << bits)
    return (*weights, words * 4, words, words, words * 2, words * 2, phrases * 4, phrases)
