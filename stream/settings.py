"""One typed settings object, read from a TOML file and the environment; secrets are never printed."""

import difflib
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import msgspec
from msgspec import Meta, Struct

from stream.limits import ACCEPTED_KINDS, MAX_DEPTH, MAX_ENTITIES, MAX_NODES, MIN_KIND_PROBABILITY

PREFIX = "STREAM_"
FILE_VARIABLE = "STREAM_CONFIG"
TEST_PREFIX = "STREAM_TEST_"
ENVIRONMENT_ONLY = frozenset({FILE_VARIABLE, "STREAM_NATIVE"})  # what must be known before a file is read
MIB = 1024 * 1024

PositiveInt = Annotated[int, Meta(ge=1)]
Seconds = Annotated[float, Meta(gt=0)]
AcceptedKind = Literal["article", "listing", "collection", "product", "forum", "service", "documentation"]


class SettingsError(ValueError):
    """A setting is unknown or has a value it cannot have; the message says which and how to mend it."""


class Secret(str):
    """A string that shows itself only to those who ask for its value by ``reveal``."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'********'"

    def __str__(self) -> str:
        return "********"

    def reveal(self) -> str:
        return "".join(self)


class Settings(Struct, frozen=True, kw_only=True):
    """Everything that an operator can set. ``STREAM_<NAME>`` in the environment wins over the file.

    Lists are written with commas (``a,b``), mappings as ``key=value,key=value``.
    """

    # Kafka: where
    brokers: Annotated[tuple[str, ...], Meta(min_length=1, description="Bootstrap brokers, host:port")] = (
        "localhost:9092",
    )
    group: Annotated[str, Meta(min_length=1, description="Consumer group")] = "stream-cleaner"
    input_topic: Annotated[str, Meta(description="Topic of raw pages")] = "raw-pages"
    clean_topic: Annotated[str, Meta(description="Topic of clean articles")] = "clean-articles"
    rejected_topic: Annotated[str, Meta(description="Topic of pages that are no article")] = "rejected-pages"
    dead_letter_topic: Annotated[str, Meta(description="Topic of pages that broke, with their original bytes")] = (
        "raw-pages.dead-letters"
    )

    # Kafka: security
    security_protocol: Annotated[
        Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"], Meta(description="How to talk to the brokers")
    ] = "PLAINTEXT"
    sasl_mechanism: Annotated[
        Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER"],
        Meta(description="How to log in, with SASL_*"),
    ] = "SCRAM-SHA-512"
    sasl_username: Annotated[str | None, Meta(description="User for PLAIN and SCRAM")] = None
    sasl_password: Annotated[Secret | None, Meta(description="Password for PLAIN and SCRAM")] = None
    sasl_token_file: Annotated[
        str | None, Meta(description="File with the OAUTHBEARER token, read anew at every login")
    ] = None
    tls_ca_file: Annotated[str | None, Meta(description="CA certificates (PEM); the system's where unset")] = None
    tls_cert_file: Annotated[str | None, Meta(description="Client certificate (PEM), for mutual TLS")] = None
    tls_key_file: Annotated[str | None, Meta(description="Client key (PEM), for mutual TLS")] = None
    tls_key_password: Annotated[Secret | None, Meta(description="Password of the client key")] = None
    tls_check_hostname: Annotated[bool, Meta(description="Check that the broker's certificate names its host")] = True

    # Kafka: delivery
    delivery: Annotated[
        Literal["at-least-once", "exactly-once"],
        Meta(description="exactly-once: outputs and offsets in transactions, for read_committed readers"),
    ] = "at-least-once"
    max_message_bytes: Annotated[
        PositiveInt, Meta(description="Largest record read or written; at least the topics' max.message.bytes")
    ] = 16 * MIB
    commit_interval: Annotated[Seconds, Meta(description="Seconds between offset commits")] = 0.5
    session_timeout: Annotated[
        Seconds, Meta(description="Seconds without a heartbeat until the group drops this worker")
    ] = 45.0
    produce_timeout: Annotated[
        Seconds, Meta(description="Seconds that an output may take to be delivered, retries included")
    ] = 120.0
    stall_timeout: Annotated[
        Seconds,
        Meta(description="Seconds without progress, while pages wait, until the worker ends; over 2 x page_deadline"),
    ] = 180.0
    drain_timeout: Annotated[Seconds, Meta(description="Seconds that pages in flight get to finish at shutdown")] = 25.0

    # Work
    pool_size: Annotated[PositiveInt, Meta(description="Cleaning processes")] = os.cpu_count() or 1
    batch_size: Annotated[PositiveInt, Meta(description="Most pages handed to a cleaning process at once")] = 16
    in_flight: Annotated[
        PositiveInt | None,
        Meta(description="Most pages read and not yet acknowledged; unset: 4 x pool_size x batch_size"),
    ] = None
    in_flight_bytes: Annotated[
        PositiveInt, Meta(description="Most bytes of pages read and not yet acknowledged; one page always fits")
    ] = 64 * MIB
    page_deadline: Annotated[Seconds, Meta(description="Seconds that one page may take")] = 20.0
    page_memory: Annotated[
        PositiveInt, Meta(description="MiB that a cleaning process may allocate above what it needs when idle")
    ] = 1024
    entities: Annotated[bool, Meta(description="Find and link entities")] = True
    recognisers: Annotated[dict[str, str], Meta(description="Recogniser by language, language=spaCy package")] = {}
    pipeline: Annotated[str, Meta(description="Factory of the pipeline, module:callable(settings)")] = (
        "stream.pipeline:build"
    )

    # Content
    max_decoded_bytes: Annotated[PositiveInt, Meta(description="Largest page after decompression, in bytes")] = 64 * MIB
    max_nodes: Annotated[PositiveInt, Meta(description="Most tags of a page, or lines of a text")] = MAX_NODES
    max_depth: Annotated[PositiveInt, Meta(description="Deepest nesting that is read; text below it moves up")] = (
        MAX_DEPTH
    )
    accept_kinds: Annotated[
        tuple[AcceptedKind, ...],
        Meta(min_length=1, description="Kinds of pages that are published: article, documentation, forum …"),
    ] = ACCEPTED_KINDS
    min_kind_probability: Annotated[
        float, Meta(ge=0, le=1, description="Least probability of the accepted kinds together; 0 publishes any page")
    ] = MIN_KIND_PROBABILITY
    max_entities: Annotated[PositiveInt, Meta(description="Most entities of an article; the least salient go")] = (
        MAX_ENTITIES
    )
    content_ref_prefixes: Annotated[
        tuple[str, ...], Meta(description="URI prefixes from which claim checks may be read; none: refused")
    ] = ()
    content_ref_timeout: Annotated[
        Seconds, Meta(description="Seconds that reading a claim check may take, retries included")
    ] = 10.0

    schema_version: Annotated[
        Literal["2.0", "1.0"], Meta(description="Version of the schemas that events are written in")
    ] = "2.0"

    # Watching
    http_host: Annotated[str, Meta(description="Address of /metrics, /healthz and /readyz")] = "127.0.0.1"
    http_port: Annotated[int, Meta(ge=1, le=65535, description="Port of /metrics, /healthz and /readyz")] = 9464
    log_level: Annotated[
        Literal["DEBUG", "INFO", "WARNING", "ERROR"], Meta(description="Least severe log line written")
    ] = "INFO"
    log_format: Annotated[
        Literal["auto", "json", "human"], Meta(description="auto: for people on a terminal, else JSON")
    ] = "auto"

    @property
    def window(self) -> int:
        """Most pages read and not yet acknowledged."""
        return self.in_flight or 4 * self.pool_size * self.batch_size

    @classmethod
    def load(cls, file: str | Path | None = None, environ: Mapping[str, str] | None = None) -> Self:
        """Settings from ``file`` (or the one that ``STREAM_CONFIG`` names), then the environment.

        Raises ``SettingsError`` for an unknown name (with the nearest known one) and for a value of the wrong type.
        """
        environ = os.environ if environ is None else environ
        file = file or environ.get(FILE_VARIABLE)
        values = {**_from_file(file), **_from_environment(environ)} if file else _from_environment(environ)
        try:
            settings = msgspec.convert(values, cls, strict=False, dec_hook=_secret)
        except msgspec.ValidationError as error:
            raise SettingsError(_explain(str(error))) from None
        _check_together(settings)
        return settings

    def masked(self) -> dict[str, Any]:
        """Every effective setting by name, secrets replaced by asterisks."""
        return {
            name: "********" if isinstance(value, Secret) else value
            for name, value in msgspec.structs.asdict(self).items()
        }


FIELDS = {field.name: field for field in msgspec.inspect.type_info(Settings).fields}  # type: ignore[attr-defined]


def description_of(name: str) -> str:
    """The one sentence that says what a setting means."""
    extra = FIELDS[name].type
    while isinstance(extra, msgspec.inspect.Metadata):
        if extra.extra_json_schema and "description" in extra.extra_json_schema:
            return str(extra.extra_json_schema["description"])
        extra = extra.type
    return ""


def _from_file(file: str | Path) -> dict[str, Any]:
    try:
        values = tomllib.loads(Path(file).read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"cannot read the settings file {file}: {error.strerror}") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"the settings file {file} is not valid TOML: {error}") from None
    for name in values:
        _check_known(name, name, f"the settings file {file}")
    return values


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for variable, text in environ.items():
        if not variable.startswith(PREFIX) or variable.startswith(TEST_PREFIX):
            continue
        if variable in ENVIRONMENT_ONLY:
            continue
        name = variable.removeprefix(PREFIX).lower()
        _check_known(name, variable, "the environment")
        values[name] = _parse(name, variable, text)
    return values


def _check_known(name: str, written: str, where: str) -> None:
    if name in FIELDS:
        return
    near = difflib.get_close_matches(name, FIELDS, n=1, cutoff=0.4)
    prefix = PREFIX if written.startswith(PREFIX) else ""
    meant = f"; did you mean {prefix}{near[0].upper() if prefix else near[0]}?" if near else ""
    raise SettingsError(f"unknown setting {written} in {where}{meant}")


def _parse(name: str, variable: str, text: str) -> Any:
    default = FIELDS[name].default
    if isinstance(default, tuple):
        return tuple(part.strip() for part in text.split(",") if part.strip())
    if name == "recognisers":
        pairs = [part.partition("=") for part in text.split(",") if part.strip()]
        if not all(key.strip() and value.strip() for key, _, value in pairs):
            raise SettingsError(f"{variable} is written language=package,language=package; got {text!r}")
        return {key.strip(): value.strip() for key, _, value in pairs}
    return text


def _explain(problem: str) -> str:
    """msgspec's message with the setting's name in front: ``Expected `int` - at `$.pool_size```."""
    what, _, path = problem.partition(" - at ")
    name = path.strip("`$.").partition("[")[0]
    return f"{PREFIX}{name.upper()}: {what} ({description_of(name)})" if name in FIELDS else problem


def _secret(kind: type, value: Any) -> Any:
    if kind is Secret and isinstance(value, str):
        return Secret(value)
    raise msgspec.ValidationError(f"Expected `{kind.__name__}`, got `{type(value).__name__}`")


def _check_together(settings: Settings) -> None:
    """Refuse combinations that could only fail later."""
    if settings.stall_timeout <= 2 * settings.page_deadline:
        raise SettingsError(
            f"STREAM_STALL_TIMEOUT ({settings.stall_timeout:g} s) must be more than twice STREAM_PAGE_DEADLINE "
            f"({settings.page_deadline:g} s), or slow pages would pass for a worker that stands still"
        )
    if settings.security_protocol.startswith("SASL"):
        if settings.sasl_mechanism == "OAUTHBEARER" and not settings.sasl_token_file:
            raise SettingsError("OAUTHBEARER needs STREAM_SASL_TOKEN_FILE")
        if settings.sasl_mechanism != "OAUTHBEARER" and not (settings.sasl_username and settings.sasl_password):
            raise SettingsError(f"{settings.sasl_mechanism} needs STREAM_SASL_USERNAME and STREAM_SASL_PASSWORD")
    if bool(settings.tls_cert_file) != bool(settings.tls_key_file):
        raise SettingsError("mutual TLS needs both STREAM_TLS_CERT_FILE and STREAM_TLS_KEY_FILE")
