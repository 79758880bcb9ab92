"""Mends what the recogniser cut: names that go on behind "of" or "and", brands in 's, given names that it did not know.

The recogniser sees two words to each side. Here the whole text is evidence, and tables are: a name of them is one name
however it was cut. All offsets are into English text with straight quotes.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import ahocorasick_rs

from stream.entities.gazetteer import PlaceKind, gazetteer
from stream.entities.listed_names import list_compound_countries
from stream.entities.tables.aliases import ACRONYMS
from stream.entities.tables.demonyms import COUNTRY_OF
from stream.entities.tables.read import read_list, read_pairs
from stream.entities.titles import find_title_start
from stream.entities.values import Span
from stream.events import EntityType

PERSON, ORGANIZATION, PLACE = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE
REACH = 120  # characters on either side of a body's noun that its name may fill

_BODIES = read_pairs("bodies.tsv", {1: ("open", "close", "local", "press")})
_OPENERS = frozenset(read_list("sentence_openers.txt"))
_CALENDAR = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August "
    "September October November December Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec".split()
)
_WORD = r"[A-ZÀ-ÖØ-Þ](?:[\w&-]|\.(?=\w)|(?<=\.[A-Z])\.|'(?=\w\w))*"  # no dot that ends a sentence
_RUN = re.compile(rf"{_WORD}(?: {_WORD}){{0,4}}")
_RUN_BEFORE = re.compile(rf"(?:{_WORD} ){{0,4}}\Z")
_GOES_ON = re.compile(r" (?:of|for|on|against|Of|For|On|Against) (?:the |an? )?(?=[A-ZÀ-ÖØ-Þ])")
_COMMA_AND = re.compile(rf"(?P<more>(?:, {_WORD}(?: {_WORD}){{0,2}})*),? and (?:the )?(?=[A-ZÀ-ÖØ-Þ])")
_PAIR_BEFORE = re.compile(rf"(?P<one>{_WORD}(?: {_WORD}){{0,2}})(?: and | & )\Z")
_PART_OF = re.compile(r"(?:Isle|Isles|Vale|Borough|Duchy) of \Z")
_POSSESSIVE_RUN = re.compile(rf"(?P<owners>(?:{_WORD} ){{0,3}}[A-Z]\w*s' )\Z")
_SAYS = r"(?:has|have|had|will|would|says|said|was|were|can|could|did|does|plans|wants|expects|sold|sells|opened)"
_BRAND_ACTS = re.compile(rf"'s (?:{_SAYS}\b|(?:also|already|now) {_SAYS}\b)|'s, (?:which|whose)\b")
_OFFICE = re.compile(
    r"\b(?:ambassador|envoy|representative|delegate|commissioner|president|chief|head|chair\w*|director|director-general"
    r"|secretary|secretary-general|spokes\w+|minister|adviser|advisor|leader|governor|boss)\b[^.\n]{0,40}\Z"
)
_NAME_WORD = re.compile(r"[A-ZÀ-ÖØ-Þ][\w']*[a-z][\w']*(?:-[A-ZÀ-ÖØ-Þ]\w+)*")
_LEGAL_FORM = re.compile(
    r",? (?:AG|SpA|S\.p\.A\.|SE|NV|N\.V\.|Plc|PLC|plc|Inc\.?|Ltd\.?|LLC|LLP|GmbH|Corp\.?|Bhd|Pty)(?!\w)"
)
_CAMPUSED = tuple(
    f"University of {state}"
    for state in (
        *("Alabama", "Alaska", "Arkansas", "California", "Colorado", "Hawaii", "Houston", "Illinois", "Maryland"),
        *("Massachusetts", "Michigan", "Minnesota", "Missouri", "Nebraska", "Nevada", "North Carolina", "Tennessee"),
        *("Texas", "Wisconsin"),
    )
)
_CAMPUS = re.compile(rf"(?:, | at |-|–){_WORD}(?: {_WORD}){{0,2}}(?=[,.]? [a-z]|,|\.|$)")
_LONG_PARTICLES = (
    "De La ",
    "De Los ",
    "De Las ",
    "Van Der ",
    "Van Den ",
    "Van De ",
    "Von Der ",
    "Dos ",
    "Das ",
    "Del ",
)
_LONG_SURNAME = re.compile(rf"(?<= )(?:{'|'.join(_LONG_PARTICLES)}){_WORD}\Z")
_SURNAME_REST = re.compile(r"(?: (?:La|Los|Las|Der|Den))? [A-ZÀ-ÖØ-Þ]\w+")
_INTRODUCES = tuple(
    f" {noun} "
    for noun in (
        *("newspaper", "daily", "weekly", "tabloid", "magazine", "broadcaster", "news site", "news agency", "website"),
        *("carmaker", "automaker", "airline", "retailer", "drugmaker", "chipmaker", "supermarket chain", "think tank"),
        *("start-up", "startup", "charity", "publisher", "paper"),
    )
)
"""What stands before an organisation's name and says that it is one's."""
_ENDS_IN_PARTICLE = re.compile(r" (?:De|Del|De L[ao]s?|Van|Van D[er]n?|Von|Von Der|Dos|Das)\Z")
_CAPITAL_BEFORE = re.compile(r"[A-Z][\w'-]* \Z")
_PERSON_FOLLOWS = re.compile(
    r"(?:, (?:an?|the|who|whose|his|her|its|\d\d?,)\b"
    r"| (?:said|says|told|added|wrote|asked|called|was|is|has|had|who)\b)"
)
_SMALL_WORDS = "For Up Off Our Out Not No Now To With Against Your My Us Over Down It Is We Me Be Back".split()
_CRY = re.compile(rf"(?:{_WORD} ){{1,5}}(?:{'|'.join(_SMALL_WORDS)})(?: {_WORD}){{1,5}}")
_CRY_ACTS = re.compile(
    r"(?:, (?:which|who)|'s\b"
    r"| (?:said|says|has|had|have|wants|want|marched|called|calls|campaigns|plans|will|was|were|is)\b)"
)
_CRY_IS_JOINED = re.compile(
    r"\b(?:group|groups|campaign|campaigners|movement|charity|organi[sz]ation|network|coalition|followed|joined|from|by"
    r"|members of|supporters of|activists of|of) (?:the )?\Z"
)


class _Names:
    """The names of one text, none overlapping, to be asked and changed."""

    def __init__(self, text: str, spans: Iterable[Span]) -> None:
        self.text = text
        self.spans = sorted(spans, key=lambda span: span.start)
        self._starts = [span.start for span in self.spans]
        self._surnames: Counter[str] | None = None

    def between(self, start: int, end: int) -> list[Span]:
        return self.spans[slice(*self._find(start, end))]

    def put(self, span: Span, *more: Span) -> None:
        """Add a name, and what follows it, in the place of all that they overlap."""
        first, stop = self._find(span.start, (more or (span,))[-1].end)
        self.spans[first:stop] = (span, *more)
        self._starts[first:stop] = [one.start for one in (span, *more)]

    def list_surnames(self) -> Counter[str]:
        """How often each last word of a person's name stands in the names, as they were first asked for."""
        if self._surnames is None:
            people = (span for span in self.spans if span.type is PERSON)
            self._surnames = Counter(self.text[span.start : span.end].split()[-1] for span in people)
        return self._surnames

    def _find(self, start: int, end: int) -> tuple[int, int]:
        first = bisect_right(self._starts, start)
        if first and self.spans[first - 1].end > start:
            first -= 1
        return first, bisect_left(self._starts, end, first)


