"""The table of all metrics, made of the very objects that count; a test holds ``docs/metrics.md`` to it."""

import sys

from stream.observe.metrics import Definition, Metrics
from stream.observe.processes import ProcessTree
from stream.outcome import OutcomeKind

LABELS = {
    "topic": "the input topic",
    "partition": "a partition that the worker has now; its series are removed when it moves away",
    "outcome": ", ".join(OutcomeKind),
    "reason": "the reasons of a rejected page (`schemas/rejected-page.v2.schema.json`)",
    "kind": "what a page is (`pageKind`), or `unknown`",
    "stage": "a stage of the pipeline, or `pool`, `encode`, `publish`",
    "type": "an entity type; of dead letters a known error type, or `other`",
    "cause": "deadline, died, broken",
    "language": "a two-letter code, `other` or `unknown`",
    "field": "a field of the article",
    "publisher": "the host of one of the 50 busiest publishers, or `other`",
    "version": "of the package",
    "pipeline_version": "of the package and all stages and models",
    "native": "which half of the inner loops runs: compiled, plain",
}

HEAD = """\
# Metrics

Every worker shows these on `http://HOST:9464/metrics` (`STREAM_HTTP_HOST`, `STREAM_HTTP_PORT`). This page is made from
the code by `python -m stream.observe.reference > docs/metrics.md`; a test holds them equal.

All pages are accounted for: `consumed = finished + dropped + in flight`, and `stream_cleaner_unaccounted_pages` is what
is left over. What to do when a number is bad stands in the [runbook](runbook.md).

"""


def reference() -> str:
    """The page ``docs/metrics.md``."""
    metrics = Metrics()
    return HEAD + _table(metrics.definitions + _process_definitions()) + _labels()


def _table(definitions: list[Definition]) -> str:
    rows = [
        f"| `{each.name}` | {each.type} | {', '.join(each.labels)} | {each.meaning} |"
        for each in sorted(definitions, key=lambda each: each.name)
    ]
    return "\n".join(["| Metric | Type | Labels | Meaning |", "|---|---|---|---|", *rows]) + "\n"


def _process_definitions() -> list[Definition]:
    return [
        Definition(family.name + ("_total" if family.type == "counter" else ""), family.type, (), family.documentation)
        for family in ProcessTree().collect()
    ]


def _labels() -> str:
    rows = [f"| `{name}` | {values} |" for name, values in LABELS.items()]
    head = "\nHistograms are in seconds, bytes or shares of 1, as their names say. Beside these there are the usual\n"
    usual = "`process_*` and `python_info` of the worker's own process.\n\n## Labels\n\n| Label | Values |\n|---|---|\n"
    return head + usual + "\n".join(rows) + "\n"


if __name__ == "__main__":
    sys.stdout.write(reference())
