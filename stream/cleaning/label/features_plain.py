"""What each feature means, computed block by block: the specification of the compiled half, and what runs without it.

Sums of fractions are added in page order: both halves round alike then.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from stream.cleaning.label.features import (
    ABOVE,
    AROUND_WORDS,
    BULLETS,
    CAPTIONS,
    CUT,
    CUT_ANYWHERE,
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
    MIN_UNSTOPPED,
    NEAR,
    OWN_CLASS_TOKENS,
    PAGE,
    PLACE,
    PROBE_CHARS,
    SAID_RANKS,
    SECOND,
    TAG_RANKS,
    TEXT,
    UNCASED,
    UNSPACED,
    UNSTOPPED,
    Feature,
    class_of,
)
from stream.cleaning.label.model import Head
from stream.cleaning.label.naming import label_by_words
from stream.cleaning.values import Block, Label

SURE = 0.8  # probability from which a block is surely body

Row = list[float]
Kind = Hashable


def probabilities_of(blocks: Sequence[Block], title: str, declared: str, head: Head, *, html: bool) -> list[float]:
    """For each block the probability (0 to 1) that it is body."""
    return head.second.probabilities(both_passes(blocks, title, declared, head, html=html))


def both_passes(blocks: Sequence[Block], title: str, declared: str, head: Head, *, html: bool) -> list[Row]:
    """One row for each block: that of the first pass, then that of the second, which needs the first's result."""
    rows = first_pass(blocks, title, declared, head.words, head.class_tokens, html=html)
    more = second_pass(blocks, head.first.probabilities(rows))
    return [row + second for row, second in zip(rows, more, strict=True)]


def first_pass(
    blocks: Sequence[Block],
    title: str,
    declared: str,
    words: Mapping[str, float],
    class_tokens: Mapping[str, float],
    *,
    html: bool,
) -> list[Row]:
    """One row for each block: ``HTML_NAMES`` or ``TEXT_NAMES``.

    ``words`` and ``class_tokens`` (class and id tokens) are log odds of standing in a body; ``declared`` is what the
    page's metadata calls the body, often cut short or missing.
    """
    title_words = frozenset([word for word in title.lower().split() if len(word) > 3])
    facts = [_Facts.of(block, words, title_words) for block in blocks]
    kinds: list[Kind] = [_kind_of(block) for block in blocks] if html else [block.path for block in blocks]
    groups = [_text_rows(facts), _place_rows(blocks, facts), _near_rows(facts, kinds)]
    if html:
        groups.append(_page_rows(blocks, facts, kinds, class_tokens, declared))
    return [[value for part in parts for value in part] for parts in zip(*groups, strict=True)]


def second_pass(blocks: Sequence[Block], probabilities: Sequence[float]) -> list[Row]:
    """One row (``SECOND_NAMES``) for each block, from the first pass's probabilities of the blocks around it."""
    count = len(blocks)
    sizes = [len(block.text) for block in blocks]
    weights = [probability * size for probability, size in zip(probabilities, sizes, strict=True)]
    excess = [(p - 0.5) * min(size, MAX_WEIGHED_CHARS) for p, size in zip(probabilities, sizes, strict=True)]
    run = best_run(excess)
    mean = _sum(probabilities) / count if count else 0.0
    around = _Means(blocks, weights, sizes)
    last_sure = _sure_distances(probabilities)
    next_sure = _sure_distances(probabilities[::-1])[::-1]
    before, after = 0.0, _sum(weights)
    rows = []
    for index, block in enumerate(blocks):
        after -= weights[index]
        values = {
            "p": probabilities[index],
            "p_run": _is_in(index, run),
            "p_run_before": _blocks_before(index, run),
            "p_run_after": _blocks_after(index, run),
            "p_mean": mean,
            "p_before": before,
            "p_after": after,
            "p_parent": around.of_element(block.path[1:2], index),
            "p_grandparent": around.of_element(block.path[2:3], index),
            "p_kind": around.of_kind(index),
            "p_last_sure": last_sure[index],
            "p_next_sure": next_sure[index],
        }
        before += weights[index]
        far = [probabilities[index + offset] if 0 <= index + offset < count else -1.0 for offset in FAR_NEAR]
        rows.append(_in_order(SECOND, values) + far)
    return rows


