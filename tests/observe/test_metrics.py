"""The metrics say what happened, in bounded series, and the conservation law holds in them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.cleaning.decode.compression import DecodedTooLarge, UndecodableContent
from stream.codec.claim_check import ClaimCheckError, ClaimCheckUnavailable
from stream.codec.read import InvalidEvent
from stream.events import RejectionReason
from stream.facts import PageFacts
from stream.observe.metrics import Metrics
from stream.observe.publishers import TOP
from stream.outcome import OutcomeKind

PARTITION = {"topic": "raw-pages", "partition": "0"}


def value(metrics: Metrics, name: str, **labels: str) -> float | None:
    return metrics.registry.get_sample_value(f"stream_cleaner_{name}", labels)


def facts(publisher: str | None = "news.example", **changes: object) -> PageFacts:
    values = {
        "entities": {"PERSON": 2, "PLACE": 1},
        "language": "en",
        "kept_share": 0.4,
        "fields": ("headline", "authors"),
    }
    return PageFacts(**{**values, **changes}, publisher=publisher)  # type: ignore[arg-type]


def test_a_cleaned_page_is_counted_once_everywhere() -> None:
    metrics = Metrics()
    metrics.assigned({("raw-pages", 0)})
    metrics.consumed("raw-pages", 0, 30_000)
    metrics.stages([("decode", 0.001), ("segment", 0.003)])
    metrics.published(0.02)
    metrics.article(facts())
    metrics.finished(OutcomeKind.CLEANED, 2.5)

    assert value(metrics, "consumed_total", topic="raw-pages") == 1
    assert value(metrics, "partition_consumed_total", **PARTITION) == 1
    assert value(metrics, "page_bytes_sum") == 30_000
    assert value(metrics, "stage_seconds_sum", stage="segment") == 0.003
    assert value(metrics, "publish_seconds_count") == 1
    assert value(metrics, "finished_total", outcome="cleaned") == 1
    assert value(metrics, "event_age_seconds_sum") == 2.5
    assert value(metrics, "entities_total", type="PERSON") == 2
    assert value(metrics, "articles_total", language="en") == 1
    assert value(metrics, "kept_ratio_sum") == 0.4
    assert value(metrics, "fields_total", field="authors") == 1
    assert value(metrics, "fields_total", field="datePublished") == 0
    assert value(metrics, "publisher_pages_total", publisher="news.example", outcome="cleaned") == 1
    assert value(metrics, "publisher_fields_total", publisher="news.example", field="datePublished") == 0
    assert value(metrics, "publisher_fields_total", publisher="news.example", field="headline") == 1


def test_an_unknown_age_is_left_out_and_a_clock_ahead_of_ours_is_no_negative_age() -> None:
    metrics = Metrics()
    metrics.finished(OutcomeKind.CLEANED, None)
    assert value(metrics, "event_age_seconds_count") == 0
    metrics.finished(OutcomeKind.CLEANED, -3.0)
    assert value(metrics, "event_age_seconds_sum") == 0


@given(st.lists(st.sampled_from(["consume", "finish", "drop"]), max_size=60))
def test_every_page_is_in_flight_finished_or_dropped(steps: list[str]) -> None:
    metrics = Metrics()
    in_flight = 0
    for step in steps:
        if step == "consume":
            in_flight += 1
            metrics.consumed("raw-pages", 0, 1)
        elif in_flight and step == "finish":
            in_flight -= 1
            metrics.finished(OutcomeKind.REJECTED, 1.0)
        elif in_flight:
            in_flight -= 1
            metrics.dropped(1)
        metrics.in_flight(in_flight)
        assert value(metrics, "unaccounted_pages") == 0


def test_a_page_that_vanishes_shows() -> None:
    metrics = Metrics()
    for _ in range(3):
        metrics.consumed("raw-pages", 0, 1)
    metrics.finished(OutcomeKind.CLEANED, 1.0)
    metrics.in_flight(1)
    assert value(metrics, "unaccounted_pages") == 1


def test_series_of_a_partition_that_moved_away_are_removed_and_stay_removed() -> None:
    metrics = Metrics()
    metrics.assigned({("raw-pages", 0), ("raw-pages", 1)})
    for partition in (0, 1):
        metrics.consumed("raw-pages", partition, 1)
        metrics.lag("raw-pages", partition, 7)
        metrics.progress("raw-pages", partition)
    metrics.assigned({("raw-pages", 1)})
    metrics.lag("raw-pages", 0, 9)  # a late report of the old assignment
    metrics.progress("raw-pages", 0)
    metrics.consumed("raw-pages", 0, 1)

    for name in ("lag_records", "last_progress_timestamp_seconds", "partition_consumed_total"):
        assert value(metrics, name, **PARTITION) is None
        assert value(metrics, name, topic="raw-pages", partition="1") is not None
    assert value(metrics, "assigned_partitions") == 1


def test_a_partition_starts_its_progress_clock_when_it_is_assigned() -> None:
    metrics = Metrics()
    metrics.assigned({("raw-pages", 0)})
    progress = value(metrics, "last_progress_timestamp_seconds", **PARTITION)
    assert progress is not None
    assert progress > 0
    metrics.assigned({("raw-pages", 0), ("raw-pages", 1)})
    assert value(metrics, "last_progress_timestamp_seconds", **PARTITION) == progress


def test_strange_errors_and_languages_share_one_series() -> None:
    metrics = Metrics()
    for number in range(100):
        metrics.dead_lettered("segment", f"Strange{number}Error")
        metrics.article(facts(language=f"x{number}"))
    metrics.dead_lettered("pool", "DeadlineExceeded")
    metrics.article(facts(language=None))
    assert value(metrics, "dead_lettered_total", stage="segment", type="other") == 100
    assert value(metrics, "dead_lettered_total", stage="pool", type="DeadlineExceeded") == 1
    assert value(metrics, "articles_total", language="other") == 100
    assert value(metrics, "articles_total", language="unknown") == 1


@pytest.mark.parametrize(
    "error", [InvalidEvent, ClaimCheckError, ClaimCheckUnavailable, UndecodableContent, DecodedTooLarge]
)
def test_our_own_errors_are_told_apart(error: type[Exception]) -> None:
    metrics = Metrics()
    metrics.dead_lettered("decode", error.__name__)
    assert value(metrics, "dead_lettered_total", stage="decode", type=error.__name__) == 1


def test_publishers_never_make_more_series_than_the_top_and_other() -> None:
    metrics = Metrics()
    for number in range(20_000):
        metrics.article(facts(publisher=f"site{number % 5_000}.example"))
        metrics.rejected("empty", f"site{number % 5_000}.example")
    body = metrics.render()[0].decode()
    publishers = set(re.findall(r'publisher_(?:pages|fields)_total\{.*?publisher="([^"]+)"', body))
    assert "other" in publishers
    assert len(publishers) <= TOP + 1


def test_known_label_values_start_at_zero() -> None:
    metrics = Metrics()
    assert [value(metrics, "finished_total", outcome=outcome) for outcome in OutcomeKind] == [0, 0, 0]
    assert all(value(metrics, "rejected_total", reason=reason.value) == 0 for reason in RejectionReason)
    assert value(metrics, "pool_restarts_total", cause="deadline") == 0


def test_every_metric_is_named_in_base_units_and_explained() -> None:
    metrics = Metrics()
    names = [definition.name for definition in metrics.definitions]
    assert len(set(names)) == len(names)
    for definition in metrics.definitions:
        assert definition.name.startswith("stream_cleaner_")
        assert (definition.type == "counter") == definition.name.endswith("_total")
        assert not re.search(r"_(ms|millis|milliseconds|kb|mb|minutes|percent)(_|$)", definition.name)
        assert definition.meaning.endswith(".")


def test_the_page_is_the_text_format_with_process_metrics() -> None:
    metrics = Metrics()
    metrics.build_info("1.0", "1.0+abc", "plain")
    body, content_type = metrics.render()
    assert content_type.startswith("text/plain")
    text = body.decode()
    assert 'stream_cleaner_build_info{native="plain",pipeline_version="1.0+abc",version="1.0"} 1.0' in text
    assert "process_cpu_seconds_total" in text
    assert "stream_cleaner_memory_bytes" in text
