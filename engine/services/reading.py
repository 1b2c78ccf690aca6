"""Reading one record: what it says, who may see it, what became of it."""

from collections.abc import Iterable, Mapping
from typing import Any

from engine.definition import values as record_values
from engine.definition.model import Entity
from engine.definition.values.lookups import with_lookups
from engine.errors import Forbidden, NotFound
from engine.projection.masking import with_masks
from engine.projection.texts import in_language
from engine.services.context import Context
from engine.services.evaluation import asking, environment
from engine.services.expanding import asked_paths, expanded
from engine.services.installation import Installation
from engine.services.references import USER, References, dynamic_links, pointing, target
from engine.services.seats import held_access, seats_on
from engine.services.work import Work, reading
from engine.storage.ledgers import Source
from engine.storage.queries import Queries, Query
from engine.storage.records import Record

_OPEN = frozenset({"", "draft", "returned"})


def one(installation: Installation, ctx: Context, key: str, record_id: str, expand: str = "") -> dict[str, Any]:
    """Return a record with the labels of what it points at and what the actor may do with it now. Raises NotFound.

    `expand` names references whose records come with it.
    """
    with reading(installation, ctx) as work:
        entity = work.entity(key)
        record = require_visible(work, entity, record_id, "read")
        references = References(work)
        references.expect(entity, record.values)
        shown = record_view(work, entity, record, references)
        if paths := asked_paths(work, entity, expand):
            shown["expanded"] = expanded(work, entity, paths, [record.named])
        return shown | {
            "actions": actions(work, entity, record),
            "field_access": dict(held_access(work, entity, record)),
        }


def require_visible(work: Work, entity: Entity, record_id: str, action: str, *, lock: bool = False) -> Record:
    """Return a record on which the actor may do something.

    Raises NotFound when the actor may not even see it, and Forbidden when it is seen but the action is not granted there.
    """
    record = work.records.get(entity.key, record_id, lock=lock)
    if record is None or not may_read_record(work, entity, record):
        raise NotFound(entity.key, record_id)
    if action != "read":
        require_granted(work, entity, record, action)
    return record


def require_granted(work: Work, entity: Entity, record: Record, action: str, *, fresh: bool = False) -> None:
    """Refuse an action on a record that the actor sees, where it is not granted there. Raises Forbidden."""
    if not visible(work, entity, record, action, fresh=fresh):
        raise Forbidden(action, entity.key, work.rights.why_not(action, entity.key), entity.title)


def visible(work: Work, entity: Entity, record: Record, action: str, *, fresh: bool = False) -> bool:
    """Say whether a record is among those that an action is granted on.

    What is the actor's own, or was shared, needs no question to the database. Actions of the same grants have the same answer, which is
    asked once; `fresh` asks again, after a change.
    """
    scopes = work.scopes(action, entity)
    named = {"own": record.owner, "shared": record.id}
    if any(scope.kind == "all" or (scope.kind in named and named[scope.kind] in scope.values) for scope in scopes):
        return True
    if all(scope.kind in named for scope in scopes):
        return False
    key = ("sees", entity.key, record.id, *(str(id(grant)) for grant in work.rights.granted(action, entity.key)))
    if fresh or key not in work.memo:
        query = Query(scopes=scopes, environment=asking(work))
        work.memo[key] = Queries(work.tx, work.tables).sees(entity.key, record.id, query)
    return bool(work.memo[key])


def may_read_record(work: Work, entity: Entity, record: Record) -> bool:
    """Say whether the actor may see a record: by a grant, or because its approval asks, asked or told the actor."""
    return visible(work, entity, record, "read") or seats_on(work, entity.key, record.id)


def record_view(work: Work, entity: Entity, record: Record, references: References) -> dict[str, Any]:
    """Return a record as it travels, without what the actor may not see, with labels of what it points at."""
    access = held_access(work, entity, record)
    hidden = {path for path, allowed in access.items() if allowed == "hidden"}
    env = environment(work, references, record.named)
    values = seen_values(entity, with_lookups(entity, record.values, env), access, work.ctx.language)
    return {
        "id": record.id,
        "version": record.version,
        "status": record.status,
        "values": values,
        "labels": labels(work, entity, record, references, hidden),
    } | _stamps(record)


