from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from engine.errors import Invalid
from engine.expressions import Environment
from engine.storage.accounts import Accounts
from engine.storage.conditions import And, Condition, Leaf, Or
from engine.storage.cursors import Cursor, read_cursor
from engine.storage.database import Database
from engine.storage.prepare import prepare
from engine.storage.queries import Queries, Query
from engine.storage.record_tables import RecordTables
from engine.storage.records import Records
from engine.storage.row_scopes import RowScope
from engine.storage.schema_changes import migrate
from tests.unit.storage.shop import ACTOR, NOW, ORDER_NAMES, entities, formula, views

# number, total, due day of March, owner, lines as (item, count)
ORDERS = [
    ("A-1", "10.00", 3, "ann", [("bolt", 3), ("nut", 1)]),
    ("A-2", "20.00", None, "ann", [("bolt", 2)]),
    ("A-3", "5.00", 1, "bob", []),
    ("B-1", None, 2, "bob", [("nut", 9)]),
    ("B-2", "10.00", None, "cy", []),
]


CONDITIONS: list[tuple[Condition, list[object]]] = [
    (Leaf("number", "eq", "A-2"), ["A-2"]),
    (Leaf("total", "ne", Decimal(10)), ["A-2", "A-3"]),
    (Leaf("total", "gt", Decimal("9.999")), ["A-1", "A-2", "B-2"]),
    (Leaf("total", "ge", Decimal("10.001")), ["A-2"]),
    (Leaf("total", "lt", Decimal("10.001")), ["A-1", "A-3", "B-2"]),
    (Leaf("total", "le", Decimal(5)), ["A-3"]),
    (Leaf("total", "eq", Decimal("10.001")), []),
    (Leaf("total", "in", [Decimal(5), Decimal(20)]), ["A-2", "A-3"]),
    (Leaf("number", "in", []), []),
    (Leaf("number", "not_in", ["A-1", "A-2", "A-3"]), ["B-1", "B-2"]),
    (Leaf("title", "contains", "0% A"), ["A-1", "A-2", "A-3"]),
    (Leaf("number", "starts_with", "B-"), ["B-1", "B-2"]),
    (Leaf("number", "starts_with", "b"), []),
    (Leaf("due_on", "blank"), ["A-2", "B-2"]),
    (Leaf("total", "not_blank"), ["A-1", "A-2", "A-3", "B-2"]),
    (Leaf("due_on", "between", [date(2026, 3, 1), date(2026, 3, 2)]), ["A-3", "B-1"]),
    (Leaf("due_on", "between", [date(2026, 3, 2), None]), ["A-1", "B-1"]),
    (Leaf("lines.item", "eq", "nut"), ["A-1", "B-1"]),
    (Leaf("lines.item.code", "starts_with", "bol"), ["A-1", "A-2"]),
    (Leaf("lines.item_code", "eq", "bolt"), ["A-1", "A-2"]),
    (Leaf("machine.code", "eq", "M"), ["A-1"]),
    (Leaf("owner.name", "eq", "Ann"), ["A-1", "A-2"]),
    (Leaf("owner.department.code", "eq", "d"), ["A-1", "A-2"]),
    (Leaf("status", "eq", "draft"), ["A-1", "A-2", "A-3", "B-1", "B-2"]),
    (And((Leaf("owner", "eq", "ann"), Leaf("due_on", "blank"))), ["A-2"]),
    (Or((Leaf("owner", "eq", "cy"), Leaf("number", "eq", "A-1"))), ["A-1", "B-2"]),
    (Or(()), []),
]

ORDERINGS: list[tuple[tuple[str, ...], list[object]]] = [
    (("due_on",), ["A-3", "B-1", "A-1", "A-2", "B-2"]),
    (("-due_on",), ["A-1", "B-1", "A-3", "B-2", "A-2"]),
    (("total", "-number"), ["A-3", "B-2", "A-1", "A-2", "B-1"]),
    (("-total", "due_on"), ["A-2", "A-1", "B-2", "A-3", "B-1"]),
    (("machine.code", "number"), ["A-1", "A-2", "A-3", "B-1", "B-2"]),
    ((), ["B-2", "B-1", "A-3", "A-2", "A-1"]),
    (("id",), ["A-1", "A-2", "A-3", "B-1", "B-2"]),
    (("called_at", "number"), ["A-3", "B-2", "A-2", "B-1", "A-1"]),
]


