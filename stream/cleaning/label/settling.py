"""Judge pieces together: what one block leaves open, its siblings, its container and the text around it decide.

The model judges block by block under one threshold, so that a list loses its short items and a table its first column.
Both halves of the cleaning run this: it looks at few blocks, and asks for little of each.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from stream import native
from stream.cleaning.label.calls import is_call, names_address
from stream.cleaning.label.naming import label_by_words
from stream.cleaning.label.outline import ITEMS
from stream.cleaning.label.text_lines import label_line
from stream.cleaning.values import HEADING_TAGS, Block, Label
from stream.cleaning.words import SENTENCE_ENDS

if native.IS_COMPILED:
    from stream._native.naming import outline
else:
    from stream.cleaning.label.outline import outline

ENDS = SENTENCE_ENDS + '"”»“’』」)）'
COLONS = (":", "：", "፦", "៖")
FAR = 30  # blocks
AFTER = 16  # blocks behind the last kept one that may still belong to it
MIN_BODY = 3  # blocks of text that make the first article

MIN_LIST, MIN_LIST_ELSEWHERE = (
    0.15,
    0.3,
)  # mean probability from which a list belongs to the text: in its box, or elsewhere between kept blocks
MIN_ANNOUNCED = 0.1  # the same of what a colon announces
MIN_TABLE = 0.3
MAX_CELL_CHARS = 250
MIN_CODE = 0.15
MIN_HEADING = 0.12
MIN_PLAIN_HEADING, MIN_LINKED_HEADING = 0.35, 0.35  # of one that is no heading by its element, or a link
MIN_HEADING_OF_MANY = 0.04  # of one whose like are kept
LEAD = 3  # blocks before the first kept one that may head it
MIN_SENTENCE = 0.08
MIN_SENTENCE_CHARS, MAX_SENTENCE_CHARS = 12, 40
MIN_LONG_SENTENCE = 0.3
CONTAINERS = frozenset({"p", "div", "section", "article", "main"})
MIN_BEGINNING, MIN_UNSURE_BEGINNING = 0.15, 0.25  # of lines that begin a sentence; the second may itself begin one
MAX_BEGINNING = 4  # lines
MAX_LINKED = 0.5  # share of linked characters from which a list is one of other pages
MAX_CAPTION_CHARS, MAX_CAPTION_BLOCKS = 250, 4
MAX_HEADING_CHARS = 120
MAX_CREDITED_CHARS = 160  # of one that any source in brackets makes a caption
MAX_CAPTION_SHARE = 0.25  # of the kept blocks
PULLED_WITHIN = 8  # blocks
MIN_PULLED_CHARS, MAX_PULLED_CHARS = 25, 350
MAX_CALLS = 4
SURE, SURE_OF_LINKED = 0.97, 0.995  # probability above which a paragraph, or one with an address, is no call
MAX_TITLE_CHARS = 60
TOP_HEADINGS = frozenset(HEADING_TAGS[:3])
MAX_LEVELS = 12  # elements around a heading that are known; deeper, it may be in the box after all
BYLINE_WITHIN = 4  # blocks behind a headline

_PICTURES = frozenset("fig image img images photo photos picture pictures pic foto bild media figure caption".split())
_MARKED = re.compile(r"[:：/|©(（📷]")  # asked first: there is no credit without one
_CREDIT = re.compile(r"[(（][^()（）]{2,60}[/|][^()（）]{2,60}[)）]\s*\.?$")
_NAMED_CREDIT = re.compile(r"[(（][^\W\d_]\w*\.? [^\W\d_][\w. -]{1,40}[/|][^()（）]{2,60}[)）]\s*\.?$")
_BYLINES = frozenset({Label.BYLINE, Label.DATE})
_NAMES_OF_BYLINES = frozenset("byline author authors date time dateline timestamp published pubdate meta".split())
_NEVER_PULLED = frozenset({"li", "td", "th", "dd", "dt"})
_MARKS = "\"'“”„«»‹›‘’‚ \u00a0"
_WORD = re.compile(r"\w+")


@dataclass(slots=True)
class Verdict:
    """What is kept, how likely each block was, and what some are that say so together."""

    kept: list[bool]
    probabilities: list[float]  # -1 where nobody asked
    told: dict[int, Label] = field(default_factory=dict)
    changed: set[int] = field(default_factory=set)

    def keep(self, index: int) -> None:
        if not self.kept[index]:
            self.kept[index] = True
            self.changed.add(index)

    def cut(self, index: int, label: Label) -> None:
        if self.kept[index]:
            self.kept[index] = False
            self.changed.add(index)
            self.told[index] = label


def settle(blocks: Sequence[Block], verdict: Verdict, title: str) -> None:
    """Change the verdict on single blocks of an HTML page where those around them speak against it."""
    if not any(verdict.kept):
        return
    page = _page_of(blocks, verdict)
    if _end_at_next_article(page, title):
        page = _page_of(blocks, verdict)
    _cut_captions(page)
    _keep_whole_lists(page)
    _keep_whole_tables(page)
    _keep_announced(page)
    _keep_code(page)
    _keep_headings(page)
    _keep_last_sentence(page)
    _cut_pulled(page)
    _cut_calls(page)


def settle_lines(blocks: Sequence[Block], verdict: Verdict) -> None:
    """The same for the lines of a text page: what they say themselves, and sentences that run over several lines."""
    kept = verdict.kept
    for index, keep in enumerate(kept):
        label = label_line(blocks[index].text) if keep else None
        if label is not None:
            verdict.cut(index, label)
    for index in range(len(kept) - 1, 0, -1):
        if kept[index] and not kept[index - 1] and _goes_on(blocks[index].text):
            _keep_beginning(blocks, verdict, index)


def _goes_on(text: str) -> bool:
    """Whether a line is in the middle of a sentence, as it begins."""
    return text[0].islower() or text[0] in ",;.)’"


def _keep_beginning(blocks: Sequence[Block], verdict: Verdict, index: int) -> None:
    """Keep the lines before that begin the sentence: an unfinished one before an unfinished one."""
    least = MIN_BEGINNING
    for before in range(index - 1, max(index - 1 - MAX_BEGINNING, -1), -1):
        text = blocks[before].text
        if verdict.kept[before] or verdict.probabilities[before] < least or text[-1] in ENDS or before in verdict.told:
            return
        verdict.keep(before)
        least = MIN_BEGINNING if _goes_on(text) else MIN_UNSURE_BEGINNING


def _span(kept: Sequence[bool]) -> tuple[int, int]:
    """The first kept block, and the one behind the last."""
    return kept.index(True), len(kept) - kept[::-1].index(True)


def _page_of(blocks: Sequence[Block], verdict: Verdict) -> "_Page":
    begin, end = _span(verdict.kept)
    return _Page(blocks, verdict, max(begin - LEAD, 0), min(end + AFTER, len(blocks)))


class _Page:
    """The blocks from the first kept one to some behind the last, each asked once for what it costs to ask."""

    def __init__(self, blocks: Sequence[Block], verdict: Verdict, begin: int, end: int) -> None:
        self.blocks = blocks
        self.verdict = verdict
        self.begin, self.end = begin, end
        self.tags, self.homes, self.lists, self.tables, self.items, self.kinds, self.pictures = outline(
            blocks, begin, end
        )

    def path(self, index: int) -> tuple[int, ...]:
        return self.blocks[index].path

    def tag(self, index: int) -> str:
        return self.tags[index - self.begin]

    def indexes(self) -> range:
        return range(self.begin, self.end)

    def last_kept(self) -> int:
        """The last kept block."""
        kept = self.verdict.kept
        return next((index for index in reversed(self.indexes()) if kept[index]), self.begin)

    def kept_before(self, index: int) -> int:
        """The kept block not far before this one; -1 where there is none."""
        kept = self.verdict.kept
        return next((other for other in range(index - 1, max(self.begin, index - FAR) - 1, -1) if kept[other]), -1)

    def is_beside(self, before: int, index: int) -> bool:
        """Whether the block stands in the box of the kept one before it."""
        return before >= 0 and self.homes[before - self.begin] in self.path(index)

    def groups(self, numbers: Sequence[int]) -> Iterator[list[int]]:
        """The blocks side by side of each element."""
        if max(numbers, default=-1) < 0:
            return
        group: list[int] = []
        current = -1
        for index, number in enumerate(numbers, self.begin):
            if number != current:
                if group:
                    yield group
                group, current = [], number
            if number >= 0:
                group.append(index)
        if group:
            yield group

    def linked_share(self, group: Sequence[int]) -> float:
        links = sum([self.blocks[index].link_chars for index in group])
        return links / (sum([len(self.blocks[index].text) for index in group]) or 1)

    def mean(self, group: Sequence[int]) -> float:
        """The mean probability of the blocks that somebody judged."""
        known = [p for p in [self.verdict.probabilities[index] for index in group] if p >= 0]
        return sum(known) / len(known) if known else 0.0


def _keep_whole_lists(page: _Page) -> None:
    """A list in the text is kept whole: five of six items are no list."""
    last = page.last_kept()
    for group in page.groups(page.lists):
        if 3 * sum([page.items[index - page.begin] for index in group]) < 2 * len(group):
            continue  # a whole text in a list, as of a live blog's posts
        before = page.kept_before(group[0])
        if before < 0 or page.linked_share(group) > MAX_LINKED:
            continue
        announced = page.blocks[before].text.endswith(COLONS) and before == group[0] - 1
        is_beside = page.is_beside(before, group[0]) and group[-1] < last
        inside = is_beside or any(page.verdict.kept[index] for index in group)
        least = MIN_ANNOUNCED if announced else MIN_LIST if inside else MIN_LIST_ELSEWHERE
        if (announced or group[-1] < last or inside) and page.mean(group) >= least:
            _keep_all(page, _without_titles(page, group))


def _without_titles(page: _Page, group: Sequence[int]) -> Sequence[int]:
    """The items of a list without those that are links to other pages, if they are cut for the most part."""
    linked = [index for index in group if 2 * page.blocks[index].link_chars > len(page.blocks[index].text)]
    if 2 * sum([page.verdict.kept[index] for index in linked]) >= len(linked):
        return group
    return [index for index in group if index not in linked]


def _keep_all(page: _Page, group: Sequence[int]) -> None:
    for index in group:
        if page.tag(index) != "button" and "hidden" not in page.blocks[index].class_tokens:
            page.verdict.keep(index)


def _keep_whole_tables(page: _Page) -> None:
    """The rows of a table are kept with all their cells, or none is."""
    last = page.last_kept()
    for group in page.groups(page.tables):
        cells = [index for index in group if page.blocks[index].column >= 0]
        if not _is_data(page, cells):
            continue
        inside = group[-1] < last and page.is_beside(page.kept_before(group[0]), group[0])
        if page.linked_share(group) <= MAX_LINKED and page.mean(cells) >= MIN_TABLE + (0 if inside else 0.2):
            _keep_all(page, group)
        for index in cells:
            if page.verdict.kept[index]:
                page.verdict.told[index] = Label.TABLE


def _is_data(page: _Page, cells: Sequence[int]) -> bool:
    """Whether the cells are a table's, and not those of a page that is laid out as one."""
    if len(cells) < 2 or max([len(page.blocks[index].text) for index in cells]) > MAX_CELL_CHARS:
        return False
    columns = [page.blocks[index].column for index in cells]
    rows = [_row_of(page, index) for index in cells]
    return len(set(columns)) > 1 and len(set(rows)) > 1


