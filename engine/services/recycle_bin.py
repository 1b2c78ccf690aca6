"""The recycle bin of an entity: what was deleted, by whom and why; back again, or gone for good."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from engine.definition.model import Entity
from engine.definition.values.keeping import taken_out
from engine.errors import Conflict, Forbidden, Invalid, NotFound
from engine.problems import Problem, errors
from engine.projection.texts import in_language
from engine.services.attachments import attach
from engine.services.context import Context
from engine.services.deleting import audit_turned
from engine.services.evaluation import environment
from engine.services.installation import Installation
from engine.services.link_circles import circle_problems
from engine.services.reading import record_view, require_granted, seen_values
from engine.services.reference_checks import reference_problems
from engine.services.references import USER, References, label
from engine.services.rows_of_others import give_back
from engine.services.wording import problem_view
from engine.services.work import Work, reading, writing
from engine.storage.comments import Comments
from engine.storage.cursors import Cursor, read_cursor
from engine.storage.files import Files
from engine.storage.overlaps import overlap_problems
from engine.storage.records import Record
from engine.storage.recycle_bin import Deleted, RecycleBin
from engine.storage.references import point_again, stable_key
from engine.storage.search_text import found_by
from engine.storage.shares import Shares
from engine.storage.unfinished import forget_unfinished
from engine.storage.uniqueness import unique_problems

_SORT = ("-deleted_at", "-record_id")


def page(installation: Installation, ctx: Context, key: str, q: str, cursor: str, limit: int) -> dict[str, Any]:
    """Return what was deleted, the latest first.

    Who may delete every record sees everything; others see what they deleted themselves and what was theirs.
    """
    with reading(installation, ctx) as work:
        entity = work.entity(key)
        work.require("delete", entity)
        start = read_cursor(cursor, _SORT).values if cursor else None
        before = (start[0], str(start[1])) if start and isinstance(start[0], datetime) else None
        words = found_by(q).split()[:10]
        found = RecycleBin(work.tx).page(
            stable_key(entity), whose=_whose(work, entity), words=words, before=before, limit=limit + 1
        )
        shown, references = found[:limit], References(work)
        references.prefetch(USER, [one.deleted_by for one in shown])
        last = Cursor(_SORT, (shown[-1].deleted_at, shown[-1].record_id)).to_text() if len(found) > limit else None
        return {"items": [_line(work, entity, one, references) for one in shown], "next_cursor": last}


def one(installation: Installation, ctx: Context, key: str, record_id: str) -> dict[str, Any]:
    """Return a deleted record with its values, without what the actor may not see. Raises NotFound."""
    with reading(installation, ctx) as work:
        entity = work.entity(key)
        deleted = _need(work, entity, record_id)
        kept = _values(entity, deleted)
        values = seen_values(entity, kept, _access(work, entity, deleted), ctx.language)
        return _line(work, entity, deleted, References(work)) | {"values": values}


def restore(installation: Installation, ctx: Context, key: str, record_id: str) -> dict[str, Any]:
    """Bring a deleted record back, with its id, number, rows and what pointed at it, and all that went with it.

    Rows of other records that went with it come back where those records allow it; `warnings` tells which did not. Raises Invalid where a key is taken meanwhile or something that it points at is gone; Forbidden, NotFound.
    """

    def act(work: Work) -> dict[str, Any]:
        entity = work.entity(key)
        record, left = restore_record(work, entity, record_id)
        references = References(work)
        references.of_record(entity, record.values)
        shown = record_view(work, entity, record, references)
        return shown | {"warnings": [problem_view(one, ctx.language) for one in left]}

    return writing(installation, ctx, act)


def restore_record(work: Work, entity: Entity, record_id: str) -> tuple[Record, list[Problem]]:
    """Bring a deleted record back within a use case; also what could not come back with it."""
    deleted = _need(work, entity, record_id, lock=True)
    bin_ = RecycleBin(work.tx)
    together = bin_.with_root(deleted.entity, record_id) if deleted.root_id == record_id else ()
    group = {(one.entity, one.record_id): one for one in (deleted, *together)}
    by_stable = {stable_key(one): one for one in work.configuration.entities.values()}
    back = [(by_stable[one.entity], one) for one in group.values() if one.entity in by_stable]
    for its_entity, one in back:
        _put_back(work, its_entity, one)
    for its_entity, one in back:
        _judge(work, its_entity, one.record_id)
        bin_.remove(one.entity, [one.record_id])
    left = [problem for _, one in back for problem in give_back(work, one)]
    record = work.records.need(entity.key, record_id)
    require_granted(work, entity, record, "delete", fresh=True)
    return record, left


def purge(installation: Installation, ctx: Context, key: str, record_id: str | None, confirm: str) -> dict[str, Any]:
    """Forget a deleted record, or all of an entity, for good; `confirm` repeats its title, or the entity's.

    Raises Forbidden to all but administrators, Invalid `confirmation_differs`, NotFound.
    """

    def act(work: Work) -> dict[str, Any]:
        entity = work.entity(key)
        if not work.rights.is_admin:
            raise Forbidden("delete", entity.key, "admins_only", entity.title)
        titles = {_need(work, entity, record_id).title} if record_id else {*entity.title.values()}
        if confirm.strip() not in titles:
            expected = in_language(entity.title, ctx.language) if record_id is None else min(titles)
            raise Invalid([Problem("confirmation_differs", "/confirm", {"expected": expected})])
        ids = [record_id] if record_id else _all_ids(work, entity)
        return {"purged": purge_records(work, entity, ids)}

    return writing(installation, ctx, act)


def purge_records(work: Work, entity: Entity, ids: Iterable[str]) -> int:
    """Forget deleted records and what was said about them; their files are left to be cleared away."""
    gone = list(ids)
    Files(work.tx).let_go(gone)
    Comments(work.tx).forget(gone)
    Shares(work.tx).forget(gone)
    forget_unfinished(work.tx, gone)
    for record_id in gone:
        work.audit("purge", entity.key, record_id, {})
    return RecycleBin(work.tx).remove(stable_key(entity), gone)


def _all_ids(work: Work, entity: Entity) -> list[str]:
    found = RecycleBin(work.tx).page(stable_key(entity), before=None, limit=10_000)
    return [one.record_id for one in found]


def _need(work: Work, entity: Entity, record_id: str, *, lock: bool = False) -> Deleted:
    """Return a deleted record that the actor may know of. Raises NotFound, Forbidden."""
    work.require("delete", entity)
    found = RecycleBin(work.tx).get(stable_key(entity), record_id, lock=lock)
    whose = _whose(work, entity)
    if found is None or (whose and whose not in {found.deleted_by, found.owner}):
        raise NotFound(entity.key, record_id)
    return found


def _whose(work: Work, entity: Entity) -> str:
    """Return whose records the actor sees in the bin: nobody's in particular where the right to delete has no bounds."""
    everything = any(scope.kind == "all" for scope in work.scopes("delete", entity))
    return "" if everything else work.ctx.actor.id


