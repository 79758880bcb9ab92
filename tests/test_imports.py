"""No file imports itself by way of others: what is read can be read from the bottom up."""

from collections.abc import Iterator, Mapping

import grimp
import pytest


def circles(imports: Mapping[str, set[str]]) -> Iterator[list[str]]:
    """For each file that is the first by name in a circle, a shortest one, as the path from the file to itself."""
    for start in sorted(imports):
        ways = [[start]]
        seen: set[str] = set()
        while ways:
            way = ways.pop(0)
            for target in sorted(imports.get(way[-1], ())):
                if target == start:
                    yield [*way, start]
                    ways.clear()
                    break
                if target > start and target not in seen:  # a circle through an earlier file begins there
                    seen.add(target)
                    ways.append([*way, target])


def imports_of(package: str) -> dict[str, set[str]]:
    """What each file of a package imports, imports in functions and for type checkers included."""
    graph = grimp.build_graph(package)
    return {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}


def test_a_circle_is_found_with_its_path() -> None:
    straight = {"a": {"b", "c"}, "b": {"c"}, "c": set[str]()}
    assert list(circles(straight)) == []
    assert list(circles({**straight, "c": {"a"}})) == [["a", "c", "a"]]
    assert list(circles({**straight, "c": {"d"}, "d": {"b"}})) == [["b", "c", "d", "b"]]


@pytest.mark.parametrize("package", ["stream", "evaluation", "benchmarks", "training", "tests"])
def test_no_files_import_each_other_in_a_circle(package: str) -> None:
    found = "\n".join(" -> ".join(circle) for circle in circles(imports_of(package)))
    assert found == ""
