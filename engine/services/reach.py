"""Where a path leads that a person types: the field at its end, or nothing where there is none that the person may see."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.definition.model import Entity, Field, Text
from engine.errors import Invalid
from engine.problems import Problem
from engine.projection.system_fields import system_title, system_type
from engine.services.references import DEPARTMENT, USER, target
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

    What is `masked` may be shown so to the actor; nobody filters, sorts, sums up or searches by it.
    """

    field: Field
    in_rows: bool = False
    masked: bool = False


def reach(work: Work, entity: Entity, path: str) -> Reached | None:
    """Return where a path leads from an entity, step by step through references; what is hidden is not there."""
    name, _, rest = path.partition(".")
    field = entity.field(name)
    if field is None:
        return _system(entity, name, rest)
    if name in hidden_paths(work, entity):
        return None
    if field.lookup:
        return reach(work, entity, f"{field.lookup}.{rest}" if rest else field.lookup)
    if field.is_table:
        return _row(work, entity, (field,), rest)
    return _onward(work, entity, field, rest) if rest else Reached(field, masked=_is_masked(work, entity, name))


def need(work: Work, entity: Entity, path: str) -> Reached:
    """Return where a path leads. Raises Invalid `unknown_path`."""
    found = reach(work, entity, path)
    if found is None:
        raise Invalid([Problem("unknown_path", params={"path": path})])
    return found


def hidden_paths(work: Work, entity: Entity) -> frozenset[str]:
    """Return what the actor may not see of an entity."""
    return frozenset(path for path, access in work.rights.field_access(entity).items() if access == "hidden")


def _is_masked(work: Work, entity: Entity, path: str) -> bool:
    return work.rights.field_access(entity).get(path) == "mask"


def _row(work: Work, entity: Entity, tables: tuple[Field, ...], path: str) -> Reached | None:
    """Return where a path leads from a row of the last of some sub-tables, each in the rows of the one before."""
    name, _, rest = path.partition(".")
    child = tables[-1].field(name)
    own = ".".join((*(table.name for table in tables), name))
    if child is None or own in hidden_paths(work, entity):
        return None
    if child.is_table:
        return _row(work, entity, (*tables, child), rest)
    if child.lookup:
        found = _looked_up(work, entity, tables, f"{child.lookup}.{rest}" if rest else child.lookup)
    else:
        found = _onward(work, entity, child, rest) if rest else Reached(child)
    masked = found is not None and (found.masked or (not rest and _is_masked(work, entity, own)))
    return Reached(found.field, in_rows=True, masked=masked) if found else None


def _looked_up(work: Work, entity: Entity, tables: tuple[Field, ...], path: str) -> Reached | None:
    """Return where a look-up leads: its reference stands in the row, in a row around it, or in the record."""
    first = path.partition(".")[0]
    holders = [tables[: depth + 1] for depth in range(len(tables)) if tables[depth].field(first)]
    return _row(work, entity, holders[-1], path) if holders else reach(work, entity, path)


def _onward(work: Work, entity: Entity, field: Field, rest: str) -> Reached | None:
    shape = target(entity, field)
    reached = work.configuration.entities.get(shape)
    return reach(work, reached, rest) if reached else _built_in(shape, rest)


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
