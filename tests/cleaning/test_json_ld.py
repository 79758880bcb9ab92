"""JSON-LD is read however it is wrapped, and in time that grows with its size."""

from dataclasses import FrozenInstanceError

import orjson
import pytest

from stream.cleaning.linked_data import text_of
from stream.cleaning.segment import json_ld
from stream.cleaning.segment.json_ld import read_json_ld
from stream.cleaning.segment.json_ld_forms import is_unusual, straighten
from stream.cleaning.segment.stage import segment_html
from stream.codec.record import Record
from stream.pipeline import Pipeline
from stream.settings import Settings
from tests.cleaning.pages import document

STORY = '{"@type": "NewsArticle", "headline": "Ferry to open in May"}'


@pytest.mark.parametrize(
    "script",
    [
        STORY,
        f"<!-- {STORY} -->",
        f"//<![CDATA[\n{STORY}\n//]]>",
        f"/* <![CDATA[ */ {STORY} // ]]>",
        f"<![CDATA[{STORY}]]>;",
        f"{STORY};;\n",
    ],
)
def test_marks_around_a_script_are_taken_off(script: str) -> None:
    assert read_json_ld([script]).articles == ({"@type": "NewsArticle", "headline": "Ferry to open in May"},)


@pytest.mark.parametrize("unit", [";", "]]>", "-->", "// ", "<!--", "{", '{"a":[', '"a":"b"\n', "\\x", " "])
def test_a_million_of_anything_ends(unit: str) -> None:
    read_json_ld([unit * (1_000_000 // len(unit)) + "x", STORY + unit * (1_000_000 // len(unit)) + "x"])


@pytest.mark.parametrize(
    ("scripts", "declared"),
    [
        (['{"articleBody": "Ships sail\\n again."}'], "Ships sail again."),
        (['{"articleBody" :\n"raw\nlines"}'], "raw lines"),
        (['{"articleBody":""}', '[{"articleBody":" ","x":{"articleBody":"Second."}}]'], "Second."),
        (['{"articleBody":null,"headline":"No body"}'], ""),
        (['{"about":"articleBody","headline":"No body"}'], ""),
        (['{"articleBody":["A list"],"headline":"No body"}'], ""),
        (['{"articleBody":"cut sho', '{"articleBody":"Whole."}'], "Whole."),
        (['{"articleBody":"bad \\escape"}', '{"articleBody":"Whole."}'], "Whole."),
        ([], ""),
    ],
)
def test_the_declared_body_is_the_first_of_json_ld(scripts: list[str], declared: str) -> None:
    head = "".join(f'<script type="application/ld+json">{script}</script>' for script in scripts)
    microdata = '<div itemprop="articleBody" class="story"><p>Ships.</p></div>'
    other = '<script>var page = {"articleBody": "Of no JSON-LD."}</script>'
    markup = segment_html(document(f"{other}{microdata}{head}")).markup
    assert markup is not None
    assert markup.linked_data.article_body == declared


def test_a_script_is_parsed_once_on_its_way_through_all_stages(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []

    def load(script: str) -> list[object]:
        parsed.append(script)
        return [orjson.loads(script)]

    monkeypatch.setattr(json_ld, "_load", load)
    page = f'<script type="application/ld+json">{STORY}</script><p>The ferry is back after a year in the dock.</p>'
    Pipeline.from_settings(Settings())(Record(page.encode()))
    assert parsed == [STORY]


def test_what_was_read_cannot_be_changed() -> None:
    data = read_json_ld(['{"@id": "#a", "@type": "Person", "name": "Ada Lunt"}'])
    with pytest.raises(FrozenInstanceError):
        data.article_body = ""  # type: ignore[misc]
    with pytest.raises(TypeError):
        data.by_id["#b"] = {}  # type: ignore[index]


ARTICLE = {"@type": "NewsArticle", "headline": "Ferry to open", "author": {"@type": "Person", "name": "Ann Ek"}}


@pytest.mark.parametrize(
    "written",
    [
        {"type": "NewsArticle", "headline": "Ferry to open", "author": {"type": "Person", "name": "Ann Ek"}},
        {
            "@context": {"s": "http://schema.org/"},
            "@type": "s:NewsArticle",
            "s:headline": "Ferry to open",
            "s:author": {"@type": "s:Person", "s:name": "Ann Ek"},
        },
        {
            "@context": ["https://schema.org", {"title": "schema:headline", "kind": "@type"}],
            "kind": "NewsArticle",
            "title": {"@value": "Ferry to open", "@language": "en"},
            "author": {"kind": "Person", "name": "Ann Ek"},
        },
        {
            "@type": ["https://www.schema.org/NewsArticle"],
            "https://www.schema.org/headline": [{"@value": "Ferry to open"}],
            "https://www.schema.org/author": [
                {"@type": ["http://schema.org/Person"], "http://schema.org/name": [{"@value": "Ann Ek"}]}
            ],
        },
        {
            "@type": "Person",
            "name": "Ann Ek",
            "@reverse": {"author": {"@type": "NewsArticle", "headline": "Ferry to open"}},
        },
        {
            "@type": "NewsArticle",
            "headline": "Ferry to open",
            "author": {"@list": [{"@type": "Person", "name": "Ann Ek"}]},
        },
        {
            "@type": "NewsArticle",
            "headline": "Ferry to open",
            "author": {"@type": "Role", "roleName": "Reporter", "author": {"@type": "Person", "name": "Ann Ek"}},
        },
        {
            "@type": "NewsArticle",
            "headline": "Ferry to open",
            "author": {"@type": "Person", "name": {"@type": "Person", "name": "Ann Ek"}},
        },
    ],
)
def test_what_a_processor_reads_alike_is_read_alike(written: dict[str, object]) -> None:
    data = read_json_ld([orjson.dumps(written).decode()])
    (article,) = data.articles
    assert text_of(article["headline"]) == "Ferry to open"
    assert data.names_of(article["author"]) == ["Ann Ek"]


def test_the_usual_form_is_left_as_it_is() -> None:
    assert not is_unusual(orjson.dumps({"@context": "https://schema.org", **ARTICLE}).decode())
    assert straighten(ARTICLE) == ARTICLE


def test_own_names_win_over_aliases() -> None:
    assert straighten({"type": "Person", "@type": "NewsArticle"}) == {"@type": "NewsArticle"}
