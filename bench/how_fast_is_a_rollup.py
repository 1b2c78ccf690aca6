"""Tell how long a child's write takes among 200,000 siblings, and how long it takes to move 5,000 nodes of a tree.

On SQLite and on PostgreSQL, through the use cases, one after another in one process. Every write ends with a commit. The parent
keeps a sum, a count, an average, a greatest value and a condition, and all above it in the tree keep them too.
"""

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from statistics import median
from time import perf_counter
from typing import Any

from _databases import places

from engine.definition import Configuration, compile_documents
from engine.definition.schemas import address
from engine.storage.database import Database
from engine.storage.identifiers import new_id
from engine.storage.prepare import prepare
from engine.storage.record_batches import insert_records
from engine.storage.record_tables import RecordTables
from engine.storage.records import Records
from engine.storage.rollup_filling import drifts
from engine.storage.schema_changes import migrate

SIBLINGS, NODES, SAMPLES = 200_000, 5_000, 40
MOST_OF_A_WRITE, MOST_OF_A_MOVE = 0.050, 2.0
NOW = datetime(2026, 1, 1, tzinfo=UTC)
NODE, ENTRY = "bench.node", "bench.entry"


def main() -> int:
    """Print the figures of each database; 1 where one of them is too slow."""
    slow = 0
    with places() as all_places:
        for place in all_places:
            print(f"\n## {place.name}\n\n{place.conditions}")
            for line, is_slow in _answer(place.url):
                print(line + ("   TOO SLOW" if is_slow else ""), flush=True)
                slow += is_slow
    return 1 if slow else 0


def _answer(url: str) -> Iterator[tuple[str, bool]]:
    database = Database(url)
    prepare(database)
    tables = _tables()
    with database.writing() as tx:
        migrate(tx, tables, NOW)
    bench = Bench(database, tables)
    start = perf_counter()
    bench.fill()
    yield (
        f"written in {perf_counter() - start:.0f} s: {SIBLINGS:,} entries of one node, {NODES:,} nodes in a branch\n",
        False,
    )
    for title, most, samples in bench.figures():
        median, worst = _figures(samples)
        yield (
            f"{title:52} median {median * 1000:8.1f} ms   95 % {worst * 1000:8.1f} ms   at most {most * 1000:6.0f} ms",
            worst > most,
        )
    start = perf_counter()
    with database.reading() as tx:
        found = len(list(drifts(tx, tables)))
    yield f"verified in {perf_counter() - start:.1f} s: {found} differences", found > 0
    database.close()