def repair_names(text: str, spans: Iterable[Span]) -> list[Span]:
    """The names whole, in text order; spans do not overlap."""
    names = _Names(text, spans)
    _put_known(names)
    has_long_surnames = _mend_at_anchors(names)
    _keep_brands_that_act(names)
    _add_endings(names)
    _part_office_from_person(names)
    _give_given_names(names)
    if has_long_surnames:
        _put_surnames_of_many_words(names)
    return names.spans


def _put_known(names: _Names) -> None:
    """Names of the tables; one that lies within a longer name stays part of it."""
    matcher, kinds = _match_known()
    text = names.text
    for pattern, start, end in matcher.find_matches_as_indexes(text):
        kind = kinds[pattern]
        if not _is_whole(text, start, end) or (kind is None and not _is_brand(text, text[start:end])):
            continue
        around = names.between(start, end)
        if any(one.start <= start and end <= one.end and one.end - one.start > end - start for one in around):
            continue
        stop = max((one.end for one in around if one.type is ORGANIZATION), default=end)
        names.put(Span(start, end, kind or ORGANIZATION) if stop <= end else Span(start, stop, ORGANIZATION))


@cache
def _match_known() -> tuple[ahocorasick_rs.AhoCorasick, list[EntityType | None]]:
    """The matcher of all names in tables and, for each of its patterns, the type; None for brands."""
    kinds: dict[str, EntityType | None] = dict.fromkeys(list_compound_countries(), PLACE)
    kinds |= dict.fromkeys((name for name in ACRONYMS.values() if " " in name), ORGANIZATION)
    kinds |= dict.fromkeys(read_list("organisations.txt"), ORGANIZATION)
    kinds |= dict.fromkeys(read_list("brands.txt"))
    return ahocorasick_rs.AhoCorasick(list(kinds), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest), list(
        kinds.values()
    )


