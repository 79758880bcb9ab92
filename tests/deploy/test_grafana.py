"""The dashboards: the committed JSON is what the code builds, and every panel explains itself."""

import re
from typing import Any

import pytest

from deploy.grafana.build import FOLDER, build, to_json
from tests.deploy.expressions import dashboards, panels
from tests.deploy.test_prometheus import runbook_anchors


def test_the_committed_dashboards_are_what_the_code_builds() -> None:
    built = {name: to_json(dashboard) for name, dashboard in build().items()}
    committed = {path.name: path.read_text() for path in FOLDER.glob("*.json")}
    assert built == committed, "run: python -m deploy.grafana.build"


def test_uids_are_unique_and_short_enough_for_grafana() -> None:
    uids = [dashboard["uid"] for dashboard in dashboards().values()]
    assert len(set(uids)) == len(uids) == 3
    assert all(len(uid) <= 40 for uid in uids)


@pytest.mark.parametrize(("where", "panel"), panels(), ids=lambda value: value if isinstance(value, str) else "")
def test_a_panel_explains_itself(where: str, panel: dict[str, Any]) -> None:
    assert len(panel["description"]) > 20
    assert panel["datasource"]["uid"] == "${datasource}"
    assert panel["type"] == "table" or panel["fieldConfig"]["defaults"]["unit"]
    assert panel["targets"]
    for link in panel.get("links") or []:
        assert link["url"].removeprefix("$runbook#") in runbook_anchors()


def test_every_variable_that_is_used_is_defined() -> None:
    for dashboard in dashboards().values():
        defined = {variable["name"] for variable in dashboard["templating"]["list"]}
        used = set(re.findall(r"\$\{?([a-z]+)", str(dashboard["panels"])))
        assert used <= defined


def test_the_first_row_says_at_a_glance_whether_all_is_well() -> None:
    first_row = [panel for panel in dashboards()["stream.json"]["panels"] if panel["gridPos"]["y"] == 1]
    assert [panel["type"] for panel in first_row] == ["stat"] * 8
    for panel in first_row:
        assert len(panel["fieldConfig"]["defaults"]["thresholds"]["steps"]) == 3
        assert panel["links"]


def test_panels_do_not_overlap() -> None:
    for name, dashboard in dashboards().items():
        taken: set[tuple[int, int]] = set()
        for panel in dashboard["panels"]:
            at = panel["gridPos"]
            cells = {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])}
            assert not taken & cells, f"{name}: {panel['title']} overlaps another panel"
            assert max(x for x, _ in cells) < 24
            taken |= cells
