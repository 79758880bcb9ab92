"""Titles and roles stay beside the name."""

import pytest

from stream.entities.titles import count_title_chars, find_roles, find_title_start


@pytest.mark.parametrize(
    ("before", "title"),
    [
        ("Gen. ", "Gen."),
        ("Chinese President ", "President"),
        ("with Russian Defense Minister ", "Defense Minister"),
        ("former Vice President ", "former Vice President"),
        ("said U.S. District Judge ", "District Judge"),
        ("coach ", "coach"),
        ("Mr. ", "Mr."),
        ("Mr ", "Mr"),
        ("said Sen. ", "Sen."),
        ("He met ", ""),
        ("The president, ", ""),
        ("It ended. ", ""),
        ("", ""),
        ("the  ", ""),
        ("the minister.\n", ""),
    ],
)
def test_title_before(before: str, title: str) -> None:
    text = before + "Jane Roe said."
    assert text[find_title_start(text, len(before)) : len(before)].strip() == title


@pytest.mark.parametrize(
    ("surface", "name"),
    [
        ("Gen. Zhang Youxia", "Zhang Youxia"),
        ("President Xi Jinping", "Xi Jinping"),
        ("Mr Putin", "Putin"),
        ("Sir Keir Starmer", "Keir Starmer"),
        ("Zhang Youxia", "Zhang Youxia"),
        ("Prince", "Prince"),
    ],
)
def test_leading_title(surface: str, name: str) -> None:
    assert surface[count_title_chars(surface) :] == name


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        (
            "Jane Roe, China's second-ranking military official and vice chairman of the Central Military Commission, said",
            ["second-ranking military official", "vice chairman of the Central Military Commission"],
        ),
        ("Jane Roe, the mayor of Ely, spoke.", ["mayor of Ely"]),
        ("Jane Roe, an analyst at Harbour Bank, said", ["analyst at Harbour Bank"]),
        ("Jane Roe, John Doe and others", []),
        (
            "Jane Roe, adviser with the Center for Tides and Winds, said",
            ["adviser with the Center for Tides and Winds"],
        ),
        ("Jane Roe, president of Dana F. Roe Company, said", ["president of Dana F. Roe Company"]),
        ("Jane Roe, who leads as a director at Roe, said", []),
        ("Jane Roe, who was there, said", []),
        ("Jane Roe, however, said", []),
        ("Jane Roe, not a member of the family, said", []),
        ("Jane Roe, like many a driver, said", []),
        ("Jane Roe, one of the drivers, said", []),
        ("Jane Roe, is a part-time driver, he said", []),
        ("Jane Roe, the port's chief engineer, said", ["chief engineer"]),
        ("Jane Roe, then the mayor of Ely, said", ["mayor of Ely"]),
        ("Jane Roe said", []),
    ],
)
def test_roles_after_the_name(text: str, roles: list[str]) -> None:
    assert find_roles(text, 0, len("Jane Roe")) == roles


def test_role_before_the_name() -> None:
    text = "The bank's chief executive, Jane Roe, said"
    start = text.index("Jane")
    assert find_roles(text, start, start + len("Jane Roe")) == ["chief executive"]
