"""No two live records, or rows, with the same values: across header and rows, and within the document itself."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, select

from engine.definition.model import Entity, Unique
from engine.problems import Problem
from engine.storage.candidates import candidate_table, other_live
from engine.storage.database import Transaction
from engine.storage.line_values import Line, lines_of, table_of
from engine.storage.locks import lock_keys
from engine.storage.not_unique import problem
from engine.storage.path_columns import PathColumns
from engine.storage.record_tables import RecordTables
from engine.storage.sealed import is_sealed, same_value


def unique_problems(
    tx: Transaction, tables: RecordTables, entity_key: str, values: Mapping[str, object], record_id: str | None = None
) -> tuple[Problem, ...]:
    """Return `not_unique` for every combination of a record's values that is taken; `record_id` is the record itself.

    Until the transaction ends nobody else can take the combinations that were asked for, but where an index of the database
    holds them: it refuses the second. Raises Busy.
    """
    entity = tables.entity(entity_key).entity
    found: list[Problem] = []
    for unique in uniques_of(entity):
        found += _problems(tx, tables, entity, unique, values, record_id)
    return tuple(found)


def uniques_of(entity: Entity) -> tuple[Unique, ...]:
    """Return what must be unique: what the entity declares, and each field that is unique by itself."""
    declared = {unique.fields for unique in entity.unique if not unique.each}
    alone = (field for field in entity.fields if field.unique and field.is_stored and (field.name,) not in declared)
    return (*entity.unique, *(Unique(field.id, (field.name,)) for field in alone))


def _problems(
    tx: Transaction,
    tables: RecordTables,
    entity: Entity,
    unique: Unique,
    values: Mapping[str, object],
    record_id: str | None,
) -> Iterator[Problem]:
    table = table_of(unique.fields, unique.each)
    lines = [line for line in lines_of(entity, values, unique.fields, table) if None not in line.values]
    twice = repeated(lines)
    asked = [line for line in lines if line not in twice]
    if not _is_held(tables, entity, unique):
        lock_keys(tx, (key_of(entity, unique, line) for line in asked))
    for line in (*twice, *_taken(tx, tables, entity, unique.fields, table, asked, record_id)):
        target = target_of(unique.fields, table)
        yield problem(entity, unique.fields, line.at(entity, table, target), unique.message)


def _is_held(tables: RecordTables, entity: Entity, unique: Unique) -> bool:
    """Say whether an index of the database holds it, so that of two at the same moment one is refused without a lock."""
    place = tables.entity(entity.key)
    if unique.each or any(name not in place.columns for name in unique.fields):
        return False
    names = [place.columns[name].name for name in unique.fields]
    return any(one.unique and [column.name for column in one.columns] == names for one in place.table.indexes)


def key_of(entity: Entity, unique: Unique, line: Line) -> str:
    """Return the key that is locked while one combination of values is taken."""
    return f"unique/{entity.key}/{unique.name}/{line.values!r}"


def target_of(paths: Sequence[str], table: str) -> str:
    """Return the path at which a finding is shown: the one that leads deepest into the rows."""
    return max(paths, key=lambda path: path.count(".") if table else 0)


def repeated(lines: Iterable[Line]) -> list[Line]:
    """Return the lines whose values came before."""
    seen: set[tuple[object, ...]] = set()
    repeated = []
    for line in lines:
        if line.values in seen:
            repeated.append(line)
        seen.add(line.values)
    return repeated


def _taken(
    tx: Transaction,
    tables: RecordTables,
    entity: Entity,
    paths: Sequence[str],
    table: str,
    lines: Sequence[Line],
    record_id: str | None,
) -> Iterator[Line]:
    if not lines:
        return
    found = holders(tx, tables, entity, paths, table, lines, record_id)
    for number in sorted({number for number, _ in found}):
        yield lines[number]


def holders(
    tx: Transaction,
    tables: RecordTables,
    entity: Entity,
    paths: Sequence[str],
    table: str,
    lines: Sequence[Line],
    record_id: str | None = None,
) -> tuple[tuple[int, str], ...]:
    """Return which of the lines are held, by their place, and by which live records other than `record_id`."""
    columns = PathColumns(tables, entity.key, table)
    wanted = [columns.column(path) for path in paths]
    if len(wanted) == 1 and lines and not is_sealed(wanted[0]):
        return _holders_of_one(tx, columns, wanted[0], lines, record_id)
    given = candidate_table(lines, wanted)
    same = and_(*(same_value(column, given.c[f"k{number}"]) for number, column in enumerate(wanted)))
    query = select(given.c.n, columns.place.id).distinct().select_from(columns.source.join(given, same))
    return tuple((row[0], row[1]) for row in tx.connection.execute(query.where(other_live(columns, record_id))))


def _holders_of_one(
    tx: Transaction, columns: PathColumns, column: ColumnElement[Any], lines: Sequence[Line], record_id: str | None
) -> tuple[tuple[int, str], ...]:
    """Ask for the values of one column: a list of values is said in less words than a table of them."""
    places: dict[object, list[int]] = {}
    for number, line in enumerate(lines):
        places.setdefault(line.values[0], []).append(number)
    query = select(column, columns.place.id).distinct().select_from(columns.source)
    found = tx.connection.execute(query.where(column.in_(list(places)), other_live(columns, record_id)))
    return tuple((number, row[1]) for row in found for number in places.get(row[0], ()))
