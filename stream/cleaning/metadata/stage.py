"""Find what a page says about its article beside the body, each field from the best evidence that there is."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from urllib.parse import urljoin, urlsplit

from stream.cleaning.dateline import agency_in_byline, closing_agency, read_dateline
from stream.cleaning.language import detect_language, language_of_tag
from stream.cleaning.linked_data import LinkedData, Node, text_of, types_of
from stream.cleaning.metadata.bylines import name_key, read_authors, read_shown_authors
from stream.cleaning.metadata.dates import Date, as_shown, day_comes_first, read_date
from stream.cleaning.metadata.headline import (
    Candidate,
    Declared,
    choose_headline,
    folded,
    headline_candidates,
    site_behind,
)
from stream.cleaning.metadata.text_page import read_head, steps_of
from stream.cleaning.values import Attributed, Fields, Label, Labelled, Markup, Moment

__all__ = ["FindFields", "candidates_of"]

MAX_TEXT_CHARS = 2000  # of a description
MAX_KEYWORDS = 50
_WEB = ("https://", "http://")
MAX_CRUMBS = 12
MAX_DATES = 5
DAY_CHARS = 10  # of an ISO 8601 date that names the day
MAX_MOMENTS = 20
MAX_DATED_PARAGRAPHS = 4
MAX_DATELINE_CHARS = 60
MAX_BYLINE_CHARS = 120
MAX_NAMED = 2_000  # blocks whose names are looked at; pages have some hundreds
NEAR_HINTS = 6  # class and id tokens of the block itself and its nearest parents
NEAR = 16  # blocks below the main heading
AROUND_BODY = 10  # blocks
MAX_LINE_CHARS = 200
MAX_AUTHOR_TEXTS = 20
MIN_SITE_LETTERS = 5  # of a name that tells a site
MAX_PARAGRAPHS = 3  # in which a dateline may stand: a summary may come before it


class FindFields:
    """Labelled -> Attributed. Never fails for what a page says wrong: such a field stays empty."""

    name = "metadata"
    version = "3"

    def __call__(self, labelled: Labelled) -> Attributed:
        found = _Found()
        kinds: frozenset[str] = frozenset()
        pairs = zip(labelled.segmented.blocks, labelled.labels, strict=True)
        body = [block.text for block, label in pairs if label.is_body]
        markup = labelled.segmented.markup
        if markup is not None:
            kinds = _from_html(_open_page(labelled, markup), body, found)
        else:
            _from_text(labelled, body, found)
        _from_body(body, found)
        return Attributed(labelled, Fields(**found.values, provenance=found.provenance), kinds)


@dataclass(slots=True)
class _Found:
    """Fields as they are found: the first evidence for a field wins, so the best is asked first."""

    values: dict[str, Any] = field(default_factory=dict)
    provenance: dict[str, str] = field(default_factory=dict)

    def put(self, name: str, value: Any, source: str) -> None:
        if value not in (None, "", ()) and name not in self.values:
            self.values[name] = value
            self.provenance[name] = source

    def put_published(self, date: Date | None, source: str) -> None:
        if date is None or "datePublished" in self.values:
            return
        self.put("datePublished", date.value, source)
        self.put("datePublishedRaw", date.raw, source)
        self.put("datePublishedPrecision", date.precision, source)


@dataclass(frozen=True, slots=True)
class _Page:
    """The evidence in an HTML page; ``article`` is the JSON-LD object that is about this page, {} without one."""

    url: str | None
    host: str
    markup: Markup
    data: LinkedData
    article: Node
    sites: tuple[str, ...]
    site_keys: frozenset[str]
    day_first: bool | None
    labelled: Labelled

    def absolute(self, address: str | None) -> str | None:
        """An address as the page means it, http or https only."""
        if not address or not address.strip():
            return None
        address = address.strip()
        if address.startswith(_WEB):
            return address
        try:
            joined = urljoin(self.url or "", address)
            return joined if joined.startswith(_WEB) else None
        except ValueError:
            return None

    def shown_authors(self) -> list[str]:
        return list(self.markup.shown_authors)

    def near_headline(self) -> list[str]:
        """The short texts below the main heading, where bylines stand."""
        blocks = self.labelled.segmented.blocks
        first = next((index for index, block in enumerate(blocks) if block.tag == "h1"), 0)
        return [block.text for block in blocks[first : first + NEAR] if len(block.text) <= MAX_BYLINE_CHARS]

    def named_as_author(self) -> list[str]:
        """The first short text in an element that is named as an author's or a byline."""
        for block in self.labelled.segmented.blocks[:MAX_NAMED]:
            if len(block.text) <= MAX_BYLINE_CHARS:
                names = " ".join(block.hints[:NEAR_HINTS])
                if ("author" in names or "byline" in names or "autor" in names) and not _is_others(block.hints):
                    return [block.text]
        return []

    def shown_moments(self) -> Iterator[Moment]:
        """What may show readers a date, the likeliest first; later ones are looked for only if those give none."""
        yield from self.markup.moments[:MAX_MOMENTS]
        yield from self.markup.shown_dates
        yield from self.dates_before_paragraphs()
        around = (text for text, _ in self.around_body() if _YEAR.search(text))
        labelled = (*self.blocks(Label.DATE)[:MAX_DATES], *self.blocks(Label.BYLINE)[:MAX_DATES])
        for text in (*self.near_headline(), *around, *labelled):
            yield Moment("", text, "")

    def dates_before_paragraphs(self) -> Iterator[Moment]:
        """The dates that the body's first paragraphs begin with, as press releases do."""
        pairs = zip(self.labelled.segmented.blocks, self.labelled.labels, strict=True)
        for text in islice((block.text for block, label in pairs if label.is_body), MAX_DATED_PARAGRAPHS):
            date = self.read_date(text[:MAX_DATELINE_CHARS])
            if date and text.lstrip("([ ").startswith(date.raw):
                yield Moment("", date.raw, "")

    def around_body(self) -> Iterator[tuple[str, Label]]:
        """The short texts just above the body, then those just below it, with their labels."""
        blocks, labels = self.labelled.segmented.blocks, self.labelled.labels
        body = [index for index, label in enumerate(labels) if label.is_body]
        if not body:
            return
        first, last = body[0], body[-1]
        for begin, end in ((max(0, first - AROUND_BODY), first + 3), (max(first + 3, last), last + AROUND_BODY)):
            for block, label in zip(blocks[begin:end], labels[begin:end], strict=True):
                if len(block.text) <= MAX_LINE_CHARS and label not in _OTHERS_LABELS:
                    yield block.text, label

    def bylines_around_body(self) -> list[str]:
        return [text for text, _ in self.around_body()]

    def labelled_byline(self) -> list[str]:
        """The first text around the body that was labelled as a byline."""
        return [text for text, label in self.around_body() if label is Label.BYLINE][:1]

    def beside_date(self) -> list[str]:
        """The first name of two or three words that shares a line above the body with a date."""
        for text in (*self.bylines_around_body(), *self.near_headline()):
            found = _NAME_THEN_DATE.search(text) or _DATE_THEN_NAME.search(text)
            if found and len(found[1].split()) in (2, 3):
                return [found[1]]
        return []

    def read_date(self, text: str | None) -> Date | None:
        return read_date(text, self.day_first) if text else None

    def blocks(self, label: Label) -> list[str]:
        pairs = zip(self.labelled.segmented.blocks, self.labelled.labels, strict=True)
        return [block.text for block, own in pairs if own is label]


