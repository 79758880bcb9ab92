"""Find when the article was published: what machines are told, else what readers are shown."""

import re
from collections.abc import Iterator

from stream.cleaning.linked_data import text_of
from stream.cleaning.metadata.date_changed import is_of_change, list_dates
from stream.cleaning.metadata.date_words import offsets_of
from stream.cleaning.metadata.dates import Date, read_date, to_shown_zone
from stream.cleaning.metadata.found import Found
from stream.cleaning.metadata.html_page import HtmlPage
from stream.cleaning.values import Label, Moment

DAY_CHARS = 10  # of an ISO 8601 date that names the day
MAX_CLOCKS = 5  # time elements that are asked for a time of day
MAX_MOMENTS = 20
MAX_LABELLED = 5
MAX_DATED_PARAGRAPHS = 4
MAX_DATELINE_CHARS = 60

_METAS = (
    "datepublished", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created",
    "pubdate", "publishdate", "publish_date", "publish-date", "publication_date", "published_at", "pub_date",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "citation_publication_date", "citation_date",
    "article:published", "og:pubdate", "datecreated", "article_date_original", "originalpublicationdate",
)  # fmt: skip
_VAGUE_METAS = ("date", "dc.date", "dcterms.date")  # which do not say of what
_CLOCK = re.compile(r"\d\s?(?:[:hu.時时点點시]|giờ)\s?\d\d")
_NUMBER = re.compile(r"\d\d")
_YEAR = re.compile(r"(?:19|20)\d\d")
_ADDRESS_MONTH = re.compile(r"/((?:19|20)\d\d)/([a-z]{3,9})/([0-3]?\d)(?=[/.-]|$)", re.IGNORECASE)
_ADDRESS_DATE = re.compile(
    r"[/_-]((?:19|20)\d\d)[/_-]([01]?\d)[/_-]([0-3]?\d)(?=[/_.-]|$)|/((?:19|20)\d\d[01]\d[0-3]\d)(?!\d)|"
    r"[/_-]([0-3]?\d[_.-][01]?\d[_.-](?:19|20)\d\d)(?=[/_.-]|$)"
)


def find_date_published(page: HtmlPage, found: Found) -> None:
    date, source = _choose_declared(page)
    if date and len(date.value) == DAY_CHARS:
        found.put_published(*_declared_clock_of(page, date))
        found.put_published(_find_clock_of(page, date), "text")
    found.put_published(_in_own_zone(page, date) if date else None, source)
    created = text_of(page.article.get("dateCreated") or page.article.get("uploadDate"))
    found.put_published(page.read_date(created), "json-ld")
    if "datePublished" not in found.values:
        _find_shown(page, page.read_date(page.markup.meta(*_VAGUE_METAS)), found)


def _choose_declared(page: HtmlPage) -> tuple[Date | None, str]:
    """When the markup says the article was published; where it tells several days, the one that readers see too."""
    sources = _list_declared(page)
    told: Iterator[tuple[Date, str]] = ((date, source) for text, source in sources if (date := page.read_date(text)))
    if len({text[:DAY_CHARS] for text, _ in sources if text}) > 1:
        dates = list(told)
        lines = (Moment("", text, "") for text in page.near_headline())
        shown = {date.day for line in lines if (date := page.read_date(line.text)) and not is_of_change(line, date)}
        told = iter(sorted(dates, key=lambda one: one[0].day not in shown))
    return next(told, (None, ""))


def _list_declared(page: HtmlPage) -> tuple[tuple[str | None, str], ...]:
    markup = page.markup
    return (
        (text_of(page.article.get("datePublished")), "json-ld"),
        (markup.property("datePublished"), "microdata"),
        (markup.meta("article:published_time", "og:article:published_time"), "opengraph"),
        (markup.meta(*_METAS), "meta"),
    )


def _declared_clock_of(page: HtmlPage, told: Date) -> tuple[Date | None, str]:
    """The same day as another place in the markup tells it, with its time."""
    for text, source in _list_declared(page):
        date = page.read_date(text)
        local = _in_own_zone(page, date) if date and len(date.value) > DAY_CHARS else None
        if date and local and told.day in (date.day, local.day):
            return local, source
    return None, ""


