"""Say what a block is: the kind of a kept one, the reason to cut another, so that ``removed`` explains itself."""

import re
from collections.abc import Mapping, Sequence

from stream.cleaning.values import HEADING_TAGS, Block, Label

CELLS = frozenset({"td", "th", "caption"})
KINDS = {
    "li": Label.LIST_ITEM,
    "dd": Label.LIST_ITEM,
    "dt": Label.LIST_ITEM,
    "blockquote": Label.QUOTE,
    "pre": Label.CODE,
}
MAX_CELL_CHARS = 200  # a longer one is a column of a page laid out as a table
MAX_HEADLINE_CHARS = 300
MAX_META_CHARS = 160  # longer texts are named by their element alone
MAX_HEADING_CHARS = 60
MAX_DATE_CHARS = 60
NAMING_PARENTS = 4  # parents, and class and id tokens, that may name a block
NAMING_CLASS_TOKENS = 12
BULLETS = tuple([f"{mark} " for mark in "-*•·–‣▪"])

# Words that name a short block wherever they stand in it, and words that name what they begin; where several do, the
# label that stands first in the list.
ORDER = (
    Label.CONSENT,
    Label.LEGAL,
    Label.BREADCRUMB,
    Label.BYLINE,
    Label.CAPTION,
    Label.COMMENTS,
    Label.DATE,
    Label.RELATED,
    Label.PROMOTION,
    Label.WIDGET,
    Label.NAVIGATION,
)
_ANYWHERE = {
    Label.CONSENT: "cookie cookies consent gdpr datenschutzeinstellungen onetrust",
    Label.LEGAL: "© copyright impressum disclaimer datenschutzerklärung",
    Label.CAPTION: "getty shutterstock istock afp/getty photo:",
    Label.PROMOTION: "newsletter newsletters subscribe subscription advertisement sponsored advertorial abonnieren "
    "abonnement abonnez-vous suscríbete",
}
_FIRST = {
    Label.LEGAL: "all rights reserved|(c)|terms of|privacy policy|alle rechte|tous droits|todos los derechos|版权|著作権",
    Label.BREADCRUMB: "current:|you are here|home >|home »|home ›|home /|startseite >|accueil >|inicio >|现在位置|当前位置",
    Label.BYLINE: "by |von |par |por |di |author|autor|written by|reporting by|editing by|text:|source:|记者|文/|文：|作者",
    Label.CAPTION: "photo|image:|image credit|picture:|foto|bild:|file photo|credit:|(photo|(foto|(ap photo",
    Label.COMMENTS: "comment|kommentar|commentaire|comentario|leave a |leave comment|reply|replies|post a comment|评论",
    Label.DATE: "date:|published|updated|posted|last updated|last modified|stand:|veröffentlicht|aktualisiert|publié|"
    "fecha|发布时间|时间|日期",
    Label.RELATED: "related|ranking|recommend|read more|read also|read next|see also|more from|more on|more stories|"
    "most read|most popular|popular|trending|you may|you might|also read|also on|latest|top stories|up next|hot news|"
    "lesen sie|mehr zum|auch interessant|meistgelesen|à lire|lire aussi|lea también|te puede|leggi anche|leia também|"
    "читайте|相关|関連|관련|人気|推荐|热门",
    Label.PROMOTION: "sign up|ad |anzeige|werbung|publicité|publicidad|download the|download our|get the app|free trial|"
    "special offer|join us|donate|support us|jetzt abonnieren|advertis",
    Label.WIDGET: "view|share|tweet|print|email|e-mail|like|facebook|twitter|whatsapp|follow|save|listen|teilen|drucken|"
    "verygood|very good|thumbs|play|pause|close|search|suche|log in|login|sign in|register|copy link|font size|"
    "partager|compartir|condividi|loading|tags:|tags |rating",
    Label.NAVIGATION: "menu|skip to|home|about us|contact|back to|next|previous|zurück|weiter|sitemap|navigation",
}
# Parts of class and id tokens and element names that name the blocks inside.
_PARTS = {
    Label.CONSENT: "cookie cookies consent gdpr onetrust didomi usercentrics cmp ot",
    Label.COMMENTS: "comment comments disqus kommentar kommentare respond replies commentlist commentaires",
    Label.BREADCRUMB: "breadcrumb breadcrumbs crumbs brotkrumen breadcrumblist",
    Label.CAPTION: "figcaption caption credit figure bildunterschrift legende wp-caption-text imagecredit photo",
    Label.BYLINE: "byline author authors autor writer contributor bio",
    Label.DATE: "date time timestamp published pubdate updated datepublished datemodified datetime",
    Label.RELATED: "related recommend recommended recommendations recirc recirculation trending teaser teasers popular "
    "ranking outbrain taboola similar latest readmore morestories mostread also aside sidebar promo-list",
    Label.PROMOTION: "newsletter subscribe subscription promo promotion advert advertisement ad ads adsense sponsor "
    "sponsored banner paywall donate donation offer anzeige abo signup sponsored-content",
    Label.WIDGET: "share sharing social widget widgets toolbar button btn rating vote like likes print login search poll "
    "player tags tag form modal dialog tooltip slideshow carousel",
    Label.LEGAL: "copyright legal disclaimer impressum terms",
    Label.NAVIGATION: "nav menu navbar navigation header footer pagination pager skip sitemap topbar masthead offcanvas",
}
LISTS = (Label.RELATED, Label.NAVIGATION)
LONG_LABELS = frozenset(ORDER) - {Label.BYLINE, Label.DATE, Label.BREADCRUMB}  # what a long text can be

