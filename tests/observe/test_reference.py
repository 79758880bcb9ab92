"""The page of metrics is what the code counts."""

from stream.observe.metrics import Metrics
from stream.observe.reference import LABELS, reference
from tests.conftest import REPOSITORY


def test_the_page_is_up_to_date() -> None:
    page = (REPOSITORY / "docs" / "metrics.md").read_text()
    assert page == reference(), "run: python -m stream.observe.reference > docs/metrics.md"


def test_every_label_is_explained_and_none_but_them() -> None:
    used = {label for definition in Metrics().definitions for label in definition.labels}
    assert used == set(LABELS)


def test_every_metric_that_a_worker_shows_is_in_the_table() -> None:
    page = reference()
    for family in Metrics().registry.collect():
        if family.name.startswith("stream_cleaner_"):
            assert f"`{family.name}" in page
