"""Expressions as SQL: what is refused, what an index serves, and random expressions on random records."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import Boolean, Column, Connection, Integer, MetaData, Table, create_engine, event, func, select
from sqlalchemy.exc import DBAPIError

from engine.errors import Invalid
from engine.expressions import (
    BOOLEAN,
    NUMBER,
    TEXT,
    Compiled,
    Environment,
    ExpressionError,
    ListOf,
    RecordOf,
    Scope,
    compile_expression,
    evaluate,
)
from engine.expressions.sql_rewrites import is_sqlable
from engine.storage.expression_sql import DecimalText, sql_condition, sql_value
from engine.storage.sqlite_functions import register_functions
from engine.storage.types import TEXT_BY_CODE_POINT, ExactDecimal

SCOPE = Scope(
    names={
        "a": NUMBER, "b": NUMBER, "s": TEXT, "yes": BOOLEAN, "item": RecordOf("stock.item"),
        "lines": ListOf(RecordOf("order/lines")), "tags": ListOf(TEXT), "RECORD": RecordOf("order"),
    },
    shapes={"order": {"kind": TEXT}, "order/lines": {"amount": NUMBER}, "stock.item": {"code": TEXT}, "system.user": {"teams": ListOf(TEXT)}},
    old={"a": NUMBER},
)  # fmt: skip
TABLE = Table(
    "thing", MetaData(),
    Column("pk", Integer, primary_key=True), Column("a", ExactDecimal(2), index=True), Column("b", ExactDecimal(4)),
    Column("s", TEXT_BY_CODE_POINT), Column("yes", Boolean()),
)  # fmt: skip


@dataclass(frozen=True)
class Columns:
    environment: Environment

    def column(self, path: str) -> Column[Any]:
        return TABLE.c[path]


def compiled(text: str) -> Compiled:
    outcome = compile_expression(text, SCOPE)
    assert isinstance(outcome, Compiled), outcome
    return outcome


@pytest.fixture(scope="module")
def sqlite() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    event.listen(engine, "connect", lambda connection, _: register_functions(connection))
    with engine.connect() as connection:
        TABLE.metadata.create_all(connection)
        yield connection
    engine.dispose()


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("SUM(lines.amount) > 1", "SUM"),
        ("OLD.a > 1", "OLD"),
        ("s IN tags", "IN"),
        ("ROUND(a, b) > 1", "ROUND"),
        ("a ^ b > 1", "^"),
        ("CAPITALS(a) = 'x'", "CAPITALS"),
        ("LEFT(s, LEN(s)) = s", "LEFT"),
        ("ROUNDTO(a, b) > 1", "ROUNDTO"),
        ("PERIOD(TODAY(), s) = '2026'", "PERIOD"),
        ("MATCHES(s, s)", "MATCHES"),
        ("SQRT(a) > 1", "SQRT"),
        ("ANY(tags, ITEM = s)", "ANY"),
    ],
)
def test_what_sql_cannot_compute_is_a_problem(text: str, what: str) -> None:
    problem = is_sqlable(compiled(text).tree)

    assert problem is not None
    assert (problem.code, problem.params) == ("formula_not_in_sql", {"what": what})


def test_a_path_without_column_is_refused() -> None:
    tree = compiled("item.code = 'x'").tree

    assert is_sqlable(tree) is None
    with pytest.raises(Invalid) as caught:
        sql_condition(tree, Columns(Environment()), "sqlite")
    assert caught.value.problems[0].params == {"what": "item.code"}


def test_what_reads_no_field_may_be_anything() -> None:
    tree = compiled("s IN ME.teams OR CAPITALS(1) = s").tree

    made = sql_condition(tree, Columns(Environment(me={"id": "1", "teams": ["x", "y"]})), "sqlite")

    assert "fw_" not in str(made)


def test_the_record_being_edited_is_known_before_the_query(sqlite: Connection) -> None:
    edited = Environment(values={"RECORD": {"kind": "crane"}})

    made = sql_condition(compiled("s = RECORD.kind").tree, Columns(edited), "sqlite")

    assert str(made.compile(sqlite, compile_kwargs={"literal_binds": True})).endswith("s = 'crane'")


@pytest.mark.parametrize("text", ["a > 10.005", "a = 5", "10 <= a", "a > 1 + 1"])
def test_a_comparison_with_a_constant_uses_the_index(text: str, sqlite: Connection) -> None:
    condition = sql_condition(compiled(text).tree, Columns(Environment()), "sqlite")

    statement = select(TABLE.c.pk).where(condition).compile(sqlite, compile_kwargs={"literal_binds": True})
    plan = sqlite.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}").all()

    assert "INDEX ix_thing_a" in str(plan)


def test_the_sum_of_decimal_texts_is_exact(sqlite: Connection) -> None:
    sqlite.execute(TABLE.insert(), [{"pk": at, "a": Decimal("0.10"), "b": None} for at in (101, 102, 103)])
    each = sql_value(compiled("a / 3").tree, Columns(Environment()), "sqlite")

    total = sqlite.execute(select(func.fw_sum(each, type_=DecimalText())).where(TABLE.c.pk > 100)).scalar_one()

    assert total == Decimal("0.099999999999")


_LITERALS = st.decimals(0, 1000, places=2).map(lambda value: format(value, "f"))
_WORDS = st.sampled_from(["''", "'a'", "'ab'", "'中'"])


def _numbers(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda part: f"({' '.join(part)})"),
        inner.map(lambda part: f"ROUND({part}, 2)"), inner.map(lambda part: f"-({part})"),
        inner.map(lambda part: f"CEILING({part}, 0.25)"), inner.map(lambda part: f"INT({part})"),
        st.tuples(inner, inner).map(lambda part: f"COALESCE({part[0]}, {part[1]})"),
        st.tuples(inner, inner).map(lambda part: f"MOD({part[0]}, {part[1]})"),
        st.tuples(inner, inner, inner).map(lambda part: f"IF({part[0]} > {part[1]}, {part[2]}, BLANK)"),
    )  # fmt: skip


_NUMBERS = st.recursive(st.sampled_from(["a", "b", "a", "b", "BLANK"]) | _LITERALS, _numbers, max_leaves=5)
_TEXTS = st.one_of(
    st.just("s"),
    _WORDS,
    _NUMBERS.map(lambda part: f"s & ({part})"),
    _WORDS.map(lambda part: f"REPLACE(s, {part}, 'x')"),
)
_COMPARED = st.sampled_from(["=", "<>", "<", "<=", ">", ">="])
_CONDITIONS = st.recursive(
    st.one_of(
        st.just("yes"),
        st.tuples(_NUMBERS, _COMPARED, _NUMBERS).map(" ".join),
        st.tuples(_TEXTS, _COMPARED, _TEXTS).map(" ".join),
        st.tuples(_NUMBERS, _LITERALS, _LITERALS).map(lambda part: f"{part[0]} IN ({part[1]}, {part[2]})"),
        _NUMBERS.map(lambda part: f"ISBLANK({part})"),
    ),
    lambda inner: (
        st.tuples(inner, st.sampled_from(["AND", "OR"]), inner).map(lambda part: f"({' '.join(part)})")
        | inner.map(lambda part: f"NOT ({part})")
    ),
    max_leaves=4,
)
_RECORDS = st.fixed_dictionaries({
    "a": st.none() | st.decimals(-100, 100, places=2), "b": st.none() | st.decimals(-9, 9, places=4) | st.just(Decimal(0)),
    "s": st.none() | st.sampled_from(["", "a", "ab", "b中"]), "yes": st.none() | st.booleans(),
})  # fmt: skip


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[Connection]:
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite")
        return
    engine = create_engine(request.getfixturevalue("postgres_url"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        TABLE.metadata.create_all(connection)
        yield connection
        TABLE.metadata.drop_all(connection)
    engine.dispose()


@pytest.mark.parametrize(
    "text",
    ["ROUNDUP(" * 12 + "a" + ")" * 12, "MOD(1, " * 20 + "a" + ")" * 20, "CEILING(" * 60 + "a" + ")" * 60],
    ids=["ROUNDUP", "MOD", "CEILING"],
)
def test_an_expression_whose_sql_would_explode_is_refused(text: str) -> None:
    tree = compiled(text).tree

    found = is_sqlable(tree)

    assert found is not None
    assert found.code == "formula_too_large_for_sql"


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(_CONDITIONS, _NUMBERS, _TEXTS), _RECORDS)
def test_random_expressions_agree_in_python_and_sql(database: Connection, text: str, record: dict[str, Any]) -> None:
    tree = compiled(text).tree
    assume(is_sqlable(tree) is None)  # a part that is blank whatever the record is has no type in SQL
    environment = Environment(values=record)
    database.execute(TABLE.delete())
    database.execute(TABLE.insert().values(pk=1, **record))
    try:
        made = sql_value(tree, Columns(environment), database.dialect.name)
    except ExpressionError:
        return  # a part that reads no field has no value; that is said before the query, even where no branch takes it

    found = outcome(lambda: database.execute(select(made).select_from(TABLE)).scalar_one())

    assert found == outcome(lambda: evaluate(tree, environment))


def outcome(run: Callable[[], object]) -> object:
    try:
        return run()
    except (ExpressionError, DBAPIError):
        return "error"
