"""The image: linted, unprivileged, without a compiler, and signals reach the worker."""

import re

from stream import native
from tests.deploy.tools import DEPLOY, installed, run

DOCKERFILE = DEPLOY / "Dockerfile"


def instructions() -> list[tuple[str, str]]:
    """The instructions of the last stage: (name, arguments), continuation lines joined."""
    text = re.sub(r"^#.*\n", "", DOCKERFILE.read_text(), flags=re.MULTILINE).replace("\\\n", " ")
    last_stage = text[text.rindex("\nFROM ") :]
    return [(name, rest) for name, _, rest in (line.strip().partition(" ") for line in last_stage.splitlines()) if name]


def test_hadolint_finds_nothing() -> None:
    run(installed("hadolint"), DOCKERFILE)


def test_the_last_stage_installs_nothing_and_is_a_plain_user() -> None:
    names = [name for name, _ in instructions()]
    assert "RUN" not in names, "whatever is installed belongs into the build stage"
    (user,) = [rest for name, rest in instructions() if name == "USER"]
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", user), "Kubernetes verifies runAsNonRoot only of a number"
    assert "HEALTHCHECK" in names


def test_no_shell_stands_between_the_signal_and_the_worker() -> None:
    commands = {name: rest for name, rest in instructions() if name in ("ENTRYPOINT", "CMD")}
    assert commands == {"ENTRYPOINT": '["stream-cleaner"]', "CMD": '["worker"]'}


def test_an_image_whose_loops_were_not_compiled_refuses_to_start() -> None:
    (environment,) = [rest for name, rest in instructions() if name == "ENV"]
    assert f"{native.VARIABLE}=required" in environment.split()


def test_every_installed_package_is_locked_by_its_hash() -> None:
    text = DOCKERFILE.read_text()
    installs = re.findall(r"pip install [^\\\n]*", text)
    assert installs
    assert all("--require-hashes" in install or "--no-deps" in install for install in installs)


def test_base_images_are_arguments_with_exact_tags() -> None:
    text = DOCKERFILE.read_text()
    assert re.findall(r"^FROM (\S+)", text, re.MULTILINE) == ["${BUILD_IMAGE}", "${BASE_IMAGE}"]
    for default in re.findall(r"^ARG \w+=(\S+)", text, re.MULTILINE):
        assert re.fullmatch(r"python:\d+\.\d+\.\d+-\S+", default)
