"""Carrying out a plan: Alembic's operations and the catalogue, in the transaction that publishes.

Both databases undo DDL with the transaction, so a publication that fails leaves nothing behind.
"""

import io
from dataclasses import replace
from datetime import datetime

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import BigInteger, Column, Index, Table, delete, insert, literal, table, type_coerce, update
from sqlalchemy.schema import CreateIndex, CreateTable

from engine.errors import Invalid
from engine.problems import errors
from engine.storage.bundles import forget_prepared
from engine.storage.database import Transaction
from engine.storage.derivations import carry_out, note_all
from engine.storage.record_checks import as_text, checks_of, dropping
from engine.storage.record_tables import RecordTables
from engine.storage.schema_plan import LINKS, Plan, Step, Wanted, plan_changes, wanted_tables
from engine.storage.system_tables import stored_checks, stored_columns, stored_indexes
from engine.storage.types import ExactDecimal, stored_kind


def described(tx: Transaction, plan: Plan, tables: RecordTables) -> Plan:
    """Return the plan with the text of its DDL, for people to read before they agree."""
    wanted = {one.table.name: one for one in wanted_tables(tables)}
    return replace(
        plan, steps=tuple(replace(step, ddl=_ddl(tx, step, wanted.get(step.table), tables)) for step in plan.steps)
    )


def apply(tx: Transaction, plan: Plan, tables: RecordTables, now: datetime) -> None:
    """Change the tables as planned and write the catalogue. Raises Invalid when the plan has errors."""
    if found := errors(plan.problems):
        raise Invalid(found, "plan_refused")
    forget_prepared(tx.connection)
    operations = Operations(MigrationContext.configure(tx.connection))
    wanted = {one.table.name: one for one in wanted_tables(tables)}
    for step in plan.steps:
        if step.kind in {"fill_tree", "fill_links", "fill_rollup", "fill_totals", "fill_search"}:
            carry_out(tx, tables, step.column)
            continue
        if step.kind in {"add_check", "drop_check"}:
            _check(operations, tx.dialect, step, tables)
            _note_check(tx, step)
            continue
        _perform(operations, tx.dialect, step, wanted.get(step.table))
        _note(tx, step, wanted.get(step.table), now)
    note_all(tx, tables)


def migrate(tx: Transaction, tables: RecordTables, now: datetime) -> Plan:
    """Plan and apply at once; return what was done. Raises Invalid."""
    plan = plan_changes(tx, tables)
    apply(tx, plan, tables, now)
    return plan


def _ddl(tx: Transaction, step: Step, wanted: Wanted | None, tables: RecordTables) -> str:
    written = io.StringIO()
    options = {"as_sql": True, "output_buffer": written, "literal_binds": True}
    context = MigrationContext.configure(dialect=tx.connection.dialect, opts=options)
    if step.kind in {"add_check", "drop_check"}:
        _check(Operations(context), tx.dialect, step, tables)
    else:
        _perform(Operations(context), tx.dialect, step, wanted)
    return written.getvalue().strip()


def _perform(operations: Operations, dialect: str, step: Step, wanted: Wanted | None) -> None:
    match step.kind:
        case "create_table" if wanted:
            _create(operations, wanted.table)
        case "add_column" if wanted:
            _add_column(operations, wanted.table, step)
        case "widen_column" if wanted:
            _widen(operations, dialect, wanted.table, step)
        case "add_index" if wanted:
            _create_index(operations, next(one for one in wanted.table.indexes if one.name == step.column))
        case "empty_links":
            operations.execute(delete(table(step.table)))
        case "drop_index":
            operations.execute(f'DROP INDEX IF EXISTS "{step.column}"')


def _check(operations: Operations, dialect: str, step: Step, tables: RecordTables) -> None:
    if step.kind == "add_check":
        statements = checks_of(tables, dialect)[step.column].statements
    else:
        statements = dropping(step.column, step.table, dialect)
    for statement in statements:
        operations.execute(as_text(statement))


def _create(operations: Operations, table: Table) -> None:
    operations.execute(CreateTable(table))
    for index in sorted(table.indexes, key=lambda one: str(one.name)):
        _create_index(operations, index)


def _create_index(operations: Operations, index: Index) -> None:
    operations.execute(CreateIndex(index))


def _add_column(operations: Operations, table: Table, step: Step) -> None:
    column = table.c[step.column]
    operations.add_column(table.name, Column(column.name, column.type))
    if step.fill is not None:
        operations.execute(update(table).values({column: step.fill}))


def _widen(operations: Operations, dialect: str, table: Table, step: Step) -> None:
    if step.new_scale is None or step.old_scale is None:
        return
    if dialect == "sqlite":
        # The number of smallest units grows; the column itself is BIGINT before and after.
        factor = 10 ** (step.new_scale - step.old_scale)
        column = table.c[step.column]
        operations.execute(update(table).values({column: type_coerce(column, BigInteger) * literal(factor)}))
    else:
        operations.alter_column(table.name, step.column, type_=ExactDecimal(step.new_scale))


def _note(tx: Transaction, step: Step, wanted: Wanted | None, now: datetime) -> None:
    here = stored_columns.c.table_name == step.table
    column = stored_columns.c.column_name == step.column
    match step.kind:
        case "create_table" if wanted:
            lines = [_line(wanted, ""), *(_line(wanted, field.id) for field in wanted.fields)]
            tx.connection.execute(insert(stored_columns), lines)
            indexes = [{"name": str(index.name), "table_name": step.table} for index in wanted.table.indexes]
            if indexes:
                tx.connection.execute(insert(stored_indexes), indexes)
        case "add_column" if wanted:
            tx.connection.execute(insert(stored_columns).values(_line(wanted, step.column)))
        case "archive_column" | "archive_table":
            tx.connection.execute(update(stored_columns).where(here, column).values(archived_at=now))
        case "restore_column" | "restore_table":
            tx.connection.execute(update(stored_columns).where(here, column).values(archived_at=None))
        case "widen_column":
            changed = {"kind": "decimal", "scale": step.new_scale}
            tx.connection.execute(update(stored_columns).where(here, column).values(changed))
        case "add_index":
            tx.connection.execute(insert(stored_indexes).values(name=step.column, table_name=step.table))
        case "drop_index":
            tx.connection.execute(delete(stored_indexes).where(stored_indexes.c.name == step.column))


def _note_check(tx: Transaction, step: Step) -> None:
    if step.kind == "add_check":
        tx.connection.execute(insert(stored_checks).values(name=step.column, table_name=step.table))
    else:
        tx.connection.execute(delete(stored_checks).where(stored_checks.c.name == step.column))


def _line(wanted: Wanted, column: str) -> dict[str, object]:
    entity, table_id = wanted.ids
    field = next((one for one in wanted.fields if one.id == column), None)
    kind = stored_kind(field) if field else None
    return {
        "table_name": wanted.table.name,
        "column_name": column,
        "entity": entity,
        "table_id": table_id,
        "field_id": column,
        "kind": kind.kind if kind else LINKS if wanted.link else "table",
        "scale": kind.scale if kind else None,
        "archived_at": None,
    }
