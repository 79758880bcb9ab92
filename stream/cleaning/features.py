"""Describe each block by numbers, so that a trained model can judge it; the same text numbers for HTML and text pages.

``stream/_native/blocks.pyx`` computes the same values in the same order; a test holds the two equal.
"""

import json
from collections.abc import Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from stream.cleaning import narrow
from stream.cleaning.blocks import Block, Label, Segmented
from stream.cleaning.naming import said_by_words

if TYPE_CHECKING:  # the compiled twin imports this module, and the model imports the compiled twin
    from stream.cleaning.model import Head


__all__ = [
    "HTML_NAMES",
    "SECOND_NAMES",
    "TEXT_NAMES",
    "best_run",
    "both_passes",
    "candidates",
    "chances_of",
    "declared_body",
    "first_pass",
    "page_title",
    "second_pass",
]

MIN_PROSE_WORDS = 8
LOSS = 8.0  # words that a block without prose costs the run it stands in
LEVELS = 5  # parents of a block that are looked at
PROBE_CHARS = 40
MAX_WEIGHED_CHARS = 400.0  # of a block in the best run of the second pass
OWN_HINTS = 3  # class and id tokens that are the block's own, or nearly
LEXICON_WORDS = 24  # words of a block that are looked up
FAR = 30.0  # blocks; farther counts the same
BULLETS = "-*•·–►▪●‣"
ENDS = ".!?…。！？؟।"
QUOTES = '"“”„«»‘’「」『』'
AROUND_WORDS = ".,:;!?\"“”„«»‘’'()[]"

CUT_ANYWHERE = frozenset({"nav", "footer", "aside", "button"})
CUT = CUT_ANYWHERE | {"h1", "figcaption"}
CAPTIONS = frozenset({"caption", "wp-caption-text", "image-caption", "media-caption", "photo-caption"})
_TAGS = ("p", "div", "li", "h1", "h2", "h3", "h4", "td", "blockquote", "figcaption", "dd", "pre", "a", "button")
TAG_RANKS = {tag: float(rank) for rank, tag in enumerate((*_TAGS, "section"))}
SAID_RANKS: dict[Label | None, float] = {label: float(rank) for rank, label in enumerate(Label)}
LISTS = (Label.RELATED, Label.COMMENTS)  # short blocks that say so head what is not the article's
MAX_HEADING_CHARS = 60
HEADING_RANKS = {f"h{rank}": float(rank) for rank in range(10)}
ABOVE = ("article", "main", "aside", "header", "ul", "table", "blockquote", "figure", "section", "li")

_TEXT = (
    "chars words word_length commas ends last_end first_upper bullet digits upper titled marks no_case pipes quotes "
    "copies title_share title_recall lexicon_mean lexicon_min lexicon_max lexicon_known "
    "lexicon_first place_blocks place_chars good in_run run_before run_after run_share shared_words gap said list_near"
)
_NEAR = "chars good link lexicon kin"
_HTML = (
    "link_share depth tag_rank heading hints_min hints_max hints_sum own_min own_max own_sum hidden siblings "
    "kind_count kind_good kind_link kind_share best_in best_height parent_score "
    "declared declared_share"
)
_SECOND = (
    "p p_run p_run_before p_run_after p_mean p_before p_after p_parent p_grandparent p_kind p_last_sure p_next_sure"
)
NEAR = (-2, -1, 1, 2)
FAR_NEAR = (-3, -2, -1, 1, 2, 3)


def _near_names() -> list[str]:
    return [f"{name}{offset:+d}" for offset in NEAR for name in _NEAR.split()]


_JSON = json.JSONDecoder(strict=False)
_Key = TypeVar("_Key", bound=Hashable)
COPIES = _TEXT.split().index("copies")
TEXT_NAMES: tuple[str, ...] = (*_TEXT.split(), *_near_names())
HTML_NAMES: tuple[str, ...] = (
    *TEXT_NAMES,
    *_HTML.split(),
    *[f"in_{tag}" for tag in ABOVE],
    *[f"{name}_{level}" for level in range(LEVELS) for name in ("good_share", "link", "prose_share")],
)
SECOND_NAMES: tuple[str, ...] = (*_SECOND.split(), *[f"p{offset:+d}" for offset in FAR_NEAR])


UNSPACED, UNCASED = "字", "ا"  # the classes of letters of scripts without spaces between words, and without case


