"""Decide whether the page is an article at all, and if not, say what it is and what gave it away."""

from collections.abc import Callable

from stream.cleaning.judge.consent_wall import asks_for_consent
from stream.cleaning.judge.error_page import refused_by_server, titled_as_error
from stream.cleaning.judge.listing import announces_articles
from stream.cleaning.judge.other_thing import declared_as_thing, titled_as_login
from stream.cleaning.judge.page import JudgedPage
from stream.cleaning.judge.paywall import breaks_off_at_paywall
from stream.cleaning.judge.too_short import has_few_words, has_no_words
from stream.cleaning.values import Draft, Rejection
from stream.events import RejectionReason

# The first rule with evidence against the page decides.
RULES: tuple[tuple[RejectionReason, Callable[[JudgedPage], str | None]], ...] = (
    (RejectionReason.ERROR_PAGE, refused_by_server),
    (RejectionReason.EMPTY, has_no_words),
    (RejectionReason.ERROR_PAGE, titled_as_error),
    (RejectionReason.CONSENT_WALL, asks_for_consent),
    (RejectionReason.PAYWALL_STUB, breaks_off_at_paywall),
    (RejectionReason.NOT_AN_ARTICLE, declared_as_thing),
    (RejectionReason.NOT_AN_ARTICLE, titled_as_login),
    (RejectionReason.LISTING, announces_articles),
    (RejectionReason.TOO_SHORT, has_few_words),
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
