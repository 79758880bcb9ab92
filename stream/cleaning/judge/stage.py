"""Decide whether the page is an article at all, and if not, say what it is and what gave it away."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from stream.cleaning.judge.phrases import ACCEPT, CONSENT, CONSENT_HINTS, ERROR, LOGIN, PAYWALL, SEARCH
from stream.cleaning.values import Attributed, Block, Rejection
from stream.cleaning.words import count_words
from stream.events import RejectionReason

__all__ = ["Judge"]

# Words of body. What follows the limits was chosen on the training pages; the dev pages confirm it.
CERTAIN = 400  # from here on only HTTP or what the page declares can make it anything but an article
ERROR_WORDS = 120
CONSENT_WORDS = 350
MAX_CONSENT_CHARS = 5_000  # of a block that are searched for words of consent, which come early
PAYWALL_WORDS = 120
PAYWALL_PHRASE_WORDS = 80
LOGIN_WORDS = 80
TOO_SHORT = 20
TEASER_WORDS = 60  # a longer paragraph announces no other article
LISTING_WORDS = 120
MIN_TEASERS = 3
MIN_LINKS = 8  # linked texts of a few words each, from which a page without a paragraph is a list of them
MANY_LINKS = 20  # the same, where nothing else says that the page is a list
LINK_WORDS = 4
PARAGRAPH_WORDS = 6
CHARS_A_WORD = 3  # of languages that write no spaces, in which a word is hard to count
MAX_TITLE_CHARS = 160
MAX_PATH_CHARS = 2_000  # of an address; servers refuse longer ones, and patterns would look at them for minutes

ARTICLES = frozenset(
    """NewsArticle Article BlogPosting ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle ReviewNewsArticle
    LiveBlogPosting TechArticle ScholarlyArticle Report og:article""".split()
)
LISTINGS = frozenset("CollectionPage SearchResultsPage ProfilePage og:profile".split())
DECLARATIONS = frozenset({"json-ld", "microdata", "opengraph", "meta"})
THINGS = frozenset(
    """Product ProductGroup Offer AggregateOffer JobPosting RealEstateListing Vehicle Car Hotel LodgingBusiness
    SoftwareApplication MobileApplication og:product og:product.item og:product.group""".split()
)


class Judge:
    """Attributed -> Attributed, or a Rejection that says why the page is no article."""

    name = "judge"
    version = "1"

    def __call__(self, attributed: Attributed) -> Attributed | Rejection:
        page = _Page(attributed)
        for rule in RULES:
            evidence = rule.judge(page)
            if evidence:
                return Rejection(rule.reason, evidence)
        return attributed


class _Page:
    """What the rules look at; each figure is worked out when the first rule asks for it."""

    def __init__(self, attributed: Attributed) -> None:
        labelled = attributed.labelled
        self.attributed = attributed
        self.blocks: Sequence[Block] = labelled.segmented.blocks
        self.kept = [label.is_body for label in labelled.labels]
        self.url = labelled.segmented.document.page.url or ""
        self.status = labelled.segmented.document.page.httpStatus
        self.kinds = attributed.kinds

    @cached_property
    def words(self) -> int:
        """Words of body, counted no further than ``CERTAIN``: long articles are not counted for nothing."""
        return self.words_of(index for index, kept in enumerate(self.kept) if kept)

    @cached_property
    def visible_words(self) -> int:
        return sum(count_words(block.text) for block in self.blocks)

    @property
    def is_declared(self) -> bool:
        """Whether the page says that it is an article, or when it was published."""
        dated = self.attributed.fields.provenance.get("datePublished") in DECLARATIONS
        return dated or not self.kinds.isdisjoint(ARTICLES)

    @property
    def is_root(self) -> bool:
        """Whether the address is a site's front page."""
        return self.path is not None and _ROOT.fullmatch(self.path) is not None

    @property
    def is_section(self) -> bool:
        """Whether the address has the form of a section's: a word or two a step, no date, no number, no long name."""
        return self.path is not None and _SECTION.fullmatch(self.path) is not None

    @property
    def is_story(self) -> bool:
        """Whether the address has the form of an article's: a date, or a name of many words."""
        return self.path is not None and _STORY.search(self.path) is not None

    @cached_property
    def path(self) -> str | None:
        """The address's path with its query; None without an address."""
        try:
            parts = urlsplit(self.url)
        except ValueError:
            return None
        return (parts.path + ("?" + parts.query if parts.query else ""))[:MAX_PATH_CHARS] if parts.netloc else None

    @cached_property
    def titles(self) -> list[str]:
        """What the page is called: its headline, its title and its main headings, or the first lines of a text."""
        markup = self.attributed.labelled.segmented.markup
        if markup is None:
            shown = [block.text for block in self.blocks[:3]]
        else:
            shown = [markup.title or "", *[heading.text for heading in markup.headings[:4]]]
        return [text for text in (self.attributed.fields.headline or "", *shown) if 0 < len(text) <= MAX_TITLE_CHARS]

    @cached_property
    def linked(self) -> list[bool]:
        """For each block, whether it is mostly a link of some words, as the headline of another article is."""
        return [block.link_chars * 2 > len(block.text) and _has_words(block.text, LINK_WORDS) for block in self.blocks]

    def words_of(self, indexes: Iterable[int]) -> int:
        """Words of these blocks, counted no further than ``CERTAIN``."""
        words = 0
        for index in indexes:
            words += count_words(self.blocks[index].text)
            if words >= CERTAIN:
                break
        return words

    def paragraphs(self) -> Iterator[int]:
        """The kept blocks that are sentences rather than headings."""
        for index, block in enumerate(self.blocks):
            if self.kept[index] and block.tag not in _HEADINGS and _has_words(block.text, PARAGRAPH_WORDS):
                yield index

    def is_teaser(self, index: int) -> bool:
        """Whether a kept paragraph stands beside the linked headline of another article, or is its link."""
        return any(self.linked[max(0, index - 2) : index + 3]) and count_words(self.blocks[index].text) < TEASER_WORDS