def seen_values(
    entity: Entity, values: Mapping[str, object], access: Mapping[str, str], language: str
) -> dict[str, Any]:
    """Return values as JSON, as somebody sees them: without what is hidden, masked where only that may be seen."""
    hidden = [path for path, allowed in access.items() if allowed == "hidden"]
    return with_masks(entity, without(record_values.dump(entity, values), hidden), access, language)


def without(values: Mapping[str, Any], hidden: Iterable[str]) -> dict[str, Any]:
    """Return values less the paths that are hidden, in rows too."""
    shown = dict(values)
    for path in hidden:
        first, _, rest = path.partition(".")
        if not rest:
            shown.pop(first, None)
        elif isinstance(shown.get(first), list):
            shown[first] = [without(row, [rest]) for row in shown[first]]
    return shown


def labels(
    work: Work, entity: Entity, record: Record, references: References, hidden: Iterable[str] = ()
) -> dict[str, dict[str, str]]:
    """Return what the things are called that a record points at, by path and id."""
    unseen, wanted = set(hidden), []
    pointed = [(at, target(entity, field), key) for at, field, _row, key in pointing(entity, record.values)]
    pointed += [(at, shape, key) for at, _field, shape, key in dynamic_links(entity, record.values)]
    for at, shape, key in pointed:
        names = at.split("/")[1::2]
        path = ".".join(names)
        if not any(".".join(names[:end]) in unseen for end in range(1, len(names) + 1)):
            wanted.append((path, shape, key))
    people = ((name, getattr(record, name)) for name in ("created_by", "updated_by", "owner"))
    wanted += [(name, USER, key) for name, key in people if key]
    return labels_at(wanted, references)


def labels_at(wanted: Iterable[tuple[str, str, str]], references: References) -> dict[str, dict[str, str]]:
    """Return what things are called by path and id, from path, shape and id of each."""
    places = list(wanted)
    by_shape: dict[str, list[str]] = {}
    for _, shape, key in places:
        by_shape.setdefault(shape, []).append(key)
    references.learn_names(by_shape)
    found: dict[str, dict[str, str]] = {}
    for path, shape, key in places:
        found.setdefault(path, {})[key] = references.label(shape, key)
    return found


def actions(work: Work, entity: Entity, record: Record) -> list[str]:
    """Return what the actor may do with a record now."""
    open_for = {
        "update": record.status in _OPEN,
        "delete": record.status in _OPEN | {"withdrawn"} and record.submitted_at is None,
        "submit": entity.kind == "document" and record.status in {"draft", "returned"},
        "withdraw": record.status in {"in_approval", "returned"}
        and work.ctx.actor.id == (record.owner or record.created_by),
        "void": record.status == "approved" and entity.kind == "document",
    }
    if entity.kind == "ledger":
        return []
    return [action for action, possible in open_for.items() if possible and visible(work, entity, record, action)]


def entries(installation: Installation, ctx: Context, key: str, record_id: str) -> dict[str, Any]:
    """Return what a document wrote to ledgers, as far as the actor may see these ledgers."""
    with reading(installation, ctx) as work:
        entity = work.entity(key)
        require_visible(work, entity, record_id, "read")
        found = work.ledgers.entries_of(Source(key, record_id))
        return {"items": [_entry(work, one) for one in found if visible(work, work.entity(one.entity), one, "read")]}


def _entry(work: Work, entry: Record) -> dict[str, Any]:
    ledger, references = work.entity(entry.entity), References(work)
    references.of_record(ledger, entry.values)
    shown = record_view(work, ledger, entry, references)
    told = {name: entry.entry[name] for name in ("posting", "stage", "entry_kind", "source_line")}
    told |= {"ledger": ledger.key, "ledger_title": in_language(ledger.title, work.ctx.language), "id": entry.id}
    return told | {"values": shown["values"], "labels": shown["labels"]}


def _stamps(record: Record) -> dict[str, Any]:
    moments = {name: getattr(record, name) for name in ("created_at", "updated_at", "submitted_at", "effective_at")}
    shown: dict[str, Any] = {name: moment.isoformat() if moment else None for name, moment in moments.items()}
    return shown | {"created_by": record.created_by, "updated_by": record.updated_by, "owner": record.owner}
