"""Say what a block is: the kind of a kept one, the reason to cut another, so that ``removed`` explains itself."""

import re
from collections.abc import Sequence

from stream.cleaning.blocks import Block, Label

__all__ = ["body_kind", "name_removed"]

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
CELLS = frozenset({"td", "th", "caption"})
MAX_HEADLINE_CHARS = 300
MAX_META_CHARS = 160  # bylines and dates are short

# What an element's own or its parents' names, classes and ids say. The first match wins.
_HINTS: tuple[tuple[Label, re.Pattern[str]], ...] = tuple(
    (label, re.compile(pattern))
    for label, pattern in (
        (Label.CONSENT, r"cookie|consent|gdpr|onetrust|didomi|privacy-?(banner|notice)|usercentrics"),
        (Label.COMMENTS, r"comment|disqus|kommentar|respond\b|replies"),
        (Label.BREADCRUMB, r"breadcrumb|brotkrumen|crumbs\b"),
        (Label.CAPTION, r"figcaption|caption|credit|bildunterschrift|legende|copyright-?image"),
        (Label.BYLINE, r"byline|author|autor\b|writer|contributor"),
        (Label.DATE, r"(^|[-_ ])(date|time|timestamp|published|pubdate|updated)([-_ ]|$)|datepublished|datemodified"),
        (
            Label.RELATED,
            r"related|recommend|recirc|more-?(stories|news|from)|most-?(read|popular|viewed)|trending|teaser|read-?(more|also|next)|popular|ranking|outbrain|taboola|also-?like|similar|latest",
        ),
        (
            Label.PROMOTION,
            r"newsletter|subscri|promo|advert|(^|[-_ ])ads?([-_ ]|$)|sponsor|banner|paywall|donat|offer|anzeige|abo([-_ ]|$)|signup|sign-?up",
        ),
        (
            Label.WIDGET,
            r"share|sharing|social|widget|toolbar|button|rating|vote|like|print|login|search|poll|player|tags?([-_ ]|$)",
        ),
        (Label.LEGAL, r"copyright|legal|disclaimer|impressum|terms"),
        (
            Label.NAVIGATION,
            r"(^|[-_ ])(nav|menu|navbar|navigation|header|footer|pagination|pager|skip|sitemap|topbar|masthead)([-_ ]|$)",
        ),
    )
)

# What a block's own words say, where they are short. The first match wins.
_WORDS: tuple[tuple[Label, re.Pattern[str]], ...] = tuple(
    (label, re.compile(pattern, re.IGNORECASE))
    for label, pattern in (
        (
            Label.CONSENT,
            r"\bcookies?\b|\bconsent\b|\bGDPR\b|\bDatenschutzeinstellungen\b|\bprivacy (policy|settings|preferences)\b",
        ),
        (
            Label.LEGAL,
            r"©|\(c\) ?\d{4}|\ball rights reserved\b|\balle rechte vorbehalten\b|\btous droits\b|\bterms of (use|service)\b|\bcopyright\b|\bimpressum\b",
        ),
        (
            Label.DATE,
            r"^(date|published|updated|posted|last updated|stand|veröffentlicht|aktualisiert|publié|fecha|发布时间|时间)\b.{0,12}\d|^\W*\d{1,4}[-./年]\d{1,2}[-./月]\d{1,4}日?[\s,T]*(\d{1,2}:\d\d(:\d\d)?)?\W*\w{0,5}$|^(\w+,? )?\d{1,2}\.? \w+,? \d{4}|^\w{3,10}\.? \d{1,2},? \d{4}\b",
        ),
        (
            Label.BREADCRUMB,
            r"^(current|you are here|home|startseite|accueil|inicio)\s*[:>/›»]|^.{0,40}[>›»].{1,60}[>›»]",
        ),
        (
            Label.BYLINE,
            r"^(by|von|par|por|text|author|autor|written by|reporting by|editing by)[: ]+\S|^文[/:：]|^记者|기자",
        ),
        (
            Label.CAPTION,
            r"^(photo|image|picture|foto|bild|file photo|credit)\b.{0,3}[:/]|\b(getty images|ap photo|/ ?(ap|afp|reuters|dpa))\)?$",
        ),
        (Label.COMMENTS, r"^\d* ?(comments?|kommentare?|commentaires?|replies|reply|leave a comment)\b"),
        (
            Label.RELATED,
            r"^(related|ranking|recommend|recommended|recommendations?|read (more|also|next)|see also|more (from|on|stories|news)|most (read|popular)|popular|trending|you (may|might) (also )?like|also read|latest|top stories|lesen sie auch|mehr zum thema|auch interessant|à lire|lire aussi|lea también|relacionad|关连|相关|関連|관련)",
        ),
        (
            Label.PROMOTION,
            r"\bnewsletter\b|\bsubscri(be|ption)\b|\bsign up\b|\badvertisement\b|\bsponsored\b|^anzeige$|\babonn|\bfree trial\b|\bdownload (the|our) app\b",
        ),
        (
            Label.WIDGET,
            r"^(views?|share|tweet|print|email|like|likes|facebook|twitter|whatsapp|follow|save|listen|teilen|drucken|very ?good!?|play|pause|close|menu|search|suche|log ?in|sign in|copy link)\b.{0,24}$|^.{0,12}\(\d+\)$|^\d+$",
        ),
    )
)
_LISTS = (Label.RELATED, Label.NAVIGATION)
_BULLET = re.compile(r"^([-*•·–]|\d{1,2}[.)]) ")


