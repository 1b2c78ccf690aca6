"""Which records somebody may see, as SQL: what each grant allows, joined by OR."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, any_, false, func, literal, or_, select, true
from sqlalchemy.dialects.postgresql import ARRAY

from engine.definition.model import Entity
from engine.expressions import Compiled, Environment
from engine.storage.expression_columns import expression_condition
from engine.storage.path_columns import PathColumns
from engine.storage.record_tables import EntityTable
from engine.storage.system_tables import TEXT, accounts

Sql = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class RowScope:
    """What one grant allows.

    `values` are for `own` and `my_projects` the user's id, for `department` the ids of departments, for `shared` those of records;
    `where` an expression.
    `roles` narrows `my_projects` to the teams in which the user has one of them.
    """

    kind: Literal["all", "own", "department", "my_projects", "where", "shared"]
    values: tuple[str, ...] = ()
    where: Compiled | None = None
    roles: tuple[str, ...] = ()


EVERYTHING = (RowScope("all"),)


def scope_sql(scopes: Sequence[RowScope], columns: PathColumns, environment: Environment, dialect: str) -> Sql:
    """Return what all scopes together allow; none allows nothing."""
    if any(scope.kind == "all" for scope in scopes):
        return true()
    return or_(false(), *(_scope(scope, columns, environment, dialect) for scope in scopes))


def _scope(scope: RowScope, columns: PathColumns, environment: Environment, dialect: str) -> Sql:
    owner = columns.place.columns["owner"]
    match scope.kind:
        case "own":
            return owner.in_(scope.values)
        case "shared":
            return _named(columns, scope.values, dialect)
        case "department":
            return owner.in_(select(accounts.c.id).where(accounts.c.department_id.in_(scope.values)))
        case "my_projects":
            return or_(false(), *_through_teams(columns, scope))
        case "where" if scope.where is not None:
            return expression_condition(scope.where, columns, environment, dialect)
    return false()


def _named(columns: PathColumns, ids: Sequence[str], dialect: str) -> Sql:
    """Return the records of a list of ids, which is one value: the statement is the same however many there are."""
    if dialect == "postgresql":
        return columns.place.id == any_(literal(list(ids), ARRAY(TEXT)))
    listed = func.json_each(json.dumps(ids)).table_valued("value")
    return columns.place.id.in_(select(listed.c.value))


def _through_teams(columns: PathColumns, scope: RowScope) -> Iterator[Sql]:
    entity = columns.place.entity
    if entity.team:
        yield columns.place.id.in_(team_members(columns.place, scope.values, scope.roles))
    for field in entity.fields:
        target = _team_target(columns, entity, field.to) if field.type == "reference" and field.is_stored else None
        if target is not None:
            yield columns.place.columns[field.name].in_(team_members(target, scope.values, scope.roles))


def _team_target(columns: PathColumns, entity: Entity, key: str) -> EntityTable | None:
    if key not in columns.tables or key == entity.key:
        return None
    target = columns.tables.entity(key)
    return target if target.entity.team else None


def team_members(place: EntityTable, users: Sequence[str], roles: Sequence[str] = ()) -> Select[Any]:
    """Return the query of the ids of records in whose team one of the users is, in one of the roles if any is named."""
    team = place.entity.team
    if team is None:
        return select(place.id).where(false())
    rows = place.rows[team.table]
    members = select(rows.record_id).where(rows.columns[team.user].in_(users))
    return members.where(rows.columns[team.role].in_(roles)) if roles else members
