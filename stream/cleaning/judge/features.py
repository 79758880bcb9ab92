"""What of a page tells its kind: the columns of the model of page kinds.

None of them is something that only pages of one language can have: addresses, classes and ids are English everywhere.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise

from stream import native
from stream.cleaning.judge.page import JudgedPage
from stream.cleaning.linked_data import TRUSTED_ARTICLE_TYPES
from stream.cleaning.values import HEADING_TAGS, Label, LabelledBlock, Markup

LONG_PARAGRAPH = 20  # words
TEASER = 6  # words
WORD_CHARS = 12  # a text with fewer spaces than one for so many characters is of a script without them
CHARS_A_WORD = 2.5  # of such a script
MAX_PRICED_CHARS = 60  # a longer text that holds a price tells of one
MAX_TOKENS = 400  # of classes and ids that are looked at
MACHINE = frozenset({"json-ld", "microdata", "opengraph", "meta"})
SIGNS = "$€£¥₹₽₩฿₺₴₪円元원"
CURRENCIES = "USD|EUR|GBP|CHF|SEK|NOK|DKK|PLN|zł|kr|Kč|Ft|lei|Rs"

# Regular expressions that begin with a character of a set are searched for several times as fast as others.
_PRICES = (
    re.compile(rf"[{SIGNS}] ?\d"),
    re.compile(rf"\d ?(?:[{SIGNS}]|(?:{CURRENCIES})\b)"),
    re.compile(rf"[{''.join(sorted({name[0] for name in CURRENCIES.split('|')}))}]\w{{1,2}}\.? \d"),
)
_CURRENCY_NAMES = tuple(CURRENCIES.split("|"))
_NAMED_PRICE = re.compile(rf"(?:{CURRENCIES})\b\.? \d")


def _step(words: str) -> re.Pattern[str]:
    """A whole step of a path that is one of these words, or their plural."""
    return re.compile(rf"/(?:{words})s?(?=[/.?]|$)", re.IGNORECASE)


_ADDRESSES: Mapping[str, re.Pattern[str]] = {
    "article": _step(
        r"article|news|stor(?:y|ie)|blog|post|politic|sport|opinion|world|business|press|release|magazine|\d{4}/\d\d"
    ),
    "product": _step("product|item|dp|p|pd|sku|produkt|produit|producto|prodotto|buy"),
    "collection": _step("collection|categor(?:y|ie)|shop|store|catalog(?:ue)?|c|s|cat|department|browse|range"),
    "forum": _step(
        "forum|thread|viewtopic|showthread|discussion|communit(?:y|ie)|question|t|topic|talk|comment|answer|board|r|s"
    ),
    "documentation": _step(
        r"doc|documentation|api|reference|manual|guide|wiki|help|kb|support|tutorial|learn|developer|man|latest|stable|"
        r"v?\d+(?:\.[\dx]+)*|faq|library|sdk|cli|get(?:ting)?-started|overview|introduction|install(?:ation)?"
    ),
    "manual": _step("doc|documentation|api|reference|manual|wiki|man|sdk"),
    "service": _step(
        "service|solution|about|about-us|contact|pricing|feature|platform|compan(?:y|ie)|career|practice|program|course|"
        "industr(?:y|ie)|team|plan|department|location|local|what-we-do|capabilit(?:y|ie)|tool|use-case"
    ),
    "listing": _step("tag|search|archive|author|page|director(?:y|ie)|list|q|label|listing|event|result|job"),
}
_HOSTS: Mapping[str, re.Pattern[str]] = {
    "documentation": re.compile(r"^(?:docs?|developers?|help|support|wiki|learn|kb|api)\.|readthedocs|github\.io"),
    "forum": re.compile(r"forum|communit|discuss|stack|reddit|talk"),
}
# Parts of classes and ids, in the singular.
_NAMES: Mapping[str, frozenset[str]] = {
    "price": frozenset("price sku cart basket bag buy swatch variant stock quantity woocommerce checkout".split()),
    "card": frozenset("card tile grid collection catalog facet filter pagination sort listing swiper carousel".split()),
    "product": frozenset({"product", "prod", "pdp", "plp"}),
    "post": frozenset("thread forum topic vote answer signature discussion message board phpbb poster".split()),
    "comment": frozenset("comment commentlist reply replies avatar respond".split()),
    "documentation": frozenset("doc docs markdown toc api highlight code sphinx md wiki mw rst pre docsearch".split()),
    "service": frozenset(
        "hero cta feature testimonial pricing faq accordion contact service benefit logo stat counter elementor".split()
    ),
    "article": frozenset(
        """article story byline author entry post headline dateline publish published timestamp caption share social
        related newsletter""".split()
    ),
}
_NAMES_OF = {
    form: place for place, words in enumerate(_NAMES.values()) for word in sorted(words) for form in (word, word + "s")
}
_PARTS = re.compile(r"[A-Z]?[a-z]+")
_TYPES: Mapping[str, frozenset[str]] = {
    "og_article": frozenset({"og:article"}),
    "article": TRUSTED_ARTICLE_TYPES,
    "product": frozenset({"Product", "ProductGroup", "og:product", "og:product.item", "og:product.group"}),
    "offer": frozenset({"Offer", "AggregateOffer"}),
}

# Column by column: what it counts. Logarithms are natural, of one more.
FEATURES: Mapping[str, str] = {
    "body_words": "logarithm of the words of the body",
    "body_share": "words of the body a visible word",
    "body_links": "share of linked characters in the body",
    "links": "share of linked characters in the page",
    "certainty": "mean probability of the body's blocks by characters, where no rule decided",
    "long_paragraphs": "logarithm of the body's paragraphs of 20 words and more",
    "run_blocks": "blocks a run of the body's blocks",
    "span_share": "words of the body a word between its first and last block",
    "before": "share of the visible words before the body",
    "containers": "elements that hold the body's blocks, a block",
    "words_per_head": "words of the body a heading and one",
    "code_share": "share of code in the body's words",
    "teaser_share": "share of the body's blocks beside the linked headline of another page",
    "prices": "logarithm of the prices in short blocks",
    "code": "logarithm of the blocks of code",
    "bylines": "logarithm of the blocks that name an author",
    "others": "logarithm of the blocks cut without a name",
    "p": "logarithm of the blocks that are p elements",
    "div": "the same of div",
    "pre": "the same of pre",
    **{f"type_{name}": "whether the page declares such a type" for name in _TYPES},
    "date": "where its date comes from: -1 none, 0 the text, 1 markup, 2 JSON-LD",
    "author": "the same of its authors",
    "shown_authors": "logarithm of the elements whose names promise an author",
    "headline": "logarithm of the headline's characters",
    "last_chars": "logarithm of the characters of the address's last step",
    "dashes": "dashes and underscores in that step",
    "path_digits": "digits in the address's path",
    "story_path": "whether the address has the form of an article's",
    **{f"address_{name}": "whether the address has a word of this kind" for name in _ADDRESSES},
    **{f"host_{name}": "whether the host has one" for name in _HOSTS},
    **{f"names_{name}": "words of this kind a class or id" for name in _NAMES},
}


def describe(page: JudgedPage) -> list[float]:
    """The page's row of features, in the order of ``FEATURES``."""
    return [*_describe_blocks(page), *_describe_fields(page), *_describe_address(page), *_describe_names(page)]


