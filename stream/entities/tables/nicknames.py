"""Which given names one person may go by, so that Bill Gates is William Gates."""

from stream.entities.tables.read import TABLES, read_rows

_GROUP_OF = {
    name: number
    for number, names in enumerate(read_rows(TABLES / "nicknames.tsv", 2, None, keys=slice(None)))
    for name in names
}


def may_be_one_name(one: str, other: str) -> bool:
    """Whether two folded given names are forms of one, as the table has it."""
    group = _GROUP_OF.get(one)
    return group is not None and group == _GROUP_OF.get(other)
