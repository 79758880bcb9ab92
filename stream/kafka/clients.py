"""Kafka client options from the settings, for Faust, for aiokafka and for the admin client alike."""

import ssl
from pathlib import Path
from typing import Any

from aiokafka.abc import AbstractTokenProvider

from stream.settings import MIB, Settings, SettingsError

ENVELOPE_BYTES = MIB  # headers and record framing around the largest page, so that its dead letter still fits
BATCH_BYTES = 200_000  # with this linger 1.7 times the pages of the defaults
LINGER_SECONDS = 0.005
# A fetch of aiokafka's 50 MiB is copied through memory that is new each time: 0.36 ms of CPU a page, against 0.25. A
# larger record comes whole all the same (KIP-74).
FETCH_BYTES = 4 * MIB
METADATA_SECONDS = 30  # pages in added partitions wait that long, not aiokafka's five minutes


class TokenFile(AbstractTokenProvider):  # type: ignore[misc]
    """OAUTHBEARER token from a file, read anew at every login because whoever writes it rotates it."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self._path = Path(path)

    async def token(self) -> str:
        return self._path.read_text(encoding="utf-8").strip()


def tls_context(settings: Settings) -> ssl.SSLContext | None:
    """The TLS context, or None where the protocol has no TLS. Raises ``SettingsError`` for files that do not load."""
    if "SSL" not in settings.security_protocol.replace("SASL_", ""):
        return None
    try:
        context = ssl.create_default_context(cafile=settings.tls_ca_file)
        context.check_hostname = settings.tls_check_hostname
        if settings.tls_cert_file:
            password = settings.tls_key_password.reveal() if settings.tls_key_password else None
            context.load_cert_chain(settings.tls_cert_file, settings.tls_key_file, password)
    except (OSError, ssl.SSLError) as error:
        raise SettingsError(f"the TLS files do not load: {error}; see STREAM_TLS_*") from None
    return context


def client_options(settings: Settings) -> dict[str, Any]:
    """Keyword arguments for aiokafka's producer, consumer and admin client."""
    options: dict[str, Any] = {
        "bootstrap_servers": list(settings.brokers),
        "security_protocol": settings.security_protocol,
        "ssl_context": tls_context(settings),
    }
    if settings.security_protocol.startswith("SASL"):
        options["sasl_mechanism"] = settings.sasl_mechanism
        if settings.sasl_mechanism == "OAUTHBEARER":
            options["sasl_oauth_token_provider"] = TokenFile(settings.sasl_token_file or "")
        else:
            options["sasl_plain_username"] = settings.sasl_username
            options["sasl_plain_password"] = settings.sasl_password.reveal() if settings.sasl_password else None
    return options


def largest_record(settings: Settings) -> int:
    """Bytes of the largest record that is read or written; aiokafka skips what is larger (aiokafka #1173)."""
    return settings.max_message_bytes + ENVELOPE_BYTES


def producer_options(settings: Settings) -> dict[str, Any]:
    """Keyword arguments for aiokafka's producer: ``client_options`` and how records are gathered and confirmed."""
    return client_options(settings) | {
        "linger_ms": int(LINGER_SECONDS * 1000),
        "max_batch_size": BATCH_BYTES,
        "max_request_size": largest_record(settings),
        "request_timeout_ms": int(settings.produce_timeout * 1000),
    }