def class_of(char: str) -> str:
    if char in ENDS:
        return "."
    if char in ",،、，;；":
        return ","
    if char in QUOTES:
        return '"'
    if char in "|>›»/•·":
        return "|"
    if char.isdigit():
        return "9"
    if char.isupper():
        return "A"
    if char.islower():
        return "a"
    if char.isalpha():
        # scripts without spaces between words: kana, ideographs; the rest has words between spaces
        return UNSPACED if "\u3040" <= char <= "\u9fff" else UNCASED
    return " " if char.isspace() else "-"


class _Classes(dict[int, str]):
    """Character classes for ``str.translate``, found out once for each character."""

    def __missing__(self, code: int) -> str:
        self[code] = found = class_of(chr(code))
        return found


_CLASSES = _Classes()
_NARROW_CLASSES = "".join(map(class_of, narrow.CHARS)).encode().ljust(256)


def _classes_of(text: str) -> str:
    """The class of each character."""
    codes = narrow.to_narrow(text)
    return text.translate(_CLASSES) if codes is None else codes.translate(_NARROW_CLASSES).decode()


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


def declared_body(html: str, utf8: bytes | None = None) -> str:
    """The ``articleBody`` of the page's JSON-LD, wherever it stands; empty where there is none.

    ``utf8`` is the same page in bytes if they are at hand: compiled code looks there, many bytes at a time.
    """
    begin = html.find('"articleBody"')
    if begin < 0:
        return ""
    begin = html.find('"', begin + len('"articleBody"'))
    if begin < 0:
        return ""
    try:
        value, _ = _JSON.raw_decode(html, begin)
    except ValueError:
        return ""
    return " ".join(value.split())


def page_title(segmented: Segmented) -> str:
    """The HTML title; of a text page the first of its first lines that is long enough to be one."""
    if segmented.markup is not None:
        return segmented.markup.title or ""
    return next((block.text for block in segmented.blocks[:6] if block.text.count(" ") >= 3), "")


def candidates(blocks: Sequence[Block]) -> list[int]:
    """Indexes of the blocks worth judging.

    Cut unseen: navigation, footers, asides, buttons, captions, main headings, hidden blocks, rows of short links.
    """
    only_link = [
        10 * block.link_chars > 9 * len(block.text) and len(block.text) < 100 and block.text.count(" ") < 8
        for block in blocks
    ]
    hides_most = _hides_most(blocks)
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
        if cut or block.tag in CUT or not CAPTIONS.isdisjoint(block.hints[:2]):
            continue
        if "hidden" in block.hints and not hides_most:
            continue
        found.append(index)
    return found


def _hides_most(blocks: Sequence[Block]) -> bool:
    """Whether the page hides most of its text until a script shows it."""
    hidden = sum([len(block.text) for block in blocks if "hidden" in block.hints])
    return 2 * hidden > sum([len(block.text) for block in blocks])


class _Facts:
    """What one block's text says, before its neighbours are looked at."""

    __slots__ = ("commas", "good", "lexicon", "link", "prose", "row", "said", "size", "text", "vocabulary")

    def __init__(self, block: Block, lexicon: Mapping[str, float], title: frozenset[str]) -> None:
        text = block.text
        size = len(text)
        classes = _classes_of(text)
        unspaced = classes.count(UNSPACED)
        uncased = classes.count(UNCASED)
        upper = classes.count("A")
        letters = classes.count("a") + upper + unspaced + uncased
        ends = classes.count(".")
        commas = classes.count(",")
        digits = classes.count("9")
        tokens = text.lower().split(" ")
        words = len(tokens) + 0.5 * unspaced
        first = classes[0]
        tail = classes[-2:]
        self.text = text
        self.said = said_by_words(text)
        self.size = float(size)
        self.commas = float(commas)
        self.link = block.link_chars / size
        self.prose = words >= MIN_PROSE_WORDS and (ends > 0 or commas > 1) and self.link < 0.4
        self.good = words if self.prose else 0.0
        total = low = high = 0.0
        known = 0
        vocabulary: set[str] = set()
        self.vocabulary = vocabulary
        for token in tokens[:LEXICON_WORDS]:
            word = token.strip(AROUND_WORDS)  # clean_word(), without the call
            weight = lexicon.get(word)
            if weight is not None:
                known += 1
                total += weight
                if weight < low:
                    low = weight
                elif weight > high:
                    high = weight
            if len(word) > 4:
                vocabulary.add(word)
        looked = min(len(tokens), LEXICON_WORDS)
        self.lexicon = total / looked
        in_title = 0
        if title:
            for token in tokens:
                if token in title:
                    in_title += 1
        self.row = [
            self.size,
            words,
            letters / words,
            commas / words,
            float(ends),
            1.0 if "." in tail else 0.0,
            1.0 if first == "A" else 0.0,
            1.0 if text[0] in BULLETS else 0.0,
            digits / size,
            upper / (letters + 1),
            classes.count(" A") / words,
            classes.count("-") / size,
            (unspaced + uncased) / size,
            float(classes.count("|")),
            float(classes.count('"')),
            0.0,  # copies
            in_title / len(tokens),
            in_title / len(title) if title else 0.0,
            self.lexicon,
            low,
            high,
            known / looked,
            lexicon.get(clean_word(tokens[0]), 0.0),
        ]


