"""Tell the language of a text, so that the right recogniser reads it."""

import re

import pycld2

SAMPLE_CHARS = 1500  # more text changes nothing on the dev pages
SHORT_CHARS = 240  # enough to confirm what the page declares, and wrong on none of the training pages
CERTAIN_BYTES = 120  # below, the page's own word counts more than the detector's

MIN_SCORE = 350  # real text has more (372 on the dev pages), a language that the detector does not know about 200
MIN_WORDS = 12
HINDI_SHARE = 0.2  # of the words are Hindi's smallest

_LATIN = re.compile("[A-Za-z]")
_WORD = re.compile(r"[a-z]+")
_OWN_LETTERS = frozenset("hi ur bn pa gu mr ta te ml kn ne si ar fa he el ru uk bg ja ko zh th ka hy am".split())
# As people write them in Latin letters, without those that are words of English or Spanish ("to", "the", "me", "se").
_HINDI = frozenset(
    """
    hai hain tha thi hua hui ka ki ke ko ne mein men par aur ya bhi nahi nahin kya kyon jo yah yeh ye vah woh wo
    ve is us iss uss unhe unhen unke unki unka inke iske uske uski apne apni apna kar karke karne karna liye gaya
    gayi gaye raha rahi rahe diya kiya saath baad tak sab kuch bahut jab tab phir hota hoti hote jata jati jate
    wala wali wale
    """.split()
)

# Each plane of Unicode ends in two noncharacters; the detector refuses a text that holds one.
_NONCHARACTERS = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_UNPRINTABLE = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef{_NONCHARACTERS}]")
_TAG = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]+)*\s*$", re.IGNORECASE)
# Codes of before ISO 639-1, those with a script, and those that only one side uses.
_CODES = {"iw": "he", "in": "id", "ji": "yi", "jw": "jv", "mo": "ro", "nb": "no", "nn": "no", "tl": "fil", "cn": "zh"}
_CODES |= {"ger": "de", "deu": "de", "eng": "en", "fra": "fr", "fre": "fr", "spa": "es", "jp": "ja", "kr": "ko"}
# Languages that a detector confuses, and of which the page knows best which one it is in.
_KIN = tuple(
    frozenset(group.split())
    for group in ("hr sr bs sh me", "no da", "id ms", "cs sk", "es gl ca", "hi mr ne", "uk ru be", "fa ar")
)


def detect_language(text: str, declared: str | None = None, *, in_latin: bool = False) -> str | None:
    """ISO 639-1 code of the language that most of the text is in, or None.

    ``declared`` is what the page says itself (a code): it decides between languages that are hard to tell apart, and
    where the text is too short to tell. ``in_latin``: the page says that it writes this language in Latin letters,
    which the detector does not know.
    """
    if declared and len(text) > SHORT_CHARS and _detect(text[:SHORT_CHARS]) == (declared, True):
        return declared  # most pages say the truth, and the detector is the dearest step of the metadata
    code, sure = _detect(text[:SAMPLE_CHARS])
    if code is None:
        return None
    if (in_latin or not sure) and _LATIN.search(text[:SHORT_CHARS]):
        if in_latin and not (code == "en" and sure):
            return declared
        if _is_hindi_in_latin_letters(text[:SAMPLE_CHARS]):
            return "hi"
    if code == "un" or (declared and not sure):
        return declared
    return declared if declared and any({code, declared} <= kin for kin in _KIN) else code


def _detect(text: str) -> tuple[str | None, bool]:
    """The code of the text's main language (None without text, "un" if unknown), and whether that is certain."""
    if not text.replace("\n", " ").isprintable():  # asked faster than searched for, and most texts are
        text = _UNPRINTABLE.sub(" ", text)
    sample = text.encode("utf-8", "ignore")
    if not sample.strip():
        return None, False
    reliable, _, details = pycld2.detect(sample, isPlainText=True, bestEffort=True)
    sure = reliable and len(sample) >= CERTAIN_BYTES and details[0][3] >= MIN_SCORE
    return _normal(details[0][1]), sure


def is_in_latin_letters(tag: str) -> bool:
    """Whether an HTML language tag says so of a language with letters of its own (hi-Latn, but not sr-Latn)."""
    code, _, rest = tag.strip().lower().replace("_", "-").partition("-")
    return "latn" in rest.split("-") and code in _OWN_LETTERS


def _is_hindi_in_latin_letters(text: str) -> bool:
    words = _WORD.findall(text.lower())
    return len(words) >= MIN_WORDS and sum(word in _HINDI for word in words) >= len(words) * HINDI_SHARE


def language_of_tag(tag: str | None) -> str | None:
    """The code in an HTML language tag: de-AT -> de, zh_Hant -> zh; None for what is no tag."""
    found = _TAG.match((tag or "").strip())
    return _normal(found[1]) if found else None


def _normal(code: str) -> str:
    code = code.lower().partition("-")[0]
    return _CODES.get(code, code)
