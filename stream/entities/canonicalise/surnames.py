"""Shares out the bare surnames of people who bear one surname: "Mr. Pfeil" is the son, "Mrs. Pfeil" his mother.

A bare surname that two people of an article bear is no third person. A title or a word for a relative tells which of
them is meant; else it is who was named in full last, and before that the first who is.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from enum import Enum, auto

from stream.entities.canonicalise.mentions import TitledMention
from stream.events import EntityType

NEAR = 160  # characters behind a full name in which "he" or "she" is that person

_MALE_TITLE = re.compile(r"\b(?:mr|sir|lord|king|prince|father|brother|señor|signor|senhor|herr|monsieur)\b")
_FEMALE_TITLE = re.compile(
    r"\b(?:mrs|ms|miss|lady|dame|queen|princess|sister|mother|madame|mme|mlle|señora|signora|senhora|frau|datin)\b"
)
_MALE_KIN = re.compile(
    r"\b(?:father|dad|brother|husband|son|uncle|nephew|grandfather|grandson|stepfather|stepson|widower|boyfriend),? \Z"
)
_FEMALE_KIN = re.compile(
    r"\b(?:mother|mum|mom|sister|wife|daughter|aunt|niece|grandmother|granddaughter|stepmother|stepdaughter|widow"
    r"|girlfriend),? \Z"
)
_HE, _SHE = re.compile(r"\b(?:he|his|him)\b", re.IGNORECASE), re.compile(r"\b(?:she|her|hers)\b", re.IGNORECASE)


class Gender(Enum):
    MALE = auto()
    FEMALE = auto()


def share_out_surnames(
    text: str, mentions: Sequence[TitledMention], identities: Mapping[tuple[EntityType, str], str]
) -> dict[int, str]:
    """The person's identity for each offset at which a surname of several people stands alone.

    ``mentions`` are in text order.
    """
    people = [mention for mention in mentions if mention.span.type is EntityType.PERSON]
    bearers: dict[str, list[str]] = defaultdict(list)
    for mention in people:
        identity = identities[EntityType.PERSON, mention.folded]
        surname = identity.rpartition(" ")[2]
        if " " in identity and identity not in bearers[surname]:
            bearers[surname].append(identity)
    shared = {
        surname: names
        for surname, names in bearers.items()
        if len(names) > 1 and identities.get((EntityType.PERSON, surname)) == surname
    }
    if not shared:
        return {}
    genders = _tell_genders(text, people, identities)
    last: dict[str, str] = {}
    found = {}
    for mention in people:
        identity = identities[EntityType.PERSON, mention.folded]
        if mention.folded in shared:
            bearer = _choose(mention, shared[mention.folded], genders, last.get(mention.folded))
            found[mention.span.start] = bearer
            last[mention.folded] = bearer
        elif " " in identity and not _is_kin(text, mention):
            last[identity.rpartition(" ")[2]] = identity
    return found


def _choose(mention: TitledMention, bearers: Sequence[str], genders: Mapping[str, Gender], last: str | None) -> str:
    """The bearer whom a surname means: of the title's gender, named last, named first."""
    gender = _read_title(mention)
    fits = [name for name in bearers if gender is None or genders.get(name, gender) is gender]
    sure = [name for name in fits if gender is not None and genders.get(name) is gender]
    choice = sure or fits or bearers
    return last if last is not None and last in choice else choice[0]


def _read_title(mention: TitledMention) -> Gender | None:
    titles = " ".join(mention.titles).lower()
    if _FEMALE_TITLE.search(titles):
        return Gender.FEMALE
    return Gender.MALE if _MALE_TITLE.search(titles) else None


def _is_kin(text: str, mention: TitledMention) -> bool:
    """Whether the name stands behind a word for a relative: of whom the text goes on to speak is the other."""
    before = text[max(0, mention.span.start - 16) : mention.span.start]
    return bool(_MALE_KIN.search(before) or _FEMALE_KIN.search(before))


def _tell_genders(
    text: str, people: Sequence[TitledMention], identities: Mapping[tuple[EntityType, str], str]
) -> dict[str, Gender]:
    """The gender of those named in full, by title, by a word for a relative, or by the pronouns that follow."""
    votes: dict[str, int] = defaultdict(int)
    for index, mention in enumerate(people):
        identity = identities[EntityType.PERSON, mention.folded]
        if " " not in mention.folded:
            continue
        start, end = mention.span.start, mention.span.end
        before = text[max(0, start - 16) : start]
        following = people[index + 1].span.start if index + 1 < len(people) else len(text)
        after = text[end : min(following, end + NEAR)]
        title = _read_title(mention)
        votes[identity] += 5 * (title is Gender.MALE) - 5 * (title is Gender.FEMALE)
        votes[identity] += 5 * bool(_MALE_KIN.search(before)) - 5 * bool(_FEMALE_KIN.search(before))
        votes[identity] += bool(_HE.search(after)) - bool(_SHE.search(after))
    return {name: Gender.MALE if vote > 0 else Gender.FEMALE for name, vote in votes.items() if vote}
