"""Say what people would see of a page's kind: a model's probability convinces nobody."""

from collections.abc import Callable, Mapping

from stream.cleaning.judge.features import LONG_PARAGRAPH, TEASER, count_about, count_prices
from stream.cleaning.judge.page import JudgedPage
from stream.cleaning.values import HEADING_TAGS, Label
from stream.events import PageKind

MAX_PATH_CHARS = 60

_TYPES: Mapping[PageKind, frozenset[str]] = {
    PageKind.PRODUCT: frozenset("Product ProductGroup Offer AggregateOffer og:product og:product.item".split()),
    PageKind.LISTING: frozenset("CollectionPage ItemList SearchResultsPage Blog".split()),
    PageKind.COLLECTION: frozenset("CollectionPage ItemList OfferCatalog og:product.group".split()),
    PageKind.FORUM: frozenset("DiscussionForumPosting QAPage Question Answer".split()),
    PageKind.SERVICE: frozenset("Service LocalBusiness ProfessionalService Organization Course FAQPage".split()),
    PageKind.DOCUMENTATION: frozenset("TechArticle APIReference SoftwareSourceCode".split()),
}


def describe_kind(page: JudgedPage, kind: PageKind, probability: float) -> str:
    """One line: the kind, how probable it is, and what of the page speaks for it."""
    seen = [text for find in (_declared, *_SIGHTS.get(kind, ())) if (text := find(page, kind))]
    seen.append(_count_paragraphs(page))
    if page.path is not None and len(page.path) > 1:
        seen.append(f"at {page.path[:MAX_PATH_CHARS]}")
    return f"{kind.value} with probability {probability:.2f}: {', '.join(seen)}"


def _declared(page: JudgedPage, kind: PageKind) -> str | None:
    named = sorted(page.declared_types & _TYPES.get(kind, frozenset()))
    return f"declared as {', '.join(named)}" if named else None


def _count_prices(page: JudgedPage, _: PageKind) -> str | None:
    return _counted(count_prices(page), "price")


def _count_links(page: JudgedPage, _: PageKind) -> str | None:
    return _counted(sum(page.linked), "linked headline")


def _count_dates(page: JudgedPage, _: PageKind) -> str | None:
    return _counted(sum(label in (Label.DATE, Label.BYLINE) for _, label, _ in page.blocks), "dated or signed piece")


def _count_code(page: JudgedPage, _: PageKind) -> str | None:
    return _counted(sum(label is Label.CODE for _, label, _ in page.blocks), "block of code", "blocks of code")


def _count_headings(page: JudgedPage, _: PageKind) -> str | None:
    return _counted(sum(block.tag in HEADING_TAGS for block, _, _ in page.blocks), "heading")


def _count_paragraphs(page: JudgedPage) -> str:
    body = [count_about(block.text) for block, label, _ in page.blocks if label.is_body]
    long = sum(words >= LONG_PARAGRAPH for words in body)
    return f"{long} long of {sum(words >= TEASER for words in body)} kept paragraphs"


def _counted(count: int, one: str, many: str | None = None) -> str | None:
    return f"{count} {one if count == 1 else many or one + 's'}" if count else None


_SIGHTS: Mapping[PageKind, tuple[Callable[[JudgedPage, PageKind], str | None], ...]] = {
    PageKind.PRODUCT: (_count_prices,),
    PageKind.COLLECTION: (_count_prices, _count_links),
    PageKind.LISTING: (_count_links, _count_headings),
    PageKind.FORUM: (_count_dates,),
    PageKind.SERVICE: (_count_headings, _count_prices),
    PageKind.DOCUMENTATION: (_count_code, _count_headings),
}
