"""The features of ``features`` where no compiler built the native module: numpy works each out for all blocks at once.

Sums of fractions are added in page order, as the compiled twin adds them, for they round otherwise in another one:
``bincount``, ``cumsum`` and ``subtract.accumulate`` do so, ``sum`` does not. A column is one feature of every block.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise, repeat
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from stream.cleaning.label.features import (
    ABOVE,
    AROUND_WORDS,
    BULLETS,
    CLASSES,
    FAR,
    FAR_NEAR,
    HEADING_RANKS,
    LEVELS,
    LEXICON_WORDS,
    LISTS,
    LOSS,
    MAX_HEADING_CHARS,
    MAX_WEIGHED_CHARS,
    MIN_PROSE_WORDS,
    NEAR,
    OWN_HINTS,
    PROBE_CHARS,
    SAID_RANKS,
    TAG_RANKS,
    UNCASED,
    UNSPACED,
    best_run,
    class_of,
    weigh_parts,
)
from stream.cleaning.label.naming import said_by_words
from stream.cleaning.label.trees import to_chances
from stream.cleaning.label.trees_plain import sum_columns
from stream.cleaning.values import Block

if TYPE_CHECKING:
    from stream.cleaning.label.model import Head

__all__ = ["both_passes", "chances_of", "first_pass", "second_pass"]

Numbers = npt.NDArray[Any]

CHARS_AT_ONCE = 1 << 16  # a character takes twenty bytes while it is counted
TITLED = len(CLASSES) + 1  # the kind of an upper-case letter after a space
_PLACES = {char: place for place, char in enumerate(CLASSES, 1)}
UPPER, SPACE, END = (_PLACES[char] for char in "A .")
_KINDS = np.zeros(0x110000, dtype=np.uint8)  # of each character: the place of its class, from 1; 0 until it is met


def chances_of(blocks: Sequence[Block], title: str, declared: str, head: Head, *, html: bool) -> list[float]:
    """For each block the chance (0 to 1) that it is body."""
    return to_chances(sum_columns(both_passes(blocks, title, declared, head, html=html), head.second))


def both_passes(blocks: Sequence[Block], title: str, declared: str, head: Head, *, html: bool) -> Numbers:
    """The columns of the first pass, then those of the second, which needs the first's chances."""
    page = _Page(blocks)
    first = _first_columns(page, title, declared, head.words, head.hints, html=html)
    return np.concatenate([first, _second_columns(page, to_chances(sum_columns(first, head.first)))])


def first_pass(
    blocks: Sequence[Block],
    title: str,
    declared: str,
    words: Mapping[str, float],
    hints: Mapping[str, float],
    *,
    html: bool,
) -> Numbers:
    """The columns ``HTML_NAMES`` or ``TEXT_NAMES``."""
    return _first_columns(_Page(blocks), title, declared, words, hints, html=html)


def second_pass(blocks: Sequence[Block], chances: Sequence[float]) -> Numbers:
    """The columns ``SECOND_NAMES``, from the first pass's chances of the blocks around each."""
    return _second_columns(_Page(blocks), chances)


class _Page:
    """What both passes need."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.texts = [block.text for block in blocks]
        self.sizes = np.array([len(text) for text in self.texts])
        self.indexes = np.arange(len(blocks))
        # Blocks of one kind: same element, same parent's element, same depth, same own class.
        self.kinds = _ids([(block.tag, block.parents[:1], len(block.path), block.hints[:1]) for block in blocks])
        # The numbers of each block's innermost elements; 0, which is no element's, where it has fewer.
        paths = chain.from_iterable([(block.path + _BEYOND)[: LEVELS + 1] for block in blocks])
        self.elements = np.fromiter(paths, np.int64).reshape(len(blocks), -1)


_BEYOND = (0,) * (LEVELS + 1)


def _ids(keys: Iterable[Hashable]) -> Numbers:
    """A small number for each key, the same for equal ones."""
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys])


def _first_columns(
    page: _Page,
    title: str,
    declared: str,
    words: Mapping[str, float],
    hints: Mapping[str, float],
    *,
    html: bool,
) -> Numbers:
    facts = _Facts(page, words, frozenset([word for word in title.lower().split() if len(word) > 3]))
    kinds = page.kinds if html else _ids([block.path for block in page.blocks])
    columns = [*_text_columns(facts), *_place_columns(facts), *_near_columns(facts, kinds)]
    if html:
        columns += _page_columns(facts, hints, declared)
    return np.concatenate(columns).reshape(-1, len(page.blocks))


class _Facts:
    """What the blocks' texts say, before their neighbours are looked at."""

    def __init__(self, page: _Page, lexicon: Mapping[str, float], title: frozenset[str]) -> None:
        self.page = page
        self.link_chars = np.array([block.link_chars for block in page.blocks])
        self.links = self.link_chars / page.sizes
        self.said = [said_by_words(text) for text in page.texts]
        self.chars = _Chars(page)
        self.words = _Words(page, lexicon, title)
        self.spoken = self.words.counts + 0.5 * self.chars.of(UNSPACED)
        several = (self.chars.of(".") > 0) | (self.chars.of(",") > 1)
        self.prose = (self.spoken >= MIN_PROSE_WORDS) & several & (self.links < 0.4)
        self.good = self.spoken * self.prose


