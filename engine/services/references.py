"""What records point at: read together, kept for the use case, and followed by formulas."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from engine.definition import Configuration
from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Entity, Field
from engine.definition.rows import above, every_field, places
from engine.paths import join
from engine.services.work import Work
from engine.storage.conditions import Leaf
from engine.storage.names import names_of
from engine.storage.queries import Queries, Query

USER, DEPARTMENT = "system.user", "system.department"


class References:
    """Fields of referred records, by entity and id. Ids that lead nowhere are remembered as missing."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._known: dict[str, dict[str, Mapping[str, object] | None]] = {}
        self._names: dict[str, dict[str, str | None]] = {}
        self._has_children: dict[tuple[str, str], bool] = {}
        self._expected: tuple[Entity, Mapping[str, object]] | None = None

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
        if key not in self._known.get(shape, ()):
            self.prefetch(shape, [key, *self._siblings(shape)])
        return self._known[shape][key]

    def expect(self, entity: Entity, values: Mapping[str, object]) -> None:
        """Announce a record: when something that it points at is asked for, all of that kind is read with it."""
        self._expected = (entity, values)

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
        for _pointer, _field, shape, key in dynamic_links(entity, values):
            wanted.setdefault(shape, []).append(key)
        for shape, keys in wanted.items():
            self.prefetch(shape, keys)

    def branches(self, tree: str, keys: Iterable[str]) -> frozenset[str]:
        """Return those nodes of a tree that have something below them; asked once for each node."""
        wanted = set(keys)
        unknown = sorted(key for key in wanted if (tree, key) not in self._has_children)
        if unknown:
            parent = self._work.configuration.entities[tree].parent
            query = Query(where=Leaf(parent, "in", unknown))
            found = Queries(self._work.tx, self._work.tables).aggregate(tree, [parent], [("count", "")], query)
            above = {str(group[0]) for group, _ in found}
            self._has_children.update({(tree, key): key in above for key in unknown})
        return frozenset(key for key in wanted if self._has_children[tree, key])

    def forget(self, shape: str) -> None:
        """Forget what was read of one entity: its records have changed meanwhile."""
        self._known.pop(shape, None)
        self._names.pop(shape, None)
        self._has_children = {key: one for key, one in self._has_children.items() if key[0] != shape}

    def label(self, shape: str, key: str) -> str:
        """Return how a record is called where it is pointed at."""
        if self._has_no_name(shape):
            return key
        known = self._names.get(shape, {})
        if key in known and key not in self._known.get(shape, ()):
            return str(known[key] or key)
        return label(self._work.configuration, shape, self.get(shape, key), key)

    def _has_no_name(self, shape: str) -> bool:
        """Say whether the actor does not see what records of a kind display."""
        entity = self._work.configuration.entities.get(shape)
        return entity is not None and entity.display in self._work.rights.query_access(entity)

    def learn_names(self, wanted: Mapping[str, Iterable[str]]) -> None:
        """Read what things are called, by shape: one statement for things of all kinds."""
        asked = {
            shape: (display_fields(self._work.configuration, shape)[0], missing)
            for shape, keys in wanted.items()
            if (missing := dict.fromkeys(key for key in keys if not self._is_named(shape, key)))
        }
        found = names_of(self._work.tx, self._work.tables, asked)
        for shape, names in found.items():
            missing = asked[shape][1]
            self._names.setdefault(shape, {}).update({key: names.get(key) for key in missing})

    def _is_named(self, shape: str, key: str) -> bool:
        return key in self._known.get(shape, ()) or key in self._names.get(shape, ())

    def _siblings(self, shape: str) -> Iterator[str]:
        """Yield what the announced record points at of one kind; sub-tables that point elsewhere are not looked at."""
        if self._expected is None:
            return
        entity, values = self._expected
        for table, field in fields_that(entity, "pointing", is_pointing):
            if target(entity, field) == shape:
                for place in places(values, table):
                    holder = place.rows[-1] if place.rows else values
                    yield from ids_in(holder.get(field.name))

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
    return FIELD_TYPES[field.type].target(entity.key, field) or field.to


def is_pointing(field: Field) -> bool:
    """Say whether a field holds the id of something else, or several."""
    return field.is_stored and bool(FIELD_TYPES[field.type].target("own", field))


def ids_in(value: object) -> tuple[str, ...]:
    """Return the ids that a pointing field's value holds: none, one, or those of a list."""
    several = value if isinstance(value, (list, tuple)) else (value,)
    return tuple(one for one in several if isinstance(one, str))


def pointing(
    entity: Entity, values: Mapping[str, object]
) -> Iterator[tuple[str, Field, Mapping[str, object] | None, str]]:
    """Yield pointer, field, names of the row (None in the header) and id for every value of a record that points at something."""
    for table, field in fields_that(entity, "pointing", is_pointing):
        for place in places(values, table):
            holder = place.rows[-1] if place.rows else values
            names = place.names() if place.rows else None
            for at, key in _keys(join(place.at, field.name), holder.get(field.name)):
                yield at, field, names, key


def _keys(at: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, (list, tuple)):
        yield from ((f"{at}/{number}", key) for number, key in enumerate(value) if isinstance(key, str))


def dynamic_links(entity: Entity, values: Mapping[str, object]) -> Iterator[tuple[str, Field, str, str]]:
    """Yield pointer, field, entity and id for every value of a record that says itself of which entity it is a record."""
    for table, field in fields_that(entity, "linking", _is_linking):
        for place in places(values, table):
            link = (place.rows[-1] if place.rows else values).get(field.name)
            if isinstance(link, Mapping):
                yield join(place.at, field.name), field, str(link["entity"]), str(link["id"])


def fields_that(entity: Entity, key: str, belong: Callable[[Field], bool]) -> tuple[tuple[str, Field], ...]:
    """Return the fields of some kind, each with the path of the sub-table that it lies in (empty for the record); sought once."""
    return entity.once(
        (__name__, key),
        lambda one: tuple((above(path), field) for path, field in every_field(one.fields) if belong(field)),
    )


def _is_linking(field: Field) -> bool:
    return field.is_stored and bool(field.targets)


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
