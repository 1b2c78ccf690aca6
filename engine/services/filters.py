"""Filters as they travel: JSON conditions read into conditions over records, with every mistake as a problem."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, cast, get_args

from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Entity, Field
from engine.errors import Invalid
from engine.paths import join
from engine.problems import Problem
from engine.services.reach import reach
from engine.services.work import Work
from engine.storage.conditions import And, Condition, Leaf, Operator, Or

_DEEPEST = 8
_WIDEST = 100
_OPERATORS = frozenset(get_args(Operator))
_LONGEST_LIST = 1000


def condition_of(work: Work, entity: Entity, given: object) -> Condition | None:
    """Return the condition that a JSON filter says. Raises Invalid with every mistake, each with its pointer."""
    if given in (None, {}, []):
        return None
    reader = _Reader(work, entity)
    condition = reader.read(given, "/filter", 0)
    if reader.problems or condition is None:
        raise Invalid(reader.problems)
    return condition


class _Reader:
    def __init__(self, work: Work, entity: Entity) -> None:
        self._work = work
        self._entity = entity
        self.problems: list[Problem] = []

    def read(self, given: object, at: str, depth: int) -> Condition | None:
        if not isinstance(given, Mapping) or depth > _DEEPEST:
            return self._refuse("filter_shape", at)
        for word, kind in (("and", And), ("or", Or)):
            if word in given:
                return self._several(given[word], join(at, word), depth, kind)
        return self._leaf(given, at)

    def _several(self, parts: object, at: str, depth: int, kind: type[And] | type[Or]) -> Condition | None:
        if not isinstance(parts, list) or len(parts) > _WIDEST:
            return self._refuse("filter_shape", at)
        read = [self.read(part, join(at, number), depth + 1) for number, part in enumerate(parts)]
        return kind(tuple(part for part in read if part is not None))

    def _leaf(self, given: Mapping[str, Any], at: str) -> Condition | None:
        path, operator = given.get("field"), given.get("op", "eq")
        if not isinstance(path, str) or not path:
            return self._refuse("filter_shape", at)
        if not isinstance(operator, str) or operator not in _OPERATORS:
            return self._refuse("unknown_operator", join(at, "op"), operator=str(operator)[:80])
        found = reach(self._work, self._entity, path)
        if found is None:
            return self._refuse("unknown_path", join(at, "field"), path=path)
        if found.partly or (found.masked and operator not in {"blank", "not_blank"}):
            return self._refuse(found.closed, join(at, "field"), title=found.field.title)
        if operator not in FIELD_TYPES[found.field.type].operators_for(found.field):
            return self._refuse("operator_not_for_type", join(at, "op"), operator=operator, title=found.field.title)
        return self._compared(path, cast("Operator", operator), given.get("value"), found.field, join(at, "value"))

    def _compared(self, path: str, operator: Operator, value: object, field: Field, at: str) -> Condition | None:
        if operator in {"blank", "not_blank"}:
            return Leaf(path, operator)
        if operator in {"in", "not_in", "between"}:
            if not isinstance(value, list) or len(value) > (2 if operator == "between" else _LONGEST_LIST):
                return self._refuse("filter_needs_list", at, operator=operator)
            return Leaf(
                path, operator, tuple(None if one is None else self._value(one, field, operator, at) for one in value)
            )
        if value in (None, "", []):
            return self._refuse("filter_needs_value", at, operator=operator)
        return Leaf(path, operator, self._value(value, field, operator, at))

    def _value(self, value: object, field: Field, operator: str, at: str) -> object:
        wanted = FIELD_TYPES[field.type].to_filter(value, field, operator)
        if isinstance(wanted, Problem):
            self.problems.append(wanted.under(at))
            return None
        if isinstance(wanted, datetime) and wanted.tzinfo is None:
            # A day alone is its beginning, where the installation stands.
            return wanted.replace(tzinfo=self._work.timezone)
        return wanted

    def _refuse(self, code: str, at: str, **params: object) -> Condition | None:
        """Note a finding and return nothing, so that a reader can return what this returns."""
        self.problems.append(Problem(code, at, params))
        return None


def to_json(value: object) -> Any:
    """Return a stored value, or values by name, as JSON: decimals as texts, dates and moments in ISO form.

    A float comes from a JSON value alone, which is as it was sent.
    """
    match value:
        # Most values are one of these, and asking what is a Mapping takes longer.
        case str() | bool() | int() | float() | None:
            return value
        case Decimal():
            return f"{value:f}"
        case datetime() | date():
            return value.isoformat()
        case time():
            return value.isoformat("minutes") if not value.second else value.isoformat("seconds")
        case Mapping():
            return {key: to_json(one) for key, one in value.items()}
        case Sequence():
            return [to_json(one) for one in value]
    return str(value)
