"""Roll-ups stay true when records go to the bin, come back from it, and are written many at a time."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from engine.storage.database import Database, Transaction
from engine.storage.record_batches import Change, delete_records, insert_records, update_records
from engine.storage.record_tables import RecordTables
from engine.storage.row_changes import Changes, row_changes
from engine.storage.schema_changes import migrate
from tests.unit.storage.depot import documents, tables_of
from tests.unit.storage.shop import ACTOR, NOW
from tests.unit.storage.test_rollups import MOST, Play, play_through

STEPS = {"sqlite": 2_000, "postgresql": 1_000}


@pytest.fixture
def depot(database: Database) -> RecordTables:
    made = tables_of(documents())
    with database.writing() as tx:
        migrate(tx, made, NOW)
    return made


class BinPlay(Play):
    """Beside what is done one by one: a bin, from which records come back, and batches."""

    def __init__(self, tx: Transaction, tables: RecordTables, seed: int) -> None:
        super().__init__(tx, tables, seed)
        self.bin: list[tuple[str, str, dict[str, Any], int]] = []
        self.done: dict[str, int] = {}

    def step(self) -> None:
        steps: list[Callable[[], object]] = [self.put_back, self.add_many, self.change_many, self.remove_many]
        if self.chance.random() < 0.5:
            super().step()
        else:
            chosen = self.chance.choice(steps)
            chosen()

    def remove(self, name: str, key: str) -> None:
        self._into_bin(name, key)
        super().remove(name, key)

    def put_back(self) -> None:
        if not self.bin:
            return
        name, key, values, version = self.bin.pop(self.chance.randrange(len(self.bin)))
        if len(self.rows[name]) >= MOST[name]:
            return
        system = {"created_at": NOW, "created_by": ACTOR, "owner": ACTOR, "version": version + 1}
        system |= {"status": values["status"]} if name == "order" else {}
        values = {field: self._still_there(name, field, value) for field, value in values.items()}
        self.records.put_back(f"depot.{name}", key, values, system, actor=ACTOR, now=NOW)
        self.rows[name][key], self.versions[key] = values, version + 1
        self._count("put back")

    def add_many(self) -> None:
        room = MOST["item"] - len(self.rows["item"])
        values = [self.item_values() for _ in range(min(room, self.chance.randint(1, 6)))]
        stored = insert_records(self.tx, self.tables, "depot.item", values, actor=ACTOR, now=NOW, status="")
        for key, one in stored.items():
            self.rows["item"][key], self.versions[key] = {**one, "status": ""}, 1
        self._count("added together", len(stored))

    def change_many(self) -> None:
        wanted = [(name, key) for name in ("item", "order") for key in self._some(name)]
        for name in ("item", "order"):
            changes = [self._change(name, key) for other, key in wanted if other == name]
            update_records(self.tx, self.tables, f"depot.{name}", changes, actor=ACTOR, now=NOW)
            for one in changes:
                self.versions[one.record_id] += 1
            self._count("changed together", len(changes))

    def remove_many(self) -> None:
        name = self.chance.choice(("item", "order"))
        gone = [key for key in self._some(name) if key not in self.posted]
        for key in gone:
            self._into_bin(name, key)
        delete_records(self.tx, self.tables, f"depot.{name}", gone)
        for key in gone:
            del self.rows[name][key]
        self._count("removed together", len(gone))

    def _some(self, name: str) -> list[str]:
        known = list(self.rows[name])
        return self.chance.sample(known, min(len(known), self.chance.randint(1, 6)))

    def _change(self, name: str, key: str) -> Change:
        before = dict(self.rows[name][key])
        after, rows = self.item_values(), {}
        if name == "order":
            lines = [{**row, "price": self.amount()} for row in before["lines"]]
            prices = (row["price"] for row in lines if row["price"] is not None)
            after, rows = {"area": self.any("area"), "total": sum(prices, Decimal(0))}, {"lines": lines}
        changes = Changes(after, {path: row_changes(before[path], given) for path, given in rows.items()})
        self.rows[name][key] |= {**after, **rows}
        return Change(key, self.versions[key], before, changes)

    def _into_bin(self, name: str, key: str) -> None:
        self.bin.append((name, key, dict(self.rows[name][key]), self.versions[key]))

    def _still_there(self, name: str, field: str, value: Any) -> Any:
        """Return a value as it comes back: blank where it points at what has gone meanwhile."""
        target = "area" if field in ("area", "within") else "group" if field == "group" else ""
        return value if not target or value in self.rows[target] else None

    def _count(self, what: str, times: int = 1) -> None:
        self.done[what] = self.done.get(what, 0) + times


def test_the_bin_and_batches_leave_roll_ups_equal_to_working_everything_out_from_nothing(
    database: Database, depot: RecordTables
):
    with database.writing() as tx:
        play = BinPlay(tx, depot, seed=11)
        play_through(play, STEPS[tx.dialect], looking_every=250)

    assert min(play.done.values()) > 50
    assert set(play.done) == {"put back", "added together", "changed together", "removed together"}
