"""``stream-cleaner clean --explain``: a page block by block, kept or cut, as what, how sure, and why."""

import shutil
import sys
from collections.abc import Iterator

import click

from stream.cleaning.judge.kinds import explain_kind, load_model
from stream.cleaning.judge.page import JudgedPage
from stream.cleaning.label.explain import Explanation, explain
from stream.cleaning.values import Draft, Judged, Rejection
from stream.cli.io.inputs import InputPage
from stream.cli.show.terminal import visible
from stream.pipeline import Chain, NoSuchStage, load_pipeline
from stream.settings import Settings

UNWATCHED_WIDTH = 160  # where the output is no terminal
LEFT = 34  # columns before the text


def explanation_lines(settings: Settings, page: InputPage) -> Iterator[str]:
    """The page's blocks in page order, for people; one line where the page cannot be read or has no blocks."""
    try:
        blocks = _explained(settings, page)
    except Exception as error:  # what breaks here is the page: the worker would make it a dead letter
        yield click.style(visible(f"cannot be explained: {type(error).__name__}: {error}"), fg="red")
        return
    if isinstance(blocks, Rejection):
        yield click.style(visible(f"Rejected: {blocks.reason} · {blocks.evidence}"), fg="yellow")
        return
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else UNWATCHED_WIDTH
    for block in blocks:
        yield from _block_lines(block, width)
    kept = [block for block in blocks if block.label.is_body]
    chars = sum(len(block.block.text) for block in kept)
    yield click.style(f"kept {len(kept)} of {len(blocks)} blocks, {chars:,} characters", bold=True)
    yield from _verdict_lines(settings, page)


def _verdict_lines(settings: Settings, page: InputPage) -> Iterator[str]:
    """What the page is taken for, and why; nothing where an own pipeline has no judge."""
    try:
        judging = load_pipeline(settings).until("judge")
        draft = judging.until("metadata")(page.record)
    except NoSuchStage:
        return
    if not isinstance(draft, Draft):
        return
    judge: Chain[Draft, Judged] = Chain(judging.stages[-1:])
    verdict = judge(draft)
    if isinstance(verdict, Rejection):
        yield click.style(visible(f"Rejected: {verdict.reason} · {verdict.evidence}"), fg="yellow")
    else:
        yield click.style(visible(_accepted_line(verdict)), fg="green")
    kind = verdict.kind
    if kind is not None and kind in load_model().forests and verdict.probability is not None:
        moved = explain_kind(JudgedPage(draft), kind)
        yield click.style("  " + ", ".join(f"{name}={value:.3g} {by:+.2f}" for name, value, by in moved), dim=True)


def _accepted_line(judged: Judged) -> str:
    kind = f"{judged.kind} with probability {judged.probability or 0.0:.2f}" if judged.kind else "published"
    sort = f", {judged.article_kind}" if judged.article_kind else ""
    told = judged.fields.provenance.get("isComplete")
    return kind + sort + ("" if told is None else f"; {'complete' if judged.is_complete else 'incomplete'} ({told})")


def _explained(settings: Settings, page: InputPage) -> Rejection | tuple[Explanation, ...]:
    labelling = load_pipeline(settings).until("label")
    first = labelling.until("segment")
    segmented = first(page.record)
    if isinstance(segmented, Rejection):
        return segmented
    labelled = Chain(labelling.stages[len(first.stages) :])(segmented)
    return labelled if isinstance(labelled, Rejection) else explain(segmented, labelled)


def _block_lines(explanation: Explanation, width: int) -> Iterator[str]:
    """``keep paragraph  97% p  The text …``, and under it what moved it most: above zero to keep it."""
    kept = explanation.label.is_body
    sure = "rule" if explanation.score is None else f"{explanation.score:.0%}"
    tag = explanation.block.tag or "line"
    left = f"{'keep' if kept else 'cut':<4} {explanation.label:<11} {sure:>4} {tag:<10}"
    text = visible(" ".join(explanation.block.text.split()))
    yield click.style(f"{left:<{LEFT}}", fg="green" if kept else "red") + _shortened(text, width - LEFT)
    if explanation.contributions:
        reasons = ", ".join(f"{each.name}={each.value:.3g} {each.weight:+.2f}" for each in explanation.contributions)
        yield click.style(" " * LEFT + reasons, dim=True)


def _shortened(text: str, width: int) -> str:
    return text if len(text) <= width else text[: max(width - 1, 0)] + "…"
