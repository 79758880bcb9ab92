"""Choose between charsets of one byte a character that a detector confuses: by the letters that the language has.

The letters are those of CLDR 48 (exemplar characters, main and auxiliary where texts of the web have them).
"""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from stream.cleaning.language import detect_language, language_of_tag

SAMPLE_CHARS = 20_000
READ_BYTES = 400_000
MIN_SHARE = 0.9  # of the letters beyond ASCII that must be the language's
MAX_LOUD = 0.6  # share of capitals among them; more are Cyrillic read in another charset

# Charsets of the web by script, the commonest first: of equals the first is taken.
_NEIGHBOURS = (
    ("cp1252", "cp1250", "cp1254", "cp1257", "iso8859_2", "iso8859_4", "cp1258"),
    ("cp1251", "koi8_r", "koi8_u", "iso8859_5", "cp866", "mac_cyrillic"),
    ("cp1253", "iso8859_7"),
    ("cp1255",),
    ("cp1256",),
    ("cp874",),
)
_LATIN = {
    "af": "áâèéêëîïôöûü", "ca": "àçéèíïóòúü·", "cs": "áčďéěíňóřšťúůýž", "da": "æøåéäöü", "de": "äöüßéà",
    "en": "éèàçêëïöüñ£", "es": "áéíñóúü¿¡ªº", "et": "äõöüšž", "eu": "ñçü", "fi": "äöåšž", "fr": "àâæçéèêëîïôœùûüÿ",
    "ga": "áéíóú", "gl": "áéíñóúü", "hr": "čćđšž", "hu": "áéíóöőúüű", "id": "é", "is": "áðéíóúýþæö", "it": "àèéìíîòóùú",
    "lt": "ąčęėįšųūž", "lv": "āčēģīķļņšūž", "ms": "é", "mt": "àċġħìòùżż", "nl": "áäéëíïóöúüèàçñ", "no": "æøåéèêóòôàü",
    "pl": "ąćęłńóśźż", "pt": "áâãàçéêíóôõúüºª", "ro": "ăâîșțşţ", "sk": "áäčďéíĺľňóôŕšťúýž", "sl": "čšž", "sq": "çë",
    "sr": "čćđšž", "sv": "åäöéàü", "tr": "çğıiöşüâîû", "vi": "àáâãèéêìíòóôõùúýăđĩũơư", "cy": "âêîôûŵŷäëïöü",
}  # fmt: skip
_OTHERS = {
    "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюяё",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя’",
    "be": "абвгдежзійклмнопрстуўфхцчшыьэюяё",
    "bg": "абвгдежзийклмнопрстуфхцчшщъьюя",
    "mk": "абвгдѓежзѕијклљмнњопрстќуфхцчџш",
    "el": "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",
    "he": "אבגדהוזחטיךכלםמןנסעףפץצקרשת",
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءآأإئؤ،؛؟ـ",
    "fa": "ابپتثجچحخدذرزژسشصضطظعغفقکكگلمنوهیيىءآأئؤ،؛؟",
    "ur": "ابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنوہھءیےآأئؤ،؛؟۔",
    "th": "".join(map(chr, range(0x0E01, 0x0E5C))),
}
_CYRILLIC_SERBIAN = "абвгдђежзијклљмнњопрстћуфхцчџш"
_LETTERS = {language: frozenset(letters) for language, letters in (_LATIN | _OTHERS).items()}
_LETTERS["sr"] |= frozenset(_CYRILLIC_SERBIAN)
_MARKS = frozenset("«»“”„‘’‚‹›–—…•·©®°§€£\u00a0\u00ad\u200c\u200d\u200e\u200f\u0300\u0301\u0303\u0309\u0323№")

_TAG = re.compile(rb"<[^<>]{0,2000}>|&#?\w{1,10};")
_LANGUAGE = re.compile(rb"""<html\b[^<>]{0,500}?\slang\s*=\s*["']?([a-zA-Z-]{2,12})""", re.IGNORECASE)
_BEYOND = re.compile("[^\x00-\x7f]")


def choose_neighbour(content: bytes, guess: str | None) -> str | None:
    """The charset in which the page's letters are those of its language; None where none will do.

    Where the page does not say its language, only those of the script that was guessed are looked at.
    """
    sample = _sample(content)
    tag = _LANGUAGE.search(content, 0, 4096)
    declared = language_of_tag(tag[1].decode("ascii")) if tag else None
    best, best_share = None, MIN_SHARE
    is_known = declared in _LETTERS
    for codec, text in _readings(
        sample, [group for group in _NEIGHBOURS if is_known or guess is None or guess in group]
    ):
        share = _share_of_language(text, declared)
        if share > best_share:
            best, best_share = codec, share
    return best


def is_mostly_ascii(content: bytes) -> bool:
    """Whether most letters are ASCII's, as in no text of Chinese, Japanese or Korean."""
    sample = _sample(content)
    letters = sum([byte > 0x40 for byte in sample])
    return 2 * sum([byte > 0x7F for byte in sample]) < letters


def _sample(content: bytes) -> bytes:
    """The beginning of the page's text."""
    parts = []
    begin = size = 0
    while size < SAMPLE_CHARS and begin >= 0:
        end = content.find(b"<script", begin)
        parts.append(_TAG.sub(b" ", content[begin:end][:READ_BYTES] if end >= 0 else content[begin:][:READ_BYTES]))
        size += len(parts[-1])
        begin = content.find(b"</script", end) if end >= 0 else -1
    return b" ".join(parts)[:SAMPLE_CHARS]


def _readings(sample: bytes, groups: Iterable[Iterable[str]]) -> Iterator[tuple[str, str]]:
    for codec in chain.from_iterable(groups):
        try:
            yield codec, sample.decode(codec)
        except UnicodeDecodeError:
            continue


def _share_of_language(text: str, declared: str | None) -> float:
    """How many of the letters beyond ASCII are those of the text's language."""
    beyond = _BEYOND.findall(text)
    language = declared if declared in _LETTERS else detect_language(text)
    letters = _LETTERS.get(language or "")
    if letters is None or not beyond:
        return 0.0
    known = [char for char in beyond if char in _MARKS or char.lower() in letters]
    loud = sum([char.isupper() for char in beyond])
    if loud > MAX_LOUD * len(beyond):
        return 0.0
    return len(known) / len(beyond)
