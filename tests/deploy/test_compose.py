"""docker-compose.yml: valid, confined, pinned, and scalable."""

import json
import re
from functools import cache
from typing import Any

import pytest
import yaml

from deploy.grafana.panels import RUNBOOK
from stream.kafka.topics import topics_of
from stream.settings import Settings
from tests.deploy.tools import DEPLOY, installed, run

SERVICES = ("kafka", "topics", "worker", "producer", "prometheus", "grafana")


@cache
def stack() -> dict[str, Any]:
    """The file as Compose understands it, all profiles included."""
    config: dict[str, Any] = json.loads(
        run(installed("docker-compose"), "--profile", "producer", "config", "--format", "json")
    )
    return config


def service(name: str) -> dict[str, Any]:
    found: dict[str, Any] = stack()["services"][name]
    return found


def test_compose_accepts_the_file() -> None:
    run(installed("docker-compose"), "config", "-q")
    assert set(stack()["services"]) == set(SERVICES)


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_confined(name: str) -> None:
    found = service(name)
    assert found["read_only"] is True
    assert found["cap_drop"] == ["ALL"]
    assert found["security_opt"] == ["no-new-privileges:true"]
    limits = found["deploy"]["resources"]["limits"]
    assert {"cpus", "memory", "pids"} <= set(limits)
    if "build" not in found:  # our own image names its user itself
        assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", found["user"])


@pytest.mark.parametrize("name", ["kafka", "prometheus", "grafana"])
def test_an_image_is_pinned_to_a_version(name: str) -> None:
    assert re.fullmatch(r"[a-z]+/[a-z]+:v?\d+\.\d+\.\d+", service(name)["image"])


def test_ports_are_open_on_loopback_only() -> None:
    ports = [port for found in stack()["services"].values() for port in found.get("ports", [])]
    assert ports
    assert {port["host_ip"] for port in ports} == {"127.0.0.1"}


def test_workers_can_be_scaled_and_drain_before_they_are_killed() -> None:
    worker = service("worker")
    assert "container_name" not in worker
    assert "ports" not in worker, "a fixed port would allow one worker only"
    assert worker["stop_grace_period"] == "45s"
    assert worker["depends_on"]["topics"]["condition"] == "service_completed_successfully"


def test_the_worker_accepts_its_settings_and_drains_within_its_grace() -> None:
    settings = Settings.load(environ=service("worker")["environment"])
    assert settings.drain_timeout + 10 <= float(service("worker")["stop_grace_period"].rstrip("s"))
    assert service("producer")["environment"].items() <= service("worker")["environment"].items()


def test_the_broker_takes_the_largest_dead_letter() -> None:
    kafka, settings = service("kafka")["environment"], Settings()
    largest = max(int(topic.config["max.message.bytes"]) for topic in topics_of(settings, partitions=6))
    assert int(kafka["KAFKA_MESSAGE_MAX_BYTES"]) >= largest
    assert int(kafka["KAFKA_REPLICA_FETCH_MAX_BYTES"]) >= largest


def test_prometheus_looks_for_the_workers_where_they_listen() -> None:
    config = yaml.safe_load((DEPLOY / "prometheus" / "prometheus.yml").read_text())
    (job,) = config["scrape_configs"]
    (found,) = job["dns_sd_configs"]
    assert (job["job_name"], found["names"], found["port"]) == ("stream-cleaner", ["worker"], Settings().http_port)


def test_every_long_running_service_has_a_health_check() -> None:
    for name in ("kafka", "prometheus", "grafana"):
        assert service(name)["healthcheck"]["test"]


def test_the_producer_runs_only_when_asked_for() -> None:
    assert service("producer")["profiles"] == ["producer"]


def test_grafana_opens_on_a_dashboard_that_is_provisioned() -> None:
    grafana = service("grafana")
    home = grafana["environment"]["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"]
    mounted = {volume["target"]: volume["source"] for volume in grafana["volumes"]}
    folder, _, name = home.rpartition("/")
    assert mounted[folder].endswith("deploy/grafana/dashboards")
    assert name == "stream.json"
    assert mounted["/usr/share/grafana" + RUNBOOK].endswith("docs/runbook.md"), "the panels link to it"
