"""A choice among choices that have choices below them."""

from collections.abc import Iterator
from typing import ClassVar

from engine.definition.field_types.aspects import EQUALITY, EXTREMES
from engine.definition.field_types.select import Select
from engine.definition.model import Field, Option
from engine.problems import Problem

Path = tuple[Option, ...]


class Cascade(Select):
    """One node of a shared set that is a tree; shown with what is above it."""

    name = "cascade"
    title = {"zh-CN": "级联选择", "en": "Cascade"}
    docs = {
        "zh-CN": "从树形选项集（options）中逐级选择，显示为 “A / B / C”；any_level 允许停在中间。",
        "en": 'One node of the tree in `options`, shown as "A / B / C"; with `any_level` one may stop on the way.',
    }
    control = "cascade"
    controls: ClassVar[tuple[str, ...]] = ()
    settings = frozenset({"options", "any_level"})
    keywords = frozenset()
    operators = EQUALITY
    functions = EXTREMES
    choices = "tree"
    needed = frozenset({"options"})

    def json_form(self, field: Field) -> dict[str, object]:
        """Return the values that may be chosen."""
        return {
            "type": "string",
            "enum": [path[-1].value for path in paths(field.options) if self._may_end(path, field)],
        }

    def problems(self, value: object, field: Field) -> tuple[Problem, ...]:
        """Check that it is a node that may be taken: in use, and the last of its branch unless any level will do."""
        path = _path(value, field)
        if path is None:
            return (Problem("not_in_the_tree", params={"value": str(value)[:80]}),)
        if any(one.retired for one in path):
            return (Problem("option_retired", params={"value": path[-1].title, "option": path[-1].value}),)
        return () if self._may_end(path, field) else (Problem("not_the_last_level", params={"value": path[-1].title}),)

    def to_text(self, value: object, field: Field, language: str = "zh-CN") -> str:
        """Return the titles on the way."""
        path = _path(value, field)
        return " / ".join(one.title.get(language, one.title["zh-CN"]) for one in path) if path else str(value)

    def from_text(self, text: str, field: Field) -> object:
        """Accept the titles on the way, the value, or the title of a node that has no namesake."""
        bare = " / ".join(part.strip() for part in text.split("/"))
        known = list(paths(field.options))
        for path in known:
            ways = {
                " / ".join(one.title.get(language, one.title["zh-CN"]) for one in path) for language in ("zh-CN", "en")
            }
            if bare in ways or bare == path[-1].value:
                return path[-1].value
        named = [path[-1].value for path in known if bare in path[-1].title.values()]
        return named[0] if len(named) == 1 else Problem("not_in_the_tree", params={"value": text[:80]})

    def example(self, field: Field) -> object:
        """Return the first node that may be chosen."""
        free = (path for path in paths(field.options) if not self.problems(path[-1].value, field))
        return next((path[-1].value for path in free), "")

    def _may_end(self, path: Path, field: Field) -> bool:
        return not path[-1].options or field.settings.get("any_level") is True


def paths(options: tuple[Option, ...], above: Path = ()) -> Iterator[Path]:
    """Yield every node with those above it, each branch in its order."""
    for one in options:
        yield (*above, one)
        yield from paths(one.options, (*above, one))


def _path(value: object, field: Field) -> Path | None:
    return next((path for path in paths(field.options) if path[-1].value == value), None)
