"""What automations do: that it names what there is, gives values of the right types, and is allowed where it stands."""

from collections.abc import Callable, Mapping

from engine.definition.automations import Effect, EffectType, Rows, Who
from engine.definition.compiling.automation_scopes import Sight
from engine.definition.compiling.rules import message_holes
from engine.definition.compiling.workbench import Part, entries, object_of, parts, text_of
from engine.definition.field_paths import USER
from engine.definition.model import Entity, Field
from engine.definition.rows import every_field, row_shapes
from engine.definition.values.accept import is_computed
from engine.expressions import BOOLEAN, UNKNOWN, Compiled, ListOf, RecordOf, Scope
from engine.paths import join

_CLOSED = frozenset({"effect", "void", "delete"})
"""After these, the record that triggers cannot be changed any more."""

_PEOPLE = (RecordOf(USER), ListOf(RecordOf(USER)), UNKNOWN)


def compile_effects(sight: Sight, value: object, at: str) -> tuple[Effect, ...]:
    """Return the effects that could be compiled, in their order."""
    found = (_MAKERS[text_of(part, "type")](sight, pointer, part) for pointer, part in parts(value, at))
    return tuple(effect for effect in found if effect is not None)


def _create(sight: Sight, at: str, part: Part) -> Effect | None:
    target = sight.bench.entity(sight.document, join(at, "entity"), part.get("entity"))
    each, scope = _each(sight, at, part)
    when = _when(sight, at, part, scope)
    if target is None:
        return None
    if target.kind == "ledger":
        _report(sight, join(at, "entity"), "automation_writes_ledger", entity=target.title)
        return None
    submit = part.get("submit") is True
    if submit and target.kind != "document":
        _report(sight, join(at, "submit"), "automation_submits_master", entity=target.title)
    values, rows = _values(sight, target.fields, join(at, "set"), object_of(part, "set"), scope)
    _whole(sight, target.fields, join(at, "set"), {*values, *rows, *object_of(part, "set")})
    return Effect("create", target.key, values=values, rows=rows, each=each, when=when, submit=submit)


def _update(sight: Sight, at: str, part: Part) -> Effect | None:
    bench, document = sight.bench, sight.document
    each, scope = _each(sight, at, part)
    when = _when(sight, at, part, scope)
    target = bench.entity(document, join(at, "entity"), part["entity"]) if "entity" in part else sight.entity
    if target is None:
        if "entity" not in part:
            _report(sight, at, "automation_without_record", type="update")
        return None
    if target.kind == "ledger":
        _report(sight, join(at, "entity"), "automation_writes_ledger", entity=target.title)
        return None
    finds = "where" in part
    if "entity" in part and not finds:
        _report(sight, join(at, "entity"), "automation_find_incomplete", entity=target.title)
    if not finds and sight.trigger in _CLOSED:
        _report(sight, at, "automation_changes_closed", type=sight.trigger)
    where = bench.formula(document, at, part, "where", sight.of_found(target, each, where=True), BOOLEAN)
    seen = sight.of_found(target, each) if finds else scope
    values, _ = _values(sight, target.fields, join(at, "set"), object_of(part, "set"), seen)
    if finds and where is None:
        return None
    return Effect("update", target.key, where=where, values=values, each=each, when=when)


def _post(sight: Sight, at: str, part: Part) -> Effect | None:
    each, scope = _each(sight, at, part)
    when = _when(sight, at, part, scope)
    ledger = sight.bench.entity(sight.document, join(at, "to"), part.get("to"))
    if sight.trigger != "effect":
        _report(sight, at, "automation_posts_early", type=sight.trigger)
    if ledger is None:
        return None
    if ledger.kind != "ledger":
        _report(sight, join(at, "to"), "not_a_ledger", entity=ledger.title)
    values, _ = _values(sight, ledger.fields, join(at, "set"), object_of(part, "set"), scope)
    _whole(sight, ledger.fields, join(at, "set"), {*values, *object_of(part, "set")})
    return Effect("post", ledger.key, values=values, each=each, when=when)


def _submit(sight: Sight, at: str, part: Part) -> Effect | None:
    entity = sight.entity
    when = _when(sight, at, part, sight.scope())
    if entity is None:
        _report(sight, at, "automation_without_record", type="submit")
        return None
    if entity.kind != "document":
        _report(sight, at, "automation_submits_master", entity=entity.title)
    if sight.trigger in _CLOSED:
        _report(sight, at, "automation_changes_closed", type=sight.trigger)
    return Effect("submit", entity.key, when=when)


