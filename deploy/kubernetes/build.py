"""The alert rules as the Prometheus operator wants them: ``python -m deploy.kubernetes.build`` copies them over."""

from pathlib import Path

RULES = Path(__file__).parent.parent / "prometheus" / "alerts.yml"
TARGET = Path(__file__).parent / "components" / "monitoring" / "prometheusrule.yaml"
HEAD = """\
# Made of deploy/prometheus/alerts.yml by: python -m deploy.kubernetes.build
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: stream-cleaner
spec:
"""


def build() -> str:
    """The manifest: the rule file's lines, indented below ``spec``."""
    return HEAD + "".join(f"  {line}" if line.strip() else line for line in RULES.read_text().splitlines(keepends=True))


if __name__ == "__main__":
    TARGET.write_text(build())