def _from_html(page: _Page, body: Sequence[str], found: _Found) -> frozenset[str]:
    """Find the fields; returns what the page declares itself to be."""
    for find in (
        _find_addresses, _find_publisher, _find_headline, _find_description, _find_authors, _find_dates, _find_sections,
        _find_keywords, _find_access,
    ):  # fmt: skip
        find(page, found)
    declared = language_of_tag(page.markup.language or page.markup.meta("content-language", "og:locale", "language"))
    declared = declared or language_of_tag(text_of(page.article.get("inLanguage")))
    _find_language(page.labelled, body, declared, found)
    graph_type = page.markup.meta("og:type")
    return frozenset(page.data.types | ({f"og:{graph_type.lower()}"} if graph_type else set()))


def _open_page(labelled: Labelled, markup: Markup) -> _Page:
    url = labelled.segmented.document.page.url
    data = markup.linked_data
    host = host_of(url) or host_of(markup.links.get("canonical")) or host_of(markup.meta("og:url"))
    article = _article_of(data, markup, url)
    sites = _site_names(markup, data, article, host)
    language = markup.language if markup.language and len(markup.language) > 2 else None
    return _Page(
        url=url,
        host=host,
        markup=markup,
        data=data,
        article=article,
        sites=sites,
        site_keys=_site_keys(sites, article, data),
        day_first=day_comes_first(language or markup.meta("og:locale") or markup.language, host),
        labelled=labelled,
    )


