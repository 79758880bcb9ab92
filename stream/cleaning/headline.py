"""Choose an article's headline among what the page calls it: as a reader sees it, without the site's name."""

import re
from collections.abc import Collection, Sequence

__all__ = ["choose_headline", "folded", "site_behind", "without_site"]

MIN_SHARED = 0.5  # of the shorter text's words, from which two texts are the same headline
MIN_PART = 12  # letters of a declared headline that may stand inside a longer h1, beside a kicker or a date
MAX_CHARS = 500
MAX_SITE_WORDS = 5
MAX_SITE_CHARS = 40
# How much each source counts where they disagree; chosen on the training pages. An h1 counts if it resembles any.
WEIGHTS = {"h1": 2.5, "json-ld": 1.5, "microdata": 0.5, "opengraph": 1.0, "meta": 0.3, "title": 0.0}

_SEPARATOR = re.compile(r"\s+[-–—|·•:»«>/]+\s+|\s*[|｜»«]\s*|\s+\|\|\s+|\s::\s|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_NOT_WORD = re.compile(r"[\W_]+")
_DIGIT = re.compile(r"\d")


def folded(text: str) -> str:
    """Letters and digits alone, without case: for comparing."""
    return _NOT_WORD.sub("", text.casefold())


def choose_headline(
    visible: Sequence[str], declared: Sequence[tuple[str | None, str]], sites: Sequence[str] = (), address: str = ""
) -> tuple[str, str] | None:
    """The headline and its source: the text that most sources agree on.

    ``visible`` are the page's h1 elements in page order; ``declared`` what its markup calls it, the best source first;
    ``address`` is the path of the page, whose words tell a headline from a site's name.
    """
    names = {folded(site) for site in sites}
    names.discard("")
    known = [(without_site(text, names, address), source) for text, source in declared if text and text.strip()]
    known = [(text, source) for text, source in known if folded(text) and folded(text) not in names]
    heading = _own_heading(visible, [text for text, _ in known], names)
    candidates = [(heading, "h1"), *known] if heading else known
    if not candidates:
        return None
    votes: dict[str, float] = {}
    for text, source in candidates:
        votes[folded(text)] = votes.get(folded(text), 0.0) + WEIGHTS[source]
    text, source = max(candidates, key=lambda candidate: votes[folded(candidate[0])])
    return text[:MAX_CHARS], source


def _own_heading(visible: Sequence[str], declared: Sequence[str], names: set[str]) -> str | None:
    """The h1 that says what any declared headline says, without a kicker or a date beside it."""
    for heading in visible:
        if folded(heading) in names:
            continue
        for text in declared:
            if _same(heading, text):
                return _without_kicker(heading, declared)
    if declared:
        return None
    return next((heading for heading in visible if folded(heading) and folded(heading) not in names), None)


def _without_kicker(heading: str, declared: Sequence[str]) -> str:
    """The declared headline that ends the h1, or that begins it before a date; else the h1 as it is."""
    whole = folded(heading)
    for text in declared:
        part = folded(text)
        if len(part) < MIN_PART or part == whole:
            continue
        if whole.endswith(part) or (whole.startswith(part) and _DIGIT.search(whole[len(part) :][:8])):
            return text
    return heading


def without_site(text: str, names: Collection[str], address: str = "") -> str:
    """A title without the site's names (folded) at its end or its start."""
    text = " ".join(text.split())
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
            return _part_of_address(text, found, address)
    return text.strip()


def site_behind(title: str, headings: Sequence[str]) -> str | None:
    """The site's name in a title that is a heading of the page, a sign, and a name of a few words."""
    title = " ".join(title.split())
    for heading in headings:
        found = _SEPARATOR.match(title, len(heading)) if heading and title.startswith(heading) else None
        name = title[found.end() :] if found else ""
        if 1 <= len(name.split()) <= MAX_SITE_WORDS and len(name) <= MAX_SITE_CHARS and not _SEPARATOR.search(name):
            return name
    return None


def _is_site(part: str, names: Collection[str]) -> bool:
    key = folded(part)
    if len(key) < 4:
        return not key or key in names
    return any(key in name or (len(name) > 3 and name in key) for name in names)


def _part_of_address(text: str, separators: Sequence[re.Match[str]], address: str) -> str:
    """The one part of a title whose words the page's address has, if it has hardly any of the others'."""
    ends = [0, *(found.end() for found in separators)]
    begins = [*(found.start() for found in separators), len(text)]
    parts = [text[end:begin].strip() for end, begin in zip(ends, begins, strict=True)]
    slug = folded(address)
    shares = [_share_in(part, slug) for part in parts]
    best = max(range(len(parts)), key=lambda index: (shares[index], len(parts[index])))
    others = [share for index, share in enumerate(shares) if index != best]
    if shares[best] >= 0.6 and len(parts[best].split()) >= 2 and max(others) <= 0.34:
        return parts[best]
    return text.strip()


def _share_in(part: str, slug: str) -> float:
    """How many of a text's longer words stand in an address."""
    words = [word for word in _NOT_WORD.split(part.casefold()) if len(word) > 3]
    return sum(1 for word in words if word in slug) / len(words) if words else 0.0


def _same(left: str, right: str) -> bool:
    """Whether two texts share most words of the shorter one, or one has all of the other's letters."""
    a, b = folded(left), folded(right)
    if not a or not b:
        return False
    if a in b or b in a:
        return min(len(a), len(b)) * 2 > max(len(a), len(b)) or (b in a and len(b) >= MIN_PART)
    words, others = set(_NOT_WORD.split(left.casefold())), set(_NOT_WORD.split(right.casefold()))
    words.discard("")
    others.discard("")
    smaller = min(len(words), len(others))
    return smaller > 1 and len(words & others) >= MIN_SHARED * smaller
