"""The systems that the cleaning is measured against, and ours, each as a page in, body out.

Peers get the page as characters; ours gets it in UTF-8, as Kafka brings it, and finds out itself how to read it.
Each is imported when it is opened, so that a process that measures one has nothing of the others in it.
"""

from collections.abc import Callable

import pycld2

from evaluation.pages import GoldPage

MAX_BYTES = 64 * 1024 * 1024
PLAIN = "ours, not compiled"

Extract = Callable[[str], str]
ExtractBytes = Callable[[bytes], str]


def language_of(page: GoldPage) -> str:
    """ISO 639 code of the gold body."""
    text = "\n".join(page.body or ()).encode("utf-8", "ignore")
    return str(pycld2.detect(text, bestEffort=True)[2][0][1])


def clean_as(media_type: str) -> ExtractBytes:
    """From a page's bytes to the assembled article with its metadata; a rejected page has no body."""
    from stream.cleaning.assemble import Assemble
    from stream.cleaning.decode.stage import Decode
    from stream.cleaning.judge.stage import Judge
    from stream.cleaning.label.stage import LabelBlocks
    from stream.cleaning.metadata.stage import FindFields
    from stream.cleaning.segment.stage import Segment
    from stream.cleaning.values import Payload, Rejection
    from stream.events import RawPage
    from stream.pipeline import Chain

    decoding = Chain.of(Decode(MAX_BYTES)).then(Segment())
    stages = decoding.then(LabelBlocks()).then(FindFields()).then(Judge(min_probability=0.0)).then(Assemble())

    def clean(content: bytes) -> str:
        article = stages(Payload(RawPage(contentType=f"{media_type}; charset=utf-8"), content))
        return "" if isinstance(article, Rejection) else article.articleBody

    return clean


def _open_trafilatura() -> Extract:
    import trafilatura
    from trafilatura.settings import Document

    def extract(html: str) -> str:
        found = trafilatura.bare_extraction(html, with_metadata=True)
        return (found.text or "") if isinstance(found, Document) else ""

    return extract


def _open_trafilatura_fast() -> Extract:
    import trafilatura

    return lambda html: trafilatura.extract(html, fast=True, include_comments=False) or ""


def _open_resiliparse() -> Extract:
    from resiliparse.extract.html2text import extract_plain_text

    return lambda html: str(extract_plain_text(html, main_content=True))


def _open_readability() -> Extract:
    import lxml.html
    from readability import Document

    def extract(html: str) -> str:
        try:
            return str(lxml.html.fromstring(Document(html).summary()).text_content())
        except (ValueError, lxml.etree.LxmlError):  # it finds nothing in some pages
            return ""

    return extract


def _open_newspaper() -> Extract:
    import newspaper

    def extract(html: str) -> str:
        article = newspaper.Article("https://news.example/article", fetch_images=False)  # it asks the network for them
        article.download(input_html=html)
        try:
            article.parse()
        except (ImportError, LookupError, newspaper.ArticleException):  # some need packages or data it does not bring
            return ""
        return str(article.text)

    return extract


def _open_justext() -> Extract:
    import justext

    def extract(html: str) -> str:
        language = pycld2.detect(html.encode("utf-8", "ignore"), bestEffort=True)[2][0][0].capitalize()
        words = justext.get_stoplist(language if language in justext.get_stoplists() else "English")
        return "\n".join(part.text for part in justext.justext(html, words) if not part.is_boilerplate)

    return extract


PEERS: dict[str, Callable[[], Extract]] = {
    "trafilatura fast": _open_trafilatura_fast,
    "trafilatura": _open_trafilatura,
    "resiliparse": _open_resiliparse,
    "readability-lxml": _open_readability,
    "newspaper4k": _open_newspaper,
    "justext": _open_justext,
}
SYSTEMS = ("ours", PLAIN, *PEERS)
