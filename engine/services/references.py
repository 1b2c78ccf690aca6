"""What records point at: read together, kept for the use case, and followed by formulas."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from engine.definition import Configuration
from engine.definition.model import Entity, Field
from engine.services.work import Work

USER, DEPARTMENT = "system.user", "system.department"


class References:
    """Fields of referred records, by entity and id. Ids that lead nowhere are remembered as missing."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._known: dict[str, dict[str, Mapping[str, object] | None]] = {}

    def __call__(self, shape: str, key: str, name: str) -> object:
        """Return one field of a referred record, as formulas ask for it; blank where there is none."""
        found = self.get(shape, key)
        if found is None:
            return None
        entity = self._work.configuration.entities.get(shape)
        field = entity.field(name) if entity else None
        if entity and field and field.lookup:
            return self._follow(entity, found, field.lookup)
        if field and field.is_table:
            record = self._work.records.get(shape, key)
            return record.values[name] if record else None
        return found.get(name)

    def get(self, shape: str, key: str) -> Mapping[str, object] | None:
        """Return the stored fields of a referred record, None where there is none."""
        self.prefetch(shape, [key])
        return self._known[shape][key]

    def prefetch(self, shape: str, keys: Iterable[str]) -> None:
        """Read many records of one entity in one statement."""
        known = self._known.setdefault(shape, {})
        missing = [key for key in dict.fromkeys(keys) if key not in known]
        if missing:
            found = self._read(shape, missing)
            known.update({key: found.get(key) for key in missing})

    def of_record(self, entity: Entity, values: Mapping[str, object]) -> None:
        """Read all that a record and its rows point at: one statement for each entity pointed at."""
        wanted: dict[str, list[str]] = {}
        for _pointer, field, _row, key in pointing(entity, values):
            wanted.setdefault(target(entity, field), []).append(key)
        for shape, keys in wanted.items():
            self.prefetch(shape, keys)

    def _read(self, shape: str, keys: Sequence[str]) -> dict[str, Mapping[str, object]]:
        if shape == USER:
            return {one.id: _person(one) for one in self._work.accounts.all(keys)}
        if shape == DEPARTMENT:
            return {one.id: _department(one) for one in self._work.accounts.departments() if one.id in keys}
        entity = self._work.configuration.entities.get(shape)
        if entity is None:
            return {}
        place = self._work.tables.entity(shape)
        return {
            key: values | {"id": key}
            for key, values in self._work.records.many(shape, keys, tuple(place.columns)).items()
        }

    def _follow(self, entity: Entity, values: Mapping[str, object], path: str) -> object:
        first, _, rest = path.partition(".")
        field, value = entity.field(first), values.get(first)
        if not rest or not isinstance(value, str) or field is None:
            return value
        return self(target(entity, field), value, rest) if "." not in rest else None


def target(entity: Entity, field: Field) -> str:
    """Return the shape that a pointing field leads to."""
    return {"user": USER, "department": DEPARTMENT, "tree_parent": entity.key}.get(field.type, field.to)


def is_pointing(field: Field) -> bool:
    """Say whether a field holds the id of something else."""
    return field.type in {"reference", "tree_parent", "user", "department"} and field.is_stored


def pointing(
    entity: Entity, values: Mapping[str, object]
) -> Iterator[tuple[str, Field, Mapping[str, object] | None, str]]:
    """Yield pointer, field, row (None in the header) and id for every value of a record that points at something."""
    for field in entity.fields:
        value = values.get(field.name)
        if is_pointing(field) and isinstance(value, str):
            yield f"/{field.name}", field, None, value
        elif field.is_table and isinstance(value, (list, tuple)):
            for position, row in enumerate(value):
                for child in field.fields:
                    key = row.get(child.name)
                    if is_pointing(child) and isinstance(key, str):
                        yield f"/{field.name}/{position}/{child.name}", child, row, key


def display_fields(configuration: Configuration, shape: str) -> tuple[str, ...]:
    """Return the fields that name a record to people: what it displays, and its code or number where it has one."""
    if shape in {USER, DEPARTMENT}:
        return ("name", "code" if shape == DEPARTMENT else "login")
    entity = configuration.entities[shape]
    extra = [name for name in ("code", "number") if name != entity.display and entity.field(name)]
    return (entity.display, *extra[:1])


def label(configuration: Configuration, shape: str, values: Mapping[str, object] | None, key: str) -> str:
    """Return how a record is called where it is pointed at."""
    if values is None:
        return key
    first, *_ = display_fields(configuration, shape)
    return str(values.get(first) or key)


def _person(account: Any) -> dict[str, object]:
    return {
        "id": account.id,
        "name": account.name,
        "login": account.login,
        "department": account.department_id,
        "superior": account.superior_id,
    }


def _department(one: Any) -> dict[str, object]:
    return {"id": one.id, "name": one.name, "code": one.code, "parent": one.parent_id, "head": one.head_id}
