"""Find the part of the publication that the article stands in."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from stream.cleaning.linked_data import text_of
from stream.cleaning.metadata.folding import fold
from stream.cleaning.metadata.found import Found
from stream.cleaning.metadata.html_page import HtmlPage

MAX_CHARS = 60
MAX_WORDS = 6
MAX_VALUES = 10

_HOME = re.compile(
    r"home(?:[ -]?page)?|start(?:seite|sida)?|accueil|inicio|início|portada|hem|forside|etusivu|pagina iniziale|"
    r"strona główna|úvod|ana ?sayfa|αρχική|главная|головна|首页|首頁|ホーム|トップ|홈|الرئيسية",
    re.I,
)
# What content management systems call any article, or one that nobody put anywhere.
_NO_SECTION = re.compile(
    r"(?:\w+ ?)?(?:articles?|artikel|artículo|artigo|articolo|artykuł|článek|статья|стаття)|記事|文章|기사|"
    r"(?:news|web|blog) ?(?:story|item|page)|story|stories|posts?|pages?|content|details?|index|archiv(?:e|es|o)?|main|"
    r"root|default|other|misc|none|null|undefined|unknown|n/?a|test|"
    r"uncategori[sz]ed|unkategorisiert|nicht kategorisiert|sin categor[ií]a|sem categoria|senza categoria|"
    r"non class[ée]|niet gecategoriseerd|ikke kategorisert|bez kategorii|без рубрики|未分类|未分類",
    re.I,
)
_KEY = re.compile(r"[\w.:-]*[\w]_[\w.:-]*|[a-z0-9]+(?:-[a-z0-9]+)+|[a-z]+[A-Z]\w*|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}")
_LISTED = re.compile(r"\s*(?:[;|>›»]|,(?=\S)|,(?=.*,))\s*")
_NO_ENDS = ("...", "…", ":", "?", "!")
_LETTER = re.compile(r"[^\W\d_]")


def find_section(page: HtmlPage, found: Found) -> None:
    """What the page declares as people write it, else the last of its breadcrumbs."""
    crumbs = {fold(crumb): crumb for crumb in found.values.get("breadcrumbs", ())}
    headline = fold(found.values.get("headline") or "")
    for value, source in _list_declared(page):
        name = read_section(value, page.site_keys | {headline})
        found.put("articleSection", crumbs.get(fold(name), name) if name else None, source)
    put_section_of_breadcrumbs(found, page.site_keys)


def _list_declared(page: HtmlPage) -> Iterator[tuple[Any, str]]:
    markup = page.markup
    yield page.article.get("articleSection"), "json-ld"
    yield markup.meta("article:section", "og:article:section", "og:section"), "opengraph"
    yield markup.meta("section", "parsely-section", "articlesection", "dc.subject"), "meta"
    yield markup.property("articleSection"), "microdata"


def read_section(value: Any, others: Collection[str] = ()) -> str | None:
    """The first name of a section in a declared value; ``others`` are folded names that are none here."""
    for item in value[:MAX_VALUES] if isinstance(value, list) else [value]:
        for name in _LISTED.split(text_of(item) or ""):
            if _is_name(name) and fold(name) not in others:
                return name
    return None


def _is_name(text: str) -> bool:
    """Whether people write it so: no path, number, key, host, home page or word for any article."""
    if len(text) > MAX_CHARS or len(text.split()) > MAX_WORDS or not _LETTER.search(text) or text.endswith(_NO_ENDS):
        return False
    if "://" in text or text.startswith(("/", "#")) or ("/" in text and text == text.lower()):
        return False
    return not (_KEY.fullmatch(text) or _NO_SECTION.fullmatch(text) or _HOME.fullmatch(text))


def put_section_of_breadcrumbs(found: Found, sites: Collection[str] = ()) -> None:
    """The last step of the breadcrumbs that were found, unless that is the home page."""
    crumbs: Sequence[str] = found.values.get("breadcrumbs", ())
    if crumbs and _is_name(crumbs[-1]) and fold(crumbs[-1]) not in sites:
        found.put("articleSection", crumbs[-1], found.provenance["breadcrumbs"])
