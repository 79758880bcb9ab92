"""Work out what the rules look at, each figure once and only if a rule asks for it."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from urllib.parse import SplitResult, urlsplit

from stream.cleaning.linked_data import TRUSTED_ARTICLE_TYPES
from stream.cleaning.values import HEADING_TAGS, Draft
from stream.cleaning.words import count_words

# Words of body. What follows the limits was chosen on the training pages; the dev pages confirm it.
CERTAIN = 400  # from here on only HTTP or what the page declares can make it anything but an article
TEASER_WORDS = 60  # a longer paragraph announces no other article
LINK_WORDS = 4
PARAGRAPH_WORDS = 6
CHARS_A_WORD = 3  # of languages that write no spaces, in which a word is hard to count
MAX_TITLE_CHARS = 160
MAX_TITLES = 4  # main headings
MAX_TITLE_LINES = 3  # of a text
MAX_PATH_CHARS = 2_000  # of an address; servers refuse longer ones, and patterns would look at them for minutes

_DECLARED_ARTICLES = TRUSTED_ARTICLE_TYPES | {"og:article"}
_DECLARATIONS = frozenset({"json-ld", "microdata", "opengraph", "meta"})
_ARCHIVED = re.compile(r"^https?://web\.archive\.org/web/\d+[a-z_]*/(?=https?://)")  # a copy's address holds the page's
_ROOT = re.compile(r"/?(?:index\.\w+|home|[a-z]{2})?/?")
_SECTION = re.compile(r"(?:/[a-z]+(?:[-_][a-z]+)?){1,3}/?", re.IGNORECASE)
_STORY = re.compile(r"/(?:19|20)\d\d/\d\d?(?:/|$)|(?:[-_][^/?_-]+){4}|\d{5,}[^/]*$")


class JudgedPage:
    """The figures of a page by which it is judged."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.blocks = draft.blocks
        self.fields = draft.fields
        self.status = draft.http_status
        self.declared_types = draft.declared_types

    @cached_property
    def words(self) -> int:
        """Words of body, counted no further than ``CERTAIN``: long articles are not counted for nothing."""
        return self.words_of(block.text for block, label, _ in self.blocks if label.is_body)

    @cached_property
    def visible_words(self) -> int:
        return sum(count_words(block.text) for block, _, _ in self.blocks)

    @cached_property
    def last_body_index(self) -> int:
        """Where the body's last block is; -1 without a body."""
        return max((index for index, (_, label, _) in enumerate(self.blocks) if label.is_body), default=-1)

    @property
    def is_declared(self) -> bool:
        """Whether the page says that it is an article, or when it was published."""
        dated = self.fields.provenance.get("datePublished") in _DECLARATIONS
        return dated or not self.declared_types.isdisjoint(_DECLARED_ARTICLES)

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
        parts = self._address
        if parts is None:
            return None
        return (parts.path + ("?" + parts.query if parts.query else ""))[:MAX_PATH_CHARS] if parts.netloc else None

    @property
    def host(self) -> str:
        """The address's host with its port, in lower case; empty without an address."""
        return self._address.netloc.lower() if self._address else ""

    @cached_property
    def _address(self) -> SplitResult | None:
        try:
            return urlsplit(_ARCHIVED.sub("", self.draft.url or ""))
        except ValueError:
            return None

    @cached_property
    def titles(self) -> list[str]:
        """What the page is called: its headline, its title and its main headings, or the first lines of a text."""
        markup = self.draft.markup
        if markup is None:
            shown = [block.text for block, _, _ in self.blocks[:MAX_TITLE_LINES]]
        else:
            shown = [markup.title or "", *[heading.text for heading in markup.headings[:MAX_TITLES]]]
        return [text for text in (self.fields.headline or "", *shown) if 0 < len(text) <= MAX_TITLE_CHARS]

    @cached_property
    def linked(self) -> list[bool]:
        """For each block, whether it is mostly a link of some words, as the headline of another article is."""
        return [
            block.link_chars * 2 > len(block.text) and _has_words(block.text, LINK_WORDS) for block, _, _ in self.blocks
        ]

    def words_of(self, texts: Iterable[str]) -> int:
        """Words of these texts, counted no further than ``CERTAIN``."""
        words = 0
        for text in texts:
            words += count_words(text)
            if words >= CERTAIN:
                break
        return words

    def paragraphs(self) -> Iterator[int]:
        """The indexes of the kept blocks that are sentences rather than headings."""
        for index, (block, label, _) in enumerate(self.blocks):
            if label.is_body and block.tag not in HEADING_TAGS and _has_words(block.text, PARAGRAPH_WORDS):
                yield index

    def is_teaser(self, index: int) -> bool:
        """Whether a kept paragraph stands beside the linked headline of another article, or is its link."""
        is_beside_link = any(self.linked[max(0, index - 2) : index + 3])
        return is_beside_link and count_words(self.blocks[index].block.text) < TEASER_WORDS


def _has_words(text: str, fewest: int) -> bool:
    """Whether a text has so many words, by its spaces; or so much text, where there are no spaces."""
    return text.count(" ") + 1 >= fewest or (not text.isascii() and len(text) >= CHARS_A_WORD * fewest)
