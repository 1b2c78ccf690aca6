"""Conditions over records as data, and as SQL: what people put together from field, operator and value."""

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any, Literal

from sqlalchemy import JSON, ColumnElement, Select, and_, bindparam, exists, false, func, or_, select, true

from engine.definition.model import Field
from engine.definition.rows import is_within
from engine.errors import Invalid
from engine.problems import Problem
from engine.storage.path_columns import PathColumns
from engine.storage.ranges import RangeText, holds, overlaps
from engine.storage.sealed import hash_of, hashes, is_sealed
from engine.storage.trees import nodes_below, tree_of
from engine.storage.types import ExactDecimal, ExactInteger

Operator = Literal[
    "eq",
    "ne",
    "lt",
    "le",
    "gt",
    "ge",
    "in",
    "not_in",
    "contains",
    "starts_with",
    "overlaps",
    "under",
    "blank",
    "not_blank",
    "between",
]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One comparison. `value` is canonical (Decimal, date, text ...); a sequence for in, not_in and between.

    A path into a sub-table (`lines.item`) holds if any row does. Comparison with a blank field does not hold.
    """

    path: str
    op: Operator
    value: object = None


@dataclass(frozen=True, slots=True)
class And:
    """All of them hold; nothing holds always."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """One of them holds; nothing never holds."""

    parts: tuple["Condition", ...]


Condition = Leaf | And | Or


def paths_of(condition: Condition | None) -> Iterator[str]:
    """Yield the paths that a condition compares."""
    match condition:
        case Leaf(path):
            yield path
        case And(parts) | Or(parts):
            for part in parts:
                yield from paths_of(part)


Sql = ColumnElement[bool]


def condition_sql(condition: Condition, columns: PathColumns, dialect: str) -> Sql:
    """Return a condition as SQL, joining what its paths need. Raises Invalid `unknown_path` or `unknown_operator`."""
    match condition:
        case And(parts):
            return and_(true(), *(condition_sql(part, columns, dialect) for part in parts))
        case Or(parts):
            return or_(false(), *(condition_sql(part, columns, dialect) for part in parts))
        case Leaf(path):
            linked = _linked(condition, columns)
            if linked is not None:
                return linked
            table = table_at(columns.place.rows, path)
            if table and not is_within(columns.rows, table):
                return _any_row(condition, columns, table, dialect)
            if condition.op == "under":
                return _under(condition, columns)
            return leaf_sql(condition, columns.column(path), dialect)


def _linked(leaf: Leaf, columns: PathColumns) -> Sql | None:
    """Return a question about a list of references as one about its links, None where it is another."""
    links = columns.tables.links_of(columns.place.entity.key) if leaf.op in {"contains", "under"} else ()
    link = next((one for one in links if one.path == leaf.path), None)
    if link is None or columns.rows:
        return None
    target, wanted = link.table.c["_target_id"], [str(one) for one in _several(leaf.value)]
    held = target.in_(wanted) if leaf.op == "contains" else target.in_(_below(columns, link.field, wanted))
    return columns.place.id.in_(select(link.table.c["_record_id"]).where(held))


def _under(leaf: Leaf, columns: PathColumns) -> Sql:
    """Return whether what is pointed at is one of some records, or lies below it."""
    column, field = columns.column(leaf.path), columns.field(leaf.path)
    wanted = [str(one) for one in _several(leaf.value)]
    if field is None:
        raise Invalid([Problem("unknown_operator", params={"operator": leaf.op})])
    return column.in_(_below(columns, field, wanted))


def _below(columns: PathColumns, field: Field, wanted: list[str]) -> Select[Any]:
    tree = tree_of(columns.tables.entity(field.to).entity) if field.to in columns.tables else ""
    if not tree:
        raise Invalid([Problem("unknown_operator", params={"operator": "under"})])
    return nodes_below(tree, wanted)


def leaf_sql(leaf: Leaf, column: ColumnElement[Any], dialect: str) -> Sql:
    """Return one comparison of a column as SQL. Raises Invalid `unknown_operator`."""
    if isinstance(column.type, JSON) and leaf.op in {"contains", "eq", "in"}:
        wanted = leaf.value if isinstance(leaf.value, (list, tuple)) else [leaf.value]
        return or_(false(), *(_has_member(column, str(value), dialect) for value in wanted))
    if isinstance(column.type, RangeText) and leaf.op in {"contains", "overlaps"}:
        return (holds if leaf.op == "contains" else overlaps)(column, str(leaf.value))
    if is_sealed(column) and leaf.op not in {"blank", "not_blank"}:
        return _sealed(leaf, column)
    operator = _OPERATORS.get(leaf.op)
    if operator is None:
        raise Invalid([Problem("unknown_operator", params={"operator": leaf.op})])
    return operator(column, leaf.value)


def _sealed(leaf: Leaf, column: ColumnElement[Any]) -> Sql:
    """Compare the keyed hash of an encrypted value: nothing else of it can be compared."""
    wanted = hashes([one for one in _several(leaf.value) if one is not None])
    match leaf.op:
        case "eq" | "in":
            return hash_of(column).in_(wanted)
        case "ne" | "not_in":
            return and_(column.is_not(None), hash_of(column).not_in(wanted))
    raise Invalid([Problem("unknown_operator", params={"operator": leaf.op})])


def table_at(tables: Container[str], path: str) -> str:
    """Return the innermost sub-table that a path from the record goes into, empty if it goes into none."""
    names = path.split(".")
    ends = range(len(names) - 1, 0, -1)
    return next((outer for end in ends if (outer := ".".join(names[:end])) in tables), "")


def _any_row(leaf: Leaf, columns: PathColumns, table: str, dialect: str) -> Sql:
    rows = columns.place.rows[table]
    inner = PathColumns(columns.tables, columns.place.entity.key, table, source=rows.table)
    held = _under(leaf, inner) if leaf.op == "under" else leaf_sql(leaf, inner.column(leaf.path), dialect)
    return columns.place.id.in_(select(rows.record_id).select_from(inner.source).where(held))


def _has_member(column: ColumnElement[Any], value: str, dialect: str) -> Sql:
    if dialect == "postgresql":
        return column.op("@>", is_comparison=True)(bindparam(None, [value], type_=column.type))
    members = func.json_each(column).table_valued("value")
    return exists().select_from(members).where(members.c.value == value)


def _in(column: ColumnElement[Any], value: object) -> Sql:
    return column.in_([one for one in _several(value) if not _is_finer(column, one)])


def _between(column: ColumnElement[Any], value: object) -> Sql:
    low, high = (*_several(value), None, None)[:2]
    parts = [_at_least(column, low)] if low is not None else []
    return and_(true(), *parts, *([_at_most(column, high)] if high is not None else []))


def _contains(column: ColumnElement[Any], value: object) -> Sql:
    return column.icontains(str(value), autoescape=True)


def _starts_with(column: ColumnElement[Any], value: object) -> Sql:
    # A range, not LIKE: both databases answer it from an index, and by code point.
    text = str(value)
    end = text[:-1] + chr(ord(text[-1]) + 1) if text and ord(text[-1]) not in {0xD7FF, 0x10FFFF} else ""
    return and_(column >= text, column < end) if end else column >= text


def _equal(column: ColumnElement[Any], value: object) -> Sql:
    return false() if _is_finer(column, value) else column == value


def _unequal(column: ColumnElement[Any], value: object) -> Sql:
    return column.is_not(None) if _is_finer(column, value) else column != value


def _less(column: ColumnElement[Any], value: object) -> Sql:
    return column < _bounded(column, value, ROUND_CEILING)


def _at_most(column: ColumnElement[Any], value: object) -> Sql:
    return column <= _bounded(column, value, ROUND_FLOOR)


def _greater(column: ColumnElement[Any], value: object) -> Sql:
    return column > _bounded(column, value, ROUND_FLOOR)


def _at_least(column: ColumnElement[Any], value: object) -> Sql:
    return column >= _bounded(column, value, ROUND_CEILING)


_OPERATORS: Mapping[str, Callable[[ColumnElement[Any], object], Sql]] = {
    "eq": _equal,
    "ne": _unequal,
    "lt": _less,
    "le": _at_most,
    "gt": _greater,
    "ge": _at_least,
    "in": _in,
    "not_in": lambda column, value: column.not_in(list(_several(value))),
    "contains": _contains,
    "starts_with": _starts_with,
    "blank": lambda column, _: column.is_(None),
    "not_blank": lambda column, _: column.is_not(None),
    "between": _between,
}


def _several(value: object) -> Sequence[object]:
    return value if isinstance(value, (list, tuple)) else [value]


def _scale(column: ColumnElement[Any]) -> int | None:
    kind = column.type
    return kind.scale if isinstance(kind, ExactDecimal) else 0 if isinstance(kind, ExactInteger) else None


def _bounded(column: ColumnElement[Any], value: object, rounding: str) -> object:
    # A bound with more decimals than the column keeps is moved to the next one that the column can hold.
    scale = _scale(column)
    if scale is None or not isinstance(value, Decimal):
        return value
    return value.quantize(Decimal(1).scaleb(-scale), rounding)


def _is_finer(column: ColumnElement[Any], value: object) -> bool:
    return isinstance(value, Decimal) and _scale(column) is not None and _bounded(column, value, ROUND_FLOOR) != value