class _Chars:
    """How many characters of each class are in each text, and the classes at its ends."""

    def __init__(self, page: _Page) -> None:
        kinds = _kinds_of("".join(page.texts))
        ends = page.sizes.cumsum()
        begins = ends - page.sizes
        self.first = kinds[begins]
        self.ends = (kinds[ends - 1] == END) | (kinds[np.maximum(ends - 2, begins)] == END)
        titled = (kinds[1:] == UPPER) & (kinds[:-1] == SPACE)
        titled[begins[1:] - 1] = False  # the space ends another text
        kinds[1:] += titled * np.uint8(TITLED - UPPER)
        self._counts = _count(kinds, begins, ends)
        self.titled = self._counts[TITLED]
        self._counts[UPPER] += self.titled

    def of(self, char: str) -> Numbers:
        counts: Numbers = self._counts[_PLACES[char]]
        return counts


def _kinds_of(text: str) -> Numbers:
    parts = range(0, len(text), CHARS_AT_ONCE)
    return np.concatenate([_kinds_of_part(text[begin : begin + CHARS_AT_ONCE]) for begin in parts])


def _kinds_of_part(text: str) -> Numbers:
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    kinds = _KINDS.take(codes)
    if not kinds.all():
        for code in set(codes[kinds == 0].tolist()):
            _KINDS[code] = _PLACES[class_of(chr(code))]
        kinds = _KINDS.take(codes)
    return kinds


def _count(kinds: Numbers, begins: Numbers, ends: Numbers) -> Numbers:
    """How many characters of each kind each text has, from one place to the other."""
    width = TITLED + 1
    firsts = np.arange(len(ends)) * width
    counts = np.zeros(len(ends) * width, dtype=np.int64)
    for begin in range(0, len(kinds), CHARS_AT_ONCE):
        part = kinds[begin : begin + CHARS_AT_ONCE]
        sizes = np.minimum(ends, begin + len(part)) - np.maximum(begins, begin)
        counts += np.bincount(firsts.repeat(np.maximum(sizes, 0)) + part, minlength=len(counts))
    return counts.reshape(-1, width).T.copy()


class _Words:
    """What the lexicon says about each text's first words, and how many of all are in the title."""

    def __init__(self, page: _Page, lexicon: Mapping[str, float], title: frozenset[str]) -> None:
        counts: list[int] = []
        in_title: list[int] = []
        tokens: list[str] = []
        for text in page.texts:
            found = text.lower().split(" ")
            counts.append(len(found))
            in_title.append(0 if title.isdisjoint(found) else sum(map(title.__contains__, found)))
            tokens += found[:LEXICON_WORDS]
        self.counts = np.array(counts)
        in_titles = np.array(in_title)
        self.title_share = in_titles / self.counts
        self.title_recall = in_titles / (len(title) or 1)
        self._words = [token.strip(AROUND_WORDS) for token in tokens]  # clean_word(), without the call
        looked = np.minimum(self.counts, LEXICON_WORDS)
        self._ends = looked.cumsum()
        # A word that no side says more often is not in the lexicon: 0 is none's weight.
        weights = np.fromiter(map(lexicon.get, self._words, repeat(0.0)), float, len(self._words))
        begins = self._ends - looked
        self.mean = np.bincount(page.indexes.repeat(looked), weights) / looked
        self.lowest = np.minimum(np.minimum.reduceat(weights, begins), 0.0)
        self.highest = np.maximum(np.maximum.reduceat(weights, begins), 0.0)
        self.known = np.add.reduceat(weights != 0.0, begins, dtype=np.int64) / looked
        self.first = weights[begins]

    def vocabularies(self) -> list[set[str]]:
        """The longer ones of each text's first words."""
        words = self._words
        borders = pairwise([0, *self._ends.tolist()])
        return [{word for word in words[begin:end] if len(word) > 4} for begin, end in borders]


