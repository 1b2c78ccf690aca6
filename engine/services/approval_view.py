"""The approval of one record as people see it: the path, who decided what, what the actor may do, and what comes next."""

from collections.abc import Iterable, Mapping
from typing import Any

from engine.definition.model import Entity, Flow
from engine.projection.flow_cards import standing_cards, title_of
from engine.projection.texts import in_language
from engine.projection.verbs import VERBS
from engine.services.approvals import flow_env, seat_key
from engine.services.context import Context
from engine.services.installation import Installation
from engine.services.reading import require_visible
from engine.services.references import USER, References
from engine.services.seats import Running, running
from engine.services.work import Work, reading
from engine.storage.instances import Instances
from engine.storage.records import Record
from engine.workflow import LIVE, Event, Prediction, Seat, draft, field_access, legal_targets, path_view, predict

_OPEN = frozenset({"draft", "returned", "withdrawn"})


def approval(installation: Installation, ctx: Context, key: str, record_id: str) -> dict[str, Any]:
    """Return the newest approval of a record, or for a draft the one that would start. Who was sent a copy has now read it."""
    with reading(installation, ctx) as work:
        entity = work.entity(key)
        record = require_visible(work, entity, record_id, "read")
        found = running(work, entity, record_id)
        shown = _shown(work, entity, record, found)
    if found is not None and any(one.kind == "copy" and one.user == ctx.actor.id for one in found.instance.state.seats):
        with installation.database.writing() as tx:
            Instances(tx).mark_read(found.instance.id, ctx.actor.id, ctx.now)
    return shown


def _shown(work: Work, entity: Entity, record: Record, found: Running | None) -> dict[str, Any]:
    if found is not None and record.status != "draft":
        return _standing(work, entity, record, found)
    flow = work.configuration.flow_for(entity.key)
    empty: dict[str, Any] = {
        "instance": None,
        "path": [],
        "seats": [],
        "events": [],
        "my_seat": None,
        "prediction": [],
    }
    if flow is None or record.status not in _OPEN:
        return empty
    return empty | _ahead(work, entity, record, flow)


def _standing(work: Work, entity: Entity, record: Record, found: Running) -> dict[str, Any]:
    instance, language = found.instance, work.ctx.language
    state = instance.state
    configuration = work.installation.configurations.at(work.tx, instance.publication_id).configuration
    flow = configuration.flows[instance.flow]
    events = Instances(work.tx).events(instance.id)
    prediction = _predict(work, entity, record, flow, found) if state.status in LIVE else None
    names = _names(
        work, (*(seat.user for seat in state.seats), *(event.actor for event in events), *_asked(prediction))
    )
    head = {
        "id": instance.id,
        "status": state.status,
        "round": state.round,
        "started_at": instance.started_at.isoformat(),
    }
    return {
        "instance": head | {"flow_title": in_language(flow.title, language), "publication": instance.publication_id},
        "path": standing_cards(flow, path_view(found.program, state, state.seats), names, language),
        "seats": [_seat(flow, seat, names, language) for seat in state.seats],
        "events": [_event(flow, event, names, language) for event in events],
        "my_seat": _mine(work, found, flow),
        "prediction": _stops(flow, prediction, names, language),
    }


def _ahead(work: Work, entity: Entity, record: Record, flow: Flow) -> dict[str, Any]:
    program = work.published.programs[flow.key]
    starter = work.ctx.actor.id
    env = flow_env(work, work.configuration, flow.key, entity, record, starter)
    prediction = predict(program, None, env, starter)
    names = _names(work, _asked(prediction))
    cards = path_view(program, draft(starter), ())
    return {
        "path": standing_cards(flow, cards, names, work.ctx.language),
        "prediction": _stops(flow, prediction, names, work.ctx.language),
    }


def _predict(work: Work, entity: Entity, record: Record, flow: Flow, found: Running) -> Prediction:
    configuration = work.installation.configurations.at(work.tx, found.instance.publication_id).configuration
    env = flow_env(work, configuration, flow.key, entity, record, found.instance.state.initiator)
    return predict(found.program, found.instance.state, env, found.instance.state.initiator)


def _mine(work: Work, found: Running, flow: Flow) -> dict[str, Any] | None:
    """Return the seat at which the actor is asked now, with what may be done from it."""
    state, language = found.instance.state, work.ctx.language
    mine = [
        seat
        for seat in state.seats
        if seat.user == work.ctx.actor.id and seat.status == "pending" and seat.kind == "approver"
    ]
    if not mine:
        return None
    seat = min(mine, key=lambda one: one.id)
    targets = legal_targets(found.program, state, seat.id)
    access = field_access(found.program, state, work.ctx.actor.id)
    return {
        "id": seat_key(found.instance.id, seat.id),
        "rev": seat.rev,
        "node": seat.node,
        "node_title": title_of(flow, seat.node, language),
        "actions": ["agree", "reject", *(["return"] if targets else []), "transfer"],
        "return_targets": [{"node": one.node, "title": title_of(flow, one.node, language)} for one in targets],
        "fields": dict(access.fields),
    }


def _seat(flow: Flow, seat: Seat, names: Mapping[str, str], language: str) -> dict[str, Any]:
    told = {
        "number": seat.id,
        "node": seat.node,
        "node_title": title_of(flow, seat.node, language),
        "status": seat.status,
        "kind": seat.kind,
    }
    return told | {
        "user": _person(seat.user, names),
        "round": seat.round,
        "at": seat.at.isoformat(),
        "comment": seat.comment,
    }


def _event(flow: Flow, event: Event, names: Mapping[str, str], language: str) -> dict[str, Any]:
    payload = dict(event.payload)
    return {
        "at": event.at.isoformat(),
        "verb": event.verb,
        "verb_title": in_language(VERBS.get(event.verb, {"zh-CN": event.verb}), language),
        "actor": _person(event.actor, names),
        "on_behalf_of": event.on_behalf_of,
        "node_title": title_of(flow, event.node, language) if event.node else "",
        "comment": str(payload.pop("comment", "") or ""),
        "payload": payload,
    }


def _stops(flow: Flow, prediction: Prediction | None, names: Mapping[str, str], language: str) -> list[dict[str, Any]]:
    return [
        {
            "node": stop.node,
            "title": title_of(flow, stop.node, language),
            "verb": stop.verb,
            "people": [_person(user, names) for user in stop.people],
            "reason": stop.reason,
            "why": dict(stop.why or {}),
            "branch": title_of(flow, f"{stop.node}/{stop.branch}", language) if stop.branch else "",
        }
        for stop in (prediction.stops if prediction else ())
    ]


def _asked(prediction: Prediction | None) -> list[str]:
    return [user for stop in (prediction.stops if prediction else ()) for user in stop.people]


def _names(work: Work, users: Iterable[str]) -> dict[str, str]:
    references, wanted = References(work), list(dict.fromkeys(users))
    references.prefetch(USER, wanted)
    found = {user: references.get(USER, user) for user in wanted}
    return {user: str(one["name"]) for user, one in found.items() if one}


def _person(user: str, names: Mapping[str, str]) -> dict[str, str]:
    return {"id": user, "name": names.get(user, user)}