def _is_brand(text: str, name: str) -> bool:
    """Whether the text never has the name without its 's, as it would a person's."""
    return text.count(name.removesuffix("'s")) == text.count(name)


def _is_whole(text: str, start: int, end: int) -> bool:
    return (
        not (start and (text[start - 1].isalnum() or text[start - 1] in "-$€£")) and not text[end : end + 1].isalnum()
    )


@cache
def _match_anchors() -> ahocorasick_rs.AhoCorasick:
    small = [f" {word} " for word in _SMALL_WORDS]
    long = [f" {particles}" for particles in _LONG_PARTICLES]
    return ahocorasick_rs.AhoCorasick(
        [*_BODIES, *small, *long, *_INTRODUCES],
        matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
        implementation=ahocorasick_rs.Implementation.DFA,  # built once and small: the quickest to search with
    )


def _mend_at_anchors(names: _Names) -> bool:
    """Look around every noun of a body and every small word in a capital; say whether "De La" or the like occurs."""
    text = names.text
    has_long_surnames = False
    nouns = list(_BODIES)
    done = 0
    for pattern, start, end in _match_anchors().find_matches_as_indexes(text):
        if pattern >= len(nouns) + len(_SMALL_WORDS) + len(_LONG_PARTICLES):
            done = _put_introduced(names, end)
        elif pattern >= len(nouns) + len(_SMALL_WORDS):
            has_long_surnames = True
        elif start < done:
            continue
        elif pattern >= len(nouns):
            if text[end : end + 1].isupper() and text[start - 1 : start].isalnum():
                done = _put_cry(names, start)
        elif _is_whole(text, start, end):
            done = _extend_body(names, start, end, _BODIES[nouns[pattern]])
    return has_long_surnames


def _put_introduced(names: _Names, end: int) -> int:
    """Put what "the newspaper" introduces, wherever the text has it: "Dagens Nyheter"; give where the first ends."""
    text = names.text
    run = _RUN.match(text, end)
    if run is None:
        return end
    stop = _trim_dot(text, end, run.end())
    end += 4 if text.startswith("The ", end) else 0
    name = text[end:stop]
    last = name.split()[-1]
    is_surname = text.count(last) > text.count(name) or any(
        text.endswith(f" {name}", span.start, span.end) for span in names.spans if span.type is PERSON
    )
    if is_surname or any(one.type is not PERSON for one in names.between(end, stop)):
        return end
    for start in _find_all(text, name):
        if _is_whole(text, start, start + len(name)):
            names.put(Span(start, start + len(name), ORGANIZATION))
    return stop


def _extend_body(names: _Names, start: int, end: int, kind: str) -> int:
    """Put the body, whose noun stands at [start:end], with what belongs to its name on both sides; give its end."""
    text = names.text
    if kind not in ("close", "press") and _is_complete(names, start, end):
        return end
    stop = _find_end(names, end) if kind in ("open", "local") else end
    begin = _find_begin(names, start, kind, goes_on=stop > end)
    overlapped = names.between(begin, stop)
    if any(one.start <= begin and stop <= one.end for one in overlapped):
        return end  # all of it was taken for a name
    is_named_often = kind == "local" and begin < start and text.count(text[begin:stop]) > 1
    if not overlapped and not is_named_often and not _is_plain_body(text, begin, stop, end):
        return end
    if text[stop : stop + 1] == " " and stop == end and _RUN.match(text, end + 1):
        return end  # the run of capitals goes on: "Police Chief Smith"
    names.put(Span(begin, stop, ORGANIZATION))
    return stop