def host_of(url: str | None) -> str:
    """The host of an address in lower case, without www; empty where there is none."""
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _article_of(data: LinkedData, markup: Markup, url: str | None) -> Node:
    """The object about this page: by address, else by headline; a page's only article needs no proof but a denial."""
    nodes = (*data.articles[:50], *data.weak[:20])
    if not nodes or (len(nodes) == 1 and data.articles):
        return nodes[0] if nodes else {}
    shown = [heading.text for heading in markup.headings[:3]]
    names = [folded(text) for text in (*shown, markup.meta("og:title"), markup.title) if text]
    paths = {path for path in map(_path, (url, markup.links.get("canonical"), markup.meta("og:url"))) if path}
    best: Node = {}
    best_points = 0
    for node in nodes:
        points = 1 if data.articles and node is nodes[0] else 0
        if any(_path(text_of(node.get(key))) in paths for key in ("url", "mainEntityOfPage", "@id")):
            points += 4
        headline = folded(text_of(node.get("headline")) or text_of(node.get("name")) or "")
        if headline and any(headline in name or name in headline for name in names if name):
            points += 4
        points += 1 if "datePublished" in node else 0
        if points > best_points:
            best, best_points = node, points
    return best


def _path(address: str | None) -> str | None:
    """The part of an address that tells pages of one site apart."""
    try:
        parts = urlsplit((address or "").strip())
    except ValueError:
        return None
    return parts.path.rstrip("/") + ("?" + parts.query if parts.query else "") or None


def _site_names(markup: Markup, data: LinkedData, article: Node, host: str) -> tuple[str, ...]:
    """What the site calls itself, and its host with and without the ending."""
    names = data.names_of(article.get("publisher"))
    names += [name for names_of_site in _SITE_METAS for name in markup.metas.get(names_of_site, ())[:3]]
    for site in data.sites[:3]:
        names += data.names_of(site)
    if host:
        names += [host, host.rpartition(".")[0] or host, host.split(".")[-2] if host.count(".") else host]
    return tuple(dict.fromkeys(names))


def _site_keys(sites: Iterable[str], article: Node, data: LinkedData) -> frozenset[str]:
    """The sites' names for comparing, without that of a person who publishes the page and may well be its author."""
    keys = frozenset(key for site in sites for key in (folded(site), name_key(site)) if key)
    publisher = data.resolve(article.get("publisher"))
    if isinstance(publisher, dict) and "Person" in types_of(publisher):
        keys -= frozenset(map(name_key, data.names_of(publisher)))
    return keys


def _find_addresses(page: _Page, found: _Found) -> None:
    found.put("canonicalUrl", page.absolute(page.markup.links.get("canonical")), "link")
    found.put("canonicalUrl", page.absolute(page.markup.meta("og:url")), "opengraph")
    found.put("canonicalUrl", page.absolute(text_of(page.article.get("mainEntityOfPage"))), "json-ld")
    found.put("image", page.absolute(_image(page.article.get("image"))), "json-ld")
    found.put("image", page.absolute(page.markup.meta("og:image", "og:image:url", "og:image:secure_url")), "opengraph")
    found.put("image", page.absolute(page.markup.meta("twitter:image", "twitter:image:src", "thumbnail")), "meta")
    found.put("image", page.absolute(page.markup.links.get("image_src")), "link")


