"""No two live records, or rows, of one key at the same time. Ends may touch; a blank end means without end."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from sqlalchemy import and_, func, select

from engine.definition.model import Entity, NoOverlap
from engine.problems import Problem
from engine.storage.candidates import at_or_open, candidate_table, not_blank, other_live
from engine.storage.database import Transaction
from engine.storage.line_values import Line, lines_of, table_of
from engine.storage.locks import lock_keys
from engine.storage.not_unique import titles
from engine.storage.path_columns import PathColumns
from engine.storage.record_tables import RecordTables


def overlap_problems(
    tx: Transaction, tables: RecordTables, entity_key: str, values: Mapping[str, object], record_id: str | None = None
) -> tuple[Problem, ...]:
    """Return `overlaps` for every interval of a record that meets another one of the same key.

    `record_id` is the record itself; params have `other`, the id of the record that it meets (or its own). Until the
    transaction ends nobody else can take time of the same keys. Raises Busy.
    """
    entity = tables.entity(entity_key).entity
    found: list[Problem] = []
    for rule in entity.no_overlap:
        found += _problems(tx, tables, entity, rule, values, record_id)
    return tuple(found)


def _problems(
    tx: Transaction,
    tables: RecordTables,
    entity: Entity,
    rule: NoOverlap,
    values: Mapping[str, object],
    record_id: str | None,
) -> Iterator[Problem]:
    paths = (*rule.key, rule.start, rule.end)
    table = table_of(paths, rule.each)
    # The key and the start are needed; only the end may be open.
    lines = [line for line in lines_of(entity, values, paths, table) if None not in line.values[:-1]]
    lock_keys(tx, (f"overlap/{entity.key}/{rule.name}/{line.values[:-2]!r}" for line in lines))
    met = {id(line): (line, record_id or "") for line in _within(lines)}
    met |= {id(line): (line, other) for line, other in _stored(tx, tables, entity, paths, table, lines, record_id)}
    for line, other in met.values():
        params = {"fields": titles(entity, (*rule.key, rule.start)), "message": rule.message or "", "other": other}
        yield Problem("overlaps", line.at(entity, table, rule.start), params)


def _within(lines: Sequence[Line]) -> Iterator[Line]:
    for one, other in combinations(lines, 2):
        if one.values[:-2] == other.values[:-2] and _meet(one.values[-2:], other.values[-2:]):
            yield other


def _meet(one: Sequence[Any], other: Sequence[Any]) -> bool:
    return (other[1] is None or one[0] < other[1]) and (one[1] is None or other[0] < one[1])


def _stored(
    tx: Transaction,
    tables: RecordTables,
    entity: Entity,
    paths: Sequence[str],
    table: str,
    lines: Sequence[Line],
    record_id: str | None,
) -> Iterator[tuple[Line, str]]:
    if not lines:
        return
    columns = PathColumns(tables, entity.key, table)
    wanted = [columns.column(path) for path in paths]
    given = candidate_table(lines, wanted)
    keys = [column == given.c[f"k{number}"] for number, column in enumerate(wanted[:-2])]
    start, end = wanted[-2:]
    from_, to = given.c[f"k{len(wanted) - 2}"], given.c[f"k{len(wanted) - 1}"]
    meets = and_(*keys, not_blank(start), at_or_open(to, start < to), at_or_open(end, from_ < end))
    query = select(given.c.n, func.min(columns.place.id)).select_from(columns.source.join(given, meets))
    query = query.where(other_live(columns, record_id)).group_by(given.c.n).order_by(given.c.n)
    for number, other in tx.connection.execute(query):
        yield lines[number], other
