"""The Kubernetes manifests: valid to the letter, confined, and consistent with what the worker does."""

import json
import math
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy.kubernetes.build import TARGET, build
from stream.settings import Settings
from tests.deploy.tools import DEPLOY, installed, run, system

OVERLAYS = ("development", "production")
CRDS = Path(__file__).parent / "crds"
MODELS = {  # where the npm packages keep the schema of a custom resource
    "keda.sh/v1alpha1": "@kubernetes-models/keda/keda.sh/v1alpha1",
    "monitoring.coreos.com/v1": "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1",
}


@cache
def rendered(overlay: str) -> str:
    """An overlay as ``kubectl apply --kustomize`` would send it."""
    return run(system("kubectl", "kubernetes-client"), "kustomize", DEPLOY / "kubernetes" / "overlays" / overlay)


def manifests(overlay: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load_all(rendered(overlay)))


def only(overlay: str, kind: str) -> dict[str, Any]:
    (found,) = [manifest for manifest in manifests(overlay) if manifest["kind"] == kind]
    return found


def worker(overlay: str) -> dict[str, Any]:
    pod: dict[str, Any] = only(overlay, "Deployment")["spec"]["template"]["spec"]
    return pod


def settings_of(overlay: str) -> Settings:
    return Settings.load(environ={**only(overlay, "ConfigMap")["data"], **secrets(overlay)})


def cpus(quantity: str) -> float:
    """Cores, from Kubernetes' way of writing them."""
    return float(quantity.removesuffix("m")) / 1000 if quantity.endswith("m") else float(quantity)


def secrets(overlay: str) -> dict[str, str]:
    """What the Secret would add, as the overlay's first lines tell the operator to create it."""
    known = "STREAM_SECURITY_PROTOCOL" in only(overlay, "ConfigMap")["data"]
    return {"STREAM_SASL_USERNAME": "user", "STREAM_SASL_PASSWORD": "secret"} if known else {}


def without_type(manifest: dict[str, Any]) -> dict[str, Any]:
    """The manifest as the class of its kind is made from it."""
    return {name: value for name, value in manifest.items() if name not in ("apiVersion", "kind")}


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_kubernetes_knows_every_field(overlay: str, tmp_path: Path) -> None:
    file = tmp_path / "builtin.yaml"
    builtin = [manifest for manifest in manifests(overlay) if manifest["apiVersion"] not in MODELS]
    file.write_text(yaml.safe_dump_all(builtin))
    said = run(installed("kubernetes-validate"), "--strict", file)
    assert said.count(" passed ") == len(builtin), f"a kind without a schema is only warned of:\n{said}"


def test_the_custom_resources_have_only_fields_that_their_operators_know() -> None:
    run(system("npm", "npm"), "ci", cwd=CRDS)
    folder = CRDS / "manifests"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    custom = [manifest for manifest in manifests("production") if manifest["apiVersion"] in MODELS]
    assert {manifest["kind"] for manifest in custom} == {
        "ScaledObject",
        "TriggerAuthentication",
        "ServiceMonitor",
        "PrometheusRule",
    }
    for manifest in custom:
        kind, model = manifest["kind"], MODELS[manifest["apiVersion"]]
        # An object literal: the compiler refuses a field that the type does not have.
        folder.joinpath(f"{kind}.ts").write_text(
            f'import {{ {kind} }} from "{model}/{kind}";\nnew {kind}({json.dumps(without_type(manifest))}).validate();\n'
        )
    run(CRDS / "node_modules" / ".bin" / "tsc", cwd=CRDS)
    for manifest in custom:
        run(system("node", "nodejs"), CRDS / "build" / f"{manifest['kind']}.js", cwd=CRDS)


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_the_worker_accepts_its_settings(overlay: str) -> None:
    settings = settings_of(overlay)
    assert settings.group == "stream-cleaner"
    assert settings.pool_size == math.ceil(cpus(worker(overlay)["containers"][0]["resources"]["requests"]["cpu"]))


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_the_grace_period_is_longer_than_the_drain(overlay: str) -> None:
    assert worker(overlay)["terminationGracePeriodSeconds"] >= settings_of(overlay).drain_timeout + 10


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_every_pod_is_confined(overlay: str) -> None:
    pods = [
        manifest["spec"]["template"]["spec"]
        for manifest in manifests(overlay)
        if manifest["kind"] in ("Deployment", "Job")
    ]
    for pod in pods:
        assert pod["securityContext"]["runAsNonRoot"] is True
        assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        assert pod["automountServiceAccountToken"] is False
        assert pod["enableServiceLinks"] is False, "STREAM_CLEANER_PORT would be an unknown setting"
        for container in pod["containers"]:
            confined = container["securityContext"]
            assert confined == {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"]},
            }
            assert container["resources"]["limits"]["memory"]
            assert not container["image"].endswith(":latest")
            assert ":" in container["image"]


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_the_probes_ask_what_they_are_named_for(overlay: str) -> None:
    (container,) = worker(overlay)["containers"]
    assert container["livenessProbe"]["httpGet"]["path"] == "/healthz"
    assert container["readinessProbe"]["httpGet"]["path"] == "/readyz"
    assert container["ports"] == [{"name": "http", "containerPort": Settings().http_port}]


def test_the_autoscaler_reads_the_lag_that_the_workers_have() -> None:
    settings, scaled = settings_of("production"), only("production", "ScaledObject")
    (trigger,) = scaled["spec"]["triggers"]
    assert trigger["metadata"]["bootstrapServers"] == ",".join(settings.brokers)
    assert trigger["metadata"]["consumerGroup"] == settings.group
    assert trigger["metadata"]["topic"] == settings.input_topic
    assert scaled["spec"]["scaleTargetRef"]["name"] == only("production", "Deployment")["metadata"]["name"]
    assert "replicas" not in only("production", "Deployment")["spec"], "it would fight with the autoscaler"


def test_the_policies_select_the_workers() -> None:
    for kind, selector in (("NetworkPolicy", "podSelector"), ("PodDisruptionBudget", "selector")):
        spec = only("production", kind)["spec"]
        assert spec[selector] == {"matchLabels": {"app.kubernetes.io/name": "stream-cleaner"}}
    (monitor,) = [only("production", "ServiceMonitor")]
    assert (
        monitor["spec"]["selector"]["matchLabels"].items()
        <= only("production", "Service")["metadata"]["labels"].items()
    )


def test_the_alert_rules_are_those_of_prometheus() -> None:
    assert TARGET.read_text() == build(), "run: python -m deploy.kubernetes.build"
    rules = yaml.safe_load((DEPLOY / "prometheus" / "alerts.yml").read_text())
    assert only("production", "PrometheusRule")["spec"] == rules
