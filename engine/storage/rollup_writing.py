"""Writing roll-ups: the records that keep them are locked and read, changed in memory, and written with what they feed."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import IntegrityError

from engine.definition.values import refreshed
from engine.errors import Invalid
from engine.expressions import Environment
from engine.problems import Problem
from engine.storage.database import Transaction
from engine.storage.record_checks import refusal
from engine.storage.record_rows import read_rows, write_changes
from engine.storage.record_tables import EntityTable, RecordTables
from engine.storage.rollup_changes import Delta, Deltas, changed, extreme
from engine.storage.rollup_feeds import OWN, Feed, kept_name
from engine.storage.rollup_tallies import EXTREMES, extreme_of
from engine.storage.row_changes import record_changes
from engine.storage.search_text import SEARCH, search_text, searched_fields
from engine.storage.stored_fields import StoredFields
from engine.storage.trees import lock_chains, lock_rows, tree_of

Batch = Sequence[tuple[Feed, Deltas]]


class Writer:
    """The roll-ups of some records of one entity, in one go."""

    def __init__(self, tx: Transaction, tables: RecordTables, place: EntityTable, batch: Batch) -> None:
        self._tx = tx
        self._tables = tables
        self._place = place
        self._batch = batch
        self._rows: dict[str, dict[str, Any]] = {}
        self._chains: Mapping[str, list[str]] = {}
        self._new: dict[str, dict[str, object]] = {}

    def lock(self) -> Sequence[str]:
        """Hold the records concerned, read them, and return their ids; those that are gone need nothing any more."""
        tree = tree_of(self._place.entity)
        climbing = sorted({key for feed, deltas in self._batch if feed.rollup.tree for key in deltas})
        if climbing and tree:
            self._chains = lock_chains(self._tx, self._place, tree, climbing)
        others = {key for feed, deltas in self._batch if not feed.rollup.tree for key in deltas}
        above = {key for chain in self._chains.values() for key in chain}
        lock_rows(self._tx, self._place, sorted(others - above))
        self._rows = read_whole(self._tx, self._place, sorted(others | above))
        return sorted(self._rows)

    def write(self) -> None:
        """Change the roll-ups and the formulas that they feed. Raises Invalid where one of these has no value then."""
        for feed, deltas in self._batch:
            if not feed.rollup.tree:
                self._apply(feed, deltas)
            elif feed.rollup.aggregate in EXTREMES:
                self._climb(feed, deltas)
            else:
                self._apply(feed, self._spread(deltas))
        self._refresh()
        self._store(self._new)

    def _apply(self, feed: Feed, deltas: Mapping[str, Delta]) -> None:
        for key, delta in deltas.items():
            if key in self._rows:
                self._change(key, changed(feed, self._rows[key], delta, partial(self._ask, feed, key)))

    def _spread(self, deltas: Mapping[str, Delta]) -> Deltas:
        """Return what each record of the tree gains: what it and all below it gain."""
        found: Deltas = {}
        for key, delta in deltas.items():
            for above in self._chains.get(key, ()):
                found[above] = found.get(above, Delta()) + delta
        return {key: delta for key, delta in found.items() if delta}

    def _climb(self, feed: Feed, deltas: Mapping[str, Delta]) -> None:
        """Let a least or greatest value rise from the records where it changed, the deepest first."""
        name, own = feed.field.name, kept_name(feed.field, OWN)
        waiting = dict(deltas)
        for key in self._upward():
            delta, row = waiting.pop(key, None), self._rows.get(key)
            if delta is None or row is None:
                continue
            before, mine = row[name], row[own]
            now_mine = extreme(feed, mine, delta, partial(self._ask, feed, key))
            gone = frozenset({mine} - {now_mine, None})
            here = Delta(left=gone, came=frozenset({now_mine} - {None})) + (delta.below or Delta())
            self._change(key, {own: now_mine})
            after = extreme(feed, before, here, partial(self._best_below, feed, key, now_mine))
            self._change(key, {name: after})
            if (before, mine) != (after, now_mine):
                # At once: what lies above asks the database what lies below it.
                self._store({key: {own: now_mine, name: after}})
            parent = row[self._place.entity.parent]
            if after != before and parent is not None:
                gain = Delta(left=frozenset({before} - {None}), came=frozenset({after} - {None}))
                waiting[parent] = waiting.get(parent, Delta()) + Delta(below=gain)

    def _upward(self) -> Sequence[str]:
        """Return the records of the chains so that each comes after all that lies below it."""
        height = {key: depth for chain in self._chains.values() for depth, key in enumerate(reversed(chain))}
        return sorted(height, key=lambda key: (-height[key], key))

    def _ask(self, feed: Feed, key: str) -> Any:
        return extreme_of(self._tx, self._tables, feed, [key])

    def _best_below(self, feed: Feed, key: str, mine: Any) -> Any:
        column = self._place.columns[feed.field.name]
        order = column.asc() if feed.rollup.aggregate == "min" else column.desc()
        below = select(column).where(self._place.columns[self._place.entity.parent] == key, column.is_not(None))
        found = self._tx.connection.scalar(below.order_by(order).limit(1))
        present = [one for one in (found, mine) if one is not None]
        return (min if feed.rollup.aggregate == "min" else max)(present, default=None)

    def _change(self, key: str, values: Mapping[str, object]) -> None:
        different = {name: value for name, value in values.items() if self._rows[key].get(name) != value}
        if different:
            self._rows[key] |= different
            self._new.setdefault(key, {}).update(different)

    def _refresh(self) -> None:
        names = self._tables.feeds.formulas.get(self._place.entity.key, ())
        if names and self._new:
            self._new = _with_formulas(self._tx, self._tables, self._place, names, self._rows, self._new)

    def _store(self, new: Mapping[str, Mapping[str, object]]) -> None:
        try:
            store(self._tx, self._place, new)
        except IntegrityError as error:
            written = [self._rows[key] for key in new]
            raise refusal(self._tables, self._tx.dialect, error, written, own="") or error from error


def refresh(tx: Transaction, tables: RecordTables, place: EntityTable, rows: Mapping[str, dict[str, Any]]) -> int:
    """Work out what roll-ups feed in some whole rows (system fields too), write what is different, and return how many are."""
    names = tables.feeds.formulas.get(place.entity.key, ())
    blank: dict[str, dict[str, object]] = {key: {} for key in rows}
    found = _with_formulas(tx, tables, place, names, rows, blank) if names else {}
    different = {key: values for key, values in found.items() if values}
    store(tx, place, different)
    return len(different)


def worked_out(
    tx: Transaction, tables: RecordTables, place: EntityTable, rows: Mapping[str, dict[str, Any]]
) -> dict[str, dict[str, object]]:
    """Return the fields of some whole rows that would be different if what roll-ups feed were worked out now."""
    names = tables.feeds.formulas.get(place.entity.key, ())
    blank: dict[str, dict[str, object]] = {key: {} for key in rows}
    return _with_formulas(tx, tables, place, names, rows, blank, is_written=False) if names else {}


def store(tx: Transaction, place: EntityTable, new: Mapping[str, Mapping[str, object]]) -> None:
    """Write some fields of records as they are, without a new version: nobody's edit becomes stale by them."""
    alike: dict[tuple[str, ...], list[dict[str, object]]] = {}
    for key in sorted(new):
        names = tuple(sorted(new[key]))
        values = {f"v{number}": new[key][name] for number, name in enumerate(names)}
        alike.setdefault(names, []).append({"record_id": key} | values)
    for names, batch in alike.items():
        if names:
            tx.connection.execute(_setting(place, names), batch)


