"""Find what a page says about its article beside the body, each field from the best evidence that there is."""

from collections.abc import Callable, Sequence

from stream.cleaning.metadata.access import find_access
from stream.cleaning.metadata.authors import find_authors
from stream.cleaning.metadata.breadcrumbs import find_breadcrumbs
from stream.cleaning.metadata.canonical_url import find_canonical_url
from stream.cleaning.metadata.date_modified import find_date_modified
from stream.cleaning.metadata.date_published import find_date_published
from stream.cleaning.metadata.dateline import find_dateline
from stream.cleaning.metadata.description import find_description
from stream.cleaning.metadata.found import Found
from stream.cleaning.metadata.headline import find_headline
from stream.cleaning.metadata.html_page import HtmlPage, open_page
from stream.cleaning.metadata.image import find_image
from stream.cleaning.metadata.keywords import find_keywords
from stream.cleaning.metadata.language import find_language
from stream.cleaning.metadata.publisher import find_publisher
from stream.cleaning.metadata.section import find_section
from stream.cleaning.metadata.text_page import find_in_text
from stream.cleaning.values import Draft, Labelled, Markup

# In this order: breadcrumbs leave out the headline, and the section may be the last of them.
FINDERS: tuple[Callable[[HtmlPage, Found], None], ...] = (
    find_canonical_url,
    find_image,
    find_publisher,
    find_headline,
    find_description,
    find_authors,
    find_date_modified,
    find_date_published,
    find_breadcrumbs,
    find_section,
    find_keywords,
    find_access,
    find_language,
)


class FindFields:
    """Labelled -> Draft. Never fails for what a page says wrong: such a field stays empty."""

    name = "metadata"
    version = "4"

    def __call__(self, labelled: Labelled) -> Draft:
        found = Found()
        markup = labelled.markup
        if markup is None:
            body: Sequence[str] = labelled.body_texts()
            find_in_text(labelled, body, found)
        else:
            page = open_page(labelled, markup)
            body = page.body
            for find in FINDERS:
                find(page, found)
        find_dateline(body, found)
        return Draft(
            url=labelled.url,
            http_status=labelled.http_status,
            blocks=labelled.blocks,
            markup=markup,
            fields=found.close(),
            declared_types=_declared_types(markup) if markup else frozenset(),
        )


def _declared_types(markup: Markup) -> frozenset[str]:
    graph_type = markup.meta("og:type")
    types = markup.linked_data.types
    return types | {f"og:{graph_type.lower()}"} if graph_type else types
