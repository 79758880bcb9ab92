"""Compiled and plain code give the same blocks, features and labels."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from stream.cleaning import features, naming, walk
from stream.cleaning.features import declared_body
from stream.cleaning.model import load_model

native_walk = pytest.importorskip("stream._native.blocks_walk", reason="not compiled on this machine")
native_features = pytest.importorskip("stream._native.blocks_features", reason="not compiled on this machine")
native_naming = pytest.importorskip("stream._native.blocks_naming", reason="not compiled on this machine")

OWN = """<html><title>Bridge reopens</title><body><nav><a href=/>Home</a></nav><article class="story"><h1>Bridge reopens</h1>
<p>The old bridge over the river was opened again on Monday, after two years of work, the council said.</p>
<p>Un pont, «rouvert» — 東京の橋。 It cost 12.5 million.<br><br>By <b>A. Writer</b></p><table><tr><td>1<td>2</table></article>
<ul class="related"><li><a href=/a>Another story</a><li><a href=/b>And one more</a></ul>"""


def assert_same(html: str) -> None:
    body = LexborHTMLParser(html).body
    blocks = walk.html_blocks(body)
    assert native_walk.html_blocks(body) == blocks
    kept = [index % 3 == 0 for index in range(len(blocks))]
    names = naming.name_removed(blocks, kept, [False] * len(blocks))
    assert native_naming.name_removed(blocks, kept, [False] * len(blocks)) == names
    indexes = features.candidates(blocks)
    assert native_features.candidates(blocks) == indexes
    chosen = [blocks[index] for index in indexes]
    model = load_model()
    if chosen:
        arguments = (chosen, "Bridge reopens", declared_body(html), model.html.words, model.html.hints)
        rows = features.first_pass(*arguments, html=True)
        assert native_features.first_pass(*arguments, html=True) == rows
        chances = model.html.first.chances(rows)
        assert native_features.second_pass(chosen, chances) == features.second_pass(chosen, chances)


def test_our_own_page() -> None:
    assert_same(OWN)


@pytest.mark.shared_data
def test_every_dev_page(shared_data: Path) -> None:
    with gzip.open(shared_data / "pages" / "dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            page: dict[str, Any] = json.loads(line)
            assert_same(page["html"])
