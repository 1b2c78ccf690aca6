from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from decimal import Decimal

import pytest

from engine.errors import Stale
from engine.expressions import Environment
from engine.storage.database import Database
from engine.storage.ledgers import Ledgers, Source
from engine.storage.locks import lock_key, lock_keys
from engine.storage.measures import Measures
from engine.storage.prepare import prepare
from engine.storage.record_tables import RecordTables
from engine.storage.records import Records
from engine.storage.series import next_number, peek_number
from engine.storage.uniqueness import unique_problems
from tests.unit.storage.shop import ACTOR, NOW, measure
from tests.unit.storage.test_ledgers import MARCH, Line

THREADS = 8


def together(deed: Callable[[int], object]) -> list[object]:
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(deed, range(THREADS)))


def test_a_series_has_no_gap_and_nothing_twice(database: Database) -> None:
    taken: list[int] = []

    def give_up(worker: int) -> None:
        with database.writing() as tx:
            next_number(tx, "A-2026", start=1)
            raise LookupError(worker)

    def take(worker: int) -> None:
        for _ in range(3):
            with pytest.raises(LookupError):
                give_up(worker)
            with database.writing() as tx:
                number = next_number(tx, "A-2026", start=1)
            taken.append(number)

    together(take)

    assert sorted(taken) == list(range(1, len(taken) + 1))
    with database.reading() as tx:
        assert (peek_number(tx, "A-2026"), peek_number(tx, "B-2026", start=7)) == (len(taken) + 1, 7)


def test_fifty_at_once_take_ten_thousand_numbers_without_a_gap_though_every_fifth_gives_up(
    fresh_postgres_url: str,
) -> None:
    workers, each = 50, 200
    database = Database(fresh_postgres_url, pool_size=workers)
    prepare(database)
    taken: list[list[int]] = [[] for _ in range(workers)]

    def take(worker: int) -> None:
        for turn in range(each):
            with suppress(LookupError):
                with database.writing() as tx:
                    number = next_number(tx, "A-2026")
                    if (worker + turn) % 5 == 0:
                        raise LookupError
                taken[worker].append(number)

    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(take, range(workers)))

    numbers = sorted(number for one in taken for number in one)
    assert numbers == list(range(1, workers * each * 4 // 5 + 1))
    assert all(one == sorted(one) for one in taken)
    database.close()


def test_of_writers_on_one_version_one_wins(database: Database, tables: RecordTables) -> None:
    with database.writing() as tx:
        record = Records(tx, tables).insert("shop.item", {"code": "c"}, actor=ACTOR, now=NOW)

    def write(worker: int) -> str:
        try:
            with database.writing() as tx:
                Records(tx, tables).update("shop.item", record.id, 1, {"code": str(worker)}, {}, actor=ACTOR, now=NOW)
        except Stale:
            return "stale"
        return "written"

    outcomes = together(write)

    assert sorted(map(str, outcomes)) == ["stale"] * (THREADS - 1) + ["written"]


def test_a_locked_record_is_changed_by_one_after_the_other(database: Database, tables: RecordTables) -> None:
    with database.writing() as tx:
        record = Records(tx, tables).insert("shop.item", {"code": "c", "price": Decimal(0)}, actor=ACTOR, now=NOW)

    def add_one(_: int) -> None:
        with database.writing() as tx:
            records = Records(tx, tables)
            held = records.need("shop.item", record.id, lock=True)
            price = held.values["price"]
            assert isinstance(price, Decimal)
            records.update("shop.item", record.id, held.version, {"price": price + 1}, {}, actor=ACTOR, now=NOW)

    together(add_one)

    with database.reading() as tx:
        assert Records(tx, tables).need("shop.item", record.id).values["price"] == THREADS


def test_a_limit_that_locks_its_figure_is_never_passed(database: Database, tables: RecordTables) -> None:
    limit = Decimal(500)

    def ask(worker: int) -> bool:
        with database.writing() as tx:
            lock_key(tx, "shop.moved/bolt")
            measures = Measures(tx, tables, Environment())
            there = measures.total(measure(), {"item": "bolt"}, stages=("reserved", "effective"))
            assert there is not None
            if there + 200 > limit:
                return False
            entry = Line("", {"item": "bolt", "amount": Decimal(200), "moved_on": MARCH})
            Ledgers(tx, tables).reserve(Source("shop.order", f"order-{worker}"), [entry], actor=ACTOR, now=NOW)
            return True

    outcomes = together(ask)

    assert outcomes.count(True) == 2


def test_a_combination_is_taken_by_one_of_many(database: Database, tables: RecordTables) -> None:
    values = {"due_on": MARCH, "lines": [{"item": "bolt"}]}

    def take(_: int) -> bool:
        with database.writing() as tx:
            if unique_problems(tx, tables, "shop.order", values):
                return False
            Records(tx, tables).insert("shop.order", values, actor=ACTOR, now=NOW)
            return True

    assert together(take).count(True) == 1


@pytest.mark.parametrize("keys", [("a", "b", "c"), ()])
def test_keys_given_in_any_order_are_taken_in_one(database: Database, keys: tuple[str, ...]) -> None:
    def take(worker: int) -> None:
        with database.writing() as tx:
            lock_keys(tx, keys if worker % 2 else reversed(keys))

    assert together(take) == [None] * THREADS
