"""Choose an article's headline among what the page calls it: as a reader sees it, without the site's name."""

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Literal

from stream.cleaning.metadata.folding import fold
from stream.cleaning.values import HEADING_TAGS, Heading, Label, LabelledBlock

FILE = "headline.json"
MIN_PART = 12  # letters from which one text standing inside another means something
MAX_CHARS = 500
MAX_SITE_WORDS = 5
MAX_SITE_CHARS = 40
MAX_CANDIDATES = 200  # real pages have a dozen; each is compared with every other
MAX_ADDRESS_CHARS = 2_000
MAX_HEADINGS = 6  # h1 elements
MAX_PIECES = 20
ABOVE = 40  # blocks above the body in which a heading is looked for
BELOW = 3
MAX_LINE_CHARS = 200
MAX_ABOVE = 3
OWN_TOKENS = 3  # class and id tokens that are the block's own, or nearly

_SEPARATOR = re.compile(r"\s+[-–—|·•:»«>/]+\s+|\s*[|｜ㅣ»«]\s*|\s+\|\|\s+|\s::\s|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_SIGN = re.compile(r"[-–—|·•:»«>/｜ㅣ_]")  # every separator has one, and most texts have none
_NOT_WORD = re.compile(r"[\W_]+")
_COLON = re.compile(r"\s*:\s+")
_CLOSING = {"'": "'’", '"': '"”', "“": '”"', "‘": "’'", "„": '“”"', "«": "»", "»": "«", "「": "」", "『": "』"}
_NAMED = ("title", "headline", "heading")  # in a class or id
_IDEOGRAPHS = re.compile("[\u3040-\u9fff\uac00-\ud7af]")
_HEADING_TAGS = frozenset(HEADING_TAGS[:3])  # lower ones head parts of an article

# What a page declares, and where that is said to come from.
Declared = Literal["headline", "name", "alternative", "microdata", "og", "twitter", "meta", "title"]
_PROVENANCE = {
    "h1": "h1", "headline": "json-ld", "name": "json-ld", "alternative": "json-ld", "microdata": "microdata",
    "og": "opengraph", "twitter": "meta", "meta": "meta", "title": "title",
}  # fmt: skip
# Sources that agree with one another count for more than each alone.
_KINDS: tuple[tuple[str, frozenset[str]], ...] = (
    ("h1", frozenset({"h1", "h1-end", "h1-tail", "h1-init", "h1-begin"})),
    ("data", frozenset({"headline", "name", "microdata", "meta"})),
    ("graph", frozenset({"og", "twitter"})),
    ("title", frozenset({"title"})),
    ("above", frozenset({"above-1", "above-2", "above-3", "labelled"})),
)
_WHOLE = frozenset(_PROVENANCE)  # marks of what is declared or shown as a headline, against parts of it
_WHOLES = ("h1", "headline", "og", "title")


@dataclass(slots=True)
class Candidate:
    """A text that may be the headline; ``marks`` are the names of all that speaks for or against it."""

    text: str
    key: str
    marks: set[str] = field(default_factory=set)
    is_pieced: bool = False  # put together of an element's pieces, so that a space may be wrong

    @property
    def provenance(self) -> str:
        return next((source for mark, source in _PROVENANCE.items() if mark in self.marks), "text")


def _separators(text: str) -> list[re.Match[str]]:
    """The signs that cut a title into its parts."""
    return list(_SEPARATOR.finditer(text)) if _SIGN.search(text) else []


def choose_headline(candidates: Sequence[Candidate]) -> tuple[str, str] | None:
    """The headline and its source: the candidate whose marks weigh most, of those that do not break off."""
    if not candidates:
        return None
    weights = _weights()
    whole = [candidate for candidate in candidates if not _breaks_off(candidate.text)]
    best = max(whole or candidates, key=lambda candidate: sum(weights.get(mark, 0) for mark in candidate.marks))
    return best.text, best.provenance


def _breaks_off(text: str) -> bool:
    """Whether the text ends with a colon, or within the quotation that it begins with."""
    closing = _CLOSING.get(text[:1])
    return text.endswith((":", "：")) or (closing is not None and not any(sign in text[1:] for sign in closing))


@cache
def _weights() -> Mapping[str, int]:
    """The weight of each mark in whole thousandths (exact sums); made by ``python -m training.headline``."""
    weights: dict[str, int] = json.loads((files("stream.cleaning") / "models" / FILE).read_bytes())
    return weights


def list_candidates(
    headings: Sequence[Heading],
    declared: Iterable[tuple[str | None, Declared]],
    blocks: Sequence[LabelledBlock],
    sites: Sequence[str] = (),
    address: str = "",
) -> list[Candidate]:
    """All that the page may be calling its article, each once and marked.

    ``headings`` are the page's h1 elements in page order; ``declared`` what its markup calls it; ``address`` is the
    path of the page, whose words tell a headline from a site's name.
    """
    names = {fold(site) for site in sites}
    names.discard("")
    found = _Candidates()
    address = address[:MAX_ADDRESS_CHARS]
    _add_headings(headings[:MAX_HEADINGS], found)
    bare: dict[str, str] = {}  # most pages declare one text several times
    for text, source in declared:
        if text:
            if text not in bare:
                bare[text] = strip_site(text, names, address)
            _add_declared(bare[text], source, found)
    wholes = [candidate for candidate in found.by_key.values() if not _WHOLE.isdisjoint(candidate.marks)]
    if len(wholes) == 1 and headings and len(wholes[0].marks & _WHOLE) > 1:
        return wholes  # all agree: most news pages
    _add_lines(blocks, found)
    candidates = [candidate for candidate in found.by_key.values() if candidate.key not in names]
    if len(candidates) > 1:
        _compare(candidates)
        slug = fold(address)
        for candidate in candidates:
            candidate.marks.update(_own_marks(candidate, names, slug))
    return candidates


class _Candidates:
    def __init__(self) -> None:
        self.by_key: dict[str, Candidate] = {}

    def add(self, text: str, *marks: str, is_pieced: bool = False) -> None:
        text = " ".join(text[:MAX_CHARS].split())
        key = fold(text)
        if key and (key in self.by_key or len(self.by_key) < MAX_CANDIDATES):
            candidate = self.by_key.setdefault(key, Candidate(text, key, is_pieced=is_pieced))
            candidate.marks.update(marks)
            if candidate.is_pieced and not is_pieced and text.replace(" ", "") == candidate.text.replace(" ", ""):
                candidate.text, candidate.is_pieced = text, False


def _add_headings(headings: Sequence[Heading], found: _Candidates) -> None:
    for index, heading in enumerate(headings):
        pieces = heading.pieces[:MAX_PIECES]
        marks = ("h1", f"h1-{min(index, 2)}", *(("h1-only",) if len(headings) == 1 else ()))
        found.add(heading.text, *marks, is_pieced=len(pieces) > 1)
        if len(pieces) < 2:
            continue
        found.add(pieces[0], "h1-begin")
        found.add(pieces[-1], "h1-end")
        for piece in pieces[1:-1]:
            found.add(piece, "h1-middle")
        if len(pieces) > 2:
            found.add(" ".join(pieces[1:]), "h1-tail")
            found.add(" ".join(pieces[:-1]), "h1-init")


def _add_lines(blocks: Sequence[LabelledBlock], found: _Candidates) -> None:
    """What stands like a heading above the body, the nearest first, and what was labelled as the headline."""
    prose = (index for index, (_, label, _) in enumerate(blocks) if label.is_body and label is not Label.HEADING)
    first = next(prose, len(blocks))
    rank = 0
    for index in range(min(first + BELOW, len(blocks)) - 1, max(0, first - ABOVE) - 1, -1):
        block, label, _ = blocks[index]
        named = len(block.text) < MAX_LINE_CHARS and _is_named(block.class_tokens)
        if not (block.tag in _HEADING_TAGS or label is Label.HEADLINE or named):
            continue
        marks = [f"block-{block.tag}" if block.tag in _HEADING_TAGS else "block-other"]
        if named:
            marks.append("named")
        if index < first:
            rank += 1
            if rank > MAX_ABOVE:
                break
            marks.append(f"above-{rank}")
        else:
            marks.append("in-body")
        found.add(block.text, *marks)
    for block, label, _ in blocks:
        if label is Label.HEADLINE:
            found.add(block.text, "labelled")


def _is_named(tokens: tuple[str, ...]) -> bool:
    names = " ".join(tokens[:OWN_TOKENS])
    return any(word in names for word in _NAMED)


def _add_declared(text: str, source: Declared, found: _Candidates) -> None:
    """A declared headline without the site's name, and its parts."""
    found.add(text, source)
    if source in ("title", "og"):
        separators = _separators(text[:MAX_CHARS])
        if separators:
            first, last = separators[0], separators[-1]
            found.add(text[: first.start()], f"{source}-begin")
            found.add(text[: last.start()], f"{source}-init")
            found.add(text[first.end() :], f"{source}-tail")
            found.add(text[last.end() :], f"{source}-end")
    colon = _COLON.search(text) if ":" in text else None
    if colon:
        found.add(text[colon.end() :], "behind-colon")


def _compare(candidates: Sequence[Candidate]) -> None:
    """Mark what begins or ends a declared text or an h1, or has one as its beginning or end."""
    wholes = [(mark, candidate) for candidate in candidates for mark in _WHOLES if mark in candidate.marks]
    marks: list[set[str]] = []
    for candidate in candidates:
        key, own = candidate.key, set()
        for mark, whole in wholes:
            other = whole.key
            if min(len(key), len(other)) < MIN_PART or key == other:
                continue
            if other.startswith(key):
                own.add(f"begins-{mark}")
            elif other.endswith(key):
                own.add(f"ends-{mark}")
            elif key.startswith(other):
                own.add(f"extends-{mark}")
            elif key.endswith(other):
                own.add(f"kicker-{mark}")
        marks.append(own)
    for candidate, own in zip(candidates, marks, strict=True):
        candidate.marks |= own


def _own_marks(candidate: Candidate, names: Collection[str], slug: str) -> Iterable[str]:
    """Which kinds of sources agree on it, its length, its words in the address, and the site's name in it."""
    kinds = [kind for kind, sources in _KINDS if not sources.isdisjoint(candidate.marks)]
    yield f"kinds-{len(kinds)}"
    for index, kind in enumerate(kinds):
        for other in kinds[:index]:
            yield f"{other}+{kind}"
    words = [word for word in _NOT_WORD.split(candidate.text.casefold()) if word]
    count = len(words) if not _IDEOGRAPHS.search(candidate.text) else max(1, len(candidate.key) // 2)
    yield f"words-{next((limit for limit in (1, 2, 3, 5, 8, 14, 20) if count <= limit), 'many')}"
    if any(len(name) > 3 and name in candidate.key for name in names):
        yield "names-site"
    longer = [word for word in words if len(word) > 3]
    if slug and longer:
        shared = sum(1 for word in longer if word in slug)
        yield f"address-{min(shared, 6)}"
        yield f"address-share-{3 * shared // len(longer)}"


def strip_site(text: str, names: Collection[str], address: str = "") -> str:
    """A title without the site's names (folded) at its end or its start."""
    text = " ".join(text.split())
    for _ in range(4):
        found = _separators(text)
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


def find_site_behind(title: str, headings: Sequence[str]) -> str | None:
    """The site's name in a title that is a heading of the page, a sign, and a name of a few words."""
    title = " ".join(title.split())
    for heading in headings:
        found = _SEPARATOR.match(title, len(heading)) if heading and title.startswith(heading) else None
        name = title[found.end() :] if found else ""
        if 1 <= len(name.split()) <= MAX_SITE_WORDS and len(name) <= MAX_SITE_CHARS and not _SEPARATOR.search(name):
            return name
    return None


def _is_site(part: str, names: Collection[str]) -> bool:
    key = fold(part)
    if len(key) < 4:
        return not key or key in names
    return any(key in name or (len(name) > 3 and name in key) for name in names)


def _part_of_address(text: str, separators: Sequence[re.Match[str]], address: str) -> str:
    """The one part of a title whose words the page's address has, if it has hardly any of the others'."""
    ends = [0, *(found.end() for found in separators)]
    begins = [*(found.start() for found in separators), len(text)]
    parts = [text[end:begin].strip() for end, begin in zip(ends, begins, strict=True)]
    slug = fold(address)
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
