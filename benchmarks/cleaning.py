"""Our cleaning against its peers, same pages, same run: quality and CPU. ``make bench-cleaning``."""

import argparse
import json
import statistics
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.cleaning_peers import SYSTEMS, clean_as, language_of
from benchmarks.cleaning_plot import draw
from benchmarks.machine import machine
from evaluation.bodies.renderings import RENDERINGS
from evaluation.bodies.scores import BodyScore, score_body
from evaluation.bodies.truth import align
from evaluation.data import digest_of, pages_file
from evaluation.pages import GoldPage, read_pages
from stream.cleaning.segment.stage import segment_text
from stream.cleaning.values import Document

REPOSITORY = Path(__file__).resolve().parents[1]
RESULTS = REPOSITORY / "benchmarks" / "results"


@dataclass(frozen=True, slots=True)
class Result:
    """One system over all pages; CPU in milliseconds a page."""

    system: str
    f1: float
    exact: float
    cpu_median: float
    cpu_p95: float
    by_language: dict[str, float]


@dataclass(frozen=True, slots=True)
class TextResult:
    """Ours on one rendering of all pages; ``perfect`` is the F1 of a labeller without fault."""

    f1: float
    exact: float
    perfect: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="pages with gold bodies (default: the development pages)")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder for the table and the plot")
    arguments = parser.parse_args()
    data = arguments.data or pages_file("dev")
    pages = [page for page in read_pages(data) if page.body]
    results = [measure(system, data, pages) for system in SYSTEMS]
    texts = {name: score_text(render, pages) for name, render in RENDERINGS.items()}
    arguments.out.mkdir(parents=True, exist_ok=True)
    report = table(results, texts, pages, digest_of(data))
    (arguments.out / "cleaning.md").write_text(report, encoding="utf-8")
    (arguments.out / "cleaning.json").write_text(
        json.dumps([asdict(result) for result in results], indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    draw([(result.system, result.cpu_median, result.f1) for result in results], arguments.out / "cleaning.svg")
    print(report)


def measure(system: str, data: Path, pages: Sequence[GoldPage]) -> Result:
    """The system alone in a process, over every page once."""
    command = [sys.executable, "-m", "benchmarks.cleaning_alone", system, str(data)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY)
    texts, times = zip(*json.loads(done.stdout.splitlines()[-1]), strict=True)
    scores = [score_body(text, "\n".join(page.body or ())) for text, page in zip(texts, pages, strict=True)]
    return Result(
        system=system,
        f1=statistics.mean(score.f1 for score in scores),
        exact=statistics.mean(score.exact for score in scores),
        cpu_median=statistics.median(times),
        cpu_p95=statistics.quantiles(times, n=20)[-1],
        by_language=by_language(pages, scores),
    )


def by_language(pages: Sequence[GoldPage], scores: Sequence[BodyScore]) -> dict[str, float]:
    groups: dict[str, list[float]] = defaultdict(list)
    for page, score in zip(pages, scores, strict=True):
        groups[language_of(page)].append(score.f1)
    return {f"{name} ({len(values)})": statistics.mean(values) for name, values in sorted(groups.items())}


def score_text(render: Callable[[str], str], pages: Sequence[GoldPage]) -> TextResult:
    """Our text head on one rendering."""
    clean = clean_as("text/plain")
    texts = [render(page.html) for page in pages]
    golds = ["\n".join(page.body or ()) for page in pages]
    scores = [score_body(clean(text.encode("utf-8", "replace")), gold) for text, gold in zip(texts, golds, strict=True)]
    perfect = [score_body(gold_lines(text, page), gold) for text, page, gold in zip(texts, pages, golds, strict=True)]
    return TextResult(
        f1=statistics.mean(score.f1 for score in scores),
        exact=statistics.mean(score.exact for score in scores),
        perfect=statistics.mean(score.f1 for score in perfect),
    )


def gold_lines(text: str, page: GoldPage) -> str:
    """The lines of a text page that the gold has: what a labeller without fault would keep."""
    blocks = segment_text(Document(text=text, kind="text")).blocks
    truths = align(blocks, page.body or (), captions_inside=False)
    return "\n".join(block.text for block, truth in zip(blocks, truths, strict=True) if truth.is_body)


def table(results: Sequence[Result], texts: dict[str, TextResult], pages: Sequence[GoldPage], digest: str) -> str:
    lines = [
        "# Cleaning: quality and CPU",
        "",
        f"{len(pages)} pages with gold bodies, data {digest}, {machine()}. F1 over counted 4-gram word shingles,",
        "averaged a page; exact: share of pages whose shingles are all right; CPU: milliseconds a page, each system",
        "alone in a process, page after page.",
        "",
        "| System | F1 | exact | CPU median | CPU p95 |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {r.system} | {r.f1:.4f} | {r.exact:.3f} | {r.cpu_median:.2f} | {r.cpu_p95:.2f} |"
        for r in sorted(results, key=lambda r: -r.f1)
    ]
    names = list(results[0].by_language)
    lines += ["", "F1 by language (pages):", "", f"| System | {' | '.join(names)} |", "|---" * (len(names) + 1) + "|"]
    lines += [f"| {r.system} | {' | '.join(f'{r.by_language[name]:.3f}' for name in names)} |" for r in results]
    lines += [
        "",
        "Stripped text, the same pages rendered by three tools:",
        "",
        "| Rendering | F1 | exact | F1 of perfect labels |",
        "|---|---|---|---|",
    ]
    lines += [f"| {name} | {r.f1:.4f} | {r.exact:.3f} | {r.perfect:.4f} |" for name, r in texts.items()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
