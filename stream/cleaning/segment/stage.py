"""Cut a page into blocks, so that HTML and stripped text can be judged alike."""

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

from stream import native
from stream.cleaning.segment.markup import read_markup
from stream.cleaning.segment.nesting import TooManyNodes, flatten, has_many_tags
from stream.cleaning.segment.rewriting import open_shadow_roots, rewrite
from stream.cleaning.segment.walk import CARD, CLOSED, FORMULA, QUOTATION, TEMPLATE
from stream.cleaning.segment.wrapping import unwrap
from stream.cleaning.values import Block, Document, Rejection, Segmented
from stream.events import RejectionReason
from stream.limits import MAX_DEPTH, MAX_NODES

MIN_NOSCRIPT_CHARS = 400  # of text; what asks for scripts is shorter
MIN_VISIBLE_CHARS = 1500  # of a page; one that shows fewer may have its text in <noscript>
MAX_WITHOUT_SCRIPT = 2_000_000  # characters of HTML; nobody writes such a page twice
EVERYTHING = CLOSED | FORMULA | QUOTATION | TEMPLATE | CARD  # in what was hidden from the first walk

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
        if not segmented.blocks and not (segmented.markup and segmented.markup.linked_data.article_body):
            return Rejection(RejectionReason.EMPTY, f"no visible text in {len(document.text)} characters")
        return segmented


def segment_html(document: Document, max_depth: int = MAX_DEPTH) -> Segmented:
    html: str | bytes = document.text if document.utf8 is None else document.utf8
    if has_many_tags(html):
        html = flatten(document.text, max_depth)
    tree, blocks = _read_blocks(html)
    visible = sum([len(block.text) for block in blocks])
    if visible < MIN_VISIBLE_CHARS and len(html) < MAX_WITHOUT_SCRIPT and "<noscript" in document.text:
        blocks = _read_noscript(tree, blocks, max(visible, MIN_NOSCRIPT_CHARS))
    return Segmented(url=document.url, http_status=document.http_status, blocks=blocks, markup=read_markup(tree))


def _read_noscript(tree: LexborHTMLParser, blocks: tuple[Block, ...], least: int) -> tuple[Block, ...]:
    """The blocks of a page that has its text only for those who run no scripts."""
    unread = [node for node in tree.css("body noscript") if len(node.text()) >= least]
    if not unread or tree.body is None:
        return blocks
    for node in reversed(unread):
        node.unwrap()
    return html_blocks(tree.body)[0]


def _read_blocks(html: str | bytes) -> tuple[LexborHTMLParser, tuple[Block, ...]]:
    """The parsed page and its blocks."""
    tree = LexborHTMLParser(html, options=LexborDocumentOptions.WO_EVENTS)
    if tree.body is None:
        return tree, ()
    blocks, rare = html_blocks(tree.body)
    if not rare:
        return tree, blocks
    is_changed = False
    if rare & TEMPLATE:
        source = html.encode("utf-8", "replace") if isinstance(html, str) else html
        is_changed = b"shadowroot" in source
        if is_changed:
            tree = LexborHTMLParser(open_shadow_roots(source), options=LexborDocumentOptions.WO_EVENTS)
            rare = EVERYTHING
    is_changed |= rewrite(tree, rare, tree.root.attributes.get("lang") if tree.root is not None else None)
    return tree, html_blocks(tree.body)[0] if is_changed else blocks


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
