"""Roll-ups stay true through every way in which records are written, on both databases."""

import random
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from engine.definition.values import Entry
from engine.storage.database import Database, Transaction
from engine.storage.identifiers import new_id
from engine.storage.ledgers import Ledgers, Source
from engine.storage.record_tables import RecordTables
from engine.storage.records import Records
from engine.storage.rollup_filling import drifts
from engine.storage.row_changes import row_changes
from engine.storage.schema_changes import migrate
from tests.unit.storage import depot_in_python as plain
from tests.unit.storage.depot import documents, tables_of
from tests.unit.storage.shop import ACTOR, NOW

STEPS = {"sqlite": 10_000, "postgresql": 2_500}
"""So many operations on each kind of database. What follows from one is worked out in Python for both; a quarter meets every statement often."""
MOST = {"group": 3, "area": 20, "item": 40, "order": 20}
"""So many records of each kind at once: enough for every case to come up, few enough to be worked out again in Python."""
STATUSES = ("draft", "in_approval", "approved", "void", "rejected", "withdrawn", "returned")


@pytest.fixture
def depot(database: Database) -> RecordTables:
    made = tables_of(documents())
    with database.writing() as tx:
        migrate(tx, made, NOW)
    return made


class Play:
    """Random operations within one transaction, and beside them plain rows: what was written, by id."""

    def __init__(self, tx: Transaction, tables: RecordTables, seed: int) -> None:
        self.tx = tx
        self.tables = tables
        self.records = Records(tx, tables)
        self.chance = random.Random(seed)
        self.rows: dict[str, dict[str, dict[str, Any]]] = {name: {} for name in MOST}
        self.versions: dict[str, int] = {}
        self.posted: set[str] = set()

    def step(self) -> None:
        steps: list[tuple[Callable[[], object], int]] = [
            (self.add_area, 2), (self.add_item, 6), (self.add_order, 4), (self.change_area, 3), (self.move_area, 3),
            (self.change_item, 8), (self.remove_item, 3), (self.change_order, 5), (self.set_status, 4),
            (self.remove_order, 2), (self.post, 2), (self.remove_area, 2),
        ]  # fmt: skip
        self.chance.choices([one for one, _ in steps], [weight for _, weight in steps])[0]()

    def any(self, name: str, blank: float = 0.1) -> str | None:
        known = self.rows[name]
        return None if not known or self.chance.random() < blank else self.chance.choice(list(known))

    def amount(self) -> Decimal | None:
        return None if self.chance.random() < 0.1 else Decimal(self.chance.randint(-500, 2000)) / 100

    def insert(self, name: str, values: Mapping[str, object]) -> None:
        if len(self.rows[name]) < MOST[name]:
            record = self.records.insert(f"depot.{name}", values, actor=ACTOR, now=NOW)
            self.rows[name][record.id] = {**record.values, "status": record.status}
            self.versions[record.id] = 1

    def update(self, name: str, key: str, values: dict[str, Any], **more: Any) -> None:
        version, rows = self.versions[key], more.pop("rows", {})
        self.versions[key] = self.records.update(
            f"depot.{name}", key, version, values, rows, actor=ACTOR, now=NOW, **more
        )
        self.rows[name][key] |= values

    def remove(self, name: str, key: str) -> None:
        self.records.delete(f"depot.{name}", key, self.versions[key])
        del self.rows[name][key]

    def add_area(self) -> None:
        spare = self.amount()
        values = {"within": self.any("area"), "group": self.any("group"), "spare": spare, "left": Decimal(0)}
        self.insert("area", values)

    def change_area(self) -> None:
        if key := self.any("area", 0):
            self.update("area", key, {"spare": self.amount(), "group": self.any("group")})

    def move_area(self) -> None:
        key, parent = self.any("area", 0), self.any("area", 0.2)
        if key and (parent is None or parent not in plain.below(self.rows["area"], key)):
            self.update("area", key, {"within": parent})

    def remove_area(self) -> None:
        used = {row["area"] for name in ("item", "order") for row in self.rows[name].values()}
        used |= {row["within"] for row in self.rows["area"].values()} | {row["area"] for row in self.moves()}
        if empty := [one for one in self.rows["area"] if one not in used]:
            self.remove("area", self.chance.choice(empty))

    def item_values(self) -> dict[str, object]:
        values: dict[str, object] = {"area": self.any("area"), "price": self.amount()}
        values |= {"broken": self.chance.choice((False, None, True)), "checked": self.chance.choice((True, True, None))}
        return values | {"day": date(2026, 1, 1) + timedelta(days=self.chance.randint(0, 40))}

    def add_item(self) -> None:
        self.insert("item", self.item_values())

    def change_item(self) -> None:
        if key := self.any("item", 0):
            values = self.item_values()
            self.update("item", key, {name: values[name] for name in self.chance.sample(sorted(values), 2)})

    def remove_item(self) -> None:
        if key := self.any("item", 0):
            self.remove("item", key)

    def lines(self) -> list[dict[str, object]]:
        return [{"count": self.chance.randint(0, 5), "price": self.amount()} for _ in range(self.chance.randint(0, 4))]

    def add_order(self) -> None:
        lines = self.lines()
        self.insert("order", {"area": self.any("area"), "lines": lines, "total": _total(lines)})

    def change_order(self) -> None:
        if key := self.any("order", 0):
            before = self.rows["order"][key]["lines"]
            kept = self.chance.sample(before, len(before) // 2)
            after = [{**row, "count": self.chance.randint(0, 5)} for row in kept]
            after += [{"id": new_id(), **row} for row in self.lines()]
            changes = {"lines": row_changes(before, after)}
            self.update("order", key, {"area": self.any("area"), "total": _total(after)}, rows=changes)
            self.rows["order"][key]["lines"] = after

    def set_status(self) -> None:
        if key := self.any("order", 0):
            status = self.chance.choice(STATUSES)
            self.update("order", key, {}, system={"status": status})
            self.rows["order"][key]["status"] = status

    def remove_order(self) -> None:
        key = self.any("order", 0)
        if key and key not in self.posted:
            self.remove("order", key)

    def post(self) -> None:
        key = self.any("order", 0)
        if key is None:
            return
        ledgers, source, order = Ledgers(self.tx, self.tables), Source("depot.order", key), self.rows["order"][key]
        if key not in self.posted and order["area"]:
            entries = [
                Entry("move", "depot.move", line["id"], {"area": order["area"], "amount": line["price"]})
                for line in order["lines"]
            ]
            ledgers.reserve(source, entries, actor=ACTOR, now=NOW)
            self.posted.add(key)
        else:
            move = self.chance.choice((ledgers.make_effective, ledgers.release, ledgers.reverse))
            move(source, actor=ACTOR, now=NOW)

    def moves(self) -> list[dict[str, Any]]:
        place = self.tables.entity("depot.move")
        names = ("area", "amount", "stage")
        found = self.tx.connection.execute(select(*(place.columns[name] for name in names)))
        return [dict(zip(names, row, strict=True)) for row in found]


def _total(lines: list[dict[str, Any]]) -> Decimal:
    return sum((one["price"] for one in lines if one["price"] is not None), Decimal(0))


def compare(play: Play) -> None:
    """Compare every roll-up with what plain Python makes of all records."""
    rows = play.rows
    right = plain.areas(rows["area"], rows["item"], rows["order"], play.moves())
    assert _wrong(play, "area", right) == []
    assert _wrong(play, "group", plain.groups(rows["group"], right, rows["area"])) == []
    assert list(drifts(play.tx, play.tables)) == []


def play_through(play: Play, steps: int, looking_every: int) -> None:
    """Play so many steps from a depot with a few groups and areas on; compare every so often, and at the end."""
    for number in range(4):
        play.insert("group", {"code": f"G{number}", "double": Decimal(0)})
    for _ in range(12):
        play.add_area()
    for number in range(steps):
        play.step()
        if number % looking_every == 0:
            compare(play)
    compare(play)


def _wrong(play: Play, name: str, right: Mapping[str, Mapping[str, object]]) -> list[tuple[object, ...]]:
    kept = play.records.get_many(f"depot.{name}", list(right))
    return [
        (name, key, field, kept[key].values[field], value)
        for key, values in right.items()
        for field, value in values.items()
        if kept[key].values[field] != value
    ]


def test_thousands_of_random_operations_end_equal_to_working_everything_out_from_nothing(
    database: Database, depot: RecordTables
):
    with database.writing() as tx:
        play_through(Play(tx, depot, seed=6), STEPS[tx.dialect], looking_every=2500)
