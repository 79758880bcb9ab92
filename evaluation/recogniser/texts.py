"""The one form in which every corpus enters training and scoring: text with typed, and with doubtful, stretches."""

from dataclasses import dataclass, field

from stream.events import EntityType

TYPES = ("PER", "ORG", "LOC")
TYPE_OF_ENTITY = {EntityType.PERSON: "PER", EntityType.ORGANIZATION: "ORG", EntityType.PLACE: "LOC"}
TYPE_OF_SPACY = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}  # others are no names here
Stretch = tuple[int, int, str]


@dataclass(slots=True)
class AnnotatedText:
    """Text with names as ``(start, end, type)`` in code points; tokens under ``doubtful`` teach nothing."""

    text: str
    names: list[Stretch]
    doubtful: list[tuple[int, int]] = field(default_factory=list)

    def stripped(self) -> list[Stretch]:
        """The names as the recogniser learns them: no leading 'the', no possessive."""
        return [bare for name in self.names if (bare := strip(self.text, name))]


def paragraphs(annotated: AnnotatedText) -> list[AnnotatedText]:
    """Each line of the text that is not empty as a text of its own."""
    found, start = [], 0
    for text in annotated.text.split("\n"):
        end = start + len(text)
        names = [(a - start, b - start, kind) for a, b, kind in annotated.names if start <= a and b <= end]
        doubtful = [(a - start, b - start) for a, b in annotated.doubtful if start <= a and b <= end]
        if text:
            found.append(AnnotatedText(text, names, doubtful))
        start = end + 1
    return found


def strip(text: str, name: Stretch) -> Stretch | None:
    """The name without a leading 'the' and a trailing possessive; None where nothing is left."""
    start, end, kind = name
    surface = text[start:end]
    if surface[:4].lower() == "the ":
        start += 4
    for ending in ("'s", "’s", "'", "’"):
        if text[start:end].endswith(ending):
            end -= len(ending)
            break
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return (start, end, kind) if start < end else None
