"""Choose the JSON-LD object that is about the page: many pages describe their neighbours, too."""

from stream.cleaning.addresses import path_of
from stream.cleaning.linked_data import Node, text_of
from stream.cleaning.metadata.folding import fold
from stream.cleaning.values import Markup

MAX_ARTICLES = 50
MAX_WEAK = 20
MAX_HEADINGS = 3


def choose_article(markup: Markup, url: str | None) -> Node:
    """The object about this page: by address, else by headline; a page's only article needs no proof but a denial.

    {} where there is none.
    """
    data = markup.linked_data
    nodes = (*data.articles[:MAX_ARTICLES], *data.weak[:MAX_WEAK])
    if not nodes or (len(nodes) == 1 and data.articles):
        return nodes[0] if nodes else {}
    shown = [heading.text for heading in markup.headings[:MAX_HEADINGS]]
    names = [fold(text) for text in (*shown, markup.meta("og:title"), markup.title) if text]
    paths = {path for path in map(path_of, (url, markup.links.get("canonical"), markup.meta("og:url"))) if path}
    best: Node = {}
    best_points = 0
    for node in nodes:
        points = 1 if data.articles and node is nodes[0] else 0
        if any(path_of(text_of(node.get(key))) in paths for key in ("url", "mainEntityOfPage", "@id")):
            points += 4
        headline = fold(text_of(node.get("headline")) or text_of(node.get("name")) or "")
        if headline and any(headline in name or name in headline for name in names if name):
            points += 4
        points += 1 if "datePublished" in node else 0
        if points > best_points:
            best, best_points = node, points
    return best
