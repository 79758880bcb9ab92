"""Addresses are taken apart whatever stands where one should be."""

import pytest

from stream.cleaning.addresses import absolute, host_of, hostname_of, path_of, without_tracking


@pytest.mark.parametrize(
    ("url", "hostname", "host"),
    [
        ("https://WWW.Ledger.example:8080/a?b", "www.ledger.example", "ledger.example"),
        ("//ledger.example/a", "ledger.example", "ledger.example"),
        ("ledger.example/a", "", ""),
        ("http://[broken", "", ""),
        ("", "", ""),
        (None, "", ""),
    ],
)
def test_the_host_of_an_address_tells_the_site(url: str | None, hostname: str, host: str) -> None:
    assert (hostname_of(url), host_of(url)) == (hostname, host)


@pytest.mark.parametrize(
    ("address", "path"),
    [
        (" https://ledger.example/tram/?id=3 ", "/tram?id=3"),
        ("/tram/#top", "/tram"),
        ("https://ledger.example/", None),
        ("http://[broken", None),
        (None, None),
    ],
)
def test_path_and_query_tell_the_pages_of_a_site_apart(address: str | None, path: str | None) -> None:
    assert path_of(address) == path


@pytest.mark.parametrize(
    ("address", "whole"),
    [
        ("/tram.jpg", "https://ledger.example/tram.jpg"),
        (" http://other.example/a ", "http://other.example/a"),
        ("//other.example/a", "https://other.example/a"),
        ("data:image/png;base64,x", None),
        ("//[broken", None),
        (" ", None),
        (None, None),
    ],
)
def test_an_address_is_read_as_its_page_means_it(address: str | None, whole: str | None) -> None:
    assert absolute(address, "https://ledger.example/a/story") == whole


@pytest.mark.parametrize(
    ("address", "plain"),
    [
        ("https://Ledger.example:443/a/?utm_source=mail&id=3&fbclid=x#top", "https://ledger.example/a/?id=3"),
        ("http://ledger.example:80/Tram?gclid=1", "http://ledger.example/Tram"),
        ("https://ledger.example:8443/a?b=%20&c", "https://ledger.example:8443/a?b=%20&c"),
        ("https://ledger.example/a?reference=utm_source", "https://ledger.example/a?reference=utm_source"),
        ("http://[broken?utm_source=x", "http://[broken?utm_source=x"),
    ],
)
def test_parameters_that_follow_a_click_are_no_part_of_an_address(address: str, plain: str) -> None:
    assert without_tracking(address) == plain
    assert without_tracking(plain) == plain