def _figures(samples: list[float]) -> tuple[float, float]:
    """Return the median, and the sample that 95 % do not exceed."""
    ordered = sorted(samples)
    return median(ordered), ordered[max(0, -(-len(ordered) * 95 // 100) - 1)]


class Bench:
    """The operations on one database."""

    def __init__(self, database: Database, tables: RecordTables) -> None:
        self._database = database
        self._tables = tables
        self._nodes: dict[str, str] = {}
        self._versions: dict[str, int] = {}

    def fill(self) -> None:
        """Write a root with two trunks, a branch of NODES nodes on one of them, and SIBLINGS entries on one node."""
        for name, parent in (("root", ""), ("left", "root"), ("right", "root"), ("busy", "left"), ("branch", "left")):
            self._node(name, self._nodes.get(parent))
        with self._database.writing() as tx:
            above = [self._nodes["branch"]]
            while len(above) < NODES:
                rows = [
                    {"within": above[number // 8]} for number in range(min(1000, 8 * len(above), NODES - len(above)))
                ]
                made = insert_records(tx, self._tables, NODE, rows, actor="u", now=NOW)
                above = [*above[len(rows) // 8 :], *made] if len(above) > len(rows) // 8 else list(made)
                if self._count(tx) >= NODES:
                    break
            insert_records(tx, self._tables, ENTRY, [{"node": above[-1], "amount": Decimal(7)}], actor="u", now=NOW)
        for start in range(0, SIBLINGS, 2000):
            rows = [
                {"node": self._nodes["busy"], "amount": Decimal(start + n) / 100, "good": True} for n in range(2000)
            ]
            with self._database.writing() as tx:
                insert_records(tx, self._tables, ENTRY, rows, actor="u", now=NOW)

    def figures(self) -> Iterator[tuple[str, float, list[float]]]:
        """Yield what was done, how long it may take, and how long each time took."""
        busy, made = self._nodes["busy"], list[str]()
        write = MOST_OF_A_WRITE
        yield f"add a child among {SIBLINGS:,}", write, self._timed(lambda n: made.append(self._add(busy, n)))
        yield "change its amount", write, self._timed(lambda n: self._change(made[n], amount=Decimal(n)))
        yield (
            "make it the greatest of all",
            write,
            self._timed(lambda n: self._change(made[n], amount=Decimal(10**6 + n))),
        )
        yield (
            "let the greatest of all become small",
            write,
            self._timed(lambda n: self._change(made[-1 - n], amount=Decimal(1))),
        )
        yield (
            "move it to another parent",
            write,
            self._timed(lambda n: self._change(made[n], node=self._nodes["right"])),
        )
        yield "delete it", write, self._timed(lambda n: self._delete(made[n]))
        trunks = (self._nodes["right"], self._nodes["left"])
        branch = self._nodes["branch"]
        moves = self._timed(lambda n: self._change(branch, NODE, within=trunks[n % 2]), times=6)
        yield f"move a branch of {NODES:,} nodes", MOST_OF_A_MOVE, moves

    def _timed(self, act: Callable[[int], object], times: int = SAMPLES) -> list[float]:
        samples = []
        for turn in range(times):
            start = perf_counter()
            act(turn)
            samples.append(perf_counter() - start)
        return samples

    def _count(self, tx: Any) -> int:
        table = self._tables.entity(NODE).table.name
        return int(tx.connection.exec_driver_sql(f'SELECT count(*) FROM "{table}"').scalar())

    def _node(self, name: str, parent: str | None) -> None:
        self._nodes[name] = self._insert(NODE, {"within": parent})

    def _add(self, node: str, number: int) -> str:
        return self._insert(ENTRY, {"node": node, "amount": Decimal(number), "good": number % 2 == 0})

    def _insert(self, entity: str, values: dict[str, object]) -> str:
        with self._database.writing() as tx:
            record = Records(tx, self._tables).insert(entity, values, actor="u", now=NOW, record_id=new_id())
        self._versions[record.id] = 1
        return record.id

    def _change(self, key: str, entity: str = ENTRY, **values: object) -> None:
        with self._database.writing() as tx:
            records = Records(tx, self._tables)
            self._versions[key] = records.update(entity, key, self._versions[key], values, {}, actor="u", now=NOW)

    def _delete(self, key: str) -> None:
        with self._database.writing() as tx:
            Records(tx, self._tables).delete(ENTRY, key, self._versions[key])


def _tables() -> RecordTables:
    compiled = compile_documents(_documents())
    if not isinstance(compiled, Configuration):
        raise SystemExit(str(compiled))
    return RecordTables(compiled.entities.values())


def _documents() -> dict[str, object]:
    decimal = {"title": "amount", "type": "string", "format": "decimal"}

    def kept(aggregate: str, value: str, form: dict[str, object]) -> dict[str, object]:
        rollup = {"from": "entry", "via": "node", "aggregate": aggregate, "value": value, "tree": True}
        return {**form, "readOnly": True, "x-field": {"rollup": rollup}}

    yes = {"title": "good", "type": "boolean"}
    node = {
        "code": {"title": "code", "type": "string"},
        "within": {"title": "within", "type": "string", "x-field": {"type": "tree_parent"}},
        "total": kept("sum", "amount", decimal),
        "entries": kept("count", "amount", {"title": "entries", "type": "integer"}),
        "mean": kept("avg", "amount", decimal),
        "greatest": kept("max", "amount", decimal),
        "all_good": kept("all", "good", yes),
        "double": {**decimal, "readOnly": True, "x-field": {"formula": "total * 2"}},
    }
    entry = {
        "code": {"title": "code", "type": "string"},
        "node": {"title": "node", "type": "string", "x-field": {"type": "reference", "to": "node"}},
        "amount": decimal,
        "good": yes,
    }
    module = {"$schema": address("module"), "name": "bench", "version": "1.0.0", "title": "bench"}
    found: dict[str, object] = {"bench/module.json": module}
    for name, properties, more in (("node", node, {"parent": "within"}), ("entry", entry, {})):
        schema = {"type": "object", "properties": properties}
        head = {"$schema": address("entity"), "name": name, "title": name, "kind": "master", "display": "code"}
        found[f"bench/entities/{name}.json"] = head | {"schema": schema} | more
    return found


if __name__ == "__main__":
    sys.exit(main())