def _put_back(work: Work, entity: Entity, deleted: Deleted) -> None:
    ctx = work.ctx
    if work.records.exists(entity.key, deleted.record_id):
        raise Conflict("record_is_back", {"title": deleted.title})
    system = {name: _system_value(name, value) for name, value in deleted.system.items()}
    values = _values(entity, deleted)
    version = deleted.version + 1
    work.records.put_back(
        entity.key, deleted.record_id, values, system | {"version": version}, actor=ctx.actor.id, now=ctx.now
    )
    attach(work, entity, deleted.record_id, values)
    work.audit("undelete", entity.key, deleted.record_id, {"version": version, "since": deleted.version})
    turned = point_again(
        work.tx, work.tables, deleted.links, entity.key, deleted.record_id, actor=ctx.actor.id, now=ctx.now
    )
    audit_turned(work, turned)
    work.happened("restore", entity, work.records.need(entity.key, deleted.record_id))


def _values(entity: Entity, deleted: Deleted) -> Mapping[str, object]:
    return taken_out(entity.fields, deleted.document, json.loads(deleted.sealed) if deleted.sealed else None)


def _judge(work: Work, entity: Entity, record_id: str) -> None:
    """Refuse what cannot stand beside what was stored meanwhile: keys, intervals, and references that lead nowhere.

    Rules are asked at the next change: what was allowed when the record went is not a reason to lose it.
    """
    record = work.records.need(entity.key, record_id)
    references = References(work)
    references.of_record(entity, record.values)
    env = environment(work, references, record.named)
    found = [*reference_problems(work, entity, record.values, record.values, references, env)]
    found += unique_problems(work.tx, work.tables, entity.key, record.values, record_id)
    found += overlap_problems(work.tx, work.tables, entity.key, record.values, record_id)
    found += circle_problems(work, entity, record.values, record_id, references)
    if errors(found):
        raise Invalid(found)


def _system_value(name: str, value: object) -> object:
    return datetime.fromisoformat(value) if name.endswith("_at") and isinstance(value, str) else value


def _line(work: Work, entity: Entity, deleted: Deleted, references: References) -> dict[str, Any]:
    person = references.get(USER, deleted.deleted_by)
    return {
        "id": deleted.record_id,
        "title": "" if entity.display in _access(work, entity, deleted, closed=True) else deleted.title,
        "version": deleted.version,
        "deleted_at": deleted.deleted_at.isoformat(),
        "deleted_by": {
            "id": deleted.deleted_by,
            "name": label(work.configuration, USER, person, deleted.deleted_by),
        },
        "reason": deleted.reason,
        "with": None if deleted.root_id == deleted.record_id else {"id": deleted.root_id},
        "actions": ["restore", *(["purge"] if work.rights.is_admin else [])],
    }


def _access(work: Work, entity: Entity, deleted: Deleted, *, closed: bool = False) -> Mapping[str, str]:
    """Return what is open of a deleted record, which no condition can be asked of: what is open on all that the actor reaches.

    What was the actor's own is as open as it was. With `closed` only what is hidden or masked is named.
    """
    rights = work.rights
    own = [grant for grant in rights.opening(entity.key) if rights.is_everywhere(grant) or grant.scope == "own"]
    mine = deleted.owner == work.ctx.actor.id and any(not rights.is_everywhere(grant) for grant in own)
    access = rights.access_by(entity.key, own) if mine else rights.narrowest_access(entity.key)
    return {path: found for path, found in access.items() if not closed or found in ("hidden", "mask")}