def _row_of(page: _Page, index: int) -> int:
    parents = page.blocks[index].parents
    return page.path(index)[parents.index("tr") + 1] if "tr" in parents else -1


def _keep_announced(page: _Page) -> None:
    """What a paragraph announces with a colon belongs to it, whatever it says: a quotation, a rule, a notice."""
    for index in page.indexes():
        if not page.verdict.kept[index] or not page.blocks[index].text.endswith(COLONS):
            continue
        for behind in range(index + 1, min(index + 4, page.end)):
            block = page.blocks[behind]
            is_quoted = page.tag(behind) == "blockquote" or "blockquote" in block.parents[:2]
            is_next = (
                behind == index + 1 and page.tag(behind) in ("p", "div", "pre") and _is_sibling(page, index, behind)
            )
            if not (is_quoted or (is_next and _is_sentence(block.text))) or 3 * block.link_chars > len(block.text):
                break
            page.verdict.keep(behind)


def _is_sentence(text: str) -> bool:
    return text[-1] in ENDS and len(text) >= MIN_SENTENCE_CHARS


def _is_sibling(page: _Page, index: int, other: int) -> bool:
    return page.homes[index - page.begin] == page.homes[other - page.begin]


def _keep_code(page: _Page) -> None:
    """Code between two kept blocks is the text's."""
    kept = page.verdict.kept
    for index in page.indexes():
        is_open = page.tag(index) == "pre" and not kept[index] and page.verdict.probabilities[index] >= MIN_CODE
        if is_open and any(kept[max(index - 2, page.begin) : index]) and any(kept[index + 1 : index + 3]):
            page.verdict.keep(index)


