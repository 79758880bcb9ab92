"""Real Prometheus and Alertmanager (Debian's packages) on loopback, and the webhook that receives alerts."""

import json
import re
import subprocess
import threading
import urllib.parse
import urllib.request
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import yaml

from stream.kafka.embedded import die_with_parent, free_port
from tests.brokers import wait_until
from tests.deploy.tools import system

START_SECONDS = 30.0


class Monitor:
    """A server process in a folder of its own, which says itself when it is ready."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def run(self, *command: str | Path) -> None:
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [str(part) for part in command],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                preexec_fn=die_with_parent(),
            )
        wait_until(self._is_ready, seconds=START_SECONDS, what=f"{command[0]} to be ready\n{self.log}")

    def _is_ready(self) -> bool:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}/-/ready", timeout=5).close()
        except OSError:  # an answer of 503 is one too
            return False
        return True

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text()[-3000:]

    def end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()


class Prometheus(Monitor):
    """Scrapes the given targets every second, and judges them by a rule file."""

    def start(self, targets: list[str], rules: Path, alertmanager: int | None = None) -> None:
        config: dict[str, Any] = {
            "global": {"scrape_interval": "1s", "evaluation_interval": "1s"},
            "rule_files": [str(rules)],
            "scrape_configs": [
                {
                    "job_name": "stream-cleaner",
                    "static_configs": [{"targets": targets, "labels": {"group": "stream-cleaner"}}],
                }
            ],
        }
        if alertmanager is not None:
            config["alerting"] = {"alertmanagers": [{"static_configs": [{"targets": [f"127.0.0.1:{alertmanager}"]}]}]}
        (self.folder / "prometheus.yml").write_text(yaml.safe_dump(config))
        self.run(
            system("prometheus", "prometheus"),
            "--config.file=prometheus.yml",
            "--storage.tsdb.path=data",
            f"--web.listen-address=127.0.0.1:{self.port}",
        )

    def query(self, promql: str) -> dict[tuple[tuple[str, str], ...], float]:
        """The present value of every series of an expression, by its labels."""
        return {tuple(sorted(row["metric"].items())): float(row["value"][1]) for row in self.ask(promql)}

    def ask(self, promql: str, span: tuple[float, float, float] | None = None) -> list[Any]:
        """Prometheus' own answer: every series now, or from and to two moments in steps of so many seconds."""
        parameters: dict[str, Any] = {"query": promql}
        if span is not None:
            parameters |= dict(zip(("start", "end", "step"), span, strict=True))
        path = "query" if span is None else "query_range"
        data = self._get(f"/api/v1/{path}?{urllib.parse.urlencode(parameters)}")["data"]
        assert data["resultType"] == ("vector" if span is None else "matrix"), promql
        found: list[Any] = data["result"]
        return found

    def label_values(self, variable: str) -> list[str]:
        """What a dashboard's ``label_values(selector, label)`` offers."""
        found = re.fullmatch(r"label_values\((.+), (\w+)\)", variable)
        assert found, variable
        selector, label = found.groups()
        return sorted({dict(labels)[label] for labels in self.query(selector) if label in dict(labels)})

    def targets(self) -> Mapping[str, str]:
        """The health of every target by its address."""
        active = self._get("/api/v1/targets")["data"]["activeTargets"]
        return {target["labels"]["instance"]: target["health"] for target in active}

    def _get(self, path: str) -> Any:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            return json.load(answer)


class Alertmanager(Monitor):
    """Sends every alert at once to one webhook."""

    def start(self, webhook: str) -> None:
        config = {
            "route": {"receiver": "webhook", "group_by": ["alertname"], "group_wait": "0s", "group_interval": "1s"},
            "receivers": [{"name": "webhook", "webhook_configs": [{"url": webhook}]}],
        }
        (self.folder / "alertmanager.yml").write_text(yaml.safe_dump(config))
        self.run(
            system("prometheus-alertmanager", "prometheus-alertmanager"),
            "--config.file=alertmanager.yml",
            "--storage.path=data",
            f"--web.listen-address=127.0.0.1:{self.port}",
            "--cluster.listen-address=",
        )


class Webhook:
    """What an operator's pager would receive."""

    def __init__(self) -> None:
        self.received: list[dict[str, Any]] = []
        received = self.received

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                received.extend(json.loads(body)["alerts"])
                self.send_response(200)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base class' name)
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/"

    def names(self, status: str) -> set[str]:
        """The alerts that were reported as ``firing`` or ``resolved``."""
        return {alert["labels"]["alertname"] for alert in self.received if alert["status"] == status}

    def end(self) -> None:
        self._server.shutdown()
        self._server.server_close()
