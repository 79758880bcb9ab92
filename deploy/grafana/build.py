"""The dashboards as code: ``python -m deploy.grafana.build`` writes ``dashboards/*.json``; a test holds them equal."""

from pathlib import Path

from grafana_foundation_sdk.builders import dashboard as dashboards
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models.dashboard import (
    Dashboard,
    DashboardLinkType,
    VariableOption,
    VariableRefresh,
)

from deploy.grafana.panels import RUNBOOK, SOURCE, TOPICS, WORKERS, Query, Steps, graph, listing, number, spread

FOLDER = Path(__file__).parent / "dashboards"
TAG = "stream-cleaner"
RATE = "$__rate_interval"


def rate(metric: str, by: str = "", where: str = "") -> str:
    """PromQL: the summed rate of a counter over the selected workers."""
    selector = ",".join(part for part in (WORKERS, where) if part)
    total = f"sum by ({by})" if by else "sum"
    return f"{total} (rate(stream_cleaner_{metric}{{{selector}}}[{RATE}]))"


def share(part: str, whole: str, on: str = "") -> str:
    """PromQL: a ratio that is empty, not NaN, while nothing happens."""
    return f"{part} / on ({on}) group_left () ({whole} > 0)"


def quantile(q: float, histogram: str, by: str = "", where: str = "") -> str:
    """PromQL: a quantile of a histogram; empty, not NaN, while nothing happens."""
    buckets = rate(f"{histogram}_bucket", ", ".join(filter(None, (by, "le"))), where)
    return f"histogram_quantile({q}, {buckets}) >= 0"


def quantiles(histogram: str) -> list[Query]:
    """The median and the two tails that matter."""
    return [Query(quantile(q, histogram), f"p{q * 100:g}") for q in (0.5, 0.95, 0.99)]


FINISHED = rate("finished_total")
CLEANED = rate("finished_total", where='outcome="cleaned"')