def _keep_headings(page: _Page) -> None:
    """A short heading between two kept blocks is theirs, all the more if its like are kept elsewhere."""
    verdict = page.verdict
    open_ones = [index for index in page.indexes() if _may_head(page, index)]
    if not open_ones:
        return
    kept = [index for index in page.indexes() if verdict.kept[index] and page.tag(index) != "p"]
    like = {_kind(page, index) for index in kept if _is_heading(page, index)}
    like.update([_kind(page, index) for index in open_ones if _is_likely_heading(page, index)])
    for index in open_ones:
        is_like = _kind(page, index) in like and verdict.probabilities[index] >= MIN_HEADING_OF_MANY
        if is_like or _is_likely_heading(page, index):
            verdict.keep(index)


def _may_head(page: _Page, index: int) -> bool:
    """Whether a cut block stands right before a kept one, as a heading does."""
    kept = page.verdict.kept
    if kept[index] or index + 1 >= page.end or not kept[index + 1]:
        return False
    return _is_heading(page, index) and _is_short_text(page, index)


def _is_likely_heading(page: _Page, index: int) -> bool:
    before = page.verdict.kept[max(index - 3, page.begin) : index]
    return page.verdict.probabilities[index] >= MIN_HEADING and any(before)


def _kind(page: _Page, index: int) -> tuple[str, int, tuple[str, ...]]:
    """Headings of one kind: same element, same depth, same own class."""
    return page.tag(index), len(page.path(index)), page.blocks[index].class_tokens[:1]


