"""Judge each block of a page: is it the article's text, and if not, what is it."""

from collections.abc import Sequence

from stream import native
from stream.cleaning.label.declared import declared_blocks
from stream.cleaning.label.features import page_title
from stream.cleaning.label.features_plain import both_passes
from stream.cleaning.label.hidden import HIDDEN, find_shown, find_swallowed
from stream.cleaning.label.model import Head, Model, load_model
from stream.cleaning.label.settling import Verdict, settle, settle_lines
from stream.cleaning.linked_data import LinkedData
from stream.cleaning.values import Block, Label, Labelled, LabelledBlock, Segmented

if native.IS_COMPILED:
    from stream._native.features import candidates, probabilities_of
    from stream._native.naming import blocks_inside, name_blocks
    from stream._native.repeats import find_repeats
else:
    from stream.cleaning.label.duplicates import find_repeats
    from stream.cleaning.label.features_plain import candidates, probabilities_of
    from stream.cleaning.label.naming import blocks_inside, name_blocks

HTML_THRESHOLD, TEXT_THRESHOLD = 0.65, 0.55  # probability from which on a block is body; chosen on dev

# Boxes of readers' comments, which outvote a short article when there are many. Of 9,000 body blocks of the training
# and development pages six lie in one, most of them by mistake of the gold.
COMMENTS = frozenset(
    """
    comments commentlist comment-list comments-list comments-area comments-section comment-section disqus_thread
    kommentare commentaires
    """.split()
)

MAX_JUDGED = 10_000  # blocks: no article has more, and pages made to be slow have


class LabelBlocks:
    """Segmented -> Labelled. The model decides what is body; rules name the kind of what is cut."""

    name = "label"

    def __init__(self) -> None:
        self._model = load_model()
        self.version = f"4-{self._model.version}"

    def __call__(self, segmented: Segmented) -> Labelled:
        blocks = segmented.blocks
        is_html = segmented.markup is not None
        threshold = HTML_THRESHOLD if is_html else TEXT_THRESHOLD
        kept = [False] * len(blocks)
        probabilities = [-1.0] * len(blocks)
        scores: list[float | None] = [None] * len(blocks)
        judged = _Judged(segmented, self._model)
        for index, probability in zip(judged.indexes, judged.probabilities(), strict=True):
            probabilities[index] = probability
            kept[index] = keep = probability > threshold
            scores[index] = _round_to_places(probability if keep else 1.0 - probability)  # of the side that won
        for index in _comments(blocks):
            kept[index], probabilities[index], scores[index] = False, -1.0, None
        verdict = Verdict(kept, probabilities)
        if is_html:
            settle(blocks, verdict, judged.title)
        else:
            settle_lines(blocks, verdict)
        for index in verdict.changed:
            scores[index] = None
        labels = name_blocks(blocks, kept, find_repeats(blocks, kept))
        for index, label in verdict.told.items():
            if labels[index] is not Label.DUPLICATE or not label.is_body:
                labels[index] = label
        labelled = list(map(LabelledBlock._make, zip(blocks, labels, scores, strict=True)))
        if segmented.markup is not None and segmented.markup.linked_data.article_body:
            labelled = _with_declared(labelled, segmented.markup.linked_data)
        return Labelled(
            url=segmented.url,
            http_status=segmented.http_status,
            blocks=tuple(labelled),
            markup=segmented.markup,
        )


def _comments(blocks: Sequence[Block]) -> Sequence[int]:
    """The blocks in a box of readers' comments, which holds no main heading."""
    inside = blocks_inside(blocks, COMMENTS)
    return () if any(blocks[index].tag == "h1" for index in inside) else inside


def _with_declared(labelled: list[LabelledBlock], linked: LinkedData) -> list[LabelledBlock]:
    """The page with the body that it declares, if it shows next to nothing of it."""
    shown = sum([len(block.text) for block, label, _ in labelled if label.is_body])
    declared = list(declared_blocks(linked, shown, labelled[-1].block.path[0] + 1 if labelled else 2))
    if not declared:
        return labelled
    shown_again = [
        LabelledBlock(block, Label.DUPLICATE if label.is_body else label, score) for block, label, score in labelled
    ]
    return shown_again + [LabelledBlock(block, Label.PARAGRAPH, None) for block in declared]


def _in_one_line(block: Block) -> Block:
    """Code and poems as the model was taught to see them."""
    if "\n" not in block.text:
        return block
    text = " ".join(block.text.split())
    return Block(text, block.tag, block.parents, block.class_tokens, min(block.link_chars, len(text)), block.path)


def _round_to_places(probability: float) -> float:
    """To four places; ``round`` takes three times as long."""
    return int(probability * 10_000 + 0.5) / 10_000


def rows_of(segmented: Segmented, model: Model) -> dict[int, list[float]]:
    """The last features of each block worth judging, by its index."""
    judged = _Judged(segmented, model)
    return dict(zip(judged.indexes, judged.rows(), strict=True))


class _Judged:
    """The blocks worth judging: their indexes, and how the model sees them."""

    def __init__(self, segmented: Segmented, model: Model) -> None:
        self._html = segmented.markup is not None
        self._head: Head = model.html if self._html else model.text
        self._declared = segmented.markup.linked_data.article_body if segmented.markup else ""
        found = self._candidates(segmented.blocks) if self._html else range(len(segmented.blocks))
        self.indexes: Sequence[int] = found[:MAX_JUDGED]
        self._blocks: list[Block] = [_in_one_line(segmented.blocks[index]) for index in self.indexes]
        self.title = page_title(segmented)

    def _candidates(self, blocks: Sequence[Block]) -> Sequence[int]:
        hidden = blocks_inside(blocks, HIDDEN)
        shown = find_shown(blocks, hidden, self._declared) if hidden else frozenset()
        return find_swallowed(blocks, candidates(blocks, shown))

    def probabilities(self) -> list[float]:
        """Of each, the probability (0 to 1) that it is body."""
        return probabilities_of(self._blocks, self.title, self._declared, self._head, html=self._html)

    def rows(self) -> list[list[float]]:
        return both_passes(self._blocks, self.title, self._declared, self._head, html=self._html)
