"""Making a record what it was at an earlier version: an ordinary change, with all that a change is asked."""

from collections.abc import Mapping, Sequence
from typing import Any

from engine.definition import values as record_values
from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Entity, Field
from engine.definition.values.differences import difference
from engine.definition.values.merging import is_sent
from engine.errors import NotFound
from engine.projection.masking import with_masks
from engine.services.changes_view import labels_of, shown
from engine.services.context import Context
from engine.services.history import hidden_paths
from engine.services.installation import Installation
from engine.services.judging import judge
from engine.services.reading import require_visible, without
from engine.services.references import References
from engine.services.seats import held_access
from engine.services.versions import state_at
from engine.services.wording import problem_view
from engine.services.work import Work, reading, writing
from engine.services.writing import answer, update_record
from engine.storage.records import Record

_WRITABLE = frozenset({"write", "required"})


def preview(installation: Installation, ctx: Context, key: str, record_id: str, number: int) -> dict[str, Any]:
    """Return what a record was at a version, what restoring it would change, and what would be found. Raises NotFound."""
    with reading(installation, ctx) as work:
        entity = work.entity(key)
        record = require_visible(work, entity, record_id, "read")
        access = held_access(work, entity, record)
        hidden = hidden_paths(work, entity, record)
        state = _state(work, entity, record, number)
        judged = judge(work, entity, _payload(entity, state, record, access), record, access=access)
        now, then = (record_values.dump(entity, one) for one in (record.values, judged.values))
        change = shown(entity.fields, difference(entity.fields, now, then), hidden, ctx.language)
        return {
            "version": number,
            "values": with_masks(entity, without(state, hidden.hidden), access, ctx.language),
            "labels": labels_of(entity, [change], References(work)),
            "problems": [problem_view(problem, ctx.language) for problem in judged.problems],
        } | change


def restore(
    installation: Installation, ctx: Context, key: str, record_id: str, version: int, number: int
) -> dict[str, Any]:
    """Make a record what it was at version `number`; `version` is the one that was seen.

    Fields that the actor may not write stay as they are; rows that were removed since come back as new ones. Raises what a
    change raises, and NotFound for a version that history does not know.
    """

    def act(work: Work) -> dict[str, Any]:
        entity = work.entity(key)
        record = require_visible(work, entity, record_id, "read", lock=True)
        state = _state(work, entity, record, number)
        payload = _payload(entity, state, record, held_access(work, entity, record))
        return answer(work, entity, *update_record(work, entity, record_id, version, payload, {"restored": number}))

    return writing(installation, ctx, act)


def _state(work: Work, entity: Entity, record: Record, number: int) -> dict[str, Any]:
    found = state_at(work, entity, record, number) if number <= record.version else None
    if found is None:
        raise NotFound("version", str(number))
    return found


def _payload(entity: Entity, state: Mapping[str, Any], record: Record, access: Mapping[str, str]) -> dict[str, Any]:
    now = record_values.dump(entity, record.values)
    return _sent(entity.fields, state, now, access, "")


def _sent(
    fields: Sequence[Field], state: Mapping[str, Any], now: Mapping[str, Any], access: Mapping[str, str], at: str
) -> dict[str, Any]:
    """Return what to send so that the fields that may be written become those of `state`.

    History does not know what was encrypted: that stays as it is.
    """
    found: dict[str, Any] = {}
    for field in fields:
        path = at + field.name
        if (
            not is_sent(field)
            or FIELD_TYPES[field.type].is_guarded(field)
            or field.name not in state
            or access.get(path, "write") not in _WRITABLE
        ):
            continue
        value = state[field.name]
        if not field.is_table:
            found[field.name] = value
            continue
        known = {row["id"]: row for row in now.get(field.name) or ()}
        found[field.name] = [
            ({"id": row["id"]} if row["id"] in known else {})
            | _sent(field.fields, row, known.get(row["id"], {}), access, f"{path}.")
            for row in value or ()
        ]
    return found