_ROOT = re.compile(r"/?(?:index\.\w+|home|[a-z]{2})?/?")
_SECTION = re.compile(r"(?:/[a-z]+(?:[-_][a-z]+)?){1,3}/?", re.IGNORECASE)
_STORY = re.compile(r"/(?:19|20)\d\d/\d\d?(?:/|$)|(?:[-_][^/?_-]+){4}|\d{5,}[^/]*$")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def _has_words(text: str, fewest: int) -> bool:
    """Whether a text has so many words, by its spaces; or so much text, where there are no spaces."""
    return text.count(" ") + 1 >= fewest or (not text.isascii() and len(text) >= CHARS_A_WORD * fewest)


@dataclass(frozen=True, slots=True)
class _Rule:
    """``judge`` returns the evidence for ``reason``, or None."""

    reason: RejectionReason
    judge: Callable[[_Page], str | None]


def _refused_by_server(page: _Page) -> str | None:
    if page.status is None or page.status < 400 or (page.words >= CERTAIN and page.is_declared):
        return None
    return f"HTTP status {page.status}, {page.words} words of text"


def _without_text(page: _Page) -> str | None:
    return None if page.words or page.visible_words else f"no words in {len(page.blocks)} blocks"


def _error(page: _Page) -> str | None:
    if page.words >= ERROR_WORDS or page.is_declared:
        return None
    title = next((title for title in page.titles if ERROR.search(title)), None)
    return f'titled "{title}", {page.words} words of text' if title else None


