"""Numbers stay exact: long ones, sums of many, and order, on both databases."""

from decimal import Context, Decimal
from random import Random

from engine.storage.queries import Queries, Query
from engine.storage.records import Records
from tests.api.kinds import THING
from tests.api.office import NOON, Office

LONG = "12345678901234567890123456.78"
_EXACT = Context(prec=100)


def test_twenty_eight_digits_are_kept_found_and_put_in_order(kinds: Office):
    kay = kinds["kay"]
    numbers = [LONG, f"-{LONG}", "-0.01", "0.00", "12345678901234567890123456.79", "9.99"]
    for number in numbers:
        kay.create(THING, name=number, wide=number)

    listed = [one["values"]["wide"] for one in kay.list(THING, sort="wide", fields="wide").body["items"]]
    down = [one["values"]["wide"] for one in kay.list(THING, sort="-wide", fields="wide", limit=2).body["items"]]
    above = kay.list(THING, filter={"field": "wide", "op": "gt", "value": LONG}, fields="wide").body["items"]
    totals = kay.get(f"/records/{THING}/totals", columns="wide:sum").body["totals"]

    assert listed == sorted(numbers, key=Decimal)
    assert down == sorted(numbers, key=Decimal, reverse=True)[:2]
    assert [one["values"]["wide"] for one in above] == ["12345678901234567890123456.79"]
    assert totals == {"wide": "12345678901234567890123466.77"}


def test_a_number_with_one_digit_too_many_is_refused(kinds: Office):
    reply = kinds["kay"].post(f"/records/{THING}", {"values": {"name": "a", "wide": f"9{LONG}"}})

    assert reply.problems == [("/wide", "number_too_long")]


def test_the_sum_of_ten_thousand_lines_is_that_of_decimals(kinds: Office):
    # The seed makes the same lines each time; the numbers are no secret.
    random = Random(7)
    lines = [
        {"total": Decimal(random.randrange(-(10**14), 10**14)).scaleb(-2), "wide": Decimal(random.randrange(-(10**27), 10**27)).scaleb(-2, _EXACT)}
        for _ in range(10_000)
    ]  # fmt: skip
    with kinds.installation.database.writing() as tx:
        published = kinds.installation.configurations.in_force(tx, writing=True)
        Records(tx, published.tables).insert(THING, {"name": "many", "f_sub_table": lines}, actor="x", now=NOON)
        asked = [("sum", "f_sub_table.total"), ("sum", "f_sub_table.wide")]
        found = Queries(tx, published.tables).aggregate(THING, (), asked, Query(), rows="f_sub_table")[0][1]

    expected = [Decimal(0), Decimal(0)]
    for line in lines:
        expected = [_EXACT.add(expected[0], line["total"]), _EXACT.add(expected[1], line["wide"])]
    assert list(found) == expected


def test_a_page_goes_on_after_a_long_number(kinds: Office):
    for number in ("1", "2", LONG):
        kinds["kay"].create(THING, name=number, wide=number)

    first = kinds["kay"].list(THING, sort="wide", fields="wide", limit=2).body
    rest = kinds["kay"].list(THING, sort="wide", fields="wide", limit=2, cursor=first["next_cursor"]).body

    assert [one["values"]["wide"] for one in (*first["items"], *rest["items"])] == ["1.00", "2.00", LONG]