def stream() -> dashboards.Dashboard:
    """What to look at first: does the stream flow, is anything lost, what is it short of."""
    return (
        _dashboard("stream", "Stream", "Is the stream healthy? Start with the first row; each panel names its runbook.")
        .with_row(dashboards.Row("Is it healthy?"))
        .with_panel(
            number(
                "Workers up",
                Query(f'sum(up{{job="stream-cleaner",{WORKERS}}})'),
                unit="short",
                steps=Steps(warn=1, bad=0.5, falling=True),
                says="Workers that answer Prometheus. None: nothing is cleaned.",
                runbook="WorkerDown",
            )
        )
        .with_panel(
            number(
                "Alerts firing",
                Query('sum(ALERTS{alertstate="firing",group=~"$group"}) or vector(0)'),
                unit="short",
                steps=Steps(warn=1, bad=3),
                says="Their names stand in the list below; each has an entry of its name in the runbook.",
                runbook="Alerts",
            )
        )
        .with_panel(
            number(
                "Pages finished",
                Query(FINISHED),
                unit="reqps",
                steps=Steps(warn=0.01, bad=0.001, falling=True),
                says="Pages whose output was delivered, a second. Zero while lag is above zero: see NoProgress.",
                runbook="NoProgress",
            )
        )
        .with_panel(
            number(
                "Lag",
                Query(f"sum(stream_cleaner_lag_records{{{TOPICS}}})"),
                unit="short",
                steps=Steps(warn=1_000, bad=100_000),
                says="Pages that wait. A level is harmless, growth is not: add workers up to the partitions.",
                runbook="LagGrowing",
            )
        )
        .with_panel(
            number(
                "Event age p99",
                Query(quantile(0.99, "event_age_seconds")),
                unit="s",
                steps=Steps(warn=300, bad=900),
                says="How old a page is when its article is published. High with no lag: the producer is late.",
                runbook="EventsOld",
            )
        )
        .with_panel(
            number(
                "Dead letters",
                Query(share(rate("finished_total", where='outcome="dead-lettered"'), FINISHED)),
                unit="percentunit",
                steps=Steps(warn=0.002, bad=0.01),
                says="Share of the pages that broke. The panel 'Dead letters' below says where and how.",
                runbook="DeadLetters",
            )
        )
        .with_panel(
            number(
                "Unaccounted",
                Query(f"max(abs(stream_cleaner_unaccounted_pages{{{WORKERS}}}))"),
                unit="short",
                steps=Steps(warn=1, bad=2),
                says="Consumed less finished, dropped and in flight. Other than 0 for minutes: a page is lost.",
                runbook="PagesUnaccounted",
            )
        )
        .with_panel(
            number(
                "Stalled for",
                Query('max(group_topic_partition:stream_cleaner_stalled:seconds{group=~"$group",topic=~"$topic"})'),
                unit="s",
                steps=Steps(warn=120, bad=300),
                says="The longest time that a partition with waiting pages has had none finished.",
                runbook="PartitionStalled",
            )
        )
        .with_panel(
            listing(
                "Firing alerts",
                [Query('max without (alertstate, job) (ALERTS{alertstate="firing",group=~"$group"})', "Firing")],
                says="Empty is good. What each means, how to look and what to do: the runbook, under its name.",
                runbook="Alerts",
                height=5,
            )
        )
        .with_row(dashboards.Row("Flow"))
        .with_panel(
            graph(
                "Pages a second",
                Query(f"sum (rate(stream_cleaner_consumed_total{{{TOPICS}}}[{RATE}]))", "consumed"),
                Query(rate("finished_total", "outcome"), "{{outcome}}"),
                unit="reqps",
                says="Consumed should equal the sum of the outcomes. A gap that stays is pages in flight, or a stall.",
                runbook="NoProgress",
            )
        )
        .with_panel(
            graph(
                "Lag by partition",
                Query(
                    f"topk(10, sum by (topic, partition) (stream_cleaner_lag_records{{{TOPICS}}}))",
                    "{{topic}}/{{partition}}",
                ),
                unit="short",
                says="One partition far above the others: a hot key, or a stalled worker. All of them: too few workers.",
                runbook="LagGrowing",
            )
        )
        .with_panel(
            graph(
                "Event age at publish",
                *quantiles("event_age_seconds"),
                unit="s",
                says="From fetchedAt (or the record's timestamp) to delivery: the delay that subscribers feel.",
                runbook="EventsOld",
            )
        )
        .with_panel(
            graph(
                "Time to publish",
                *quantiles("publish_seconds"),
                unit="s",
                says="From handing over an output to the broker's confirmation. High: look at the broker, not at us.",
                runbook="NoProgress",
            )
        )
        .with_row(dashboards.Row("Errors"))
        .with_panel(
            graph(
                "Dead letters by stage and type",
                Query(rate("dead_lettered_total", "stage, type"), "{{stage}}: {{type}}"),
                unit="reqps",
                says="Which stage broke and how. A new line after a release: look there first. Empty is good.",
                runbook="DeadLetters",
                stacked=True,
            )
        )
        .with_panel(
            graph(
                "Cleaning processes replaced",
                Query(rate("pool_restarts_total", "cause"), "{{cause}}"),
                unit="reqps",
                says="deadline: a page took too long; died: a page killed its process; broken: the whole pool was rebuilt.",
                runbook="PoolThrashing",
                stacked=True,
            )
        )
        .with_row(dashboards.Row("Saturation"))
        .with_panel(
            graph(
                "Window in use",
                Query(
                    f"sum by (instance) (stream_cleaner_in_flight_pages{{{WORKERS}}})"
                    f" / sum by (instance) (stream_cleaner_window_pages{{{WORKERS}}})",
                    "{{instance}}",
                ),
                unit="percentunit",
                says="Pages in flight over the most allowed. Full with CPU to spare: publishing is slow. Full without: scale.",
                runbook="LagGrowing",
                span=8,
                top=1,
            )
        )
        .with_panel(
            graph(
                "CPU",
                Query(
                    f"sum by (instance) (rate(stream_cleaner_cpu_seconds_total{{{WORKERS}}}[{RATE}]))",
                    "{{instance}}",
                ),
                unit="short",
                says="Cores in use by a worker and its cleaning processes. At its limit: add workers or cores.",
                runbook="LagGrowing",
                span=8,
            )
        )
        .with_panel(
            graph(
                "Memory of its limit",
                Query(f"instance:stream_cleaner_memory:ratio{{{WORKERS}}}", "{{instance}}"),
                unit="percentunit",
                says="Resident memory of a worker and its processes over what it may use. Near 100 %: it will be killed.",
                runbook="MemoryNearLimit",
                span=8,
                top=1,
            )
        )
        .with_panel(
            graph(
                "Partitions by worker",
                Query(f"sum by (instance) (stream_cleaner_assigned_partitions{{{WORKERS}}})", "{{instance}}"),
                unit="short",
                says="Should be even. A worker with none is spare: more workers than partitions change nothing.",
                stacked=True,
            )
        )
        .with_panel(
            graph(
                "Rebalances and pages dropped by them",
                Query(rate("rebalances_total"), "rebalances"),
                Query(rate("dropped_total"), "pages dropped"),
                unit="ops",
                says="Dropped pages are read again by the partition's next owner. Rebalances without a deployment: see runbook.",
                runbook="PartitionStalled",
            )
        )
    )


