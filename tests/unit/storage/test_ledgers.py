from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from engine.errors import Invalid
from engine.expressions import NUMBER, Environment
from engine.storage.database import Database
from engine.storage.ledgers import Ledgers, Source
from engine.storage.measures import MeasuredRow, Measures
from engine.storage.record_tables import RecordTables
from engine.storage.records import Records
from tests.unit.storage.shop import ACTOR, LINE_NAMES, MOVE_NAMES, NOW, ORDER_NAMES, formula, measure

MARCH, APRIL = date(2026, 3, 5), date(2026, 4, 5)


@dataclass(frozen=True)
class Line:
    line: str
    values: Mapping[str, object]
    posting: str = "move"
    to: str = "shop.movement"


@dataclass
class Desk:
    database: Database
    tables: RecordTables

    def reserve(self, source: Source, *lines: tuple[str, str, date]) -> None:
        entries = [
            Line(str(number), {"item": item, "amount": Decimal(amount), "share": Decimal("0.5"), "moved_on": day})
            for number, (item, amount, day) in enumerate(lines)
        ]
        with self.database.writing() as tx:
            Ledgers(tx, self.tables).reserve(source, entries, actor=ACTOR, now=NOW)

    def do(self, deed: str, source: Source) -> None:
        with self.database.writing() as tx:
            getattr(Ledgers(tx, self.tables), deed)(source, actor=ACTOR, now=NOW)

    def total(self, **given: object) -> Decimal | None:
        stages = given.pop("stages", None)
        with self.database.reading() as tx:
            found = Measures(tx, self.tables, Environment())
            return found.total(measure(**given), stages=stages)  # type: ignore[arg-type]


@pytest.fixture
def desk(database: Database, tables: RecordTables) -> Desk:
    return Desk(database, tables)


FIRST, SECOND = Source("shop.order", "order-1"), Source("shop.order", "order-2")
BOTH = ("reserved", "effective")


def test_an_entry_counts_once_its_document_takes_effect(desk: Desk) -> None:
    desk.reserve(FIRST, ("bolt", "10.25", MARCH), ("nut", "5.00", MARCH))
    before = (desk.total(), desk.total(stages=BOTH))

    desk.do("make_effective", FIRST)

    assert before == (Decimal(0), Decimal("15.25"))
    assert desk.total() == Decimal("15.25")


def test_doing_it_twice_does_it_once(desk: Desk) -> None:
    for _ in range(2):
        desk.reserve(FIRST, ("bolt", "10.00", MARCH), ("nut", "1.00", MARCH))
        desk.do("make_effective", FIRST)
    for _ in range(2):
        desk.do("reverse", FIRST)

    with desk.database.reading() as tx:
        entries = Ledgers(tx, desk.tables).entries_of(FIRST)

    assert desk.total() == 0
    kinds = [(one.entry["entry_kind"], one.values["amount"], one.values["share"]) for one in entries]
    half = Decimal("0.5")
    assert kinds == [
        ("original", Decimal(10), half),
        ("original", Decimal(1), half),
        ("reverse", Decimal(-10), half),
        ("reverse", Decimal(-1), half),
    ]
    assert [one.entry["adjusts"] for one in entries] == [None, None, entries[0].id, entries[1].id]
    assert {one.entry["source_entity"] for one in entries} == {"shop.order"}


def test_a_reversal_keeps_what_the_ledger_says_it_keeps(desk: Desk) -> None:
    entry = Line("", {"item": "bolt", "amount": Decimal(10), "rate": Decimal("7.1"), "moved_on": MARCH})
    with desk.database.writing() as tx:
        Ledgers(tx, desk.tables).reserve(FIRST, [entry], actor=ACTOR, now=NOW, stage="effective")

    desk.do("reverse", FIRST)

    with desk.database.reading() as tx:
        entries = Ledgers(tx, desk.tables).entries_of(FIRST)
    assert [(one.values["amount"], one.values["rate"]) for one in entries] == [
        (10, Decimal("7.1")),
        (-10, Decimal("7.1")),
    ]


