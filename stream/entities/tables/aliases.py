"""What acronyms and other aliases stand for, so that NATO and its full name are one thing."""

from stream.entities.names import fold
from stream.entities.tables.read import TABLES, read_pairs, read_rows
from stream.events import EntityType

ACRONYMS = read_pairs("acronyms.tsv")
"""Acronym of an organisation to its full name, both as written."""

_FULL_NAMES: dict[EntityType, dict[str, str]] = {
    EntityType.ORGANIZATION: {fold(acronym): fold(full) for acronym, full in ACRONYMS.items()},
    EntityType.PLACE: {},
}
for _alias, _type, _name in read_rows(TABLES / "aliases.tsv", 3, 3, choices={1: [name.name for name in _FULL_NAMES]}):
    _FULL_NAMES[EntityType[_type]][fold(_alias)] = fold(_name)


def expand_alias(entity_type: EntityType, folded: str) -> str:
    """The folded full name that a folded name stands for; the name itself where it stands for no other."""
    return _FULL_NAMES.get(entity_type, {}).get(folded, folded)


def find_acronym_type(folded: str, surface: str) -> EntityType | None:
    """The type of a name in capitals that the tables know (NATO, U.K.)."""
    if not surface.isupper():
        return None
    return next((entity_type for entity_type, names in _FULL_NAMES.items() if folded in names), None)
