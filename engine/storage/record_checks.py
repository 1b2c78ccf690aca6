"""Rules that the database itself holds: CHECK constraints on PostgreSQL, triggers of the same meaning on SQLite.

SQLite cannot add a constraint to a table that is there, and building the table anew would take its rows along; a trigger before
every insert and update refuses the same. The name of each says by a hash all that it is, so a changed rule is another one.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, and_, func, not_, select, text, true
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from engine.definition.model import Entity, Rule
from engine.definition.values import refused_by
from engine.errors import Invalid
from engine.expressions import Environment
from engine.problems import Problem
from engine.storage.database import Transaction
from engine.storage.expression_sql import sql_condition
from engine.storage.identifiers import index_name
from engine.storage.record_tables import EntityTable, RecordTables, RowTable

_NEW = "new"
_NOBODY = Environment()


@dataclass(frozen=True, slots=True)
class Check:
    """One rule as the database knows it. `statements` make it, `drops` take it away."""

    name: str
    entity: Entity
    rule: Rule
    table: Table
    statements: tuple[str, ...]
    condition: ColumnElement[bool]
    columns: tuple[Column[Any], ...]


def checks_of(tables: RecordTables, dialect: str) -> Mapping[str, Check]:
    """Return the rules that the database holds, by name."""
    key = ("checks", dialect)
    if key not in tables.kept:
        found = (_check(place, rule, dialect) for place, rule in _rules(tables))
        tables.kept[key] = {one.name: one for one in found}
    known: Mapping[str, Check] = tables.kept[key]
    return known


def dropping(name: str, table: str, dialect: str) -> tuple[str, ...]:
    """Return the statements that take a check away."""
    if dialect == "postgresql":
        return (f'ALTER TABLE "{table}" DROP CONSTRAINT IF EXISTS "{name}"',)
    return tuple(f'DROP TRIGGER IF EXISTS "{name}_{moment}"' for moment in ("insert", "update"))


def violations(tx: Transaction, check: Check) -> int:
    """Return how many rows that are there break a check."""
    query = select(func.count()).select_from(check.table).where(not_(check.condition))
    return int(tx.connection.scalar(query) or 0)


def refusal(
    tables: RecordTables, dialect: str, error: IntegrityError, values: Iterable[Mapping[str, object]], own: str
) -> Invalid | None:
    """Return the database's refusal as the finding of the rule, None where it is about something else.

    `values` are of the records that were written; the pointer is given where they are of the rule's entity `own`.
    """
    name = getattr(getattr(error.orig, "diag", None), "constraint_name", None) or str(error.orig).rpartition(": ")[2]
    check = checks_of(tables, dialect).get(str(name))
    if check is None:
        return None
    found = [problem for one in values for problem in refused_by(check.entity, check.rule, one)]
    if not found:
        found = [Problem("rule_violated", "", {"rule": check.rule.name, "message": dict(check.rule.message)})]
    return Invalid(found if check.entity.key == own else [Problem(one.code, "", one.params) for one in found])


def _rules(tables: RecordTables) -> Iterator[tuple[EntityTable, Rule]]:
    for place in tables.all:
        yield from ((place, rule) for rule in place.entity.rules if rule.in_database)


def _check(place: EntityTable, rule: Rule, dialect: str) -> Check:
    source: EntityTable | RowTable = place.rows[rule.each] if rule.each else place
    condition = _condition(rule, _Columns(source.columns, rule.each), dialect)
    told = _sql(condition, dialect)
    name = index_name("ck", source.table.name, (rule.id or rule.name,), told)
    if dialect == "postgresql":
        statements: tuple[str, ...] = (f'ALTER TABLE "{source.table.name}" ADD CONSTRAINT "{name}" CHECK ({told})',)
    else:
        new = source.table.alias(_NEW)
        columns = {field: new.c[column.name] for field, column in source.columns.items()}
        held = _sql(_condition(rule, _Columns(columns, rule.each), dialect), dialect)
        statements = tuple(
            f'CREATE TRIGGER "{name}_{moment}" BEFORE {moment.upper()} ON "{source.table.name}" WHEN NOT ({held}) '
            f"BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: {name}'); END"
            for moment in ("insert", "update")
        )
    read = {path.removeprefix(f"{rule.each}.") for one in (rule.check, rule.when) if one for path in one.reads}
    stored = tuple(source.columns[name] for name in sorted(read) if not source.columns[name].name.startswith("_"))
    return Check(name, place.entity, rule, source.table, statements, condition, stored)


class _Columns:
    """The columns of one row, as expressions ask for them."""

    def __init__(self, columns: Mapping[str, Any], rows: str) -> None:
        self._columns = columns
        self._rows = rows

    @property
    def environment(self) -> Environment:
        """Return what stands for nobody at no time: such a rule asks for neither."""
        return _NOBODY

    def column(self, path: str) -> ColumnElement[Any]:
        """Return the column of a field of the row."""
        found: ColumnElement[Any] = self._columns[path.removeprefix(f"{self._rows}.") if self._rows else path]
        return found


def _condition(rule: Rule, columns: _Columns, dialect: str) -> ColumnElement[bool]:
    """Return what must hold: a blank check does not, a blank `when` asks for nothing."""
    check = func.coalesce(sql_condition(rule.check.tree, columns, dialect), not_(true()))
    if rule.when is None:
        return and_(true(), check)
    return func.coalesce(not_(sql_condition(rule.when.tree, columns, dialect)), true()) | check


def _sql(condition: ColumnElement[bool], dialect: str) -> str:
    # Named parameters, so that a percent sign stays one.
    made: Any = postgresql.dialect(paramstyle="named") if dialect == "postgresql" else sqlite.dialect()  # type: ignore[no-untyped-call]
    return str(
        condition.compile(dialect=made, compile_kwargs={"literal_binds": True, "include_table": dialect == "sqlite"})
    )


def as_text(statement: str) -> Any:
    """Return a statement as it is: a colon in it names no parameter."""
    return text(statement.replace(":", r"\:"))
