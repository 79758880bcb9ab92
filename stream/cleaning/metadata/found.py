"""Collect a page's fields while they are looked for."""

from dataclasses import dataclass, field
from typing import Any

from stream.cleaning.metadata.dates import Date
from stream.cleaning.values import Fields
from stream.events import Author


@dataclass(slots=True)
class Found:
    """Fields as they are found: the first evidence for a field wins, so the best is asked first.

    ``values`` are the values of ``Fields`` by name, ``provenance`` says of each where it came from.
    Authors are names in ``values``; ``authors`` has by name what more is known of one.
    """

    values: dict[str, Any] = field(default_factory=dict)
    provenance: dict[str, str] = field(default_factory=dict)
    authors: dict[str, Author] = field(default_factory=dict)

    def put(self, name: str, value: Any, source: str) -> None:
        """Take a value for a field that has none yet; an empty one is no value."""
        if value not in (None, "", ()) and name not in self.values:
            self.values[name] = value
            self.provenance[name] = source

    def put_published(self, date: Date | None, source: str) -> None:
        """The same for the date of publication, which three fields tell of.

        The provenance says where its day was reckoned from another calendar's.
        """
        if date is None or "datePublished" in self.values:
            return
        if date.calendar != "gregorian":
            source = f"{source}, {date.calendar} calendar"
        self.put("datePublished", date.value, source)
        self.put("datePublishedRaw", date.raw, source)
        self.put("datePublishedPrecision", date.precision, source)

    def put_modified(self, date: Date | None, source: str) -> None:
        """The same for the date of the last change, which two fields tell of."""
        if date is None or "dateModified" in self.values:
            return
        self.put("dateModified", date.value, source)
        self.put("dateModifiedRaw", date.raw, source)

    def close(self) -> Fields:
        authors = tuple(self.authors.get(name) or Author(name=name) for name in self.values.pop("authors", ()))
        return Fields(**self.values, authors=authors, provenance=self.provenance)
