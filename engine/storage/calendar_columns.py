"""Days as the stretches of the calendar that they lie in, in SQL: 2026-11-20, 2026-W47, 2026-11, 2026-Q4, 2026."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Date, String, func
from sqlalchemy import cast as sql_cast

from engine.definition.pivot import Grain
from engine.expressions import DATE, Compiled, Environment, Scope, compile_expression
from engine.expressions.tree import Node
from engine.storage.expression_sql import sql_value
from engine.storage.types import UtcDateTime

_DAY_OF_TEXT = 10
"""Characters of a day in ISO form."""


@dataclass(frozen=True, slots=True)
class _OneDay:
    """What an expression over a single day asks of a query."""

    day: ColumnElement[Any]
    environment: Environment

    def column(self, path: str) -> ColumnElement[Any]:
        """Return the day, whatever it is called."""
        return self.day


def stretch(column: ColumnElement[Any], grain: Grain, environment: Environment, dialect: str) -> ColumnElement[Any]:
    """Return the name of the stretch that the day of a column lies in; moments have the day of the environment's zone."""
    day = _day(column, str(environment.timezone), dialect)
    return day if grain == "day" else sql_value(_named(grain), _OneDay(day, environment), dialect)


def _day(column: ColumnElement[Any], zone: str, dialect: str) -> ColumnElement[Any]:
    if isinstance(column.type, Date):
        return column
    if isinstance(column.type, UtcDateTime):
        if dialect == "sqlite":
            return func.fw_local_day(column, zone, type_=Date())
        return sql_cast(func.timezone(zone, column), Date)
    text = func.substr(sql_cast(column, String), 1, _DAY_OF_TEXT, type_=Date() if dialect == "sqlite" else String())
    return text if dialect == "sqlite" else sql_cast(text, Date)


@cache
def _named(grain: Grain) -> Node:
    compiled = compile_expression(f"PERIOD(day, '{grain}')", Scope({"day": DATE}))
    if not isinstance(compiled, Compiled):
        raise TypeError(grain)
    return compiled.tree