def _in_order(features: Iterable[Feature], values: Mapping[str, float]) -> Row:
    """The values as the features are declared."""
    return [float(values[feature.name]) for feature in features]


def _sum(values: Iterable[float]) -> float:
    """Added one after the other: ``sum`` rounds otherwise from Python 3.12 on."""
    total = 0.0
    for value in values:
        total += value
    return total


def candidates(blocks: Sequence[Block], shown: frozenset[int] = frozenset()) -> list[int]:
    """Indexes of the blocks worth judging.

    Cut unseen: navigation, footers, asides, buttons, captions, main headings, rows of short links, and hidden blocks
    but for those that are ``shown`` later.
    """
    only_link = [
        10 * block.link_chars > 9 * len(block.text) and len(block.text) < 100 and block.text.count(" ") < 8
        for block in blocks
    ]
    cut_parents: dict[tuple[str, ...], bool] = {}
    found = []
    last = len(blocks) - 1
    for index, block in enumerate(blocks):
        if only_link[index] and ((index > 0 and only_link[index - 1]) or (index < last and only_link[index + 1])):
            continue
        parents = block.parents
        cut = cut_parents.get(parents)
        if cut is None:
            cut = cut_parents[parents] = "figcaption" in parents[:2] or not CUT_ANYWHERE.isdisjoint(parents)
        if not cut and block.tag not in CUT and CAPTIONS.isdisjoint(block.class_tokens[:2]):
            found.append(index)
    hidden = {index for index in found if index not in shown and "hidden" in blocks[index].class_tokens}
    return [index for index in found if index not in hidden] if hidden and not _hides_most(blocks) else found


def _hides_most(blocks: Sequence[Block]) -> bool:
    """Whether the page hides most of its text until a script shows it."""
    hidden = sum([len(block.text) for block in blocks if "hidden" in block.class_tokens])
    return 2 * hidden > sum([len(block.text) for block in blocks])


@dataclass(frozen=True, slots=True)
class _Facts:
    """What one block's text says, before its neighbours are looked at."""

    text: str
    commas: int
    link_share: float
    is_prose: bool
    good: float
    said: Label | None
    lexicon_mean: float
    vocabulary: frozenset[str]
    values: Mapping[str, float]

    @classmethod
    def of(cls, block: Block, lexicon: Mapping[str, float], title: frozenset[str]) -> "_Facts":
        text = block.text
        size = len(text)
        classes = text.translate(_CLASSES)
        unstopped, uncased = classes.count(UNSTOPPED), classes.count(UNCASED)
        unspaced = classes.count(UNSPACED) + unstopped
        upper, ends, commas = classes.count("A"), classes.count("."), classes.count(",")
        letters = classes.count("a") + upper + unspaced + uncased
        tokens = text.lower().split(" ")
        words = len(tokens) + 0.5 * unspaced
        link_share = block.link_chars / size
        is_told = ends > 0 or commas > 1 or unstopped >= MIN_UNSTOPPED
        is_prose = words >= MIN_PROSE_WORDS and is_told and link_share < 0.4
        in_title = sum([token in title for token in tokens])
        looked = [clean_word(token) for token in tokens[:LEXICON_WORDS]]
        weights = [lexicon.get(word) for word in looked]
        known = [weight for weight in weights if weight is not None]
        lexicon_mean = _sum(known) / len(looked)
        values = {
            "chars": size,
            "words": words,
            "word_length": letters / words,
            "commas": commas / words,
            "ends": ends,
            "last_end": "." in classes[-2:],
            "first_upper": classes[0] == "A",
            "bullet": text[0] in BULLETS,
            "digits": classes.count("9") / size,
            "upper": upper / (letters + 1),
            "titled": classes.count(" A") / words,
            "marks": classes.count("-") / size,
            "no_case": (unspaced + uncased) / size,
            "pipes": classes.count("|"),
            "quotes": classes.count('"'),
            "title_share": in_title / len(tokens),
            "title_recall": in_title / (len(title) or 1),
            "lexicon_mean": lexicon_mean,
            "lexicon_min": min([0.0, *known]),
            "lexicon_max": max([0.0, *known]),
            "lexicon_known": len(known) / len(looked),
            "lexicon_first": weights[0] or 0.0,
        }
        return cls(
            text,
            commas,
            link_share,
            is_prose,
            words if is_prose else 0.0,
            label_by_words(text),
            lexicon_mean,
            frozenset([word for word in looked if len(word) > 4]),
            values,
        )


