"""Take addresses apart, whatever stands where one should be."""

from urllib.parse import urljoin, urlsplit

_WEB = ("https://", "http://")


def hostname_of(url: str | None) -> str:
    """The host of an address in lower case; empty where there is none."""
    try:
        return urlsplit(url or "").hostname or ""
    except ValueError:  # an address such as http://[broken
        return ""


def host_of(url: str | None) -> str:
    """The host without ``www.``: what tells sites apart."""
    return hostname_of(url).removeprefix("www.")


def path_of(address: str | None) -> str | None:
    """Path and query, without a slash at the path's end: what tells pages of one site apart. None without either."""
    try:
        parts = urlsplit((address or "").strip())
    except ValueError:
        return None
    return parts.path.rstrip("/") + ("?" + parts.query if parts.query else "") or None


def absolute(address: str | None, base: str | None) -> str | None:
    """An address as the page at ``base`` means it; None for what is none or not of the web (http, https)."""
    if not address or not address.strip():
        return None
    address = address.strip()
    if address.startswith(_WEB):
        return address
    try:
        joined = urljoin(base or "", address)
    except ValueError:
        return None
    return joined if joined.startswith(_WEB) else None
