"""Cut a page into blocks, so that HTML and stripped text can be judged alike."""

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

from stream import native
from stream.cleaning.segment.markup import read_markup
from stream.cleaning.segment.nesting import TooManyNodes, flatten, has_many_tags
from stream.cleaning.segment.wrapping import unwrap
from stream.cleaning.values import Block, Document, Rejection, Segmented
from stream.events import RejectionReason
from stream.limits import MAX_DEPTH, MAX_NODES

if native.IS_COMPILED:
    from stream._native.walk import html_blocks, squeeze
else:
    from stream.cleaning.segment.walk import html_blocks, squeeze


class Segment:
    """Document -> Segmented; a page without visible text is rejected as empty.

    Tags deeper than ``max_depth`` are dropped and their text stays. Raises ``TooManyNodes`` for more than ``max_nodes``
    tags, or lines of a text: such a page becomes a dead letter.
    """

    name = "segment"
    version = "4"

    def __init__(self, max_depth: int = MAX_DEPTH, max_nodes: int = MAX_NODES) -> None:
        self._max_depth = max_depth
        self._max_nodes = max_nodes

    def __call__(self, document: Document) -> Segmented | Rejection:
        html = document.kind == "html"
        if len(document.text) > self._max_nodes:  # else it cannot have more, and most pages need not be counted
            nodes = document.text.count("<" if html else "\n")
            if nodes > self._max_nodes:
                raise TooManyNodes(nodes, self._max_nodes)
        segmented = segment_html(document, self._max_depth) if html else segment_text(document)
        if not segmented.blocks:
            return Rejection(RejectionReason.EMPTY, f"no visible text in {len(document.text)} characters")
        return segmented


def segment_html(document: Document, max_depth: int = MAX_DEPTH) -> Segmented:
    html: str | bytes = document.text if document.utf8 is None else document.utf8
    if has_many_tags(html):
        html = flatten(document.text, max_depth)
    tree = LexborHTMLParser(html, options=LexborDocumentOptions.WO_EVENTS)
    blocks = html_blocks(tree.body) if tree.body is not None else ()
    return Segmented(url=document.url, http_status=document.http_status, blocks=blocks, markup=read_markup(tree))


def segment_text(document: Document) -> Segmented:
    """One block for each line that is not blank; a paragraph that was wrapped at a column is one line."""
    blocks = []
    paragraph = 0
    for line in unwrap([squeeze(line) for line in document.text.splitlines()]):
        if line:
            blocks.append(Block(line, path=(paragraph,)))
        else:
            paragraph += 1
    return Segmented(url=document.url, http_status=document.http_status, blocks=tuple(blocks))
