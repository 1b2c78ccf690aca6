"""What a field type is: every aspect of one kind of value, in one object, in one file.

A value has four forms: *JSON* (on the wire), *canonical* (in Python and for the storage), *text* (in a spreadsheet) and
the value of an expression. A field type turns each of them into the canonical one and back. Blank is None everywhere.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Literal

from engine.definition.model import Field
from engine.expressions import TEXT, Type
from engine.problems import Problem

ColumnName = Literal[
    "text", "integer", "decimal", "boolean", "date", "time", "datetime", "json", "reference", "rows",
]  # fmt: skip

EQUALITY = ("eq", "ne", "in", "not_in", "blank", "not_blank")
ORDER = ("eq", "ne", "lt", "le", "gt", "ge", "between", "in", "not_in", "blank", "not_blank")
WORDS = ("contains", "starts_with", "eq", "ne", "in", "not_in", "blank", "not_blank")
MEMBERS = ("contains", "blank", "not_blank")
PRESENCE = ("blank", "not_blank")


@dataclass(frozen=True, slots=True)
class ColumnKind:
    """How the canonical value is stored, as plain data: `scale` digits after the point, `length` characters at most."""

    kind: ColumnName
    scale: int | None = None
    length: int | None = None


class FieldType(ABC):
    """The aspects of one kind of value. Subclasses change what differs.

    `json_type` and `json_format` are what a field's JSON Schema must say; `settings` are the `x-field` keys that only some
    types know; `keywords` the JSON Schema keywords that it obeys beside the ones of every field.
    """

    name: ClassVar[str]
    title: ClassVar[Mapping[str, str]]
    docs: ClassVar[Mapping[str, str]]
    control: ClassVar[str]
    json_type: ClassVar[str] = "string"
    json_format: ClassVar[str | None] = None
    settings: ClassVar[frozenset[str]] = frozenset()
    keywords: ClassVar[frozenset[str]] = frozenset()
    operators: ClassVar[tuple[str, ...]] = EQUALITY
    sortable: ClassVar[bool] = True
    computable: ClassVar[bool] = False
    default_scale: ClassVar[int | None] = None

    def json_form(self, field: Field) -> dict[str, object]:
        """Return the JSON Schema of a valid JSON value of the field."""
        form: dict[str, object] = {"type": self.json_type}
        return form | ({"format": self.json_format} if self.json_format else {})

    def expression_type(self, owner: str, to: str) -> Type:
        """Return the type that formulas see. `owner` is the key of the entity (or row shape), `to` of the reference."""
        return TEXT

    def column(self, field: Field) -> ColumnKind:
        """Return how the value is stored."""
        return ColumnKind("text")

    @abstractmethod
    def coerce(self, value: object, field: Field) -> object:
        """Return the canonical value of a JSON value that is not null, or the Problem that it is of the wrong kind."""

    def problems(self, value: object, field: Field) -> tuple[Problem, ...]:
        """Return what a canonical value breaks: too long, too many decimals, not an option ..."""
        return ()

    def to_json(self, value: object) -> object:
        """Return the JSON value of a canonical one."""
        return value

    def to_text(self, value: object, field: Field, language: str = "zh-CN") -> str:
        """Return what stands in a spreadsheet's cell."""
        return str(value)

    def from_text(self, text: str, field: Field) -> object:
        """Return the canonical value of a cell's text that is not empty, or a Problem."""
        return self.coerce(text, field)

    def from_expression(self, value: object, field: Field) -> object:
        """Return the canonical value of what a formula gave; a number is rounded half up to the field's scale."""
        return value

    @abstractmethod
    def example(self, field: Field) -> object:
        """Return a valid JSON value, for documentation and import templates."""


def wrong_type(zh: str, en: str) -> Problem:
    """Return the finding that a value is not of the kind that the field asks for."""
    return Problem("wrong_type", params={"expected": {"zh-CN": zh, "en": en}})


def setting_number(field: Field, name: str) -> Decimal | None:
    """Return a bound that stands as text in `x-field` (`min`, `max`)."""
    value = field.settings.get(name)
    return Decimal(value) if isinstance(value, str) else None


def whole(field: Field, keyword: str) -> int | None:
    """Return the whole number that a keyword of the field's JSON Schema (or its settings) gives."""
    value = field.schema.get(keyword, field.settings.get(keyword))
    return value if isinstance(value, int) else None
