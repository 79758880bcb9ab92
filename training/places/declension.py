"""Forms of Russian and Ukrainian place names in all cases: a text says "в Москве" more often than "Москва".

Rules by ending, not a dictionary: a form that nobody uses costs a few bytes, one that is missing a place.
"""

from collections.abc import Iterator
from itertools import product

_RUSSIAN = (  # ending: genitive, dative, accusative, instrumental, prepositional
    ("ия", "ии ии ию ией ии"),
    ("ья", "ьи ье ью ьей ье"),
    ("я", "и е ю ей е"),
    ("га", "ги ге гу гой ге"),
    ("ка", "ки ке ку кой ке"),
    ("ха", "хи хе ху хой хе"),
    ("ша", "ши ше шу шей ше"),
    ("ча", "чи че чу чей че"),
    ("ща", "щи ще щу щей ще"),
    ("ца", "цы це цу цей це"),
    ("а", "ы е у ой е"),
    ("ий", "ия ию ий ием ии"),
    ("й", "я ю й ем е"),
    ("ь", "я ю ь ем е"),
    ("ь", "и и ь ью и"),
    ("ово", "ова ову ово овом ове"),
    ("ево", "ева еву ево евом еве"),
    ("ино", "ина ину ино ином ине"),
    ("ец", "ца цу ец цом це"),
    ("ет", "та ту ет том те"),
    ("ы", " ам ы ами ах"),
    ("ы", "ов ам ы ами ах"),
    ("ж", "жа жу ж жем же"),
    ("", "а у  ом е"),
)
_UKRAINIAN = (
    ("ія", "ії ії ію єю ії"),
    ("я", "і і ю ею і"),
    ("га", "ги зі гу гою зі"),
    ("ка", "ки ці ку кою ці"),
    ("ха", "хи сі ху хою сі"),
    ("а", "и і у ою і"),
    ("їв", "єва єву їв євом єві"),
    ("ків", "кова кову ків ковом кові"),
    ("ів", "ова ову ів овом ові"),
    ("ів", "ева еву ів евом еві"),
    ("ай", "аю аю ай аєм аї"),
    ("ь", "ю ю ь ем і"),
    ("ь", "і і ь ю і"),
    ("и", "ів ам и ами ах"),
    ("и", " ам и ами ах"),
    ("", "у у  ом і"),
    ("", "а у  ом і"),
)
_ADJECTIVES = (
    ("ая", "ой ой ую ой ой"),
    ("яя", "ей ей юю ей ей"),
    ("ый", "ого ому ый ым ом"),
    ("ий", "его ему ий им ем"),
    ("ые", "ых ым ые ыми ых"),
    ("на", "ної ній ну ною ній"),
    ("ка", "кої кій ку кою кій"),
    ("ва", "вої вій ву вою вій"),
    ("ні", "них ним ні ними них"),
)
_CASES = 5
_CONSONANTS = frozenset("бвгджзклмнпрстфхцчшщ")


def decline(name: str) -> set[str]:
    """The oblique forms of a name in Cyrillic; empty for other scripts and for names that keep their form."""
    words = name.split()
    if not words or len(words) > 2 or not all("а" <= char.casefold() <= "ї" or char in "- " for char in name):
        return set()
    forms: set[str] = set()
    for nouns in (_RUSSIAN, _UKRAINIAN):
        paradigms = [list(_inflect(word, _ADJECTIVES if word is not words[-1] else nouns)) for word in words]
        for cases in product(*paradigms):
            forms |= {" ".join(parts) for parts in zip(*cases, strict=True)}
    return forms - {name}


def _inflect(word: str, paradigms: tuple[tuple[str, str], ...]) -> Iterator[list[str]]:
    """The five oblique forms after each paradigm of the word's longest known ending."""
    if word.isupper():
        return
    endings = [(ending, forms) for ending, forms in paradigms if word.endswith(ending)]
    longest = max((len(ending) for ending, _ in endings), default=0)
    if longest == 0 and word[-1] not in _CONSONANTS:
        return
    for ending, forms in endings:
        if len(ending) == longest:
            stem = word[: len(word) - len(ending)]
            yield [stem + form for form in forms.split(" ")[:_CASES]]
