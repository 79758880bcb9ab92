"""Find the headline among what the page calls its article."""

from collections.abc import Iterator

from stream.cleaning.addresses import path_of
from stream.cleaning.linked_data import text_of
from stream.cleaning.metadata.folding import fold
from stream.cleaning.metadata.found import Found
from stream.cleaning.metadata.headline_candidates import Candidate, Declared, choose_headline, list_candidates
from stream.cleaning.metadata.html_page import HtmlPage, open_page
from stream.cleaning.values import Labelled

MIN_ALTERNATIVE_CHARS = 8  # letters and digits; shorter are names of sections and sites
_METAS = ("dc.title", "title", "headline", "dcterms.title", "citation_title", "parsely-title")


def find_headline(page: HtmlPage, found: Found) -> None:
    chosen = choose_headline(_candidates(page))
    if chosen:
        found.put("headline", *chosen)
        _find_alternative(page, chosen[0], found)


def _find_alternative(page: HtmlPage, headline: str, found: Found) -> None:
    """Another headline for machines: one that is neither part of the shown one nor that with the site's name behind."""
    key = fold(headline)
    article = page.article
    declared = (
        (text_of(article.get("alternativeHeadline")), "json-ld"),
        (text_of(article.get("headline")), "json-ld"),
        (page.markup.meta("og:title"), "opengraph"),
    )
    for text, source in declared:
        other = fold(text or "")
        if text and len(other) >= MIN_ALTERNATIVE_CHARS and other not in key and key not in other:
            found.put("alternativeHeadline", text, source)


def candidates_of(labelled: Labelled) -> list[Candidate]:
    """What an HTML page may be calling its article, for training."""
    markup = labelled.markup
    return _candidates(open_page(labelled, markup)) if markup else []


def _candidates(page: HtmlPage) -> list[Candidate]:
    return list_candidates(page.markup.headings, _list_declared(page), page.blocks, page.sites, path_of(page.url) or "")


def _list_declared(page: HtmlPage) -> Iterator[tuple[str | None, Declared]]:
    """What the page's markup calls the article."""
    markup, article = page.markup, page.article
    yield text_of(article.get("headline")), "headline"
    yield text_of(article.get("name")), "name"
    yield text_of(article.get("alternativeHeadline")), "alternative"
    yield markup.property("headline"), "microdata"
    yield markup.meta("og:title"), "og"
    yield markup.meta("twitter:title"), "twitter"
    yield markup.meta(*_METAS), "meta"
    yield markup.title, "title"
