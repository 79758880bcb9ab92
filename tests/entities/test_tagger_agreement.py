"""Mentions of one text agree, and agreeing adds no name that the text does not carry."""

from hypothesis import given
from hypothesis import strategies as st

from stream.entities.tagger.agreement import Name, agreed

PERSON, ORGANISATION, PLACE = 0, 1, 2


def names_in(text: str, *marked: tuple[str, int]) -> list[Name]:
    """Spans of the surfaces, each looked for behind the one before."""
    found, end = [], 0
    for surface, kind in marked:
        start = text.index(surface, end)
        end = start + len(surface)
        found.append((start, end, kind))
    return found


def surfaces(text: str, names: list[Name]) -> list[tuple[str, int]]:
    return [(text[start:end], kind) for start, end, kind in names]


def test_a_surname_is_the_person_named_in_full_elsewhere() -> None:
    text = "Manuel Belgrano led the army. Belgrano was beaten."
    names = names_in(text, ("Manuel Belgrano", PERSON), ("Belgrano", ORGANISATION))
    assert surfaces(text, agreed(text, names)) == [("Manuel Belgrano", PERSON), ("Belgrano", PERSON)]


def test_a_place_stays_a_place_behind_a_preposition() -> None:
    text = "George Washington never lived in Washington."
    names = names_in(text, ("George Washington", PERSON), ("Washington", PLACE))
    assert agreed(text, names) == names


def test_a_missed_surname_is_added() -> None:
    text = "Maria Okafor sued the bank. The court sided with Okafor."
    names = names_in(text, ("Maria Okafor", PERSON))
    assert surfaces(text, agreed(text, names)) == [("Maria Okafor", PERSON), ("Okafor", PERSON)]


def test_a_surname_that_is_also_a_word_of_the_text_is_not_added() -> None:
    text = "Nora Green sells green tea. Green is her colour."
    names = names_in(text, ("Nora Green", PERSON))
    assert agreed(text, names) == names


def test_a_surname_within_another_name_is_not_added() -> None:
    text = "Tom Baxter spoke. The Baxter Building, Baxters and pro-Baxter flags were seen."
    names = names_in(text, ("Tom Baxter", PERSON))
    assert agreed(text, names) == names


def test_particles_join_the_two_halves_of_a_name() -> None:
    text = "Ursula von der Leyen met Ana Ruiz and Luis de Soto."
    marked = (("Ursula", PERSON), ("Leyen", PERSON), ("Ana Ruiz", PERSON), ("Luis", PERSON), ("Soto", PLACE))
    assert [text[start:end] for start, end, _ in agreed(text, names_in(text, *marked))] == [
        "Ursula von der Leyen",
        "Ana Ruiz",
        "Luis",
        "Soto",
    ]


def test_the_small_half_of_a_given_name_belongs_to_it() -> None:
    text = "Kim Jong-un met a Moon-led team and Moon Jae-in."
    names = names_in(text, ("Kim Jong", PERSON), ("Moon", PERSON), ("Moon Jae", PERSON))
    assert [surface for surface, _ in surfaces(text, agreed(text, names))] == ["Kim Jong-un", "Moon", "Moon Jae-in"]


def test_most_mentions_decide() -> None:
    text = "Bilka opened. Bilka grew. Bilka closed."
    names = names_in(text, ("Bilka", ORGANISATION), ("Bilka", PERSON), ("Bilka", ORGANISATION))
    assert [kind for _, _, kind in agreed(text, names)] == [ORGANISATION] * 3


def test_a_tie_changes_nothing() -> None:
    text = "Jordan met Jordan."
    names = names_in(text, ("Jordan", PERSON), ("Jordan", PLACE))
    assert agreed(text, names) == names


WORDS = st.lists(st.sampled_from(["Ada", "Boole", "green", "Green", "in", "Paris", "Ford-Boole", "said", ".", "\n"]))


@given(WORDS, st.data())
def test_names_stay_in_order_and_apart(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    starts = [sum(len(word) + 1 for word in words[:number]) for number in range(len(words))]
    names, number = [], 0
    while number < len(words):
        length = data.draw(st.integers(0, 2))
        if length and number + length <= len(words):
            end = starts[number + length - 1] + len(words[number + length - 1])
            names.append((starts[number], end, data.draw(st.integers(0, 2))))
        number += max(length, 1)
    result = agreed(text, names)
    assert all(any(a <= start and end <= b for a, b, _ in result) for start, end, _ in names)
    position = 0
    for start, end, _ in result:
        assert position <= start < end <= len(text)
        position = end