def _image(value: Any) -> str | None:
    """The address of an image given as a text, an object or a list of them."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("url") or value.get("contentUrl")
    return text_of(value)


def _find_publisher(page: _Page, found: _Found) -> None:
    """The name that the site goes by; JSON-LD may have its company's, which two others that agree outvote."""
    site, application = page.markup.meta("og:site_name"), page.markup.meta("application-name")
    if site and application and folded(site) == folded(application):
        found.put("publisher", site, "opengraph")
    found.put("publisher", next(iter(page.data.names_of(page.article.get("publisher"))), None), "json-ld")
    found.put("publisher", site, "opengraph")
    found.put("publisher", _first(page.markup.properties.get("publisher")), "microdata")
    named = page.markup.meta("dc.publisher", "dcterms.publisher", "publisher", "application-name")
    found.put("publisher", named, "meta")
    found.put("publisher", next((text_of(site.get("name")) for site in page.data.sites), None), "json-ld")
    found.put(
        "publisher", site_behind(page.markup.title or "", [heading.text for heading in page.markup.headings]), "title"
    )


def _find_headline(page: _Page, found: _Found) -> None:
    chosen = choose_headline(_headlines(page))
    if chosen:
        found.put("headline", *chosen)


def candidates_of(labelled: Labelled) -> list[Candidate]:
    """What an HTML page may be calling its article, for training."""
    markup = labelled.segmented.markup
    return _headlines(_open_page(labelled, markup)) if markup else []


def _headlines(page: _Page) -> list[Candidate]:
    declared = _declared_headlines(page)
    return headline_candidates(page.markup.headings, declared, page.labelled, page.sites, _path(page.url) or "")


def _declared_headlines(page: _Page) -> Iterator[tuple[str | None, Declared]]:
    """What the page's markup calls the article."""
    markup, article = page.markup, page.article
    yield text_of(article.get("headline")), "headline"
    yield text_of(article.get("name")), "name"
    yield text_of(article.get("alternativeHeadline")), "alternative"
    yield _first(markup.properties.get("headline")), "microdata"
    yield markup.meta("og:title"), "og"
    yield markup.meta("twitter:title"), "twitter"
    yield markup.meta("dc.title", "title", "headline", "dcterms.title", "citation_title", "parsely-title"), "meta"
    yield markup.title, "title"


def _find_description(page: _Page, found: _Found) -> None:
    found.put("description", _short(text_of(page.article.get("description"))), "json-ld")
    found.put("description", _short(page.markup.meta("og:description")), "opengraph")
    found.put("description", _short(page.markup.meta("description", "twitter:description", "dc.description")), "meta")


def _find_authors(page: _Page, found: _Found) -> None:
    """People whom machines are told of; readers are told better where that is a handle or much like the site's name."""
    unsure: tuple[tuple[str, ...], str] | None = None
    for texts, source in _declared_authors(page):
        names = read_authors(texts, page.site_keys)
        if unsure is None:
            found.put("agency", next((agency for agency in map(agency_in_byline, texts) if agency), None), source)
        if names and not any(_is_unsure(name, page.site_keys) for name in names):
            found.put("authors", names, source)
            return
        unsure = unsure or ((names, source) if names else None)
    _find_shown_authors(page, found)
    if unsure:
        found.put("authors", *unsure)


def _declared_authors(page: _Page) -> Iterator[tuple[list[str], str]]:
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
            yield list(texts[:MAX_AUTHOR_TEXTS]), source


def _is_unsure(name: str, sites: Collection[str]) -> bool:
    """Whether a declared name may be a user's handle or the site's own in other words."""
    key = name_key(name)
    if " " not in name and name.islower():
        return True
    return len(key) >= MIN_SITE_LETTERS and any(
        key in site or (len(site) >= MIN_SITE_LETTERS and site in key) for site in sites
    )


