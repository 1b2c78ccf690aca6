"""The names that a scenario gives to records and people, and the days that it counts from its own."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

_DAY = re.compile(r"today(?P<days>[+-]\d{1,5})?\Z")


class UnknownName(Exception):
    """A name that no step before gave to anything."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(slots=True)
class Names:
    """What is called what: `ids` of records, people and departments, `entities` of records, by name.

    `rows` answers the id of a row, from a record's name and the way to the row ("lines.0", "lines.0.items.2").
    """

    today: date
    rows: Callable[[str, str], str]
    ids: dict[str, str] = field(default_factory=dict)
    entities: dict[str, str] = field(default_factory=dict)

    def record(self, name: str) -> tuple[str, str]:
        """Return the entity and the id of a record. Raises UnknownName."""
        plain = name.removeprefix("@")
        if plain not in self.entities:
            raise UnknownName(plain)
        return self.entities[plain], self.ids[plain]

    def id(self, name: str) -> str:
        """Return the id of anything. Raises UnknownName."""
        plain = name.removeprefix("@")
        if plain not in self.ids:
            raise UnknownName(plain)
        return self.ids[plain]

    def of(self, key: str) -> str:
        """Return the name of an id, for people to read; what has none keeps its id."""
        return next((name for name, one in self.ids.items() if one == key), key)

    def resolve(self, value: object) -> object:
        """Return a value with `@name` as ids and `today+1` as dates, in lists and objects too. Raises UnknownName."""
        if isinstance(value, dict):
            return {key: self.resolve(one) for key, one in value.items()}
        if isinstance(value, list):
            return [self.resolve(one) for one in value]
        if not isinstance(value, str):
            return value
        if value.startswith("@"):
            return self._pointed_at(value.removeprefix("@"))
        day = _DAY.match(value)
        return (self.today + timedelta(days=int(day["days"] or 0))).isoformat() if day else value

    def _pointed_at(self, text: str) -> str:
        name, *way = text.split(".")
        if not way:
            return self.id(name)
        if len(way) % 2 or not all(place.isdigit() for place in way[1::2]):
            raise UnknownName(text)
        return self.rows(name, ".".join(way))