def chances_of(blocks: Sequence[Block], title: str, declared: str, head: "Head", *, html: bool) -> list[float]:
    """For each block the chance (0 to 1) that it is body."""
    return head.second.chances(both_passes(blocks, title, declared, head, html=html))


def both_passes(blocks: Sequence[Block], title: str, declared: str, head: "Head", *, html: bool) -> list[list[float]]:
    """One row for each block: those of the first pass, then those of the second, which needs the first's chances."""
    rows = first_pass(blocks, title, declared, head.words, head.hints, html=html)
    for row, more in zip(rows, second_pass(blocks, head.first.chances(rows)), strict=True):
        row += more
    return rows


def first_pass(
    blocks: Sequence[Block],
    title: str,
    declared: str,
    words: Mapping[str, float],
    hints: Mapping[str, float],
    *,
    html: bool,
) -> list[list[float]]:
    """One row for each block: ``HTML_NAMES`` or ``TEXT_NAMES``. ``words`` and ``hints`` are log odds of being body;
    ``declared`` is what the page's metadata calls the body, often cut short or missing.
    """
    title_words = frozenset([word for word in title.lower().split() if len(word) > 3])
    facts = [_Facts(block, words, title_words) for block in blocks]
    rows = _place(blocks, facts)
    keys = _kinds(blocks) if html else [block.path for block in blocks]
    _add_near(rows, facts, keys)
    if html:
        _add_page(rows, blocks, facts, keys, hints, declared)
    return rows


def _place(blocks: Sequence[Block], facts: list[_Facts]) -> list[list[float]]:
    """Where the block stands in the page and to the best run of prose, and what it shares with it."""
    count = len(blocks)
    total = 0.0
    copies: dict[str, int] = {}
    for block in blocks:
        total += len(block.text)
        copies[block.text] = copies.get(block.text, 0) + 1
    begin, end = best_run([fact.good if fact.prose else -LOSS for fact in facts])
    run_words = 0.0
    spoken: dict[str, int] = {}
    for index in range(begin, end):
        run_words += facts[index].good
        for word in facts[index].vocabulary:
            spoken[word] = spoken.get(word, 0) + 1
    all_good = 0.0
    for fact in facts:
        all_good += fact.good
    rows = []
    before = 0.0
    last_path: tuple[int, ...] = ()
    since_list = FAR
    for index, fact in enumerate(facts):
        inside = begin <= index < end
        own = 1 if inside else 0
        shared = 0
        for word in fact.vocabulary:
            if spoken.get(word, 0) > own:
                shared += 1
        row = fact.row
        path = blocks[index].path
        row[COPIES] = float(copies[fact.text])
        row += [
            index / count,
            before / total,
            fact.good,
            1.0 if inside else 0.0,
            min(float(begin - index), FAR) if index < begin else 0.0,
            min(float(index - end + 1), FAR) if index >= end else 0.0,
            run_words / (all_good + 1.0),
            shared / (len(fact.vocabulary) + 1.0),
            1.0 if path[:1] != last_path else 0.0,
            SAID_RANKS.get(fact.said, -1.0),
            since_list,
        ]
        since_list = min(since_list + 1.0, FAR)
        if fact.said in LISTS and fact.size < MAX_HEADING_CHARS:
            since_list = 1.0
        last_path = path[:1]
        before += len(fact.text)
        rows.append(row)
    return rows


def _kinds(blocks: Sequence[Block]) -> list[tuple[object, ...]]:
    """Blocks of one kind: same element, same parent's element, same depth, same own class."""
    return [(block.tag, block.parents[:1], len(block.path), block.hints[:1]) for block in blocks]


def _add_near(rows: list[list[float]], facts: list[_Facts], keys: Sequence[tuple[object, ...]]) -> None:
    count = len(rows)
    for index in range(count):
        row = rows[index]
        for offset in NEAR:
            other = index + offset
            if 0 <= other < count:
                fact = facts[other]
                row += (
                    fact.size,
                    fact.good,
                    fact.link,
                    fact.lexicon,
                    1.0 if keys[other] == keys[index] else 0.0,
                )
            else:
                row += (-1.0, -1.0, -1.0, 0.0, -1.0)


