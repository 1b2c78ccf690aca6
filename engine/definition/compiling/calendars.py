"""Entities whose records are calendars of working days: which fields hold what."""

from engine.definition.compiling.documents import Document
from engine.definition.compiling.workbench import Part, Workbench, object_of, text_of
from engine.definition.model import CalendarFields, Field
from engine.paths import join

_WEEKDAYS = frozenset("1234567")


def read_calendar(bench: Workbench, document: Document, fields: tuple[Field, ...]) -> CalendarFields | None:
    """Return which fields make a calendar, None if the entity is none; notes fields that cannot hold what they should."""
    part = object_of(document.body, "calendar")
    if not part:
        return None
    found = CalendarFields(
        **{key: text_of(part, key) for key in ("week", "from_year", "to_year", "table", "date", "kind", "working")}
    )
    known = {field.name: field for field in fields}
    for key in ("from_year", "to_year"):
        _field(bench, document, part, key, known, {"integer"})
    week = _field(bench, document, part, "week", known, {"multi_select"})
    if week is not None and {option.value for option in week.options} - _WEEKDAYS:
        bench.report(document, "/calendar/week", "calendar_week", name=week.name)
    table = _field(bench, document, part, "table", known, {"sub_table"})
    if table is not None:
        _check_rows(bench, document, part, table)
    return found


def _check_rows(bench: Workbench, document: Document, part: Part, table: Field) -> None:
    rows = {field.name: field for field in table.fields}
    _field(bench, document, part, "date", rows, {"date"})
    kind = _field(bench, document, part, "kind", rows, {"select", "boolean"})
    values = [option.value for option in kind.options] if kind is not None and kind.type == "select" else []
    working = text_of(part, "working")
    if kind is not None and (working not in values if values else bool(working)):
        bench.report(document, "/calendar/working", "calendar_working", name=kind.name, value=working)


def _field(
    bench: Workbench, document: Document, part: Part, key: str, known: dict[str, Field], types: set[str]
) -> Field | None:
    name = text_of(part, key)
    found = known.get(name)
    if found is None or found.type not in types:
        bench.unknown(document, join("/calendar", key), "unknown_field", name, [*known])
        return None
    return found
