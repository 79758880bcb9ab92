"""The evaluation data has one home, and a benchmark without it says what is missing and where it belongs."""

from pathlib import Path

import pytest

from evaluation import data


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(data, "FOLDER", tmp_path / "shared" / "data")
    return tmp_path / "shared" / "data"


def test_missing_data_is_named_with_the_place_where_it_belongs(folder: Path) -> None:
    with pytest.raises(data.DataMissing, match=r"shared/data.*beside the checkout"):
        data.data_folder()
    folder.mkdir(parents=True)
    assert data.data_folder() == folder
    with pytest.raises(data.DataMissing, match=r"pages/dev\.jsonl\.gz"):
        data.pages_file("dev")


def test_the_data_lies_beside_the_checkout() -> None:
    repository = Path(__file__).resolve().parents[2]
    assert repository.parent / "shared" / "data" == data.FOLDER


def test_the_digest_tells_data_from_other_data_and_from_another_order(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_text("a")
    other.write_text("b")
    assert data.digest_of(one) == "ca978112ca1b"
    assert (
        len({data.digest_of(one), data.digest_of(other), data.digest_of(one, other), data.digest_of(other, one)}) == 4
    )
