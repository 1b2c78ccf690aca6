"""What was sent becomes canonical values, with every finding; and back again.

Problems carry pointers into the payload. Whether everything is there that must be is asked later (`completeness`), when
defaults, copies and formulas have been filled in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.definition.field_types import FIELD_TYPES, FieldType
from engine.definition.model import Entity, Field
from engine.definition.near import meant
from engine.paths import join
from engine.problems import Problem

Values = dict[str, object]


def accept(
    entity: Entity,
    payload: object,
    *,
    partial: bool = False,
    current: Mapping[str, object] | None = None,
) -> tuple[Values, tuple[Problem, ...]]:
    """Return the canonical values of what was sent, and every finding. Never raises for any payload.

    Only keys that were sent are in the result; null and empty text are None. With `partial` rows may carry the id of the
    row that they change, and keep what they do not name of the row in `current`, if that is given. A retired choice is no
    finding where `current` already has it.
    """
    if not isinstance(payload, Mapping):
        return {}, (Problem("wrong_type", params={"expected": {"zh-CN": "对象 {…}", "en": "an object {...}"}}),)
    return _members(entity, payload, current, partial=partial)


def _members(
    owner: Entity | Field,
    payload: Mapping[object, object],
    current: Mapping[str, object] | None,
    *,
    partial: bool,
) -> tuple[Values, tuple[Problem, ...]]:
    before = current or {}
    values: Values = {}
    problems: list[Problem] = []
    ways = owner.once(__name__, _ways)
    for key, value in payload.items():
        way = ways.get(str(key))
        if way is None:
            hint = meant(key, [one.name for one in owner.fields])
            problems.append(Problem("unknown_key", join("", str(key)), {"key": str(key)[:80], "hint": hint}))
            continue
        field = way.field
        if way.is_closed:
            problems.append(Problem("read_only", join("", field.name), {"field": field.name, "title": field.title}))
        elif value is None:
            values[field.name] = [] if field.is_table else None
        elif way.keeps and way.kind.keeps(value):
            # A value that is never read back came back as it is shown: it stays.
            continue
        else:
            stored = before.get(field.name, [] if current is not None else None)
            canonical, found = _value(way, value, stored, partial=partial)
            if found:
                place = join("", field.name)
                new = (problem for problem in found if not already_there(problem, before.get(field.name)))
                problems += [problem.under(place) for problem in new]
            if canonical is not None or not any(problem.severity == "error" for problem in found):
                values[field.name] = canonical
    return values, tuple(problems)


@dataclass(frozen=True, slots=True)
class _Way:
    """What is asked of a field each time that a value comes for it."""

    field: Field
    kind: FieldType
    is_closed: bool
    keeps: bool


def _ways(owner: Entity | Field) -> Mapping[str, _Way]:
    return {field.name: _way(field) for field in reversed(owner.fields)}


def _way(field: Field) -> _Way:
    kind = FIELD_TYPES[field.type]
    return _Way(field, kind, field.read_only or is_computed(field), type(kind).keeps is not FieldType.keeps)


def is_computed(field: Field) -> bool:
    """Say whether a field's value is made by the system and never sent."""
    return field.is_derived or FIELD_TYPES[field.type].made


def _value(way: _Way, value: object, before: object, *, partial: bool) -> tuple[object, tuple[Problem, ...]]:
    """Return the canonical value and its findings, with pointers from the field on."""
    field, kind = way.field, way.kind
    canonical = kind.coerce(value, field)
    if isinstance(canonical, Problem):
        return None, (_told(canonical, field),)
    if field.is_table:
        return _rows(field, value, before, partial=partial)
    found = kind.problems(canonical, field) if canonical is not None else ()
    return canonical, tuple([_told(problem, field) for problem in found]) if found else ()


def _told(problem: Problem, field: Field) -> Problem:
    return Problem(problem.code, problem.pointer, {**problem.params, "field": field.name, "title": field.title})


def already_there(problem: Problem, before: object) -> bool:
    """Say whether a finding is only that a choice was retired that stood there already, alone or in a list."""
    if problem.code != "option_retired" or before is None:
        return False
    kept = before if isinstance(before, (list, tuple)) else (before,)
    return problem.params.get("option") in kept


def _rows(field: Field, value: object, before: object, *, partial: bool) -> tuple[object, tuple[Problem, ...]]:
    rows_before = before if isinstance(before, (list, tuple)) else ()
    stored = {row["id"]: row for row in rows_before if isinstance(row, Mapping)}
    strict = before is not None
    rows: list[Values] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    for index, payload in enumerate(value if isinstance(value, list) else []):
        place = join("", index)
        key = payload.get("id")
        may_name = partial and isinstance(key, str) and (key in stored or not strict)
        problems += _row_id_problems(key, seen, join(place, "id"), may_name=may_name)
        fields = {name: member for name, member in payload.items() if name != "id"}
        known = stored.get(key, {}) if isinstance(key, str) else {}
        row, found = _members(field, fields, known if strict else None, partial=partial)
        problems += [problem.under(place) for problem in found]
        rows.append({**known, **row, **({"id": key} if isinstance(key, str) and key else {})})
    if field.max_rows is not None and len(rows) > field.max_rows:
        problems.append(Problem("too_many_rows", "", {"limit": field.max_rows, "count": len(rows)}))
    return rows, tuple(problems)


def _row_id_problems(key: object, seen: set[str], at: str, *, may_name: bool) -> list[Problem]:
    """A row names itself only if it is there already, and once."""
    if key is None:
        return []
    if not isinstance(key, str):
        return [Problem("wrong_type", at, {"expected": {"zh-CN": "行号", "en": "the id of a row"}})]
    if key in seen:
        return [Problem("duplicate_row", at, {"id": key[:80]})]
    seen.add(key)
    return [] if may_name else [Problem("unknown_row", at, {"id": key[:80]})]


def dump(entity: Entity, values: Mapping[str, object]) -> Values:
    """Return the JSON form of canonical values; a field without a value is left out, a blank one is null."""
    return dumped(entity.fields, values)


def dumped(fields: Sequence[Field], values: Mapping[str, object]) -> Values:
    """Return the same of the fields of a record, or of a row with its id."""
    found: Values = {"id": values["id"]} if isinstance(values.get("id"), str) else {}
    for field in fields:
        if field.name not in values:
            continue
        value = values[field.name]
        if field.is_table:
            rows = value if isinstance(value, (list, tuple)) else ()
            found[field.name] = [dumped(field.fields, row) for row in rows]
        else:
            found[field.name] = None if value is None else FIELD_TYPES[field.type].to_json(value)
    return found


def from_expression(field: Field, value: object) -> object:
    """Return the canonical value of what an expression gave for a field."""
    return None if value is None else FIELD_TYPES[field.type].from_expression(value, field)


def schema_default(field: Field) -> object:
    """Return the canonical value of the JSON Schema keyword `default`, None without one."""
    value = field.schema.get("default")
    if value is None:
        return [] if field.is_table else None
    canonical = FIELD_TYPES[field.type].coerce(value, field)
    return None if isinstance(canonical, Problem) else canonical
