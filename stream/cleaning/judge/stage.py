"""Decide whether the page is an article at all, and if not, say what it is and what gave it away."""

from collections.abc import Callable

from stream.cleaning.judge.consent_wall import find_consent_wall
from stream.cleaning.judge.error_page import find_error_title, find_refusal
from stream.cleaning.judge.listing import find_listing
from stream.cleaning.judge.other_thing import find_declared_thing, find_login_title
from stream.cleaning.judge.page import JudgedPage
from stream.cleaning.judge.paywall import find_paywall
from stream.cleaning.judge.too_short import find_few_words, find_no_words
from stream.cleaning.values import Draft, Rejection
from stream.events import RejectionReason

# The first rule with evidence against the page decides.
RULES: tuple[tuple[RejectionReason, Callable[[JudgedPage], str | None]], ...] = (
    (RejectionReason.ERROR_PAGE, find_refusal),
    (RejectionReason.EMPTY, find_no_words),
    (RejectionReason.ERROR_PAGE, find_error_title),
    (RejectionReason.CONSENT_WALL, find_consent_wall),
    (RejectionReason.PAYWALL_STUB, find_paywall),
    (RejectionReason.NOT_AN_ARTICLE, find_declared_thing),
    (RejectionReason.NOT_AN_ARTICLE, find_login_title),
    (RejectionReason.LISTING, find_listing),
    (RejectionReason.TOO_SHORT, find_few_words),
)


class Judge:
    """Draft -> Draft, or a Rejection that says why the page is no article."""

    name = "judge"
    version = "1"

    def __call__(self, draft: Draft) -> Draft | Rejection:
        page = JudgedPage(draft)
        for reason, find_evidence in RULES:
            evidence = find_evidence(page)
            if evidence:
                return Rejection(reason, evidence)
        return draft
