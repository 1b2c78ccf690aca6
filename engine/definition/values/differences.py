"""What a change changed: fields and rows, told as plain JSON, so that it can be shown and taken back.

A difference has `before` and `after` (fields by name, where they differ) and `rows` (by sub-table): `added` and `removed` rows with
their places, `changed` rows with the same parts again, rows below rows included, and `order`, the ids before, where rows that stayed
changed places. Rows below rows may also be named by their path (`lines.parts`), without the rows that they lie in. What is empty is left out. All values are in their JSON form (`dump`).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from engine.definition.model import Field

Difference = dict[str, Any]
Row = Mapping[str, Any]


def difference(fields: Sequence[Field], before: Row, after: Row) -> Difference:
    """Return what is different between two states of a record, or of a row; nothing where they are alike.

    Only what `after` names is compared.
    """
    tables = {field.name: field for field in fields if field.is_table}
    names = [name for name in after if name not in tables and name != "id" and before.get(name) != after[name]]
    found: Difference = {}
    if names:
        found["before"] = {name: before.get(name) for name in names}
        found["after"] = {name: after[name] for name in names}
    rows = {
        name: changes
        for name, field in tables.items()
        if name in after and (changes := _rows(field, before.get(name) or [], after[name] or []))
    }
    return found | ({"rows": rows} if rows else {})


def reverted(fields: Sequence[Field], after: Row, change: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a record, or a row, was before a change that led to `after`."""
    before = {**after, **change.get("before", {})}
    tables = {field.name: field for field in fields if field.is_table}
    for path, changes in change.get("rows", {}).items():
        name, _, below = path.partition(".")
        if name not in tables:
            continue
        rows = before.get(name) or []
        if below:
            before[name] = [reverted(tables[name].fields, row, {"rows": {below: changes}}) for row in rows]
        else:
            before[name] = _rows_before(tables[name], rows, changes)
    return before


def _rows(field: Field, before: Sequence[Row], after: Sequence[Row]) -> Difference:
    old, new = _by_id(before), _by_id(after)
    added = [{"at": at, "row": dict(row)} for at, row in enumerate(after) if row.get("id") not in old]
    removed = [{"at": at, "row": dict(row)} for at, row in enumerate(before) if row["id"] not in new]
    changed = [
        {"id": key} | change
        for key, row in new.items()
        if key in old and (change := difference(field.fields, old[key], row))
    ]
    found: Difference = {"added": added, "removed": removed, "changed": changed}
    if [key for key in old if key in new] != [key for key in new if key in old]:
        found["order"] = list(old)
    return {name: part for name, part in found.items() if part}


def _by_id(rows: Sequence[Row]) -> dict[str, Row]:
    """Return rows by their ids; those that are not stored yet have none and are left out."""
    return {row["id"]: row for row in rows if "id" in row}


def _rows_before(field: Field, after: Sequence[Row], changes: Mapping[str, Any]) -> list[dict[str, Any]]:
    added = {one["row"]["id"] for one in changes.get("added", ())}
    changed = {one["id"]: one for one in changes.get("changed", ())}
    rows = [
        reverted(field.fields, row, changed[row["id"]]) if row["id"] in changed else dict(row)
        for row in after
        if row["id"] not in added
    ]
    for one in sorted(changes.get("removed", ()), key=lambda one: int(one["at"])):
        rows.insert(int(one["at"]), dict(one["row"]))
    return in_order(rows, changes["order"]) if "order" in changes else rows


def in_order(rows: Iterable[Row], ids: Sequence[str]) -> list[dict[str, Any]]:
    """Return rows in the order of some ids; those that are not named come last."""
    places = {key: place for place, key in enumerate(ids)}
    return [dict(row) for row in sorted(rows, key=lambda row: places.get(row["id"], len(places)))]
