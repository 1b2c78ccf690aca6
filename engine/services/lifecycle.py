"""The life of a document: handed in, taken back, in effect, made void."""

from typing import Any

from engine.definition.model import Entity
from engine.errors import Conflict, Forbidden, Invalid, Stale
from engine.problems import errors
from engine.services.approvals import decide, flow_env
from engine.services.context import Context
from engine.services.effects import Standing, carry_out, reserve, set_status
from engine.services.installation import Installation
from engine.services.judging import Judged, judge
from engine.services.reading import record_view, require_visible
from engine.services.references import References, label, target
from engine.services.wording import problem_view
from engine.services.work import Work, writing
from engine.storage.identifiers import new_id
from engine.storage.instances import Instances
from engine.storage.ledgers import Source
from engine.storage.records import Record
from engine.workflow import Resubmit, Submit, Void, Withdraw, draft, step

_EFFECT_WITHOUT_FLOW = "approved"


def submit(installation: Installation, ctx: Context, key: str, record_id: str, version: int) -> dict[str, Any]:
    """Hand a document in. Raises Invalid with every finding, Conflict `not_open`, Stale, Forbidden, NotFound."""

    def act(work: Work) -> dict[str, Any]:
        entity = work.entity(key)
        record, judged = submit_record(work, entity, record_id, version)
        shown = record_view(work, entity, record, judged.references)
        return shown | {"warnings": [problem_view(one, ctx.language) for one in judged.warnings]}

    return writing(installation, ctx, act)


def submit_record(work: Work, entity: Entity, record_id: str, version: int) -> tuple[Record, Judged]:
    """Hand a document in within a use case: checked as if it took effect, reserved, and put before its first people."""
    record = _open_document(work, entity, record_id, version, "submit")
    if record.status not in {"draft", "returned"}:
        raise Conflict("not_open", {"status": record.status})
    judged = judge(work, entity, {}, record, moment="submit", locking=True)
    if errors(judged.problems):
        raise Invalid(judged.problems)
    flow = work.configuration.flow_for(entity.key)
    if flow is None:
        reserve(work, entity, record, judged.env, 1, effective=True)
        set_status(work, entity, record, _EFFECT_WITHOUT_FLOW)
    elif record.status == "returned" and (latest := Instances(work.tx).latest_of(entity.key, record.id)):
        instance = Instances(work.tx).load(latest.id, lock=True)
        reserve(work, entity, record, judged.env, instance.state.rev + 1, effective=False)
        decide(work, instance, Resubmit(actor=work.ctx.actor.id))
    else:
        _start(work, entity, record, judged, flow.key)
    work.memo.clear()
    return work.records.need(entity.key, record_id), judged


def withdraw(
    installation: Installation, ctx: Context, key: str, record_id: str, version: int, comment: str
) -> dict[str, Any]:
    """Take a document back from its approval. Raises Conflict where the flow does not allow it any more."""

    def act(work: Work) -> dict[str, Any]:
        entity = work.entity(key)
        withdraw_record(work, entity, record_id, version, comment)
        return _now(work, entity, record_id)

    return writing(installation, ctx, act)


def withdraw_record(work: Work, entity: Entity, record_id: str, version: int, comment: str) -> Standing:
    """Take a document back within a use case."""
    record = _open_document(work, entity, record_id, version, "withdraw")
    latest = Instances(work.tx).latest_of(entity.key, record.id)
    if latest is None or record.status not in {"in_approval", "returned"}:
        raise Conflict("not_in_approval", {"status": record.status})
    command = Withdraw(actor=work.ctx.actor.id, comment=comment)
    return decide(work, Instances(work.tx).load(latest.id, lock=True), command)[0]


def void(
    installation: Installation, ctx: Context, key: str, record_id: str, version: int, comment: str
) -> dict[str, Any]:
    """Make a document that took effect invalid. Raises Conflict `not_effective`, Forbidden."""

    def act(work: Work) -> dict[str, Any]:
        entity = work.entity(key)
        void_record(work, entity, record_id, version, comment)
        return _now(work, entity, record_id)

    return writing(installation, ctx, act)


def void_record(work: Work, entity: Entity, record_id: str, version: int, comment: str) -> Standing:
    """Make a document invalid within a use case."""
    ctx = work.ctx
    record = _open_document(work, entity, record_id, version, "void")
    if record.status != "approved":
        raise Conflict("not_effective", {"status": record.status})
    latest = Instances(work.tx).latest_of(entity.key, record.id)
    if latest is not None:
        command = Void(actor=ctx.actor.id, comment=comment)
        return decide(work, Instances(work.tx).load(latest.id, lock=True), command)[0]
    work.ledgers.reverse(Source(entity.key, record.id), actor=ctx.actor.id, now=ctx.now)
    return set_status(work, entity, record, "void")


def _start(work: Work, entity: Entity, record: Record, judged: Judged, flow: str) -> None:
    env = flow_env(work, work.configuration, flow, entity, record, work.ctx.actor.id)
    decision = step(work.published.programs[flow], draft(work.ctx.actor.id), Submit(actor=work.ctx.actor.id), env)
    reserve(work, entity, record, judged.env, 1, effective=False)
    instance_id = Instances(work.tx).start(
        decision,
        entity=entity.key,
        record_id=record.id,
        title=title_of(work, entity, record),
        flow=flow,
        publication_id=work.published.number,
        now=work.ctx.now,
        instance_id=new_id(),
    )
    carry_out(work, entity, record, instance_id, decision)


def title_of(work: Work, entity: Entity, record: Record, references: References | None = None) -> str:
    """Return what a document is called in lists."""
    value = record.values.get(entity.display)
    field = entity.field(entity.display)
    if field and field.to and isinstance(value, str):
        shape = target(entity, field)
        return label(work.configuration, shape, (references or References(work)).get(shape, value), value)
    return str(value or record.id)


def _open_document(work: Work, entity: Entity, record_id: str, version: int, action: str) -> Record:
    if entity.kind != "document":
        raise Forbidden(action, entity.key, "not_a_document", entity.title)
    record = require_visible(work, entity, record_id, action, lock=True)
    if record.version != version:
        raise Stale(version, record.version)
    return record


def _now(work: Work, entity: Entity, record_id: str) -> dict[str, Any]:
    work.memo.clear()
    record = work.records.need(entity.key, record_id)
    references = References(work)
    references.of_record(entity, record.values)
    return record_view(work, entity, record, references)
