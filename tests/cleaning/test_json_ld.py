"""JSON-LD is read however it is wrapped, and in time that grows with its size."""

import pytest

from stream.cleaning.metadata.json_ld import read_json_ld

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
    assert read_json_ld([script]).articles == [{"@type": "NewsArticle", "headline": "Ferry to open in May"}]


@pytest.mark.parametrize("unit", [";", "]]>", "-->", "// ", "<!--", "{", '{"a":[', '"a":"b"\n', "\\x", " "])
def test_a_million_of_anything_ends(unit: str) -> None:
    read_json_ld([unit * (1_000_000 // len(unit)) + "x", STORY + unit * (1_000_000 // len(unit)) + "x"])