def _is_plain_body(text: str, begin: int, stop: int, end: int) -> bool:
    """Whether what no part of was taken for a name is a body's nevertheless.

    It goes on behind its noun and has an article or a capital before it, or has its owners in the plural in it.
    """
    before = text[max(0, begin - 4) : begin].lower()
    return "s' " in text[begin:end] or (stop > end and (before == "the " or " " in text[begin:end]))


def _is_complete(names: _Names, start: int, end: int) -> bool:
    """Whether no capital, "and" or owner touches the name that has the noun at [start:end] in it, or the bare noun."""
    text = names.text
    around = names.between(start, end)
    if not around:
        before = text[text.rfind(" ", 0, max(0, start - 1)) + 1 : start]
        return not (before[:1].isupper() or before in ("and ", "& ", "of ") or _GOES_ON.match(text, end))
    if len(around) != 1 or around[0].start > start or around[0].end < end:
        return False
    found = around[0]
    if _GOES_ON.match(text, found.end) or (found.end > end and text.startswith((" and ", ", "), found.end)):
        return False
    space = text.rfind(" ", 0, max(0, found.start - 1)) + 1
    word = text[space : found.start]
    return not (word[:1].isupper() or word in ("and ", "& ") or word.endswith("' "))


def _find_end(names: _Names, end: int) -> int:
    """Where the name of a body ends that has a noun ending at ``end``."""
    text = names.text
    for _ in range(3):
        link = _GOES_ON.match(text, end)
        run = _RUN.match(text, link.end()) if link else None
        if link is None or run is None or run[0].split()[0].strip(".") in _CALENDAR:
            break
        repeated = text.count(text[link.start() : run.end()]) > 1
        if not repeated and not _may_go_on(names, run, link[0].split()[0].lower()):
            break
        end = _trim_dot(text, run.start(), run.end())
        end = end if repeated else _cut_before_person(names, run.start(), end)
        end = _find_list_end(names, run.start(), end)
    return end


def _may_go_on(names: _Names, run: re.Match[str], word: str) -> bool:
    around = names.between(run.start(), run.end())
    if any(_is_person(names, span) for span in around):
        return False
    return not (word in ("on", "for", "against") and any(span.type is PLACE for span in around))


def _is_person(names: _Names, span: Span) -> bool:
    """Whether a name is a person's who acts in the text; "Heather" and "Old Mills" may be what a body is for."""
    if span.type is not PERSON:
        return False
    surface = names.text[span.start : span.end]
    return _PERSON_FOLLOWS.match(names.text, span.end) is not None or names.list_surnames()[surface.split()[-1]] > 1


def _find_list_end(names: _Names, start: int, end: int) -> int:
    """Where a list ends that a body's name goes on with: "… for Environment, Food and Rural Affairs"."""
    text = names.text
    joined = _COMMA_AND.match(text, end)
    run = _RUN.match(text, joined.end()) if joined else None
    if joined is None or run is None:
        return end
    stop = _cut_before_person(names, run.start(), _trim_dot(text, run.start(), run.end()))
    last = text[run.start() : stop].split()
    if _BODIES.get(last[-1]) in ("open", "local") or last[0] in _CALENDAR or _is_acronym(last):
        return end
    around = names.between(run.start(), stop)
    repeated = text.count(text[start:stop]) > 1
    if not repeated and any(span.type is PLACE or _is_person(names, span) for span in around):
        return end
    return end if gazetteer()(text[start:end]) and gazetteer()(text[run.start() : stop]) else stop


def _cut_before_person(names: _Names, start: int, stop: int) -> int:
    """Where a run of capitals ends before the person in it: "Arts and Sciences Dean Hopi Hoekstra"."""
    within = (one for one in names.between(start, stop) if one.type is PERSON and one.start > start)
    return min((one.start - 1 for one in within), default=stop)


def _is_acronym(words: Sequence[str]) -> bool:
    return len(words) == 1 and words[0].isupper()


def _trim_dot(text: str, start: int, end: int) -> int:
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return end - 2 if text[end - 2 : end] == "'s" else end