def quality() -> dashboards.Dashboard:
    """What comes out: how much is rejected, how complete the articles are, and which publisher changed."""
    entities_by_type = rate("entities_total", "type")
    return (
        _dashboard("quality", "Quality", "What comes out: rejections, completeness, and which publisher changed.")
        .with_row(dashboards.Row("Outcomes"))
        .with_panel(
            graph(
                "Share of outcomes",
                Query(share(rate("finished_total", "outcome"), FINISHED), "{{outcome}}"),
                unit="percentunit",
                says="A jump of 'rejected' means other input, or articles that are no longer seen as such.",
                runbook="RejectionsJump",
                stacked=True,
                top=1,
            )
        )
        .with_panel(
            graph(
                "Rejections by reason",
                Query(rate("rejected_total", "reason"), "{{reason}}"),
                unit="reqps",
                says="error-page and consent-wall come from the crawler's side; not-an-article from the page or from us.",
                runbook="RejectionsJump",
                stacked=True,
            )
        )
        .with_row(dashboards.Row("Articles"))
        .with_panel(
            graph(
                "Field coverage",
                Query(share(rate("fields_total", "field"), CLEANED), "{{field}}"),
                unit="percentunit",
                says="Share of the articles that have the field. A line that falls for all publishers: look at our release.",
                runbook="PublisherTemplateBreak",
                top=1,
            )
        )
        .with_panel(
            graph(
                "Entities an article",
                Query(share(entities_by_type, CLEANED), "{{type}}"),
                unit="short",
                says="A type at zero: its recogniser or table is missing. All at zero: the language has no recogniser.",
                stacked=True,
            )
        )
        .with_panel(
            spread(
                "Share of a page that is kept",
                Query(rate("kept_ratio_bucket", "le"), "{{le}}"),
                unit="percentunit",
                says="Kept characters over visible ones. A second band near 100 % is boilerplate that gets through.",
            )
        )
        .with_panel(
            graph(
                "Articles by language",
                Query(f"topk(10, {rate('articles_total', 'language')})", "{{language}}"),
                unit="reqps",
                says="'unknown' growing: shorter or broken texts. A language without a recogniser gets no entities.",
                stacked=True,
            )
        )
        .with_row(dashboards.Row("Publishers (the busiest; all others together as 'other')"))
        .with_panel(
            listing(
                "Publishers in the last hour",
                [
                    Query(
                        f"sum by (publisher) (increase(stream_cleaner_publisher_pages_total{{{WORKERS}}}[1h]))", "Pages"
                    ),
                    *(
                        Query(
                            "max by (publisher) (group_publisher_field:stream_cleaner_publisher_fields:ratio_rate1h"
                            f'{{group=~"$group",field="{field}"}})',
                            f"{title} %",
                        )
                        for field, title in (
                            ("headline", "Headline"),
                            ("datePublished", "Date"),
                            ("authors", "Authors"),
                        )
                    ),
                    Query(
                        "max by (publisher) (group_publisher:stream_cleaner_publisher_rejected:ratio_rate1h"
                        '{group=~"$group"})',
                        "Rejected %",
                    ),
                ],
                says="Sort by a column: who lost its dates, who is rejected. Compare with yesterday by the time picker.",
                runbook="PublisherTemplateBreak",
            )
        )
        .with_panel(
            graph(
                "Lowest date coverage",
                Query(
                    "bottomk(10, group_publisher_field:stream_cleaner_publisher_fields:ratio_rate1h"
                    '{group=~"$group",field="datePublished"})',
                    "{{publisher}}",
                ),
                unit="percentunit",
                says="A line that falls from high to low in an hour is a template break of that publisher.",
                runbook="PublisherTemplateBreak",
                top=1,
            )
        )
        .with_panel(
            graph(
                "Highest rejected share",
                Query(
                    'topk(10, group_publisher:stream_cleaner_publisher_rejected:ratio_rate1h{group=~"$group"})',
                    "{{publisher}}",
                ),
                unit="percentunit",
                says="A publisher that jumps to 100 %: a consent wall, a block of the crawler, or a new page layout.",
                runbook="PublisherRejections",
                top=1,
            )
        )
        .with_panel(
            graph(
                "Kinds of the publishers' pages",
                Query(
                    'topk(10, group_publisher_kind:stream_cleaner_publisher_kinds:ratio_rate1h{group=~"$group",kind!="article"})',
                    "{{publisher}}: {{kind}}",
                ),
                unit="percentunit",
                says="What comes beside articles, and from whom. A line that jumps: the crawler follows other links.",
                runbook="PublisherKindsDrift",
                top=1,
            )
        )
    )


