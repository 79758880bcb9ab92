"""Recognise pages that show the beginning of an article to those who have not paid."""

from stream.cleaning.judge.page import JudgedPage
from stream.cleaning.judge.phrases import any_of
from stream.cleaning.values import Label

MAX_WORDS = 120
MAX_PHRASE_WORDS = 80
MIN_PHRASE_CHARS = 8
MAX_PHRASE_CHARS = 300  # of a block that holds a phrase
MAX_SHOWN_CHARS = 120
MAX_BLOCKS_BEHIND = 4  # of the body, in which such a sentence is about it

_ELSEWHERE = frozenset({Label.NAVIGATION, Label.COMMENTS, Label.RELATED, Label.LEGAL})

# Sentences at which a paid article breaks off.
_PAYWALL = any_of(
    r"\b(?:subscribe|sign up|register|log ?in|sign in|create (?:an|a free) account|become a (?:member|subscriber))\b.{0,40}"
    r"\bto (?:continue|keep|read|unlock|access|view|finish|get full)",
    r"\bto (?:continue|keep) reading\b|\bcontinue reading (?:this article )?with\b|\bread the (?:full|rest of the|whole) (?:article|story)\b.{0,40}\bsubscri",
    r"\balready (?:a |have a )?(?:subscriber|subscription|member)\b|\b(?:article|story|content) is (?:reserved |available |exclusive |only )*"
    r"(?:for|to) (?:our )?(?:paying |registered )?(?:subscribers|members)",
    r"\bsubscribers?[- ]only\b|\bpremium (?:article|content)\b|\byou have (?:reached|read) (?:your|all|the)\b.{0,40}\b(?:limit|free articles)",
    r"\bweiterlesen mit\b|\bjetzt (?:abonnieren|freischalten|weiterlesen|testen)\b|\bexklusiv für abonnent|\bbereits (?:abonnent|digitalabo)|"
    r"\bnur für abonnent|\bmit (?:ihrem|einem) abo\b|\bdiesen artikel (?:weiter)?lesen\b",
    r"\bréservée? (?:aux|à nos) abonnés\b|\bil vous reste\b.{0,30}\bà (?:lire|découvrir)|\babonnez-vous pour\b|\bdéjà abonné",
    r"\bsuscr[ií]bete (?:para|y)\b|\b(?:exclusivo|solo) para (?:suscriptores|suscritores)|\bya eres suscriptor|\bassine para\b|\bexclusivo para assinantes|\bjá é assinante",
    r"\babbonati (?:per|e)\b|\bsei già abbonato|\briservato agli abbonati|\bal abonnee\b|\balleen voor abonnees|\bför prenumeranter|\bredan prenumerant|\bfor abonnenter",
    r"\bdostęp dla prenumeratorów|\btylko dla (?:prenumeratorów|subskrybentów)|\bpro předplatitele|\bтолько для подписчиков|\babonelere özel",
    r"この記事は会員限定|有料会員限定|続きを読むには|この記事は有料|登录后(?:阅读|查看)|付费阅读|订阅后|구독자 전용|للمشتركين",
)


def find_paywall(page: JudgedPage) -> str | None:
    """Some words of text, and then a sentence that asks for money or a login; or a page that says it is not free.

    A short text that is followed by no such sentence is a short article, whatever stands around it.
    """
    is_paid = page.fields.isAccessibleForFree is False
    if page.words >= MAX_WORDS or (page.words >= MAX_PHRASE_WORDS and not is_paid):
        return None
    phrase = find_phrase_after_body(page)
    if phrase:
        return f'{page.words} words of text, then: "{phrase}"'
    return f"the page declares that it is not free, and shows {page.words} words of text" if is_paid else None


def find_phrase_after_body(page: JudgedPage) -> str | None:
    """A sentence at which paid articles break off, at the end of the body or close behind it."""
    last = page.last_body_index
    for block, label, _ in page.blocks[max(0, last) : last + 1 + MAX_BLOCKS_BEHIND]:
        is_near = label not in _ELSEWHERE and MIN_PHRASE_CHARS <= len(block.text) <= MAX_PHRASE_CHARS
        if is_near and _PAYWALL.search(block.text):
            return block.text[:MAX_SHOWN_CHARS]
    return None
