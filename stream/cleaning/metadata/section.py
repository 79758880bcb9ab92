"""Find the part of the publication that the article stands in."""

import re
from collections.abc import Collection, Sequence

from stream.cleaning.linked_data import text_of
from stream.cleaning.metadata.folding import fold
from stream.cleaning.metadata.found import Found
from stream.cleaning.metadata.html_page import HtmlPage

_HOME = re.compile(
    r"home(?:page)?|start(?:seite)?|accueil|inicio|início|portada|hem|forside|главная|首页|首頁|ホーム|トップ|홈", re.I
)


def find_section(page: HtmlPage, found: Found) -> None:
    """What the page declares, else the last of its breadcrumbs."""
    markup = page.markup
    found.put("articleSection", text_of(page.article.get("articleSection")), "json-ld")
    found.put("articleSection", markup.meta("article:section", "og:article:section", "og:section"), "opengraph")
    found.put("articleSection", markup.meta("section", "parsely-section", "articlesection", "dc.subject"), "meta")
    found.put("articleSection", markup.property("articleSection"), "microdata")
    put_section_of_breadcrumbs(found, page.site_keys)


def put_section_of_breadcrumbs(found: Found, sites: Collection[str] = ()) -> None:
    """The last step of the breadcrumbs that were found, unless that is the home page."""
    crumbs: Sequence[str] = found.values.get("breadcrumbs", ())
    if crumbs and not _HOME.fullmatch(crumbs[-1]) and fold(crumbs[-1]) not in sites:
        found.put("articleSection", crumbs[-1], found.provenance["breadcrumbs"])
