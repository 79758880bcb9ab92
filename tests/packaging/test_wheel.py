"""The wheel works where nothing else of this repository is: in an empty environment, outside of the checkout."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from stream.samples import PAGES
from stream.version import __version__
from tests.conftest import REPOSITORY

CONSUMER = """
from stream import RejectedPage, clean

outcome = clean("<p>text</p>", url="https://a.example/")
if isinstance(outcome, RejectedPage):
    reveal_type(outcome.evidence)
else:
    reveal_type(outcome)
    reveal_type(outcome.articleBody)
clean(5)
"""
DOOR = "import sys; from stream import clean; print(clean(open(sys.argv[1], 'rb').read()).headline)"
FOREIGN = ("tests", "benchmarks", "training", "evaluation", "deploy")


def run(*command: str | Path, folder: Path, code: int = 0) -> str:
    """Standard output of a command that ends with this exit code."""
    done = subprocess.run(list(map(str, command)), cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built as ``make wheel`` builds it."""
    folder = tmp_path_factory.mktemp("wheel")
    shutil.rmtree(REPOSITORY / "build", ignore_errors=True)  # setuptools packs what an earlier build left there
    options = ("--no-build-isolation", "--no-deps", "--no-cache-dir", "--wheel-dir", folder)
    run(sys.executable, "-m", "pip", "wheel", "--quiet", *options, REPOSITORY, folder=folder)
    (built,) = folder.glob("*.whl")
    return built


def test_without_a_compiler_the_wheel_is_built_without_the_compiled_loops(tmp_path: Path) -> None:
    """``cythonize`` forgets that an extension is optional: the plain half was never what a missing compiler led to."""
    checkout = tmp_path / "checkout"
    ignored = shutil.ignore_patterns("*.so", "*.c", "__pycache__")
    shutil.copytree(REPOSITORY / "stream", checkout / "stream", ignore=ignored)
    for name in ("pyproject.toml", "setup.py", "README.md", "LICENSE", "NOTICE"):
        shutil.copy(REPOSITORY / name, checkout)
    options = ("--no-build-isolation", "--no-deps", "--no-cache-dir", "--wheel-dir", tmp_path)
    compiler = f"{tmp_path}/no-such-compiler"
    run("env", f"CC={compiler}", sys.executable, "-m", "pip", "wheel", "--quiet", *options, checkout, folder=tmp_path)
    (built,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(built).namelist()
    assert "stream/pipeline.py" in names
    assert not [name for name in names if name.endswith(".so")]


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts of an environment with the wheel, what it runs on, and nothing else."""
    folder = tmp_path_factory.mktemp("empty")
    run(sys.executable, "-m", "venv", folder / "venv", folder=folder)
    scripts = folder / "venv" / "bin"
    pip = (scripts / "python", "-m", "pip", "install", "--quiet", "--no-compile")
    # pycld2 has no wheel and builds itself: with the build tools of the lock, not with newer ones.
    run(*pip, "--require-hashes", "-r", REPOSITORY / "deploy" / "requirements-build.lock", folder=folder)
    lock = ("--no-build-isolation", "--require-hashes", "-r", REPOSITORY / "requirements.lock")
    run(*pip, *lock, folder=folder)
    run(*pip, "--no-deps", wheel, folder=folder)
    return scripts


def test_the_wheel_holds_the_package_with_its_data_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    held = {name for name in names if name.startswith("stream/")}
    data = {"stream/py.typed", "stream/cleaning/models/blocks.json.xz", "stream/entities/models/english.tagger"}
    assert data <= held
    modules = {path.relative_to(REPOSITORY).as_posix() for path in (REPOSITORY / "stream").rglob("*.py")}
    assert {name for name in held if name.endswith(".py")} == modules
    assert any(name.startswith("stream/entities/tables/") and name.endswith(".tsv") for name in held)
    assert any(name.startswith("stream/samples/pages/") for name in held)
    assert not [name for name in names if name.startswith(FOREIGN)]
    licences = {Path(name).name for name in names if ".dist-info/licenses/" in name}
    assert licences == {"LICENSE", "NOTICE"}


@pytest.mark.usefixtures("compiled")
def test_the_wheel_holds_the_compiled_loops(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    modules = {Path(name).name.partition(".")[0] for name in names if name.endswith((".so", ".pyd"))}
    assert modules == {source.stem for source in (REPOSITORY / "stream" / "_native").glob("*.pyx")}
    assert "none-any" not in wheel.name


def test_what_is_installed_cleans_a_page(elsewhere: Path, tmp_path: Path) -> None:
    page = PAGES / "news-json-ld.html"
    assert __version__ in run(elsewhere / "stream-cleaner", "--version", folder=tmp_path)
    shown = run(elsewhere / "stream-cleaner", "clean", page, folder=tmp_path)
    headline = run(elsewhere / "python", "-c", DOOR, page, folder=tmp_path).strip()
    assert headline
    assert shown.startswith(headline)


def test_a_consumers_type_checker_sees_the_types(elsewhere: Path, tmp_path: Path) -> None:
    (tmp_path / "consumer.py").write_text(CONSUMER, encoding="utf-8")
    mypy = (sys.executable, "-m", "mypy", "--strict", "--python-executable", elsewhere / "python")
    shown = run(*mypy, "consumer.py", folder=tmp_path, code=1)
    assert shown.count("Revealed type is") == 3
    assert 'Revealed type is "str"' in shown.replace("builtins.str", "str")
    assert 'Revealed type is "stream.events.CleanArticle"' in shown
    assert 'Argument 1 to "clean" has incompatible type "int"' in shown
    assert "Found 1 error" in shown
