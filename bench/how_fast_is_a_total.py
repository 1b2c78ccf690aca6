"""Tell when it pays to keep the totals of a measure: grouped over 1,000,000 entries, asked of the rows and of what is kept, and a write.

On SQLite and on PostgreSQL, in one process: 50 sites, 40 kinds, 36 months; totals are kept by all three. Every write ends with a commit.
Run: python bench/how_fast_is_a_total.py [--entries 1000000]
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from statistics import median
from time import perf_counter
from typing import Any

from _databases import places
from sqlalchemy import text

from engine.definition import Configuration, compile_documents
from engine.definition.schemas import address
from engine.definition.values import Entry
from engine.expressions import Environment
from engine.storage.database import Database
from engine.storage.identifiers import new_id
from engine.storage.ledgers import Ledgers, Source
from engine.storage.measures import Measures
from engine.storage.prepare import prepare
from engine.storage.record_tables import RecordTables
from engine.storage.schema_changes import migrate

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SAMPLES = 5
LEDGER = "bench.entry"
ASKED = (("site",), ("site", "kind"), ("site", "kind", "month"))


def main() -> int:
    """Print the figures of each database."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--entries", type=int, default=1_000_000)
    entries: int = words.parse_args().entries
    with places() as all_places:
        for place in all_places:
            print(f"\n## {place.name}, {entries:,} entries\n\n{place.conditions}\n")
            for line in _answer(place.url, entries):
                print(line, flush=True)
    return 0


def _answer(url: str, entries: int) -> Iterator[str]:
    database, live, kept = Database(url), _tables(stored=False), _tables(stored=True)
    prepare(database)
    with database.writing() as tx:
        migrate(tx, live, NOW)
        tx.connection.execute(text(_rows(live, tx.dialect, entries)))
    start = perf_counter()
    with database.writing() as tx:
        migrate(tx, kept, NOW)
    yield f"filled in {perf_counter() - start:.1f} s\n"
    yield "| what | rows, p50 ms | kept, p50 ms | groups | equal |"
    yield "|---|--:|--:|--:|---|"
    for by in ((), *ASKED):
        answers = [_asked(database, tables, by) for tables in (live, kept)]
        times = [f"{_median(lambda tables=tables, by=by: _asked(database, tables, by)):.1f}" for tables in (live, kept)]
        told = f"| {' x '.join(by) or 'everything'} | {times[0]} | {times[1]} | {len(answers[1]):,} | "
        yield told + ("yes |" if answers[0] == answers[1] else "NO |")
    writes = [f"{_median(lambda tables=tables: _write(database, tables)):.1f}" for tables in (live, kept)]
    yield f"| a document that writes five entries | {writes[0]} | {writes[1]} |  |  |"
    database.close()


def _asked(database: Database, tables: RecordTables, by: tuple[str, ...]) -> dict[tuple[object, ...], Decimal | None]:
    with database.reading() as tx:
        found = Measures(tx, tables, Environment()).rows(tables.measures[0], by)
        return {row.dimensions: row.value for row in found}


def _write(database: Database, tables: RecordTables) -> None:
    values = {"site": "s1", "kind": "k1", "month": "2026-01", "amount": Decimal("1.00")}
    entries = [Entry("p", LEDGER, str(line), values | {"kind": f"k{line}"}) for line in range(5)]
    with database.writing() as tx:
        Ledgers(tx, tables).reserve(Source("bench.paper", new_id()), entries, actor="a", now=NOW, stage="effective")


def _median(call: Callable[[], object]) -> float:
    """Return the median of some calls in milliseconds."""
    samples = []
    for _ in range(SAMPLES):
        start = perf_counter()
        call()
        samples.append(perf_counter() - start)
    return median(samples) * 1000


def _tables(*, stored: bool) -> RecordTables:
    words = {name: {"title": name, "type": "string"} for name in ("code", "site", "kind", "month")}
    amount = {"title": "amount", "type": "string", "format": "decimal", "x-field": {"type": "money"}}
    schema = {"type": "object", "properties": words | {"amount": amount}}
    entry = {"name": "entry", "title": "entry", "kind": "ledger", "display": "code", "schema": schema}
    spent: dict[str, Any] = {"name": "spent", "title": "spent", "from": "entry", "value": "amount", "stored": stored}
    documents = {
        "bench/module.json": {"$schema": address("module"), "name": "bench", "version": "1.0.0", "title": "bench"},
        "bench/entities/entry.json": {"$schema": address("entity"), **entry},
        "bench/measures/spent.json": {"$schema": address("measure"), **spent, "dimensions": ["site", "kind", "month"]},
    }
    compiled = compile_documents(documents)
    if not isinstance(compiled, Configuration):
        raise TypeError(compiled)
    return RecordTables(compiled.entities.values(), (), compiled.measures.values())


def _rows(tables: RecordTables, dialect: str, entries: int) -> str:
    """Return the statement that writes the entries: what each has follows from its number."""
    place = tables.entity(LEDGER)
    day = "'2026-01-01T00:00:00.000000+00:00'" if dialect == "sqlite" else "TIMESTAMPTZ '2026-01-01'"
    series = (
        f"(WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < {entries}) SELECT n FROM c)"
        if dialect == "sqlite"
        else f"(SELECT n FROM generate_series(1, {entries}) AS n)"
    )
    values = {
        "id": "'e' || n", "version": "1", "created_at": day, "created_by": "'a'", "updated_at": day, "updated_by": "'a'",
        "stage": "'effective'", "entry_kind": "'original'", "source_entity": "'bench.paper'", "source_id": "'d' || n",
        "source_line": "''", "posting": "'p'", "source_round": "1", "effective_at": day,
        "site": "'s' || (n % 50)", "kind": "'k' || (n / 50 % 40)",
        "month": "(2024 + n / 2000 % 3) || '-' || (10 + n / 6000 % 12)", "amount": "n % 100000",
    }  # fmt: skip
    columns = ", ".join(f'"{place.columns[name].name}"' for name in values)
    return f'INSERT INTO "{place.table.name}" ({columns}) SELECT {", ".join(values.values())} FROM {series} AS x'  # numbers of our own


if __name__ == "__main__":
    sys.exit(main())
