"""Take the body that a page declares in its JSON-LD where the page itself shows next to nothing of it."""

from collections.abc import Iterator

from stream.cleaning.linked_data import LinkedData
from stream.cleaning.values import DECLARED, Block

MIN_CHARS = 400
MAX_PARAGRAPHS = 2_000
MAX_SHOWN = 800  # characters; a page that shows more declares other things along with its body
MIN_TIMES = 3  # the declared body is so many times longer than what the page shows of it
_NO = (False, "false", "False", "no", "0")


def declared_blocks(linked: LinkedData, shown_chars: int, number: int) -> Iterator[Block]:
    """The paragraphs of the declared body as blocks with numbers from this one on; none where the page shows them.

    A page that says that its text is not free shows what it wants to show.
    """
    chars = len(linked.article_body)
    if chars < MIN_CHARS or chars < MIN_TIMES * shown_chars or shown_chars > MAX_SHOWN:
        return
    if any(node.get("isAccessibleForFree") in _NO for node in linked.articles):
        return
    for place, text in enumerate(linked.article_paragraphs[:MAX_PARAGRAPHS], number + 1):
        yield Block(text, "p", ("article", "body"), (DECLARED,), 0, (place, number, 1))
