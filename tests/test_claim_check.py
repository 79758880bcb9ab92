"""Claim checks are read only from where the operator allows, and again where the store fails for a moment."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from stream.codec.claim_check import ClaimCheckError, ClaimCheckUnavailable, read_reference


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
        "FILE://{0}/pages/1.html",
        "file://localhost{0}/pages/1.html",
        "file://{0}/pages/1.html::http://169.254.169.254/",
        "zip://1.html::file://{0}/pages/1.html",
        "file://{0}/pages/..%5csecret",
        "file://{0}/pages/%2e%2e%2fsecret",
        "file://{0}/pages/.%2e/secret",
        "file://{0}/pages",
        "",
    ],
)
def test_everything_else_is_refused(folder: Path, uri: str) -> None:
    with pytest.raises(ClaimCheckError, match="not under any allowed prefix"):
        fetch(folder, uri.format(folder))


def test_a_symbolic_link_out_of_the_prefix_is_refused(folder: Path) -> None:
    os.symlink(folder / "secret", folder / "pages" / "link")
    with pytest.raises(ClaimCheckError, match="not under any allowed prefix"):
        fetch(folder, f"file://{folder}/pages/link")


@pytest.mark.parametrize("scheme", ["file://", "local://", ""])
@pytest.mark.parametrize("name", ["link", "lin%6b"])
def test_no_spelling_of_a_symbolic_link_leads_out_of_the_prefix(folder: Path, scheme: str, name: str) -> None:
    os.symlink(folder / "secret", folder / "pages" / name)
    with pytest.raises(ClaimCheckError, match="not under any allowed prefix"):
        read_reference(f"{scheme}{folder}/pages/{name}", (f"{scheme}{folder}/pages",), 100, timeout=5)


def test_a_pipe_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pages" / "pipe")
    with pytest.raises(ClaimCheckError, match="cannot read") as refused:
        fetch(folder, f"file://{folder}/pages/pipe")
    assert refused.type is ClaimCheckError


@pytest.mark.parametrize(
    ("prefix", "uri"),
    [
        ("s3://bucket", "s3://bucket-evil/1.html"),
        ("s3://bucket", "s3://bucket/../evil/1.html"),
        ("s3://bucket", "s3://evil/bucket/1.html"),
        ("s3://bucket/pages", "s3://bucket/pages/1.html?versionId=1"),
        ("https://allowed.example", "https://allowed.example.evil.example/1.html"),
        ("https://allowed.example", "https://allowed.example@evil.example/1.html"),
        ("https://allowed.example", "https://allowed.example:80@evil.example/1.html"),
        ("https://allowed.example", "https://allowed.example%40evil.example/1.html"),
        ("https://allowed.example", "https://allowed.example\\@evil.example/1.html"),
        ("https://allowed.example", "https://allowed.example%2f@evil.example/1.html"),
        ("https://allowed.example", "http://allowed.example/1.html"),
        ("https://allowed.example", "https:allowed.example/1.html"),
        ("https://allowed.example", "https://169.254.169.254/1.html"),
        ("https://allowed.example", "https://allowed.example/a::https://169.254.169.254/1.html"),
        ("https://allowed.example", "\thttps://allowed.example/1.html"),
    ],
)
def test_only_what_lies_under_the_prefix_is_asked_for(prefix: str, uri: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fsspec.open", lambda *arguments, **options: pytest.fail("it was asked for"))
    with pytest.raises(ClaimCheckError, match="not under any allowed prefix"):
        read_reference(uri, (prefix,), 100, timeout=5)


def test_a_missing_file_is_a_clear_error(folder: Path) -> None:
    with pytest.raises(ClaimCheckError, match="cannot read"):
        fetch(folder, f"file://{folder}/pages/2.html")


def test_nothing_is_allowed_by_default() -> None:
    with pytest.raises(ClaimCheckError, match="STREAM_CONTENT_REF_PREFIXES"):
        read_reference("file:///etc/passwd", (), 10, timeout=5)


class Store(ThreadingHTTPServer):
    """An HTTP store that answers the GET of a page with the given statuses in turn, the last one for ever."""

    def __init__(self, *statuses: int) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.statuses = list(statuses)
        self.asked = 0
        self.location: str | None = None

    @property
    def uri(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/pages/1.html"

    def read(self, timeout: float = 10) -> bytes:
        return read_reference(self.uri, (self.uri.rpartition("/")[0],), 100, timeout)


class Answer(BaseHTTPRequestHandler):
    server: Store

    def do_HEAD(self) -> None:
        self.send_error(405)

    def do_GET(self) -> None:
        self.server.asked += 1
        statuses = self.server.statuses
        status = statuses.pop(0) if len(statuses) > 1 else statuses[0]
        if status == CUT:
            self.close_connection = True
            return
        self.send_response(status)
        if self.server.location:
            self.send_header("location", self.server.location)
        self.end_headers()
        self.wfile.write(b"<p>page</p>")

    def log_message(self, *arguments: object) -> None:
        """Keep the tests' output clean."""


CUT = 0  # the connection ends without an answer


@contextmanager
def store(*statuses: int) -> Iterator[Store]:
    with Store(*statuses) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize("status", [408, 429, 500, 503, CUT])
def test_a_failure_that_passes_costs_no_page(status: int) -> None:
    with store(status, status, 200) as server:
        assert server.read() == b"<p>page</p>"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_neither_followed_nor_taken_for_the_page(status: int) -> None:
    with store(200) as elsewhere, store(status) as server:
        server.location = elsewhere.uri
        with pytest.raises(ClaimCheckError, match="cannot read") as refused:
            server.read()
        assert refused.type is ClaimCheckError
        assert elsewhere.asked == 0


def test_the_size_limit_holds_over_http_too() -> None:
    with store(200) as server:
        prefixes = (server.uri.rpartition("/")[0],)
        assert read_reference(server.uri, prefixes, 11, timeout=10) == b"<p>page</p>"
        with pytest.raises(ClaimCheckError, match="larger than 10 bytes"):
            read_reference(server.uri, prefixes, 10, timeout=10)


@pytest.mark.parametrize("status", [400, 403, 404, 410])
def test_a_failure_that_stays_is_never_tried_again(status: int) -> None:
    with store(200) as server:
        server.read()
        once = server.asked
    with store(status) as server:
        with pytest.raises(ClaimCheckError, match="cannot read") as refused:
            server.read()
        assert refused.type is ClaimCheckError
        assert server.asked <= once


def test_retries_end_with_the_time_that_a_claim_check_may_take() -> None:
    with store(503) as server:
        with pytest.raises(ClaimCheckUnavailable):
            server.read(timeout=2)
        assert server.asked > 1


def test_a_store_that_is_not_there_is_unavailable() -> None:
    with store(200) as server:
        uri = server.uri
    with pytest.raises(ClaimCheckUnavailable):
        read_reference(uri, (uri.rpartition("/")[0],), 100, timeout=0.5)


def test_a_missing_file_is_not_waited_for(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: pytest.fail("it waited"))
    with pytest.raises(ClaimCheckError) as refused:
        fetch(folder, f"file://{folder}/pages/2.html")
    assert refused.type is ClaimCheckError