def _find_begin(names: _Names, start: int, kind: str, *, goes_on: bool) -> int:
    """Where the name of a body begins that has a noun beginning at ``start``; ``goes_on`` says it does behind it."""
    text, low = names.text, max(0, start - REACH)
    if owners := _POSSESSIVE_RUN.search(text, low, start):
        begin = _skip_openers(text, owners.start("owners"), start)
        return begin if begin < start else start
    own = _RUN_BEFORE.search(text, low, start)
    begin = _skip_openers(text, own.start(), start) if own else start
    if part := _PART_OF.search(text, low, begin):
        begin = part.start()
    spans = names.between(begin, start)
    if begin == start or any(span.type is PERSON for span in spans):
        return min((span.start for span in names.between(start, start + 1)), default=start)
    if (pair := _PAIR_BEFORE.search(text, low, begin)) and kind in ("close", "local"):
        one = _skip_openers(text, pair.start("one"), pair.end("one"))
        if _is_one_body(names, text[one : pair.end("one")], text[one : begin - 1], text[begin:start].strip(), kind):
            return one
    if spans or goes_on or kind in ("local", "press"):
        return min([begin, *(span.start for span in names.between(start, start + 1))])
    return min((span.start for span in names.between(start, start + 1)), default=start)


def _skip_openers(text: str, begin: int, end: int) -> int:
    """The offset without the small words that a sentence may begin with in capitals, and "London-based"."""
    while begin < end:
        space = text.find(" ", begin, end)
        word = text[begin:space]
        if space < 0 or (word.isupper() and len(word) > 1):
            return begin
        if word.lower() not in _OPENERS and word not in _CALENDAR and not word.endswith("-based"):
            return begin
        begin = space + 1
    return begin


def _is_one_body(names: _Names, one: str, joined: str, other: str, kind: str) -> bool:
    """Whether "one and other …" is one body: both are places, or the text never has the first without the second."""
    if not one or one.split()[-1] in _BODIES or _is_acronym(one.split()):
        return False
    alone = names.text.count(one) - names.text.count(joined)
    both_local = kind == "local" and _is_local(one) and _is_local(other)
    return alone == 0 and (both_local or names.text.count(joined) > 1)


def _is_local(name: str) -> bool:
    """Whether the name is a place's that no country is called."""
    bearers = gazetteer()(name)
    return bool(bearers) and all(place.kind is not PlaceKind.COUNTRY for place in bearers)


def _keep_brands_that_act(names: _Names) -> None:
    """Brands in 's that no table has, by what they do: a thing owned does not "have said"."""
    text = names.text
    for span in list(names.spans):
        surface = text[span.start : span.end]
        if span.type is PLACE or " " in surface or not _BRAND_ACTS.match(text, span.end):
            continue
        if text.count(surface) == text.count(f"{surface}'s") > 1:
            for start in _find_all(text, f"{surface}'s"):
                names.put(Span(start, start + len(surface) + 2, ORGANIZATION))


def _find_all(text: str, words: str) -> Iterator[int]:
    start = text.find(words)
    while start >= 0:
        yield start
        start = text.find(words, start + len(words))


def _add_endings(names: _Names) -> None:
    """Legal forms and the campuses of a university, which stand behind a name and are part of it."""
    text = names.text
    for span in [span for span in names.spans if span.type is not PERSON]:
        if not text[span.end : span.end + 5].lstrip(" ,-–at")[:1].isupper():
            continue
        if span.type is ORGANIZATION and text.endswith(_CAMPUSED, span.start, span.end):
            found = _CAMPUS.match(text, span.end)
        else:
            found = _LEGAL_FORM.match(text, span.end)
        if found:
            names.put(Span(span.start, found.end(), ORGANIZATION))


def _part_office_from_person(names: _Names) -> None:
    """The body and the person in "ambassador to the European Union Jane Doe"."""
    text = names.text
    for span in [span for span in names.spans if span.type is ORGANIZATION]:
        follower = names.between(span.end + 1, span.end + 2)
        if follower and follower[0].type is PERSON and follower[0].start == span.end + 1 and text[span.end] == " ":
            span = Span(span.start, follower[0].end, ORGANIZATION)  # the given name was left to the body
        elif not follower and text.startswith(" ", span.end) and (word := _NAME_WORD.match(text, span.end + 1)):
            span = Span(span.start, word.end(), ORGANIZATION)  # and the surname to nobody
        if text.count(" ", span.start, span.end) < 2:
            continue
        words = list(re.finditer(r"\S+", text[span.start : span.end]))
        for size in (2, 3):
            if len(words) <= size or not all(_NAME_WORD.fullmatch(word[0]) for word in words[-size:]):
                continue
            cut = span.start + words[-size].start()
            body = text[span.start : cut - 1]
            is_body = body.split()[-1] in _BODIES or body in _full_names()
            tail = [word[0] for word in words[-size:]]
            if not is_body or any(word in _BODIES for word in tail):
                continue
            if _OFFICE.search(text, max(0, span.start - 80), span.start) or tail[-1] in names.list_surnames():
                names.put(Span(span.start, cut - 1, ORGANIZATION), Span(cut, span.end, PERSON))
                break


