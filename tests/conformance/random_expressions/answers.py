"""Values as text that says their type too, the same in every place that evaluates."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from engine.expressions import Compiled, Environment, ExpressionError, evaluate
from engine.expressions.arithmetic import plain

_START = datetime(1970, 1, 1, tzinfo=UTC)


def written(value: object) -> str:
    """Return the value as text; admin_ui/src/core/expressions/testing/answering.ts writes the same."""
    match value:
        case None:
            return "blank"
        case bool():
            return f"b{str(value).lower()}"
        case Decimal():
            return f"n{plain(value)}"
        case str():
            return f"s{json.dumps(value, ensure_ascii=False)}"
        case datetime():
            return f"m{(value - _START) // timedelta(milliseconds=1)}"
        case date():
            return f"d{value.isoformat()}"
        case time():
            return f"c{value.hour * 3600 + value.minute * 60 + value.second}"
        case list():
            return f"[{','.join(written(item) for item in value)}]"
        case Mapping():
            return written(value.get("id"))
    return f"? {value!r}"


def answer(compiled: Compiled, environment: Environment) -> str:
    """Return what Python answers: a value, or the code of an error."""
    try:
        return written(evaluate(compiled, environment))
    except ExpressionError as error:
        return f"error {error.code}"
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        # Nothing but an ExpressionError may leave the evaluator: the run goes on, and the expression is shown.
        return f"crash {error!r}"
