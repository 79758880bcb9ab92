"""The features that describe a block to the trained model: declared once, in the order of the model's columns.

``features_plain`` computes them, and is what each of them means; the compiled half takes its columns from here, and a
test holds the two equal.
"""

from dataclasses import dataclass

from stream.cleaning.values import Label, Segmented

MIN_PROSE_WORDS = 8
LOSS = 8.0  # words that a block without prose costs the run it stands in
LEVELS = 5  # parents of a block that are looked at
PROBE_CHARS = 40
MAX_WEIGHED_CHARS = 400.0  # of a block in the best run of the second pass
OWN_CLASS_TOKENS = 3  # class and id tokens that are the block's own, or nearly
LEXICON_WORDS = 24  # words of a block that are looked up
FAR = 30.0  # blocks; farther counts the same
BULLETS = "-*•·–►▪●‣"
ENDS = ".!?…。！？｡؟।॥۔։።፧။។៕༎"
COMMAS = ",،、，;；፣၊"
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

NEAR = (-2, -1, 1, 2)
FAR_NEAR = (-3, -2, -1, 1, 2, 3)


@dataclass(frozen=True, slots=True)
class Feature:
    """A column of the model: its name, as ``clean --explain`` prints it, and what is counted."""

    name: str
    meaning: str


TEXT = (
    Feature("chars", "characters"),
    Feature("words", "words between spaces, and half a word for each letter of a script without spaces"),
    Feature("word_length", "letters a word"),
    Feature("commas", "commas a word"),
    Feature("ends", "marks that end sentences"),
    Feature("last_end", "whether such a mark is among the last two characters"),
    Feature("first_upper", "whether the first character is a capital"),
    Feature("bullet", "whether the first character is a bullet"),
    Feature("digits", "share of digits"),
    Feature("upper", "share of capitals among the letters"),
    Feature("titled", "capitals behind a space, a word"),
    Feature("marks", "share of other marks"),
    Feature("no_case", "share of letters of scripts without case"),
    Feature("pipes", "signs that separate the steps of a breadcrumb"),
    Feature("quotes", "quotation marks"),
    Feature("copies", "blocks of the page with the same text, this one included"),
    Feature("title_share", "share of its words that are longer words of the page's title"),
    Feature("title_recall", "share of the title's longer words that it has, counted with repeats"),
    Feature("lexicon_mean", "mean log odds of its first words to stand in a body"),
    Feature("lexicon_min", "the lowest of these, at most 0"),
    Feature("lexicon_max", "the highest of these, at least 0"),
    Feature("lexicon_known", "share of its first words that the lexicon has"),
    Feature("lexicon_first", "log odds of the first word"),
)
PLACE = (
    Feature("place_blocks", "share of the page's blocks before it"),
    Feature("place_chars", "share of the page's characters before it"),
    Feature("good", "words, if it is prose: some words, a full stop or two commas, few links"),
    Feature("in_run", "whether it stands in the run of blocks with the most prose"),
    Feature("run_before", "blocks until that run begins"),
    Feature("run_after", "blocks since it ended"),
    Feature("run_share", "share of the page's prose in that run"),
    Feature("shared_words", "share of its longer words that the run has elsewhere"),
    Feature("gap", "whether the block before it stands in another element, or paragraph of a text"),
    Feature("said", "the label that its words say, as a number; -1 where they say none"),
    Feature("list_near", "blocks since one that heads a list of other articles or comments"),
)
NEIGHBOUR = (
    Feature("chars", "characters of the block so far off; -1 beyond the page's ends"),
    Feature("good", "its words of prose; -1 likewise"),
    Feature("link", "its share of linked characters; -1 likewise"),
    Feature("lexicon", "its mean log odds; 0 likewise"),
    Feature("kin", "whether it is of the same kind; -1 likewise"),
)
PAGE = (
    Feature("link_share", "share of linked characters"),
    Feature("depth", "elements around it that are blocks, itself included, thirteen at most"),
    Feature("tag_rank", "its element, as a number; -1 for a rare one"),
    Feature("heading", "the rank of a heading; 0 for others"),
    Feature("class_tokens_min", "the lowest log odds among its class and id tokens and their parts, at most 0"),
    Feature("class_tokens_max", "the highest, at least 0"),
    Feature("class_tokens_sum", "their sum"),
    Feature("own_min", "the lowest among the first three, which are its own or nearly"),
    Feature("own_max", "the highest among these"),
    Feature("own_sum", "their sum"),
    Feature("hidden", "whether the page hides it"),
    Feature("siblings", "blocks in its parent"),
    Feature("kind_count", "blocks of its kind: same element, parent's element, depth and first token"),
    Feature("kind_good", "share of the page's prose in these"),
    Feature("kind_link", "share of linked characters in these"),
    Feature("kind_share", "share of prose blocks among these"),
    Feature("best_in", "whether it stands in the element that Readability's score finds best"),
    Feature("best_height", "elements between; -1 outside"),
    Feature("parent_score", "its parent's score against the best"),
    Feature("declared", "whether its middle stands in the body that the page declares; -1 where it declares none"),
    Feature("declared_share", "length of that body against the page's text"),
)
INSIDE = tuple([Feature(f"in_{tag}", f"whether it stands in {tag}") for tag in ABOVE])
LEVEL = (
    Feature("good_share", "share of the page's prose in the element so many levels up"),
    Feature("link", "share of linked characters in it"),
    Feature("prose_share", "share of the page's prose blocks in it"),
)
SECOND = (
    Feature("p", "the first pass's probability that it is body"),
    Feature("p_run", "whether it stands in the run of blocks that are likeliest body"),
    Feature("p_run_before", "blocks until that run begins"),
    Feature("p_run_after", "blocks since it ended"),
    Feature("p_mean", "mean probability on the page"),
    Feature("p_before", "characters before it, each times its block's probability"),
    Feature("p_after", "characters behind it, likewise"),
    Feature("p_parent", "mean probability of its parent's other characters; -1 where there are none"),
    Feature("p_grandparent", "the same one level up"),
    Feature("p_kind", "the same of its kind"),
    Feature("p_last_sure", "blocks since one that is surely body"),
    Feature("p_next_sure", "blocks until one that is"),
)
FAR_NEIGHBOUR = (Feature("p", "the first pass's probability of the block so far off; -1 beyond the page's ends"),)