def _text_columns(facts: _Facts) -> list[Numbers]:
    chars, words, texts, sizes = facts.chars, facts.words, facts.page.texts, facts.page.sizes
    spoken = facts.spoken
    upper = chars.of("A")
    scriptless = chars.of(UNSPACED) + chars.of(UNCASED)
    letters = chars.of("a") + upper + scriptless
    copies: dict[str, int] = {}
    for text in texts:
        copies[text] = copies.get(text, 0) + 1
    return [
        sizes,
        spoken,
        letters / spoken,
        chars.of(",") / spoken,
        chars.of("."),
        chars.ends,
        chars.first == UPPER,
        np.array([text[0] in BULLETS for text in texts]),
        chars.of("9") / sizes,
        upper / (letters + 1),
        chars.titled / spoken,
        chars.of("-") / sizes,
        scriptless / sizes,
        chars.of("|"),
        chars.of('"'),
        np.array([copies[text] for text in texts]),
        words.title_share,
        words.title_recall,
        words.mean,
        words.lowest,
        words.highest,
        words.known,
        words.first,
    ]


def _place_columns(facts: _Facts) -> list[Numbers]:
    """Where the blocks stand in the page and to the best run of prose, and what they share with it."""
    page = facts.page
    count = len(page.blocks)
    begin, end = best_run(np.where(facts.prose, facts.good, -LOSS).tolist())
    after = page.sizes.cumsum()
    good = facts.good
    return [
        page.indexes / count,
        (after - page.sizes) / after[-1],
        good,
        *_run_columns(page.indexes, begin, end),
        np.full(count, good[begin:end].sum() / (good.sum() + 1.0)),
        _shared_words(facts.words.vocabularies(), begin, end),
        np.array(_gaps(page.blocks)),
        np.array([SAID_RANKS.get(said, -1.0) for said in facts.said]),
        np.array(_list_distances(facts)),
    ]


def _run_columns(indexes: Numbers, begin: int, end: int) -> list[Numbers]:
    """Whether a block stands in the run, and how many blocks before or behind it."""
    before = np.minimum(np.maximum(begin - indexes, 0.0), FAR)
    behind = np.minimum(np.maximum(indexes - (end - 1), 0.0), FAR)
    return [(indexes >= begin) & (indexes < end), before, behind]


def _gaps(blocks: Sequence[Block]) -> list[bool]:
    """Whether a block stands in another element, or paragraph, than the one before it."""
    owns = [block.path[:1] for block in blocks]
    return [own != last for last, own in zip([(), *owns], owns, strict=False)]


def _shared_words(vocabularies: Sequence[set[str]], begin: int, end: int) -> Numbers:
    """The share of each block's words that are said in the run, beside itself."""
    spoken: dict[str, int] = {}
    for vocabulary in vocabularies[begin:end]:
        for word in vocabulary:
            spoken[word] = spoken.get(word, 0) + 1
    once, twice = set(spoken), {word for word, times in spoken.items() if times > 1}
    said = [*[once] * begin, *[twice] * (end - begin), *[once] * (len(vocabularies) - end)]
    shared = [len(said & own) / (len(own) + 1.0) for said, own in zip(said, vocabularies, strict=True)]
    return np.array(shared)


def _list_distances(facts: _Facts) -> list[float]:
    """Blocks since the last one that heads a list of what is not the article's."""
    found = []
    distance = FAR
    for said, text in zip(facts.said, facts.page.texts, strict=True):
        found.append(distance)
        distance = 1.0 if said in LISTS and len(text) < MAX_HEADING_CHARS else min(distance + 1.0, FAR)
    return found