def _setting(place: EntityTable, names: tuple[str, ...]) -> Any:
    statement = place.statements.get(("set", names))
    if statement is None:
        columns = [place.columns[name] for name in names]
        settings: Any = {one.name: bindparam(f"v{number}", type_=one.type) for number, one in enumerate(columns)}
        statement = update(place.table).where(place.id == bindparam("record_id")).values(settings)
        place.statements["set", names] = statement
    return statement


def _with_formulas(
    tx: Transaction,
    tables: RecordTables,
    place: EntityTable,
    names: tuple[str, ...],
    rows: Mapping[str, dict[str, Any]],
    new: dict[str, dict[str, object]],
    *,
    is_written: bool = True,
) -> dict[str, dict[str, object]]:
    """Return what is to be written to records with what it feeds; formulas of their rows are written at once."""
    entity, fetch = place.entity, StoredFields(tx, tables)
    reads = {path for name in names if (one := entity.at(name)) and one.formula for path in (name, *one.formula.reads)}
    with_rows = any("." in name or name in place.rows for name in reads)
    lines = read_rows(tx, place, sorted(new)) if with_rows and place.rows else {}
    done: dict[str, dict[str, object]] = {}
    for key, values in new.items():
        whole = rows[key] | lines.get(key, {})
        after, problems = refreshed(entity, whole, Environment(values=whole, fetch=fetch), names)
        if problems:
            raise Invalid([_failed(place, one, key) for one in problems])
        # Sub-tables that were not read stand in `after` as if they were empty.
        read = {name: value for name, value in after.items() if name in whole}
        changes = record_changes(whole, read, (table for table in entity.tables if table.name in whole))
        done[key] = values | dict(changes.values)
        if set(changes.values) & set(searched_fields(entity)):
            done[key][SEARCH] = search_text(entity, after)
        if changes.rows and is_written:
            write_changes(tx, place, key, changes.rows)
    return done


def _failed(place: EntityTable, problem: Problem, key: str) -> Problem:
    """Return the finding that a formula elsewhere would have no value, on the record that was being written."""
    told = {"entity": place.entity.title, "record": key, "code": problem.code}
    return Problem("rollup_formula_failed", "", told | dict(problem.params))


def read_whole(tx: Transaction, place: EntityTable, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Return records by id, each with all its columns by name; those that are not there are left out."""
    statement = place.statements.get("whole")
    if statement is None:
        found_by = place.id.in_(bindparam("ids", expanding=True))
        statement = place.statements["whole"] = select(*place.columns.values()).where(found_by)
    found = (dict(zip(place.columns, row, strict=True)) for row in tx.connection.execute(statement, {"ids": list(ids)}))
    return {str(named["id"]): named for named in found}
