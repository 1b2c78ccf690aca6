"""Forms that somebody began: kept as typed for their author, on any device, until they are saved, thrown away or too old."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from engine.definition.model import Entity
from engine.errors import Invalid, KeyMissing
from engine.problems import Problem
from engine.projection.texts import in_language
from engine.services.access import access_on
from engine.services.context import Context
from engine.services.evaluation import asking
from engine.services.installation import Installation
from engine.services.reading import require_visible
from engine.services.references import References
from engine.services.seats import step_access
from engine.services.work import Work, reading, writing
from engine.storage.conditions import Leaf
from engine.storage.queries import Queries, Query
from engine.storage.references import stable_key
from engine.storage.unfinished import NEW, Begun, Unfinished, UnfinishedForms

LONGEST = 8_000_000
"""Characters of the JSON text of one form: some thousand rows of a sub-table."""
_LISTED = 200


def keep(
    installation: Installation, ctx: Context, key: str, given: Mapping[str, Any], record_id: str = NEW
) -> dict[str, Any]:
    """Keep what was typed into a form, whatever rules it breaks. Raises Forbidden for who could not save it, NotFound, Invalid."""
    content = {name: given[name] for name in ("values", "base", "labels")}
    if len(json.dumps(content)) > LONGEST:
        raise Invalid([Problem("json_too_long", "/values", {"limit": LONGEST})])

    def act(work: Work) -> dict[str, Any]:
        entity = work.entity(key)
        _access(work, entity, record_id)
        one = Unfinished(
            work.ctx.actor.id, stable_key(entity), record_id,
            given["version"] if record_id else None, given["publication"], work.ctx.now, content,
        )  # fmt: skip
        _forms(work).keep(one)
        return {"saved_at": one.saved_at.isoformat()}

    return writing(installation, ctx, act)


def one(installation: Installation, ctx: Context, key: str, record_id: str = NEW) -> dict[str, Any]:
    """Return what the actor typed into a form and has not saved, less what is hidden from the actor now.

    `changed` says whether the record has another version than the one that was typed over. Raises Forbidden, NotFound.
    """
    with reading(installation, ctx) as work:
        entity = work.entity(key)
        access, version = _access(work, entity, record_id)
        try:
            found = _forms(work).get(stable_key(entity), record_id)
        except KeyMissing:
            # Sealed by a key that is gone: nobody can read it any more, and the form is filled anew.
            found = None
        if found is None:
            return {"unfinished": None}
        hidden = [path for path, level in access.items() if level == "hidden"]
        seen = {name: _without(found.content.get(name), hidden) for name in ("values", "base")}
        labels = {path: told for path, told in found.content.get("labels", {}).items() if not _is_within(path, hidden)}
        told = {"version": found.version, "publication": found.publication, "saved_at": found.saved_at.isoformat()}
        return {"unfinished": seen | {"labels": labels, "changed": found.version != version} | told}


def throw_away(installation: Installation, ctx: Context, key: str, record_id: str = NEW) -> None:
    """Forget a form of the actor; one that is not there does no harm. Raises NotFound."""

    def act(work: Work) -> dict[str, Any]:
        end(work, work.entity(key), record_id)
        return {}

    writing(installation, ctx, act)


def end(work: Work, entity: Entity, record_id: str = NEW) -> None:
    """Forget a form of the actor within the use case that saves it."""
    _forms(work).end(stable_key(entity), record_id)


def every(installation: Installation, ctx: Context) -> dict[str, Any]:
    """Return the forms that the actor began and could go on with, what was typed last first: a fixed number of statements an entity."""
    with reading(installation, ctx) as work:
        begun = _forms(work).every(_LISTED)
        by_key = {stable_key(entity): entity for entity in work.configuration.entities.values()}
        known = [(by_key[one.entity], one) for one in begun if one.entity in by_key]
        entities = {entity.key: entity for entity, _ in known}
        seen = {key: _present(work, at, [one for to, one in known if to is at]) for key, at in entities.items()}
        references = References(work)
        references.learn_names(seen)
        items = [
            _told(work, references, entity, one, seen[entity.key].get(one.record_id))
            for entity, one in known
            if (one.record_id in seen[entity.key] if one.record_id else work.rights.may("create", entity.key))
        ]
        return {"items": items}


def _forms(work: Work) -> UnfinishedForms:
    return UnfinishedForms(work.tx, work.ctx.actor.id)


def _access(work: Work, entity: Entity, record_id: str) -> tuple[Mapping[str, str], int | None]:
    """Return what is open of the record to who may save it, and its version."""
    if record_id == NEW:
        work.require("create", entity)
        return work.rights.new_access(entity), None
    record = require_visible(work, entity, record_id, "read")
    access = step_access(work, entity, record)
    if access is None:
        work.require("update", entity)
        access = access_on(work, entity, record)
    return access, record.version


def _present(work: Work, entity: Entity, begun: Iterable[Begun]) -> dict[str, int]:
    """Return the versions of the records that the actor sees, by id."""
    ids = tuple(one.record_id for one in begun if one.record_id)
    scopes = work.scopes("read", entity)
    if not ids or not scopes:
        return {}
    query = Query(where=Leaf("id", "in", ids), scopes=scopes, limit=len(ids), environment=asking(work))
    found = Queries(work.tx, work.tables).ids(entity.key, query)
    return {key: int(str(one["version"])) for key, one in work.records.many(entity.key, found, ("version",)).items()}


def _told(work: Work, references: References, entity: Entity, one: Begun, version: int | None) -> dict[str, Any]:
    return {
        "entity": entity.key,
        "entity_title": in_language(entity.title, work.ctx.language),
        "record_id": one.record_id or None,
        "record_label": references.label(entity.key, one.record_id) if one.record_id else "",
        "changed": one.version != version,
        "saved_at": one.saved_at.isoformat(),
    }


def _is_within(path: str, hidden: Iterable[str]) -> bool:
    return any(path == one or path.startswith(f"{one}.") for one in hidden)


def _without(values: object, hidden: Iterable[str], at: str = "") -> object:
    """Return raw values less hidden paths, at any depth; what was typed may have any shape."""
    if isinstance(values, list):
        return [_without(row, hidden, at) for row in values]
    if not isinstance(values, dict):
        return values
    paths = {name: f"{at}.{name}" if at else str(name) for name in values}
    return {name: _without(value, hidden, paths[name]) for name, value in values.items() if paths[name] not in hidden}