def _find_shown_authors(page: _Page, found: _Found) -> None:
    """Whom the page names to its readers, the surest place first."""
    for texts, after_by in _SHOWN_AUTHORS:
        found.put("authors", read_shown_authors(texts(page), page.site_keys, after_by=after_by), "text")
        if "authors" in found.values:
            return


# Where readers are told who wrote it, and whether only what follows a "By" counts there.
_SHOWN_AUTHORS: tuple[tuple[Callable[[_Page], list[str]], bool], ...] = (
    (_Page.shown_authors, False),
    (_Page.near_headline, True),
    (_Page.named_as_author, False),
    (_Page.bylines_around_body, True),
    (_Page.labelled_byline, False),
    (_Page.beside_date, False),
)


def _find_dates(page: _Page, found: _Found) -> None:
    markup, article = page.markup, page.article
    read = page.read_date
    modified, source = read(text_of(article.get("dateModified"))), "json-ld"
    if modified is None:
        names = ("article:modified_time", "og:updated_time", "datemodified", "last-modified")
        modified, source = read(markup.meta(*names)), "meta"
    found.put("dateModified", modified.value if modified else None, source)

    date, source = _told_date(page)
    found.put_published(_in_own_zone(page, date) if date else None, source)
    found.put_published(read(text_of(article.get("dateCreated") or article.get("uploadDate"))), "json-ld")
    if "datePublished" not in found.values:
        _find_shown_date(page, read(markup.meta(*_DATE_NAMES)), found)


def _told_date(page: _Page) -> tuple[Date | None, str]:
    """When the markup says the article was published; where it tells several days, the one that readers see too."""
    markup = page.markup
    sources = (
        (text_of(page.article.get("datePublished")), "json-ld"),
        (_first(markup.properties.get("datePublished")), "microdata"),
        (markup.meta("article:published_time", "og:article:published_time"), "opengraph"),
        (markup.meta(*_PUBLISHED_NAMES), "meta"),
    )
    told: Iterator[tuple[Date, str]] = ((date, source) for text, source in sources if (date := page.read_date(text)))
    if len({text[:DAY_CHARS] for text, _ in sources if text}) > 1:
        dates = list(told)
        lines = (Moment("", text, "") for text in page.near_headline())
        shown = {date.day for line in lines if (date := page.read_date(line.text)) and not _is_modified(line, date)}
        told = iter(sorted(dates, key=lambda one: one[0].day not in shown))
    return next(told, (None, ""))


def _in_own_zone(page: _Page, told: Date) -> Date:
    """A date in UTC as the page shows it to readers: late evening in one zone is the next day in UTC."""
    if not told.value.endswith("+00:00"):
        return told
    near = (Moment("", text, "") for text in page.near_headline())
    for moment in (*page.markup.moments[:MAX_DATES], *near):
        for text in (moment.value, moment.text):
            shown = page.read_date(text) if _CLOCK.search(text) else None
            local = as_shown(told, shown) if shown else told
            if shown and local is not told and not _is_modified(moment, shown):
                return local
    return told


def _find_shown_date(page: _Page, told: Date | None, found: _Found) -> None:
    """The day that readers see, or that the address has; else what they see of a date. Never a modified one.

    ``told`` is the date in a meta element that does not say of what: often when the page was last built.
    """
    rough = None
    for moment in page.shown_moments():
        date = page.read_date(moment.value) or page.read_date(moment.text)
        if date is None or date.raw == date.value[:4] or _is_modified(moment, date):
            continue
        if len(date.value) >= DAY_CHARS:
            if told and told.day == date.day:
                found.put_published(told, "meta")
            found.put_published(date, "text")
            return
        rough = rough or date
    found.put_published(_date_in_address(page.url), "url")
    found.put_published(told, "meta")
    found.put_published(rough, "text")


def _is_modified(moment: Moment, date: Date) -> bool:
    """Whether the element is named so, or the words before the date say it."""
    return bool(_MODIFIED.search(moment.names) or _MODIFIED.search(moment.text.partition(date.raw)[0]))


