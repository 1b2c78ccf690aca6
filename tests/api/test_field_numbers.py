"""Numbers stay exact: long ones, sums of many, and order, on both databases."""

from decimal import Context, Decimal
from functools import reduce

from engine.storage.queries import Queries, Query
from engine.storage.records import Records
from tests.api.kinds import THING
from tests.api.office import NOON, Office
from tests.api.test_exports import sheets
from tests.conformance.figures import load, long_numbers

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
    told, numbers = load("long_sum"), list(long_numbers())
    lines = [{"total": _EXACT.remainder(number, Decimal(10**12)), "wide": number} for number in numbers]
    with kinds.installation.database.writing() as tx:
        published = kinds.installation.configurations.in_force(tx, writing=True)
        made = Records(tx, published.tables).insert(THING, {"name": "many", "f_sub_table": lines}, actor="x", now=NOON)
        asked = [("sum", "f_sub_table.total"), ("sum", "f_sub_table.wide")]
        found = Queries(tx, published.tables).aggregate(THING, (), asked, Query(), rows="f_sub_table")[0][1]

    read = kinds["kay"].read(THING, made.id)["values"]["f_sub_table"]
    workbook = sheets(kinds["kay"], THING, fields="name", rows="sheets")["sub_table"]

    assert list(found) == [reduce(_EXACT.add, (line["total"] for line in lines)), Decimal(told["sum"])]
    assert [line["wide"] for line in read] == [f"{number:f}" for number in numbers]
    column = workbook[0].index("长")
    assert reduce(_EXACT.add, (Decimal(row[column]) for row in workbook[1:])) == Decimal(told["sum"])


def test_a_page_goes_on_after_a_long_number(kinds: Office):
    for number in ("1", "2", LONG):
        kinds["kay"].create(THING, name=number, wide=number)

    first = kinds["kay"].list(THING, sort="wide", fields="wide", limit=2).body
    rest = kinds["kay"].list(THING, sort="wide", fields="wide", limit=2, cursor=first["next_cursor"]).body

    assert [one["values"]["wide"] for one in (*first["items"], *rest["items"])] == ["1.00", "2.00", LONG]
