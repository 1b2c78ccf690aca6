"""Column types that give the same values back on SQLite and on PostgreSQL.

Numbers stay exact: PostgreSQL keeps them as NUMERIC, SQLite as a whole number of the smallest unit (scale 2: hundredths).
Moments are aware and in UTC. Text is compared by code point on both.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Date, DateTime, Numeric, Text, Time
from sqlalchemy.dialects.postgresql import JSONB, TEXT
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DontWrapMixin
from sqlalchemy.types import TypeDecorator, TypeEngine

from engine.definition.field_types import FIELD_TYPES, ColumnKind
from engine.definition.model import Field
from engine.errors import Invalid
from engine.problems import Problem
from engine.storage.link_text import LinkText
from engine.storage.ranges import RangeText
from engine.storage.sealed import SealedText
from engine.storage.wide_numbers import from_sortable, to_sortable

PRECISION = 38
NARROW = 18
"""Digits that 64 bits of smallest units always hold."""
SMALLEST, LARGEST = -(2**63), 2**63 - 1
_EXACT = Context(prec=PRECISION * 3)


class NumberTooLarge(Invalid, DontWrapMixin):
    """A number has more digits than its column holds. `DontWrapMixin` keeps SQLAlchemy from hiding it."""

    def __init__(self, value: Decimal, scale: int) -> None:
        super().__init__([Problem("number_too_large", params={"value": str(value), "scale": scale})])


def rescaled(value: Decimal | int, scale: int) -> int:
    """Return the number of smallest units, rounded half up: 1.005 at scale 2 gives 101.

    Raises NumberTooLarge above 38 digits.
    """
    number = Decimal(value)
    if not number.is_finite() or number.adjusted() + 1 + scale > PRECISION:
        raise NumberTooLarge(number, scale)
    return int(number.scaleb(scale, _EXACT).to_integral_value(ROUND_HALF_UP, _EXACT))


def unscaled(units: int, scale: int) -> Decimal:
    """Return the number that a count of smallest units stands for, with `scale` decimals."""
    return Decimal(units).scaleb(-scale, _EXACT)


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal with a fixed scale. PostgreSQL: NUMERIC(38, scale). SQLite: BIGINT, times 10 to the power of the scale.

    A wide one has more digits than a BIGINT holds: on SQLite it is text that sorts (`wide_numbers`).
    """

    impl = Numeric
    cache_ok = True

    def __init__(self, scale: int, *, is_wide: bool = False) -> None:
        super().__init__(PRECISION, scale)
        self.scale = scale
        self.is_wide = is_wide

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the stored form."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(Text() if self.is_wide else BigInteger())
        return dialect.type_descriptor(Numeric(PRECISION, self.scale))

    def process_bind_param(self, value: Decimal | int | None, dialect: Dialect) -> Any:
        """Return what is stored. Raises NumberTooLarge."""
        if value is None:
            return None
        units = rescaled(value, self.scale)
        if dialect.name != "sqlite":
            return unscaled(units, self.scale)
        if self.is_wide:
            return to_sortable(units)
        if not SMALLEST <= units <= LARGEST:
            raise NumberTooLarge(Decimal(value), self.scale)
        return units

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """Return the number with exactly `scale` decimals."""
        if value is None or type(value) is Decimal:
            return value
        if isinstance(value, str) and dialect.name == "sqlite":
            return unscaled(from_sortable(value), self.scale)
        return unscaled(value, self.scale) if isinstance(value, int) and dialect.name == "sqlite" else Decimal(value)


class ExactInteger(TypeDecorator[int]):
    """A whole number of 64 bits; a computed one may arrive as Decimal."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | int | None, dialect: Dialect) -> int | None:
        """Return what is stored. Raises NumberTooLarge."""
        if value is None:
            return None
        units = rescaled(value, 0)
        if not SMALLEST <= units <= LARGEST:
            raise NumberTooLarge(Decimal(value), 0)
        return units


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware in, aware in UTC out. SQLite keeps ISO 8601 text of fixed width, so that it sorts."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the stored form."""
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Return what is stored. Raises ValueError for a moment without time zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored moment needs a time zone")
        moment = value.astimezone(UTC)
        return moment.isoformat(timespec="microseconds") if dialect.name == "sqlite" else moment

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Return the moment in UTC."""
        if value is None:
            return None
        return (datetime.fromisoformat(value) if isinstance(value, str) else value).astimezone(UTC)


TEXT_BY_CODE_POINT: TypeEngine[str] = Text().with_variant(TEXT(collation="C"), "postgresql")
"""Text that sorts and compares by code point; also the type of every id."""

DOCUMENT: TypeEngine[Any] = JSON(none_as_null=True)
"""A JSON document kept as written: the order of its keys is not lost."""

JSON_VALUE: TypeEngine[Any] = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
"""A JSON value that is asked for its members."""

_BY_KIND: Mapping[str, TypeEngine[Any]] = {
    "integer": ExactInteger(),
    "boolean": Boolean(),
    "date": Date(),
    "time": Time(),
    "datetime": UtcDateTime(),
    "json": JSON_VALUE,
}


def stored_kind(field: Field) -> ColumnKind:
    """Return how a field is stored, as plain data; a reference is the text of an id."""
    kind = FIELD_TYPES[field.type].column(field)
    if kind.kind == "decimal" and (kind.digits or 0) > NARROW:
        return replace(kind, kind="wide")
    return (
        ColumnKind("text")
        if kind.kind == "reference"
        else replace(kind, length=kind.length if kind.kind == "range" else None)
    )


def column_type(field: Field) -> TypeEngine[Any]:
    """Return the column type of a stored field; whatever is not named here is text."""
    kind = stored_kind(field)
    match kind.kind:
        case "decimal" | "wide":
            return ExactDecimal(kind.scale or 0, is_wide=kind.kind == "wide")
        case "range":
            return RangeText(kind.length or 0, closed=kind.closed)
        case "link":
            return LinkText(field.targets)
        case "sealed":
            return SealedText(random=kind.random)
    return _BY_KIND.get(kind.kind, TEXT_BY_CODE_POINT)
