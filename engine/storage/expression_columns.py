"""Expressions over records as SQL: the bridge from paths to `expression_sql`."""

from datetime import date, time
from decimal import Decimal
from typing import Any, cast

from sqlalchemy import ColumnElement

from engine.errors import Invalid
from engine.expressions import BOOLEAN, Compiled, Environment
from engine.expressions.tree import Binary, Literal, path
from engine.problems import Problem
from engine.storage.expression_sql import sql_condition, sql_value
from engine.storage.path_columns import PathColumns
from engine.storage.sealed import is_sealed
from engine.storage.types import ExactDecimal, ExactInteger


class ExpressionColumns:
    """What `expression_sql` asks of a query: columns by path, and who asks when."""

    def __init__(self, columns: PathColumns, environment: Environment) -> None:
        self._columns = columns
        self._environment = environment

    @property
    def environment(self) -> Environment:
        """Return what ME, NOW, TODAY and the like are."""
        return self._environment

    def column(self, path: str) -> ColumnElement[Any]:
        """Return the column at the end of a path. Raises Invalid `unknown_path`, `encrypted_not_asked`."""
        found = self._columns.column(path)
        if is_sealed(found):
            raise Invalid([Problem("encrypted_not_asked", params={"name": path})])
        return found


def expression_condition(
    compiled: Compiled, columns: PathColumns, environment: Environment, dialect: str
) -> ColumnElement[bool]:
    """Return a condition as SQL. Raises Invalid when the database cannot answer it."""
    return sql_condition(compiled.tree, ExpressionColumns(columns, environment), dialect)


def expression_compared(
    compiled: Compiled, operator: str, value: object, columns: PathColumns, environment: Environment, dialect: str
) -> ColumnElement[bool]:
    """Return the comparison of an expression with a value, as the language compares. Raises Invalid as expression_condition."""
    given = cast("Decimal | str | bool | date | time | None", value)
    tree = Binary(operator, compiled.tree, Literal(given, compiled.type), BOOLEAN)
    return sql_condition(tree, ExpressionColumns(columns, environment), dialect)


def expression_value(
    compiled: Compiled, columns: PathColumns, environment: Environment, dialect: str
) -> ColumnElement[Any]:
    """Return a value as SQL. Raises Invalid when the database cannot compute it."""
    return sql_value(compiled.tree, ExpressionColumns(columns, environment), dialect)


def stored_number(compiled: Compiled, columns: PathColumns) -> ColumnElement[Any] | None:
    """Return the column of an expression that is nothing but a stored number, else None: it is summed up as it is."""
    named = path(compiled.tree)
    column = columns.column(named) if named else None
    return column if column is not None and isinstance(column.type, (ExactDecimal, ExactInteger)) else None
