"""Our cleaning against its peers, same pages, same run: quality and CPU. ``make bench-cleaning``."""

import argparse
import gc
import json
import logging
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.cleaning_peers import PEERS, language_of, ours_text
from benchmarks.cleaning_plot import draw
from benchmarks.machine import machine
from stream.cleaning.blocks import Document
from stream.cleaning.segment import segment_text
from stream.events import RawPage
from training.cleaning.pages import Page, align, digest_of, load_pages
from training.cleaning.renderings import RENDERINGS
from training.cleaning.scoring import Score, score_body

REPOSITORY = Path(__file__).resolve().parents[1]
DATA = REPOSITORY.parent / "shared" / "data" / "pages" / "dev.jsonl.gz"
RESULTS = REPOSITORY / "benchmarks" / "results"
PLAIN = """
import sys, json
sys.modules["stream._native.blocks"] = sys.modules["stream._native.page"] = None  # as if no compiler had been there
from pathlib import Path
from benchmarks.cleaning import measure_ours
print(json.dumps(measure_ours(Path({data!r}))))
"""


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
    parser.add_argument("--data", type=Path, default=DATA, help="pages with gold bodies")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder for the table and the plot")
    arguments = parser.parse_args()
    logging.disable(logging.CRITICAL)  # peers complain about single pages
    pages = [page for page in load_pages(arguments.data) if page.body]
    results = [measure(name, extract, pages) for name, extract in PEERS.items()]
    results.insert(1, measure_plain(arguments.data))
    texts = {name: score_text(render, pages) for name, render in RENDERINGS.items()}
    arguments.out.mkdir(parents=True, exist_ok=True)
    report = table(results, texts, pages, digest_of(arguments.data))
    (arguments.out / "cleaning.md").write_text(report, encoding="utf-8")
    (arguments.out / "cleaning.json").write_text(
        json.dumps([asdict(result) for result in results], indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    draw([(result.system, result.cpu_median, result.f1) for result in results], arguments.out / "cleaning.svg")
    print(report)


def measure(name: str, extract: Callable[[str], str], pages: Sequence[Page]) -> Result:
    """Every page once to warm up the caches of a peer's own, then once for the figures."""
    for page in pages[:5]:
        extract(page.html)
    scores = []
    times = []
    for page in pages:
        gc.collect()  # no system pays for the garbage of the one before it
        begin = time.process_time()
        found = extract(page.html)
        times.append((time.process_time() - begin) * 1000)
        scores.append(score_body(found, "\n".join(page.body or ())))
    return Result(
        system=name,
        f1=statistics.mean(score.f1 for score in scores),
        exact=statistics.mean(score.exact for score in scores),
        cpu_median=statistics.median(times),
        cpu_p95=statistics.quantiles(times, n=20)[-1],
        by_language=by_language(pages, scores),
    )


def measure_plain(data: Path) -> Result:
    """Ours in a process that finds no compiled modules."""
    code = PLAIN.format(data=str(data))
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=REPOSITORY)
    return Result(**json.loads(done.stdout.splitlines()[-1]))


def measure_ours(data: Path) -> dict[str, Any]:
    pages = [page for page in load_pages(data) if page.body]
    return asdict(measure("ours, not compiled", PEERS["ours"], pages))


def by_language(pages: Sequence[Page], scores: Sequence[Score]) -> dict[str, float]:
    groups: dict[str, list[float]] = defaultdict(list)
    for page, score in zip(pages, scores, strict=True):
        groups[language_of(page)].append(score.f1)
    return {f"{name} ({len(values)})": statistics.mean(values) for name, values in sorted(groups.items())}


def score_text(render: Callable[[str], str], pages: Sequence[Page]) -> TextResult:
    """Our text head on one rendering."""
    texts = [render(page.html) for page in pages]
    golds = ["\n".join(page.body or ()) for page in pages]
    scores = [score_body(ours_text(text), gold) for text, gold in zip(texts, golds, strict=True)]
    perfect = [score_body(gold_lines(text, page), gold) for text, page, gold in zip(texts, pages, golds, strict=True)]
    return TextResult(
        f1=statistics.mean(score.f1 for score in scores),
        exact=statistics.mean(score.exact for score in scores),
        perfect=statistics.mean(score.f1 for score in perfect),
    )


def gold_lines(text: str, page: Page) -> str:
    """The lines of a text page that the gold has: what a labeller without fault would keep."""
    blocks = segment_text(Document(RawPage(), text, "text", "utf-8", "characters")).blocks
    truths = align(blocks, page.body or (), captions_inside=False)
    return "\n".join(block.text for block, truth in zip(blocks, truths, strict=True) if truth.is_body)


def table(results: Sequence[Result], texts: dict[str, TextResult], pages: Sequence[Page], digest: str) -> str:
    lines = [
        "# Cleaning: quality and CPU",
        "",
        f"{len(pages)} pages with gold bodies, data {digest}, {machine()}. F1 over counted 4-gram word shingles,",
        "averaged a page; exact: share of pages whose shingles are all right; CPU: milliseconds a page of one process.",
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