class _Container:
    """Sums over the blocks inside one element, and its shares of the page's sums."""

    __slots__ = ("chars", "count", "good", "link", "prose", "score", "shares")

    def __init__(self) -> None:
        self.chars = self.link = self.good = self.score = 0.0
        self.prose = self.count = 0
        self.shares: tuple[float, float, float] = (0.0, 0.0, 0.0)


class _Containers(dict[_Key, _Container]):
    """A container for each key that is asked for."""

    def __missing__(self, key: _Key) -> _Container:
        self[key] = container = _Container()
        return container


class _Hints(dict[tuple[str, ...], tuple[float, ...]]):
    """What class and id tokens say, found out once; the blocks of a page share most of theirs.

    The weights of all tokens, those of the block's own, and whether it is hidden.
    """

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = weights
        self._tokens: dict[str, tuple[float, float, float]] = {}

    def __missing__(self, tokens: tuple[str, ...]) -> tuple[float, ...]:
        hidden = 1.0 if "hidden" in tokens else 0.0
        self[tokens] = found = (*self._weigh(tokens), *self._weigh(tokens[:OWN_HINTS]), hidden)
        return found

    def _weigh(self, tokens: tuple[str, ...]) -> tuple[float, float, float]:
        """Lowest, highest and summed weight of the tokens and of their parts."""
        low = high = total = 0.0
        for token in tokens:
            one = self._tokens.get(token)
            if one is None:
                one = self._tokens[token] = weigh_parts(token, self._weights)
            if one[0] < low:
                low = one[0]
            if one[1] > high:
                high = one[1]
            total += one[2]
        return low, high, total


def weigh_parts(token: str, weights: Mapping[str, float]) -> tuple[float, float, float]:
    """Lowest, highest and summed weight of a token and of its parts."""
    low = high = total = 0.0
    for part in split_hint(token):
        weight = weights.get(part)
        if weight is not None:
            total += weight
            low = min(low, weight)
            high = max(high, weight)
    return low, high, total


def _add_page(
    rows: list[list[float]],
    blocks: Sequence[Block],
    facts: list[_Facts],
    keys: Sequence[tuple[object, ...]],
    hints: Mapping[str, float],
    declared: str,
) -> None:
    """What the page's elements say: links, names, classes, and how much prose stands around the block."""
    inside: _Containers[int] = _Containers()
    kinds: _Containers[tuple[object, ...]] = _Containers()
    total = _sum_up(blocks, facts, keys, inside, kinds)
    best_number, best_score = _best_container(inside)
    said_by_hints = _Hints(hints)
    above: dict[tuple[str, ...], list[float]] = {}
    declared_share = len(declared) / (total.chars + 1.0)
    for row, block, fact, key in zip(rows, blocks, facts, keys, strict=True):
        path = block.path
        kind = kinds[key]
        parent = inside[path[1]] if len(path) > 1 else inside[path[0]]
        tag = block.tag
        in_best = best_number in path
        row += (
            fact.link,
            float(len(path)),
            TAG_RANKS.get(tag, -1.0),
            HEADING_RANKS.get(tag, 0.0),
            *said_by_hints[block.hints],
            float(parent.count),
            float(kind.count),
            kind.good / (total.good + 1.0),
            kind.link / (kind.chars + 1.0),
            kind.prose / kind.count,
            1.0 if in_best else 0.0,
            float(path.index(best_number)) if in_best else -1.0,
            parent.score / (best_score + 1.0),
            _is_declared(block.text, declared) if declared else -1.0,
            declared_share,
        )
        parents = block.parents
        flags = above.get(parents)
        if flags is None:
            flags = above[parents] = [1.0 if tag in parents else 0.0 for tag in ABOVE]
        row += flags
        for number in path[:LEVELS]:
            row += inside[number].shares
        for _ in range(LEVELS - len(path)):
            row += inside[path[-1]].shares


