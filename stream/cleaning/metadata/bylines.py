"""Turn bylines and author fields into names of people: no "By", no roles, no names of the site."""

import html
import re
from collections.abc import Collection, Iterable, Sequence

from stream.cleaning.agencies import agency_of
from stream.cleaning.metadata.dates import MONTHS
from stream.cleaning.metadata.folding import fold_name
from stream.cleaning.metadata.no_people import names_nobody
from stream.cleaning.particles import IN_BYLINES

MAX_BYLINE_CHARS = 300
MAX_NAME_CHARS = 60
MAX_NAME_WORDS = 7
MAX_INITIALS = 4
MAX_AUTHORS = 20

_BY = re.compile(
    r"^\W*(?:(?:(?:written|posted|published|reported|story|text|words|article|review|interview|analysis|opinion|essay|"
    r"commentary|column|reporting|created|submitted|contributed|posted on .{4,30}?|"
    r"gespeichert|eingestellt|erstellt|(?:blog ?)?beitrag|geschrieben|verfasst|edited|veröffentlicht|"
    r"ein (?:artikel|beitrag|gastbeitrag|kommentar|interview)|"
    r"eine? (?:analyse|kolumne|reportage|rezension)|artikel|beitrag|interview|text|gastbeitrag|kommentar|"
    r"publié|rédigé|écrit|escrito|publicado|scritto|pubblicato)\s+)?"
    r"(?:(?:text|words|story|texte?|texto|testo)\s*(?:&|\+|and|und|et|y|e)\s*[^\W\d_]{4,12}(?=\s*[:：])|(?:interview|redaktion)(?=\s*[:：])|"
    r"by|von|vom|par|por|(?-i:di|da|av|af|door|przez|Di|Av|Af|Door|Przez)|tekst(?=:)|autor(?:in|en|es|a)?|authors?|auteure?s?|autore|yazan|"
    r"автор|автори|text|texte|testo|redakteure?|toimittaja|napsal|作者|著者|筆者|记者|記者|文|撰文|編集|執筆)"
    r"(?:\s*[:：/|]|(?=\s)|(?<=[\u3400-\u9fff])|(?-i:(?<=By)(?=[A-Z])))\s*)+",
    re.IGNORECASE,
)
_BARE_BY = re.compile(r"(?:^|\s)(?:by|von|vom|par|por)\s*:?$", re.IGNORECASE)
_OTHERS_BY = re.compile(
    r"\W*(?:edit(?:ed|or)|review(?:ed|er)|fact[- ]check|translated|fotos?|photos?|photograph(?:y|ed|s)?|medically)\b",
    re.IGNORECASE,
)
_BY_BEGINS = frozenset(  # its first two letters
    """af an ar au av be bl by co cr da di do ed ei er es ge in ga ko na op pa po pr pu re ré sc st su te to ve vo wo wr
    ya éc ав""".split()
)
# The same where a date or a category stands before it; and what tells that one does.
_INNER_BY = re.compile(
    r"(?:^|[\s,|·•—–-])(?:(?:by|von|par|por)\s+|(?:autor(?:in|en)?|author|auteur)\s*:?\s+)(?=[^\W\d_])", re.IGNORECASE
)
_DATED = re.compile(r"\d[./ -]|\d{4}")
_AND_WORDS = (
    r"\s(?:&|\+|(?:[Aa]nd|AND|[Uu]nd|UND|et|och|og|en|ja|sowie|with|mit|avec|con|и|і|a|και|ve)(?=\s+[^\W\d_]))(?=\s)"
)
_AND_WORD = re.compile(_AND_WORDS)
_AND = re.compile(rf"\s*(?:[;|•·/\n\t、，؛،]|{_AND_WORDS})\s*")
# The same, or a part of one name: an initial, "Ortega y Gasset", "Kim En Joong".
_MAYBE_AND = re.compile(r"\s(?:e|y|i|E|Y|I|EN|ET)\s(?=[^\W\d_])")
# Behind a name: which of a family's, and what was studied or awarded.
_GENERATION = re.compile(r"(?:[JS]r|[JS]nr|JR|SR|I{2,3}|IV|fils|père|Filho|Neto|hijo)\.?")
_DEGREES = (
    r"(?:Ph\.?\s?D|D\.?Phil|M\.?D|M\.?B\.?A|M\.?P\.?H|M\.?S(?:c|W|N)?|M\.?A|B\.?A|B\.?Sc|J\.?D|LL\.?[BM]|Ed\.?D|Psy\.?D|"
    r"Pharm\.?D|D\.?D\.?S|D\.?V\.?M|D\.?O|R\.?N|R\.?D(?:N)?|N\.?P|L\.?P\.?C|LCSW|LMFT|CPA|CFA|CFP|Esq|P\.?E|FRCP|FRS|"
    r"[OMC]BE|[KQ]C|MEP|MdB|MdEP)\.?"
)
_DEGREE = re.compile(_DEGREES)
_LAST_DEGREES = re.compile(rf"(?<=[^\W\d_])(?:,?\s+{_DEGREES})+$")
_COMMA = re.compile(r"\s*,\s*")
_MARKUP = re.compile(r"<[^<>]{0,300}>")
_BRACKETS = re.compile(r"\s*[(\[{][^()\[\]{}]{0,80}[)\]}]?\s*")
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+")
_HANDLE = re.compile(r"(?:^|\s|(?<=[^\W\d_]))@\w+(?![\w-]*\.[a-z])")
# A date behind a name; and a label that begins another field of the line.
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DATE = re.compile(
    r"[\s,|·•](?:(?:mo|di|mi|do|fr|sa|so|mon|tue|wed|thu|fri|sat|sun)\.?,?\s+)?"
    rf"(?:(?:{_MONTH})\.?\s+\d{{1,2}}\b|\d{{1,2}}\.?\s+(?:de\s+)?(?:{_MONTH})\b|\d{{1,4}}[./-]\s?\d{{1,2}}[./-]\s?\d{{1,4}}).*",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"\s(?:quelle|source|fuente|fonte|fotos?|photos?|bild(?:er)?|tags?|kategorien?|datum|date)\s*:.*", re.IGNORECASE
)
# What leads from an author to a profile, often glued to the name.
_NETWORKS = (
    "Twitter|Facebook|Instagram|Linked[Ii]n|Mastodon|Bluesky|Threads|You[Tt]ube|TikTok|WhatsApp|Telegram|Xing|Pinterest|"
    "Reddit|Snapchat|VKontakte"
)
_PROFILES = re.compile(
    rf"(?:\s(?:auf|on|en|sur|su|på|op|via)|(?:\s|(?<=[^\W\d_A-Z]))(?:Auf|On|En|Sur|Su|På|Op|Via))?"
    rf"(?:\s|(?<=[^\W\d_A-Z]))(?:{_NETWORKS})\b.*$"
    r"|(?:(?:\s|(?<=[^\W\d_A-Z]))(?:Website|Homepage|Follow|Folgen|Suivre|Seguir|Segui|Volgen|Följ|Contact|Kontakt|Contacto|"
    r"(?:View|See|Author|Full) (?:[Pp]rofile|[Pp]age|[Bb]io))|\s(?:X|RSS|Profile?|E-?[Mm]ail|Bio)(?=\s|$))+$"
)
_X_ALONE = re.compile(r"^\S+\sX$")  # Malcolm X
# Given names that lead a byline elsewhere, before one word.
_GIVEN = re.compile(
    r"(?P<given>Von|Vom|Par|Por|Di|Da|Av)\s[^\W\d_][\w'’-]*(?=\W*$|\s*[,;|&]|\s(?:and|und|et|och|og)\s)"
)
_NICK = re.compile(r"[^\W\d_]{2,25}")
_NICK_WITH_DIGITS = re.compile(r"[^\W\d_][\w.-]{1,24}")
_DAY_FOLLOWS = re.compile(r"(?:am|on|um|at|le|el|op|den|[»·•|,/–—-])\s(?:[^\W\d_]{2,10}[.,]{0,2}\s)?\d", re.IGNORECASE)
_NOISE = re.compile(r"[<&@(\[{:/\d]|www\.")
_NICKNAME = re.compile(r"(?<!\S)(\w[\w.]*)\s\([^()]{1,40}\)\s(?=\w[\w.-]*$)")
_TAIL = re.compile(
    r"\s+(?:[-–—|]\s.*|(?:for|of|at|in|on|from|für|pour|para|über|via)\s+(?:the\s+)?[A-ZÄÖÜ].*|"
    r"(?:published|posted|updated|last updated|under|is|has|ist|stand|tags)\b.*|follow.*|shares?$|"
    r"(?:edited|translated|photo\w*|fotos?|bild(?:er)?|illustration\w*)\s+(?:by|von)\b.*|"
    r"(?:am|um|on|at)(?:\s+\d.*)?$|(?-i:le|el|den|op|dnia)$|(?:(?:vor|hace|há|il\sy\sa)\s)?\d{1,2}[./ ].*|\d{4}.*|"
    r"(?:ein|kein|one|no|leave)\s+(?:a\s+)?[ck]omment.*|"
    r"(?:(?:am|on)\s)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)).*|"
    r"(?:mon?|tue|wed|thu|fri?|sat?|sun|di|mi|do|so)\.?,?\s+\d.*|(?:c[efot]o|기자|특파원|記者)$)$",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d")
# Words that make a name a role, a desk or a company's, whole and in any case.
_ROLE = re.compile(
    r"\b(?:reporters?|editors?|correspondents?|writers?|staff|journalists?|columnist|contributors?|producers?|"
    r"photographers?|news ?(?:desk|room|team)|desk|bureau|chief|director|analyst|professor|lecturer|author|"
    r"admin(?:istrator)?|webmaster|web ?team|redaktion\w*|\w*redakteur(?:in)?|redazione|rédaction|redacción|redação|"
    r"redaksi|redakcja|redakce|korrespondent(?:in)?|mitarbeiter(?:in)?|autor(?:in)?|rédact(?:eur|rice)|journaliste|"
    r"giornalista|periodista|jornalista|toimitus|nachrichtenagentur|agencies|agenturen|agences|agencias|"
    r"wire (?:services?|reports?)|press release|pressemitteilung|gmbh|ag|inc|ltd|llc|e\.v|corp|"
    r"editorial (?:board|team)|the editors|team|staff reports?|special to|associate|senior|deputy|managing|executive|"
    r"freelance\w*|guest|unknown|anonymous|root|moderator|system|support|null|undefined|none|user|editorial|updated|published|posted|comments?)\b",
    re.IGNORECASE,
)
# Of them, those that a person has.
_JOB = re.compile(
    r"\b(?:(?:associate|senior|deputy|managing|executive|freelance|chief|staff)\b.*)?\b(?:reporter|editor|correspondent|writer|"
    r"journalist|columnist|contributor|producer|photographer|director|analyst|professor|lecturer|author|"
    r"\w*redakteur(?:in)?|korrespondent(?:in)?|mitarbeiter(?:in)?|autor(?:in)?|rédact(?:eur|rice)|journaliste|giornalista|"
    r"periodista|jornalista)\b",
    re.IGNORECASE,
)
_AROUND = " .,:;|/–—-*\"“”'‘’·•\u200b"
_DOMAIN = re.compile(
    r"^[\w-]+(?:\.[\w-]+)*\."
    r"(?:com|org|net|de|at|ch|fr|es|it|uk|co|info|eu|tv|news|io|ru|pl|nl|se|no|dk|fi|in|jp|cn|br)$",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"\b(?:name|twitter|facebook|instagram|share|follow|zeige|alle|all|view|more|profile|posts?|beiträge|artikel|says?|sagt|stand|search|suche|article|content|"
    r"veröffentlicht|publi(?:cado|é|ziert)|erstellt|published|posted|datum|date|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|著者|作者|人気|"
    r"size|about|über|contact|kontakt|home|news|by|advertisement|anzeige|comments?|read|min|photo|foto|the|this|your)\b|[?!:]",
    re.IGNORECASE,
)
_TITLE_CASE = re.compile(r"[^\W\d_]+")


def read_authors(texts: Iterable[str], sites: Collection[str] = (), *, is_declared: bool = False) -> tuple[str, ...]:
    """The people named in author fields or a byline, in their order, each once.

    ``sites`` are the folded names of the publisher and the site (``fold_name``): an author who goes by one of them is
    none. Nor is an agency. In what is declared to machines "Von Hadley" and "Par Lind" are whole names.
    """
    names: dict[str, str] = {}
    for text in texts:
        for name in _names(text, sites, is_declared):
            key = fold_name(name)
            if key and key not in sites and agency_of(name) is None and not names_nobody(name):
                names.setdefault(key, name)
    return tuple(names.values())[:MAX_AUTHORS]


def read_shown_authors(texts: Iterable[str], sites: Collection[str] = (), *, after_by: bool = False) -> tuple[str, ...]:
    """The same for what the page shows its readers, where much that is no name stands beside one.

    A name there has capitals (or no case at all), or it is a nickname; with ``after_by`` it follows a "By" as well.
    """
    found: dict[str, str] = {}
    for text in texts:
        if text.endswith(("...", "…")):  # cut short, as in a teaser
            continue
        names = _names_after_by(text, sites) if after_by else _names_shown(text, sites)
        for name in [name for name in names if " " in name] or names:  # "Ann Ek, Boston"
            found.setdefault(fold_name(name), name)
    return tuple(found.values())[:MAX_AUTHORS]


def is_byline(text: str) -> bool:
    """Whether the text begins with a "By", or has one behind its date."""
    return _behind_by(text) is not None


def _match_by(text: str) -> re.Match[str] | None:
    """The "By" that a text begins with; most texts begin with no letters of one and need no search."""
    begin = text[:2].lower()
    return _BY.match(text) if begin in _BY_BEGINS or not (begin.isalpha() and begin < "\u0f00") else None


def names_helpers(text: str) -> bool:
    """Whether the text begins as a line of editors, translators or photographers does."""
    return _OTHERS_BY.match(text) is not None


def is_bare_by(text: str) -> bool:
    """Whether the text is a "By" and nothing else: the name follows in the next one."""
    return _BARE_BY.fullmatch(text) is not None


def is_list(text: str) -> bool:
    """Whether a word for "and" joins the names."""
    return _AND_WORD.search(text) is not None or _MAYBE_AND.search(text) is not None


def _names_shown(text: str, sites: Collection[str]) -> list[str]:
    return [name for name in read_authors([text], sites) if _looks_like_name(name) or _is_nick(name)]


def _names_after_by(text: str, sites: Collection[str]) -> list[str]:
    behind = _behind_by(text)
    if not behind:
        return []
    names = [name for name in read_authors([behind], sites) if _looks_like_name(name)]
    if _DATED.search(text):
        return names or [nick for nick in _nick_beside_date(behind) if fold_name(nick) not in sites]
    return [name for name in names if " " in name]


def _behind_by(text: str) -> str | None:
    """A byline from its "By" on: at its beginning, or behind a date."""
    if _match_by(text):
        return text
    inner = _INNER_BY.search(text) if _DATED.search(text) else None
    return text[inner.end() :] if inner else None


def _looks_like_name(name: str) -> bool:
    words = name.split()
    if len(words) > 4 or _NO_NAME.search(name):
        return False
    return all(word[0].isupper() or not word[0].islower() or word in IN_BYLINES for word in words)


def _is_nick(name: str) -> bool:
    """One word in small letters, as people call themselves in blogs."""
    return _NICK.fullmatch(name) is not None and not _NO_NAME.search(name)


def _nick_beside_date(behind: str) -> list[str]:
    """The nickname in "von kai77 am 4.5.2013", or in what is behind the date of "4. Mai 2013 von kai77"."""
    nick, _, rest = _BY.sub("", behind).partition(" ")
    is_one = _NICK_WITH_DIGITS.fullmatch(nick) and not _NO_NAME.search(nick)
    return [nick] if is_one and (not rest or _DAY_FOLLOWS.match(rest)) else []


def _names(text: str, sites: Collection[str], is_declared: bool) -> list[str]:
    text = " ".join(text[:MAX_BYLINE_CHARS].split())
    noisy = _NOISE.search(text) is not None  # else it is all names: most author fields are
    if noisy:
        text = _MARKUP.sub(" ", html.unescape(text))
        text = " ".join(_ADDRESS.sub(" ", _HANDLE.sub(" ", text)).split())
    if fold_name(text) in sites:  # "Smith & Sons" are not two people where that is the site's name
        return []
    if noisy:
        text = " ".join(_BRACKETS.sub(" ; ", _NICKNAME.sub(r"\1 ", text)).split())
    text, keeps_given = _strip_by(text, is_declared)
    if noisy:
        text = _DATE.sub("", _FIELD.sub("", text)) if _DIGITS.search(text) else _FIELD.sub("", text)
    found = []
    for part in _split_ands(text):
        pieces = _join_suffixes([piece for piece in _COMMA.split(part) if piece])
        if len(pieces) == 2 and _is_surname_first(*pieces):
            pieces = [f"{pieces[1]} {pieces[0]}"]
        if len(pieces) > 1 and not _may_be_person(pieces[0], sites):  # "ledger.example, Lisbon, Portugal"
            pieces = [piece for piece in pieces if " " in piece]
        found += [name for piece in pieces if (name := _name(piece, keeps_given))]
    return found


def _strip_by(text: str, is_declared: bool) -> tuple[str, bool]:
    """The text behind its "By", and whether a "Von" or "Par" before one word is a given name there."""
    found = _match_by(text)
    if found is None:
        inner = _INNER_BY.search(text) if _DATED.search(text) else None
        begins_dated = inner and _DATED.search(text, 0, inner.start() + 1)
        return (text[inner.end() :], False) if inner and begins_dated else (text, is_declared)
    given = _GIVEN.search(text)
    is_behind_by = given is not None and 0 < given.start() < found.end()
    if given and (is_behind_by or (is_declared and given.end() == len(text))):
        rest = text[given.end("given") : given.end()].strip(_AROUND)
        if rest[:1].isupper() and agency_of(rest) is None and not _ROLE.search(rest):
            return text[given.start() :], True
    return text[found.end() :], is_declared


def _split_ands(text: str) -> list[str]:
    """The parts between words for "and"; "Ortega y Gasset" and "Joseph E Ek" are one."""
    parts = []
    for part in _AND.split(text):
        begin = 0
        for found in _MAYBE_AND.finditer(part):
            left = len(part[begin : found.start()].rpartition(",")[2].split())
            right = len(part[found.end() :].partition(",")[0].split())
            is_capital = found[0].isupper()
            if (left > 1 and right > 1 and (not is_capital or part.isupper())) or (left == 1 and not is_capital):
                parts.append(part[begin : found.start()])
                begin = found.end()
        parts.append(part[begin:])
    return parts


def _join_suffixes(pieces: Sequence[str]) -> list[str]:
    """The pieces between commas with "Jr." at its name, and without "PhD"."""
    joined: list[str] = []
    for piece in pieces:
        if joined and _GENERATION.fullmatch(piece):
            joined[-1] = f"{joined[-1]}, {piece}"
        elif not (joined and _DEGREE.fullmatch(piece)):
            joined.append(piece)
    return joined


def _is_surname_first(surname: str, given: str) -> bool:
    """ "Smith, John" and "Vries, Jan de"."""
    rest = given.split()[1:]
    single = len(surname.split()) == 1 and all(word in IN_BYLINES for word in rest)
    return single and not _ROLE.search(surname) and not _ROLE.search(given)


def _may_be_person(piece: str, sites: Collection[str]) -> bool:
    name = _name(piece)
    return name is not None and fold_name(name) not in sites


def _name(piece: str, keeps_given: bool = False) -> str | None:
    """One name, or None for what is none."""
    if _BARE_BY.search(piece):
        return None
    if not (keeps_given and _GIVEN.match(piece)):
        piece = _BY.sub("", piece)
    piece = _TAIL.sub("", piece)
    if not _X_ALONE.match(piece):
        piece = _PROFILES.sub("", _PROFILES.sub("", piece))
    is_dotted = piece.rstrip().endswith(("r.", "R."))
    piece = _LAST_DEGREES.sub("", piece).strip(_AROUND)
    if is_dotted and _GENERATION.fullmatch(piece.split()[-1] if piece else ""):
        piece += "."
    if not 2 <= len(piece) <= MAX_NAME_CHARS or len(piece.split()) > MAX_NAME_WORDS:
        return None
    if piece.isascii() and piece.isupper() and len(piece) <= MAX_INITIALS:  # a desk's sign, not a name
        return None
    if _ROLE.search(piece):
        piece = _without_job(piece)
    if _ROLE.search(piece) or _DOMAIN.match(piece) or _DIGITS.search(piece) or not _TITLE_CASE.search(piece):
        return None
    return piece


def _without_job(piece: str) -> str:
    """ "Ann Ek" of "Ann Ek Senior Editor" and "Chefredakteurin Ann Ek"; anything else as it is."""
    job = _JOB.search(piece)
    if job is None:
        return piece
    for name in (piece[: job.start()].strip(_AROUND), piece[job.end() :].strip(_AROUND)):
        if len(name.split()) == 2 and _looks_like_name(name) and not any(map(names_nobody, name.split())):
            return name
    return piece