def test_a_released_entry_counts_nowhere_and_the_next_round_writes_anew(desk: Desk) -> None:
    desk.reserve(FIRST, ("bolt", "10.00", MARCH))
    desk.do("release", FIRST)
    released = desk.total(stages=BOTH)

    desk.reserve(Source("shop.order", "order-1", 2), ("bolt", "7.00", MARCH))
    desk.do("make_effective", FIRST)

    assert released == 0
    assert desk.total(stages=BOTH) == 7


def test_a_figure_opens_down_to_the_documents_behind_it(desk: Desk) -> None:
    desk.reserve(FIRST, ("bolt", "10.10", MARCH), ("nut", "0.20", APRIL))
    desk.reserve(SECOND, ("bolt", "5.05", APRIL))
    for source in (FIRST, SECOND):
        desk.do("make_effective", source)

    with desk.database.reading() as tx:
        measures = Measures(tx, desk.tables, Environment())
        rows = measures.rows(measure(), ["item", "month"])
        april = measures.rows(measure(), ["item"], {"month": "2026-04"})
        one = measures.total(measure(), {"item": ["bolt", "screw"]}, exclude_source="order-2")
        documents = measures.documents(measure(), {"item": "bolt"})
        rest = measures.documents(measure(), {"item": "bolt"}, limit=1, before="order-2")

    assert rows == (
        MeasuredRow(("bolt", "2026-03"), Decimal("10.10")),
        MeasuredRow(("bolt", "2026-04"), Decimal("5.05")),
        MeasuredRow(("nut", "2026-04"), Decimal("0.20")),
    )
    assert april == (MeasuredRow(("bolt",), Decimal("5.05")), MeasuredRow(("nut",), Decimal("0.20")))
    assert one == Decimal("10.10")
    assert [(one.entity, one.id, one.value) for one in documents] == [
        ("shop.order", "order-2", Decimal("5.05")),
        ("shop.order", "order-1", Decimal("10.10")),
    ]
    assert [one.id for one in rest] == ["order-1"]


@pytest.mark.parametrize(
    ("aggregate", "value", "expected"),
    [
        ("sum", "amount * share", "7.65"),
        ("avg", "amount", "5.1"),
        ("avg", "amount / 3", "1.7"),
        ("min", "amount", "0.2"),
        ("max", "amount * 1", "10.1"),
        ("min", "amount * 10", "2"),
        ("count", "amount", "3"),
    ],
)
def test_every_aggregate_is_exact(desk: Desk, aggregate: str, value: str, expected: str) -> None:
    desk.reserve(FIRST, ("bolt", "10.10", MARCH), ("nut", "0.20", APRIL), ("nut", "5.00", APRIL))
    desk.do("make_effective", FIRST)

    found = desk.total(aggregate=aggregate, value=formula(value, MOVE_NAMES, NUMBER))

    assert found == Decimal(expected)


def test_nothing_sums_up_to_zero_and_has_no_average(desk: Desk) -> None:
    found = [desk.total(aggregate=aggregate) for aggregate in ("sum", "count", "avg", "min", "max", "median", "stdev")]

    assert found == [Decimal(0), Decimal(0), None, None, None, None, None]


def test_a_measure_over_rows_counts_live_documents_only(database: Database, tables: RecordTables) -> None:
    names = ORDER_NAMES | LINE_NAMES
    lines = measure(source="shop.order/lines", value=formula("count", names, NUMBER), where=formula("count > 1", names))
    rows = [{"item": "bolt", "count": 3}, {"item": "nut", "count": 1}]
    with database.writing() as tx:
        records = Records(tx, tables)
        for status in ("draft", "approved", "void", "rejected"):
            records.insert("shop.order", {"lines": rows}, actor=ACTOR, now=NOW, status=status, record_id=status)

    with database.reading() as tx:
        measures = Measures(tx, tables, Environment())
        total = measures.total(lines)
        without = measures.total(lines, exclude_source="draft")
        documents = measures.documents(lines)

    assert (total, without) == (Decimal(6), Decimal(3))
    assert {(one.entity, one.id) for one in documents} == {("shop.order", "draft"), ("shop.order", "approved")}


def test_an_unknown_dimension_is_a_problem(desk: Desk) -> None:
    with desk.database.reading() as tx, pytest.raises(Invalid) as refusal:
        Measures(tx, desk.tables, Environment()).rows(measure(), ["weather"])

    assert refusal.value.problems[0].code == "unknown_dimension"
