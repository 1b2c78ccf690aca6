"""Every shared case in Python, in SQLite and in PostgreSQL. The browser runs the same files with vitest."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Boolean, Column, Connection, Date, Engine, MetaData, Table, Time, create_engine, select
from sqlalchemy.exc import DBAPIError, StatementError

from engine.expressions import (
    BOOLEAN,
    DATE,
    DATETIME,
    NUMBER,
    TIME,
    Compiled,
    Environment,
    ExpressionError,
    ListOf,
    MeasureType,
    Scope,
    Type,
    compile_expression,
    evaluate,
    from_json,
    to_json,
)
from engine.expressions.sql_rewrites import is_sqlable
from engine.storage.database import Database
from engine.storage.expression_sql import sql_value
from engine.storage.types import NARROW, TEXT_BY_CODE_POINT, ExactDecimal, UtcDateTime
from tests.conformance.expression_cases import FOLDER, Case, cases, scope_names, topics, types_of, value_of

CASES = cases()
TOPICS = [topic["topic"] for topic in topics()]
TREES = json.loads((FOLDER / "trees" / "trees.json").read_text(encoding="utf-8"))
IN_SQL = [case for case in CASES if case.body.get("sql", True) and "problem" not in case.body]


@dataclass(frozen=True)
class Columns:
    """The columns of a case's table."""

    table: Table
    environment: Environment

    def column(self, path: str) -> Column[Any]:
        return self.table.c[path]


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 2_100


@pytest.mark.parametrize("topic", TOPICS)
def test_python_agrees(topic: str) -> None:
    assert wrong(CASES, topic, check_python) == []


@pytest.mark.parametrize("topic", TOPICS)
def test_sqlite_agrees(topic: str, sqlite: Connection) -> None:
    assert wrong(IN_SQL, topic, lambda case: check(case, lambda: asked(case, sqlite))) == []


@pytest.mark.parametrize("topic", TOPICS)
def test_postgresql_agrees(topic: str, postgresql: Connection) -> None:
    assert wrong(IN_SQL, topic, lambda case: check(case, lambda: asked(case, postgresql))) == []


def wrong(several: Sequence[Case], topic: str, look: Callable[[Case], None]) -> list[str]:
    """Return the names of all cases of a topic that do not come true, each with what was found instead."""
    found = []
    for case in several:
        if case.topic["topic"] == topic:
            try:
                look(case)
            except Exception as error:  # noqa: BLE001 - whatever a case ends in, the others are still looked at
                found.append(f"{case.body['name']}: {type(error).__name__}: {error}")
    return found


def check_python(case: Case) -> None:
    compiled = compile_expression(case.body["text"], case.scope())

    if "problem" in case.body:
        assert not isinstance(compiled, Compiled)
        assert compiled[0].code == case.body["problem"]
        return
    assert isinstance(compiled, Compiled), compiled
    assert from_json(to_json(compiled.tree)) == compiled.tree
    check(case, lambda: evaluate(compiled, case.environment()))


def test_every_tree_is_the_one_that_the_browser_makes() -> None:
    shapes = {key: types_of(members) for key, members in TREES["shapes"].items()}
    measures = {key: MeasureType(types_of(known["dimensions"])) for key, known in TREES["measures"].items()}
    scope = Scope(types_of(TREES["types"]), shapes, measures, types_of(TREES["old_types"]))

    compiled = {shared["text"]: compile_expression(shared["text"], scope) for shared in TREES["trees"]}

    made = {text: to_json(one.tree) if isinstance(one, Compiled) else one for text, one in compiled.items()}
    assert made == {shared["text"]: shared["tree"] for shared in TREES["trees"]}


def check(case: Case, answer: Any) -> None:
    if "error" not in case.body:
        assert answer() == value_of(case.body["result"])
        return
    with pytest.raises((ExpressionError, DBAPIError, StatementError)) as caught:
        answer()
    if isinstance(caught.value, ExpressionError):
        assert caught.value.code == case.body["error"]


def asked(case: Case, connection: Connection) -> object:
    compiled = compile_expression(case.body["text"], case.scope())
    assert isinstance(compiled, Compiled), compiled
    assert is_sqlable(compiled.tree) is None
    columns = Columns(TABLES[case.topic["topic"]], case.environment())
    return connection.execute(select(sql_value(compiled.tree, columns, connection.dialect.name))
                              .select_from(columns.table)).scalar_one()  # fmt: skip


def column_type(kind: Type, value: object) -> Any:
    if kind == NUMBER:
        exponent = value.as_tuple().exponent if isinstance(value, Decimal) else 0
        assert isinstance(exponent, int)
        if isinstance(value, Decimal) and len(value.as_tuple().digits) > NARROW:
            return ExactDecimal(-exponent, is_wide=True)
        return ExactDecimal(max(2, -exponent) if value is None or abs(Decimal(str(value))) < 10**6 else 0)
    known: dict[Type, Any] = {BOOLEAN: Boolean(), DATE: Date(), TIME: Time(), DATETIME: UtcDateTime()}
    return known.get(kind, TEXT_BY_CODE_POINT)


def table_of(topic: dict[str, Any], metadata: MetaData) -> tuple[Table, dict[str, Any]]:
    names = {name: kind for name, kind in scope_names(topic, {}).items() if not isinstance(kind, ListOf)}
    values = value_of(topic.get("values", {}))
    columns = [Column(name, column_type(kind, values.get(name)), quote=True) for name, kind in names.items()]
    row = {name: values.get(name) for name in names}
    return Table(f"case_{topic['topic']}", metadata, Column("pk", Boolean()), *columns), row


METADATA = MetaData()
MADE = {topic["topic"]: table_of(topic, METADATA) for topic in topics()}
TABLES = {name: table for name, (table, _) in MADE.items()}


def filled(engine: Engine) -> Iterator[Connection]:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        METADATA.create_all(connection)
        for table, row in MADE.values():
            connection.execute(table.insert().values(pk=True, **row))
        yield connection
        METADATA.drop_all(connection)
    engine.dispose()


@pytest.fixture(scope="module")
def sqlite() -> Iterator[Connection]:
    yield from filled(Database("sqlite://").engine)


@pytest.fixture(scope="module")
def postgresql(postgres_url: str) -> Iterator[Connection]:
    yield from filled(create_engine(postgres_url))
