"""The same sentences about others, so that the context is learnt and not the few names that happen to be in it."""

import random
from collections.abc import Sequence

from evaluation.recogniser.texts import AnnotatedText, Stretch, paragraphs
from training.recogniser.lexicon import cities, faked_by_locale, written

FILED = 0.08  # of the paragraphs
SWAPPED = {"PER": 0.7, "ORG": 0.35, "LOC": 0.5}  # of a document's different names
_AGENCIES = ("", "", "AP", "AP", "Reuters", "AFP", "dpa", "UPI", "PA", "Xinhua", "TASS", "Kyodo")
_EAST = "Kim Lee Park Choi Jung Kang Cho Yoon Jang Lim Han Shin Seo Kwon Hwang Ahn Song Moon Ban Tsai Chen Lin".split()
_EAST_GIVEN = "Jae Geun Ki Jong Ing Hyun Min Sung Young Soo Eun Ji Kyung Chul Hee Wen Chia Hsien Yi".split()
_EAST_END = "in hye moon un wen suk jin ho hee young woo joon seok mi ah loong ying ping hsun wei".split()
# In the order that the seed draws from; what readers take for a particle is in stream/cleaning/particles.py.
_PARTICLES = ("de", "van", "van der", "von", "del", "da", "di", "bin", "al", "de la", "ter", "el", "dos", "du", "le")
_BODIES = (
    *("University of {place}", "{place} University", "{place} High School", "{last} Institute", "St. {first} Hospital"),
    *("{last} Group", "{last} Inc", "{last} & Sons", "{last} Motors", "{last} Ltd.", "{last} Corp.", "{last} Holdings"),
    *("{last} and {other}", "{last} Foundation", "{last} Airlines", "{last} Records", "Bank of {place}"),
    *("{place} United", "{place} City", "{place} Rovers", "FC {place}", "{place} Football Club", "{place} Times"),
    *("{place} City Council", "{place} Police Department", "{place} Chamber of Commerce", "{place} Herald"),
    *("Ministry of {matter}", "Department of {matter}", "{matter} Ministry", "National {matter} Agency"),
    *("International {matter} Organization", "{place} {matter} Association", "{matter} Committee"),
    *("Royal {matter} Society", "{place} Symphony Orchestra", "European {matter} Agency"),
)
_MATTERS = (
    "Health Defence Finance Education Justice Labour Transport Energy Agriculture Trade Culture Security Aviation "
    "Environment Tourism Science Space Maritime Statistics Housing Cricket Basketball Boxing Athletics Chess"
).split()


