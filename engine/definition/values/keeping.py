"""Values that are put aside as JSON and come back later: by the ids of fields, so that a rename meanwhile loses nothing."""

from collections.abc import Mapping, Sequence

from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Field
from engine.definition.values.accept import Values
from engine.problems import Problem


def put_aside(fields: Sequence[Field], values: Mapping[str, object]) -> Values:
    """Return the JSON form of what is stored of a record, or of a row with its `id`, by the ids of its fields.

    What is encrypted where it is stored is left out: that is for `sealed_aside`.
    """
    found: Values = {"$id": values["id"]} if isinstance(values.get("id"), str) else {}
    for field in fields:
        value = values.get(field.name)
        if value is None or field.lookup or is_guarded(field):
            continue
        if field.is_table:
            rows = value if isinstance(value, (list, tuple)) else ()
            found[field.id] = [put_aside(field.fields, row) for row in rows]
        else:
            found[field.id] = FIELD_TYPES[field.type].to_json(value)
    return found


def sealed_aside(fields: Sequence[Field], values: Mapping[str, object]) -> Values:
    """Return the values that are encrypted where they are stored, in the shape of `put_aside`; to be kept as safe as they were."""
    found: Values = {"$id": values["id"]} if isinstance(values.get("id"), str) else {}
    for field in fields:
        value = values.get(field.name)
        if field.is_table:
            rows = value if isinstance(value, (list, tuple)) else ()
            below = [sealed_aside(field.fields, row) for row in rows]
            if any(len(row) > 1 for row in below):
                found[field.id] = below
        elif value is not None and is_guarded(field):
            found[field.id] = value
    return found


def is_guarded(field: Field) -> bool:
    """Say whether a field's values are encrypted where they are stored."""
    return not field.is_table and FIELD_TYPES[field.type].is_guarded(field)


def taken_out(
    fields: Sequence[Field], document: Mapping[str, object], sealed: Mapping[str, object] | None = None
) -> Values:
    """Return the canonical values of what was put aside; what has no field any more is left out, and so is what no longer fits."""
    found: Values = {"id": document["$id"]} if "$id" in document else {}
    secrets = sealed or {}
    for field in fields:
        if is_guarded(field) and field.id in secrets:
            found[field.name] = secrets[field.id]
        if field.lookup or field.id not in document:
            continue
        value = document[field.id]
        if field.is_table:
            rows = value if isinstance(value, list) else []
            hidden = secrets.get(field.id)
            known = {row.get("$id"): row for row in hidden} if isinstance(hidden, list) else {}
            found[field.name] = [
                taken_out(field.fields, row, known.get(row.get("$id"))) for row in rows if isinstance(row, Mapping)
            ]
        else:
            found[field.name] = _canonical(field, value)
    return found


def read_back(fields: Sequence[Field], document: Mapping[str, object]) -> Values:
    """Return the canonical values of what `dump` wrote."""
    found: Values = {"id": document["id"]} if isinstance(document.get("id"), str) else {}
    for field in fields:
        if field.name not in document:
            continue
        value = document[field.name]
        if field.is_table:
            rows = value if isinstance(value, list) else []
            found[field.name] = [read_back(field.fields, row) for row in rows]
        else:
            found[field.name] = _canonical(field, value)
    return found


def _canonical(field: Field, value: object) -> object:
    canonical = None if value is None else FIELD_TYPES[field.type].coerce(value, field)
    return None if isinstance(canonical, Problem) else canonical
