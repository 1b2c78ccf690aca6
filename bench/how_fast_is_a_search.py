"""Tell how long a search takes among 200,000 records, and what keeping its index adds to writing one.

On SQLite and on PostgreSQL. What is timed is the statement in the database with its answer read (a page of twenty and the cursor), in one
transaction each.
"""

import random
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from time import perf_counter
from typing import Any

from _databases import places
from _figures import percentile
from sqlalchemy import text

from engine.definition import Configuration, compile_documents
from engine.definition.schemas import address
from engine.storage.database import Database
from engine.storage.prepare import prepare
from engine.storage.queries import NOBODY
from engine.storage.record_batches import insert_records
from engine.storage.record_tables import RecordTables
from engine.storage.records import Records
from engine.storage.row_scopes import EVERYTHING, RowScope
from engine.storage.schema_changes import migrate
from engine.storage.search_passages import passage
from engine.storage.search_queries import Reach, search_page, terms_of
from engine.storage.search_words import asked

RECORDS, BATCH, SAMPLES = 200_000, 1000, 60
MOST = 0.010
NOW = datetime(2026, 1, 1, tzinfo=UTC)
ORDER = "bench.order"
PLACES = ("东区", "西区", "南郊", "北岸", "中心", "河滨", "高新", "临港")
WHAT = ("钢筋", "混凝土", "模板", "塔吊", "砂浆", "电缆", "管道", "防水卷材", "保温板", "螺栓")
WORDS = ("浇筑", "验收", "进场", "返工", "复检", "签证", "整改", "停工", "加班", "延期", "合格", "不合格")
QUERIES = (
    ("two characters, in a tenth of all", "塔吊"),
    ("one character, in a tenth of all", "吊"),
    ("a phrase, in one of eighty", "东区塔吊"),
    ("two words, in one of eighty", "高新 螺栓"),
    ("words of a long text, rare together", "延期 停工 签证 加班 复检"),
    ("the number of one record", "DG-2026-0123456"),
    ("the end of a number", "3456"),
    ("pinyin initials, in one of eighty", "dqtd"),
    ("in every record", "2026"),
    ("nowhere", "鲸鱼"),
)


def main() -> int:
    """Print the figures of each database; 1 where one of them is too slow."""
    slow = 0
    with places() as all_places:
        for place in all_places:
            print(f"\n## {place.name}\n\n{place.conditions}\n")
            for line, is_slow in _answer(place.url):
                print(line + ("   TOO SLOW" if is_slow else ""), flush=True)
                slow += is_slow
    return 1 if slow else 0


def _answer(url: str) -> Iterator[tuple[str, bool]]:
    database, tables, chance = Database(url), _tables(), random.Random(1)
    prepare(database)
    with database.writing() as tx:
        migrate(tx, tables, NOW)
    start = perf_counter()
    for first in range(0, RECORDS, BATCH):
        with database.writing() as tx:
            rows = [_order(number, chance) for number in range(first, first + BATCH)]
            insert_records(tx, tables, ORDER, rows, actor="me" if first % (BATCH * 50) == 0 else "you", now=NOW)
    yield f"written in {perf_counter() - start:.0f} s: {RECORDS:,} records with their index", False
    if database.dialect == "postgresql":
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
    for title, typed in QUERIES:
        for whose, scope in (("all", EVERYTHING[0]), ("own: 1 of 50", RowScope("own", ("me",)))):
            times, found = _times(lambda typed=typed, scope=scope: _search(database, tables, typed, scope))
            yield _line(f"{typed:24} {title:36} {whose:13} {found:3} found", times)
    for name, whole in (("with", tables), ("without", _tables(indexed=False))):
        times, _ = _times(lambda whole=whole: _create(database, whole, chance))
        yield _line(f"creating one record {name} its index", times, most=None)


def _line(title: str, times: list[float], most: float | None = MOST) -> tuple[str, bool]:
    p50, p95 = percentile(times, 50), percentile(times, 95)
    return f"{title:96} p50 {p50 * 1000:7.2f} ms   p95 {p95 * 1000:7.2f} ms", most is not None and p95 > most


def _times(act: Callable[[], tuple[float, int]]) -> tuple[list[float], int]:
    found = [act() for _ in range(SAMPLES)]
    return [one for one, _ in found], found[-1][1]


def _search(database: Database, tables: RecordTables, typed: str, scope: RowScope) -> tuple[float, int]:
    reaches = [Reach(tables.layouts[ORDER], (scope,))]
    words = asked(typed)
    with database.reading() as tx:
        start = perf_counter()
        page, _ = search_page(tx, tables, terms_of(words, reaches), reaches, NOBODY, limit=20, after=None)
        spent = perf_counter() - start
    assert all(any(passage(one, words, by_initials=True) for _, one in hit.texts) for hit in page)
    return spent, len(page)


def _create(database: Database, tables: RecordTables, chance: random.Random) -> tuple[float, int]:
    values = _order(chance.randrange(10**9), chance)
    with database.writing() as tx:
        start = perf_counter()
        Records(tx, tables).insert(ORDER, values, actor="me", now=NOW)
        spent = perf_counter() - start
    return spent, 0


def _order(number: int, chance: random.Random) -> dict[str, Any]:
    name = f"{chance.choice(PLACES)}{chance.choice(WHAT)}工程"
    about = "，".join(chance.choice(WORDS) for _ in range(chance.randint(3, 20)))
    return {"number": f"DG-2026-{number:07}", "name": name, "about": f"{about}。", "phone": f"138{number:08}"}


def _tables(*, indexed: bool = True) -> RecordTables:
    def field(title: str, **more: Any) -> dict[str, Any]:
        return {"title": title, "type": "string"} | ({"x-field": more} if more else {})

    properties = {"number": field("number"), "name": field("name"), "phone": field("phone")}
    properties |= {"about": field("about", type="long_text")}
    documents = {
        "bench/module.json": {"$schema": address("module"), "name": "bench", "version": "1.0.0", "title": "bench"},
        "bench/entities/order.json": {
            "$schema": address("entity"),
            "name": "order",
            "title": "order",
            "kind": "master",
            "display": "name",
            "schema": {"type": "object", "properties": properties},
        },
    }
    compiled = compile_documents(documents)
    assert isinstance(compiled, Configuration), compiled
    tables = RecordTables(compiled.entities.values())
    if not indexed:
        layout = tables.layouts[ORDER]
        tables.layouts = {ORDER: type(layout)(layout.entity, {})}
    return tables


if __name__ == "__main__":
    sys.exit(main())