def _notify(sight: Sight, at: str, part: Part) -> Effect | None:
    each, scope = _each(sight, at, part)
    place = join(at, "text")
    words = sight.bench.text(sight.document, place, part.get("text"))
    return Effect(
        "notify",
        each=each,
        when=_when(sight, at, part, scope),
        to=tuple(who for pointer, one in parts(part.get("to"), join(at, "to")) for who in _who(sight, pointer, one, scope)),
        text=words,
        holes=message_holes(sight.bench, sight.document, place, words, scope),
    )  # fmt: skip


def _call(sight: Sight, at: str, part: Part) -> Effect | None:
    each, scope = _each(sight, at, part)
    values: dict[str, Compiled] = {}
    for pointer, key, text in entries(part.get("body"), join(at, "body")):
        if isinstance(text, str):
            found = sight.bench.expression(sight.document, pointer, text, scope)
            values |= {key: found} if found else {}
    when = _when(sight, at, part, scope)
    return Effect("call", values=values, each=each, when=when, url=text_of(part, "url"), secret=text_of(part, "secret"))


_MAKERS: Mapping[str, Callable[[Sight, str, Part], Effect | None]] = {
    "create": _create,
    "update": _update,
    "post": _post,
    "submit": _submit,
    "notify": _notify,
    "call": _call,
}
EFFECT_TYPES: tuple[EffectType, ...] = ("create", "update", "post", "submit", "notify", "call")


def _report(sight: Sight, at: str, code: str, **params: object) -> None:
    sight.bench.report(sight.document, at, code, **params)


def _when(sight: Sight, at: str, part: Part, scope: Scope) -> Compiled | None:
    return sight.bench.formula(sight.document, at, part, "when", scope, BOOLEAN)


def _each(sight: Sight, at: str, part: Part) -> tuple[str, Scope]:
    """Return the sub-table whose rows an effect goes through, and what its expressions see."""
    each = text_of(part, "each")
    tables = [shape.path for shape in row_shapes(sight.entity)] if sight.entity else []
    if each and each not in tables:
        sight.bench.unknown(sight.document, join(at, "each"), "unknown_table", each, tables)
        each = ""
    return each, sight.scope(each)


def _who(sight: Sight, at: str, part: Part, scope: Scope) -> list[Who]:
    role, text = part.get("role"), part.get("user")
    if isinstance(role, str):
        found = sight.bench.role(sight.document, join(at, "role"), role)
        return [Who(role=found)] if found else []
    if not isinstance(text, str):
        return []
    user = sight.bench.expression(sight.document, join(at, "user"), text, scope)
    if user is not None and user.type not in _PEOPLE:
        _report(sight, join(at, "user"), "automation_not_people", name=text)
    return [Who(user=user)] if user else []


def _values(
    sight: Sight, fields: tuple[Field, ...], at: str, given: Part, scope: Scope
) -> tuple[dict[str, Compiled], dict[str, Rows]]:
    """Return the compiled values by field, and how the rows of sub-tables are made."""
    known = {field.name: field for field in fields}
    values: dict[str, Compiled] = {}
    rows: dict[str, Rows] = {}
    for pointer, name, value in entries(given, at):
        field = known.get(name)
        if field is None:
            sight.bench.unknown(sight.document, pointer, "unknown_field", name, known)
        elif is_computed(field):
            _report(sight, pointer, "automation_sets_computed", name=name)
        elif field.is_table != isinstance(value, dict):
            code = "automation_rows_needed" if field.is_table else "automation_no_rows"
            _report(sight, pointer, code, name=name)
        elif isinstance(value, dict):
            rows[name] = _rows(sight, field, pointer, value)
        elif isinstance(value, str):
            found = sight.bench.expression(sight.document, pointer, value, scope, field.expression_type)
            values |= {name: found} if found else {}
    return values, rows


def _rows(sight: Sight, table: Field, at: str, part: Part) -> Rows:
    each, scope = _each(sight, at, part)
    values, _ = _values(sight, table.fields, join(at, "set"), object_of(part, "set"), scope)
    _whole(sight, table.fields, join(at, "set"), {*values, *object_of(part, "set")})
    return Rows(values, each, _when(sight, at, part, scope))


def _whole(sight: Sight, fields: tuple[Field, ...], at: str, given: set[str]) -> None:
    """Note required fields that would stay blank: not set, and filled by nothing else."""
    for field in fields:
        filled = is_computed(field) or field.default or field.copy or field.schema.get("default") is not None
        if field.required and not filled and field.name not in given:
            _report(sight, at, "automation_incomplete", name=field.name, title=field.title)


def target_of(effect: Effect, own: str) -> str:
    """Return the key of the entity whose records an effect changes, empty where it changes none."""
    if effect.type in ("create", "update"):
        return effect.entity
    return own if effect.type == "submit" else ""


def computed_names(entity: Entity) -> frozenset[str]:
    """Return the names and paths of fields that may change when others do."""
    return frozenset(path for path, field in every_field(entity.fields) if is_computed(field) or field.copy)
