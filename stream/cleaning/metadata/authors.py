"""Find who wrote the article: what machines are told, else what readers are shown."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from stream.cleaning.addresses import absolute
from stream.cleaning.dateline import agency_in_byline, credited_agency
from stream.cleaning.linked_data import text_of
from stream.cleaning.metadata.bylines import (
    is_bare_by,
    is_byline,
    is_list,
    names_helpers,
    read_authors,
    read_shown_authors,
)
from stream.cleaning.metadata.folding import fold, fold_name
from stream.cleaning.metadata.found import Found
from stream.cleaning.metadata.html_page import HtmlPage
from stream.cleaning.values import Label
from stream.events import Author

MAX_TEXTS = 20
MIN_SITE_LETTERS = 5  # of a name that tells a site
MAX_NAMED = 2_000  # blocks whose names are looked at; pages have some hundreds
MAX_BODY_CHARS = 2_000  # of each paragraph
MAX_BYLINE_CHARS = 120
MAX_DATE_CHARS = 40  # of a line that is a date and nothing else
NEAR_TOKENS = 6  # class and id tokens of the block itself and its nearest parents

_NAME_THEN_DATE = re.compile(r"^([^\d|•·,—–]{4,40}?)\s*[|•·,—–]\s*.{0,12}?\d{1,4}[.,/ -]")
_NAME = re.compile(r"(?:[^\W\d_a-z](?:\.|[^\W\d_A-Z][\w'’.-]*|['’][\w'’.-]+)?(?:\s|$))+")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DATE_THEN_NAME = re.compile(r"\d{4}\s*[|•·—–-]\s*(?:(?:um )?\d\d?:\d\d(?: Uhr)?\s*[|•·—–-]\s*)?([^\d|•·,—–]{4,40})$")


def find_authors(page: HtmlPage, found: Found) -> None:
    """People whom machines are told of, unless a byline names others or more: a CMS signs with whoever typed.

    Readers are told better, too, where machines get a handle or what is much like the site's name. An agency that is
    named with them is found as well.
    """
    unsure: tuple[tuple[str, ...], str] | None = None
    for texts, source in _list_declared(page):
        names = read_authors(texts, page.site_keys, is_declared=True)
        names = tuple(name for name in names if not _is_section(name, page))
        if unsure is None:
            found.put("agency", _first_agency(texts), source)
        if names and not any(_is_unsure(name, page.site_keys) for name in names):
            found.put("authors", _byline_against(names, page), "text")
            found.put("authors", names, source)
            break
        unsure = unsure or ((names, source) if names else None)
    else:
        _find_shown(page, found)
        if unsure:
            found.put("authors", *unsure)
    _find_signed_agency(page, found)
    for name in found.values.get("authors", ()):
        found.authors[name] = _describe(name, page)
    agency = found.values.get("agency")
    if agency and "authors" not in found.values:
        found.put("authors", (agency,), found.provenance["agency"])
        found.authors[agency] = Author(name=agency, isOrganization=True)
    _find_credited_agency(page, found)


def _describe(name: str, page: HtmlPage) -> Author:
    """The author with the address and the role that JSON-LD has for the name."""
    key, role = fold_name(name), None
    pending = [page.article.get("author") or page.article.get("creator")]
    for _ in range(MAX_TEXTS):
        if not pending:
            break
        item = page.data.resolve(pending.pop())
        if isinstance(item, list):
            pending.extend(reversed(item))
        elif isinstance(item, dict):
            inner = item.get("author") or item.get("creator")
            role = text_of(item.get("roleName")) or role
            if inner:
                pending.append(inner)
            elif fold_name(text_of(item.get("name")) or "") == key:
                address = absolute(text_of(item.get("url")), page.base)
                return Author(name=name, url=address, role=text_of(item.get("jobTitle")) or role)
    return Author(name=name)


def _byline_against(declared: Sequence[str], page: HtmlPage) -> tuple[str, ...]:
    """The people in the line below the headline that says who wrote it, where it contradicts what machines are told."""
    for text, label, tokens in page.below_heading():
        names: tuple[str, ...] = ()
        if _is_of_others(tokens) or names_helpers(text):
            continue
        if is_byline(text):
            names = read_shown_authors([text], page.site_keys, after_by=True)
        elif label is Label.BYLINE and text in page.markup.shown_authors:
            names = read_shown_authors([text], page.site_keys)
        if names:
            if not _contradicts(names, declared, is_list(text)):
                return ()
            names = _without_common(names, page)
            return names if _contradicts(names, declared, is_list(text)) else ()
    return ()


def _contradicts(byline: Sequence[str], declared: Sequence[str], is_joined: bool) -> bool:
    """Whether a byline names others than machines are told of, or others, too, joined by an "and".

    One that only spells a name otherwise says nothing, nor does a nickname.
    """
    if any(" " not in name for name in byline):
        return False
    others = [name for name in byline if not any(_may_be_same(name, told) for told in declared)]
    return bool(others) and (is_joined or len(others) == len(byline))


def _may_be_same(name: str, other: str) -> bool:
    """Whether two names may be one person's: one stands in the other, or the surnames are alike."""
    one, two = fold_name(name), fold_name(other)
    return one in two or two in one or fold(name.split()[-1]) == fold(other.split()[-1])


def _is_section(name: str, page: HtmlPage) -> bool:
    """Whether one word is what the page calls a section of its own, or a step of its menus."""
    if " " in name:
        return False
    key = fold(name)
    sections = [text_of(page.article.get("articleSection")), *page.markup.metas.get("article:section", ())[:MAX_TEXTS]]
    menus = (block.text for block, _, _ in page.blocks[:MAX_NAMED] if "nav" in block.parents)
    return any(fold(section) == key for section in (*sections, *menus) if section)


