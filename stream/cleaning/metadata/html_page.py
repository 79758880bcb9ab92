"""Lay out the evidence in an HTML page, for the files that find one field each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stream.cleaning.addresses import absolute, host_of
from stream.cleaning.linked_data import LinkedData, Node
from stream.cleaning.metadata.article_node import choose_article
from stream.cleaning.metadata.dates import Date, day_comes_first, read_date
from stream.cleaning.metadata.page_language import declared_language, tell_language
from stream.cleaning.metadata.site import fold_site_names, read_site_names
from stream.cleaning.values import Label, Labelled, LabelledBlock, Markup

DEFAULT_LANGUAGE = "en"  # which many templates declare, whatever they hold
MAX_LINE_CHARS = 120  # of a line below the main heading
NEAR = 16  # blocks below the main heading
RIGHT_BELOW = 8  # blocks, in which a byline is the article's own
MAX_LINE_AROUND_CHARS = 200
AROUND_BODY = 10  # blocks

_OTHERS_LABELS = frozenset({Label.COMMENTS, Label.RELATED, Label.LEGAL, Label.CONSENT})


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """The evidence in an HTML page.

    ``base`` is the address that relative ones start from, ``article`` the JSON-LD object that is about this page, {}
    without one. ``sites`` are the names that the site goes by, ``site_keys`` the same for comparing (``fold``,
    ``fold_name``). ``day_first`` is how the page writes 3/4/2025 (``day_comes_first``), ``body`` the texts that are
    kept.
    """

    url: str | None
    base: str | None
    host: str
    markup: Markup
    data: LinkedData
    article: Node
    sites: tuple[str, ...]
    site_keys: frozenset[str]
    day_first: bool | None
    language: str | None  # of the body
    language_source: str
    date_language: str | None  # of the site, in which its dates are written
    blocks: tuple[LabelledBlock, ...]
    body: Sequence[str]

    def near_headline(self) -> list[str]:
        """The short texts below the main heading, where bylines stand."""
        blocks = self.blocks
        first = next((index for index, (block, _, _) in enumerate(blocks) if block.tag == "h1"), 0)
        return [block.text for block, _, _ in blocks[first : first + NEAR] if len(block.text) <= MAX_LINE_CHARS]

    def below_heading(self) -> Iterator[tuple[str, Label, tuple[str, ...]]]:
        """The short texts right below the main heading, with their labels and class tokens; none without one."""
        first = next((index for index, (block, _, _) in enumerate(self.blocks) if block.tag == "h1"), len(self.blocks))
        for block, label, _ in self.blocks[first + 1 : first + 1 + RIGHT_BELOW]:
            if len(block.text) <= MAX_LINE_CHARS and block.tag != "li":
                yield block.text, label, block.class_tokens

    def above_body(self) -> list[str]:
        """The short texts between the main heading and the body; none where the page has no such heading."""
        blocks = self.blocks
        first = next((index for index, (block, _, _) in enumerate(blocks) if block.tag == "h1"), len(blocks))
        texts = []
        for block, label, _ in blocks[first + 1 : first + NEAR]:
            if label.is_body:
                break
            if len(block.text) <= MAX_LINE_CHARS:
                texts.append(block.text)
        return texts

    def around_body(self) -> Iterator[tuple[str, Label]]:
        """The short texts just above the body, then those just below it, with their labels."""
        body = [index for index, (_, label, _) in enumerate(self.blocks) if label.is_body]
        if not body:
            return
        first, last = body[0], body[-1]
        for begin, end in ((max(0, first - AROUND_BODY), first + 3), (max(first + 3, last), last + AROUND_BODY)):
            for block, label, _ in self.blocks[begin:end]:
                if len(block.text) <= MAX_LINE_AROUND_CHARS and label not in _OTHERS_LABELS:
                    yield block.text, label

    def texts(self, label: Label) -> list[str]:
        """The texts with this label."""
        return [block.text for block, own, _ in self.blocks if own is label]

    def read_date(self, text: str | None) -> Date | None:
        return read_date(text, self.day_first, self.date_language) if text else None


def open_page(labelled: Labelled, markup: Markup) -> HtmlPage:
    """Bring the page's evidence together."""
    url, data = labelled.url, markup.linked_data
    host = host_of(url) or host_of(markup.links.get("canonical")) or host_of(markup.meta("og:url"))
    article = choose_article(markup, url)
    sites = read_site_names(markup, article, host)
    body = labelled.body_texts()
    declared, in_latin = declared_language(markup, article)
    language, source = tell_language(body, labelled.blocks, declared, in_latin=in_latin)
    tag = markup.language if markup.language and len(markup.language) > 2 else None
    return HtmlPage(
        url=url,
        base=absolute(markup.base, url) or url,
        host=host,
        markup=markup,
        data=data,
        article=article,
        sites=sites,
        site_keys=fold_site_names(sites, article, data),
        day_first=day_comes_first(tag or markup.meta("og:locale") or markup.language or language, host),
        language=language,
        language_source=source,
        date_language=declared if declared and declared != DEFAULT_LANGUAGE else language,
        blocks=labelled.blocks,
        body=body,
    )
