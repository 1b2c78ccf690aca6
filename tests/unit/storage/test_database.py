import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from sqlalchemy import Column, MetaData, Table, insert, select, text

from engine.errors import Busy, Invalid
from engine.storage.database import Database, Transaction
from engine.storage.identifiers import fitted, index_name, new_id, table_name
from engine.storage.locks import lock_key
from engine.storage.prepare import is_prepared, prepare
from engine.storage.types import ExactDecimal, ExactInteger, UtcDateTime

sample = Table(
    "sample", MetaData(), Column("n", ExactDecimal(2)), Column("i", ExactInteger()), Column("at", UtcDateTime())
)


@pytest.fixture
def samples(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    with opened.writing() as tx:
        sample.create(tx.connection)
    yield opened
    opened.close()


def test_numbers_and_moments_come_back_exactly(samples: Database) -> None:
    here = datetime(2026, 3, 2, 16, 0, tzinfo=timezone(timedelta(hours=8)))
    with samples.writing() as tx:
        row = {"n": Decimal("92233720368547758.07"), "i": Decimal(3), "at": here}
        tx.connection.execute(insert(sample).values(row))

    with samples.reading() as tx:
        found = tx.connection.execute(select(sample)).one()

    assert found == (Decimal("92233720368547758.07"), 3, datetime(2026, 3, 2, 8, 0, tzinfo=UTC))
    assert str(found.n) == "92233720368547758.07"


def test_too_many_decimals_are_rounded_half_up(samples: Database) -> None:
    with samples.writing() as tx:
        tx.connection.execute(insert(sample), [{"n": Decimal("1.005")}, {"n": Decimal("-1.005")}])

    with samples.reading() as tx:
        found = list(tx.connection.scalars(select(sample.c.n).order_by(sample.c.n)))

    assert found == [Decimal("-1.01"), Decimal("1.01")]


def test_a_number_that_does_not_fit_is_a_clear_refusal(samples: Database) -> None:
    too_large = Decimal(10) ** 40

    with pytest.raises(Invalid) as refusal, samples.writing() as tx:
        tx.connection.execute(insert(sample).values(n=too_large))

    assert refusal.value.problems[0].code == "number_too_large"


def test_a_moment_without_time_zone_is_refused(samples: Database) -> None:
    naive = datetime(2026, 3, 2)  # noqa: DTZ001 - this is what must be refused

    with pytest.raises(Exception, match="time zone"), samples.writing() as tx:
        tx.connection.execute(insert(sample).values(at=naive))


def test_what_raises_is_undone_and_its_callbacks_are_forgotten(samples: Database) -> None:
    called: list[str] = []

    def fail() -> None:
        with samples.writing() as tx:
            tx.on_commit(lambda: called.append("never"))
            tx.connection.execute(insert(sample).values(i=1))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with samples.writing() as tx:
        tx.on_commit(lambda: called.append("committed"))

    with samples.reading() as tx:
        assert tx.connection.execute(select(sample)).all() == []
    assert called == ["committed"]


def test_a_savepoint_undoes_only_what_is_inside(samples: Database) -> None:
    def fail(tx: Transaction) -> None:
        with tx.savepoint():
            tx.connection.execute(insert(sample).values(i=2))
            raise RuntimeError

    with samples.writing() as tx:
        tx.connection.execute(insert(sample).values(i=1))
        with pytest.raises(RuntimeError):
            fail(tx)

    with samples.reading() as tx:
        assert list(tx.connection.scalars(select(sample.c.i))) == [1]


def test_statements_are_counted_without_begin_and_commit(samples: Database) -> None:
    with samples.writing() as tx:
        tx.connection.execute(select(sample))
        tx.connection.execute(insert(sample), [{"i": 1}, {"i": 2}])

        assert tx.statements == 2


def test_who_waits_too_long_is_told_that_it_is_busy(database_url: str) -> None:
    patient = Database(database_url)
    prepare(patient)
    hasty = Database(database_url, lock_timeout=0.1)

    with patient.writing() as tx:
        lock_key(tx, "shelf")
        with pytest.raises(Busy), hasty.writing() as other:
            lock_key(other, "shelf")
    hasty.close()
    patient.close()


def test_a_reader_sees_one_moment_and_may_not_write_on_postgresql(fresh_postgres_url: str) -> None:
    database = Database(fresh_postgres_url)
    prepare(database)

    with pytest.raises(Exception, match="read-only"), database.reading() as tx:
        tx.connection.execute(text("INSERT INTO series_counter VALUES ('a', 1)"))
    database.close()


def test_preparing_twice_changes_nothing(database_url: str) -> None:
    database = Database(database_url)
    before = is_prepared(database)

    prepare(database)
    prepare(database)

    assert (before, is_prepared(database)) == (False, True)
    database.close()


def test_ids_rise_with_time_and_are_unique_over_threads() -> None:
    made: list[list[str]] = [[] for _ in range(4)]
    threads = [threading.Thread(target=lambda box=box: box.extend(new_id() for _ in range(500))) for box in made]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert all(box == sorted(box) for box in made)
    assert len({one for box in made for one in box}) == 2000
    assert all(one[14] == "7" and one[19] in "89ab" for one in made[0])


def test_names_are_short_enough_and_never_shared() -> None:
    assert table_name("shop", "order", "lines") == "r_shop__order__lines"
    assert table_name("a__b", "c") != table_name("a", "b__c")
    assert len(fitted("x" * 100)) == 63
    assert fitted("x" * 100) != fitted("x" * 101)
    assert index_name("ix", "t", ("a",), "unique") != index_name("ix", "t", ("a",), "plain")


def test_connections_that_died_while_they_lay_idle_are_made_anew(fresh_postgres_url: str) -> None:
    database, other = Database(fresh_postgres_url, idle_seconds=0), Database(fresh_postgres_url)
    with database.reading() as tx:
        mine = tx.connection.scalar(text("SELECT pg_backend_pid()"))
    with other.writing() as tx:
        tx.connection.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": mine})

    with database.glancing() as tx:
        found = tx.connection.scalar(text("SELECT pg_backend_pid()"))

    assert found != mine
    database.close()
    other.close()


def test_a_glance_takes_no_transaction_and_leaves_the_connection_as_it_was(fresh_postgres_url: str) -> None:
    database = Database(fresh_postgres_url)

    with database.glancing() as tx:
        moments = [tx.connection.scalar(text("SELECT now()")) for _ in range(2)]
    with database.reading() as tx:
        again = [tx.connection.scalar(text("SELECT now()")) for _ in range(2)]

    assert moments[0] < moments[1]
    assert again[0] == again[1]
    database.close()
