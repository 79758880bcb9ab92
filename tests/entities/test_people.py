"""Which names of people are one person's."""

import pytest

from stream.entities.canonicalise.people import PersonName, group_people
from stream.entities.names import fold


def groups(*names: str, titles: dict[str, tuple[str, ...]] | None = None) -> list[set[str]]:
    forms = [PersonName.of(fold(name), (titles or {}).get(name, ())) for name in names]
    return sorted(({names[index] for index in group} for group in group_people(forms)), key=sorted)


@pytest.mark.parametrize(
    ("full", "other"),
    [
        ("Vladimir Putin", "Putin"),
        ("Zhang Youxia", "Zhang"),
        ("Zhang Youxia", "Youxia Zhang"),
        ("Joseph R. Biden Jr.", "Joe Biden"),
        ("Donald J. Trump", "Donald Trump"),
        ("J.K. Rowling", "Rowling"),
        ("J.K. Rowling", "Joanne Rowling"),
        ("Alexandria Ocasio-Cortez", "Ocasio-Cortez"),
        ("Jean-Luc Mélenchon", "Jean Luc Melenchon"),
        ("Volodymyr Zelenskyy", "Zelensky"),
        ("Volodymyr Zelenskiy", "Volodymyr Zelensky"),
        ("VLADIMIR PUTIN", "Putin"),
        ("Ursula von der Leyen", "von der Leyen"),
        ("Andrés Manuel López Obrador", "López Obrador"),
        ("Muhammad Yunus", "Mohammed Yunus"),
        ("Lady Gaga", "Gaga"),
        ("William Barr", "Bill Barr"),
        ("Martin Luther King Jr.", "King"),
        ("Sinéad O’Connor", "Sinead O'Connor"),
    ],
)
def test_one_person(full: str, other: str) -> None:
    assert groups(full, other) == [{full, other}]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Joe Biden", "Hunter Biden"),
        ("George W. Bush", "George H. W. Bush"),
        ("John Smith", "James Smith"),
        ("Kim Jong Un", "Kim Yo Jong"),
        ("Hillary Clinton", "Bill Clinton"),
        ("Li Wei", "Li Na"),
        ("Putin", "Zelensky"),
        ("Donald Trump", "Donald Trump Jr."),
        ("Robert F. Kennedy Jr.", "Robert Kennedy"),
    ],
)
def test_two_people(one: str, other: str) -> None:
    assert groups(one, other) == sorted([{one}, {other}], key=sorted)


def test_a_surname_that_two_people_share_joins_neither() -> None:
    assert {"Biden"} in groups("Joe Biden", "Hunter Biden", "Biden")


def test_a_title_tells_which_of_two_people_is_meant() -> None:
    titles: dict[str, tuple[str, ...]] = {"Joe Biden": ("President",), "Biden": ("President",)}
    assert {"Joe Biden", "Biden"} in groups("Joe Biden", "Hunter Biden", "Biden", titles=titles)


def test_the_bare_surname_of_father_and_son_is_the_fathers() -> None:
    assert {"Donald Trump", "Trump"} in groups("Donald Trump", "Donald Trump Jr.", "Trump")