_SITE_METAS = ("og:site_name", "application-name", "apple-mobile-web-app-title", "publisher", "dc.publisher")
_NAME_THEN_DATE = re.compile(r"^([^\d|•·,—–]{4,40}?)\s*[|•·,—–]\s*.{0,12}?\d{1,4}[.,/ -]")
_DATE_THEN_NAME = re.compile(r"\d{4}\s*[|•·—–-]\s*(?:(?:um )?\d\d?:\d\d(?: Uhr)?\s*[|•·—–-]\s*)?([^\d|•·,—–]{4,40})$")
_CLOCK = re.compile(r"\d\s?[:h.時点點시]\s?\d\d")
_YEAR = re.compile(r"(?:19|20)\d\d")
_OTHERS_LABELS = frozenset({Label.COMMENTS, Label.RELATED, Label.LEGAL, Label.CONSENT})


def _is_others(hints: Sequence[str]) -> bool:
    """Whether the element stands in comments or a side column."""
    names = " ".join(hints)
    return "comment" in names or "sidebar" in names or "related" in names


_PUBLISHED_NAMES = (
    "datepublished", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created",
    "pubdate", "publishdate", "publish_date", "publish-date", "publication_date", "published_at", "pub_date",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "citation_publication_date", "citation_date",
    "article:published", "og:pubdate", "datecreated", "article_date_original", "originalpublicationdate",
)  # fmt: skip
_DATE_NAMES = ("date", "dc.date", "dcterms.date")
_MODIFIED = re.compile(
    r"updated?|modified|aktualisiert|mis à jour|actualizado|aggiornato|更新|zuletzt|last", re.IGNORECASE
)
_ADDRESS_DATE = re.compile(
    r"[/_-]((?:19|20)\d\d)[/_-]([01]?\d)[/_-]([0-3]?\d)(?=[/_.-]|$)|/((?:19|20)\d\d[01]\d[0-3]\d)(?!\d)|"
    r"[/_-]([0-3]?\d[_.-][01]?\d[_.-](?:19|20)\d\d)(?=[/_.-]|$)"
)


def _date_in_address(url: str | None) -> Date | None:
    match = _ADDRESS_DATE.search(url or "")
    if match is None:
        return None
    if match[5]:  # a day first: no address that was seen has a month there
        return read_date(match[5].replace("_", "-"), day_first=True)
    return read_date("-".join(match.group(1, 2, 3)) if match[1] else match[4])


def _find_sections(page: _Page, found: _Found) -> None:
    crumbs = _linked_crumbs(page.data)
    source = "json-ld"
    if not crumbs:
        shown = page.blocks(Label.BREADCRUMB)[:MAX_CRUMBS]
        crumbs, source = [step for text in shown for step in steps_of(text)], "text"
    headline = folded(found.values.get("headline") or "")
    crumbs = [crumb for crumb in crumbs if folded(crumb) and folded(crumb) != headline][:MAX_CRUMBS]
    found.put("breadcrumbs", tuple(crumbs), source)
    found.put("articleSection", text_of(page.article.get("articleSection")), "json-ld")
    found.put("articleSection", page.markup.meta("article:section", "og:article:section", "og:section"), "opengraph")
    found.put("articleSection", page.markup.meta("section", "parsely-section", "articlesection", "dc.subject"), "meta")
    found.put("articleSection", _first(page.markup.properties.get("articleSection")), "microdata")
    found.put("articleSection", _section_of(found.values.get("breadcrumbs", ()), page.site_keys), source)


def _section_of(crumbs: Sequence[str], sites: Collection[str] = ()) -> str | None:
    """The last step of a breadcrumb, unless that is the home page."""
    if not crumbs or _HOME.fullmatch(crumbs[-1]) or folded(crumbs[-1]) in sites:
        return None
    return crumbs[-1]


_HOME = re.compile(
    r"home(?:page)?|start(?:seite)?|accueil|inicio|início|portada|hem|forside|главная|首页|首頁|ホーム|トップ|홈", re.I
)


