"""What a field type is: every aspect of one kind of value, in one object, in one file.

A value has five forms: *JSON* (on the wire), *canonical* (in Python and for the storage), *text* (in a spreadsheet),
*print* (for people's eyes only) and the value of an expression. A field type turns each of them into the canonical one
and back. Blank is None everywhere. Nothing outside this folder asks for a type by its name: it asks for an aspect.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import ClassVar

from engine.definition.field_types.aspects import EQUALITY, NO_FUNCTIONS, SEALED, ColumnKind
from engine.definition.field_types.masks import masked
from engine.definition.model import Field
from engine.expressions import TEXT, Type
from engine.problems import LANGUAGES, Problem

_NOT_SERVED = frozenset(
    {"to", "filter", "on_delete", "pattern", "policy", "start", "colors", "retired", "options", "encrypted", "fields",
     "control", "within"}
)  # fmt: skip


class FieldType(ABC):
    """The aspects of one kind of value. Subclasses change what differs.

    `json_type` and `json_format` are what a field's JSON Schema must say (an empty type: anything); `settings` are the
    `x-field` keys that only some types know; `keywords` the JSON Schema keywords that it obeys beside the ones of every
    field; `controls` the other controls that `x-field.control` may name.
    """

    name: ClassVar[str]
    title: ClassVar[Mapping[str, str]]
    docs: ClassVar[Mapping[str, str]]
    control: ClassVar[str]
    controls: ClassVar[tuple[str, ...]] = ()
    json_type: ClassVar[str] = "string"
    json_format: ClassVar[str | None] = None
    settings: ClassVar[frozenset[str]] = frozenset()
    keywords: ClassVar[frozenset[str]] = frozenset()
    operators: ClassVar[tuple[str, ...]] = EQUALITY
    functions: ClassVar[frozenset[str]] = NO_FUNCTIONS
    """What totals and groups can do with values: sum, avg, min, max, count."""
    sortable: ClassVar[bool] = True
    computable: ClassVar[bool] = False
    """Whether a formula may give the value."""
    made: ClassVar[bool] = False
    """Whether the engine alone gives the value: nobody may send one, and the JSON Schema says `readOnly`."""
    wide: ClassVar[bool] = False
    """Whether a form gives it the whole width."""
    listed: ClassVar[bool] = True
    """Whether a table that nobody drew shows it."""
    names_record: ClassVar[bool] = True
    """Whether it can be what a record is called by."""
    worded: ClassVar[bool] = False
    """Whether it is words that a search looks into."""
    told: ClassVar[bool] = False
    """Whether people know it by words although it is none, so that the search over all records finds it by them."""
    choices: ClassVar[str] = ""
    """Where the choices are, if values are choices: `own` (or a shared set), `tree` (a shared set), or which roles."""
    freezes: ClassVar[bool] = False
    """Whether the value is a copy of some `fields` of the record that the field at `of` points at."""
    needed: ClassVar[frozenset[str]] = frozenset()
    """The settings that a field of this type cannot do without."""
    points_by_to: ClassVar[bool] = False
    """Whether `to` must say what the value points at."""
    holds_files: ClassVar[bool] = False
    maskable: ClassVar[bool] = True
    """Whether something can stand for the value where only a masked one may be seen."""
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

    def problems_beside(self, value: object, field: Field, beside: Mapping[str, object]) -> tuple[Problem, ...]:
        """Return what a canonical value breaks together with the other values of its record (of its row, if it has one)."""
        return ()

    def problems_against(self, value: object, field: Field, other: object) -> tuple[Problem, ...]:
        """Return what a canonical value breaks against the value that the field's `against` leads to."""
        return ()

    def keeps(self, value: object) -> bool:
        """Say whether a JSON value only stands for "as it was": what a value that never leaves is read as."""
        return False

    def to_json(self, value: object) -> object:
        """Return the JSON value of a canonical one."""
        return value

    def to_text(self, value: object, field: Field, language: str = "zh-CN") -> str:
        """Return what stands in a spreadsheet's cell: `from_text` reads it back."""
        return str(value)

    def to_print(self, value: object, field: Field, language: str = "zh-CN") -> str:
        """Return how people read the value on a page, with its unit; nothing reads it back."""
        return self.to_text(value, field, language)

    def from_text(self, text: str, field: Field) -> object:
        """Return the canonical value of a cell's text that is not empty, or a Problem."""
        return self.coerce(text, field)

    def from_expression(self, value: object, field: Field) -> object:
        """Return the canonical value of what a formula gave; a number is rounded half up to the field's scale."""
        return value

    def to_filter(self, value: object, field: Field, operator: str) -> object:
        """Return what a filter compares with, from its JSON value, or a Problem."""
        return self.coerce(value, field)

    def mask(self, value: object, field: Field, language: str = "zh-CN") -> str:
        """Return how the value looks to those who may only see it masked."""
        return masked(self.to_print(value, field, language), str(field.settings.get("mask", "all")))

    @abstractmethod
    def example(self, field: Field) -> object:
        """Return a valid JSON value, for documentation and import templates."""

    def found_by(self, value: object, field: Field) -> tuple[str, ...]:
        """Return the texts by which the search over all records finds a canonical value."""
        if self.worded:
            return (str(value),)
        told = (self.to_print(value, field, language) for language in LANGUAGES) if self.told else ()
        return tuple(dict.fromkeys(told))

    def is_guarded(self, field: Field) -> bool:
        """Say whether the value is encrypted where it is stored, and never in clear in searches and in the audit."""
        return field.settings.get("encrypted") is True

    def operators_for(self, field: Field) -> tuple[str, ...]:
        """Return the operators that filters may use: those of the type, less what encryption takes away."""
        return tuple(one for one in self.operators if one in SEALED) if self.is_guarded(field) else self.operators

    def sortable_for(self, field: Field) -> bool:
        """Say whether records can be put in the order of the field."""
        return self.sortable and not self.is_guarded(field)

    def functions_for(self, field: Field) -> frozenset[str]:
        """Return what totals can do with the field: how many different values there are, where these can be told apart."""
        told_apart = frozenset({"distinct"}) if self.sortable_for(field) else frozenset[str]()
        return (NO_FUNCTIONS if self.is_guarded(field) else self.functions) | told_apart

    def accepted(self, field: Field) -> tuple[str, ...]:
        """Return the kinds of file that the field takes; none named means any."""
        return ()

    def setting_problems(self, field: Field) -> tuple[Problem, ...]:
        """Return what is wrong with the settings of a field, with pointers inside `x-field`."""
        return ()

    def target(self, owner: str, field: Field) -> str:
        """Return the shape that the value's ids lead to ("": it points at nothing); `owner` is the key of the entity."""
        return ""

    def formula_text(self, field: Field) -> str:
        """Return the formula that a value of this type is computed by, "" for none: it need not be written."""
        return ""

    def at_creation(self, new_id: str) -> object:
        """Return what a new record or row gets that has no value yet, None for nothing; `new_id` is fresh."""
        return None

    def meta(self, field: Field) -> dict[str, object]:
        """Return what a browser must know beside what every field tells: its settings, as they are declared."""
        return {name: field.settings[name] for name in sorted(self.settings - _NOT_SERVED) if name in field.settings}