class Names:
    """Makes names; everything follows from the seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        locales = faked_by_locale()
        self._people = list(locales.values())
        self._english = [names for locale, names in locales.items() if locale.startswith("en_")]
        self._cities = cities()
        self._places = written("places.txt")
        self._bodies = written("organisations.txt")

    def draw(self, share: float) -> bool:
        return self._random.random() < share

    def person(self, last: str) -> str:
        """A full name with the given last name."""
        first = self.first()
        form = self._random.random()
        if "-" in last and last[-1].islower() and " " in last:  # Moon Jae-in: family name first, all of it the name
            return last
        if form < 0.70:
            return f"{first} {last}"
        if form < 0.80:
            return f"{first} {self._letter()}. {last}"
        if form < 0.86:
            return f"{self._letter()}. {self._letter()}. {last}"
        if form < 0.92:
            return f"{self._letter()}.{self._letter()}. {last}"
        if form < 0.95:
            return f"{self._letter()}. {last}"
        return f"{first}-{self.first()} {last}" if form < 0.97 else f"{first} {self.first()} {last}"

    def first(self) -> str:
        return self._random.choice(self._locale()[0])

    def last(self) -> str:
        last = self._random.choice(self._locale()[1])
        form = self._random.random()
        if form < 0.70:
            return last
        if form < 0.79:
            return self._random.choice(("O'", "O’", "Mc", "Mac", "D'", "D’")) + last
        if form < 0.83:
            return f"{last}-{self._random.choice(self._locale()[1])}"
        if form < 0.86:
            return f"{self._random.choice(('al', 'Al', 'el', 'El'))}-{last}"
        if form < 0.95:
            return f"{self._random.choice(_PARTICLES)} {last}"
        choose = self._random.choice
        return f"{choose(_EAST)} {choose(_EAST_GIVEN)}-{choose(_EAST_END)}"

    def place(self) -> str:
        return self._random.choice(self._cities if self._random.random() < 0.6 else self._places)

    def dateline(self) -> tuple[str, str, str]:
        """Place, agency (or nothing) and dash."""
        choose = self._random.choice
        place = choose(self._cities)
        return (place.upper() if self.draw(0.7) else place), choose(_AGENCIES), choose((" — ", " - ", " – ", " -- "))

    def body(self) -> str:
        if self._random.random() < 0.5:
            return self._random.choice(self._bodies)
        last, other = (self._random.choice(self._locale()[1]) for _ in range(2))
        return self._random.choice(_BODIES).format(
            place=self._random.choice(self._cities), last=last, other=other, first=self.first(),
            matter=self._random.choice(_MATTERS),
        )  # fmt: skip

    def _locale(self) -> tuple[list[str], list[str]]:
        """Every third from English-speaking countries, whose names news in English has most."""
        return self._random.choice(self._english if self._random.random() < 0.33 else self._people)

    def _letter(self) -> str:
        return self._random.choice("ABCDEFGHJKLMNPRSTVW")


def renamed(document: AnnotatedText, names: Names) -> AnnotatedText:
    """A copy in which most names are others; one person keeps one new name throughout."""
    others: dict[tuple[str, str], str] = {}
    text, end = "", 0
    moved: list[Stretch] = []
    doubtful: list[tuple[int, int]] = []
    stretches = [(*name, True) for name in document.stripped()]
    stretches += [(start, stop, "", False) for start, stop in document.doubtful]
    for start, stop, kind, sure in sorted(stretches):
        if start < end:
            continue
        old = document.text[start:stop]
        new = _other(old, kind, names, others) if sure and not _meets(document.doubtful, start, stop) else old
        text += document.text[end:start] + new
        place = (len(text) - len(new), len(text))
        if sure:
            moved.append((*place, kind))
        if not sure or _meets(document.doubtful, start, stop):
            doubtful.append(place)
        end = stop
    return AnnotatedText(text + document.text[end:], moved, doubtful)


def told_alone(document: AnnotatedText, names: Names) -> list[AnnotatedText]:
    """Each paragraph as a text of its own, some filed with a dateline: short texts must do without the rest."""
    return [filed(paragraph, names) if names.draw(FILED) else paragraph for paragraph in paragraphs(document)]


def filed(document: AnnotatedText, names: Names) -> AnnotatedText:
    """The text behind an invented dateline."""
    place, agency, dash = names.dateline()
    opening = f"{place} ({agency}){dash}" if agency else f"{place}{dash}"
    added = [(0, len(place), "LOC")]
    if agency:
        added.append((len(place) + 2, len(place) + 2 + len(agency), "ORG"))
    shift = len(opening)
    moved = [(start + shift, end + shift, kind) for start, end, kind in document.names]
    return AnnotatedText(
        opening + document.text,
        added + moved,
        [(start + shift, end + shift) for start, end in document.doubtful],
    )


def _meets(doubtful: Sequence[tuple[int, int]], start: int, stop: int) -> bool:
    return any(start < end and begin < stop for begin, end in doubtful)


def _other(old: str, kind: str, names: Names, others: dict[tuple[str, str], str]) -> str:
    words = old.split()
    key = (kind, words[-1] if kind == "PER" else old)
    if key not in others:
        others[key] = old if not names.draw(SWAPPED[kind]) else _made(kind, names)
    new = others[key]
    if kind != "PER" or new == old or key[1] == new:
        return new if new != key[1] else old
    return names.person(new) if len(words) > 1 else new


def _made(kind: str, names: Names) -> str:
    if kind == "PER":
        return names.last()
    return names.place() if kind == "LOC" else names.body()
