"""What a picker searches: a record's name and code, and the pinyin initials of its name (东区 is found by `dq`)."""

from collections.abc import Mapping

from engine.definition.field_types import is_searched
from engine.definition.model import Entity
from engine.storage.pinyin import initials

SEARCH = "$search"
"""The name of the column; no field can be called so."""

LONGEST = 400


def searched_fields(entity: Entity) -> tuple[str, ...]:
    """Return the fields that name a record to people: what it displays, and its code or number."""
    names = (entity.display, "code", "number")
    found = (entity.field(name) for name in dict.fromkeys(names))
    return tuple(field.name for field in found if field and field.is_stored and is_searched(field))


def search_text(entity: Entity, values: Mapping[str, object]) -> str | None:
    """Return the text that is searched, None where nothing names the record."""
    words = [str(values[name]) for name in searched_fields(entity) if values.get(name)]
    return found_by(" ".join(words)) if words else None


def found_by(name: str) -> str:
    """Return a name in lower case, followed by the initials of its pinyin where it has Chinese characters."""
    plain = name[:LONGEST].lower()
    return plain if plain.isascii() else f"{plain} {initials(plain)}"
