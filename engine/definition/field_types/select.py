"""One of several choices."""

from typing import ClassVar

from engine.definition.field_types.aspects import EQUALITY, EXTREMES, ColumnKind, wrong_type
from engine.definition.field_types.field_type import FieldType
from engine.definition.model import Field, Option
from engine.problems import LANGUAGES, Problem


class Select(FieldType):
    """One choice. A retired one stays readable and cannot be chosen anew."""

    name = "select"
    title = {"zh-CN": "单选", "en": "Select"}
    docs = {
        "zh-CN": "从选项中选一项；oneOf 列出选项（const 与 title），colors 着色，retired 停用；或用 options 引用共享的选项集。",
        "en": "One of the choices in `oneOf` (`const` and `title`); `colors` paints, `retired` takes out of use; or those of "
        "the shared set in `options`.",
    }
    control = "select"
    controls: ClassVar[tuple[str, ...]] = ("dropdown", "radio", "buttons")
    settings = frozenset({"colors", "retired", "options"})
    choices = "own"
    told = True
    keywords = frozenset({"oneOf", "enum"})
    operators = EQUALITY
    functions = EXTREMES
    computable = True

    def json_form(self, field: Field) -> dict[str, object]:
        """Return the values of the choices."""
        return {"type": "string", "enum": [option.value for option in field.options]}

    def column(self, field: Field) -> ColumnKind:
        """Store the value of the choice."""
        return ColumnKind("text", length=63)

    def coerce(self, value: object, field: Field) -> object:
        """Accept text; an empty one is blank."""
        return value or None if isinstance(value, str) else wrong_type("选项的值", "the value of a choice")

    def problems(self, value: object, field: Field) -> tuple[Problem, ...]:
        """Check that it is a choice that may be taken."""
        return choice_problems(value, field.options)

    def to_text(self, value: object, field: Field, language: str = "zh-CN") -> str:
        """Return the title of the choice."""
        return choice_title(value, field, language)

    def from_text(self, text: str, field: Field) -> object:
        """Accept a title in any language, or the value."""
        return choice_value(text.strip(), field)

    def example(self, field: Field) -> object:
        """Return the first choice in use."""
        return next((option.value for option in field.options if not option.retired), "")


def choice_problems(value: object, options: tuple[Option, ...]) -> tuple[Problem, ...]:
    """Return what one value breaks."""
    found = next((option for option in options if option.value == value), None)
    if found is None:
        allowed = [option.value for option in options if not option.retired]
        return (Problem("not_an_option", params={"value": str(value)[:80], "options": allowed}),)
    return (Problem("option_retired", params={"value": found.title, "option": found.value}),) if found.retired else ()


def choice_title(value: object, field: Field, language: str) -> str:
    """Return the title of a value, or the value if it is none of the choices."""
    found = next((option for option in field.options if option.value == value), None)
    return found.title.get(language, found.title["zh-CN"]) if found else str(value)


def choice_value(text: str, field: Field) -> object:
    """Return the value whose title (in any language) or value is `text`, or a Problem."""
    for option in field.options:
        if text == option.value or text in option.title.values():
            return option.value
    titles = {
        language: ", ".join(option.title.get(language, option.title["zh-CN"]) for option in field.options)
        for language in LANGUAGES
    }
    return Problem("not_an_option", params={"value": text[:80], "options": titles})
