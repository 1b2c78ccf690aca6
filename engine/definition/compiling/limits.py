"""Limits of measures: when they are raised, in which words, and who is told."""

from collections.abc import Mapping
from typing import get_args

from engine.definition.compiling.documents import Document
from engine.definition.compiling.rules import message_holes
from engine.definition.compiling.workbench import Part, Workbench, choice, parts, strings, text_of
from engine.definition.limit import Limit, LimitSeverity, Told
from engine.definition.model import Measure
from engine.expressions import BOOLEAN, NUMBER, USER, ListOf, Scope, Type
from engine.paths import join

_OWN: Mapping[str, Type] = {"value": NUMBER, "others": ListOf(NUMBER)}
_PEOPLE = (USER, ListOf(USER))


def compile_limits(bench: Workbench, document: Document, measure: Measure) -> tuple[Limit, ...]:
    """Return the limits of a measure."""
    seen: set[str] = set()
    found = []
    for at, part in parts(document.body.get("limits"), "/limits"):
        name = text_of(part, "name")
        if name in seen:
            bench.report(document, join(at, "name"), "duplicate_name", name=name)
        seen.add(name)
        one = _limit(bench, document, measure, at, part)
        found += [one] if one else []
    return tuple(found)


def _limit(bench: Workbench, document: Document, measure: Measure, at: str, part: Part) -> Limit | None:
    known = {one.name: one.type for one in measure.dimensions}
    by = _named(bench, document, part, at, "by", list(known))
    among = _named(bench, document, part, at, "among", list(by))
    scope = Scope({**{name: known[name] for name in by}, **_OWN}, bench.scopes.shapes, calendars=bench.scopes.calendars)
    when = bench.formula(document, at, part, "when", scope, BOOLEAN)
    message = bench.text(document, join(at, "message"), part.get("message"))
    holes = message_holes(bench, document, join(at, "message"), message, scope)
    told = [_told(bench, document, pointer, one, scope, by) for pointer, one in parts(part.get("to"), join(at, "to"))]
    if when is None:
        return None
    name = text_of(part, "name")
    severity = choice(part.get("severity"), get_args(LimitSeverity), "warn")
    people = tuple(one for one in told if one)
    return Limit(name, by, among, when, message, holes, severity, people, text_of(part, "id", name))


def _named(bench: Workbench, document: Document, part: Part, at: str, key: str, known: list[str]) -> tuple[str, ...]:
    found = []
    for pointer, name in strings(part.get(key), join(at, key)):
        if name in known:
            found.append(name)
        else:
            bench.unknown(document, pointer, "measure_lacks_dimension", name, known)
    return tuple(dict.fromkeys(found))


def _told(bench: Workbench, document: Document, at: str, part: Part, scope: Scope, by: tuple[str, ...]) -> Told | None:
    if "role" in part:
        role = bench.role(document, join(at, "role"), text_of(part, "role"))
        return Told(role=role) if role else None
    if "project_role" in part:
        held = bench.role(document, join(at, "project_role"), text_of(part, "project_role"), project=True)
        (of, *_) = _named(bench, document, {"of": [part.get("of")]}, at, "of", list(by)) or ("",)
        return Told(project_role=held, of=of) if held and of else None
    user = bench.formula(document, at, part, "user", scope)
    if user is not None and user.type not in _PEOPLE:
        bench.report(document, join(at, "user"), "automation_not_people", name=user.text)
    return Told(user=user) if user else None
