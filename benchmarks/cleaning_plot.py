"""Draw quality against speed."""

from collections.abc import Iterable
from pathlib import Path

import matplotlib

matplotlib.use("Agg")

from matplotlib import pyplot


def draw(points: Iterable[tuple[str, float, float]], path: Path) -> None:
    """``points`` are name, CPU milliseconds a page, F1."""
    matplotlib.rcParams["svg.hashsalt"] = "stream-cleaner"  # the same figures give the same file
    figure, axes = pyplot.subplots(figsize=(7, 4.5))
    for name, cpu, f1 in points:
        axes.scatter(cpu, f1, color="tab:orange" if name.startswith("ours") else "tab:blue")
        axes.annotate(name, (cpu, f1), textcoords="offset points", xytext=(6, 4), fontsize=9)
    axes.set_xscale("log")
    axes.set_xlabel("CPU milliseconds a page (median, logarithmic)")
    axes.set_ylabel("F1 of the body")
    axes.grid(alpha=0.3)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)
