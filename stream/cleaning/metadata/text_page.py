"""Find the fields of a page that arrives as text: what stands above the article, line by line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from stream.cleaning.addresses import host_of
from stream.cleaning.dateline import agency_in_byline
from stream.cleaning.metadata.breadcrumbs import split_trail, steps_of
from stream.cleaning.metadata.bylines import read_authors
from stream.cleaning.metadata.date_changed import list_dates
from stream.cleaning.metadata.date_published import date_in_address
from stream.cleaning.metadata.dates import Date, day_comes_first, read_date
from stream.cleaning.metadata.found import Found
from stream.cleaning.metadata.page_language import tell_language
from stream.cleaning.metadata.section import put_section_of_breadcrumbs
from stream.cleaning.values import Labelled, LabelledBlock, Moment

MAX_LINES = 25  # above the body; farther up stands another page's matter
MAX_HEADLINE_CHARS = 300
MIN_HEADLINE_CHARS = 8
MAX_DATE_CHARS = 120
MAX_BYLINE_CHARS = 160

_HOME = (
    r"(?:home(?:page)?|start(?:seite)?|accueil|inicio|início|página inicial|portada|hlavní stránka|strona główna|"
    r"forside|hem|etusivu|ana ?sayfa|главная|首页|首頁|ホーム|トップ|홈|الرئيسية|front page|news)"
)
_TRAIL = re.compile(
    rf"^(?:(?:current(?: position| location)?|you are here|your position|location|position|sie sind hier|vous êtes ici|"
    rf"estás en|当前位置|您的位置|現在位置)\s*[:：]\s*)?(?P<trail>{_HOME}\s*(?:>>?|›|»|/|→|::|\|)\s*.+)$",
    re.IGNORECASE,
)
_GLUED = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ\d“\"'‘])")
_SUFFIX = re.compile(r"\s*(?:\s[-–—|_·»]|[|_]| -)\s*(?P<site>[^-–—|_·»]{1,40})$")
_BYLINE = re.compile(
    r"^(?:by|von|par|por|di|da|av|written by|author|autor|text|reporting by|reporter|作者|记者|記者)\s*[:：]?\s+\S",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"^(?:views?|hits?|reads?|visits?|share|tweet|print|e-?mail|save|listen|comments?|likes?|font size|a[+-]|loading|"
    r"menu|search|date|time|source|author|category|tags?|section|published|updated|posted|last (?:modified|updated)|"
    r"阅读|浏览|点击|来源)"
    r"\b\s*[:：(]?\s*[\d.,kKmM]*\s*\)?(?:\s*(?:views?|times|comments?|min(?:utes)? read))?$|^[\W\d_]*$",
    re.IGNORECASE,
)
_ENDS = (".", "。", ":", ";", ",")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the text of an article; ``bylines`` are whole lines."""

    headline: str | None
    breadcrumbs: tuple[str, ...]
    date: Date | None
    bylines: tuple[str, ...]


def find_in_text(labelled: Labelled, body: Sequence[str], found: Found) -> None:
    language, source = tell_language(body, labelled.blocks, None)
    found.put("inLanguage", language, source)
    found.put("publisherDomain", host_of(labelled.url), "url")
    day_first = day_comes_first(language, host_of(labelled.url))
    head = read_head(labelled.blocks, day_first=day_first, language=language)
    found.put("headline", head.headline, "text")
    found.put("breadcrumbs", head.breadcrumbs, "text")
    put_section_of_breadcrumbs(found)
    found.put_published(head.date, "text")
    found.put_published(date_in_address(labelled.url), "url")
    found.put("authors", read_authors(head.bylines), "text")
    found.put("agency", next((agency for agency in map(agency_in_byline, head.bylines) if agency), None), "text")


def read_head(blocks: Sequence[LabelledBlock], *, day_first: bool | None, language: str | None = None) -> Head:
    """Headline, breadcrumb, date and byline from the lines above the body (and its own first one)."""
    first = next((index for index, (_, label, _) in enumerate(blocks) if label.is_body), len(blocks))
    lines = [block.text for block, _, _ in blocks[max(0, first - MAX_LINES) : first]]
    trail = next((line for line in lines if _TRAIL.match(line)), None)
    headline = _headline(lines, trail)
    if headline is None and first < len(blocks) and _may_be_headline(blocks[first].block.text):
        headline = blocks[first].block.text
    return Head(
        headline=headline,
        breadcrumbs=_breadcrumbs(trail, headline) if trail else (),
        date=_date([*lines, *_dated_opening(blocks[first : first + 1])], headline, day_first, language),
        bylines=tuple(line for line in lines if len(line) <= MAX_BYLINE_CHARS and _BYLINE.match(line)),
    )


def _headline(lines: Sequence[str], trail: str | None) -> str | None:
    """A line that the page repeats, alone or glued to a breadcrumb or the site's name; else the longest of them."""
    candidates = [line for line in lines if line != trail and _may_be_headline(line)]
    for line in candidates:
        if any(line in other and line != other for other in lines) or lines.count(line) > 1:
            return line
    if candidates:
        best = max(reversed(candidates), key=lambda line: min(len(line), 60))
        return _SUFFIX.sub("", best) if len(candidates) == 1 else best
    if trail:
        return _glued_headline(trail)
    return None


def _may_be_headline(line: str) -> bool:
    return (
        MIN_HEADLINE_CHARS <= len(line) <= MAX_HEADLINE_CHARS
        and not line.endswith(_ENDS)
        and not line.startswith(("- ", "* ", "• "))
        and not _FURNITURE.match(line)
        and not (len(line) <= MAX_BYLINE_CHARS and _BYLINE.match(line))
        and not _is_mostly_date(line)
        and _TRAIL.match(line) is None
    )


def _is_mostly_date(line: str) -> bool:
    if len(line) > MAX_DATE_CHARS:
        return False
    found = read_date(line)
    return found is not None and len(found.raw) * 2 >= len(line)


def _dated_opening(blocks: Sequence[LabelledBlock]) -> list[str]:
    """A line of the body that is a date: "18 de marzo de 2025, 5:20 p. m." ends like a sentence."""
    return [block.text for block, _, _ in blocks if _is_mostly_date(block.text)]


def _glued_headline(trail: str) -> str | None:
    """The headline behind the last step of a breadcrumb without a space: "Home > StocksA top official …"."""
    last = split_trail(trail)[-1]
    glue = _GLUED.search(last)
    headline = _SUFFIX.sub("", last[glue.start() :]) if glue else ""
    return headline if len(headline) >= MIN_HEADLINE_CHARS else None


def _breadcrumbs(trail: str, headline: str | None) -> tuple[str, ...]:
    """The steps of the trail up to the headline."""
    found = _TRAIL.match(trail)
    text = found["trail"] if found else trail
    if headline and headline in text:
        text = text[: text.index(headline)]
    return steps_of(text)


def _date(lines: Sequence[str], headline: str | None, day_first: bool | None, language: str | None) -> Date | None:
    """The first date that says when, past those that stand in the headline or are of a change."""
    for line in lines:
        if line == headline or len(line) > MAX_DATE_CHARS:
            continue
        for date, is_changed in list_dates(Moment("", line, ""), lambda text: read_date(text, day_first, language)):
            if not is_changed:
                return date
    return None
