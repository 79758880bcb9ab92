"""Reads the titles and roles that stand beside a person's name: "Gen." before it, "vice chairman of …" after it."""

import re

from stream.entities.tables.demonyms import COUNTRY_OF
from stream.entities.tables.read import TABLES, read_list, read_rows

_HONORIFICS = {title: (full or [title])[0] for title, *full in read_rows(TABLES / "honorifics.tsv", 1, 2)}
_STYLES = frozenset(title for title in _HONORIFICS if " " in title)
_ROLES = frozenset(read_list("roles.txt"))
_OPENING = frozenset(title.split()[0] for title in _HONORIFICS) | _ROLES
_RELATIVES = frozenset(["brother", "sister", "wife", "husband", "daughter", "son", "mother", "father"])
_MODIFIERS = frozenset(read_list("role_modifiers.txt"))
_STAGE_NAMES = frozenset({"lady gaga", "queen latifah", "dr dre", "dr seuss", "dr phil", "judge judy"})
MAX_TITLE_CHARS = 90  # characters; the longest title in front of a name is far shorter

MAX_ROLE_CHARS = 90  # of a role; what is longer is a clause

_AND = re.compile(r"\s+and\s+")
_WORD = re.compile(r"\S+")
_ROLE = re.compile(
    r"(?:(?:who is|now|then|as)\s+)?(?:(?:the|an?|its|their|his|her|our)\s+)?"
    r"(?:(?:[\w.&-]+\s+){0,4}?(?:\w+'s|\w+s')\s+)?"
    r"(?P<role>.+)",
    re.IGNORECASE | re.DOTALL,
)
_APPOSITION = re.compile(
    r",\s+(?P<role>(?:[^,;:()\n\"—–.!?]|(?<=\b[A-Z])\.){3,160}?)(?=,|(?<!\b[A-Z])\.|[;:!?—–\n)]|\s(?:who|whose|said|says|told|was|is|has|had|will|and\s+\w+ed)\b|$)"
)
_ROLE_BEFORE = re.compile(r"(?:\b(?:the|an?|its|their|his|her|our)|'s)\s+(?P<role>[a-z][^,;:()\n\"—–.!?]{2,60}),\s\Z")
_IN_CLAUSES = frozenset(
    """
    who which whose that is was are were be been being not no never neither nor like unlike including such when while
    where if unless has had have will would can could may might once becoming became become one
    """.split()
)
"""Words that make a phrase behind a name a clause or a comparison: "not a family member", "is a part-time driver"."""
_ENDS_PHRASE = ("", ",", ";", ":", "!", "?", ")", '"')
_BARE = str.maketrans("", "", ".,'\"")


def find_title_start(text: str, start: int) -> int:
    """Where the title that ends right before offset ``start`` begins; ``start`` itself if there is none.

    A nationality, a place or a publisher in front of the title is no part of it.
    """
    begin = start
    stop = max(text.rfind("\n", 0, start) + 1, start - MAX_TITLE_CHARS)
    while begin > stop and text[begin - 1] == " ":
        at = max(stop, text.rfind(" ", 0, begin - 1) + 1)
        pair = max(stop, text.rfind(" ", 0, max(0, at - 1)) + 1)
        if pair < at and text[pair].isupper() and _bare(text[pair : begin - 1]) in _STYLES:
            begin = pair
            continue
        word = text[at : begin - 1]
        bare = word.translate(_BARE).lower()
        if begin == start:
            if not _is_title_head(word, bare):
                break
        elif word[-1:] in _ENDS_PHRASE or not (bare in _MODIFIERS or _is_title_head(word, bare)):
            break
        begin = at
    return begin


def _is_title_head(word: str, bare: str) -> bool:
    """Whether the word alone is a title: an honorific in capitals, or a role."""
    if word[-1:] in _ENDS_PHRASE or (word[-1] == "." and bare not in _HONORIFICS):
        return False
    if bare in _HONORIFICS:
        return word[0].isupper()
    return bare in _ROLES or bare.rpartition("-")[2] in _ROLES


def normalise_title(title: str) -> str:
    """The title's last word spelt out, which tells whether two titles may be one: "Sen." and "Democratic senator"."""
    last = title.split()[-1].translate(_BARE).lower()
    return _HONORIFICS.get(last, last)


def count_title_chars(surface: str) -> int:
    """How many characters of a person's surface are title ("Gen. Zhang Youxia": 5); at least one word is left over."""
    if _bare(surface) in _STAGE_NAMES:
        return 0
    opening = surface.split(None, 1)[:1]
    if not opening or (opening[0] not in COUNTRY_OF and _bare(opening[0]) not in _OPENING):
        return 0  # as of most names
    words = [(word.start(), word[0], _bare(word[0])) for word in _WORD.finditer(surface)]
    first = 0
    while first < len(words) - 1:
        _, word, bare = words[first]
        if first + 2 < len(words) and f"{bare} {words[first + 1][2]}" in _STYLES:
            first += 2
        elif bare in _HONORIFICS or bare in _ROLES or (first == 0 and word in COUNTRY_OF and len(words) > 2):
            first += 1
        else:
            break
    return words[first][0] if first else 0


def _bare(words: str) -> str:
    return words.translate(_BARE).lower()


def find_roles(text: str, start: int, end: int) -> list[str]:
    """The roles in apposition to the name at [start:end]: "Zhang, vice chairman of the Commission, said" holds one."""
    roles = []
    comma_before = text.startswith(", ", start - 2) and start > 1
    if comma_before and (before := _ROLE_BEFORE.search(text, max(0, start - MAX_TITLE_CHARS), start)):
        roles += _split_roles(before["role"])
    if text.startswith(", ", end) and (after := _APPOSITION.match(text, end)):
        roles += _split_roles(after["role"])
    return roles


def _split_roles(phrase: str) -> list[str]:
    """The coordinated parts of a noun phrase that name a role, without what determines them.

    A part that names none belongs to the one before: "adviser with the Center for Strategic and International Studies".
    """
    roles: list[str] = []
    for part in _AND.split(phrase):
        found = _ROLE.fullmatch(part.strip())
        role = found["role"] if found else part
        if _names_role(role):
            roles.append(role)
        elif roles:
            roles[-1] += f" and {part}"
    return [role for role in roles if len(role) <= MAX_ROLE_CHARS]


def _names_role(role: str) -> bool:
    """Whether the phrase's head noun (the last word before "of", "at", "for" …) is a role, and no clause says so."""
    head = re.split(r"\s(?:of|at|for|in|with|from|to|on|and)\s", role, maxsplit=1)[0].split()
    if not head or head[0] == "and" or not _IN_CLAUSES.isdisjoint(word.lower() for word in head):
        return False
    last = head[-1].translate(_BARE).lower()
    return (last in _ROLES or last.rpartition("-")[2] in _ROLES) and last not in _RELATIVES
