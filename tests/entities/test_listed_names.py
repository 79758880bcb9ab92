"""Places in languages without a recogniser: found as those languages write them, and no words that look alike."""

import pytest

from stream.entities.listed_names import find_listed_names


def places(text: str, language: str) -> list[str]:
    return [text[span.start : span.end] for span in sorted(find_listed_names(text, language), key=lambda s: s.start)]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("de", "Die USA und der Iran verhandeln in Köln.", ["USA", "Iran", "Köln"]),
        ("es", "Las ventas a EE. UU. y al Reino Unido caen.", ["EE. UU.", "Reino Unido"]),
        ("pt", "O acordo com os EUA foi assinado em Lisboa.", ["EUA", "Lisboa"]),
        ("fr", "L'Allemagne et l'Angleterre refusent.", ["Allemagne", "Angleterre"]),
        ("fr", "La République démocratique du Congo attend.", ["République démocratique du Congo"]),
        ("it", "Il treno da Torino arriva a Roma.", ["Torino", "Roma"]),
        ("tr", "Bakan, İzmir'den sonra Almanya'ya gitti.", ["İzmir", "Almanya"]),
        ("ru", "Он приехал из Франции в Киев через Польшу.", ["Франции", "Киев", "Польшу"]),
        ("uk", "Переговори у Києві тривають, посол Німеччини чекає.", ["Києві", "Німеччини"]),
        ("zh", "德国和加拿大的代表在北京会面。", ["德国", "加拿大", "北京"]),
        ("ja", "フランスとアメリカの首脳が東京で会談した。", ["フランス", "アメリカ", "東京"]),
        ("ko", "미국은 서울에서 일본과 만났다.", ["미국", "서울", "일본"]),
    ],
)
def test_countries_and_cities_are_found_as_the_language_writes_them(language: str, text: str, found: list[str]) -> None:
    assert places(text, language) == found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Dabei blieb der Rest in den Türen liegen."),
        ("ja", "パリティとインドアの話。"),
        ("id", "Dia datang sendiri."),
        ("es", "Cada uno paga lo suyo."),
    ],
)
def test_words_that_look_like_places_are_none(language: str, text: str) -> None:
    assert places(text, language) == []
