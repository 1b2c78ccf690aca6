"""Options: those of one field, and shared sets that stand in documents of their own."""

from collections.abc import Iterator, Mapping

from engine.definition.compiling.documents import Document
from engine.definition.compiling.workbench import Part, Workbench, object_of, parts, qualified_name, strings, text_of
from engine.definition.field_types import FieldType
from engine.definition.model import Module, Option, OptionSet
from engine.paths import join

_DEEPEST = 8


def declare_options(bench: Workbench, document: Document) -> None:
    """Make a shared set known."""
    seen: set[str] = set()
    bench.option_sets[document.key] = OptionSet(
        module=document.module,
        id=document.id,
        name=document.name,
        title=bench.text(document, "/title", document.body.get("title")),
        options=_nested(bench, document, document.body.get("options"), "/options", seen, depth=1),
    )


def _nested(
    bench: Workbench, document: Document, value: object, at: str, seen: set[str], *, depth: int, retired: bool = False
) -> tuple[Option, ...]:
    found = []
    for place, part in parts(value, at):
        name = text_of(part, "value")
        if name in seen:
            bench.report(document, join(place, "value"), "duplicate_name", name=name)
        seen.add(name)
        out = retired or part.get("retired") is True
        inner = join(place, "options")
        if "options" in part and depth >= _DEEPEST:
            bench.report(document, inner, "options_too_deep", limit=_DEEPEST)
            below: tuple[Option, ...] = ()
        else:
            below = _nested(bench, document, part.get("options"), inner, seen, depth=depth + 1, retired=out)
        title = bench.text(document, join(place, "title"), part.get("title"))
        found.append(Option(name, title, text_of(part, "color"), out, name, below))
    return tuple(found)


def read_options(
    bench: Workbench, document: Document, part: Part, field_type: FieldType, at: str
) -> tuple[Option, ...]:
    """Return the options of a field: written in it, of the shared set that it names, or the roles that there are."""
    if field_type.choices in ("roles", "project_roles"):
        return tuple(_roles(bench.modules, field_type.choices))
    settings = object_of(part, "x-field")
    if "options" in settings and field_type.choices:
        return _shared(bench, document, part, settings, field_type, at)
    return _own(bench, document, part, settings, at)


def _roles(modules: Mapping[str, Module], which: str) -> Iterator[Option]:
    for module in modules.values():
        for role in module.roles if which == "roles" else module.project_roles:
            yield Option(role.key, role.title, id=role.key)


def _shared(
    bench: Workbench, document: Document, part: Part, settings: Part, field_type: FieldType, at: str
) -> tuple[Option, ...]:
    place = join(at, "x-field", "options")
    name = text_of(settings, "options")
    found = bench.option_sets.get(qualified_name(name, document.module))
    if found is None:
        known = [key.removeprefix(f"{document.module}.") for key in bench.option_sets]
        bench.unknown(document, place, "unknown_option_set", name, known)
        return ()
    bench.need(document, place, found.module)
    if "oneOf" in part or "enum" in part or "oneOf" in object_of(part, "items"):
        bench.report(document, place, "options_twice", name=name)
    if field_type.choices != "tree" and any(one.options for one in found.options):
        bench.report(document, place, "options_are_a_tree", name=name)
    return found.options


def _own(bench: Workbench, document: Document, part: Part, settings: Part, at: str) -> tuple[Option, ...]:
    items = object_of(part, "items")
    source, place = (part, at) if not items else (items, join(at, "items"))
    retired = {value for _, value in strings(settings.get("retired"))}
    colors = object_of(settings, "colors")
    found = [
        (pointer, text_of(choice, "const"), bench.text(document, join(pointer, "title"), choice.get("title")), choice)
        for pointer, choice in parts(source.get("oneOf"), join(place, "oneOf"))
    ]
    nothing: Part = {}
    found += [(p, value, {"zh-CN": value}, nothing) for p, value in strings(source.get("enum"), join(place, "enum"))]
    seen: set[str] = set()
    for pointer, value, _, _ in found:
        if value in seen:
            bench.report(document, pointer, "duplicate_name", name=value)
        seen.add(value)
    for key in [*colors, *retired]:
        if seen and key not in seen:
            bench.unknown(document, join(at, "x-field"), "unknown_option", key, seen)
    return tuple(
        Option(value, title, text_of(colors, value), value in retired, text_of(choice, "id", value))
        for _, value, title, choice in found
    )
