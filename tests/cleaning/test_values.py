"""What passes between the stages is flat, whole and frozen."""

from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from stream.cleaning.decode.stage import Decode
from stream.cleaning.judge.stage import Judge
from stream.cleaning.label.stage import LabelBlocks
from stream.cleaning.metadata.stage import FindFields
from stream.cleaning.segment.stage import Segment
from stream.cleaning.values import Block, Draft, Label, Labelled, Payload
from stream.events import RawPage
from tests.cleaning.pages import label_blocks

URL = "https://ledger.example/2025/03/14/tram-tunnel-reopens"
PAGES = ["<h1>Trams</h1><p>" + "The first tram rattled through the tunnel on Friday. " * 20, "Trams run again.\n" * 30]


@pytest.mark.parametrize("page", PAGES)
def test_every_value_tells_its_address_and_status_and_none_can_be_changed(page: str) -> None:
    value: Any = Payload(RawPage(url=URL, httpStatus=200), page)
    for stage in (Decode(1_000_000), Segment(), LabelBlocks(), FindFields(), Judge()):
        value = stage(value)
        assert (value.url, value.http_status) == (URL, 200)
        with pytest.raises(FrozenInstanceError):
            value.url = None
    assert isinstance(value, Draft)


def test_a_labelled_page_iterates_over_its_blocks_with_label_and_score() -> None:
    blocks = label_blocks((Block("Menu"), Label.NAVIGATION), (Block("Trams run."), Label.PARAGRAPH), score=0.9)
    labelled = Labelled(blocks=blocks)
    assert [(block.text, label, score) for block, label, score in labelled] == [
        ("Menu", Label.NAVIGATION, 0.9),
        ("Trams run.", Label.PARAGRAPH, 0.9),
    ]
    assert len(labelled) == len("Trams run.")
