"""The alert rules: valid, proven by unit tests to fire and to keep quiet, and explained in the runbook."""

import re
from pathlib import Path

import pytest
import yaml

from stream.observe.metrics import Metrics
from tests.deploy.expressions import (
    Expression,
    alert_expressions,
    panel_expressions,
    recording_expressions,
    rules,
)
from tests.deploy.tools import DEPLOY, REPOSITORY, run, system

ALERTS = [rule for rule in rules() if "alert" in rule]
EVERY_EXPRESSION = [*panel_expressions(), *recording_expressions(), *alert_expressions()]


def known_series() -> set[str]:
    """Every series name that a worker shows or a rule records."""
    families = list(Metrics().registry.collect())
    endings = {"counter": ["_total"], "histogram": ["_bucket", "_sum", "_count"]}
    names = {family.name + ending for family in families for ending in endings.get(family.type, [""])}
    return names | {rule["record"] for rule in rules() if "record" in rule}


def runbook_anchors() -> set[str]:
    """The anchors that a Markdown viewer makes of the runbook's headings."""
    headings = re.findall(r"^#+ (.+)$", (REPOSITORY / "docs" / "runbook.md").read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


def test_prometheus_accepts_its_configuration_and_the_rules() -> None:
    promtool = system("promtool", "prometheus")
    run(promtool, "check", "config", "prometheus.yml", cwd=DEPLOY / "prometheus")


def test_the_alerts_pass_their_unit_tests() -> None:
    promtool = system("promtool", "prometheus")
    run(promtool, "test", "rules", "alerts.test.yml", cwd=DEPLOY / "prometheus")


def test_every_alert_is_tested_to_fire() -> None:
    tests = yaml.safe_load((DEPLOY / "prometheus" / "alerts.test.yml").read_text())["tests"]
    fired = {case["alertname"] for test in tests for case in test["alert_rule_test"] if case.get("exp_alerts")}
    quiet = {case["alertname"] for test in tests for case in test["alert_rule_test"] if not case.get("exp_alerts")}
    assert fired == quiet == {alert["alert"] for alert in ALERTS}


@pytest.mark.parametrize("alert", ALERTS, ids=lambda alert: str(alert["alert"]))
def test_an_alert_waits_lasts_and_says_what_to_do(alert: dict[str, object]) -> None:
    assert {"for", "keep_firing_for"} <= set(alert)
    assert alert["labels"] in ({"severity": "page"}, {"severity": "ticket"})
    annotations = alert["annotations"]
    assert isinstance(annotations, dict)
    assert set(annotations) == {"summary", "description", "runbook"}
    page, _, anchor = annotations["runbook"].partition("#")
    assert page == "docs/runbook.md"
    assert anchor == str(alert["alert"]).lower()
    assert anchor in runbook_anchors()


@pytest.mark.parametrize("expression", EVERY_EXPRESSION, ids=str)
def test_an_expression_reads_only_series_that_exist(expression: Expression) -> None:
    assert expression.metrics <= known_series()


def test_prometheus_can_parse_what_the_panels_ask(tmp_path: Path) -> None:
    promtool = system("promtool", "prometheus")
    records = [
        {"record": f"panel:{number}", "expr": expression.promql}
        for number, expression in enumerate(panel_expressions())
    ]
    file = tmp_path / "panels.yml"
    file.write_text(yaml.safe_dump({"groups": [{"name": "panels", "rules": records}]}))
    run(promtool, "check", "rules", file)


def test_every_recorded_series_is_used() -> None:
    others = " ".join(expression.promql for expression in [*panel_expressions(), *alert_expressions()])
    recorded = " ".join(expression.promql for expression in recording_expressions())
    for rule in rules():
        if "record" in rule:
            assert rule["record"] in others + recorded
