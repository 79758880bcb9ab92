"""What the recogniser learns from, and how it is scored: offsets stay true from tokens to text to other dress."""

from evaluation.recogniser.corpora import join
from evaluation.recogniser.scores import NameScores
from evaluation.recogniser.texts import AnnotatedText, strip
from training.recogniser.augment import dressed


def surfaces(document: AnnotatedText) -> list[tuple[str, str]]:
    return [(document.text[start:end], kind) for start, end, kind in document.names]


def test_tokens_become_running_text_with_the_same_names() -> None:
    tokens = [
        "``",
        "Anna",
        "O'Neil",
        "'s",
        "firm",
        "(",
        "Acme",
        "Ltd.",
        ")",
        "left",
        "Rome",
        ",",
        "''",
        "he",
        "said",
        ".",
    ]
    tags = ["O", "B-PER", "I-PER", "O", "O", "O", "B-ORG", "I-ORG", "O", "O", "B-LOC", "O", "O", "O", "O", "O"]
    document = join([(tokens, tags)])
    assert document.text == "\"Anna O'Neil's firm (Acme Ltd.) left Rome,\" he said."
    assert surfaces(document) == [("Anna O'Neil", "PER"), ("Acme Ltd.", "ORG"), ("Rome", "LOC")]


def test_neighbouring_names_stay_two_and_other_types_are_dropped() -> None:
    document = join([(["Rome", "Paris", "Olympics"], ["B-LOC", "B-LOC", "B-MISC"]), (["Oslo"], ["B-LOC"])])
    assert document.text == "Rome Paris Olympics\nOslo"
    assert surfaces(document) == [("Rome", "LOC"), ("Paris", "LOC"), ("Oslo", "LOC")]


def test_handles_are_no_names() -> None:
    assert surfaces(join([(["@", "anna", "met", "Ben"], ["B-PER", "I-PER", "O", "B-PER"])])) == [("Ben", "PER")]


def test_the_and_possessives_are_cut() -> None:
    text = "the Senate's James’ The"
    assert strip(text, (0, 12, "ORG")) == (4, 10, "ORG")
    assert strip(text, (13, 19, "PER")) == (13, 18, "PER")
    assert strip(text, (3, 4, "ORG")) is None


def test_other_dress_keeps_the_names_where_they_were() -> None:
    pages = [AnnotatedText(f"Page {number}.\nIn Rome the mayor met Ada Boole.", []) for number in range(50)]
    for page in pages:
        start = page.text.index("Ada Boole")
        page.names = [(start, start + 9, "PER")]
    copies = dressed(pages, seed=1)
    named = [copy for copy in copies if copy.names]
    assert {copy.text[start:end] for copy in named for start, end, _ in copy.names} == {"ADA BOOLE", "Ada Boole"}
    assert "In Rome the Mayor Met Ada Boole." in {copy.text for copy in named}
    assert copies == dressed(pages, seed=1)


def test_scores_tell_strict_from_normalised_from_lenient() -> None:
    scores = NameScores()
    text = "the Senate's Ada Boole in Rome"
    wanted = [(4, 12, "ORG"), (13, 22, "PER"), (26, 30, "LOC")]
    scores.add(text, [(0, 10, "ORG"), (17, 22, "PER"), (26, 30, "LOC")], wanted)
    assert (scores.strict.right, scores.normalised.right) == (1, 2)
    assert scores.normalised.lenient == 100
    assert round(scores.normalised.f1) == 67
    assert scores.by_type["PER"].f1 == 0


def test_no_names_score_nothing() -> None:
    scores = NameScores()
    scores.add("text", [], [])
    assert scores.normalised.f1 == scores.normalised.lenient == 0