def _near_columns(facts: _Facts, kinds: Numbers) -> list[Numbers]:
    columns = []
    measures = (facts.page.sizes, -1.0), (facts.good, -1.0), (facts.links, -1.0), (facts.words.mean, 0.0)
    for offset in NEAR:
        columns += [_shift(values, offset, missing) for values, missing in measures]
        kin = np.full(len(kinds), -1.0)
        here, there = _overlap(offset)
        kin[here] = kinds[here] == kinds[there]
        columns.append(kin)
    return columns


def _overlap(offset: int) -> tuple[slice, slice]:
    """The blocks that have a neighbour so far off, and these neighbours."""
    if offset < 0:
        return slice(-offset, None), slice(None, offset)
    return slice(None, -offset), slice(offset, None)


def _shift(values: Numbers, offset: int, missing: float) -> Numbers:
    """Each block's neighbour's value."""
    shifted = np.full(len(values), missing)
    here, there = _overlap(offset)
    shifted[here] = values[there]
    return shifted


@dataclass(frozen=True, slots=True)
class _Sums:
    """Sums over the blocks of each group."""

    count: Numbers
    chars: Numbers
    link: Numbers
    prose: Numbers
    good: Numbers


def _sum_up(groups: Numbers, facts: _Facts) -> _Sums:
    """``groups`` has, for each block, the numbers of the groups that it is in."""
    each = groups.size // len(facts.good)
    flat = groups.ravel()

    def add(values: Numbers) -> Numbers:
        return np.bincount(flat, values.repeat(each))

    return _Sums(np.bincount(flat), add(facts.page.sizes), add(facts.link_chars), add(facts.prose), add(facts.good))


def _page_columns(facts: _Facts, hints: Mapping[str, float], declared: str) -> list[Numbers]:
    """What the page's elements say: links, names, classes, and how much prose stands around the block."""
    blocks, kinds, elements = facts.page.blocks, facts.page.kinds, facts.page.elements
    count = len(blocks)
    inside, kin = _sum_up(elements, facts), _sum_up(kinds, facts)
    all_good = facts.good.sum() + 1.0
    scores = _scores(elements, facts)
    best_number, best_score = _best_element(elements, scores, inside)
    levels = [block.path.index(best_number) if best_number in block.path else -1 for block in blocks]
    parents = np.where(elements[:, 1] > 0, elements[:, 1], elements[:, 0])
    weights = _Hints(hints)
    said_by_hints = chain.from_iterable([weights[block.hints] for block in blocks])
    return [
        facts.links,
        np.array([len(block.path) for block in blocks]),
        np.array([TAG_RANKS.get(block.tag, -1.0) for block in blocks]),
        np.array([HEADING_RANKS.get(block.tag, 0.0) for block in blocks]),
        np.fromiter(said_by_hints, float).reshape(count, -1).T.ravel(),
        inside.count[parents],
        kin.count[kinds],
        (kin.good / all_good)[kinds],
        (kin.link / (kin.chars + 1.0))[kinds],
        (kin.prose / kin.count)[kinds],
        np.array([level >= 0 for level in levels]),
        np.array(levels),
        scores[parents] / (best_score + 1.0),
        np.array([_is_declared(text, declared) if declared else -1.0 for text in facts.page.texts]),
        np.full(count, len(declared) / (facts.page.sizes.sum() + 1.0)),
        _above(blocks),
        _shares(elements, inside, all_good, facts.prose.sum() + 1.0),
    ]


class _Tokens(dict[str, tuple[float, float, float]]):
    """What single class and id tokens weigh, found out once for each."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = weights

    def __missing__(self, token: str) -> tuple[float, float, float]:
        self[token] = found = weigh_parts(token, self._weights)
        return found


class _Hints(dict[tuple[str, ...], tuple[float, ...]]):
    """What class and id tokens say, found out once; the blocks of a page share most of theirs.

    The weights of all tokens, those of the block's own, and whether it is hidden.
    """

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._tokens = _Tokens(weights)

    def __missing__(self, tokens: tuple[str, ...]) -> tuple[float, ...]:
        hidden = 1.0 if "hidden" in tokens else 0.0
        self[tokens] = found = (*self._weigh(tokens), *self._weigh(tokens[:OWN_HINTS]), hidden)
        return found

    def _weigh(self, tokens: tuple[str, ...]) -> tuple[float, float, float]:
        """Lowest, highest and summed weight of the tokens and of their parts."""
        low = high = total = 0.0
        for lowest, highest, together in map(self._tokens.__getitem__, tokens):
            if lowest < low:
                low = lowest
            if highest > high:
                high = highest
            total += together
        return low, high, total


def _scores(elements: Numbers, facts: _Facts) -> Numbers:
    """Readability's score of each element: points for the prose in its children, fewer for that in theirs."""
    points = np.where(facts.prose, 1.0 + facts.chars.of(",") + np.minimum(facts.page.sizes / 100.0, 3.0), 0.0)
    return np.bincount(
        elements[:, 1:].ravel(), (points[:, None] / np.arange(1.0, LEVELS + 1)).ravel(), minlength=elements.max() + 1
    )