def cost() -> dashboards.Dashboard:
    """What a page costs, where the time goes, and how near the limits are."""
    stage_cpu = rate("stage_seconds_sum", "stage")
    return (
        _dashboard("cost", "Cost", "What a page costs, where the time goes, how near the limits are.")
        .with_row(dashboards.Row("CPU"))
        .with_panel(
            graph(
                "CPU a page",
                Query(share(rate("cpu_seconds_total"), FINISHED), "all processes"),
                Query(share(rate("stage_seconds_sum"), FINISHED), "in the stages"),
                unit="s",
                says="The gap is what Kafka, JSON and the hop between processes cost. A step after a release is its price.",
                runbook="LagGrowing",
            )
        )
        .with_panel(
            graph(
                "CPU a page by stage",
                Query(share(stage_cpu, FINISHED), "{{stage}}"),
                unit="s",
                says="Where the time goes; the sum is 'in the stages' beside it.",
                stacked=True,
            )
        )
        .with_panel(
            graph(
                "Median of each stage",
                Query(quantile(0.5, "stage_seconds", "stage"), "{{stage}}"),
                unit="s",
                says="CPU time of a stage on the usual page.",
                span=8,
            )
        )
        .with_panel(
            graph(
                "p95 of each stage",
                Query(quantile(0.95, "stage_seconds", "stage"), "{{stage}}"),
                unit="s",
                says="CPU time of a stage on one page in twenty.",
                span=8,
            )
        )
        .with_panel(
            graph(
                "p99 of each stage",
                Query(quantile(0.99, "stage_seconds", "stage"), "{{stage}}"),
                unit="s",
                says="Far above p95: a kind of page that is too dear. Its deadline is STREAM_PAGE_DEADLINE.",
                runbook="PoolThrashing",
                span=8,
            )
        )
        .with_row(dashboards.Row("Bytes"))
        .with_panel(
            graph(
                "Bytes consumed",
                Query(rate("page_bytes_sum"), "bytes"),
                unit="Bps",
                says="What the input topic costs in network; retention times this is its disk.",
            )
        )
        .with_panel(
            graph(
                "Page size",
                *quantiles("page_bytes"),
                unit="bytes",
                says="As it came from Kafka, compressed where the producer compressed it.",
            )
        )
        .with_row(dashboards.Row("Memory and processes"))
        .with_panel(
            graph(
                "Memory",
                Query(f"sum by (instance) (stream_cleaner_memory_bytes{{{WORKERS}}})", "{{instance}}"),
                Query(f"max (stream_cleaner_memory_limit_bytes{{{WORKERS}}})", "limit"),
                unit="bytes",
                says="Resident memory of a worker and its processes, and what it may use.",
                runbook="MemoryNearLimit",
                span=8,
            )
        )
        .with_panel(
            graph(
                "Processes",
                Query(f"sum by (instance) (stream_cleaner_processes{{{WORKERS}}})", "{{instance}}"),
                Query(f"max (stream_cleaner_pool_processes{{{WORKERS}}})", "pool size"),
                unit="short",
                says="The worker, its fork server and its cleaning processes. Fewer than the pool size: it cannot start them.",
                runbook="PoolThrashing",
                span=8,
            )
        )
        .with_panel(
            graph(
                "Open files of the worker",
                Query(f'max by (instance) (process_open_fds{{job="stream-cleaner",{WORKERS}}})', "{{instance}}"),
                unit="short",
                says="Grows without end: a leak. Restart the worker and report it.",
                span=8,
            )
        )
        .with_panel(
            listing(
                "What runs",
                [
                    Query(
                        f"count by (instance, version, pipeline_version, native) (stream_cleaner_build_info{{{WORKERS}}})",
                        "Workers",
                    )
                ],
                says="Two pipeline versions side by side are a deployment under way; for longer, a failed one.",
                height=6,
            )
        )
    )


