"""Find who publishes the page."""

from stream.cleaning.linked_data import text_of
from stream.cleaning.metadata.folding import fold
from stream.cleaning.metadata.found import Found
from stream.cleaning.metadata.headline_candidates import find_site_behind
from stream.cleaning.metadata.html_page import HtmlPage


def find_publisher(page: HtmlPage, found: Found) -> None:
    """The name that the site goes by; JSON-LD may have its company's, which two others that agree outvote."""
    markup, data = page.markup, page.data
    site, application = markup.meta("og:site_name"), markup.meta("application-name")
    if site and application and fold(site) == fold(application):
        found.put("publisher", site, "opengraph")
    found.put("publisher", next(iter(data.names_of(page.article.get("publisher"))), None), "json-ld")
    found.put("publisher", site, "opengraph")
    found.put("publisher", markup.property("publisher"), "microdata")
    found.put("publisher", markup.meta("dc.publisher", "dcterms.publisher", "publisher", "application-name"), "meta")
    found.put("publisher", next((text_of(site.get("name")) for site in data.sites), None), "json-ld")
    found.put("publisher", find_site_behind(markup.title or "", [heading.text for heading in markup.headings]), "title")
