"""Claim checks are read only from where the operator allows, however the URI is written."""

import os
from pathlib import Path

import pytest

from stream.claim_check import ClaimCheckError, read_reference


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "1.html").write_bytes(b"<p>page</p>")
    (tmp_path / "pages-of-others").mkdir()
    (tmp_path / "pages-of-others" / "1.html").write_bytes(b"secret")
    (tmp_path / "secret").write_bytes(b"secret")
    return tmp_path


def fetch(folder: Path, uri: str, max_bytes: int = 100) -> bytes:
    return read_reference(uri, (f"file://{folder}/pages",), max_bytes, timeout=5)


def test_a_page_under_the_prefix_is_read(folder: Path) -> None:
    assert fetch(folder, f"file://{folder}/pages/1.html") == b"<p>page</p>"


def test_the_size_limit_holds_on_both_sides(folder: Path) -> None:
    assert fetch(folder, f"file://{folder}/pages/1.html", max_bytes=11)
    with pytest.raises(ClaimCheckError, match="larger than 10 bytes"):
        fetch(folder, f"file://{folder}/pages/1.html", max_bytes=10)


@pytest.mark.parametrize(
    "uri",
    [
        "file://{0}/pages/../secret",
        "file://{0}/pages/%2e%2e/secret",
        "file://{0}/pages/%252e%252e/secret",
        "file://{0}/pages-of-others/1.html",
        "file://{0}/secret",
        "{0}/pages/1.html\x00",
        "http://169.254.169.254/latest/meta-data",
        "http://allowed.example@169.254.169.254/",
        "file:///etc/passwd",
    ],
)
def test_everything_else_is_refused(folder: Path, uri: str) -> None:
    with pytest.raises(ClaimCheckError, match="not under any allowed prefix"):
        fetch(folder, uri.format(folder))


def test_a_symbolic_link_out_of_the_prefix_is_refused(folder: Path) -> None:
    os.symlink(folder / "secret", folder / "pages" / "link")
    with pytest.raises(ClaimCheckError, match="not under any allowed prefix"):
        fetch(folder, f"file://{folder}/pages/link")


def test_a_missing_file_is_a_clear_error(folder: Path) -> None:
    with pytest.raises(ClaimCheckError, match="cannot read"):
        fetch(folder, f"file://{folder}/pages/2.html")


def test_nothing_is_allowed_by_default() -> None:
    with pytest.raises(ClaimCheckError, match="STREAM_CONTENT_REF_PREFIXES"):
        read_reference("file:///etc/passwd", (), 10, timeout=5)