def count_prices(page: JudgedPage) -> int:
    """Prices in the page's short texts."""
    short = "\n".join([block.text for block, _, _ in page.blocks if len(block.text) <= MAX_PRICED_CHARS])
    signed, followed, named = _PRICES
    count = len(signed.findall(short)) + len(followed.findall(short))
    if any(name in short for name in _CURRENCY_NAMES):
        count += sum(1 for found in named.finditer(short) if _NAMED_PRICE.match(short, found.start()))
    return count


def count_about(text: str) -> float:
    """About how many words a text has: by its spaces, or by its letters where there are hardly any."""
    spaces = text.count(" ") + 1
    return len(text) / CHARS_A_WORD if len(text) > WORD_CHARS * spaces and not text.isascii() else spaces


def _describe_blocks(page: JudgedPage) -> Iterable[float]:
    blocks = page.blocks
    texts = [block.text for block, _, _ in blocks]
    is_spaced = all(map(str.isascii, texts))
    words: list[float] = [text.count(" ") + 1 for text in texts] if is_spaced else [count_about(text) for text in texts]
    visible = sum(words)
    body = [index for index, (_, label, _) in enumerate(blocks) if label.is_body]
    kept = sum([words[index] for index in body])
    chars = linked_chars = heads = long = 0
    code = scored = certainty = 0.0
    containers = set()
    for index in body:
        block, label, score = blocks[index]
        length = len(block.text)
        chars += length
        linked_chars += block.link_chars
        containers.add(block.path[1:2])
        if label is Label.HEADING:
            heads += 1
        elif words[index] >= LONG_PARAGRAPH and block.tag not in HEADING_TAGS:
            long += 1
        if label is Label.CODE:
            code += words[index]
        if score is not None:
            scored += length
            certainty += length * score
    runs = sum(1 for before, index in pairwise(body) if index != before + 1) + 1
    linked = page.linked
    teasers = 0
    if True in linked:
        teasers = sum(1 for i in body if words[i] >= TEASER and True in linked[max(0, i - 2) : i + 3])
    tags = [block.tag for block, _, _ in blocks]
    labels = [label for _, label, _ in blocks]
    all_chars = sum(map(len, texts))
    count = max(1, len(body))
    return (
        math.log1p(kept),
        kept / max(1.0, visible),
        linked_chars / max(1, chars),
        sum([block.link_chars for block, _, _ in blocks]) / max(1, all_chars),
        certainty / max(1.0, scored),
        math.log1p(long),
        len(body) / runs,
        kept / max(1.0, sum(words[body[0] : body[-1] + 1])) if body else 0.0,
        sum(words[: body[0]]) / max(1.0, visible) if body else 1.0,
        len(containers) / count,
        kept / (1 + heads),
        code / max(1.0, kept),
        teasers / count,
        math.log1p(count_prices(page)),
        math.log1p(labels.count(Label.CODE)),
        math.log1p(labels.count(Label.BYLINE)),
        math.log1p(labels.count(Label.OTHER)),
        math.log1p(tags.count("p")),
        math.log1p(tags.count("div")),
        math.log1p(tags.count("pre")),
    )