def _linked_crumbs(data: LinkedData) -> list[str]:
    for trail in data.breadcrumbs[:3]:
        items = trail.get("itemListElement")
        names = [_crumb(item) for item in items[:MAX_CRUMBS]] if isinstance(items, list) else []
        if any(names):
            return [name for name in names if name]
    return []


def _crumb(item: Any) -> str | None:
    if not isinstance(item, dict):
        return None
    name = item.get("name")
    inner = item.get("item")
    return text_of(name if name else inner.get("name") if isinstance(inner, dict) else None)


def _find_keywords(page: _Page, found: _Found) -> None:
    markup = page.markup
    found.put("keywords", _keywords(markup.metas.get("news_keywords")), "meta")
    found.put("keywords", _keywords(page.article.get("keywords")), "json-ld")
    found.put("keywords", _keywords(markup.metas.get("article:tag")), "opengraph")
    found.put("keywords", _keywords(markup.metas.get("keywords")), "meta")


def _keywords(value: Any) -> tuple[str, ...]:
    """Keywords given as a list or as one text with commas, each once, in their order."""
    texts = value if isinstance(value, list | tuple) else [value]
    parts = (part for text in texts[:MAX_KEYWORDS] for part in (text_of(text) or "").replace(";", ",").split(","))
    kept: dict[str, str] = {}
    for part in parts:
        kept.setdefault(part.strip().casefold(), part.strip())
    kept.pop("", None)
    return tuple(kept.values())[:MAX_KEYWORDS]


def _find_access(page: _Page, found: _Found) -> None:
    found.put("isAccessibleForFree", _truth(page.article.get("isAccessibleForFree")), "json-ld")
    found.put("isAccessibleForFree", _truth(_first(page.markup.properties.get("isAccessibleForFree"))), "microdata")
    tier = page.markup.meta("article:content_tier")
    found.put("isAccessibleForFree", {"free": True, "locked": False, "metered": False}.get(tier or ""), "opengraph")


def _truth(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    text = (text_of(value) or "").rpartition("/")[2].lower()
    return {"true": True, "false": False}.get(text)


def _from_text(labelled: Labelled, body: Sequence[str], found: _Found) -> None:
    segmented = labelled.segmented
    url = segmented.document.page.url
    _find_language(labelled, body, None, found)
    day_first = day_comes_first(found.values.get("inLanguage"), host_of(url))
    head = read_head(segmented.blocks, labelled.labels, day_first=day_first)
    found.put("headline", head.headline, "text")
    found.put("breadcrumbs", head.breadcrumbs, "text")
    found.put("articleSection", _section_of(head.breadcrumbs), "text")
    found.put_published(head.date, "text")
    found.put_published(_date_in_address(url), "url")
    found.put("authors", read_authors(head.bylines), "text")
    found.put("agency", next((agency for agency in map(agency_in_byline, head.bylines) if agency), None), "text")


def _from_body(paragraphs: Sequence[str], found: _Found) -> None:
    """Dateline and agency, which stand in the article's own text."""
    for paragraph in paragraphs[:MAX_PARAGRAPHS]:
        dateline = read_dateline(paragraph)
        if dateline:
            found.put("dateline", dateline, "body")
            if dateline.agency:  # who filed it is sure where it is written; a byline's agency may have helped only
                found.values.pop("agency", None)
            found.put("agency", dateline.agency, "body")
            break
    if paragraphs:
        found.put("agency", closing_agency(paragraphs[-1]), "body")


def _find_language(labelled: Labelled, body: Sequence[str], declared: str | None, found: _Found) -> None:
    text = "\n".join(body) or "\n".join(block.text for block in labelled.segmented.blocks[:50])
    detected = detect_language(text, declared)
    found.put("inLanguage", detected, "meta" if declared == detected and len(text) < 100 else "body")


def _first(values: Sequence[str] | None) -> str | None:
    return values[0] if values else None


def _short(text: str | None) -> str | None:
    return " ".join(text.split())[:MAX_TEXT_CHARS] if text else None
