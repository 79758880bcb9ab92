import logging
import ssl

import click
import pytest
from aiokafka.errors import KafkaConnectionError, KafkaTimeoutError, TopicAuthorizationFailedError

from stream.cli.io.kafka import run
from stream.settings import Settings

SETTINGS = Settings(brokers=("a:1", "b:2"))


async def _fails(error: Exception, logged: str = "") -> None:
    if logged:
        logging.getLogger("aiokafka.client").error(logged)
    raise error


@pytest.mark.parametrize(
    ("error", "logged", "line"),
    [
        (
            KafkaConnectionError("Unable to bootstrap"),
            "Unable connect to a:1: Connect call failed",
            "cannot reach Kafka at a:1,b:2: Unable connect to a:1: Connect call failed (see STREAM_BROKERS)",
        ),
        (
            KafkaConnectionError("Unable to bootstrap"),
            "Unable connect to a:1: SaslAuthenticationFailed: invalid credentials",
            "Kafka at a:1,b:2 refused the login: Unable connect to a:1: SaslAuthenticationFailed: invalid credentials "
            "(see STREAM_SECURITY_PROTOCOL and STREAM_SASL_*)",
        ),
        (
            ssl.SSLError("[SSL: CERTIFICATE_VERIFY_FAILED]"),
            "",
            "cannot reach Kafka at a:1,b:2: ('[SSL: CERTIFICATE_VERIFY_FAILED]',) (see STREAM_TLS_*)",
        ),
        (
            TopicAuthorizationFailedError("raw-pages"),
            "",
            "Kafka at a:1,b:2 does not allow this user to do that: [Error 29] TopicAuthorizationFailedError: raw-pages",
        ),
        (KafkaTimeoutError("late"), "", "Kafka at a:1,b:2: KafkaTimeoutError: KafkaTimeoutError: late"),
    ],
)
def test_what_kafka_refuses_is_one_line(
    error: Exception, logged: str, line: str, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(click.ClickException) as refused:
        run(_fails(error, logged), SETTINGS)
    assert refused.value.format_message() == line
    assert caplog.records == []


def test_a_reader_that_left_is_no_fault_of_kafkas() -> None:
    with pytest.raises(BrokenPipeError):
        run(_fails(BrokenPipeError()), SETTINGS)


def test_a_programming_error_is_not_dressed_up() -> None:
    with pytest.raises(KeyError):
        run(_fails(KeyError("x")), SETTINGS)
