"""Decide what the page is, and whether that is published; if not, say what gave it away."""

import dataclasses
from collections.abc import Callable, Collection, Mapping

from stream.cleaning.judge.article_kind import find_article_kind
from stream.cleaning.judge.completeness import judge_completeness
from stream.cleaning.judge.consent_wall import find_consent_wall
from stream.cleaning.judge.error_page import find_error_title, find_refusal
from stream.cleaning.judge.evidence import describe_kind
from stream.cleaning.judge.kinds import classify, load_model
from stream.cleaning.judge.listing import find_listing
from stream.cleaning.judge.other_thing import find_declared_thing, find_login_title
from stream.cleaning.judge.page import JudgedPage
from stream.cleaning.judge.paywall import find_paywall
from stream.cleaning.judge.too_short import find_few_words, find_no_words
from stream.cleaning.values import Draft, Judged, Rejection
from stream.events import PageKind, RejectionReason
from stream.limits import ACCEPTED_KINDS, MIN_KIND_PROBABILITY

Rule = Callable[[JudgedPage], str | None]
Kinds = Mapping[PageKind, float]

# Pages on which there is nothing to read, of any kind. The first rule with evidence against the page decides.
NOTHING: tuple[tuple[RejectionReason, Rule], ...] = (
    (RejectionReason.ERROR_PAGE, find_refusal),
    (RejectionReason.EMPTY, find_no_words),
    (RejectionReason.ERROR_PAGE, find_error_title),
    (RejectionReason.CONSENT_WALL, find_consent_wall),
    (RejectionReason.PAYWALL_STUB, find_paywall),
    (RejectionReason.NOT_AN_ARTICLE, find_login_title),
)
# Pages of another kind than articles, as far as rules can tell: the model knows no texts without markup.
DECLARED: tuple[tuple[RejectionReason, Rule], ...] = ((RejectionReason.NOT_AN_ARTICLE, find_declared_thing),)
OTHER_KINDS = (*DECLARED, (RejectionReason.LISTING, find_listing))
TOO_SHORT: tuple[tuple[RejectionReason, Rule], ...] = ((RejectionReason.TOO_SHORT, find_few_words),)
# A page that says it is one of these is an article: so were all 15 of 3,000 that did.
CERTAIN_TYPES = frozenset({"Recipe", "HowTo"})
PLAIN = 0.5  # probability of a kind from which on rules about other kinds are not asked
MIN_VISIBLE_WORDS = 30  # a page with fewer is too short to be of a kind
SURE = 0.9  # probability of the accepted kinds from which on the model overrules the rule about listings


class Judge:
    """Draft -> Judged, or a Rejection that says what the page is instead."""

    name = "judge"

    def __init__(
        self,
        accepted: Collection[str] = ACCEPTED_KINDS,
        min_probability: float = MIN_KIND_PROBABILITY,
    ) -> None:
        self._accepted = tuple(map(PageKind, accepted))
        self._min_probability = min_probability
        self.version = f"2-{load_model().version}"

    def __call__(self, draft: Draft) -> Judged | Rejection:
        page = JudgedPage(draft)
        rejection = _apply(NOTHING, page)
        if rejection is not None:
            return rejection
        kinds = None if draft.markup is None else _classify(page)
        return self._find_other_kind(page, kinds) or self._accept(page, kinds)

    def _find_other_kind(self, page: JudgedPage, kinds: Kinds | None) -> Rejection | None:
        """The model's word where it is plain; else the rules', and the model's again. Of a text the rules' alone."""
        if kinds is None:
            return _apply(OTHER_KINDS + TOO_SHORT, page) if PageKind.ARTICLE in self._accepted else None
        accepted = sum([kinds.get(kind, 0.0) for kind in self._accepted])
        other = self._likeliest_other(kinds)
        refused = other if accepted < self._min_probability else None
        is_plain = refused is not None and kinds[refused] >= PLAIN and page.visible_words >= MIN_VISIBLE_WORDS
        rejection = None
        if self._likeliest_accepted(kinds) is PageKind.ARTICLE:
            rules = DECLARED if is_plain else (DECLARED if accepted >= SURE else OTHER_KINDS) + TOO_SHORT
            rejection = _apply(rules, page)
        if rejection is not None:
            kind = rejection.kind or other
            return dataclasses.replace(rejection, kind=kind, probability=_round(kinds.get(kind)) if kind else None)
        return self._reject(page, refused, kinds[refused]) if refused else None

    def _likeliest_accepted(self, kinds: Kinds) -> PageKind:
        return max(self._accepted, key=lambda kind: kinds.get(kind, 0.0))

    def _likeliest_other(self, kinds: Kinds) -> PageKind | None:
        """The most probable kind of those that are not accepted; None where all are."""
        return max((kind for kind in kinds if kind not in self._accepted), key=kinds.__getitem__, default=None)

    def _reject(self, page: JudgedPage, kind: PageKind, probability: float) -> Rejection:
        evidence = describe_kind(page, kind, probability)
        return Rejection(RejectionReason(kind.value), evidence, kind, _round(probability))

    def _accept(self, page: JudgedPage, kinds: Kinds | None) -> Judged:
        draft = page.draft
        kind = self._likeliest_accepted(kinds) if kinds else None
        is_complete, told = judge_completeness(page)
        fields = draft.fields
        if told:
            fields = dataclasses.replace(fields, provenance={**fields.provenance, "isComplete": told})
        return Judged(
            url=draft.url,
            http_status=draft.http_status,
            blocks=draft.blocks,
            markup=draft.markup,
            fields=fields,
            declared_types=draft.declared_types,
            kind=kind,
            probability=_round(kinds.get(kind)) if kinds and kind else None,
            article_kind=find_article_kind(page) if kind in (PageKind.ARTICLE, None) else None,
            is_complete=is_complete,
        )


def _classify(page: JudgedPage) -> Kinds:
    if page.declared_types.isdisjoint(CERTAIN_TYPES):
        return classify(page)
    return dict.fromkeys(load_model().forests, 0.0) | {PageKind.ARTICLE: 1.0}


def _apply(rules: tuple[tuple[RejectionReason, Rule], ...], page: JudgedPage) -> Rejection | None:
    """The first rule's rejection that has evidence."""
    for reason, find_evidence in rules:
        evidence = find_evidence(page)
        if evidence:
            return Rejection(reason, evidence, _KINDS.get(reason.value))
    return None


def _round(probability: float | None) -> float | None:
    return None if probability is None else round(probability, 4)


_KINDS = {kind.value: kind for kind in PageKind}