def _consent(page: _Page) -> str | None:
    """Mostly sentences about cookies and data, with buttons to agree or names that say so."""
    if page.words >= CONSENT_WORDS or (page.is_declared and page.words >= TEASER_WORDS):
        return None
    total = said = other = 0
    for block, kept in zip(page.blocks, page.kept, strict=True):
        if len(block.text) >= 40 and block.link_chars * 2 < len(block.text):
            total += len(block.text)
            if CONSENT.search(block.text, 0, MAX_CONSENT_CHARS):
                said += len(block.text)
            elif kept:
                other += count_words(block.text)
    if not total or said * 2 < total or other >= TEASER_WORDS:
        return None
    buttons = sum(1 for block in page.blocks if len(block.text) <= 40 and ACCEPT.search(block.text))
    named = any(CONSENT_HINTS.search(hint) for block in page.blocks for hint in block.hints)
    if buttons or named:
        return f"{said / total:.0%} of the running text is about consent to cookies, {buttons} buttons to agree"
    return None


def _paywall(page: _Page) -> str | None:
    if page.words >= PAYWALL_WORDS:
        return None
    phrase = next((block.text for block in page.blocks if len(block.text) <= 300 and PAYWALL.search(block.text)), None)
    if phrase and (page.words < PAYWALL_PHRASE_WORDS or page.attributed.fields.isAccessibleForFree is False):
        return f'{page.words} words of text, then: "{phrase[:120]}"'
    if page.attributed.fields.isAccessibleForFree is False:
        return f"the page declares that it is not free, and shows {page.words} words of text"
    return None


def _thing(page: _Page) -> str | None:
    if page.is_declared or page.words >= CERTAIN:
        return None
    named = sorted(page.kinds & THINGS)
    return f"the page declares itself as {', '.join(named)} and not as an article" if named else None


def _login(page: _Page) -> str | None:
    if page.words >= LOGIN_WORDS or page.is_declared:
        return None
    title = next((title for title in page.titles if LOGIN.search(title)), None)
    return f'titled "{title}", {page.words} words of text' if title else None


def _listing(page: _Page) -> str | None:
    """Paragraphs that announce other articles, or links and hardly a paragraph."""
    if page.is_declared and not page.is_root:
        return None
    paragraphs = list(page.paragraphs())
    teasers = {index for index in paragraphs if page.is_teaser(index)}
    own_words = page.words_of(index for index in paragraphs if index not in teasers)
    links = sum(page.linked)
    evidence = f"{len(teasers)} of {len(paragraphs)} paragraphs announce other articles, {links} links with headlines"
    said = page.is_root or not page.kinds.isdisjoint(LISTINGS) or any(map(SEARCH.search, page.titles))
    if said or page.is_section:
        limit = LISTING_WORDS if said else TEASER_WORDS
        has_teasers = min(len(teasers), links) >= MIN_TEASERS and own_words < limit
        return evidence if has_teasers or (links >= MIN_LINKS and page.words < limit) else None
    if page.is_story:
        return None
    has_teasers = min(len(teasers), links) >= 2 * MIN_TEASERS and own_words < TEASER_WORDS
    return evidence if has_teasers or (links >= MANY_LINKS and page.words < TEASER_WORDS) else None


def _too_short(page: _Page) -> str | None:
    if page.words >= TOO_SHORT or (page.words and page.words * 2 > page.visible_words):
        return None
    return f"{page.words} words of text among {page.visible_words} visible"


RULES = (
    _Rule(RejectionReason.ERROR_PAGE, _refused_by_server),
    _Rule(RejectionReason.EMPTY, _without_text),
    _Rule(RejectionReason.ERROR_PAGE, _error),
    _Rule(RejectionReason.CONSENT_WALL, _consent),
    _Rule(RejectionReason.PAYWALL_STUB, _paywall),
    _Rule(RejectionReason.NOT_AN_ARTICLE, _thing),
    _Rule(RejectionReason.NOT_AN_ARTICLE, _login),
    _Rule(RejectionReason.LISTING, _listing),
    _Rule(RejectionReason.TOO_SHORT, _too_short),
)