class _Classes(dict[int, str]):
    """Character classes for ``str.translate``, found out once for each character."""

    def __missing__(self, code: int) -> str:
        self[code] = found = class_of(chr(code))
        return found


_CLASSES = _Classes()


def _text_rows(facts: Sequence[_Facts]) -> list[Row]:
    copies: dict[str, int] = {}
    for fact in facts:
        copies[fact.text] = copies.get(fact.text, 0) + 1
    return [_in_order(TEXT, {**fact.values, "copies": copies[fact.text]}) for fact in facts]


def _place_rows(blocks: Sequence[Block], facts: Sequence[_Facts]) -> list[Row]:
    """Where the blocks stand in the page and to the best run of prose, and what they share with it."""
    run = best_run([fact.good if fact.is_prose else -LOSS for fact in facts])
    in_run = facts[slice(*run)]
    run_share = _sum([fact.good for fact in in_run]) / (_sum([fact.good for fact in facts]) + 1.0)
    spoken: dict[str, int] = {}
    for fact in in_run:
        for word in fact.vocabulary:
            spoken[word] = spoken.get(word, 0) + 1
    all_chars = sum([len(fact.text) for fact in facts])
    chars, since_list = 0, FAR
    last_path: tuple[int, ...] = ()
    rows = []
    for index, (block, fact) in enumerate(zip(blocks, facts, strict=True)):
        inside = _is_in(index, run)
        shared = sum([spoken.get(word, 0) > inside for word in fact.vocabulary])
        values = {
            "place_blocks": index / len(blocks),
            "place_chars": chars / all_chars,
            "good": fact.good,
            "in_run": inside,
            "run_before": _blocks_before(index, run),
            "run_after": _blocks_after(index, run),
            "run_share": run_share,
            "shared_words": shared / (len(fact.vocabulary) + 1.0),
            "gap": block.path[:1] != last_path,
            "said": SAID_RANKS.get(fact.said, -1.0),
            "list_near": since_list,
        }
        heads_list = fact.said in LISTS and len(fact.text) < MAX_HEADING_CHARS
        since_list = 1.0 if heads_list else min(since_list + 1.0, FAR)
        last_path = block.path[:1]
        chars += len(fact.text)
        rows.append(_in_order(PLACE, values))
    return rows


def best_run(gains: Sequence[float]) -> tuple[int, int]:
    """The half-open range with the largest sum (Kadane); empty where nothing gains."""
    best = total = 0.0
    begin = best_begin = best_end = 0
    for index, gain in enumerate(gains):
        total += gain
        if total <= 0.0:
            total = 0.0
            begin = index + 1
        elif total > best:
            best = total
            best_begin = begin
            best_end = index + 1
    return best_begin, best_end


def _is_in(index: int, run: tuple[int, int]) -> bool:
    return run[0] <= index < run[1]


def _blocks_before(index: int, run: tuple[int, int]) -> float:
    return min(max(run[0] - index, 0.0), FAR)


def _blocks_after(index: int, run: tuple[int, int]) -> float:
    return min(max(index - run[1] + 1, 0.0), FAR)


