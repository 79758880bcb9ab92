"""Claim checks in S3, read from moto's server."""

import io
import zipfile
from collections.abc import Iterator

import boto3
import pytest
from moto.server import ThreadedMotoServer

from stream.codec.claim_check import ClaimCheckError, ClaimCheckUnavailable, read_reference
from stream.codec.record import Record
from stream.events import CleanArticle, DeadLetter
from stream.pipeline import Pipeline
from stream.samples import PAGES
from stream.settings import Settings

ALLOWED = ("s3://pages/crawl",)
PAGE = (PAGES / "news-plain.html").read_bytes()


@pytest.fixture(scope="module", autouse=True)
def bucket() -> Iterator[None]:
    """Three objects: a page under the prefix, and two beside it."""
    with pytest.MonkeyPatch.context() as patch:
        server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        server.start()
        host, port = server.get_host_and_port()
        for name, value in {
            "AWS_ENDPOINT_URL": f"http://{host}:{port}",
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": "us-east-1",
        }.items():
            patch.setenv(name, value)
        client = boto3.client("s3")
        for name in ("pages", "pages-evil"):
            client.create_bucket(Bucket=name)
        client.put_object(Bucket="pages", Key="crawl/1.html", Body=PAGE)
        client.put_object(Bucket="pages", Key="secret", Body=b"secret")
        client.put_object(Bucket="pages-evil", Key="crawl/1.html", Body=b"secret")
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as packed:
            packed.writestr("1.html", b"secret")
        client.put_object(Bucket="pages", Key="crawl/1.zip", Body=archive.getvalue())
        yield
        server.stop()


def test_an_object_under_the_prefix_is_read() -> None:
    assert read_reference("s3://pages/crawl/1.html", ALLOWED, 100_000, timeout=30) == PAGE


def test_the_size_limit_holds_on_both_sides() -> None:
    assert read_reference("s3://pages/crawl/1.html", ALLOWED, len(PAGE), timeout=30)
    with pytest.raises(ClaimCheckError, match=f"larger than {len(PAGE) - 1} bytes"):
        read_reference("s3://pages/crawl/1.html", ALLOWED, len(PAGE) - 1, timeout=30)


def test_the_time_limit_holds() -> None:
    with pytest.raises(ClaimCheckUnavailable, match="longer than"):
        read_reference("s3://pages/crawl/1.html", ALLOWED, 100_000, timeout=1e-6)


@pytest.mark.parametrize(
    "uri",
    [
        "s3://pages/secret",
        "s3://pages/crawl/../secret",
        "s3://pages/crawl/%2e%2e/secret",
        "s3://pages-evil/crawl/1.html",
        "s3://pages/crawl-of-others/1.html",
        "s3://key:secret@pages/crawl/1.html",
        "zip://1.html::s3://pages/crawl/1.zip",
        "s3a://pages/crawl/1.html",
    ],
)
def test_everything_else_is_refused(uri: str) -> None:
    with pytest.raises(ClaimCheckError, match="not under any allowed prefix"):
        read_reference(uri, ALLOWED, 100_000, timeout=30)


def test_an_object_that_is_not_there_is_a_clear_error() -> None:
    with pytest.raises(ClaimCheckError, match="cannot read") as refused:
        read_reference("s3://pages/crawl/2.html", ALLOWED, 100_000, timeout=30)
    assert refused.type is ClaimCheckError


def test_a_page_becomes_an_article_or_a_dead_letter_of_the_first_stage() -> None:
    pipeline = Pipeline.from_settings(Settings(content_ref_prefixes=ALLOWED, entities=False))
    cleaned = pipeline(Record(b'{"contentRef": "s3://pages/crawl/1.html", "contentType": "text/html"}')).outcome
    assert isinstance(cleaned, CleanArticle)
    assert cleaned.headline == "Windmill keeper saves last millstone in the county"
    refused = pipeline(Record(b'{"contentRef": "s3://pages/secret"}')).outcome
    assert isinstance(refused, DeadLetter)
    assert (refused.error.stage, refused.error.type) == ("read", "ClaimCheckError")