def _is_heading(page: _Page, index: int) -> bool:
    """Whether it is a heading by its element, by its looks, or heads its own container, as a live blog's posts do."""
    if page.tag(index) in HEADING_TAGS[1:]:
        return True
    if page.tag(index) not in ("p", "div") or index + 1 >= page.end:
        return False
    if page.tag(index) == "div" and page.path(index)[0] in page.path(index + 1)[1:]:
        return True
    return page.verdict.probabilities[index] >= MIN_PLAIN_HEADING and _is_title(page, index)


def _is_short_text(page: _Page, index: int) -> bool:
    text, links = page.blocks[index].text, page.blocks[index].link_chars
    if len(text) > MAX_HEADING_CHARS or label_by_words(text) is not None:
        return False
    return 2 * links <= len(text) or page.verdict.probabilities[index] >= MIN_LINKED_HEADING


def _keep_last_sentence(page: _Page) -> None:
    """A short sentence that stands last in the body's own container is the body's, behind whatever it stands."""
    verdict = page.verdict
    last = page.last_kept()
    behind = [index for index in range(last + 1, min(last + 4, page.end)) if _may_be_last(page, index)]
    if not behind:
        return
    homes = [page.homes[index - page.begin] for index in page.indexes() if verdict.kept[index]]
    common = Counter(homes).most_common(1)[0][0]
    for index in behind:
        if _is_in(page, index, common):
            verdict.keep(index)


