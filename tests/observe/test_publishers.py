"""The publisher label stays bounded and follows who is busy now."""

from hypothesis import given
from hypothesis import strategies as st

from stream.observe.publishers import OTHER, BusiestPublishers


def test_the_first_publishers_are_named_at_once() -> None:
    busiest = BusiestPublishers(top=2, review_after=100)
    assert [busiest.label(name) for name in ("a", "b", "c", "a")] == ["a", "b", OTHER, "a"]


def test_a_busy_newcomer_takes_the_place_of_a_quiet_publisher() -> None:
    busiest = BusiestPublishers(top=2, review_after=10)
    for name in ["a", "b", "a", *["c"] * 7]:
        busiest.label(name)
    assert busiest.review() == {"b"}
    assert busiest.label("c") == "c"
    assert busiest.label("b") == OTHER


def test_nothing_changes_between_reviews() -> None:
    busiest = BusiestPublishers(top=1, review_after=10)
    for name in ["a", *["b"] * 8]:
        busiest.label(name)
    assert busiest.review() == set()
    assert busiest.label("b") == OTHER


def test_a_publisher_that_went_quiet_makes_room() -> None:
    busiest = BusiestPublishers(top=1, review_after=16)
    for _ in range(16):
        busiest.label("old")
    gone: set[str] = set()
    for _ in range(40):
        gone |= busiest.review()
        busiest.label("new")
    assert gone == {"old"}


@given(st.lists(st.text(max_size=2), max_size=300), st.integers(1, 5), st.integers(1, 20))
def test_named_publishers_never_exceed_the_top(names: list[str], top: int, review_after: int) -> None:
    busiest = BusiestPublishers(top, review_after)
    named: set[str] = set()
    for name in names:
        named -= busiest.review()
        label = busiest.label(name)
        assert label in (name, OTHER)
        named.add(label)
        assert len(named - {OTHER}) <= top
