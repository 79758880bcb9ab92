"""Reads the tables of this folder, so that a new acronym or nickname is a line of text and no code.

A table is UTF-8, a row a line, a tab between the cells; lines that are empty or begin with "#" say what the rows are.
Each table is read once, by the module that serves it, when that module is imported.
"""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

TABLES = Path(__file__).parent
NO_CHOICES: Mapping[int, Collection[str]] = {}


class BrokenTable(ValueError):
    """A row that cannot be what its table holds; the message names the file, the line and what to write instead."""


def read_rows(
    path: Path,
    fewest: int,
    most: int | None,
    *,
    keys: slice = slice(1),
    choices: Mapping[int, Collection[str]] = NO_CHOICES,
) -> Iterator[tuple[str, ...]]:
    """The rows in the file's order, each of ``fewest`` to ``most`` cells.

    ``keys`` says which cells of a row occur once in the whole table (the first, if not said); ``choices`` gives the
    words that the cell of a number (0 is the first) is one of. Raises ``BrokenTable``.
    """
    first_seen: dict[str, int] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line or line.startswith("#"):
            continue
        cells = tuple(line.split("\t"))
        where = f"{path.name}, line {number}"
        if len(cells) < fewest or (most is not None and len(cells) > most):
            wanted = fewest if fewest == most else f"{fewest} to {most}" if most else f"{fewest} or more"
            raise BrokenTable(f"{where}: {len(cells)} cells where {wanted} belong; put one tab between two cells")
        if any(not cell or cell != cell.strip() for cell in cells):
            raise BrokenTable(f"{where}: an empty cell, or a space at the end of one; take it away")
        for key in cells[keys]:
            if key in first_seen:
                raise BrokenTable(f"{where}: {key!r} is in line {first_seen[key]} already; keep one of the two")
            first_seen[key] = number
        for cell, words in choices.items():
            if cells[cell] not in words:
                raise BrokenTable(f"{where}: {cells[cell]!r} is none of {', '.join(words)}; write one of them")
        yield cells


def read_list(name: str) -> tuple[str, ...]:
    """The entries of a table with one cell a row."""
    return tuple(entry for (entry,) in read_rows(TABLES / name, 1, 1))


def read_pairs(name: str, choices: Mapping[int, Collection[str]] = NO_CHOICES) -> dict[str, str]:
    """First cell to second of a table with two cells a row."""
    return {row[0]: row[1] for row in read_rows(TABLES / name, 2, 2, choices=choices)}