@cache
def _full_names() -> frozenset[str]:
    return frozenset((*ACRONYMS, *ACRONYMS.values()))


def _give_given_names(names: _Names) -> None:
    """People's surnames with the unknown word in a capital before them, for texts name people in full."""
    text = names.text
    for span in [span for span in names.spans if span.type is PERSON and " " not in text[span.start : span.end]]:
        if span.start < 2 or text[span.start - 1] != " ":
            continue
        if not text[text.rfind(" ", 0, span.start - 1) + 1].isupper():
            continue  # the word before is small, as most are
        start = text.rfind(" ", max(0, span.start - 30), span.start - 1) + 1
        start = max(start, text.rfind("\n", 0, span.start) + 1)
        given = text[start : span.start - 1].lstrip("\"'(")
        start = span.start - 1 - len(given)
        if names.between(start, span.start) or not _NAME_WORD.fullmatch(given):
            continue
        if (
            given.lower() in _OPENERS
            or given.endswith("ly")
            or given in COUNTRY_OF
            or given in _CALENDAR
            or given in _BODIES
        ):
            continue
        if find_title_start(text, span.start) < span.start or f" {given.lower()} " in text:
            continue
        if text.count(given) > text.count(text[start : span.end]) or _CAPITAL_BEFORE.search(
            text, max(0, start - 30), start
        ):
            continue  # the text has the word alone, or the run of capitals begins before it
        if _opens_sentence(text, start) and not _PERSON_FOLLOWS.match(text, span.end):
            continue
        names.put(Span(start, span.end, PERSON))


def _put_surnames_of_many_words(names: _Names) -> None:
    """ "De La Cruz" is the witness who was named in full, in whatever pieces it was found."""
    text = names.text
    for span in [span for span in names.spans if span.type is PERSON]:
        if _ENDS_IN_PARTICLE.search(text, span.start, span.end):
            rest = _SURNAME_REST.match(text, span.end)
            if rest:
                names.put(Span(span.start, rest.end(), PERSON))
    for span in [span for span in names.spans if span.type is PERSON]:
        surname = _LONG_SURNAME.search(text, span.start + 1, span.end)
        for start in _find_all(text, surname[0]) if surname else ():
            end = start + len(surname[0]) if surname else start
            around = names.between(start, end)
            if not any(one.type is PERSON and one.start <= start and end <= one.end for one in around):
                names.put(Span(start, end, PERSON))


def _opens_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 2) : start].strip(" \"'")
    return start == 0 or before[-1:] in (".", "!", "?", ":", "\n", "")


def _put_cry(names: _Names, start: int) -> int:
    """Put a movement that is named by a cry with a small word at ``start``: "Hands Off Our Harbour"; give its end."""
    text = names.text
    found = _find_cry(text, start)
    if found is None:
        return start
    begin = found.start() + (4 if found[0].startswith(("The ", "But ", "And ")) else 0)
    end = _trim_dot(text, begin, found.end())
    cry = text[begin:end]
    quoted = begin > 0 and text[begin - 1] in "\"'"
    acts = _CRY_ACTS.match(text, end) or _CRY_IS_JOINED.search(text, max(0, begin - 24), begin)
    if acts and not quoted and cry.count(" ") >= 2:
        for at in _find_all(text, cry):
            names.put(Span(at, at + len(cry), ORGANIZATION))
    return end


def _find_cry(text: str, start: int) -> re.Match[str] | None:
    """The run of capitals around a small word, on a line that has no capitals but for names."""
    begin = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", start)
    run = _RUN_BEFORE.search(text, max(begin, start - 60), start + 1)
    found = _CRY.match(text, run.start()) if run else None
    if found is None:
        return None
    rest = text[begin : stop if stop >= 0 else len(text)].replace(found[0], "").split()
    return found if 2 * sum(word[0].isupper() for word in rest) < len(rest) else None