def _kind_of(block: Block) -> Kind:
    """Blocks of one kind: same element, same parent's element, same depth, same own class."""
    return block.tag, block.parents[:1], len(block.path), block.class_tokens[:1]


def _near_rows(facts: Sequence[_Facts], kinds: Sequence[Kind]) -> list[Row]:
    """``NEIGHBOUR`` for each offset of ``NEAR``."""
    rows = []
    for index, kind in enumerate(kinds):
        row: Row = []
        for other in [index + offset for offset in NEAR]:
            if 0 <= other < len(facts):
                fact = facts[other]
                row += (len(fact.text), fact.good, fact.link_share, fact.lexicon_mean, kinds[other] == kind)
            else:
                row += (-1.0, -1.0, -1.0, 0.0, -1.0)
        rows.append([float(value) for value in row])
    return rows


@dataclass(slots=True)
class _Sums:
    """Sums over some blocks: those inside one element, of one kind, or all."""

    count: int = 0
    chars: int = 0
    links: int = 0
    prose: int = 0
    good: float = 0.0

    def add(self, fact: _Facts, link_chars: int) -> None:
        self.count += 1
        self.chars += len(fact.text)
        self.links += link_chars
        self.prose += fact.is_prose
        self.good += fact.good

    @property
    def link_share(self) -> float:
        return self.links / (self.chars + 1.0)


@dataclass(slots=True)
class _PageSums:
    """The sums that the page's elements and kinds of blocks have, by the element's number and by kind.

    ``scores`` are Readability's: points for the prose in an element's children, fewer for that in theirs.
    """

    total: _Sums = field(default_factory=_Sums)
    elements: dict[int, _Sums] = field(default_factory=dict)
    kinds: dict[Kind, _Sums] = field(default_factory=dict)
    scores: dict[int, float] = field(default_factory=dict)

    def add(self, block: Block, fact: _Facts, kind: Kind) -> None:
        self.total.add(fact, block.link_chars)
        self.kinds.setdefault(kind, _Sums()).add(fact, block.link_chars)
        points = 1.0 + fact.commas + min(len(fact.text) / 100.0, 3.0) if fact.is_prose else 0.0
        for level, number in enumerate(block.path[: LEVELS + 1]):
            self.elements.setdefault(number, _Sums()).add(fact, block.link_chars)
            self.scores[number] = self.scores.get(number, 0.0) + (points / level if level else 0.0)

    def best_element(self) -> tuple[int, float]:
        """The element whose children hold the most prose for their links, the first of equals, and its score."""
        best, best_score = 0, 0.0
        for number, sums in self.elements.items():
            score = self.scores[number] * (1.0 - sums.link_share)
            if score > best_score:
                best, best_score = number, score
        return best, best_score

    def shares(self, number: int) -> Row:
        """``LEVEL`` of an element."""
        sums, total = self.elements[number], self.total
        return [sums.good / (total.good + 1.0), sums.link_share, sums.prose / (total.prose + 1.0)]


def _page_rows(
    blocks: Sequence[Block],
    facts: Sequence[_Facts],
    kinds: Sequence[Kind],
    class_tokens: Mapping[str, float],
    declared: str,
) -> list[Row]:
    """What the page's elements say: links, names, classes, and how much prose stands around the block."""
    page = _PageSums()
    for block, fact, kind in zip(blocks, facts, kinds, strict=True):
        page.add(block, fact, kind)
    best, best_score = page.best_element()
    tokens = _Tokens(class_tokens)
    rows = []
    for block, fact, kind in zip(blocks, facts, kinds, strict=True):
        kin, path = page.kinds[kind], block.path
        parent = path[1] if len(path) > 1 else path[0]
        low, high, total = tokens.weigh(block.class_tokens)
        own_low, own_high, own_total = tokens.weigh(block.class_tokens[:OWN_CLASS_TOKENS])
        values = {
            "link_share": fact.link_share,
            "depth": len(path),
            "tag_rank": TAG_RANKS.get(block.tag, -1.0),
            "heading": HEADING_RANKS.get(block.tag, 0.0),
            "class_tokens_min": low,
            "class_tokens_max": high,
            "class_tokens_sum": total,
            "own_min": own_low,
            "own_max": own_high,
            "own_sum": own_total,
            "hidden": "hidden" in block.class_tokens,
            "siblings": page.elements[parent].count,
            "kind_count": kin.count,
            "kind_good": kin.good / (page.total.good + 1.0),
            "kind_link": kin.link_share,
            "kind_share": kin.prose / kin.count,
            "best_in": best in path,
            "best_height": path.index(best) if best in path else -1,
            "parent_score": page.scores[parent] / (best_score + 1.0),
            "declared": _is_declared(block.text, declared) if declared else -1.0,
            "declared_share": len(declared) / (page.total.chars + 1.0),
        }
        inside = [float(tag in block.parents) for tag in ABOVE]
        levels = [share for level in range(LEVELS) for share in page.shares(path[min(level, len(path) - 1)])]
        rows.append(_in_order(PAGE, values) + inside + levels)
    return rows


