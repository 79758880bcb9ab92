"""The recogniser finds names, keeps its offsets true, and gives the same spans with and without a compiler."""

import gzip
import importlib.util
import json
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stream import native
from stream.entities.tagger.features import TAGS, TEMPLATES, WIDTH, Column
from stream.entities.tagger.model import UnreadableModel, load, save
from stream.entities.tagger.plain import PlainTagger, tokenise
from stream.entities.tagger.tagger import MODEL, Tagger
from stream.entities.values import Span
from stream.events import EntityType

if native.IS_COMPILED:
    from stream._native.tagger import NativeTagger

SENTENCES = (
    "Angela Merkel met Emmanuel Macron in Berlin on Tuesday.",
    "MOSCOW (AP) — Russia’s Foreign Ministry said Sergei O’Hara-Petrov was expelled.",
    "“We won’t leave,” said J. K. Rowling-Smith of the U.N. Security Council.",
    "PRIME MINISTER SAYS BANK OF ENGLAND WILL ACT",
    "Apple Inc. and AT&T opened offices in St. Louis, Mo., and São Paulo.",
)
NEWS_CHARACTERS = st.text(
    st.one_of(
        st.sampled_from("aAbBsSzZ  .,'’‘“”\"-–—\n\n&@#019!?()/_"),
        st.sampled_from("éßİıſǅΣς٣²中Д\u0300\u200b\ufeff\u00a0😀"),
        st.characters(),
    ),
    max_size=120,
)
WORDS = st.lists(st.sampled_from([*" ".join(SENTENCES).split(), "the", "of", "said", "in", "—", "."]), max_size=60)


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger()


@pytest.fixture(scope="module")
def plain() -> PlainTagger:
    return PlainTagger(load(MODEL))


def found(tagger: Tagger, text: str) -> list[tuple[str, EntityType]]:
    return [(text[span.start : span.end], span.type) for span in tagger(text)]


@pytest.mark.usefixtures("compiled")
def test_a_sentence_without_an_end_adds_up_to_no_names(plain: PlainTagger) -> None:
    endless = "t:408523}; if(seen=" * 3_000
    assert NativeTagger(load(MODEL)).tag(endless) == plain.tag(endless) == []


def test_names_are_found_with_their_types(tagger: Tagger) -> None:
    assert found(tagger, "Angela Merkel met the head of Siemens in Berlin on Tuesday.") == [
        ("Angela Merkel", EntityType.PERSON),
        ("Siemens", EntityType.ORGANIZATION),
        ("Berlin", EntityType.PLACE),
    ]


def test_text_without_names_gives_none(tagger: Tagger) -> None:
    assert tagger("It was raining, and nobody wanted to go out.") == []
    assert tagger("") == []
    assert tagger(" \n\u00a0\u200b") == []


def test_curly_and_straight_quotes_give_the_same_spans(tagger: Tagger) -> None:
    curly = "“I’m happy,” said Maria O’Brien, Germany’s ambassador."
    straight = curly.replace("’", "'").replace("“", '"').replace("”", '"')
    assert tagger(curly) == tagger(straight)


@settings(deadline=None)
@given(st.one_of(NEWS_CHARACTERS, WORDS.map(" ".join)))
def test_spans_are_in_order_within_the_text_and_never_overlap(text: str) -> None:
    end = 0
    for span in shared_tagger()(text):
        assert isinstance(span, Span)
        assert end <= span.start < span.end <= len(text)
        assert not text[span.start].isspace()
        assert not text[span.end - 1].isspace()
        end = span.end


@settings(deadline=None)
@given(NEWS_CHARACTERS)
def test_tokens_cover_all_but_white_space(text: str) -> None:
    covered: set[int] = set()
    for start, end in tokenise(text):
        assert start < end
        covered.update(range(start, end))
    assert all(character.isspace() for place, character in enumerate(text) if place not in covered)


def test_same_word_twice_gives_the_same_answer_twice(tagger: Tagger) -> None:
    """The compiled path reuses its buffers: what it read before must not show."""
    first = tagger(SENTENCES[0])
    tagger("\n".join(SENTENCES) * 50)
    tagger("x")
    assert tagger(SENTENCES[0]) == first