def _sum_up(
    blocks: Sequence[Block],
    facts: list[_Facts],
    keys: Sequence[tuple[object, ...]],
    inside: _Containers[int],
    kinds: _Containers[tuple[object, ...]],
) -> _Container:
    """Fill the sums of every element and of every kind of block; returns the page's."""
    total = _Container()
    for block, fact, key in zip(blocks, facts, keys, strict=True):
        size = fact.size
        links = block.link_chars
        elements = [inside[number] for number in block.path[: LEVELS + 1]]
        for container in (total, kinds[key], *elements):
            container.count += 1
            container.chars += size
            container.link += links
            if fact.prose:
                container.prose += 1
                container.good += fact.good
        if fact.prose:
            points = 1.0 + fact.commas + min(size / 100.0, 3.0)
            for level, container in enumerate(elements[1:], 1):
                container.score += points / level
    for container in inside.values():
        container.shares = (
            container.good / (total.good + 1.0),
            container.link / (container.chars + 1.0),
            container.prose / (total.prose + 1.0),
        )
    return total


def _best_container(inside: Mapping[int, _Container]) -> tuple[int, float]:
    """The element whose children hold the most prose (Readability's score), and its score."""
    best_number, best_score = 0, 0.0
    for number, container in inside.items():
        score = container.score * (1.0 - container.link / (container.chars + 1.0))
        if score > best_score:
            best_number, best_score = number, score
    return best_number, best_score


def _is_declared(text: str, declared: str) -> float:
    """Whether the middle of the text stands in the declared body."""
    middle = max((len(text) - PROBE_CHARS) // 2, 0)
    return 1.0 if text[middle : middle + PROBE_CHARS] in declared else 0.0


def split_hint(token: str) -> list[str]:
    """A class or id and its parts: ``article-body__text`` -> itself, article, body, text."""
    parts = token.replace("_", "-").split("-")
    return [token, *[part for part in parts if len(part) > 1]] if len(parts) > 1 else [token]


def clean_word(token: str) -> str:
    """A lower-case token without the punctuation around it."""
    return token.strip(AROUND_WORDS)


def second_pass(blocks: Sequence[Block], chances: Sequence[float]) -> list[list[float]]:
    """One row (``SECOND_NAMES``) for each block, from the first pass's chances of the blocks around it."""
    count = len(blocks)
    begin, end = best_run([(chances[i] - 0.5) * min(len(blocks[i].text), MAX_WEIGHED_CHARS) for i in range(count)])
    total_chance = 0.0
    for chance in chances:  # not sum(), which rounds otherwise from Python 3.12 on
        total_chance += chance
    mean = total_chance / count if count else 0.0
    parents: dict[int, list[float]] = {}
    kinds: dict[tuple[object, ...], list[float]] = {}
    keys = _kinds(blocks)
    for index, block in enumerate(blocks):
        chars = float(len(block.text))
        for number in block.path[1:3]:
            _add_chance(parents, number, chances[index], chars)
        _add_chance(kinds, keys[index], chances[index], chars)
    rows = []
    total = 0.0
    after = 0.0
    for index in range(count):
        after += chances[index] * len(blocks[index].text)
    sure_before = _sure_distances(chances)
    sure_after = _sure_distances(chances[::-1])[::-1]
    for index, block in enumerate(blocks):
        chance = chances[index]
        weight = chance * len(block.text)
        after -= weight
        path = block.path
        row = [
            chance,
            1.0 if begin <= index < end else 0.0,
            min(float(begin - index), FAR) if index < begin else 0.0,
            min(float(index - end + 1), FAR) if index >= end else 0.0,
            mean,
            total,
            after,
            _without(parents, path[1], chance, len(block.text)) if len(path) > 1 else -1.0,
            _without(parents, path[2], chance, len(block.text)) if len(path) > 2 else -1.0,
            _without(kinds, keys[index], chance, len(block.text)),
            sure_before[index],
            sure_after[index],
        ]
        total += weight
        for offset in FAR_NEAR:
            other = index + offset
            row.append(chances[other] if 0 <= other < count else -1.0)
        rows.append(row)
    return rows


def _add_chance(sums: dict[_Key, list[float]], key: _Key, chance: float, chars: float) -> None:
    pair = sums.get(key)
    if pair is None:
        sums[key] = [chance * chars, chars]
    else:
        pair[0] += chance * chars
        pair[1] += chars


def _without(sums: dict[_Key, list[float]], key: _Key, chance: float, chars: int) -> float:
    """The mean chance of a group without the block itself; -1 where it is alone."""
    pair = sums[key]
    rest = pair[1] - chars
    return (pair[0] - chance * chars) / rest if rest > 0.5 else -1.0


def _sure_distances(chances: Sequence[float]) -> list[float]:
    """Blocks since the last one that is surely body."""
    found = []
    distance = FAR
    for chance in chances:
        found.append(distance)
        distance = 1.0 if chance > 0.8 else min(distance + 1.0, FAR)
    return found
