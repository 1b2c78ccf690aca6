"""The plain words that aspects of field types are told in: columns, operators, findings, settings."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from engine.definition.model import Field
from engine.problems import Problem

ColumnName = Literal[
    "text", "integer", "decimal", "boolean", "date", "time", "datetime", "json", "reference", "range", "sealed", "rows", "wide",
    "link",
]  # fmt: skip

UNDER = "under"
"""Whether what is pointed at lies below something, or is it; asked of trees only."""
EQUALITY = ("eq", "ne", "in", "not_in", "blank", "not_blank")
ORDER = ("eq", "ne", "lt", "le", "gt", "ge", "between", "in", "not_in", "blank", "not_blank")
WORDS = ("contains", "starts_with", "eq", "ne", "in", "not_in", "blank", "not_blank")
MEMBERS = ("contains", "blank", "not_blank")
SPAN = ("contains", "overlaps", "eq", "blank", "not_blank")
PRESENCE = ("blank", "not_blank")
SEALED = frozenset(EQUALITY)
"""What can be asked of an encrypted value."""

NO_FUNCTIONS = frozenset({"count"})
EXTREMES = frozenset({"count", "min", "max"})
NUMBERS = frozenset({"count", "min", "max", "sum", "avg", "median", "percentile", "stdev", "stdev_population"})


@dataclass(frozen=True, slots=True)
class ColumnKind:
    """How the canonical value is stored, as plain data.

    `scale` is digits after the point, `digits` all of them; `length` is characters at most, and of one end of a range
    exactly. `closed` says that the last moment of a range belongs to it. A sealed value with `random` is never compared.
    """

    kind: ColumnName
    scale: int | None = None
    length: int | None = None
    digits: int | None = None
    closed: bool = False
    random: bool = False


def wrong_type(zh: str, en: str) -> Problem:
    """Return the finding that a value is not of the kind that the field asks for."""
    return Problem("wrong_type", params={"expected": {"zh-CN": zh, "en": en}})


def malformed(value: object, zh: str, en: str) -> Problem:
    """Return the finding that a text is not written as its type asks; the value is told short."""
    return Problem("malformed", params={"value": str(value)[:40], "expected": {"zh-CN": zh, "en": en}})


def setting_number(field: Field, name: str) -> Decimal | None:
    """Return a bound that stands as text in `x-field` (`min`, `max`)."""
    value = field.settings.get(name)
    return Decimal(value) if isinstance(value, str) else None


def whole(field: Field, keyword: str) -> int | None:
    """Return the whole number that a keyword of the field's JSON Schema (or its settings) gives."""
    value = field.schema.get(keyword, field.settings.get(keyword))
    return value if isinstance(value, int) else None


def setting_text(field: Field, name: str, default: str = "") -> str:
    """Return a word that stands in `x-field`, or the default."""
    value = field.settings.get(name)
    return value if isinstance(value, str) else default


def word_problems(field: Field, allowed: Mapping[str, tuple[str, ...]]) -> tuple[Problem, ...]:
    """Return the settings of a field that say a word that its type does not know."""
    return tuple(
        Problem("setting_value", f"/{name}", {"value": str(field.settings[name]), "allowed": list(words)})
        for name, words in allowed.items()
        if name in field.settings and field.settings[name] not in words
    )
