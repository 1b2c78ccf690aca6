"""Automations for administrators: all of them in their order, what they did, and playing a failed run again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.definition import Configuration
from engine.definition.automations import Automation, in_order
from engine.errors import Conflict, NotFound
from engine.problems import Problem
from engine.projection.texts import in_language
from engine.services.accounts import require_admin
from engine.services.automations.occasion import Occasion, values_of
from engine.services.automations.running import attempt
from engine.services.context import Context
from engine.services.installation import Installation
from engine.services.references import USER, References, label
from engine.services.wording import problem_view
from engine.services.work import Work, reading, writing
from engine.storage.automation_runs import Run, Runs
from engine.storage.automation_timers import Timers
from engine.storage.records import Record


def every(installation: Installation, ctx: Context, module: str) -> dict[str, Any]:
    """Return the automations, those of one module if asked, in the order in which they run. For administrators."""
    require_admin(ctx, "read", "automation")
    with reading(installation, ctx) as work:
        all_of_them = in_order(work.configuration.automations.values())
        shown = [one for one in all_of_them if not module or one.module == module]
        due = Timers(work.tx).next_due([one.key for one in shown])
        return {"items": [_automation(work, one, due.get(one.key)) for one in shown]}


def runs(installation: Installation, ctx: Context, query: Mapping[str, Any]) -> dict[str, Any]:
    """Return one page of the run log, newest first. For administrators."""
    require_admin(ctx, "read", "automation")
    with reading(installation, ctx) as work:
        limit = query["limit"]
        found = Runs(work.tx).recent(
            automation=query["automation"],
            module=query["module"],
            result=query["result"],
            record_id=query["record"],
            before=query["cursor"],
            limit=limit + 1,
        )
        page = found[:limit]
        replays = Runs(work.tx).replays_of([one.id for one in page])
        references = References(work)
        references.prefetch(USER, [one.actor for one in page])
        return {
            "items": [_run(work, one, replays.get(one.id), references) for one in page],
            "next_cursor": page[-1].id if len(found) > limit else None,
        }


def replay(installation: Installation, ctx: Context, run_id: str) -> dict[str, Any]:
    """Play a failed run again, on the record as it is now; one that succeeded meanwhile is answered as it was.

    For administrators. Raises NotFound, Conflict `run_not_failed`.
    """
    require_admin(ctx, "update", "automation")

    def act(work: Work) -> dict[str, Any]:
        failed = Runs(work.tx).get(run_id, lock=True)
        if failed is None:
            raise NotFound("automation_run", run_id)
        if failed.result != "failed":
            raise Conflict("run_not_failed", {"result": failed.result})
        done = Runs(work.tx).replayed(run_id)
        if done is None:
            automation = work.configuration.automations.get(failed.automation)
            if automation is None:
                raise NotFound("automation", failed.automation)
            done = attempt(work, automation, _occasion(work, automation, failed), keeps=True, replay_of=run_id)
        if done is None:
            raise Conflict("replay_not_needed", {"title": dict(_title(work.configuration, failed.automation))})
        return _run(work, done, None, References(work))

    return writing(installation, ctx, act)


def _occasion(work: Work, automation: Automation, failed: Run) -> Occasion:
    """Return the occasion of a failed run: what was kept of it, and its record as it is now. Raises NotFound."""
    kept: Mapping[str, Any] = failed.input
    entity = work.entity(failed.entity) if failed.entity else None
    record: Record | None = None
    if entity and failed.record_id:
        record = work.records.get(entity.key, failed.record_id)
        if record is None and "values" in kept:
            gone = values_of(entity.fields, kept["values"])
            at, by = failed.at, failed.actor
            record = Record(entity.key, failed.record_id, 0, gone, at, by, at, by, by)
        if record is None:
            raise NotFound(entity.key, failed.record_id)
    return Occasion(
        failed.trigger,
        entity,
        record,
        values_of(entity.fields, kept["old"]) if entity and "old" in kept else None,
        values_of(automation.on.payload, kept["payload"]) if "payload" in kept else None,
        datetime.fromisoformat(kept["moment"]) if "moment" in kept else None,
    )


def _automation(work: Work, one: Automation, due: datetime | None) -> dict[str, Any]:
    language = work.ctx.language
    entity = work.configuration.entities.get(one.entity)
    return {
        "key": one.key,
        "title": in_language(one.title, language),
        "description": in_language(one.description, language) if one.description else "",
        "module": one.module,
        "path": f"{one.module}/automations/{one.name}.json",
        "order": one.order,
        "entity": one.entity,
        "entity_title": in_language(entity.title, language) if entity else "",
        "on": one.on.type,
        "when": one.when.text if one.when else "",
        "effects": [effect.type for effect in one.do],
        # By the clock there is nobody to refuse.
        "on_failure": "log" if one.on.type in {"schedule", "date"} else one.on_failure,
        "next_due": due.isoformat() if due else None,
    }


def _run(work: Work, run: Run, replayed_by: str | None, references: References) -> dict[str, Any]:
    language, configuration = work.ctx.language, work.configuration
    shown = {name: getattr(run, name) for name in ("id", "automation", "trigger", "entity", "record_id", "result")}
    problems = (Problem(str(one["code"]), params=_params(one)) for one in run.problems)
    return shown | {
        "title": in_language(_title(configuration, run.automation), language),
        "actor": {"id": run.actor, "name": label(configuration, USER, references.get(USER, run.actor), run.actor)},
        "at": run.at.isoformat(),
        "duration_ms": run.duration_ms,
        "problems": [problem_view(one, language) for one in problems],
        "chain": [in_language(_title(configuration, key), language) for key in run.chain],
        "request_id": run.request_id,
        "replay_of": run.replay_of,
        "replayed_by": replayed_by,
        "can_replay": run.result == "failed" and replayed_by is None,
    }


def _params(stored: Mapping[str, object]) -> Mapping[str, object]:
    params = stored.get("params")
    return params if isinstance(params, dict) else {}


def _title(configuration: Configuration, key: str) -> Mapping[str, str]:
    found = configuration.automations.get(key)
    return found.title if found else {"zh-CN": key}