def _describe_fields(page: JudgedPage) -> Iterable[float]:
    fields = page.fields
    markup = page.draft.markup or Markup()
    return (
        *[float(not page.declared_types.isdisjoint(named)) for named in _TYPES.values()],
        _rank_source(fields.provenance.get("datePublished")),
        _rank_source(fields.provenance.get("authors")),
        math.log1p(len(markup.shown_authors)),
        math.log1p(len(fields.headline or "")),
    )


def _rank_source(source: str | None) -> float:
    return -1.0 if source is None else float((source in MACHINE) + (source == "json-ld"))


def _describe_address(page: JudgedPage) -> Iterable[float]:
    path, host = page.path or "", page.host
    last = path.partition("?")[0].rstrip("/").rpartition("/")[2]
    return (
        math.log1p(len(last)),
        float(last.count("-") + last.count("_")),
        float(sum(map(str.isdigit, path))),
        float(page.is_story),
        *[float(pattern.search(path) is not None) for pattern in _ADDRESSES.values()],
        *[float(pattern.search(host) is not None) for pattern in _HOSTS.values()],
    )


def _describe_names(page: JudgedPage) -> Iterable[float]:
    tokens = distinct_class_tokens(page.blocks, MAX_TOKENS)
    counts = [0] * len(_NAMES)
    for part, count in Counter(_PARTS.findall(" ".join(tokens))).items():
        place = _NAMES_OF.get(part.lower())
        if place is not None:
            counts[place] += count
    return [count / max(1, len(tokens)) for count in counts]


def distinct_class_tokens_plain(blocks: Iterable[LabelledBlock], most: int) -> set[str]:
    """The classes and ids of a page; of a page with more than so many, of its first blocks."""
    tokens: set[str] = set()
    for block, _, _ in blocks:
        tokens.update(block.class_tokens)
        if len(tokens) > most:
            break
    return tokens


if native.IS_COMPILED:
    from stream._native.naming import distinct_class_tokens
else:
    distinct_class_tokens = distinct_class_tokens_plain
