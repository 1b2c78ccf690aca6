"""The charter of an entity: its schema must be one, and the fields that it names must exist."""

from collections.abc import Sequence

from engine.definition.charter import Charter, Shape, read_charter
from engine.definition.compiling.documents import Document
from engine.definition.compiling.workbench import Workbench, object_of
from engine.definition.exchange.dialects import why_unusable
from engine.definition.model import Entity, Field
from engine.paths import join


def compile_charter(bench: Workbench, document: Document, entity: Entity) -> Charter | None:
    """Return the charter, None without one or if it cannot be judged by; notes everything that is wrong with it."""
    part = object_of(document.body, "charter")
    if not part:
        return None
    charter = read_charter(part)
    reason = why_unusable(charter.schema, charter.draft, formats=charter.formats)
    if reason:
        bench.report(document, "/charter/schema", "charter_unusable", reason=reason)
    _check(bench, document, charter.shape, entity.fields, "/charter")
    return None if reason else charter


def _check(bench: Workbench, document: Document, shape: Shape, fields: Sequence[Field], at: str) -> None:
    known = {field.name: field for field in fields}
    if shape.rest not in known or known[shape.rest].type != "json":
        bench.unknown(document, join(at, "rest"), "unknown_field", shape.rest, [*known])
    waiting = [(place, join(at, "members", name)) for name, place in shape.members.items()]
    while waiting:
        place, here = waiting.pop()
        if place.members is not None:
            waiting += [(inner, join(here, "members", name)) for name, inner in place.members.items()]
        elif place.field not in known:
            bench.unknown(document, join(here, "field"), "unknown_field", place.field, [*known])
        elif place.rows is not None:
            _check(bench, document, place.rows, known[place.field].fields, join(here, "rows"))
