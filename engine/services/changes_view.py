"""A change as people read it: titles, values before and after, rows that came, went and changed, and nothing that is hidden."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.definition.model import Entity, Field
from engine.definition.values.differences import difference
from engine.projection.masking import mask, masked_paths
from engine.projection.texts import in_language
from engine.services.reading import labels_at
from engine.services.references import References, is_pointing, target

Change = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody does not see of a record, and what is seen masked, by path."""

    hidden: frozenset[str] = frozenset()
    masked: frozenset[str] = frozenset()

    def __contains__(self, path: object) -> bool:
        """Say whether a path is hidden."""
        return path in self.hidden

    def value(self, value: object, field: Field | None, path: str, language: str) -> object:
        """Return a JSON value as it is seen."""
        return mask(value, field, language) if field and path in self.masked else value


def whole(fields: Sequence[Field], details: Change) -> dict[str, Any]:
    """Return the difference that an entry of the history tells, whichever way it was written.

    What a record began with is told as a difference from nothing.
    """
    before, after = details.get("before") or {}, details.get("after") or {}
    tables = {field.name for field in fields if field.is_table}
    if not tables & {*before, *after}:
        return {"before": before, "after": after, "rows": details.get("rows") or {}}
    names = dict.fromkeys((*before, *after))
    return difference(fields, before, {name: after.get(name) for name in names})


def shown(fields: Sequence[Field], change: Change, hidden: Sight, language: str, at: str = "") -> dict[str, Any]:
    """Return a difference with titles, less what is hidden; `at` is the path of the rows that it is about, with a dot.

    What is seen masked is told as a change even where both sides look the same.
    """
    known = {field.name: field for field in fields}
    before, after = change.get("before") or {}, change.get("after") or {}
    changes = [
        {
            "path": at + name,
            "title": in_language(known[name].title, language) if name in known else name,
            "before": hidden.value(before.get(name), known.get(name), at + name, language),
            "after": hidden.value(after.get(name), known.get(name), at + name, language),
        }
        for name in dict.fromkeys((*before, *after))
        if at + name not in hidden and before.get(name) != after.get(name)
    ]
    rows = [
        one
        for path, told in (change.get("rows") or {}).items()
        if (table := _table(fields, path)) and not _is_hidden(at + path, hidden)
        for one in _rows(table, told, hidden, language, at + path)
    ]
    return {"changes": changes, "rows": rows}


def _table(fields: Sequence[Field], path: str) -> Field | None:
    name, _, below = path.partition(".")
    found = next((field for field in fields if field.name == name and field.is_table), None)
    return _table(found.fields, below) if found and below else found


def _is_hidden(path: str, hidden: Container[str]) -> bool:
    names = path.split(".")
    return any(".".join(names[:end]) in hidden for end in range(1, len(names) + 1))


def _rows(field: Field, told: Change, hidden: Sight, language: str, path: str) -> Iterator[dict[str, Any]]:
    here = {"path": path, "title": in_language(field.title, language)}
    for kind in ("added", "removed"):
        for one in told.get(kind, ()):
            row = one["row"]
            change = whole(field.fields, {"after" if kind == "added" else "before": _values(row)})
            yield (
                here
                | {"kind": kind, "id": row.get("id"), "at": one["at"]}
                | _row(field, change, hidden, language, path)
            )
    for one in told.get("changed", ()):
        seen = _row(field, one, hidden, language, path)
        if seen["changes"] or seen["rows"]:
            yield here | {"kind": "changed", "id": one["id"], "at": None} | seen
    if "order" in told:
        yield here | {"kind": "moved", "id": None, "at": None, "changes": [], "rows": []}


def _row(field: Field, change: Change, hidden: Sight, language: str, path: str) -> dict[str, Any]:
    return shown(field.fields, change, hidden, language, f"{path}.")


def _values(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "id"}


def labels_of(entity: Entity, items: Sequence[Change], references: References) -> dict[str, dict[str, str]]:
    """Return what the things are called that changes speak of, by path and id."""
    return labels_at(list(_pointed(entity, entity.fields, items, "")), references)


def _pointed(
    entity: Entity, fields: Sequence[Field], items: Sequence[Change], at: str
) -> Iterator[tuple[str, str, str]]:
    known = {at + field.name: field for field in fields}
    for item in items:
        for change in item["changes"]:
            field = known.get(change["path"])
            if field is not None and is_pointing(field):
                for value in (change["before"], change["after"]):
                    if isinstance(value, str):
                        yield change["path"], target(entity, field), value
        for path in dict.fromkeys(row["path"] for row in item["rows"]):
            below = [row for row in item["rows"] if row["path"] == path]
            table = _table(fields, path.removeprefix(at))
            yield from _pointed(entity, table.fields if table else (), below, f"{path}.")


def sight(access: Mapping[str, str]) -> Sight:
    """Return what an access by path leaves to be seen."""
    return Sight(frozenset(path for path, allowed in access.items() if allowed == "hidden"), masked_paths(access))