@pytest.mark.usefixtures("compiled")
class TestBothHalves:
    """Compiled and plain compute the same rows and the same spans."""

    @settings(deadline=None, max_examples=300)
    @given(st.one_of(NEWS_CHARACTERS, WORDS.map(" ".join)))
    def test_agree_on_any_text(self, text: str) -> None:
        assert native_rows(text) == plain_rows(text)
        assert shared_native().tag(text) == shared_plain().tag(text)

    @pytest.mark.parametrize("text", SENTENCES)
    def test_agree_on_news(self, text: str) -> None:
        for dressed in (text, text.upper(), text.title(), text.lower(), "\n".join(SENTENCES)):
            assert native_rows(dressed) == plain_rows(dressed)
            assert shared_native().tag(dressed) == shared_plain().tag(dressed)

    def test_agree_on_every_letter_in_use(self) -> None:
        for start in range(0, 0x3400, 0x400):
            text = " ".join(f"A{chr(code)}b" for code in range(start, start + 0x400))
            assert native_rows(text) == plain_rows(text)

    @pytest.mark.shared_data
    def test_agree_on_the_news_of_the_shared_data(self, shared_data: Path) -> None:
        with gzip.open(shared_data / "pages" / "dev.jsonl.gz", "rt", encoding="utf-8") as pages:
            bodies = [json.loads(page)["gold"].get("body") for page in list(pages)[::5]]
        texts = ["\n\n".join(body) for body in bodies if body]
        assert texts
        for text in texts:
            assert shared_native().tag(text) == shared_plain().tag(text)


class TestModel:
    """The model's file."""

    def test_survives_a_round_trip(self, tmp_path: Path) -> None:
        model = load(MODEL)
        save(model, tmp_path / "copy")
        assert load(tmp_path / "copy") == model

    def test_is_small(self) -> None:
        assert MODEL.stat().st_size <= 6_000_000

    def test_version_follows_the_file(self, tmp_path: Path, tagger: Tagger) -> None:
        changed = tmp_path / "changed"
        content = bytearray(MODEL.read_bytes())
        content[-1] ^= 1
        changed.write_bytes(content)
        assert Tagger(changed).version != tagger.version

    @pytest.mark.parametrize("cut", [0, 10, 1000])
    def test_that_was_cut_short_is_refused(self, tmp_path: Path, cut: int) -> None:
        (tmp_path / "cut").write_bytes(MODEL.read_bytes()[:cut])
        with pytest.raises(UnreadableModel):
            load(tmp_path / "cut")

    def test_of_other_features_is_refused(self, tmp_path: Path) -> None:
        content = bytearray(MODEL.read_bytes())
        content[16] ^= 1
        (tmp_path / "other").write_bytes(content)
        with pytest.raises(UnreadableModel, match="train again"):
            load(tmp_path / "other")

    def test_templates_stay_within_the_window(self) -> None:
        assert all(1 <= len(template) <= 3 for template in TEMPLATES)
        assert all(abs(offset) <= 2 and column < WIDTH for template in TEMPLATES for offset, column in template)
        assert len(set(TEMPLATES)) == len(TEMPLATES)
        assert TAGS[0] == "O"


def test_without_a_compiler_the_plain_path_serves(tmp_path: Path) -> None:
    """An installation without the native module recognises just the same."""
    package = tmp_path / "stream"
    source = Path(importlib.util.find_spec("stream").origin).parent  # type: ignore[union-attr,arg-type]
    shutil.copytree(source, package, ignore=shutil.ignore_patterns("*.so", "*.pyd", "*.c"))
    code = (
        "from stream.entities.tagger.tagger import Tagger\n"
        f"tagger = Tagger(); print(type(tagger._tags).__name__, tagger({SENTENCES[0]!r}))"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == f"PlainTagger {Tagger()(SENTENCES[0])}"


@cache
def shared_tagger() -> Tagger:
    return Tagger()


@cache
def shared_native() -> "NativeTagger":
    return NativeTagger(load(MODEL))


@cache
def shared_plain() -> PlainTagger:
    return PlainTagger(load(MODEL))


def native_rows(text: str) -> list[tuple[int, int, list[int]]]:
    return shared_native().rows_of(text)


def plain_rows(text: str) -> list[tuple[int, int, list[int]]]:
    sentences = shared_plain().read(text)
    return [(token.start, token.end, token.row) for sentence in sentences for token in sentence.tokens]


def test_document_evidence_reaches_every_mention(plain: PlainTagger) -> None:
    """What stands beside a word once is known wherever the word stands."""
    sentences = plain.read("Maria Okafor spoke.\nLater Okafor left.")
    rows = [token.row for sentence in sentences for token in sentence.tokens if token.word == "Okafor"]
    assert len(rows) == 2
    assert rows[0][Column.DOCUMENT] == rows[1][Column.DOCUMENT] != 0
