"""Several of several choices."""

import re
from typing import ClassVar

from engine.definition.field_types.aspects import MEMBERS, ColumnKind, whole, wrong_type
from engine.definition.field_types.field_type import FieldType
from engine.definition.field_types.select import choice_problems, choice_title, choice_value
from engine.definition.model import Field
from engine.expressions import TEXT, ListOf, Type
from engine.problems import Problem

_BETWEEN = re.compile("[、,，;；]")


class MultiSelect(FieldType):
    """A list of choices without repetition; an empty one is blank."""

    name = "multi_select"
    title = {"zh-CN": "多选", "en": "Multi-select"}
    docs = {
        "zh-CN": "从选项中选若干项；选项写在 items.oneOf，或用 options 引用共享的选项集。",
        "en": "Some of the choices in `items.oneOf` or of the shared set in `options`, none of them twice.",
    }
    control = "multi_select"
    controls: ClassVar[tuple[str, ...]] = ("dropdown", "checkboxes", "ranking")
    choices = "own"
    told = True
    names_record = False
    json_type = "array"
    settings = frozenset({"colors", "retired", "options"})
    keywords = frozenset({"items", "minItems", "maxItems", "uniqueItems"})
    operators = MEMBERS
    sortable = False

    def json_form(self, field: Field) -> dict[str, object]:
        """Return a list of the values of the choices."""
        items = {"type": "string", "enum": [option.value for option in field.options]}
        return {"type": "array", "uniqueItems": True, "items": items}

    def expression_type(self, owner: str, to: str) -> Type:
        """Return list of text."""
        return ListOf(TEXT)

    def column(self, field: Field) -> ColumnKind:
        """Store the list as JSON."""
        return ColumnKind("json")

    def coerce(self, value: object, field: Field) -> object:
        """Accept a list of text; an empty one is blank."""
        if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
            return wrong_type("选项值的列表", "a list of the values of choices")
        return list(value) or None

    def problems(self, value: object, field: Field) -> tuple[Problem, ...]:
        """Check every choice, repetition and the count."""
        chosen = value if isinstance(value, list) else []
        found = [
            problem.under(f"/{i}") for i, one in enumerate(chosen) for problem in choice_problems(one, field.options)
        ]
        if len(set(chosen)) != len(chosen):
            found.append(Problem("duplicate_value"))
        return (*found, *count_problems(len(chosen), field))

    def to_text(self, value: object, field: Field, language: str = "zh-CN") -> str:
        """Return the titles, one after the other."""
        parts = value if isinstance(value, list) else []
        return ("、" if language == "zh-CN" else ", ").join(choice_title(part, field, language) for part in parts)

    def from_text(self, text: str, field: Field) -> object:
        """Accept titles or values between commas."""
        values = [choice_value(part.strip(), field) for part in _BETWEEN.split(text) if part.strip()]
        wrong = next((value for value in values if isinstance(value, Problem)), None)
        return wrong or values or None

    def to_filter(self, value: object, field: Field, operator: str) -> object:
        """Return the choices that a list must hold; one alone may stand for itself."""
        return value if isinstance(value, str) else self.coerce(value, field)

    def example(self, field: Field) -> object:
        """Return the first choice in use, as a list."""
        return [option.value for option in field.options if not option.retired][: whole(field, "minItems") or 1]


def count_problems(count: int, field: Field) -> tuple[Problem, ...]:
    """Return what a count of members breaks of `minItems` and `maxItems`."""
    least, most = whole(field, "minItems") or 0, whole(field, "maxItems")
    if count < least:
        return (Problem("too_few_items", params={"limit": least, "count": count}),)
    if most is not None and count > most:
        return (Problem("too_many_items", params={"limit": most, "count": count}),)
    return ()
