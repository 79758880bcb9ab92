"""From the data to the committed model: ``python -m training.cleaning`` (about three minutes of one core)."""

import argparse
import json
import lzma
import time
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

from evaluation.bodies.renderings import RENDERINGS
from evaluation.bodies.truth import Truth, align
from evaluation.data import digest_of, pages_file
from evaluation.pages import GoldPage, read_pages
from stream.cleaning.label.features import page_title
from stream.cleaning.label.features_plain import candidates
from stream.cleaning.segment.stage import segment_html, segment_text
from stream.cleaning.values import Block, Document
from training.cleaning.boosting import Lexicons, PageExample, Trained, fit_lexicons, train_head
from training.cleaning.farms import lay_out
from training.cleaning.teaching import teach

REPOSITORY = Path(__file__).resolve().parents[2]
MODEL = REPOSITORY / "stream" / "cleaning" / "models" / "blocks.json.xz"
HTML_TREES = 100  # of each pass
TEXT_TREES = 120
WHOLE_SOURCE, OTHER_SOURCE = 1.0, 0.5  # trust: fundus' parsers are checked by hand, the rest was rebuilt from tools
FARM_WEIGHT = 1.0
MAX_FARM_CHARS = 8000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="pages to train on (default: the training pages)")
    parser.add_argument("--out", type=Path, default=MODEL, help="where the model goes")
    arguments = parser.parse_args()
    begin = time.monotonic()
    data = arguments.data or pages_file("train")
    pages = read_pages(data)
    html = html_examples(pages)
    lexicons = fit_lexicons(html)
    html_head = train_head(html, lexicons, HTML_TREES, html=True)
    print(f"HTML: {len(html)} pages, {time.monotonic() - begin:.0f} s")
    text = [example for example in text_examples(html, pages) if example.blocks]
    text_lexicons = fit_lexicons(text)
    text_head = train_head(text, text_lexicons, TEXT_TREES, html=False)
    print(f"text: {len(text)} pages, {time.monotonic() - begin:.0f} s")
    heads = {"html": (html_head, lexicons), "text": (text_head, text_lexicons)}
    write_model(arguments.out, heads, digest_of(data))
    print(f"{arguments.out}: {arguments.out.stat().st_size} bytes")


def html_examples(pages: Sequence[GoldPage]) -> list[PageExample]:
    """The pages with gold bodies, then those that a first model, trained on these, may label."""
    gold = [_html_example(page) for page in pages if page.body]
    gold = [example for example in gold if example.blocks]
    lexicons = fit_lexicons(gold)
    first = train_head(gold, lexicons, HTML_TREES, html=True)
    taught = []
    for page in pages:
        if page.body is None:
            bare = _html_example(page)
            if bare.blocks:
                probabilities = first.second_probabilities(bare, lexicons)
                taught.append(teach(page, bare.blocks, bare.title, bare.declared, probabilities))
    return gold + [example for example in taught if example is not None]


def text_examples(html: Sequence[PageExample], pages: Sequence[GoldPage]) -> Iterable[PageExample]:
    """Gold pages in every rendering, taught pages in one, and gold bodies laid out as content farms do."""
    names = sorted(RENDERINGS)
    for example in html:
        page = example.page
        chosen = names if page.body else [names[zlib.crc32(page.id.encode()) % len(names)]]
        truths_of = partial(_carry_over, example) if page.body is None else partial(_align_text, page.body)
        for name in chosen:
            yield _text_example(page, RENDERINGS[name](page.html), truths_of, example.weight)
    headlines = [str(page.gold["title"]) for page in pages if 25 < len(str(page.gold.get("title") or "")) < 140]
    for number, example in enumerate(html):
        body = example.page.body
        if body and len(body) >= 4 and sum(map(len, body)) < MAX_FARM_CHARS:
            text = lay_out(example.page, headlines, number)
            yield _text_example(example.page, text, partial(_align_text, body), FARM_WEIGHT)


def _align_text(body: Sequence[str], blocks: Sequence[Block]) -> list[Truth]:
    return align(blocks, body, captions_inside=False)


def write_model(path: Path, heads: Mapping[str, tuple[Trained, Lexicons]], data: str) -> None:
    content: dict[str, object] = {"data": data}
    for kind, (trained, lexicons) in heads.items():
        words, class_tokens = lexicons.whole
        content[kind] = {"words": words, "hints": class_tokens, **trained.lists}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(lzma.compress(json.dumps(content, ensure_ascii=False).encode(), preset=9))


def _html_example(page: GoldPage) -> PageExample:
    segmented = segment_html(Document(text=page.html, kind="html"))
    blocks = [segmented.blocks[index] for index in candidates(segmented.blocks)]
    truths = align(blocks, page.body, captions_inside=page.source != "fundus") if page.body else []
    weight = WHOLE_SOURCE if page.source == "fundus" else OTHER_SOURCE
    declared = segmented.markup.linked_data.article_body if segmented.markup else ""
    return PageExample(page, blocks, truths, page_title(segmented), declared, weight)


def _text_example(
    page: GoldPage, text: str, truths_of: Callable[[Sequence[Block]], list[Truth]], weight: float
) -> PageExample:
    segmented = segment_text(Document(text=text, kind="text"))
    return PageExample(page, segmented.blocks, truths_of(segmented.blocks), page_title(segmented), "", weight)


def _carry_over(example: PageExample, blocks: Sequence[Block]) -> list[Truth]:
    """The truths of a taught HTML page, brought to the lines of its rendering."""
    pairs = list(zip(example.blocks, example.truths, strict=True))
    inside = [block.text for block, truth in pairs if truth.is_body]
    unknown = [block.text for block, truth in pairs if not truth.weight] or ["-"]
    truths = align(blocks, inside, captions_inside=False)
    open_ = align(blocks, unknown, captions_inside=False)
    return [
        Truth(truth.is_body, 0.0 if doubt.is_body and not truth.is_body else truth.weight)
        for truth, doubt in zip(truths, open_, strict=True)
    ]


if __name__ == "__main__":
    main()