DATE = re.compile(
    r"\W*(\w{2,10},? )?(\d{1,4}[-./年]\s?\d{1,2}[-./月]\s?\d{1,4}日?|\d{1,2}\.? \w{3,10}\.?,? \d{4}|\w{3,10}\.? \d{1,2},? \d{4})"
)
DIGIT = re.compile(r"\d")
COUNT = re.compile(r".{0,12}\(\d+\)|[\d\s.,:/%+-]+$")


NOTHING = len(ORDER)  # the rank of what says nothing


def _ranks(table: Mapping[Label, str]) -> dict[str, int]:
    """The rank of each word of the table; a word under two labels has the lower."""
    return {word: ORDER.index(label) for label in reversed(ORDER) if label in table for word in table[label].split()}


def _ranks_of_beginnings() -> dict[str, list[tuple[str, int]]]:
    """The beginnings and their ranks, by their first character."""
    found: dict[str, list[tuple[str, int]]] = {}
    for rank, label in enumerate(ORDER):
        for begin in _FIRST[label].split("|") if label in _FIRST else ():
            found.setdefault(begin[0], []).append((begin, rank))
    return found


WORD_RANKS = _ranks(_ANYWHERE)
PART_RANKS = _ranks(_PARTS)
WORDS = frozenset(WORD_RANKS)
PARTS = frozenset(PART_RANKS)
BEGIN_RANKS = _ranks_of_beginnings()
BEGINNINGS = {char: tuple([begin for begin, _ in ranks]) for char, ranks in BEGIN_RANKS.items()}


def body_kind(block: Block) -> Label:
    """The kind of a kept block, from its own element and its nearest telling parent."""
    tag = block.tag
    if tag == "p" and not block.parents:
        return Label.PARAGRAPH
    if tag in HEADING_TAGS:
        return Label.HEADING
    if tag in CELLS:
        return Label.TABLE if len(block.text) <= MAX_CELL_CHARS else Label.PARAGRAPH
    if not tag:
        return Label.LIST_ITEM if block.text.startswith(BULLETS) else Label.PARAGRAPH
    for name in (tag, *block.parents[:3]):
        if name in KINDS:
            return KINDS[name]
    return Label.PARAGRAPH


class _NameRanks(dict[str, int]):
    """The ranks of a page's elements' names, classes and ids, or of their parts, found out once for each."""

    def __missing__(self, name: str) -> int:
        parts = [name, *name.replace("_", "-").split("-")]
        telling = not PARTS.isdisjoint(parts)
        self[name] = rank = min([PART_RANKS[part] for part in parts if part in PARTS]) if telling else NOTHING
        return rank


def name_blocks(blocks: Sequence[Block], kept: Sequence[bool], repeats: Sequence[bool]) -> list[Label]:
    """The label of every block: the kind of a kept one, the reason to cut any other."""
    body_begin = next((index for index, keep in enumerate(kept) if keep), len(blocks))
    ranks = _NameRanks()
    labels: list[Label] = []
    section = Label.OTHER  # what the list that the page is in holds, as its heading said
    for index, block in enumerate(blocks):
        if kept[index]:
            labels.append(Label.DUPLICATE if repeats[index] else body_kind(block))
            section = Label.OTHER
            continue
        label = _own_name(block, ranks, before_body=index < body_begin)
        if label in LISTS and len(block.text) < MAX_HEADING_CHARS and not block.link_chars:
            section = label
        elif label is Label.OTHER:
            label = section if section is not Label.OTHER and index > body_begin else _default(block)
        labels.append(label)
    return labels


def _own_name(block: Block, ranks: _NameRanks, *, before_body: bool) -> Label:
    if block.tag == "h1":
        return Label.HEADLINE
    said = label_by_words(block.text)
    if said is not None:
        return said
    if not block.tag:
        return Label.HEADLINE if before_body and looks_like_headline(block.text) else Label.OTHER
    names = block.tag, *block.parents[:NAMING_PARENTS], *block.class_tokens[:NAMING_CLASS_TOKENS]
    best = min(map(ranks.__getitem__, names))
    if best == NOTHING or (len(block.text) > MAX_META_CHARS and ORDER[best] not in LONG_LABELS):
        return Label.OTHER
    return ORDER[best]


def blocks_inside(blocks: Sequence[Block], names: frozenset[str]) -> list[int]:
    """Indexes of the blocks that stand in an element with one of these classes or ids."""
    return [index for index, block in enumerate(blocks) if not names.isdisjoint(block.class_tokens)]


def label_by_words(text: str) -> Label | None:
    """What the words of a short block say that it is; None where they say nothing."""
    if len(text) > MAX_META_CHARS:
        return None
    spoken = text.casefold()
    words = spoken.split()
    if not WORDS.isdisjoint(words):
        return ORDER[min([WORD_RANKS[word] for word in words if word in WORDS])]
    first = spoken[:1]
    if spoken.startswith(BEGINNINGS.get(first, ())):
        return ORDER[next(rank for begin, rank in BEGIN_RANKS[first] if spoken.startswith(begin))]
    return _label_by_digits(text)


def _label_by_digits(text: str) -> Label | None:
    if len(text) > MAX_DATE_CHARS or not DIGIT.search(text):
        return None
    if DATE.match(text):
        return Label.DATE
    return Label.WIDGET if COUNT.match(text) else None


def looks_like_headline(text: str) -> bool:
    return 3 <= text.count(" ") <= 29 and len(text) <= MAX_HEADLINE_CHARS


def _default(block: Block) -> Label:
    return Label.NAVIGATION if block.link_chars * 2 > len(block.text) else Label.OTHER
