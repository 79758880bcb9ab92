"""Recognise pages that ask for consent to cookies before they show an article."""

import re

from stream.cleaning.judge.page import TEASER_WORDS, JudgedPage
from stream.cleaning.judge.phrases import any_of
from stream.cleaning.words import count_words

MAX_WORDS = 350
MIN_SENTENCE_CHARS = 40
MAX_SENTENCE_CHARS = 5_000  # of a block that are searched for words of consent, which come early
MAX_SEARCHED_CHARS = 100_000  # of a page; a wall has a tenth of it, and the search is slow
MAX_BUTTON_CHARS = 40

# Running text of consent walls.
_SENTENCES = any_of(
    r"\bcookies?\b",
    r"\bconsent(?:ing|s)?\b",
    r"\bpersonal(?:ly identifiable)? (?:data|information)\b",
    r"\bpersonali[sz]ed (?:ads?|advertis|content)",
    r"\blegitimate interests?\b",
    r"\bstore and/or access\b|\baccess information on a device\b",
    r"\b(?:our|\d+|third.party|ad) (?:tech )?(?:partners|vendors)\b",
    r"\bprivacy (?:policy|settings|preferences|choices|notice|matters)\b|\bvalue your privacy\b",
    r"\btracking (?:technolog|and|tools)|\bad blocker\b",
    r"\beinwilligung|\bpersonenbezogene[nr]? daten|\bdatenschutz|\bzustimm(?:en|ung)|\bpersonalisierte (?:werbung|anzeigen)|\bwerbefrei",
    r"\bconsentement|\bdonnées (?:personnelles|à caractère personnel)|\btraceurs|\bconfidentialité",
    r"\bconsentimiento|\bdatos personales|\bprivacidad|\bconsentimento|\bdados pessoais|\bprivacidade",
    r"\bconsenso\b|\bdati personali|\btoestemming|\bpersoonsgegevens|\bsamtycke|\bpersonuppgifter|\bsamtykke|\bpersonoplysninger",
    r"\bzgod[ęay]\b|\bdanych osobowych|\bplik(?:i|ów) cookie|\bsouhlas|\bosobních údajů|\bсогласи[ея]|\bперсональны[ех] данны",
    r"\bkişisel veri|\bçerez|クッキー|同意|隐私|隱私|쿠키|개인정보|ملفات تعريف الارتباط",
)

# Buttons of consent walls.
_BUTTONS = any_of(
    r"^(?:i )?(?:accept|agree|allow|got it|consent|reject|decline|disagree|refuse|deny)\b.{0,24}$",
    r"^(?:yes, )?i(?:.m| am) (?:happy|ok)\b",
    r"\b(?:manage|more|cookie|privacy|your) (?:options|settings|preferences|choices|consent)\b",
    r"^(?:continue without|necessary only|only necessary|essential only)",
    r"\b(?:akzeptieren|zustimmen|ablehnen|einverstanden|einstellungen verwalten)\b",
    r"\b(?:accepter|refuser|continuer sans accepter|paramétrer|j.accepte)\b",
    r"\b(?:aceptar|rechazar|configurar|aceitar|rejeitar|accetta|rifiuta|accepteren|weigeren|godkänn|avvisa|godta|accepter alle|zgadzam|souhlasím|принять|kabul)\b",
    r"同意する|同意して|接受|拒绝|동의",
)

# Class and id tokens of consent walls.
_TOKENS = re.compile(
    r"(?:^|[-_])(?:consent|cmp|gdpr|cookie|cookies|onetrust|didomi|sp_message|privacy-?wall)", re.IGNORECASE
)


def find_consent_wall(page: JudgedPage) -> str | None:
    """Mostly sentences about cookies and data, with buttons to agree or names that say so."""
    if page.words >= MAX_WORDS or (page.is_declared and page.words >= TEASER_WORDS):
        return None
    share = _share_about_consent(page)
    if share < 0.5:
        return None
    buttons = sum(
        1 for block, _, _ in page.blocks if len(block.text) <= MAX_BUTTON_CHARS and _BUTTONS.search(block.text)
    )
    if buttons or any(_TOKENS.search(token) for block, _, _ in page.blocks for token in block.class_tokens):
        return f"{share:.0%} of the running text is about consent to cookies, {buttons} buttons to agree"
    return None


def _share_about_consent(page: JudgedPage) -> float:
    """How much of the running text is about consent (0 to 1, of its characters); 0 where much is kept that is not."""
    total = about = other = 0
    for block, label, _ in page.blocks:
        if total > MAX_SEARCHED_CHARS:
            break
        if len(block.text) >= MIN_SENTENCE_CHARS and block.link_chars * 2 < len(block.text):
            total += len(block.text)
            if _SENTENCES.search(block.text, 0, MAX_SENTENCE_CHARS):
                about += len(block.text)
            elif label.is_body:
                other += count_words(block.text)
                if other >= TEASER_WORDS:
                    return 0.0
    return about / total if total else 0.0