class _Tokens:
    """What class and id tokens weigh; the blocks of a page share most of theirs."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = weights
        self._weighed: dict[str, tuple[float, float, float]] = {}

    def weigh(self, tokens: Sequence[str]) -> tuple[float, float, float]:
        """Lowest, highest and summed weight of the tokens and of their parts."""
        low = high = total = 0.0
        for token in tokens:
            if token not in self._weighed:
                self._weighed[token] = weigh_parts(token, self._weights)
            lowest, highest, together = self._weighed[token]
            low, high, total = min(low, lowest), max(high, highest), total + together
        return low, high, total


def weigh_parts(token: str, weights: Mapping[str, float]) -> tuple[float, float, float]:
    """Lowest, highest and summed weight of a token and of its parts."""
    known = [weights[part] for part in split_class_token(token) if part in weights]
    return min([0.0, *known]), max([0.0, *known]), _sum(known)


def split_class_token(token: str) -> list[str]:
    """A class or id and its parts: ``article-body__text`` -> itself, article, body, text."""
    if "-" not in token and "_" not in token:
        return [token]
    return [token, *[part for part in token.replace("_", "-").split("-") if len(part) > 1]]


def clean_word(token: str) -> str:
    """A lower-case token without the punctuation around it."""
    return token.strip(AROUND_WORDS)


def _is_declared(text: str, declared: str) -> bool:
    """Whether the middle of the text stands in the declared body."""
    middle = max((len(text) - PROBE_CHARS) // 2, 0)
    return text[middle : middle + PROBE_CHARS] in declared


class _Means:
    """The mean probability of the characters in an element or of a kind, but for a block's own."""

    def __init__(self, blocks: Sequence[Block], weights: Sequence[float], sizes: Sequence[int]) -> None:
        self._weights, self._sizes = weights, sizes
        self._kinds = [_kind_of(block) for block in blocks]
        self._sums: dict[Hashable, tuple[float, int]] = {}
        for index, block in enumerate(blocks):
            for group in (*block.path[1:3], self._kinds[index]):
                weight, size = self._sums.get(group, (0.0, 0))
                self._sums[group] = weight + weights[index], size + sizes[index]

    def of_element(self, number: tuple[int, ...], index: int) -> float:
        """``number`` is empty where the block has no such element around it."""
        return self._of(number[0], index) if number else -1.0

    def of_kind(self, index: int) -> float:
        return self._of(self._kinds[index], index)

    def _of(self, group: Hashable, index: int) -> float:
        weight, size = self._sums[group]
        rest = size - self._sizes[index]
        return (weight - self._weights[index]) / rest if rest else -1.0


def _sure_distances(probabilities: Sequence[float]) -> list[float]:
    """Blocks since the last one that is surely body."""
    found = []
    distance = FAR
    for probability in probabilities:
        found.append(distance)
        distance = 1.0 if probability > SURE else min(distance + 1.0, FAR)
    return found
