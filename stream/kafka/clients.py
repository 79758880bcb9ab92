"""Kafka client options from the settings, for Faust, for aiokafka and for the admin client alike."""

import ssl
from pathlib import Path
from typing import Any

import faust
from aiokafka.abc import AbstractTokenProvider
from faust.auth import OAuthCredentials

from stream.settings import Settings, SettingsError


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


def faust_credentials(settings: Settings) -> Any:
    """The same as Faust's credentials object; None for PLAINTEXT."""
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
