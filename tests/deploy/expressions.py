"""Every PromQL expression that operators meet: those of the dashboards' panels and those of the rules."""

import json
import re
from dataclasses import dataclass
from typing import Any

import yaml

from tests.deploy.tools import DEPLOY

RULES = DEPLOY / "prometheus" / "alerts.yml"
DASHBOARDS = DEPLOY / "grafana" / "dashboards"
METRIC = re.compile(r"(?<![\w:])(?:\w+:)?(?:stream_cleaner|process)_[\w:]+")


@dataclass(frozen=True)
class Expression:
    """PromQL and the place where it stands."""

    where: str
    promql: str

    def __str__(self) -> str:
        return self.where

    @property
    def metrics(self) -> set[str]:
        """The metrics and recorded series that it reads."""
        return set(METRIC.findall(self.promql))


def dashboards() -> dict[str, Any]:
    """The committed dashboards by file name."""
    return {path.name: json.loads(path.read_text()) for path in sorted(DASHBOARDS.glob("*.json"))}


def panels() -> list[tuple[str, Any]]:
    """Every panel with its place; rows left out."""
    return [
        (f"{name}: {panel['title']}", panel)
        for name, dashboard in dashboards().items()
        for panel in dashboard["panels"]
        if panel["type"] != "row"
    ]


def panel_expressions(rate_interval: str = "5m") -> list[Expression]:
    """The panels' expressions, their variables filled in."""
    found = []
    for where, panel in panels():
        for target in panel["targets"]:
            promql = with_variables(target["expr"], rate_interval)
            found.append(Expression(f"{where} [{target['refId']}]", promql))
    return found


def with_variables(expression: str, rate_interval: str) -> str:
    """A panel's expression as Grafana would send it with every variable at 'All'."""
    return re.sub(r"\$(group|topic|instance)", ".*", expression.replace("$__rate_interval", rate_interval))


def rules() -> list[dict[str, Any]]:
    """All rules in their order."""
    return [rule for group in yaml.safe_load(RULES.read_text())["groups"] for rule in group["rules"]]


def recording_expressions() -> list[Expression]:
    """What is recorded for alerts and dashboards."""
    return [Expression(rule["record"], rule["expr"]) for rule in rules() if "record" in rule]


def alert_expressions() -> list[Expression]:
    """What alerts compare."""
    return [Expression(rule["alert"], rule["expr"]) for rule in rules() if "alert" in rule]
