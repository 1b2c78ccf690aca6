"""Values that a record or row gets by being made: whatever its types give, once."""

from collections.abc import Mapping, Sequence

from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Field
from engine.definition.rows import rows_of
from engine.storage.identifiers import new_id


def with_given(fields: Sequence[Field], values: Mapping[str, object]) -> dict[str, object]:
    """Return values with those that types give where there is none yet, in rows of every depth too."""
    found = dict(values)
    for field in fields:
        if field.is_table and field.name in found and _gives(field):
            found[field.name] = [with_given(field.fields, row) for row in rows_of(found[field.name])]
        elif found.get(field.name) is None and _gives(field) and not field.is_table:
            found[field.name] = FIELD_TYPES[field.type].at_creation(new_id())
    return found


def _gives(field: Field) -> bool:
    own = FIELD_TYPES[field.type].at_creation("id") is not None
    return own or any(_gives(child) for child in field.fields)
