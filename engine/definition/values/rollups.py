"""What roll-ups come to, as values of their fields."""

from decimal import Decimal

from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Field
from engine.expressions.arithmetic import divide


def of_nothing(field: Field) -> object:
    """Return what a roll-up is before anything counts: 0 of a sum or count, true of `all`, false of `any`, else blank."""
    aggregate = field.rollup.aggregate if field.rollup else ""
    if aggregate in ("sum", "count"):
        return as_value(field, Decimal(0))
    return aggregate == "all" if aggregate in ("any", "all") else None


def as_value(field: Field, value: object) -> object:
    """Return what an aggregate gave as the field's value, a number at its scale."""
    plain = Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value
    return None if plain is None else FIELD_TYPES[field.type].from_expression(plain, field)


def average(field: Field, total: Decimal, count: int) -> object:
    """Return a sum over a count at the field's scale, blank of nothing."""
    return as_value(field, divide(total, Decimal(count))) if count else None
