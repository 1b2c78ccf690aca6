"""Working on what is due by the clock: one timer at a time, its work and its next moment in one transaction.

A worker that is killed has done nothing of it, and another never takes what somebody is working on. A moment that was missed
because no worker ran is made up for, each once, with NOW and TODAY as they were.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from engine.definition.automation_moments import next_moment
from engine.definition.automations import Automation
from engine.errors import Busy, Invalid
from engine.services.automations.arming import arm_page, arm_schedules, moment_of, zone_of
from engine.services.automations.occasion import Occasion, sight
from engine.services.automations.running import attempt
from engine.services.installation import Installation
from engine.services.setup import system_context
from engine.services.work import Work
from engine.storage.automation_runs import Run, Runs
from engine.storage.automation_timers import Timer, Timers
from engine.storage.conditions import Leaf
from engine.storage.database import Transaction
from engine.storage.head import number_in_force
from engine.storage.identifiers import new_id
from engine.storage.queries import Queries, Query

_PAGE = 500
_AGAIN = timedelta(seconds=30)


def tick(installation: Installation, limit: int = 50) -> int:
    """Work on at most `limit` timers that are due and return how many there were."""
    keep_set(installation)
    worked = 0
    while worked < limit and _one(installation):
        worked += 1
    return worked


def keep_set(installation: Installation) -> None:
    """Set the timers of the publication in force, if that was not done yet; safe to be broken off anywhere."""
    with installation.database.reading() as tx:
        number = number_in_force(tx, writing=False)
        if not number or Timers(tx).are_set_for(number):
            return
        automations = installation.configurations.at(tx, number).configuration.automations.values()
        dated = [one for one in automations if one.on.type == "date"]
    with installation.database.writing() as tx:
        arm_schedules(system_work(installation, tx))
    for automation in dated:
        after = "start"
        while after:
            with installation.database.writing() as tx:
                after = arm_page(system_work(installation, tx), automation, "" if after == "start" else after)
    with installation.database.writing() as tx:
        Timers(tx).note_set(number, installation.clock.now())


def system_work(installation: Installation, tx: Transaction) -> Work:
    """Return the work of nobody in particular."""
    return Work(installation, system_context(installation), tx, installation.configurations.in_force(tx, writing=True))


def _one(installation: Installation) -> bool:
    """Work on one timer; say whether there was one."""
    taken: list[Timer] = []
    try:
        with installation.database.writing() as tx:
            work = system_work(installation, tx)
            timer = Timers(tx).take_due(work.ctx.now)
            if timer is None or timer.moment is None:
                return False
            taken.append(timer)
            _work_on(work, timer, timer.moment)
    except Busy:
        if not taken:
            return False
        with installation.database.writing() as tx:
            Timers(tx).try_again(taken[0].id, installation.clock.now() + _AGAIN)
    return True


def _work_on(work: Work, timer: Timer, moment: datetime) -> None:
    automation = work.configuration.automations.get(timer.automation)
    if automation is None:
        Timers(work.tx).remove([timer.id])
    elif timer.kind == "schedule" and automation.on.type == "schedule":
        _schedule(work, automation, timer, moment)
    elif timer.kind == "date" and automation.on.type == "date":
        _date(work, automation, timer, moment)
    else:
        Timers(work.tx).remove([timer.id])
        if timer.kind == "single":
            _on_record(work, automation, timer.record_id, moment)


def _schedule(work: Work, automation: Automation, timer: Timer, moment: datetime) -> None:
    """Do what a schedule says, or put down every record that it finds to be worked on alone; then wait for its next moment."""
    following = next_moment(automation.on, moment, zone_of(work, automation.on))
    Timers(work.tx).put([replace(timer, moment=following, fired_for=moment)])
    if not automation.entity:
        attempt(work, automation, Occasion("schedule", moment=moment), keeps=True)
        return
    entity = work.entity(automation.entity)
    occasion = Occasion("schedule", entity, moment=moment)
    env = sight(work, occasion)
    after, found = "", ["start"]
    try:
        while found:
            query = Query(
                where=Leaf("id", "gt", after) if after else None,
                expressions=(automation.when,) if automation.when else (),
                sort=("id",),
                limit=_PAGE,
                environment=env,
            )
            found = list(Queries(work.tx, work.tables).ids(entity.key, query))
            after = found[-1] if found else ""
            due = moment.isoformat()
            Timers(work.tx).add(
                Timer(f"{automation.key}|{due}|{key}", automation.key, "single", key, moment) for key in found
            )
    except Invalid as error:
        _fail(work, automation, occasion, error)


def _fail(work: Work, automation: Automation, occasion: Occasion, error: Invalid) -> None:
    problems = [{"code": one.code, "params": dict(one.params)} for one in error.problems]
    line = Run(
        new_id(), automation.key, occasion.trigger, automation.entity, None, "failed", work.ctx.actor.id, work.ctx.now, 0,
        problems, (automation.key,), {}, work.ctx.request_id,
    )  # fmt: skip
    Runs(work.tx).add([line])


def _date(work: Work, automation: Automation, timer: Timer, moment: datetime) -> None:
    """Work on a record whose date has come, unless the date says something else by now."""
    record = work.records.get(automation.entity, timer.record_id)
    if record is None:
        Timers(work.tx).remove([timer.id])
        return
    due = moment_of(work, automation, record.values)
    if due != moment:
        later = due if due is not None and due > work.ctx.now else None
        Timers(work.tx).put([replace(timer, moment=later)])
        return
    Timers(work.tx).put([replace(timer, moment=None, fired_for=moment)])
    _on_record(work, automation, timer.record_id, moment)


def _on_record(work: Work, automation: Automation, record_id: str, moment: datetime) -> None:
    record = work.records.get(automation.entity, record_id)
    if record is not None:
        occasion = Occasion(automation.on.type, work.entity(automation.entity), record, moment=moment)
        attempt(work, automation, occasion, keeps=True)