def _best_element(elements: Numbers, scores: Numbers, inside: _Sums) -> tuple[int, float]:
    """The element whose children hold the most prose, the first of equals, and its score."""
    flat = elements.ravel()
    of_all = scores * (1.0 - inside.link / (inside.chars + 1.0))
    of_all[0] = 0.0
    best = int(flat[of_all[flat].argmax()])
    best_score = float(of_all[best])
    return (best, best_score) if best_score > 0.0 else (0, 0.0)


def _is_declared(text: str, declared: str) -> float:
    """Whether the middle of the text stands in the declared body."""
    middle = max((len(text) - PROBE_CHARS) // 2, 0)
    return 1.0 if text[middle : middle + PROBE_CHARS] in declared else 0.0


def _above(blocks: Sequence[Block]) -> Numbers:
    """Whether each of the elements that say most stands around the block."""
    numbers: dict[tuple[str, ...], int] = {}
    own = [numbers.setdefault(block.parents, len(numbers)) for block in blocks]
    flags = np.array([tag in parents for tag in ABOVE for parents in numbers])
    return flags.reshape(len(ABOVE), -1).take(own, axis=1).ravel()


def _shares(elements: Numbers, inside: _Sums, all_good: float, all_prose: float) -> Numbers:
    """Each level's shares of the page's good words, links and prose; the body's, number 1, where there are fewer."""
    levels = np.maximum(elements[:, :LEVELS].T, 1)
    shares = np.empty((LEVELS, 3, len(elements)))
    shares[:, 0] = inside.good[levels] / all_good
    shares[:, 1] = inside.link[levels] / (inside.chars[levels] + 1.0)
    shares[:, 2] = inside.prose[levels] / all_prose
    return shares.ravel()


def _second_columns(page: _Page, chances: Sequence[float]) -> Numbers:
    count = len(chances)
    chance = np.array(chances)
    weights = chance * page.sizes
    before = weights.cumsum()
    elements = page.elements[:, 1:3]
    begin, end = best_run(((chance - 0.5) * np.minimum(page.sizes, MAX_WEIGHED_CHARS)).tolist())
    columns = [
        chance,
        *_run_columns(page.indexes, begin, end),
        np.full(count, chance.cumsum()[-1] / count),
        _shift(before, -1, 0.0),
        np.subtract.accumulate(np.concatenate([before[-1:], weights]))[1:],
        *_without(elements, weights, page.sizes),
        *_without(page.kinds[:, None] + 1, weights, page.sizes),
        np.array(_sure_distances(chances)),
        np.array(_sure_distances(chances[::-1])[::-1]),
        *[_shift(chance, offset, -1.0) for offset in FAR_NEAR],
    ]
    return np.concatenate(columns).reshape(-1, count)


def _without(groups: Numbers, weights: Numbers, sizes: Numbers) -> Iterator[Numbers]:
    """The mean chance of each block's groups without itself; -1 where it is alone in one, or has none."""
    flat = groups.ravel()
    each = groups.shape[1]
    all_sizes = np.bincount(flat, sizes.repeat(each))
    all_weights = np.bincount(flat, weights.repeat(each))
    for own in groups.T:
        rest = all_sizes[own] - sizes
        alone = (rest <= 0.5) | (own == 0)
        yield np.where(alone, -1.0, (all_weights[own] - weights) / np.where(alone, 1.0, rest))


def _sure_distances(chances: Sequence[float]) -> list[float]:
    """Blocks since the last one that is surely body."""
    found = []
    distance = FAR
    for chance in chances:
        found.append(distance)
        distance = 1.0 if chance > 0.8 else min(distance + 1.0, FAR)
    return found