def _may_be_last(page: _Page, index: int) -> bool:
    """Whether a cut block reads as a sentence of the text."""
    probability = page.verdict.probabilities[index]
    if probability < MIN_SENTENCE or page.blocks[index].link_chars or page.tag(index) not in CONTAINERS:
        return False
    text = page.blocks[index].text
    is_short = len(text) <= MAX_SENTENCE_CHARS or probability >= MIN_LONG_SENTENCE
    return is_short and _is_sentence(text) and label_by_words(text) is None


def _is_in(page: _Page, index: int, home: int) -> bool:
    """Whether the block stands in the element, in one of its own or bare."""
    return home in (page.homes[index - page.begin], page.path(index)[0])


def _cut_captions(page: _Page) -> None:
    """Short texts that share a box with an image, and nothing else, say what is in it; but not on a page of them."""
    found: list[int] = []
    for index, level in enumerate(page.pictures, page.begin):
        if level >= 0 and page.verdict.kept[index]:
            found += _captions_at(page, index)
    if not found:
        return
    if sum([page.verdict.kept[index] for index in found]) <= MAX_CAPTION_SHARE * sum(page.verdict.kept):
        for index in found:
            page.verdict.cut(index, Label.CAPTION)


def _captions_at(page: _Page, index: int) -> Sequence[int]:
    """The blocks of the image right before this one that are its caption and credit."""
    block = page.blocks[index]
    if len(block.text) > MAX_CAPTION_CHARS:
        return ()
    if _is_credited(block.text, block.picture):
        return (index,)
    if block.picture == 0:
        return ()
    number = page.path(index)[block.picture]
    box = [other for other in range(index, min(index + 8, page.end)) if number in page.path(other)]
    if len(box) > MAX_CAPTION_BLOCKS or "blockquote" in block.parents or not _is_named_picture(block):
        return ()
    return box if all(len(page.blocks[other].text) <= MAX_CAPTION_CHARS for other in box) else ()


def _is_credited(text: str, level: int) -> bool:
    """Whether it names who took the picture; an agency alone may as well be the paragraph's."""
    if not _MARKED.search(text):
        return False
    is_one_sentence = len(text) <= MAX_CREDITED_CHARS and sum(map(text.count, ".!?。！？")) <= 2
    return (_CREDIT if level == 0 and is_one_sentence else _NAMED_CREDIT).search(text) is not None or label_line(
        text
    ) is Label.CAPTION


def _is_named_picture(block: Block) -> bool:
    names = " ".join(block.class_tokens[: 2 * block.picture]).replace("_", "-").replace("-", " ").split()
    return not _PICTURES.isdisjoint(names) or "figure" in block.parents[: block.picture]


def _cut_pulled(page: _Page) -> None:
    """A sentence of the text that is shown large between two paragraphs is said once."""
    kept = [index for index in page.indexes() if page.verdict.kept[index]]
    kinds = [page.kinds[index - page.begin] for index in kept]
    for place, index in enumerate(kept):
        kind = kinds[place]
        if kind == kinds[place - 1] and kind == kinds[place + 1 - len(kinds)]:
            continue  # most paragraphs stand among their like
        if page.tag(index) in _NEVER_PULLED:
            continue
        text = page.blocks[index].text.strip(_MARKS)
        if not MIN_PULLED_CHARS <= len(text) <= MAX_PULLED_CHARS:
            continue
        if page.tag(index) in HEADING_TAGS and text[-1] not in ENDS:
            continue
        begin = max(place - PULLED_WITHIN, 0)
        around = range(begin, min(place + PULLED_WITHIN, len(kept)))
        if any(kinds[other] != kinds[place] and _says_more(page, kept[other], index, text) for other in around):
            page.verdict.cut(index, Label.DUPLICATE)