@pytest.fixture
def orders(database: Database, tables: RecordTables) -> Database:
    with database.writing() as tx:
        records, accounts = Records(tx, tables), Accounts(tx)
        accounts.add_department("d", "Depot", department_id="depot")
        accounts.add("ann", "Ann", "", now=NOW, department_id="depot", user_id="ann")
        for code, colors in (("bolt", ["red", "blue"]), ("nut", ["blue"])):
            records.insert("shop.item", {"code": code, "colors": colors}, actor=ACTOR, now=NOW, record_id=code)
        team = [{"person": "bob", "part": "driver"}]
        records.insert("shop.machine", {"code": "M", "people": team}, actor=ACTOR, now=NOW, record_id="m")
        for number, total, day, owner, lines in ORDERS:
            values = {
                "number": number,
                "title": f"Order 100% {number}",
                "total": Decimal(total) if total else None,
                "due_on": date(2026, 3, day) if day else None,
                "machine": "m" if number == "A-1" else None,
                "called_at": datetime(2026, 3, 1, 8, len(lines), tzinfo=UTC),
                "lines": [{"item": item, "count": count} for item, count in lines],
            }
            records.insert("shop.order", values, actor=ACTOR, now=NOW, owner=owner)
    return database


def numbers(database: Database, tables: RecordTables, query: Query) -> list[object]:
    with database.reading() as tx:
        page = Queries(tx, tables).page("shop.order", replace(query, fields=("number",)))
    return [item.values["number"] for item in page.items]


def walked(database: Database, tables: RecordTables, sort: tuple[str, ...], limit: int) -> list[object]:
    found: list[object] = []
    cursor = None
    with database.reading() as tx:
        for _ in range(len(ORDERS)):
            page = Queries(tx, tables).page(
                "shop.order", Query(sort=sort, limit=limit, after=cursor, fields=("number",))
            )
            found += [item.values["number"] for item in page.items]
            cursor = page.next_cursor
            if cursor is None:
                break
    return found


def test_conditions_hold_alike_on_both_databases(orders: Database, tables: RecordTables) -> None:
    found = [
        (condition, numbers(orders, tables, Query(where=condition, sort=("number",)))) for condition, _ in CONDITIONS
    ]

    assert found == CONDITIONS


def test_a_choice_is_found_among_several(orders: Database, tables: RecordTables) -> None:
    with orders.reading() as tx:
        queries = Queries(tx, tables)

        red = queries.ids("shop.item", Query(where=Leaf("colors", "contains", "red")))
        blue = queries.count("shop.item", Query(where=Leaf("colors", "contains", "blue")))

    assert (red, blue) == (("bolt",), 2)


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_pages_follow_each_other_with_blanks_last(orders: Database, tables: RecordTables, limit: int) -> None:
    found = [(sort, walked(orders, tables, sort, limit)) for sort, _ in ORDERINGS]

    assert found == ORDERINGS


def test_a_cursor_of_another_order_is_refused(orders: Database, tables: RecordTables) -> None:
    cursor = Cursor(("number", "id"), ("A-1", "x")).to_text()

    with orders.reading() as tx:
        for wrong, sort in ((cursor, ("total",)), ("!", ("number",)), ("", ("number",))):
            if wrong:
                with pytest.raises(Invalid) as refusal:
                    Queries(tx, tables).page("shop.order", Query(sort=sort, after=wrong))
                assert refusal.value.problems[0].code == "cursor_malformed"


@given(
    st.lists(
        st.one_of(
            st.none(), st.booleans(), st.integers(), st.text(), st.decimals(allow_nan=False, allow_infinity=False),
            st.dates(), st.times(), st.datetimes(timezones=st.just(UTC)),
        )
    )
)  # fmt: skip
@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
def test_a_cursor_keeps_every_kind_of_value(values: list[object]) -> None:
    sort = tuple(f"f{number}" for number in range(len(values)))

    found = read_cursor(Cursor(sort, tuple(values)).to_text(), sort)

    assert found == Cursor(sort, tuple(values))


def test_scopes_are_joined_by_or(orders: Database, tables: RecordTables) -> None:
    where = formula("total > 15 AND owner = ME", ORDER_NAMES)
    me = Environment(me="ann")

    def seen(*scopes: RowScope) -> list[object]:
        return numbers(orders, tables, Query(scopes=scopes, sort=("number",), environment=me))

    assert seen() == []
    assert len(seen(RowScope("own", ("bob",)), RowScope("all"))) == 5
    assert seen(RowScope("own", ("bob",)), RowScope("own", ("cy",))) == ["A-3", "B-1", "B-2"]
    assert seen(RowScope("department", ("depot",))) == ["A-1", "A-2"]
    assert seen(RowScope("my_projects", ("bob",))) == ["A-1"]
    assert seen(RowScope("where", where=where)) == ["A-2"]


