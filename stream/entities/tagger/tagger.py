"""The project's own recogniser of people, organisations and places in English, compiled where a compiler was there."""

from pathlib import Path
from typing import Protocol

from stream import native
from stream.entities.tagger.agreement import agreed
from stream.entities.tagger.model import Model, load
from stream.entities.values import Span
from stream.events import EntityType

MODEL = Path(__file__).parent.parent / "models" / "english.tagger"
TYPES = (EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE)


class Tags(Protocol):
    """Either half: names as (start, end, index into ``TYPES``)."""

    def tag(self, text: str) -> list[tuple[int, int, int]]: ...


class Tagger:
    """Text to the spans of its people, organisations and places.

    Raises:
        UnreadableModel: the model's file is broken or of another version (on construction).
    """

    name = "stream-en"

    def __init__(self, path: Path = MODEL) -> None:
        model = load(path)
        self.version = model.digest
        self._tags = read_tags(model)

    def __call__(self, text: str, /) -> list[Span]:
        return [Span(start, end, TYPES[kind]) for start, end, kind in agreed(text, self._tags.tag(text))]


def read_tags(model: Model) -> Tags:
    """The model with the half of the loops that runs here."""
    if native.IS_COMPILED:
        from stream._native.tagger import NativeTagger

        return NativeTagger(model)
    from stream.entities.tagger.plain import PlainTagger

    return PlainTagger(model)
