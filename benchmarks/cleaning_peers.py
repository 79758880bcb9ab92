"""The systems that the cleaning is measured against, and ours, each as HTML in, body out."""

from collections.abc import Callable

import justext
import lxml.html
import newspaper
import pycld2
import trafilatura
from readability import Document as ReadabilityDocument
from resiliparse.extract.html2text import extract_plain_text

from stream.cleaning.assemble import Assemble
from stream.cleaning.blocks import Payload, Rejection
from stream.cleaning.decode import Decode
from stream.cleaning.judge import Judge
from stream.cleaning.label import LabelBlocks
from stream.cleaning.metadata import FindFields
from stream.cleaning.segment import Segment
from stream.events import RawPage
from training.cleaning.pages import Page

MAX_BYTES = 64 * 1024 * 1024
STAGES = (Decode(MAX_BYTES), Segment(), LabelBlocks(), FindFields(), Judge(), Assemble())


def ours(html: str) -> str:
    """From the page's bytes to the assembled article with its metadata; a rejected page has no body."""
    return _clean(html, "text/html; charset=utf-8")


def ours_text(text: str) -> str:
    return _clean(text, "text/plain; charset=utf-8")


def language_of(page: Page) -> str:
    """ISO 639 code of the gold body."""
    text = "\n".join(page.body or ()).encode("utf-8", "ignore")
    return str(pycld2.detect(text, bestEffort=True)[2][0][1])


def _clean(content: str, media_type: str) -> str:
    value = Payload(RawPage(contentType=media_type), content.encode("utf-8", "replace"))
    for stage in STAGES:
        value = stage(value)
        if isinstance(value, Rejection):
            return ""
    return value.articleBody


def _trafilatura(html: str) -> str:
    found = trafilatura.bare_extraction(html, with_metadata=True)
    return (found.text or "") if found else ""


def _trafilatura_fast(html: str) -> str:
    return trafilatura.extract(html, fast=True, include_comments=False) or ""


def _readability(html: str) -> str:
    try:
        return str(lxml.html.fromstring(ReadabilityDocument(html).summary()).text_content())
    except (ValueError, lxml.etree.LxmlError):  # it finds nothing in some pages
        return ""


def _newspaper(html: str) -> str:
    article = newspaper.Article("https://news.example/article")
    article.download(input_html=html)
    try:
        article.parse()
    except (ImportError, LookupError, newspaper.ArticleException):  # some need packages or data that it does not bring
        return ""
    return str(article.text)


def _justext(html: str) -> str:
    language = pycld2.detect(html.encode("utf-8", "ignore"), bestEffort=True)[2][0][0].capitalize()
    words = justext.get_stoplist(language) if language in justext.get_stoplists() else justext.get_stoplist("English")
    return "\n".join(part.text for part in justext.justext(html, words) if not part.is_boilerplate)


PEERS: dict[str, Callable[[str], str]] = {
    "ours": ours,
    "trafilatura fast": _trafilatura_fast,
    "trafilatura": _trafilatura,
    "resiliparse": lambda html: str(extract_plain_text(html, main_content=True)),
    "readability-lxml": _readability,
    "newspaper4k": _newspaper,
    "justext": _justext,
}
