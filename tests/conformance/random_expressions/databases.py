"""The databases' side: the random records in a table, and one question for each expression."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    Integer,
    MetaData,
    Table,
    Time,
    select,
)
from sqlalchemy.exc import DBAPIError, StatementError

from engine.errors import Invalid
from engine.expressions import Compiled, Environment, ExpressionError
from engine.storage.database import Database
from engine.storage.expression_sql import sql_value
from engine.storage.types import TEXT_BY_CODE_POINT, ExactDecimal, ExactInteger, UtcDateTime
from tests.conformance.expression_cases import value_of
from tests.conformance.random_expressions.answers import written
from tests.conformance.random_expressions.world import NAMES, REACHED, SCALES, SHAPES, Json

_TYPES: dict[str, Any] = {"boolean": Boolean(), "date": Date(), "time": Time(), "datetime": UtcDateTime()}


def _type(name: str, kind: object) -> Any:
    if name in SCALES:
        scale = SCALES[name]
        return ExactDecimal(scale, is_wide=scale == 10) if scale else ExactInteger()
    if kind == "number":
        return ExactDecimal(2)
    return _TYPES.get(kind, TEXT_BY_CODE_POINT) if isinstance(kind, str) else TEXT_BY_CODE_POINT


def _is_list(kind: object) -> bool:
    return isinstance(kind, dict) and "list" in kind


def _shape_of(path: str) -> str:
    """Return the shape at the end of a path of references."""
    types = NAMES
    *start, last = path.split(".")
    for name in start:
        types = SHAPES[types[name]["record"]]
    return str(types[last]["record"])


_ENDS = {
    f"{path}.{name}": kind for path in REACHED for name, kind in SHAPES[_shape_of(path)].items() if not _is_list(kind)
}
_STORED = {name: kind for name, kind in NAMES.items() if not _is_list(kind)} | _ENDS
TABLE = Table(
    "random_world",
    MetaData(),
    Column("pk", Integer(), primary_key=True),
    *(Column(path, _type(path, kind)) for path, kind in _STORED.items()),
)


def row_of(topic: Json) -> Json:
    """Return the row that a topic's record is."""
    return {path: value_of(_at(topic, path)) for path in _STORED}


def _at(topic: Json, path: str) -> object:
    start, _, name = path.rpartition(".")
    if not start:
        return topic["values"][name]
    key = _at(topic, start)
    return None if key is None else topic["records"][_shape_of(start)][key][name]


@dataclass(frozen=True)
class Columns:
    """The columns of the table, for `sql_value`."""

    environment: Environment

    def column(self, path: str) -> Column[Any]:
        """Return a column by its path."""
        return TABLE.c[path]


@contextmanager
def filled(url: str, topics: Sequence[Json]) -> Iterator[Connection]:
    """Give a connection to a database that holds the records, numbered from 0."""
    database = Database(url)
    engine = database.engine
    if database.dialect == "postgresql":
        # An error would end the transaction for the questions after it.
        engine = engine.execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        TABLE.metadata.drop_all(connection)
        TABLE.metadata.create_all(connection)
        connection.execute(TABLE.insert(), [{"pk": at, **row_of(topic)} for at, topic in enumerate(topics)])
        yield connection
    database.close()


def answers(compiled: Compiled, connection: Connection, environment: Environment, expected: Sequence[str]) -> list[str]:
    """Return what a database answers for each record; "error" stands for each error that Python has a code for.

    The records that have a value are asked for together; each of the others alone, since an error ends the whole question.
    """
    try:
        asked = select(
            TABLE.c.pk, sql_value(compiled.tree, Columns(environment), connection.dialect.name).label("answer")
        )
    except ExpressionError as error:
        return [f"constant {error.code}"] * len(expected)
    except Invalid as error:
        return [f"refused {error.problems[0].code}"] * len(expected)
    found: dict[int, str] = {}
    valued = [at for at, one in enumerate(expected) if not one.startswith("error")]
    for keys in (valued, *([at] for at, one in enumerate(expected) if one.startswith("error"))):
        if not keys:
            continue
        try:
            for key, value in connection.execute(asked.where(TABLE.c.pk.in_(keys))):
                found[key] = written(value)
        except (DBAPIError, StatementError, ExpressionError) as error:
            told = "error" if keys is not valued else f"error {str(error).splitlines()[0][:200]}"
            found |= dict.fromkeys(keys, told)
    return [found[at] for at in range(len(expected))]
