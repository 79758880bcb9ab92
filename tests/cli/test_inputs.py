import asyncio
import gzip
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from stream.cli.io.inputs import InputPage, Inputs, in_background, pages_of
from stream.codec.record import Record


def test_a_folder_gives_its_files_sorted_without_hidden_ones(tmp_path: Path) -> None:
    for name in ("b.html", "a/z.txt", ".git/config", "a/.hidden"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    inputs = Inputs([str(tmp_path)])
    assert inputs.files == [str(tmp_path / "a/z.txt"), str(tmp_path / "b.html")]
    assert [page.record.value for page in inputs.pages()] == [b"x", b"x"]
    assert (inputs.total, inputs.unread) == (2, 0)


def test_an_empty_folder_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert Inputs([str(tmp_path)]).unread == 1
    assert capsys.readouterr().err == f"{tmp_path}: the folder holds no files\n"


@pytest.mark.parametrize(
    ("name", "headers"),
    [
        ("page.html", {"content-type": b"text/html"}),
        ("page.TXT", {"content-type": b"text/plain"}),
        ("page.html.gz", {"content-type": b"text/html", "content-encoding": b"gzip"}),
        ("page", {}),
    ],
)
def test_a_bare_page_keeps_its_bytes_and_says_what_its_name_says(
    tmp_path: Path, name: str, headers: dict[str, bytes]
) -> None:
    file = tmp_path / name
    file.write_bytes(b"\x00\xff bytes")
    (page,) = pages_of(str(file))
    assert page.record.value == b"\x00\xff bytes"
    assert dict(page.record.headers) == {"record-id": str(file).encode(), **headers}
    assert Inputs([str(file)]).total == 1


@pytest.mark.parametrize("suffix", [".jsonl", ".ndjson", ".jsonl.gz"])
def test_json_lines_give_one_page_a_line_be_it_json_or_not(tmp_path: Path, suffix: str) -> None:
    lines = b'{"recordId": "1", "url": "https://a.example/1", "content": "x"}\r\n{broken\n\n{"recordId": 2}\nlast'
    file = tmp_path / f"events{suffix}"
    file.write_bytes(gzip.compress(lines) if suffix.endswith(".gz") else lines)
    pages = list(pages_of(str(file)))
    assert [page.record.value for page in pages] == [
        b'{"recordId": "1", "url": "https://a.example/1", "content": "x"}',
        b"{broken",
        b"",
        b'{"recordId": 2}',
        b"last",
    ]
    assert [(page.record_id, page.url) for page in pages] == [("1", "https://a.example/1")] + [(None, None)] * 4
    assert pages[1].name == f"{file}:2"
    assert Inputs([str(file)]).total is None


def test_warc_gives_the_text_responses_with_their_http_facts(tmp_path: Path) -> None:
    file = tmp_path / "crawl.warc.gz"
    html = "<p>Grüße</p>".encode("iso-8859-1")
    responses = [
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=iso-8859-1\r\n\r\n" + html, "https://a.example/1"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG", "https://a.example/2.png"),
        (
            b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"
            + gzip.compress(html),
            "https://a.example/3",
        ),
    ]
    records = [_warc_record("response", "application/http; msgtype=response", *page) for page in responses]
    file.write_bytes(b"".join(map(gzip.compress, records)))
    first, third = pages_of(str(file))
    assert first.record.value == html
    assert dict(first.record.headers) == {
        "url": b"https://a.example/1",
        "record-id": b"<urn:uuid:00000000-0000-0000-0000-000000000001>",
        "fetched-at": b"2025-01-02T03:04:05Z",
        "content-type": b"text/html; charset=iso-8859-1",
        "http-status": b"200",
    }
    assert (first.url, first.record.key) == ("https://a.example/1", b"https://a.example/1")
    assert gzip.decompress(third.record.value or b"") == html
    assert dict(third.record.headers)["content-encoding"] == b"gzip"
    assert dict(third.record.headers)["http-status"] == b"404"


def test_wet_gives_the_conversions_as_text(tmp_path: Path) -> None:
    file = tmp_path / "crawl.warc.wet.gz"
    text = "Ein Satz.\nNoch einer."
    record = _warc_record("conversion", "text/plain", text.encode(), "https://a.example/t")
    file.write_bytes(gzip.compress(record))
    (page,) = pages_of(str(file))
    assert page.record.value == text.encode()
    assert dict(page.record.headers)["content-type"] == b"text/plain"


def test_what_cannot_be_read_is_reported_and_the_rest_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "good.html").write_text("good")
    (tmp_path / "cut.jsonl.gz").write_bytes(gzip.compress(b"{}\n" * 1000)[:-9])
    (tmp_path / "no.jsonl.gz").write_bytes(b"no gzip at all")
    (tmp_path / "no.warc").write_bytes(b"no archive at all")
    files = [str(tmp_path / name) for name in ("missing.html", "no.jsonl.gz", "no.warc", "cut.jsonl.gz", "good.html")]
    inputs = Inputs(files)
    assert list(inputs.pages())[-1].record.value == b"good"
    said = capsys.readouterr().err.splitlines()
    assert [line.partition(":")[0] for line in said] == files[:-1]
    assert said[0].endswith("No such file or directory")
    assert inputs.unread == 4


async def test_pages_read_in_the_background_come_in_order() -> None:
    pages = [InputPage(str(number), Record(b"")) for number in range(500)]
    assert [page async for page in in_background(pages)] == pages


async def test_waiting_for_input_does_not_block_the_event_loop() -> None:
    more = threading.Event()

    def slow() -> Iterator[InputPage]:
        yield InputPage("first", Record(b""))
        more.wait(30)
        yield InputPage("second", Record(b""))

    pages = in_background(slow())
    assert (await anext(pages)).name == "first"
    second = asyncio.ensure_future(anext(pages))
    more.set()  # only a loop that still turns gets here
    assert (await second).name == "second"


async def test_an_input_that_breaks_in_the_background_breaks_its_reader() -> None:
    def broken() -> Iterator[InputPage]:
        yield InputPage("first", Record(b""))
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        _ = [page async for page in in_background(broken())]


def _warc_record(kind: str, content_type: str, block: bytes, url: str) -> bytes:
    headers = {
        "WARC-Type": kind,
        "WARC-Target-URI": url,
        "WARC-Date": "2025-01-02T03:04:05Z",
        "WARC-Record-ID": "<urn:uuid:00000000-0000-0000-0000-000000000001>",
        "Content-Type": content_type,
        "Content-Length": str(len(block)),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return b"WARC/1.0\r\n" + head.encode() + b"\r\n" + block + b"\r\n\r\n"
