"""Workers log in to real Kafka in every way that the settings offer, and say clearly when they may not."""

import base64
import json
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from stream.kafka.embedded import free_port
from tests.brokers import RealKafka
from tests.conftest import start_kafka
from tests.traffic import Page, Topics, Traffic
from tests.workers import Worker, environment

pytestmark = pytest.mark.kafka

USER, PASSWORD, WRONG = "ada", "right-4711", "wrong-0815"
STRANGER = "eve"  # has the password and no rights

PROPERTIES = """
ssl.keystore.type=PEM
ssl.keystore.location={folder}/broker.pem
ssl.truststore.type=PEM
ssl.truststore.location={folder}/ca.pem
listener.name.tls.ssl.client.auth=required
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:ANONYMOUS;User:{user};User:CN=worker
{logins}
"""
LOGINS = """
listener.name.{name}.sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256,SCRAM-SHA-512,OAUTHBEARER
listener.name.{name}.plain.sasl.jaas.config={security}.plain.PlainLoginModule required user_{user}="{password}" user_{stranger}="{password}";
listener.name.{name}.scram-sha-256.sasl.jaas.config={security}.scram.ScramLoginModule required;
listener.name.{name}.scram-sha-512.sasl.jaas.config={security}.scram.ScramLoginModule required;
listener.name.{name}.oauthbearer.sasl.jaas.config={security}.oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub="broker";
"""


@dataclass(frozen=True, slots=True)
class Guarded:
    """Kafka behind locks, and the folder of the keys."""

    kafka: RealKafka
    folder: Path
    ports: dict[str, int]

    def settings(self, listener: str, **more: str) -> dict[str, str]:
        """The settings of a worker that comes through one of the doors."""
        return {"brokers": f"127.0.0.1:{self.ports[listener]}", "pipeline": "tests.faults.pipelines:echo", **more}


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    folder = tmp_path_factory.mktemp("guarded")
    make_certificates(folder)
    write_token(folder / "token")
    ports = {"LOGIN": free_port(), "TLSLOGIN": free_port(), "TLS": free_port()}
    logins = "".join(
        LOGINS.format(
            name=name, user=USER, stranger=STRANGER, password=PASSWORD, security="org.apache.kafka.common.security"
        )
        for name in ("login", "tlslogin")
    )
    kafka = RealKafka(folder / "kafka", ports, PROPERTIES.format(folder=folder, user=USER, logins=logins))
    scram = [f'{mechanism}=[name="{USER}",password="{PASSWORD}"]' for mechanism in ("SCRAM-SHA-256", "SCRAM-SHA-512")]
    start_kafka(kafka, *(option for user in scram for option in ("--add-scram", user)))
    yield Guarded(kafka, folder, ports)
    kafka.stop()


def ways(guarded: Guarded) -> dict[str, dict[str, str]]:
    """Every way in, by its name."""
    login = {"sasl_username": USER, "sasl_password": PASSWORD}
    authority = {"tls_ca_file": f"{guarded.folder}/ca.pem"}
    client = {"tls_cert_file": f"{guarded.folder}/worker.pem", "tls_key_file": f"{guarded.folder}/worker.key"}
    plain, tls = {"security_protocol": "SASL_PLAINTEXT"}, {"security_protocol": "SASL_SSL"}
    token = {"sasl_mechanism": "OAUTHBEARER", "sasl_token_file": f"{guarded.folder}/token"}
    return {
        "plain": guarded.settings("LOGIN", **plain, **login, sasl_mechanism="PLAIN"),
        "scram 256": guarded.settings("LOGIN", **plain, **login, sasl_mechanism="SCRAM-SHA-256"),
        "scram 512 over tls": guarded.settings("TLSLOGIN", **tls, **login, **authority),
        "token over tls": guarded.settings("TLSLOGIN", **tls, **token, **authority),
        "mutual tls": guarded.settings("TLS", security_protocol="SSL", **authority, **client),
    }


@pytest.mark.parametrize("way", ["plain", "scram 256", "scram 512 over tls", "token over tls", "mutual tls"])
async def test_a_worker_comes_in_and_cleans(guarded: Guarded, way: str, tmp_path: Path) -> None:
    async with Traffic(guarded.kafka.bootstrap, Topics(), partitions=1) as traffic:
        worker = Worker(tmp_path, "", {**traffic.topics.environment(), **environment(ways(guarded)[way])})
        traffic.still_worked_on = lambda: worker.running
        await traffic.produce(*(Page.event(f"page {n}") for n in range(5)))
        worker.start()
        try:
            outcomes = await traffic.finish(seconds=90)
            assert worker.drain() == 0
        finally:
            worker.end()
            print(worker.tail())
        outcomes.check(traffic.produced)


@pytest.mark.parametrize(
    ("way", "change", "clue"),
    [
        ("plain", {"sasl_password": WRONG}, "uthenticat"),
        ("scram 512 over tls", {"sasl_password": WRONG}, "uthenticat"),
        ("scram 512 over tls", {"tls_ca_file": ""}, "certificate"),
        (
            "mutual tls",
            {"tls_cert_file": "", "tls_key_file": ""},
            "closed",
        ),  # TLS 1.3: the broker's reason comes too late
    ],
)
def test_a_worker_that_may_not_come_in_says_why_and_ends(
    guarded: Guarded, way: str, change: dict[str, str], clue: str, tmp_path: Path
) -> None:
    settings = {name: value for name, value in {**ways(guarded)[way], **change}.items() if value}
    worker = Worker(tmp_path, "", {**Topics().environment(), **environment(settings)}).start()
    try:
        assert worker.wait(90) != 0
    finally:
        worker.end()
    errors = [
        line for line in worker.tail(1000).splitlines() if '"level":"ERROR"' in line and settings["brokers"] in line
    ]
    assert any(clue in line for line in errors), f"an error line should name the broker and say why\n{worker.tail()}"
    assert WRONG not in worker.tail(1000)
    assert PASSWORD not in worker.tail(1000)


async def test_a_worker_without_rights_says_so_and_ends(guarded: Guarded, tmp_path: Path) -> None:
    async with Traffic(guarded.kafka.bootstrap, Topics(), partitions=1) as traffic:
        settings = {**ways(guarded)["plain"], "sasl_username": STRANGER}
        worker = Worker(tmp_path, "", {**traffic.topics.environment(), **environment(settings)}).start()
        try:
            assert worker.wait(90) != 0
        finally:
            worker.end()
    assert f"not authorized for topic {traffic.topics.name}" in worker.tail(1000)


def make_certificates(folder: Path) -> None:
    """An authority, and a key and certificate for the broker and for the worker."""
    new_key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    openssl(folder, *new_key, "-subj", "/CN=authority", "-keyout", "ca.key", "-out", "ca.pem")
    signed = ["-CA", "ca.pem", "-CAkey", "ca.key", "-addext", "subjectAltName=IP:127.0.0.1"]
    for name in ("broker", "worker"):
        openssl(folder, *new_key, *signed, "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.pem")
    (folder / "broker.pem").write_text((folder / "broker.key").read_text() + (folder / "broker.pem").read_text())


def openssl(folder: Path, *arguments: str) -> None:
    made = subprocess.run(["openssl", "req", "-x509", *arguments], cwd=folder, capture_output=True, text=True)
    assert made.returncode == 0, made.stderr


def write_token(file: Path) -> None:
    """An unsigned JSON Web Token, which Kafka takes where it was not told to check signatures."""
    now = int(time.time())
    parts = ({"alg": "none"}, {"sub": USER, "iat": now, "exp": now + 3600})
    encoded = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts]
    file.write_text(".".join([*encoded, ""]))
