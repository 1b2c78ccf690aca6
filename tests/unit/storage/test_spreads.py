"""Percentiles and deviations of measures and of lists: both databases say what formulas say of the same values."""

from datetime import date
from decimal import Decimal
from random import Random

import pytest

from engine.expressions import NUMBER, Environment
from engine.expressions.functions.statistics import deviation, percentile
from engine.storage.database import Database
from engine.storage.ledgers import Ledgers, Source
from engine.storage.measures import Measures
from engine.storage.queries import Queries, Query
from engine.storage.record_tables import RecordTables
from engine.storage.records import Records
from tests.unit.storage.shop import ACTOR, MOVE_NAMES, NOW, formula, measure
from tests.unit.storage.test_ledgers import Line

SIZES = {"bolt": 1, "nut": 2, "rod": 7, "screw": 60}
KINDS = {
    "median": {},
    "percentile": {"fraction": Decimal("0.9")},
    "stdev": {},
    "stdev_population": {},
}


def amounts() -> dict[str, list[Decimal]]:
    chance = Random(27)
    return {item: [Decimal(chance.randint(-99_999, 99_999)).scaleb(-2) for _ in range(n)] for item, n in SIZES.items()}


def expected(kind: str, values: list[Decimal]) -> Decimal | None:
    if kind in ("stdev", "stdev_population"):
        return deviation(list(values), population=kind == "stdev_population")
    return percentile(list(values), KINDS[kind].get("fraction", Decimal("0.5")))


def test_measures_agree_with_formulas_to_the_last_digit(database: Database, tables: RecordTables) -> None:
    given = amounts()
    lines = [
        Line(f"{item}{at}", {"item": item, "amount": value, "share": Decimal("0.5"), "moved_on": date(2026, 3, 5)})
        for item, values in given.items()
        for at, value in enumerate(values)
    ]
    with database.writing() as tx:
        Ledgers(tx, tables).reserve(Source("shop.order", "order-1"), lines, actor=ACTOR, now=NOW)
        Ledgers(tx, tables).make_effective(Source("shop.order", "order-1"), actor=ACTOR, now=NOW)

    found = {}
    with database.reading() as tx:
        for kind, more in KINDS.items():
            for text in ("amount", "amount / 3"):
                asked = measure(aggregate=kind, value=formula(text, MOVE_NAMES, NUMBER), **more)
                rows = Measures(tx, tables, Environment()).rows(asked, ["item"])
                found[kind, text] = {str(row.dimensions[0]): row.value for row in rows}

    for kind in KINDS:
        assert found[kind, "amount"] == {item: expected(kind, values) for item, values in given.items()}
    thirds = [Decimal(value / 3).quantize(Decimal("1e-12")) for value in given["nut"]]
    assert found["median", "amount / 3"]["nut"] == sum(thirds) / 2


@pytest.mark.parametrize("functions", [("median", "p90", "p99.5", "stdev", "stdev_population", "sum")])
def test_lists_agree_with_formulas_beside_other_totals(
    database: Database, tables: RecordTables, functions: tuple[str, ...]
) -> None:
    totals = [Decimal(one) for one in ("10", "0.25", "7", "7", "100.01")]
    with database.writing() as tx:
        for total in (*totals, None):
            Records(tx, tables).insert("shop.order", {"total": total}, actor=ACTOR, now=NOW, status="draft")

    with database.reading() as tx:
        found = Queries(tx, tables).totals("shop.order", Query(), [(name, "total") for name in functions])

    assert found == (
        percentile(list(totals), Decimal("0.5")),
        percentile(list(totals), Decimal("0.9")),
        percentile(list(totals), Decimal("0.995")),
        deviation(list(totals)),
        deviation(list(totals), population=True),
        sum(totals),
    )
