"""Put a heading together as readers see it: its elements cut words in two, and hold a kicker beside the headline."""

from collections.abc import Iterable

from stream.cleaning.shown import as_shown

_READINGS = frozenset({"rt", "rp", "rtc"})  # how the base text of a ruby is spoken
# Inside a word, or with its own space where one is meant.
_FORMATTING = frozenset(
    """a abbr b bdi bdo big cite code del dfn em font h1 i ins kbd mark nobr q rb ruby s samp small span strike strong
    sub sup time tt u var""".split()
)
_MARKING = frozenset("abbr cite code del dfn em i ins mark q s sub sup u var".split())
_IN_WORDS = frozenset({"sub", "sup", "ruby", "rb"})
_ENDS = frozenset(":.!?…|")
_BEGINS = frozenset('"“„«‘‚¿¡')


def join_runs(runs: Iterable[tuple[str, str]]) -> list[str]:
    """The pieces of a heading, cut where an element begins or ends and a space stands or is meant.

    ``runs`` are texts with the name of the element around each.
    """
    pieces: list[str] = []
    last, last_tag = "", ""
    for text, tag in runs:
        if tag in _READINGS or not text:
            continue
        has_space = bool(pieces) and (text[0].isspace() or last[-1].isspace())
        if pieces and (_is_inside(last_tag, tag) if has_space else _belongs(last, last_tag, text, tag)):
            pieces[-1] += text
        else:
            pieces.append(text)
        last, last_tag = text, tag
    shown = map(as_shown, pieces)
    return [piece for piece in shown if piece]


def _is_inside(left_tag: str, right_tag: str) -> bool:
    """Whether one of two texts stands in an element that only marks words of a sentence."""
    return left_tag in _MARKING or right_tag in _MARKING


def _belongs(left: str, left_tag: str, right: str, right_tag: str) -> bool:
    """Whether two texts with no space between them are read as one.

    Those in elements that are set apart are not: "PoliticsThe bridge", "Live:The bridge".
    """
    if left_tag == right_tag == "h1" or left_tag in _IN_WORDS or right_tag in _IN_WORDS:
        return True
    if left_tag not in _FORMATTING or right_tag not in _FORMATTING:
        return False
    if left[-1] in _ENDS:
        return not right[0].isalnum()
    if left[-1].isalnum() and right[0] in _BEGINS:
        return False
    if not right[0].isupper():
        return True
    is_shouted = len(left.strip()) > 1 and left[-1].isupper() and right[1:2].islower()
    return not (left[-1].islower() or left[-1].isdigit() or is_shouted)
