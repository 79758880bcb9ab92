"""The tables: what a contributor adds to without knowing Python."""

import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest

from stream.entities.tables import currencies
from stream.entities.tables.nicknames import may_be_one_name
from stream.entities.tables.read import TABLES, BrokenTable, read_rows

FILES = sorted(path for path in TABLES.iterdir() if path.suffix in (".tsv", ".txt"))
KEYS: dict[str, slice] = {"country_names.tsv": slice(0), "demonyms.tsv": slice(1, None), "nicknames.tsv": slice(None)}
names_of_files = pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)


@names_of_files
def test_a_table_says_first_what_its_rows_are(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith("# ")


@names_of_files
def test_every_row_is_read_and_none_is_there_twice(path: Path) -> None:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    most = 1 if path.suffix == ".txt" else None
    assert ["\t".join(row) for row in read_rows(path, 1, most, keys=KEYS.get(path.name, slice(1)))] == lines
    assert lines


@names_of_files
def test_a_table_is_read_by_some_module(path: Path) -> None:
    modules = TABLES.parent.rglob("*.py")
    assert any(path.name in module.read_text(encoding="utf-8") for module in modules)


@names_of_files
def test_a_wheel_carries_the_table(path: Path) -> None:
    project = tomllib.loads((TABLES.parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    globs = project["tool"]["setuptools"]["package-data"]["stream.entities"]
    assert any(fnmatch(f"tables/{path.name}", glob) for glob in globs)


def table(folder: Path, text: str) -> Path:
    path = folder / "table.tsv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("# head\nAP\tAssociated Press\nNATO\n", "table.tsv, line 3: 1 cells where 2 belong"),
        ("AP\tAssociated\tPress\n", "table.tsv, line 1: 3 cells where 2 belong"),
        ("AP\t\n", "table.tsv, line 1: an empty cell"),
        ("AP\t Associated Press\n", "table.tsv, line 1: an empty cell, or a space"),
        ("AP\tAssociated Press\n\nAP\tAmerican Press\n", "table.tsv, line 3: 'AP' is in line 1 already"),
    ],
)
def test_a_broken_row_is_named_by_file_and_line(text: str, fault: str, tmp_path: Path) -> None:
    with pytest.raises(BrokenTable) as broken:
        list(read_rows(table(tmp_path, text), 2, 2))
    assert fault in str(broken.value)


def test_a_word_that_is_no_choice_is_named_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(BrokenTable, match="line 2: 'CITY' is none of ORGANIZATION, PLACE"):
        list(read_rows(table(tmp_path, "UN\tPLACE\nLA\tCITY\n"), 2, 2, choices={1: ("ORGANIZATION", "PLACE")}))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("al\talan\nalbert\tal\n", "line 2: 'al' is in line 1 already"),
        ("al\tal\n", "line 1: 'al' is in line 1 already"),
    ],
)
def test_a_name_that_is_there_twice_is_found_wherever_it_stands(text: str, fault: str, tmp_path: Path) -> None:
    with pytest.raises(BrokenTable, match=fault):
        list(read_rows(table(tmp_path, text), 2, None, keys=slice(None)))


@pytest.mark.parametrize(
    ("one", "other", "same"), [("bill", "william", True), ("bill", "robert", False), ("zoe", "zoe", False)]
)
def test_nicknames_are_one_name_within_their_row(one: str, other: str, same: bool) -> None:
    assert may_be_one_name(one, other) is same


@pytest.mark.parametrize(
    ("written", "key"), [("rupees", "INR"), ("us$", "USD"), ("€", "EUR"), ("kes", "KES"), ("dollars", "$")]
)
def test_a_currency_has_one_key_however_it_is_written(written: str, key: str) -> None:
    assert currencies.find_currency_key(written) == key


def test_every_form_of_a_currency_is_in_use() -> None:
    assert "$" in currencies.SIGNS
    assert "USD" in currencies.CODES
    assert "yen" in currencies.WORDS
    assert "euros" not in currencies.WORDS


def test_help_reads_no_table() -> None:
    code = (
        "import sys; from stream.cli.main import cli\n"
        "cli.main(['--help'], standalone_mode=False)\n"
        "print([name for name in sys.modules if 'entities.tables' in name], file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "entities" in run.stdout
    assert run.stderr.strip() == "[]"
