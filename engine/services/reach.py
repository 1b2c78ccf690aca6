"""Where a path leads that a person types: the field at its end, or nothing where there is none that the person may see."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import cast

from engine.definition.model import Entity, Field, Text
from engine.errors import Invalid
from engine.problems import Problem
from engine.projection.system_fields import system_title, system_type
from engine.services.references import DEPARTMENT, USER, display_fields, target
from engine.services.work import Work
from engine.storage.record_tables import system_fields

_PEOPLE = frozenset({"owner", "created_by", "updated_by"})
_BUILT_IN: Mapping[str, Mapping[str, str]] = {
    USER: {"id": "text", "name": "text", "login": "text", "department": "department", "superior": "user"},
    DEPARTMENT: {"id": "text", "name": "text", "code": "text", "parent": "department", "head": "user"},
}
_LINKS = {"user": USER, "department": DEPARTMENT}


@dataclass(frozen=True, slots=True)
class Reached:
    """The end of a path. System fields look like fields too; `in_rows` says that there may be several on one record.

    What is `masked` is shown so to the actor, what is `partly` seen is not seen on every record; nobody filters, sorts, sums up or
    searches by either.
    """

    field: Field
    in_rows: bool = False
    masked: bool = False
    partly: bool = False

    @property
    def closed(self) -> str:
        """Return the code of why nobody may ask by it, empty where one may."""
        return "field_partly_seen" if self.partly else "field_masked" if self.masked else ""


@dataclass(frozen=True, slots=True)
class _Way:
    """How a path came here.

    Behind a reference (`beyond`) only what is seen on every record counts. Where the configuration itself names the path
    (`declared`) it leads there whether or not the actor reads every record that it goes through.
    """

    beyond: bool = False
    declared: bool = False


def reach(work: Work, entity: Entity, path: str) -> Reached | None:
    """Return where a path leads from an entity, step by step through references; what is hidden is not there.

    Behind a reference anybody sees what names the record; the rest is seen by who reads every record there, or where a view of the
    entity names the path.
    """
    key = ("reach", entity.key, path)
    if key not in work.memo:
        declared = "." in path and path in _declared(work, entity)
        work.memo[key] = _from(work, entity, path, _Way(declared=declared))
    found = work.memo[key]
    return found if isinstance(found, Reached) else None


def need(work: Work, entity: Entity, path: str) -> Reached:
    """Return where a path leads. Raises Invalid `unknown_path`."""
    found = reach(work, entity, path)
    if found is None:
        raise Invalid([Problem("unknown_path", params={"path": path})])
    return found


def need_open(work: Work, entity: Entity, path: str, at: str = "") -> Reached:
    """Return where a path leads by which records are asked for. Raises Invalid `unknown_path`, `field_masked`, `field_partly_seen`."""
    found = need(work, entity, path)
    if found.closed:
        raise Invalid([Problem(found.closed, at, {"title": found.field.title})])
    return found


def hidden_paths(work: Work, entity: Entity) -> frozenset[str]:
    """Return what the actor may not see of any record of an entity."""
    return frozenset(path for path, access in work.rights.field_access(entity).items() if access == "hidden")


def closed_paths(work: Work, entity: Entity) -> frozenset[str]:
    """Return what the actor does not see, or not in full, on every record of an entity."""
    return frozenset(work.rights.query_access(entity))


def names_itself(work: Work, entity: Entity) -> tuple[str, ...]:
    """Return the fields that name a record to the actor: what it displays and its code, as far as they are open."""
    closed = closed_paths(work, entity)
    return tuple(name for name in display_fields(work.configuration, entity.key) if name not in closed)


def _declared(work: Work, entity: Entity) -> frozenset[str]:
    key = ("declared", entity.key)
    if key not in work.memo:
        views = work.configuration.views_for(entity.key)
        named = [
            *(column.field for view in views for column in view.columns),
            *(one for view in views for one in view.search),
            *(one for view in views if view.pivot for one in view.pivot.paths),
        ]
        work.memo[key] = frozenset(named)
    return cast("frozenset[str]", work.memo[key])


def _from(work: Work, entity: Entity, path: str, way: _Way) -> Reached | None:
    name, _, rest = path.partition(".")
    field = entity.field(name)
    if field is None:
        return _system(entity, name, rest)
    access = _access(work, entity, name, way)
    if access == "hidden":
        return None
    partly = not way.beyond and name in work.rights.partly(entity)
    if field.lookup:
        found = _from(work, entity, f"{field.lookup}.{rest}" if rest else field.lookup, replace(way, declared=True))
    elif field.is_table:
        found = _row(work, entity, (field,), rest, way)
    else:
        found = _onward(work, entity, field, rest, way) if rest else Reached(field)
    masked = access == "mask" and not rest
    if found is None or not (masked or partly):
        return found
    return replace(found, masked=found.masked or masked, partly=found.partly or partly)


def _access(work: Work, entity: Entity, path: str, way: _Way) -> str:
    known = work.rights.by_role.query_access(entity) if way.beyond else work.rights.field_access(entity)
    return known.get(path, "write")


def _row(work: Work, entity: Entity, tables: tuple[Field, ...], path: str, way: _Way) -> Reached | None:
    """Return where a path leads from a row of the last of some sub-tables, each in the rows of the one before."""
    name, _, rest = path.partition(".")
    child = tables[-1].field(name)
    own = ".".join((*(table.name for table in tables), name))
    if child is None or _access(work, entity, own, way) == "hidden":
        return None
    if child.is_table:
        return _row(work, entity, (*tables, child), rest, way)
    if child.lookup:
        found = _looked_up(work, entity, tables, f"{child.lookup}.{rest}" if rest else child.lookup, way)
    else:
        found = _onward(work, entity, child, rest, way) if rest else Reached(child)
    if found is None:
        return None
    masked = found.masked or (not rest and _access(work, entity, own, way) == "mask")
    partly = found.partly or (not way.beyond and own in work.rights.partly(entity))
    return Reached(found.field, in_rows=True, masked=masked, partly=partly)


def _looked_up(work: Work, entity: Entity, tables: tuple[Field, ...], path: str, way: _Way) -> Reached | None:
    """Return where a look-up leads: its reference stands in the row, in a row around it, or in the record."""
    first = path.partition(".")[0]
    declared = replace(way, declared=True)
    holders = [tables[: depth + 1] for depth in range(len(tables)) if tables[depth].field(first)]
    return _row(work, entity, holders[-1], path, declared) if holders else _from(work, entity, path, declared)


def _onward(work: Work, entity: Entity, field: Field, rest: str, way: _Way) -> Reached | None:
    shape = target(entity, field)
    reached = work.configuration.entities.get(shape)
    if reached is None:
        return _built_in(shape, rest)
    names = display_fields(work.configuration, shape)
    if not (way.declared or rest in names or work.rights.reads_everything(shape)):
        return None
    return _from(work, reached, rest, replace(way, beyond=True))


def _system(entity: Entity, name: str, rest: str) -> Reached | None:
    if name not in system_fields(entity):
        return None
    if rest:
        return _built_in(USER, rest) if name in _PEOPLE else None
    return Reached(_plain(name, system_type(name), system_title(name)))


def _built_in(shape: str, path: str) -> Reached | None:
    name, _, rest = path.partition(".")
    kind = _BUILT_IN.get(shape, {}).get(name)
    if kind is None:
        return None
    if rest:
        return _built_in(_LINKS[kind], rest) if kind in _LINKS else None
    return Reached(_plain(name, kind, {"zh-CN": name}))


def _plain(name: str, kind: str, title: Text) -> Field:
    return Field(id=name, name=name, title=title, type=kind, schema={})
