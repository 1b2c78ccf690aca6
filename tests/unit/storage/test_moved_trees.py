"""A branch of thousands of nodes moves in one change, and every total above it follows."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from engine.storage.database import Database, Transaction
from engine.storage.record_batches import insert_records
from engine.storage.record_tables import RecordTables
from engine.storage.records import Records
from engine.storage.rollup_filling import drifts
from engine.storage.schema_changes import migrate
from tests.unit.storage.depot import documents, tables_of
from tests.unit.storage.shop import ACTOR, NOW

NODES = 5_000


@pytest.fixture
def depot(database: Database) -> RecordTables:
    made = tables_of(documents())
    with database.writing() as tx:
        migrate(tx, made, NOW)
    return made


def _areas(tx: Transaction, depot: RecordTables, above: Sequence[str | None]) -> list[str]:
    values = [{"within": one, "spare": Decimal(1), "left": Decimal(0)} for one in above]
    return list(insert_records(tx, depot, "depot.area", values, actor=ACTOR, now=NOW, status=""))


def _branch(tx: Transaction, depot: RecordTables, top: str, nodes: int) -> None:
    """Hang so many nodes below one, ten below each."""
    level, missing = [top], nodes
    while missing:
        above = [one for one in level for _ in range(10)][:missing]
        level = _areas(tx, depot, above)
        missing -= len(level)


def test_five_thousand_nodes_move_with_few_statements_and_the_totals_above_follow(
    database: Database, depot: RecordTables
):
    with database.writing() as tx:
        old, new = _areas(tx, depot, [None, None])
        (moved,) = _areas(tx, depot, [old])
        _branch(tx, depot, moved, NODES)
        items = [{"area": moved, "price": Decimal(7)}]
        insert_records(tx, depot, "depot.item", items, actor=ACTOR, now=NOW, status="")
    with database.writing() as tx:
        records = Records(tx, depot)
        records.update(
            "depot.area", moved, records.need("depot.area", moved).version, {"within": new}, {}, actor=ACTOR, now=NOW
        )
        sent = tx.statements

    with database.writing() as tx:
        kept = Records(tx, depot).get_many("depot.area", [old, new])
        found = {key: [kept[key].values[name] for name in ("spare_total", "areas", "items", "dearest")] for key in kept}
        wrong = list(drifts(tx, depot))
    assert found == {old: [Decimal(1), 0, 0, None], new: [Decimal(NODES + 2), 1, 1, Decimal(7)]}
    assert wrong == []
    assert sent < 40
