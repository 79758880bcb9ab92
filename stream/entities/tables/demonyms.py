"""Which country a nationality points to; adjectives of continents and of peoples without a country have none."""

from stream.entities.tables.read import TABLES, read_rows

_ROWS = [(country, words) for country, *words in read_rows(TABLES / "demonyms.tsv", 2, None, keys=slice(1, None))]

COUNTRY_OF = {word: country for country, words in _ROWS for word in words}
"""Demonym as written in English ("Chinese", "Sri Lankans") to the country's code (ISO 3166-1 alpha-2)."""

ADJECTIVE_OF = {word: words[0] for _, words in _ROWS for word in words}
"""Demonym to the form that stands for all of its people's ("Danes" to "Danish")."""
