"""Read what the site calls itself, so that its name is not taken for an author or a part of the headline."""

from collections.abc import Iterable

from stream.cleaning.linked_data import LinkedData, Node, types_of
from stream.cleaning.metadata.folding import fold, fold_name
from stream.cleaning.values import Markup

MAX_NAMES = 3  # of each kind

_METAS = ("og:site_name", "application-name", "apple-mobile-web-app-title", "publisher", "dc.publisher")


def read_site_names(markup: Markup, article: Node, host: str) -> tuple[str, ...]:
    """What the site calls itself, and its host with and without the ending."""
    data = markup.linked_data
    names = data.names_of(article.get("publisher"))
    names += [name for meta in _METAS for name in markup.metas.get(meta, ())[:MAX_NAMES]]
    for site in data.sites[:MAX_NAMES]:
        names += data.names_of(site)
    if host:
        names += [host, host.rpartition(".")[0] or host, host.split(".")[-2] if host.count(".") else host]
    return tuple(dict.fromkeys(names))


def fold_site_names(sites: Iterable[str], article: Node, data: LinkedData) -> frozenset[str]:
    """The sites' names for comparing, without that of a person who publishes the page and may well be its author."""
    keys = frozenset(key for site in sites for key in (fold(site), fold_name(site)) if key)
    publisher = data.resolve(article.get("publisher"))
    if isinstance(publisher, dict) and "Person" in types_of(publisher):
        keys -= frozenset(map(fold_name, data.names_of(publisher)))
    return keys
