"""Totals of measures that are kept stay true through every way in which records are written, on both databases."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from itertools import combinations
from typing import Any

import pytest
from sqlalchemy import update

from engine.definition.model import Measure
from engine.definition.schemas import address
from engine.expressions import Environment
from engine.storage import totals
from engine.storage.database import Database
from engine.storage.measures import Measures
from engine.storage.record_tables import RecordTables
from engine.storage.records import Records
from engine.storage.row_scopes import RowScope
from engine.storage.schema_changes import migrate
from tests.unit.storage.depot import Documents, configuration, documents
from tests.unit.storage.shop import ACTOR, NOW
from tests.unit.storage.test_rollups import STEPS, Play

BATCH = 250
MEASURES: dict[str, dict[str, Any]] = {
    "moved": {"from": "move", "value": "amount", "dimensions": ["area", "stage", "code"]},
    "pending": {"from": "move", "value": "amount", "stages": ["reserved"], "aggregate": "avg", "dimensions": ["area"]},
    "ordered": {"from": "order", "value": "total", "dimensions": ["area", "status"], "stored": ["status"]},
    "lines": {"from": "order.lines", "aggregate": "count", "value": "price", "dimensions": ["area", "count"]},
    "dear": {"from": "item", "value": "price", "where": "price > 3", "dimensions": [
        "area", "broken", "day", {"name": "month", "title": "month", "value": "MONTHTEXT(day)"},
    ]},
}  # fmt: skip


def with_measures(stored: bool = True) -> Documents:
    """The depot without what is worked out, and with measures."""
    made = documents()
    for path, document in made.items():
        if "/entities/" in path:
            properties = document["schema"]["properties"]
            plain = {name: one for name, one in properties.items() if not one.get("readOnly") or name == "total"}
            document["schema"]["properties"] = plain
    for name, body in MEASURES.items():
        told = {"$schema": address("measure"), "name": name, "title": name, "stored": True} | body
        made[f"depot/measures/{name}.json"] = told | ({} if stored else {"stored": False})
    return made


def tables_of(stored: bool = True) -> RecordTables:
    made = configuration(with_measures(stored))
    return RecordTables(made.entities.values(), (), made.measures.values())


@pytest.fixture
def depot(database: Database) -> RecordTables:
    made = tables_of()
    with database.writing() as tx:
        migrate(tx, made, NOW)
    return made


def both(play: Play, measure: Measure, by: tuple[str, ...]) -> tuple[dict[Any, Any], dict[Any, Any]]:
    """The measure from what is kept, and from the rows: a second reader has scopes that happen to reach everything."""
    kept = Measures(play.tx, play.tables, Environment()).rows(measure, by)
    plain = RecordTables((place.entity for place in play.tables.all), (), ())
    live = Measures(play.tx, plain, Environment()).rows(measure, by)
    return {row.dimensions: row.value for row in kept}, {row.dimensions: row.value for row in live}


def drifts(play: Play) -> list[object]:
    kept = totals.all_totals(play.tables)
    return [(one.key, drift) for one in kept for drift in totals.drifts(play.tx, play.tables, one)]


def run(database: Database, play: Play, steps: int, then: Callable[[], None]) -> None:
    with database.writing() as tx:
        play.tx, play.records = tx, Records(tx, play.tables)
        for _ in range(steps):
            play.step()
        then()


def test_thousands_of_random_operations_end_equal_to_working_everything_out_from_nothing(
    database: Database, depot: RecordTables
):
    with database.writing() as tx:
        play = Play(tx, depot, seed=21)
        for _ in range(12):
            play.add_area()

    for _ in range(STEPS[database.dialect] // BATCH):
        run(database, play, BATCH, lambda: None)

    with database.reading() as tx:
        play.tx = tx
        assert drifts(play) == []
        assert len(totals.all_totals(depot)) == len(MEASURES)


def test_a_question_is_answered_alike_from_totals_and_from_rows_even_before_the_commit(
    database: Database, depot: RecordTables
):
    with database.writing() as tx:
        play = Play(tx, depot, seed=22)
        for _ in range(12):
            play.add_area()
    measures = [one.measure for one in totals.all_totals(depot)]
    seen: list[tuple[object, ...]] = []

    def look() -> None:
        for measure in measures:
            names = [one.name for one in measure.dimensions]
            for count in range(3):
                seen.extend((measure.key, by, *both(play, measure, by)) for by in combinations(names, count))

    run(database, play, 300, look)

    assert [(key, by, kept) for key, by, kept, live in seen if kept != live] == []
    assert sum(len(kept) for *_, kept, _ in seen) > 100


def test_what_one_document_wrote_can_be_left_out(database: Database, depot: RecordTables):
    with database.writing() as tx:
        play = Play(tx, depot, seed=23)
        for _ in range(12):
            play.add_area()
    run(database, play, 500, lambda: None)
    moved = next(one.measure for one in totals.all_totals(depot) if one.measure.name == "moved")

    with database.reading() as tx:
        kept, plain = (
            Measures(tx, depot, Environment()),
            Measures(tx, RecordTables((one.entity for one in depot.all), (), ()), Environment()),
        )
        answers = [
            (kept.rows(moved, ("area",), exclude_source=key), plain.rows(moved, ("area",), exclude_source=key))
            for key in play.posted
        ]

    told = [
        ({row.dimensions: row.value for row in one}, {row.dimensions: row.value for row in other})
        for one, other in answers
    ]
    assert told
    assert [one for one, other in told if one != other] == []


def test_who_does_not_reach_every_record_is_answered_from_the_rows(database: Database, depot: RecordTables):
    with database.writing() as tx:
        Records(tx, depot).insert("depot.item", {"price": Decimal(5)}, actor=ACTOR, now=NOW)
        Records(tx, depot).insert("depot.item", {"price": Decimal(7)}, actor="another", now=NOW)
    dear = next(one.measure for one in totals.all_totals(depot) if one.measure.name == "dear")

    with database.reading() as tx:
        own = Measures(tx, depot, Environment(), (RowScope("own", ("another",)),)).total(dear)
        whole = Measures(tx, depot, Environment()).total(dear)

    assert (own, whole) == (7, 12)


def test_what_is_undone_within_a_transaction_leaves_no_trace(database: Database, depot: RecordTables):
    with database.writing() as tx:
        records = Records(tx, depot)
        with tx.trial():
            # Left without being wanted: it is undone.
            records.insert("depot.item", {"price": Decimal(7)}, actor=ACTOR, now=NOW)
        records.insert("depot.item", {"price": Decimal(5), "day": NOW.date() + timedelta(days=1)}, actor=ACTOR, now=NOW)

    with database.reading() as tx:
        dear = next(one.measure for one in totals.all_totals(depot) if one.measure.name == "dear")
        assert Measures(tx, depot, Environment()).total(dear) == 5


def test_totals_are_filled_when_they_are_published_and_forgotten_when_they_are_not_kept_any_more(database: Database):
    before, after = tables_of(stored=False), tables_of()
    with database.writing() as tx:
        migrate(tx, before, NOW)
        for price in (4, 5, None):
            values = {"price": Decimal(price) if price else None}
            Records(tx, before).insert("depot.item", values, actor=ACTOR, now=NOW)

    with database.writing() as tx:
        migrate(tx, after, NOW)
        filled = tx.connection.execute(totals.measure_totals.select()).all()
        migrate(tx, before, NOW)
        gone = tx.connection.execute(totals.measure_totals.select()).all()

    assert [(row.measure, int(row.total), row.counted, row.entries) for row in filled] == [("depot.dear", 900, 2, 2)]
    assert gone == []


def test_what_has_drifted_is_found_and_mended(database: Database, depot: RecordTables):
    with database.writing() as tx:
        Records(tx, depot).insert("depot.item", {"price": Decimal(5)}, actor=ACTOR, now=NOW)
    with database.writing() as tx:
        tx.connection.execute(update(totals.measure_totals).values(total=1))
    dear = next(one for one in totals.all_totals(depot) if one.measure.name == "dear")

    with database.writing() as tx:
        found = list(totals.drifts(tx, depot, dear))
        totals.fill(tx, depot, dear)
        left = list(totals.drifts(tx, depot, dear))

    assert (len(found), left) == (1, [])
