"""Turn HTML pages into the text pages that other tools would have made of them."""

from collections.abc import Callable

import inscriptis
from resiliparse.extract.html2text import extract_plain_text

from stream.cleaning.segment.stage import segment_html
from stream.cleaning.values import Document


def block_text(html: str) -> str:
    """Every block of the page on a line of its own."""
    return "\n".join(" ".join(block.text.split()) for block in segment_html(Document(text=html, kind="html")).blocks)


RENDERINGS: dict[str, Callable[[str], str]] = {
    "resiliparse": lambda html: str(extract_plain_text(html)),
    "inscriptis": lambda html: str(inscriptis.get_text(html)),
    "blocks": block_text,
}
