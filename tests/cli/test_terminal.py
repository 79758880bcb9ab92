import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.cli.show.outcome import outcome_lines, readable_date
from stream.cli.show.terminal import visible
from stream.outcome import OutcomeKind

ARTICLE: dict[str, Any] = {
    "headline": "Canal reopens",
    "url": "https://news.example/canal",
    "datePublished": "2025-04-18T17:38:06",
    "agency": "AP",
    "publisher": "The Ledger",
    "authors": [{"name": "Ada Quill"}, {"name": "Bo Renke"}],
    "articleSection": None,
    "inLanguage": "en",
    "paragraphs": [
        {"kind": "paragraph", "text": "One."},
        {"kind": "heading", "text": "Two"},
        {"kind": "quote", "text": "Three."},
        {"kind": "list-item", "text": "Four."},
    ],
    "entities": [
        {"type": "PERSON", "name": "Ada Quill", "mentions": [{}], "link": None},
        {"type": "PLACE", "name": "Panama", "mentions": [{}, {}], "link": {"countryCode": "PA"}},
        {"type": "EVENT", "name": "Regatta", "mentions": [{}], "link": None},
    ],
    "removed": [{"label": "related", "chars": 1200}, {"label": "related", "chars": 34}, {"label": "legal", "chars": 6}],
}


@given(st.text())
def test_no_page_can_steer_the_terminal(text: str) -> None:
    shown = visible(text)
    controls = {char for char in shown if unicodedata.category(char) == "Cc"}
    assert controls <= {"\n", "\t"}
    assert not any("\ud800" <= char <= "\udfff" for char in shown)
    assert visible(shown) == shown


@given(st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs"])))
def test_text_without_controls_is_shown_as_it_is(text: str) -> None:
    assert visible(text) == text


def test_escape_sequences_and_direction_overrides_are_written_out() -> None:
    assert visible("\x1b]0;owned\x07") == "\\x1b]0;owned\\x07"
    assert visible("gnp.\u202eexe") == "gnp.\\u202eexe"
    assert visible("\x9b2J") == "\\x9b2J"


@pytest.mark.parametrize(
    ("iso", "shown"),
    [
        ("2025-04-18T17:38:06", "18 April 2025, 17:38"),
        ("2025-04-18T17:38:06+02:00", "18 April 2025, 17:38 UTC+02:00"),
        ("2025-04-18T17:38:06Z", "18 April 2025, 17:38 UTC"),
        ("2025-04-18", "18 April 2025"),
        ("2025-04", "2025-04"),
        (None, None),
    ],
)
def test_dates_are_shown_as_precise_as_they_came(iso: str | None, shown: str | None) -> None:
    assert readable_date(iso) == shown


def test_an_article_reads_like_one() -> None:
    assert list(map(_plain, outcome_lines(OutcomeKind.CLEANED, ARTICLE, whole=True))) == [
        "Canal reopens",
        "18 April 2025, 17:38 · AP · The Ledger · Ada Quill, Bo Renke · en",
        "https://news.example/canal",
        "",
        "One.",
        "",
        "## Two",
        "",
        "> Three.",
        "",
        "- Four.",
        "",
        "People         Ada Quill",
        "Places         Panama (PA, 2x)",
        "Others         Regatta",
        "Removed        1,240 characters: 2 related, 1 legal",
    ]


def test_a_preview_says_how_much_it_leaves_out() -> None:
    lines = list(map(_plain, outcome_lines(OutcomeKind.CLEANED, ARTICLE, whole=False)))
    assert "… 2 more paragraphs" in lines
    assert "> Three." not in lines


def test_an_article_with_next_to_nothing_is_shown() -> None:
    lines = list(
        map(
            _plain, outcome_lines(OutcomeKind.CLEANED, {"paragraphs": [{"kind": "paragraph", "text": "x"}]}, whole=True)
        )
    )
    assert lines == ["(no headline)", "", "", "x", ""]


def test_a_rejection_shows_reason_and_evidence() -> None:
    event = {"reason": "listing", "evidence": "31 links, no paragraph", "url": None, "recordId": "7"}
    assert list(map(_plain, outcome_lines(OutcomeKind.REJECTED, event, whole=True))) == [
        "Rejected: listing",
        "31 links, no paragraph · 7",
    ]


def test_a_failure_shows_stage_and_type_and_cannot_steer_the_terminal() -> None:
    error = {"stage": "decode", "type": "TooLarge", "message": "\x1b[2J"}
    assert list(
        map(_plain, outcome_lines(OutcomeKind.DEAD_LETTERED, {"error": error, "url": "https://a.example"}, whole=True))
    ) == [
        "Failed in decode: TooLarge",
        "\\x1b[2J · https://a.example",
    ]


def _plain(line: str) -> str:
    """The line without the colours that are meant."""
    from click import unstyle

    return unstyle(line)