def test_a_record_out_of_scope_is_not_seen(orders: Database, tables: RecordTables) -> None:
    with orders.reading() as tx:
        queries = Queries(tx, tables)
        first = queries.ids("shop.order", Query(where=Leaf("number", "eq", "A-1")))[0]

        assert queries.sees("shop.order", first, Query(scopes=(RowScope("own", ("ann",)),)))
        assert not queries.sees("shop.order", first, Query(scopes=(RowScope("own", ("bob",)),)))


def test_every_word_of_a_search_must_be_found_somewhere(orders: Database, tables: RecordTables) -> None:
    query = Query(search="order b-", search_in=("title", "number", "owner.name"), sort=("number",))

    assert numbers(orders, tables, query) == ["B-1", "B-2"]


def test_expressions_filter_too(orders: Database, tables: RecordTables) -> None:
    query = Query(expressions=(formula("total * 2 >= 20 AND ISBLANK(machine)", ORDER_NAMES),), sort=("number",))

    assert numbers(orders, tables, query) == ["A-2", "B-2"]


def test_fields_may_lie_behind_references_and_lookups(orders: Database, tables: RecordTables) -> None:
    with orders.reading() as tx:
        query = Query(sort=("number",), limit=1, fields=("machine.code", "owner.name", "status", "total", "total"))

        page = Queries(tx, tables).page("shop.order", query)

    assert page.items[0].values == {"machine.code": "M", "owner.name": "Ann", "status": "draft", "total": Decimal(10)}
    assert (page.items[0].version, page.items[0].status) == (1, "draft")


def test_totals_and_groups_are_exact(orders: Database, tables: RecordTables) -> None:
    with orders.reading() as tx:
        queries = Queries(tx, tables)
        totals = queries.totals(
            "shop.order",
            Query(),
            [
                ("sum", "total"),
                ("count", ""),
                ("count", "total"),
                ("avg", "total"),
                ("max", "due_on"),
                ("min", "total"),
            ],
        )
        nothing = queries.totals("shop.order", Query(where=Or(())), [("sum", "total"), ("avg", "total"), ("count", "")])
        groups = queries.aggregate("shop.order", ["item.code"], [("sum", "count")], Query(), rows="lines")

    assert totals == (Decimal(45), 5, 4, Decimal("11.25"), date(2026, 3, 3), Decimal(5))
    assert nothing == (Decimal(0), None, 0)
    assert groups == ((("bolt",), (Decimal(5),)), (("nut",), (Decimal(10),)))


def test_counting_stops_where_it_is_told_to(orders: Database, tables: RecordTables) -> None:
    with orders.reading() as tx:
        assert Queries(tx, tables).count("shop.order", Query(), at_most=3) == 3


def test_a_page_is_one_statement(orders: Database, tables: RecordTables) -> None:
    with orders.reading() as tx:
        Queries(tx, tables).page("shop.order", Query(sort=("-due_on",), fields=("number", "machine.code")))

        assert tx.statements == 1


@pytest.mark.parametrize("path", ["nothing", "title.name", "machine.nothing", "owner.nothing", "lines"])
def test_a_path_that_leads_nowhere_is_a_problem(orders: Database, tables: RecordTables, path: str) -> None:
    with orders.reading() as tx, pytest.raises(Invalid) as refusal:
        Queries(tx, tables).page("shop.order", Query(fields=(path,)))

    assert (refusal.value.problems[0].code, refusal.value.problems[0].params) == ("unknown_path", {"path": path})


def test_an_unknown_operator_is_a_problem(orders: Database, tables: RecordTables) -> None:
    with orders.reading() as tx, pytest.raises(Invalid) as refusal:
        Queries(tx, tables).count("shop.order", Query(where=Leaf("title", "like", "x")))  # type: ignore[arg-type]

    assert refusal.value.problems[0].code == "unknown_operator"


def test_the_order_of_a_view_is_read_from_its_index(sqlite_url: str) -> None:
    database, tables = Database(sqlite_url), RecordTables(entities(), views())
    prepare(database)
    with database.writing() as tx:
        migrate(tx, tables, NOW)
        plan = tx.connection.execute(
            text("EXPLAIN QUERY PLAN SELECT _id FROM r_shop__order ORDER BY due_on DESC NULLS LAST, _id DESC LIMIT 50")
        ).all()

    assert "USING COVERING INDEX" in plan[0][3]
    assert not any("TEMP B-TREE" in line[3] for line in plan)
    database.close()
