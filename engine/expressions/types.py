"""Types of the expression language, and what a checker knows of the place where a formula stands.

A type is a scalar, a list of one type, or a record of a named shape. In JSON: "number", {"list": "number"},
{"record": "stock.item"}.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Scalar:
    """A type without parts, known by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class ListOf:
    """Several values of one type: the column of a sub-table, its rows, a field of many choices."""

    item: "Type"


@dataclass(frozen=True, slots=True)
class RecordOf:
    """A record or a row; `entity` is a key of the scope's shapes: "stock.item", or "stock.order/lines" for a row."""

    entity: str


Type: TypeAlias = Scalar | ListOf | RecordOf

NUMBER = Scalar("number")
TEXT = Scalar("text")
BOOLEAN = Scalar("boolean")
DATE = Scalar("date")
TIME = Scalar("time")
DATETIME = Scalar("datetime")
BLANK = Scalar("blank")
USER = Scalar("user")
DEPARTMENT = Scalar("department")
UNKNOWN = Scalar("unknown")
"""The type of what has a problem already: it fits everywhere, so that one mistake is reported once."""

SCALARS: Mapping[str, Scalar] = {
    kind.name: kind for kind in (NUMBER, TEXT, BOOLEAN, DATE, TIME, DATETIME, BLANK, USER, DEPARTMENT, UNKNOWN)
}
ORDERED = frozenset({NUMBER, TEXT, DATE, TIME, DATETIME})
PEOPLE: Mapping[Scalar, str] = {USER: "system.user", DEPARTMENT: "system.department"}

_WORDS: Mapping[str, tuple[str, str]] = {
    "number": ("数字", "number"),
    "text": ("文本", "text"),
    "boolean": ("是/否", "yes/no"),
    "date": ("日期", "date"),
    "time": ("时间", "time"),
    "datetime": ("日期时间", "date and time"),
    "blank": ("空", "blank"),
    "user": ("人员", "user"),
    "department": ("部门", "department"),
    "unknown": ("未知", "unknown"),
}


@dataclass(frozen=True, slots=True)
class MeasureType:
    """What `MEASURE(name, ...)` takes and gives."""

    dimensions: Mapping[str, Type]
    result: Type = NUMBER


@dataclass(frozen=True, slots=True)
class Scope:
    """What a formula may name.

    `names` are the fields of the record (in a row: the row's fields over the record's), `shapes` the fields of every
    record that a path may lead to, `old` the fields before the change, where there is a change. `calendars` are the shapes
    whose records are calendars of working days.
    """

    names: Mapping[str, Type] = field(default_factory=dict)
    shapes: Mapping[str, Mapping[str, Type]] = field(default_factory=dict)
    measures: Mapping[str, MeasureType] = field(default_factory=dict)
    old: Mapping[str, Type] | None = None
    calendars: frozenset[str] = frozenset()

    def shape_of(self, kind: Type) -> str | None:
        """Return the key of the shape that members of this type are looked up in, None for what has no members."""
        if isinstance(kind, ListOf):
            return self.shape_of(kind.item)
        if isinstance(kind, RecordOf):
            return kind.entity
        shape = PEOPLE.get(kind)
        return shape if shape in self.shapes else None

    def user(self) -> Type:
        """Return the type of ME and INITIATOR."""
        return self.person(USER)

    def person(self, kind: Scalar) -> Type:
        """Return the type of a user or a department: a record where its fields are known."""
        return RecordOf(PEOPLE[kind]) if PEOPLE[kind] in self.shapes else kind


def type_to_json(kind: Type) -> object:
    """Return the JSON spelling of a type."""
    if isinstance(kind, ListOf):
        return {"list": type_to_json(kind.item)}
    if isinstance(kind, RecordOf):
        return {"record": kind.entity}
    return kind.name


def type_from_json(spelling: object) -> Type:
    """Return the type that a JSON spelling names. Raises ValueError for anything else."""
    if isinstance(spelling, str) and spelling in SCALARS:
        return SCALARS[spelling]
    if isinstance(spelling, Mapping) and "list" in spelling:
        return ListOf(type_from_json(spelling["list"]))
    if isinstance(spelling, Mapping) and isinstance(spelling.get("record"), str):
        return RecordOf(spelling["record"])
    raise ValueError(f"not a type: {spelling!r}")


def type_words(kind: Type) -> dict[str, str]:
    """Return the name of a type for people, by language."""
    if isinstance(kind, ListOf):
        item = type_words(kind.item)
        return {"zh-CN": f"{item['zh-CN']}列表", "en": f"list of {item['en']}"}
    if isinstance(kind, RecordOf):
        return {"zh-CN": f"记录 {kind.entity}", "en": f"record {kind.entity}"}
    chinese, english = _WORDS[kind.name]
    return {"zh-CN": chinese, "en": english}


def is_identity(kind: Type) -> bool:
    """Return whether values of this type are ids: a user, a department, a stored record."""
    return kind in PEOPLE or (isinstance(kind, RecordOf) and "/" not in kind.entity)


def unify(one: Type, other: Type) -> Type | None:
    """Return the type that holds values of both, None if there is none. An id goes with text."""
    if other in (one, BLANK):
        return one
    if one == BLANK:
        return other
    if UNKNOWN in (one, other):
        return UNKNOWN
    if isinstance(one, ListOf) and isinstance(other, ListOf):
        item = unify(one.item, other.item)
        return None if item is None else ListOf(item)
    return _unify_ids(one, other) or _unify_ids(other, one)


def _unify_ids(one: Type, other: Type) -> Type | None:
    if not is_identity(one):
        return None
    if other == TEXT:
        return one
    if isinstance(one, RecordOf) and isinstance(other, Scalar) and PEOPLE.get(other) == one.entity:
        return one
    return None
