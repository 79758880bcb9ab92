"""Describe each block by numbers, so that a trained model can judge it; the same text numbers for HTML and text pages.

``features_plain`` computes them, and ``stream/_native/blocks.pyx`` the same; a test holds the two equal.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from stream.cleaning.values import Block, Label, Segmented

if TYPE_CHECKING:  # the compiled twin imports this module, and the model imports the compiled twin
    from stream.cleaning.label.model import Head


__all__ = [
    "HTML_NAMES",
    "SECOND_NAMES",
    "TEXT_NAMES",
    "best_run",
    "both_passes",
    "candidates",
    "chances_of",
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
CLASSES = '.,"|9Aa -' + UNSPACED + UNCASED


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
        if not cut and block.tag not in CUT and CAPTIONS.isdisjoint(block.hints[:2]):
            found.append(index)
    hidden = {index for index in found if "hidden" in blocks[index].hints}
    return [index for index in found if index not in hidden] if hidden and not _hides_most(blocks) else found


def _hides_most(blocks: Sequence[Block]) -> bool:
    """Whether the page hides most of its text until a script shows it."""
    hidden = sum([len(block.text) for block in blocks if "hidden" in block.hints])
    return 2 * hidden > sum([len(block.text) for block in blocks])


def chances_of(blocks: Sequence[Block], title: str, declared: str, head: "Head", *, html: bool) -> list[float]:
    """For each block the chance (0 to 1) that it is body."""
    from stream.cleaning.label import features_plain  # with numpy, which compiled code needs not

    return features_plain.chances_of(blocks, title, declared, head, html=html) if blocks else []


def both_passes(blocks: Sequence[Block], title: str, declared: str, head: "Head", *, html: bool) -> list[list[float]]:
    """One row for each block: those of the first pass, then those of the second, which needs the first's chances."""
    from stream.cleaning.label import features_plain

    return _rows(features_plain.both_passes(blocks, title, declared, head, html=html)) if blocks else []


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
    from stream.cleaning.label import features_plain

    return _rows(features_plain.first_pass(blocks, title, declared, words, hints, html=html)) if blocks else []


def second_pass(blocks: Sequence[Block], chances: Sequence[float]) -> list[list[float]]:
    """One row (``SECOND_NAMES``) for each block, from the first pass's chances of the blocks around it."""
    from stream.cleaning.label import features_plain

    return _rows(features_plain.second_pass(blocks, chances)) if blocks else []


def _rows(columns: Any) -> list[list[float]]:
    rows: list[list[float]] = columns.T.tolist()
    return rows


def weigh_parts(token: str, weights: Mapping[str, float]) -> tuple[float, float, float]:
    """Lowest, highest and summed weight of a token and of its parts."""
    low = high = total = 0.0
    for weight in map(weights.get, split_hint(token)):
        if weight is not None:
            total += weight
            if weight < low:
                low = weight
            elif weight > high:
                high = weight
    return low, high, total


def split_hint(token: str) -> list[str]:
    """A class or id and its parts: ``article-body__text`` -> itself, article, body, text."""
    if "-" not in token and "_" not in token:
        return [token]
    return [token, *[part for part in token.replace("_", "-").split("-") if len(part) > 1]]


def clean_word(token: str) -> str:
    """A lower-case token without the punctuation around it."""
    return token.strip(AROUND_WORDS)