def _find_clock_of(page: HtmlPage, told: Date) -> Date | None:
    """The same day as readers are shown it, with its time."""
    near = (Moment("", text, "") for text in page.near_headline())
    for moment in (*page.markup.moments[:MAX_CLOCKS], *page.markup.shown_dates[:MAX_CLOCKS], *near):
        for text in (moment.value, moment.text):
            shown = page.read_date(text) if _CLOCK.search(text) else None
            if shown and shown.day == told.day and len(shown.value) > DAY_CHARS and not is_of_change(moment, shown):
                return shown
    return None


def _in_own_zone(page: HtmlPage, told: Date) -> Date:
    """A date in UTC as the page shows it to readers: late evening in one zone is the next day in UTC."""
    if not told.value.endswith("+00:00"):
        return told
    offsets = offsets_of(page.host, page.date_language)
    near = (Moment("", text, "") for text in page.near_headline())
    for moment in (*page.markup.moments[:MAX_CLOCKS], *near):
        for text in (moment.value, moment.text):
            shown = page.read_date(text) if _CLOCK.search(text) else None
            local = to_shown_zone(told, shown, offsets) if shown else told
            if shown and local is not told and not is_of_change(moment, shown):
                return local
    return told


def _find_shown(page: HtmlPage, told: Date | None, found: Found) -> None:
    """The day that readers see, or that the address has; else what they see of a date. Never a modified one.

    ``told`` is the date in a meta element that does not say of what: often when the page was last built.
    """
    rough = None
    for moment in _list_shown_moments(page):
        date = next((date for date, is_changed in list_dates(moment, page.read_date) if not is_changed), None)
        if date is None or date.raw == date.value[:4]:
            continue
        if len(date.value) >= DAY_CHARS:
            if told and told.day == date.day:
                found.put_published(told, "meta")
            found.put_published(date, "text")
            return
        rough = rough or date
    found.put_published(date_in_address(page.url), "url")
    found.put_published(told, "meta")
    found.put_published(rough, "text")


def _list_shown_moments(page: HtmlPage) -> Iterator[Moment]:
    """What may show readers a date, the likeliest first; later ones are looked for only if those give none.

    A date between headline and body is the article's: elsewhere stand today's, a film's, other articles'.
    """
    moments = (*page.markup.moments[:MAX_MOMENTS], *page.markup.shown_dates)
    above = [text for text in page.above_body() if _NUMBER.search(text)]
    if any(page.read_date(text) for text in above):
        yield from (moment for moment in moments if moment.text and any(moment.text in text for text in above))
        yield from (Moment("", text, "") for text in above)
    yield from moments
    yield from _list_dates_before_paragraphs(page)
    around = (text for text, _ in page.around_body() if _YEAR.search(text))
    labelled = (*page.texts(Label.DATE)[:MAX_LABELLED], *page.texts(Label.BYLINE)[:MAX_LABELLED])
    for text in (*page.near_headline(), *around, *labelled):
        yield Moment("", text, "")


def _list_dates_before_paragraphs(page: HtmlPage) -> Iterator[Moment]:
    """The dates that the body's first paragraphs begin with, as press releases do."""
    for text in page.body[:MAX_DATED_PARAGRAPHS]:
        date = page.read_date(text[:MAX_DATELINE_CHARS])
        if date and text.lstrip("([ ").startswith(date.raw):
            yield Moment("", date.raw, "")


def date_in_address(url: str | None) -> Date | None:
    """The day in an address such as /2025/03/14/tram, /2025/mar/14/tram or /14-03-2025-tram, or None."""
    match = _ADDRESS_DATE.search(url or "")
    if match is None:
        named = _ADDRESS_MONTH.search(url or "")
        return read_date(f"{named[3]} {named[2]} {named[1]}") if named else None
    if match[5]:  # a day first: no address that was seen has a month there
        return read_date(match[5].replace("_", "-"), day_first=True)
    return read_date("-".join(match.group(1, 2, 3)) if match[1] else match[4])
