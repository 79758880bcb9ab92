"""Take addresses apart, whatever stands where one should be."""

import re
from urllib.parse import urljoin, urlsplit

_WEB = ("https://", "http://")
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}
# Parameters by which a click is followed, and which change nothing of the page: those that analytics and mail services
# document as theirs.
_TRACKING = re.compile(
    r"(?:utm_\w+|mc_[ce]id|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|ymclid|twclid|ttclid|igshid|igsh|"
    r"srsltid|_hs(?:enc|mi)|mkt_tok|vero_(?:id|conv)|oly_(?:enc|anon)_id|at_(?:medium|campaign|custom\d|link_\w+)|"
    r"ns_(?:source|mchannel|campaign|linkname|fee)|wt_mc|xtor|cmpid|ref_src|ref_url)(?:=.*)?",
    re.IGNORECASE,
)


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


def without_tracking(address: str) -> str:
    """An address without fragment, default port and parameters that only follow a click; its host in lower case."""
    try:
        parts = urlsplit(address)
        netloc = parts.netloc.lower().removesuffix(_DEFAULT_PORTS.get(parts.scheme, "-"))
    except ValueError:
        return address
    query = "&".join([pair for pair in parts.query.split("&") if not _TRACKING.fullmatch(pair)])
    return parts._replace(netloc=netloc, query=query, fragment="").geturl()