def _first_agency(texts: Iterable[str]) -> str | None:
    return next((agency for agency in map(agency_in_byline, texts) if agency), None)


def _find_signed_agency(page: HtmlPage, found: Found) -> None:
    """The agency in a byline."""
    if "agency" not in found.values:
        bylines = [text for text in page.near_headline() if is_byline(text)]
        # Neither initials nor a photographer's credit.
        shown = (text for text in page.markup.shown_authors[:MAX_TEXTS] if len(text) > 2 or text == "AP")
        signs = (text for text in shown if not names_helpers(text))
        found.put("agency", _first_agency((*signs, *bylines)), "text")


def _find_credited_agency(page: HtmlPage, found: Found) -> None:
    """The agency in a line above or below the body that says where the report is from."""
    if "agency" not in found.values:
        credited = map(credited_agency, _around_body(page))
        found.put("agency", next((agency for agency in credited if agency), None), "text")


def _list_declared(page: HtmlPage) -> Iterator[tuple[list[str], str]]:
    """What machines are told of the authors, the surest source first."""
    metas = page.markup.metas
    names = page.data.names_of(page.article.get("author") or page.article.get("creator"))
    for texts, source in (
        (names, "json-ld"),
        (page.markup.properties.get("author", ()), "microdata"),
        (metas.get("author", ()) or metas.get("article:author", ()), "meta"),
        (metas.get("dc.creator", ()) or metas.get("parsely-author", ()), "meta"),
    ):
        if texts:
            yield list(texts[:MAX_TEXTS]), source


def _is_unsure(name: str, sites: Collection[str]) -> bool:
    """Whether a declared name may be a user's handle or the site's own in other words."""
    key = fold_name(name)
    if " " not in name and name.islower():
        return True
    return len(key) >= MIN_SITE_LETTERS and any(
        key in site or (len(site) >= MIN_SITE_LETTERS and site in key) for site in sites
    )


def _find_shown(page: HtmlPage, found: Found) -> None:
    """Whom the page names to its readers, the surest place first."""
    for texts_of, after_by in _SHOWN:
        names = read_shown_authors(texts_of(page), page.site_keys, after_by=after_by)
        if names:
            found.put("authors", _without_common(names, page), "text")
        if "authors" in found.values:
            return


def _without_common(names: Iterable[str], page: HtmlPage) -> tuple[str, ...]:
    """The names but those whose words the article has in small letters: "Master Gardener", "Design Style"."""
    return tuple(name for name in names if not _is_common(name, page.body))


def _is_common(name: str, body: Sequence[str]) -> bool:
    longer = [word.lower() for word in name.split() if len(word) > 2]
    return len(longer) > 1 and all(any(_has_word(text, word) for text in body) for word in longer)


def _has_word(text: str, word: str) -> bool:
    """Whether the word stands alone in the text, and in no address."""
    if word not in text:  # hardly any name does, and this is quick
        return False
    return re.search(rf"(?<![\w'’@._/-]){re.escape(word)}(?![\w'’@_/-]|\.\w)", text[:MAX_BODY_CHARS]) is not None


def _named_elements(page: HtmlPage) -> Sequence[str]:
    return page.markup.shown_authors


def _named_block(page: HtmlPage) -> list[str]:
    """The first short text in an element that is named as an author's or a byline."""
    for block, _, _ in page.blocks[:MAX_NAMED]:
        tokens = block.class_tokens
        if len(block.text) <= MAX_BYLINE_CHARS and _is_named_author(tokens[:NEAR_TOKENS]) and not _is_of_others(tokens):
            return [block.text]
    return []


def _is_named_author(tokens: Sequence[str]) -> bool:
    names = " ".join(tokens)
    return "author" in names or "byline" in names or "autor" in names


def _is_of_others(tokens: Sequence[str]) -> bool:
    """Whether the element stands in comments or a side column."""
    names = " ".join(tokens)
    return "comment" in names or "sidebar" in names or "related" in names


def _around_body(page: HtmlPage) -> list[str]:
    return [text for text, _ in page.around_body()]


def _labelled_byline(page: HtmlPage) -> list[str]:
    """The first text around the body that was labelled as a byline."""
    return [text for text, label in page.around_body() if label is Label.BYLINE][:1]


def _beside_date(page: HtmlPage) -> list[str]:
    """The first name of two or three words that shares a line above the body with a date."""
    for text in (*_around_body(page), *page.near_headline()):
        found = _NAME_THEN_DATE.search(text) or _DATE_THEN_NAME.search(text)
        if found and len(found[1].split()) in (2, 3):
            return [found[1]]
    return []


def _alone_beside_by(page: HtmlPage) -> list[str]:
    """A line below the heading that is a name and nothing else, next to one that is a "By" or a date alone.

    The article itself names other people.
    """
    lines = page.near_headline()
    for before, line, behind in zip(["", *lines], lines, [*lines[1:], ""], strict=False):
        is_beside = is_bare_by(before) or _is_date(before) or _is_date(behind)
        if is_beside and len(line.split()) in (2, 3) and _NAME.fullmatch(line):
            is_told_of = any(line in text for text in page.body if text != line)
            return [] if is_told_of or _is_unsure(line, page.site_keys) else [line]
    return []


def _is_date(line: str) -> bool:
    return len(line) <= MAX_DATE_CHARS and _YEAR.search(line) is not None


# Where readers are told who wrote it, and whether only what follows a "By" counts there.
_SHOWN: tuple[tuple[Callable[[HtmlPage], Sequence[str]], bool], ...] = (
    (_named_elements, False),
    (HtmlPage.near_headline, True),
    (_named_block, False),
    (_around_body, True),
    (_labelled_byline, False),
    (_beside_date, False),
    (_alone_beside_by, False),
)
