"""The closing of a ledger's periods: that it stands on fields that can carry it."""

from typing import get_args

from engine.definition.closing import Closing, Grain, ReversalInClosed
from engine.definition.compiling.documents import Document
from engine.definition.compiling.workbench import Part, Workbench, choice, object_of, text_of
from engine.definition.model import Entity

_NAMES_PERIOD = frozenset({"text", "period"})


def compile_closing(bench: Workbench, document: Document, entity: Entity) -> Closing | None:
    """Return how the periods of a ledger are closed; None where they are not."""
    part = object_of(document.body, "closing")
    if not part:
        return None
    if entity.kind != "ledger":
        bench.report(document, "/closing", "closing_not_of_a_ledger", entity=entity.title)
        return None
    named = {
        "day": _field(bench, document, entity, part, "date", frozenset({"date"})),
        "by": _field(bench, document, entity, part, "by", frozenset({"reference"})),
        "period": _field(bench, document, entity, part, "period", _NAMES_PERIOD),
    }
    for key, name in (("date", named["day"]), ("by", named["by"])):
        field = entity.field(name)
        if field is not None and not field.required:
            # What has no day, or belongs to nobody, would slip into any period.
            bench.report(document, f"/closing/{key}", "closing_field_not_required", name=field.name, title=field.title)
    first_day = part.get("first_day", 1)
    return Closing(
        **named,
        every=choice(part.get("every"), get_args(Grain), "month"),
        first_day=first_day if isinstance(first_day, int) else 1,
        reversal=choice(part.get("reversal"), get_args(ReversalInClosed), "refuse"),
    )


def _field(bench: Workbench, document: Document, entity: Entity, part: Part, key: str, types: frozenset[str]) -> str:
    name = text_of(part, key)
    field = entity.field(name)
    if name and (field is None or field.type not in types or not field.is_stored):
        fitting = [one.name for one in entity.fields if one.type in types]
        bench.unknown(document, f"/closing/{key}", "unknown_field", name, fitting)
        return ""
    return name
