"""Finds who says what in English articles: the words between quotation marks, or behind "said that", and the speaker.

Only quotes whose speaker the text names beside them are given: a wrong speaker is worse than a quote left out.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from stream.entities.names import straighten
from stream.entities.values import Described
from stream.events import EntityType, Quote

MIN_WORDS = 3  # of what stands between quotation marks; fewer are a word used with care
MAX_CLAUSE = 110  # characters from a quotation mark to the end of the clause that names the speaker
SPEAKERS = (EntityType.PERSON, EntityType.ORGANIZATION)

_VERB = (
    r"(?:said|says|told|tells|added|adds|asked|asks|wrote|writes|tweeted|explained|explains|recalled|recalls|argued|argues"
    r"|insisted|insists|warned|warns|noted|notes|stated|states|replied|joked|claimed|claims|declared|admitted|concluded"
    r"|continued|continues|announced|remarked|acknowledged|observed|stressed|quipped)"
)
_QUOTED = re.compile(r'"(?P<words>[^"\n]+)"?')
_SENTENCE_END = re.compile(r'[.!?](?=\s|$|")|\n')
_VERB_FIRST = re.compile(rf"[,—–-]?\s*{_VERB}\s+(?P<between>[^.\"\n]{{0,60}}?)\Z")
_VERB_BEHIND = re.compile(rf"(?:,[^,.\"\n]{{1,80}},)?\s+(?:\w+ly\s+|also\s+|later\s+|then\s+|has\s+|have\s+)?{_VERB}\b")
_PRONOUN_SAYS = re.compile(
    rf"[,—–-]?\s*(?:(?:he|she|they)\s+(?:also\s+)?{_VERB}|{_VERB}\s+(?:he|she))\b", re.IGNORECASE
)
_LEADS_IN = re.compile(rf"\b{_VERB}\b[^.\"\n]{{0,60}}[:,]?\s*\Z")
_THAT = re.compile(r"\s+(?:also\s+)?(?:said|says|added|adds|warned|argued|noted|claimed|announced)\s+that\s+(?=\S)")


@dataclass(slots=True)
class _Name:
    """A mention of somebody who may speak."""

    start: int
    end: int
    key: str
    is_person: bool


class FindQuotes:
    """``Described`` to ``Described``: an English article with its quotes, in text order."""

    name = "quote"
    version = "1"

    def __call__(self, described: Described) -> Described:
        if not (described.article.inLanguage or "en").lower().startswith("en"):
            return described
        text = straighten(described.body)
        names = [
            _Name(mention.start, mention.end, entity.key, entity.type is EntityType.PERSON)
            for entity in described.entities
            if entity.type in SPEAKERS
            for mention in entity.mentions
        ]
        names.sort(key=lambda name: name.start)
        quotes = [*_find_direct(text, names), *_find_indirect(text, names)]
        return replace(described, quotes=tuple(sorted(quotes, key=lambda quote: quote.start)))


def _find_direct(text: str, names: Sequence[_Name]) -> Iterator[Quote]:
    """Words between quotation marks; a second piece of one paragraph is the first's speaker's."""
    starts = [name.start for name in names]
    speaker, before = None, 0
    for found in _list_quoted(text):
        breaks = _count_breaks(text, before, found.start())
        near = _find_speaker(text, names, starts, found)
        if near is None and _goes_on(text, found, breaks):
            near = speaker
        speaker, before = near, found.end()
        if near:
            yield Quote(speaker=near, start=found.start("words"), end=found.end("words"), direct=True)


def _count_breaks(text: str, start: int, end: int) -> int:
    """How many paragraphs end in text[start:end]: none, one, or more, which are 2."""
    first, last = text.find("\n", start, end), text.rfind("\n", start, end)
    return 0 if first < 0 else 1 if last - first <= 1 else 2


def _goes_on(text: str, quoted: re.Match[str], breaks: int) -> bool:
    """Whether the quotation is by whom the last one was, ``breaks`` paragraphs before.

    By "he said", or by nobody's name in one paragraph, unless somebody else leads in: "the host quipped, …".
    """
    if _PRONOUN_SAYS.match(text, quoted.end()):
        return breaks <= 1
    return breaks == 0 and not _LEADS_IN.search(text, max(0, quoted.start() - MAX_CLAUSE), quoted.start())


def _list_quoted(text: str) -> Iterator[re.Match[str]]:
    """What stands between quotation marks and is a clause: some words, or a mark of its end."""
    for found in _QUOTED.finditer(text):
        words = found["words"]
        if (
            words.count(" ") + 1 >= MIN_WORDS
            and not words[0].isspace()
            and (words[-1] in ",.?!—" or words[0].isupper())
        ):
            yield found


def _find_speaker(text: str, names: Sequence[_Name], starts: Sequence[int], quoted: re.Match[str]) -> str | None:
    """The key of whom the clause behind the quotation, or the one before it, says it is by."""
    end = _SENTENCE_END.search(text, quoted.end())
    clause = min(end.start() if end else len(text), quoted.end() + MAX_CLAUSE)
    behind: Sequence[_Name] = names[bisect_left(starts, quoted.end()) : bisect_left(starts, clause)]
    if quoted["words"][-1] == ".":
        behind = []  # what stands behind a full stop leads in the next
    for name in sorted(behind, key=lambda name: not name.is_person):  # "said IMF economist Jane Roe"
        if _VERB_FIRST.fullmatch(text, quoted.end(), name.start):
            return name.key
    for name in behind:
        if text[quoted.end() : name.start].strip(" ,—–-") == "" and _VERB_BEHIND.match(text, name.end):
            return name.key
        if not text[quoted.end() : name.start].strip(" ,").islower():
            break
    if not _LEADS_IN.search(text, max(0, quoted.start() - MAX_CLAUSE), quoted.start()):
        return None
    begin = max(_find_sentence_start(text, quoted.start()), quoted.start() - 2 * MAX_CLAUSE)
    before = names[bisect_left(starts, begin) : bisect_left(starts, quoted.start())]
    return next((name.key for name in before if _VERB_BEHIND.match(text, name.end)), None)


def _find_sentence_start(text: str, before: int) -> int:
    ends = [found.end() for found in _SENTENCE_END.finditer(text, max(0, before - 2 * MAX_CLAUSE), before)]
    return ends[-1] if ends else text.rfind("\n", 0, before) + 1


def _find_indirect(text: str, names: Sequence[_Name]) -> Iterator[Quote]:
    """What somebody "said that", up to the sentence's end; nothing that has quotation marks in it."""
    for name in names:
        that = _THAT.match(text, name.end)
        end = _SENTENCE_END.search(text, that.end()) if that else None
        if that and end and '"' not in text[that.end() : end.start()]:
            yield Quote(speaker=name.key, start=that.end(), end=end.start(), direct=False)
