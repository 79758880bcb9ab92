"""Say whether a page shows the whole of its article, and what tells."""

import re

from stream.cleaning.judge.page import JudgedPage
from stream.cleaning.judge.paywall import find_phrase_after_body
from stream.cleaning.linked_data import text_of
from stream.cleaning.words import SENTENCE_ENDS, count_words

MISSING = 1.5  # times the text that was found: what is declared longer by so much is not all here
WHOLE = 1.15  # what is declared no longer than by so much is
MIN_DECLARED = 100  # words; a shorter number is often a mistake
MIN_CUT_CHARS = 60  # of a last paragraph that breaks off; captions and signatures are shorter

_CLOSING = "\"'”’»)]」』"
_ENDS = tuple(SENTENCE_ENDS)
_NUMBER = re.compile(r"\d{2,6}")


def judge_completeness(page: JudgedPage) -> tuple[bool | None, str | None]:
    """Whether the whole text is there (None: nothing tells), and what told."""
    phrase = find_phrase_after_body(page)
    if phrase:
        return False, f'text: "{phrase}"'
    declared, source = declared_words(page)
    if declared:
        found = max(1, sum(count_words(block.text) for block, label, _ in page.blocks if label.is_body))
        told = f"{source}: {declared} words declared, {found} found"
        if declared > MISSING * found:
            return False, told
        if found > declared / WHOLE:
            return True, told
    last = next((block.text for block, label, _ in reversed(page.blocks) if label.is_body), "")
    if len(last) >= MIN_CUT_CHARS and _breaks_off(last):
        return False, f'text: ends in mid-sentence, "…{last[-30:]}"'
    if page.fields.isAccessibleForFree and last.rstrip(_CLOSING).endswith(_ENDS):
        return True, page.fields.provenance.get("isAccessibleForFree", "json-ld") + ": free, and ends with a sentence"
    return None, None


def _breaks_off(text: str) -> bool:
    """Whether a paragraph ends in an ellipsis or in the middle of a sentence."""
    text = text.rstrip(_CLOSING)
    return text.endswith(("…", "...", ",")) or (text[-1:].islower() and text.count(".") > 1)


def declared_words(page: JudgedPage) -> tuple[int, str]:
    """How many words the page says that its article has, and where it says so; 0 where it does not."""
    linked_data = page.draft.markup.linked_data if page.draft.markup else None
    if linked_data is None:
        return 0, ""
    for node in linked_data.articles:
        count = node.get("wordCount")
        number = _NUMBER.fullmatch(str(count) if isinstance(count, int) else text_of(count) or "")
        if number and int(number[0]) >= MIN_DECLARED:
            return int(number[0]), "json-ld"
    declared = count_words(linked_data.article_body)
    return (declared, "json-ld") if declared >= MIN_DECLARED else (0, "")