def _names(*features: Feature) -> tuple[str, ...]:
    return tuple([feature.name for feature in features])


def _names_at(places: tuple[int, ...], *features: Feature) -> tuple[str, ...]:
    return tuple([f"{feature.name}{place:+d}" for place in places for feature in features])


TEXT_NAMES = (*_names(*TEXT, *PLACE), *_names_at(NEAR, *NEIGHBOUR))
HTML_NAMES = (
    *TEXT_NAMES,
    *_names(*PAGE, *INSIDE),
    *[f"{feature.name}_{level}" for level in range(LEVELS) for feature in LEVEL],
)
SECOND_NAMES = (*_names(*SECOND), *_names_at(FAR_NEAR, *FAR_NEIGHBOUR))
COPIES = HTML_NAMES.index("copies")


# The classes of letters of scripts without spaces between words, without case, and of the first without full stops.
UNSPACED, UNCASED, UNSTOPPED = "字", "ا", "ก"
CLASSES = '.,"|9Aa -' + UNSPACED + UNCASED + UNSTOPPED
MIN_UNSTOPPED = 60  # letters of a script without full stops that make prose
_UNSTOPPED_RANGES = (("\u0e00", "\u0eff"), ("\u0f40", "\u0fbc"), ("\u1000", "\u109f"), ("\u1780", "\u17d3"))


def class_of(char: str) -> str:
    if char in ENDS:
        return "."
    if char in COMMAS:
        return ","
    if char in QUOTES:
        return '"'
    if char in "|>›»/•·":
        return "|"
    if char.isdigit():
        return "9"
    if any(first <= char <= last for first, last in _UNSTOPPED_RANGES):
        return UNSTOPPED  # Thai, Lao, Tibetan, Burmese, Khmer: vowels above and below are marks, not letters
    if char.isupper():
        return "A"
    if char.islower():
        return "a"
    if char.isalpha():
        # scripts without spaces between words: kana, ideographs; the rest has words between spaces
        return UNSPACED if "\u3040" <= char <= "\u9fff" else UNCASED
    return " " if char.isspace() else "-"


def page_title(segmented: Segmented) -> str:
    """The HTML title; of a text page the first of its first lines that is long enough to be one."""
    if segmented.markup is not None:
        return segmented.markup.title or ""
    return next((block.text for block in segmented.blocks[:6] if block.text.count(" ") >= 3), "")
