"""Choose an article's headline among what the page calls it: as a reader sees it, without the site's name."""

import re
from collections.abc import Iterable, Sequence

__all__ = ["choose_headline", "folded", "without_site"]

MIN_SHARED = 0.5  # of the shorter text's words, from which two texts are the same headline
MAX_CHARS = 500

_SEPARATOR = re.compile(r"\s+[-–—|·•:»«>/]+\s+|\s*[|｜»«]\s*|\s+\|\|\s+")
_NOT_WORD = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """Letters and digits alone, without case: for comparing."""
    return _NOT_WORD.sub("", text.casefold())


def choose_headline(
    visible: Sequence[str], declared: Iterable[tuple[str | None, str]], sites: Sequence[str] = ()
) -> tuple[str, str] | None:
    """The headline and its source.

    ``visible`` are the page's h1 elements in page order; ``declared`` what its markup calls it, the best source first.
    An h1 that says the same as any declared headline is what the reader sees, so it wins.
    """
    known = [(without_site(text, sites), source) for text, source in declared if text and text.strip()]
    known = [(text, source) for text, source in known if text and folded(text) not in map(folded, sites)]
    for heading in visible:
        if any(_same(heading, text) for text, _ in known):
            return heading[:MAX_CHARS], "h1"
    if known:
        text, source = known[0]
        return text[:MAX_CHARS], source
    own = [heading for heading in visible if folded(heading) not in map(folded, sites)]
    return (own[0][:MAX_CHARS], "h1") if own else None


def without_site(text: str, sites: Sequence[str]) -> str:
    """A title without the names of the site and its sections at its end, or of the site at its start."""
    text = " ".join(text.split())
    names = {folded(site) for site in sites if site}
    names.discard("")
    for _ in range(4):
        found = list(_SEPARATOR.finditer(text))
        if not found:
            break
        first, last = found[0], found[-1]
        if _is_site(text[last.end() :], names):
            text = text[: last.start()]
        elif _is_site(text[: first.start()], names):
            text = text[first.end() :]
        else:
            break
    return text.strip()


def _is_site(part: str, names: set[str]) -> bool:
    key = folded(part)
    if len(key) < 4:
        return not key or key in names
    return any(key in name or (len(name) > 3 and name in key) for name in names)


def _same(left: str, right: str) -> bool:
    """Whether two texts share most words of the shorter one, or one has all of the other's letters."""
    a, b = folded(left), folded(right)
    if not a or not b:
        return False
    if a in b or b in a:
        return min(len(a), len(b)) * 4 > max(len(a), len(b))
    words, others = set(_NOT_WORD.split(left.casefold())), set(_NOT_WORD.split(right.casefold()))
    words.discard("")
    others.discard("")
    smaller = min(len(words), len(others))
    return smaller > 1 and len(words & others) >= MIN_SHARED * smaller