def body_kind(block: Block) -> Label:
    """The kind of a kept block, from its own element and its nearest telling parent."""
    if block.tag in HEADINGS:
        return Label.HEADING
    if block.tag in CELLS:
        return Label.TABLE
    for tag in (block.tag, *block.parents[:4]):
        if tag in ("li", "dd", "dt"):
            return Label.LIST_ITEM
        if tag == "blockquote":
            return Label.QUOTE
        if tag == "pre":
            return Label.CODE
    return Label.LIST_ITEM if not block.tag and _BULLET.match(block.text) else Label.PARAGRAPH


def name_removed(blocks: Sequence[Block], kept: Sequence[bool]) -> list[Label]:
    """A label for every block that is not kept (the entries of kept blocks mean nothing)."""
    body_begin = next((index for index, keep in enumerate(kept) if keep), len(blocks))
    labels: list[Label] = []
    section = Label.OTHER  # what the list that the page is in holds, as its heading said
    for index, block in enumerate(blocks):
        label = _own_name(block, before_body=index < body_begin)
        if label in _LISTS and len(block.text) < 60 and not block.link_chars:
            section = label
        elif label is Label.OTHER and index > body_begin:
            label = section if section is not Label.OTHER else _default(block)
        elif label is Label.OTHER:
            label = _default(block)
        labels.append(label)
    return labels


def _own_name(block: Block, *, before_body: bool) -> Label:
    names = " ".join((block.tag, *block.parents[:6], *block.hints[:16]))
    short = len(block.text) <= MAX_META_CHARS
    if block.tag == "h1" or (before_body and not block.tag and _looks_like_headline(block.text)):
        return Label.HEADLINE
    if short:
        for label, pattern in _WORDS:
            if pattern.search(block.text):
                return label
    if block.tag:
        for label, pattern in _HINTS:
            if pattern.search(names) and (short or label not in (Label.BYLINE, Label.DATE)):
                return label
    return Label.OTHER


def _looks_like_headline(text: str) -> bool:
    words = text.count(" ") + 1
    return 4 <= words <= 30 and len(text) <= MAX_HEADLINE_CHARS and not _starts_with_meta(text)


def _starts_with_meta(text: str) -> bool:
    return any(pattern.search(text) for _, pattern in _WORDS)


def _default(block: Block) -> Label:
    return Label.NAVIGATION if block.link_chars * 2 > len(block.text) else Label.OTHER
