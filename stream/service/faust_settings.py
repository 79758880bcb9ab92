"""Faust's settings from ours, each with why it is not the default."""

import os
import tempfile
from typing import Any

import faust
from faust.auth import OAuthCredentials

from stream.kafka.clients import (
    BATCH_BYTES,
    LINGER_SECONDS,
    METADATA_SECONDS,
    TokenFile,
    largest_record,
    tls_context,
)
from stream.settings import Settings


def faust_settings(settings: Settings) -> dict[str, Any]:
    """Keyword arguments of the Faust app."""
    return {
        "broker": [f"kafka://{broker}" for broker in settings.brokers],
        "broker_credentials": faust_credentials(settings),
        "autodiscover": False,
        "datadir": f"{tempfile.gettempdir()}/stream-cleaner-{os.getuid()}",  # no tables, but Faust insists on a folder
        "topic_allow_declare": False,  # `stream-cleaner topics` creates topics; a worker must not invent them
        "topic_disable_leader": True,  # no leader topic: no task here needs a leader
        "web_enabled": False,  # our endpoint answers instead, without Faust's pages about the app's insides
        "worker_redirect_stdouts": False,
        "broker_session_timeout": settings.session_timeout,
        "broker_heartbeat_interval": min(3.0, settings.session_timeout / 5),
        "broker_request_timeout": max(90.0, settings.session_timeout * 1.5),  # Faust refuses less than the session
        "broker_max_poll_records": 500,
        "consumer_max_fetch_size": largest_record(settings),
        "consumer_metadata_max_age_ms": METADATA_SECONDS * 1000,
        "stream_buffer_maxsize": settings.window,  # the default of 4,096 pages of 100 kB would be 400 MB a worker
        "producer_linger": LINGER_SECONDS,
        "producer_max_batch_size": BATCH_BYTES,
        "producer_acks": -1,
        "producer_max_request_size": largest_record(settings),
        "producer_request_timeout": settings.produce_timeout,
        "producer_compression_type": None,
    }


def faust_credentials(settings: Settings) -> Any:
    """How Faust logs in; None for PLAINTEXT."""
    context = tls_context(settings)
    if settings.security_protocol == "SSL":
        return faust.SSLCredentials(context=context)
    if settings.security_protocol == "PLAINTEXT":
        return None
    if settings.sasl_mechanism == "OAUTHBEARER":
        return OAuthCredentials(oauth_cb=TokenFile(settings.sasl_token_file or ""), ssl_context=context)
    return faust.SASLCredentials(
        username=settings.sasl_username,
        password=settings.sasl_password.reveal() if settings.sasl_password else None,
        ssl_context=context,
        mechanism=settings.sasl_mechanism,
    )
