"""The expression language: grammar, types, evaluation. Pure: what a formula needs comes in as an Environment.

>>> from engine.expressions import NUMBER, Environment, Scope, compile_expression, evaluate
>>> compiled = compile_expression("ROUND(days * rate, 2)", Scope({"days": NUMBER, "rate": NUMBER}), NUMBER)
"""

from engine.expressions.calendars import WorkCalendar
from engine.expressions.compiling import Compiled, compile_expression, compiled
from engine.expressions.document import from_json, to_json
from engine.expressions.environment import Environment
from engine.expressions.errors import ExpressionError
from engine.expressions.evaluate import evaluate
from engine.expressions.parser import RESERVED, parse
from engine.expressions.tree import Node
from engine.expressions.types import (
    BLANK,
    BOOLEAN,
    DATE,
    DATETIME,
    DEPARTMENT,
    NUMBER,
    TEXT,
    TIME,
    UNKNOWN,
    USER,
    ListOf,
    MeasureType,
    RecordOf,
    Scalar,
    Scope,
    Type,
    type_from_json,
    type_to_json,
    type_words,
    unify,
)
from engine.expressions.values import Bounds

__all__ = [
    "BLANK", "BOOLEAN", "DATE", "DATETIME", "DEPARTMENT", "NUMBER", "RESERVED", "TEXT", "TIME", "UNKNOWN", "USER",
    "Bounds", "Compiled", "Environment", "ExpressionError", "ListOf", "MeasureType", "Node", "RecordOf", "Scalar", "Scope", "Type", "WorkCalendar",
    "compile_expression", "compiled", "evaluate", "from_json", "parse", "to_json",
    "type_from_json", "type_to_json", "type_words", "unify",
]  # fmt: skip
