"""Tell what asks the reader for something: it stands below articles in every language, and is none of their text."""

import re

MAX_CHARS = 400  # of a call that names an address
MAX_PHRASE_CHARS = 220  # of one that is told by its words

_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w|\bwhatsapp\b", re.IGNORECASE)
_PHRASES = """
    get in touch|email us|e-mail us|write to us|join the (?:discussion|conversation|debate)|sign up|subscribe to|
    subscribe (?:now|today|here)|support (?:us|our|the)|donate|become a (?:member|supporter|subscriber)|
    follow (?:us|me|him|her|them)|let us know|have your say|download (?:our|the) app|tell us what|don['’]t miss|
    share your (?:thoughts|views|story)|
    schreiben sie uns|schreibt uns|abonnieren sie|jetzt abonnieren|unterstützen sie|unterstütze uns|spenden sie|
    folgen sie uns|folgt uns|melden sie sich an|jetzt anmelden|diskutieren sie mit|haben sie (?:hinweise|fragen)|
    abonnez-vous|inscrivez-vous|écrivez-nous|suivez-nous|soutenez|faites un don|donnez votre avis|contactez-nous|
    suscríbete|suscríbase|síguenos|escríbenos|apóyanos|haz una donación|regístrate|únete a|
    assine (?:já|a|o)|inscreva-se|siga-nos|siga o|apoie|faça uma doação|escreva para|cadastre-se|
    iscriviti|abbonati|seguici|sostieni(?:ci)?|scrivici|dona ora|fai una donazione|
    meld je aan|schrijf je in|abonneer je|volg ons|steun ons|doneer|mail ons|
    prenumerera|följ oss|stöd oss|stötta oss|mejla oss|tipsa oss|tilmeld dig|meld deg på|følg os|følg oss|støt os|
    støtt oss|
    tilaa uutiskirje|seuraa meitä|tue meitä|
    zapisz się|obserwuj nas|śledź nas|wesprzyj|napisz do nas|dołącz do|přihlaste se|sledujte nás|podpořte|napište nám|
    iratkozz fel|iratkozzon fel|kövess minket|támogass|abonați-vă|abonează-te|urmăriți-ne|susține|
    подпишитесь|подписывайтесь|подпишись|поддержите|пишите нам|присоединяйтесь|підписуйтесь|підпишіться|підтримайте|
    абонирайте се|последвайте ни|εγγραφείτε|ακολουθήστε|στηρίξτε|abone ol|bizi takip edin|destek ol|
    اشترك|تابعونا|ادعمنا|הירשמו|עקבו אחרינו|सब्सक्राइब|हमें फॉलो|berlangganan|ikuti kami|đăng ký nhận|theo dõi chúng tôi
"""
_PHRASE = re.compile(rf"(?<!\w)(?:{'|'.join(part.strip() for part in _PHRASES.split('|'))})(?!\w)", re.IGNORECASE)
_FIRST_WORDS = frozenset([word[0] for part in _PHRASES.split("|") if (word := re.search(r"\w+", part))])  # asked first
_WORD = re.compile(r"\w+")
_UNSPACED = (
    "ご登録",
    "フォローして",
    "ご寄付",
    "関注我",
    "关注我们",
    "關注我們",
    "订阅",
    "訂閱",
    "구독",
    "팔로우",
    "สมัครสมาชิก",
    "ติดตามเรา",
)


def names_address(text: str) -> bool:
    """Whether it says where to write to."""
    return ("@" in text or "atsapp" in text.lower()) and _ADDRESS.search(text) is not None


def is_call(text: str) -> bool:
    """Whether a paragraph asks to write, follow, pay or sign up."""
    if len(text) > MAX_CHARS:
        return False
    if names_address(text):
        return True
    if len(text) > MAX_PHRASE_CHARS:
        return False
    if not _FIRST_WORDS.isdisjoint(_WORD.findall(text.lower())) and _PHRASE.search(text):
        return True
    return not text.isascii() and any(map(text.__contains__, _UNSPACED))
