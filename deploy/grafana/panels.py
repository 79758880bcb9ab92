"""The few kinds of panel that the dashboards are made of, so that units, legends and links look alike everywhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from grafana_foundation_sdk.builders import dashboard as dashboards
from grafana_foundation_sdk.builders import heatmap, prometheus, stat, table, timeseries
from grafana_foundation_sdk.builders.common import (
    ReduceDataOptions,
    StackingConfig,
    VizLegendOptions,
    VizTooltipOptions,
)
from grafana_foundation_sdk.models.common import (
    BigValueColorMode,
    BigValueGraphMode,
    LegendDisplayMode,
    LegendPlacement,
    SortOrder,
    StackingMode,
    TooltipDisplayMode,
    VisibilityMode,
)
from grafana_foundation_sdk.models.dashboard import (
    DashboardLinkType,
    DataSourceRef,
    DataTransformerConfig,
    DynamicConfigValue,
    Threshold,
    ThresholdsMode,
)
from grafana_foundation_sdk.models.prometheus import PromQueryFormat

SOURCE = DataSourceRef(type_val="prometheus", uid="${datasource}")
# docker-compose.yml puts docs/runbook.md there; where Grafana runs elsewhere, change the variable `runbook`.
RUNBOOK = "/public/runbook.md"

WORKERS = 'group=~"$group",instance=~"$instance"'  # which workers the variables select
TOPICS = WORKERS + ',topic=~"$topic"'

OK, WARN, BAD = "green", "orange", "red"


@dataclass(frozen=True, slots=True)
class Query:
    """One PromQL expression and how its series are named."""

    expr: str
    legend: str = ""


@dataclass(frozen=True, slots=True)
class Steps:
    """Where a value turns from good to worrying to bad; ``falling`` where small values are the bad ones."""

    warn: float
    bad: float
    falling: bool = False

    def build(self) -> dashboards.ThresholdsConfig:
        colors = (BAD, WARN, OK) if self.falling else (OK, WARN, BAD)
        bounds = (None, *sorted((self.warn, self.bad)))
        steps = [Threshold(value=bound, color=color) for bound, color in zip(bounds, colors, strict=True)]
        return dashboards.ThresholdsConfig().mode(ThresholdsMode.ABSOLUTE).steps(steps)


def number(title: str, query: Query, *, unit: str, steps: Steps, says: str, runbook: str) -> stat.Panel:
    """One number that is green, orange or red, over its recent course; eight fit a row."""
    return (
        stat.Panel()
        .title(title)
        .description(says)
        .datasource(SOURCE)
        .unit(unit)
        .height(5)  # below that Grafana leaves the course out
        .span(3)
        .thresholds(steps.build())
        .color_mode(BigValueColorMode.BACKGROUND_SOLID)
        .graph_mode(BigValueGraphMode.AREA)
        .reduce_options(ReduceDataOptions().calcs(["lastNotNull"]))
        .links([_runbook(runbook)])
        .with_target(_target(query, 0))
    )


def graph(
    title: str,
    *queries: Query,
    unit: str,
    says: str,
    runbook: str | None = None,
    stacked: bool = False,
    span: int = 12,
    top: float | None = None,
) -> timeseries.Panel:
    """Lines over time, named in a table with their last and greatest value; ``top`` fixes the axis' end."""
    panel = (
        timeseries.Panel()
        .title(title)
        .description(says)
        .datasource(SOURCE)
        .unit(unit)
        .min(0)
        .height(8)
        .span(span)
        .line_width(1)
        .fill_opacity(40 if stacked else 10)
        .show_points(VisibilityMode.NEVER)
        .legend(
            VizLegendOptions()
            .display_mode(LegendDisplayMode.TABLE)
            # below, Grafana gives the table a third of the height: room for two names
            .placement(LegendPlacement.RIGHT if span >= 12 else LegendPlacement.BOTTOM)
            .show_legend(True)
            .calcs(["lastNotNull", "max"])
        )
        .tooltip(VizTooltipOptions().mode(TooltipDisplayMode.MULTI).sort(SortOrder.DESCENDING))
        .targets([_target(query, index) for index, query in enumerate(queries)])
    )
    if stacked:
        panel.stacking(StackingConfig().mode(StackingMode.NORMAL))
    if top is not None:
        panel.max(top)
    if runbook:
        panel.links([_runbook(runbook)])
    return panel


def spread(title: str, query: Query, *, unit: str, says: str) -> heatmap.Panel:
    """How a histogram's observations are spread over time."""
    return (
        heatmap.Panel()
        .title(title)
        .description(says)
        .datasource(SOURCE)
        .unit(unit)
        .height(8)
        .span(12)
        .calculate(False)
        .with_target(_target(query, 0).format(PromQueryFormat.HEATMAP))
    )


def listing(
    title: str, columns: Sequence[Query], *, says: str, runbook: str | None = None, height: int = 10
) -> table.Panel:
    """The present values of several queries side by side, one row for each set of labels."""
    panel = (
        table.Panel()
        .title(title)
        .description(says)
        .datasource(SOURCE)
        .height(height)
        .span(24)
        .filterable(True)
        .targets(
            [_target(column, index).instant().format(PromQueryFormat.TABLE) for index, column in enumerate(columns)]
        )
        .with_transformation(_transformation("merge", {}))
        .with_transformation(
            _transformation(
                "organize",
                {
                    "excludeByName": {"Time": True},
                    "renameByName": {f"Value #{_ref(i)}": column.legend for i, column in enumerate(columns)},
                },
            )
        )
    )
    for column in columns:
        unit = "percentunit" if column.legend.endswith("%") else "short"
        panel.override_by_name(column.legend, [DynamicConfigValue(id_val="unit", value=unit)])
    if runbook:
        panel.links([_runbook(runbook)])
    return panel


def _ref(index: int) -> str:
    return chr(ord("A") + index)


def _target(query: Query, index: int) -> prometheus.Dataquery:
    return prometheus.Dataquery().expr(query.expr).legend_format(query.legend or "__auto").ref_id(_ref(index))


def _transformation(name: str, options: dict[str, object]) -> DataTransformerConfig:
    return DataTransformerConfig(id_val=name, options=options)


def _runbook(alert: str) -> dashboards.DashboardLink:
    return (
        dashboards.DashboardLink(f"Runbook: {alert}")
        .type(DashboardLinkType.LINK)
        .url(f"$runbook#{alert.lower()}")
        .target_blank(True)
    )
