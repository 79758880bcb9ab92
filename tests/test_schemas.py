"""The published JSON Schemas are in step with the events, describe themselves and accept what the code writes."""

import json
from pathlib import Path

import jsonschema
import pytest

from stream.codec.json_text import to_json
from stream.codec.version_1 import to_version_1
from stream.events import (
    Article,
    CleanArticle,
    DeadLetter,
    Entity,
    EntityType,
    Link,
    Mention,
    PageError,
    Paragraph,
    ParagraphKind,
    Quality,
    RawPage,
    RejectedPage,
    RejectionReason,
    Source,
)
from stream.schemas import EARLIER, EVENTS, FOLDER, files, schema_of

ARTICLE = CleanArticle(
    url="https://a.example/1",
    headline="A headline",
    articleBody="Ann Lee spoke in Paris.",
    paragraphs=(Paragraph(kind=ParagraphKind.PARAGRAPH, text="Ann Lee spoke in Paris."),),
    wordCount=5,
    quality=Quality(keptShare=0.5),
    contentDigest="sha256:00",
    articleId="00",
    entities=(
        Entity(
            type=EntityType.PLACE,
            name="Paris",
            key="geonames:2988507",
            mentions=(Mention(surface="Paris", start=17, end=22),),
            link=Link(source="geonames", id="2988507", latitude=48.85, longitude=2.35, countryCode="FR", kind="city"),
        ),
    ),
    source=Source(topic="raw-pages", partition=0, offset=1),
    pipelineVersion="1",
)
EXAMPLES = [
    RawPage(url="https://a.example/1", content="<p>x</p>", httpStatus=200),
    ARTICLE,
    RejectedPage(articleId="00", reason=RejectionReason.EMPTY, evidence="no text", pipelineVersion="1"),
    DeadLetter(error=PageError(stage="read", type="InvalidEvent", message="m"), pipelineVersion="1"),
]


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_the_committed_schema_is_in_step(path: Path) -> None:
    assert path.read_bytes() == files()[path], "run 'python -m stream.schemas'"


def test_no_other_file_lies_among_the_schemas() -> None:
    earlier = {FOLDER / f"{name}.{EARLIER}.schema.json" for name in EVENTS}
    assert set(FOLDER.iterdir()) == set(files()) | earlier


@pytest.mark.parametrize(
    ("name", "event"),
    [
        ("clean-article", ARTICLE),
        *[
            ("rejected-page", RejectedPage(articleId="0", reason=reason, evidence="e", pipelineVersion="1"))
            for reason in RejectionReason
        ],
    ],
    ids=lambda value: value if isinstance(value, str) else getattr(value, "reason", "article"),
)
def test_what_is_written_for_the_earlier_version_fits_its_schema_and_has_nothing_else(name: str, event: object) -> None:
    schema = json.loads((FOLDER / f"{name}.{EARLIER}.schema.json").read_bytes())
    written = json.loads(to_version_1(to_json(event)))
    jsonschema.Draft202012Validator(schema).validate(written)
    assert set(written) <= set(schema["properties"])
    assert written["schemaVersion"] == schema["version"] == "1.0"


@pytest.mark.parametrize("event", EXAMPLES, ids=lambda event: type(event).__name__)
def test_what_the_code_writes_fits_the_schema(event: object) -> None:
    jsonschema.Draft202012Validator(schema_of(type(event))).validate(json.loads(to_json(event)))


@pytest.mark.parametrize("event", EVENTS.values(), ids=lambda event: event.__name__)
def test_every_schema_is_valid_and_has_a_title_and_a_description(event: type) -> None:
    schema = schema_of(event)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["title"] == event.__name__
    assert schema["description"]


def test_a_clean_article_has_every_field_of_an_article() -> None:
    assert set(schema_of(Article)["properties"]) < set(schema_of(CleanArticle)["properties"])


@pytest.mark.parametrize(("field", "value"), [("articleBody", ""), ("wordCount", -1), ("paragraphs", [])])
def test_the_schema_refuses_what_an_article_cannot_be(field: str, value: object) -> None:
    broken = json.loads(to_json(ARTICLE)) | {field: value}
    assert not jsonschema.Draft202012Validator(schema_of(CleanArticle)).is_valid(broken)
