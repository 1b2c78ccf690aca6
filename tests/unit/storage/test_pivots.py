"""Random pivots over random records against the same worked out in Python, on both databases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import combinations
from random import Random
from typing import cast
from zoneinfo import ZoneInfo

from engine.definition.pivot import FUNCTIONS, GRAINS, Axis
from engine.expressions import Environment
from engine.expressions.arithmetic import divide
from engine.expressions.functions import statistics
from engine.storage.conditions import Leaf
from engine.storage.database import Database
from engine.storage.pivots import groups_of
from engine.storage.queries import Query, Total
from engine.storage.record_tables import RecordTables
from engine.storage.records import Records
from tests.unit.storage.shop import ACTOR, NOW

ZONE = ZoneInfo("Asia/Shanghai")
ASKING = Environment(timezone=ZONE)
Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Question:
    axes: tuple[Axis, ...]
    totals: tuple[Total, ...]
    groupings: tuple[tuple[int, ...], ...]


def some_orders(rng: Random, count: int) -> list[dict[str, object]]:
    def maybe(value: object) -> object:
        return None if rng.random() < 0.2 else value

    return [
        {
            "number": f"N-{number}",
            "title": maybe(rng.choice(["a", "A", "长", ""])) or None,
            "due_on": maybe(date(2024, 12, 20) + timedelta(days=rng.randrange(400))),
            "total": maybe(Decimal(rng.choice([rng.randrange(-500, 500), 7 * 10**14])) / 100),
            "machine": maybe(rng.choice(["m", "w"])),
            "urgent": maybe(rng.random() < 0.5),
            "called_at": maybe(datetime(2025, 12, 31, 14, tzinfo=UTC) + timedelta(hours=rng.randrange(5))),
            "lines": [],
        }
        for number in range(count)
    ]


def a_question(rng: Random) -> Question:
    paths = ["title", "due_on", "machine", "machine.code", "urgent", "called_at"]
    axes = tuple(
        Axis(path, rng.choice(GRAINS) if path in ("due_on", "called_at") and rng.random() < 0.8 else None)
        for path in rng.sample(paths, rng.randrange(4))
    )
    known = {"total": FUNCTIONS, "due_on": ("min", "max", "count", "distinct"), "machine": ("count", "distinct")}
    choices: list[Total] = [("count", ""), *((cast("Total", (one, path))) for path in known for one in known[path])]
    places = range(len(axes))
    groupings = [tuple(places), *(one for size in places for one in combinations(places, size))]
    return Question(axes, tuple(rng.sample(choices, 4)), tuple(groupings))


def by_hand(orders: Sequence[Values], asked: Question) -> dict[tuple[object, ...], tuple[object, ...]]:
    found: dict[tuple[object, ...], list[Values]] = {}
    for grouping in asked.groupings:
        if not grouping:
            found[grouping, ()] = []
        for order in orders:
            keys = tuple(key_of(order, asked.axes[place]) for place in grouping)
            found.setdefault((grouping, keys), []).append(order)
    return {at: tuple(worked_out(one, path, held) for one, path in asked.totals) for at, held in found.items()}


def value_at(order: Values, path: str) -> object:
    if path != "machine.code":
        return order[path]
    return {"m": "M", "w": "W", None: None}[cast("str | None", order["machine"])]


def key_of(order: Values, axis: Axis) -> object:
    value = value_at(order, axis.field)
    if value is None or axis.by is None:
        return value
    day = value.astimezone(ZONE).date() if isinstance(value, datetime) else cast("date", value)
    week = "{:04}-W{:02}".format(*day.isocalendar())
    quarter = f"{day:%Y}-Q{(day.month + 2) // 3}"
    return {"day": day, "week": week, "month": f"{day:%Y-%m}", "quarter": quarter, "year": f"{day:%Y}"}[axis.by]


def worked_out(function: str, path: str, held: Sequence[Values]) -> object:
    if not path:
        return len(held)
    values = [value for order in held if (value := order[path]) is not None]
    numbers = cast("list[Decimal]", values)
    match function:
        case "count":
            return len(values)
        case "distinct":
            return len(set(values))
        case "sum":
            return sum(numbers, Decimal(0))
        case "avg":
            return divide(sum(numbers, Decimal(0)), Decimal(len(numbers))) if numbers else None
        case "median":
            return statistics.percentile(numbers, Decimal("0.5")) if numbers else None
        case "stdev" | "stdev_population":
            return statistics.deviation(numbers, population=function != "stdev") if numbers else None
        case "min":
            return min(numbers, default=None)
    return max(numbers, default=None)


def test_random_pivots_are_what_python_works_out_of_the_same_records(database: Database, tables: RecordTables):
    rng = Random(26)
    orders = some_orders(rng, 80)
    with database.writing() as tx:
        records = Records(tx, tables)
        for key in ("m", "w"):
            records.insert("shop.machine", {"code": key.upper(), "people": []}, actor=ACTOR, now=NOW, record_id=key)
        for order in orders:
            records.insert("shop.order", order, actor=ACTOR, now=NOW)
    kept = [order for order in orders if order["urgent"] is not None]

    with database.reading() as tx:
        for _ in range(40):
            asked = a_question(rng)
            where, expected = rng.choice([(None, orders), (Leaf("urgent", "not_blank"), kept)])
            query = Query(where=where, environment=ASKING)
            told = (asked.axes, asked.totals, asked.groupings)

            found = groups_of(tx, tables, "shop.order", told, query, 100_000)

            assert {(one.grouping, one.keys): one.values for one in found} == by_hand(expected, asked), asked


def test_no_more_groups_are_told_than_asked_for(database: Database, tables: RecordTables):
    with database.writing() as tx:
        for order in some_orders(Random(1), 9):
            Records(tx, tables).insert("shop.order", order | {"machine": None}, actor=ACTOR, now=NOW)

    with database.reading() as tx:
        found = groups_of(tx, tables, "shop.order", ((Axis("number"),), (("count", ""),), ((0,), ())), Query(), 4)

    assert len(found) == 4
