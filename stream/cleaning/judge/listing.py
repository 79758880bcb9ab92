"""Recognise pages that lead to articles and are none: front pages, sections, results of a search."""

from stream.cleaning.judge.page import TEASER_WORDS, JudgedPage
from stream.cleaning.judge.phrases import any_of

MAX_WORDS = 120  # where the page says that it is a list
MIN_TEASERS = 3
MIN_LINKS = 8  # linked texts of a few words each, from which a page without a paragraph is a list of them
MANY_LINKS = 20  # the same, where nothing else says that the page is a list

_LISTINGS = frozenset("CollectionPage SearchResultsPage ProfilePage og:profile".split())
# Titles of pages that list what was searched for.
_SEARCH = any_of(
    r"\bsearch results?\b|\bresults? for\b|^search\b|\byou searched for\b|\bsuchergebnis|^suche\b|\brésultats? (?:de|pour)\b|\bresultados? (?:de|para|da)\b",
    r"\brisultati (?:di|della|per)\b|\bzoekresultat|\bsökresultat|\bsøgeresultat|\bwyniki wyszukiwania|\bvýsledky (?:hledání|vyhledávání)|\bрезультаты поиска",
    r"検索結果|搜索结果|搜尋結果|검색 ?결과|نتائج البحث|^(?:all|latest) (?:articles|posts|news|stories)\b",
)


def find_listing(page: JudgedPage) -> str | None:
    """Paragraphs that announce other articles, or links and hardly a paragraph."""
    if page.is_declared and not page.is_root:
        return None
    paragraphs = list(page.paragraphs())
    teasers = {index for index in paragraphs if page.is_teaser(index)}
    own_words = page.words_of(page.blocks[index].block.text for index in paragraphs if index not in teasers)
    links = sum(page.linked)
    evidence = f"{len(teasers)} of {len(paragraphs)} paragraphs announce other articles, {links} links with headlines"
    is_named = page.is_root or not page.declared_types.isdisjoint(_LISTINGS) or any(map(_SEARCH.search, page.titles))
    if is_named or page.is_section:
        limit = MAX_WORDS if is_named else TEASER_WORDS
        has_teasers = min(len(teasers), links) >= MIN_TEASERS and own_words < limit
        return evidence if has_teasers or (links >= MIN_LINKS and page.words < limit) else None
    if page.is_story:
        return None
    has_teasers = min(len(teasers), links) >= 2 * MIN_TEASERS and own_words < TEASER_WORDS
    return evidence if has_teasers or (links >= MANY_LINKS and page.words < TEASER_WORDS) else None