def _says_more(page: _Page, index: int, pulled: int, text: str) -> bool:
    """Whether a paragraph has the pulled text and more."""
    other = page.blocks[index].text
    return len(other) > len(page.blocks[pulled].text) and text in other


def _cut_calls(page: _Page) -> None:
    """What stands last and asks the reader for something is no end of an article, nor is what announces it."""
    called = False
    for _ in range(MAX_CALLS):
        last = page.last_kept()
        block = page.blocks[last]
        sure = SURE_OF_LINKED if block.link_chars or names_address(block.text) else SURE
        if last <= page.begin or page.verdict.probabilities[last] > sure or page.tag(last) in ITEMS:
            return
        if is_call(block.text):
            called = True
        elif not (called and _is_title(page, last)) and not _announces_links(page, last):
            return
        page.verdict.cut(last, Label.PROMOTION)


def _is_title(page: _Page, index: int) -> bool:
    text = page.blocks[index].text
    return page.tag(index) in HEADING_TAGS or (len(text) <= MAX_TITLE_CHARS and text[-1] not in ENDS)


def _announces_links(page: _Page, last: int) -> bool:
    """Whether it promises what turned out to be links to other pages."""
    if last + 1 >= len(page.blocks) or not page.blocks[last].text.endswith(COLONS):
        return False
    behind = page.blocks[last + 1]
    return len(page.blocks[last].text) <= MAX_TITLE_CHARS and 2 * behind.link_chars > len(behind.text)


def _end_at_next_article(page: _Page, title: str) -> bool:
    """Cut the articles below the first: each stands outside the first one's box and has a headline of its own."""
    blocks, kept = page.blocks, page.verdict.kept
    begin = kept.index(True)
    headings = [index for index, tag in enumerate(page.tags, page.begin) if tag in TOP_HEADINGS and index > begin]
    if not headings:
        return False
    headline = next((index for index in range(begin, max(begin - 12, -1), -1) if blocks[index].tag == "h1"), -1)
    box = _shared(blocks[headline].path, page.path(begin)) if headline >= 0 else -1
    if box < 0:
        return False
    for index in headings:
        path = page.path(index)
        if box in path or len(path) > MAX_LEVELS or sum(kept[begin:index]) < MIN_BODY:
            continue
        if _heads_article(blocks, kept, index, title):
            for other in range(index, len(kept)):
                page.verdict.cut(other, Label.RELATED)
            return True
    return False


def _shared(path: tuple[int, ...], other: tuple[int, ...]) -> int:
    """The number of the innermost element around both."""
    return next((number for number in path if number in other), -1)


def _heads_article(blocks: Sequence[Block], kept: Sequence[bool], index: int, title: str) -> bool:
    """Whether the heading is another article's: the main one of its own ``article``, or one with a byline or date."""
    if _is_in_article_of(blocks[kept.index(True)], blocks[index]):
        return False
    is_main = blocks[index].tag == "h1" and "article" in blocks[index].parents
    if not is_main and not _has_byline(blocks, kept, index):
        return False
    said = set(_WORD.findall(blocks[index].text.lower()))
    return len(said) > 0 and len(said & set(_WORD.findall(title.lower()))) <= len(said) // 2


def _has_byline(blocks: Sequence[Block], kept: Sequence[bool], index: int) -> bool:
    """Whether a byline or date stands between the heading and the text."""
    for other in range(index + 1, min(index + BYLINE_WITHIN, len(blocks))):
        if kept[other]:
            return False
        if _is_byline(blocks[other]):
            return True
    return False


def _is_in_article_of(first: Block, block: Block) -> bool:
    """Whether the innermost ``article`` around the first block is around the other one too."""
    parents = first.parents
    return "article" in parents and first.path[parents.index("article") + 1] in block.path


def _is_byline(block: Block) -> bool:
    if len(block.text) > MAX_HEADING_CHARS:
        return False
    if label_by_words(block.text) in _BYLINES:
        return True
    names = " ".join(block.class_tokens[:2]).replace("_", "-").replace("-", " ").split()
    return not _NAMES_OF_BYLINES.isdisjoint(names)