def _dashboard(uid: str, title: str, description: str) -> dashboards.Dashboard:
    return (
        dashboards.Dashboard(f"Stream Cleaner: {title}")
        .uid(f"stream-cleaner-{uid}")
        .description(description)
        .tags([TAG])
        .readonly()
        .refresh("30s")
        .time("now-3h", "now")
        .timezone("browser")
        .link(
            dashboards.DashboardLink("Dashboards")
            .type(DashboardLinkType.DASHBOARDS)
            .tags([TAG])
            .include_vars(True)
            .keep_time(True)
        )
        .link(dashboards.DashboardLink("Runbook").type(DashboardLinkType.LINK).url("$runbook").target_blank(True))
        .with_variable(dashboards.DatasourceVariable("datasource").label("Prometheus").type("prometheus"))
        .with_variable(_variable("group", "Group", "label_values(stream_cleaner_build_info, group)"))
        .with_variable(
            _variable("instance", "Worker", 'label_values(stream_cleaner_build_info{group=~"$group"}, instance)')
        )
        .with_variable(
            _variable("topic", "Topic", 'label_values(stream_cleaner_consumed_total{group=~"$group"}, topic)')
        )
        .with_variable(dashboards.ConstantVariable("runbook").value(RUNBOOK))
    )


def _variable(name: str, label: str, query: str) -> dashboards.QueryVariable:
    """A choice of label values, all of them at first; ``.*`` also matches series without the label."""
    return (
        dashboards.QueryVariable(name)
        .label(label)
        .datasource(SOURCE)
        .query(query)
        .refresh(VariableRefresh.ON_TIME_RANGE_CHANGED)
        .include_all(True)
        .multi(True)
        .all_value(".*")
        .current(VariableOption(text="All", value="$__all"))
    )


def build() -> dict[str, Dashboard]:
    """Every dashboard by its file's name."""
    return {f"{builder.__name__}.json": builder().build() for builder in (stream, quality, cost)}


def to_json(dashboard: Dashboard) -> str:
    """The file that Grafana loads."""
    return JSONEncoder(sort_keys=True, indent=2).encode(dashboard) + "\n"


def main() -> None:
    """Write every dashboard."""
    for name, dashboard in build().items():
        FOLDER.joinpath(name).write_text(to_json(dashboard), encoding="utf-8")


if __name__ == "__main__":
    main()
