"""Columns that hold two ends in one text of fixed width: `2026-03-02/2026-03-08`."""

from typing import Any

from sqlalchemy import ColumnElement, Text, and_, func, type_coerce
from sqlalchemy.dialects.postgresql import TEXT
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine


class RangeText(TypeDecorator[str]):
    """Two ends of `width` characters each; `closed` says that the last one belongs to the stretch."""

    impl = Text
    cache_ok = True

    def __init__(self, width: int, *, closed: bool) -> None:
        super().__init__()
        self.width = width
        self.closed = closed

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Compare by code point on both databases."""
        return dialect.type_descriptor(TEXT(collation="C") if dialect.name == "postgresql" else Text())


def holds(column: ColumnElement[Any], point: str) -> ColumnElement[bool]:
    """Return whether a stretch holds a point."""
    first, last, closed = _ends(column)
    return and_(first <= point, (last >= point) if closed else (last > point))


def overlaps(column: ColumnElement[Any], other: str) -> ColumnElement[bool]:
    """Return whether a stretch has something in common with another; ends that only touch have where they belong to it."""
    first, last, closed = _ends(column)
    start, _, end = other.partition("/")
    return and_(first <= end, last >= start) if closed else and_(first < end, last > start)


def _ends(column: ColumnElement[Any]) -> tuple[ColumnElement[str], ColumnElement[str], bool]:
    kind = column.type
    if not isinstance(kind, RangeText):
        raise TypeError("only a range has ends")
    text = type_coerce(column, Text().with_variant(TEXT(collation="C"), "postgresql"))
    return func.substr(text, 1, kind.width), func.substr(text, kind.width + 2, kind.width), kind.closed
