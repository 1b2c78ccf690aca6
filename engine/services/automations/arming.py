"""Setting timers: what automations by the clock are due next."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from engine.definition.automation_moments import date_moment, next_moment
from engine.definition.automations import Automation, Trigger
from engine.definition.model import Entity
from engine.services.work import Work
from engine.storage.automation_timers import Timer, Timers
from engine.storage.conditions import Leaf
from engine.storage.queries import Queries, Query
from engine.storage.records import Record

PAGE = 500


def zone_of(work: Work, trigger: Trigger) -> ZoneInfo:
    """Return the zone of a trigger, the installation's where it names none."""
    return ZoneInfo(trigger.timezone) if trigger.timezone else work.timezone


def arm_record(work: Work, entity: Entity, automations: Iterable[Automation], record: Record) -> None:
    """Set the timers of a record anew, after it was made or changed."""
    dated = [one for one in automations if one.on.type == "date"]
    if dated:
        known = Timers(work.tx).of_record(record.id)
        wanted = (timer_for(work, one, record.id, record.values, known) for one in dated)
        Timers(work.tx).put([timer for timer in wanted if timer is not None])


def disarm_record(work: Work, automations: Iterable[Automation], record_id: str) -> None:
    """Remove the timers of a record that is gone."""
    if any(one.on.type in {"date", "schedule"} for one in automations):
        Timers(work.tx).remove_of_record(record_id)


def timer_for(
    work: Work, automation: Automation, record_id: str, values: Mapping[str, object], known: Mapping[str, Timer]
) -> Timer | None:
    """Return the timer that a record should have, None where the one that it has is right.

    A moment that has passed already when the date is written is not made up for; one that ran does not run again.
    """
    key = f"{automation.key}|{record_id}"
    before = known.get(key)
    moment = moment_of(work, automation, values)
    if before is not None and moment is not None and moment in (before.moment, before.fired_for):
        # What waits stays as it is, even when it is late; what was put off and came back to where it ran has run.
        moment = before.moment if moment == before.moment else None
    elif moment is not None and moment <= work.ctx.now:
        moment = None
    fired = before.fired_for if before else None
    if moment == (before.moment if before else None):
        return None
    return Timer(key, automation.key, "date", record_id, moment, fired)


def moment_of(work: Work, automation: Automation, values: Mapping[str, object]) -> datetime | None:
    """Return when a record is due for an automation, None where its date is blank."""
    on = values.get(automation.on.date)
    return date_moment(automation.on, on, zone_of(work, automation.on)) if isinstance(on, date) else None


def arm_schedules(work: Work) -> None:
    """Set the timers of all schedules, and remove those of automations that are gone or answer to something else now."""
    timers, wanted = Timers(work.tx), []
    live = work.configuration.automations
    for automation in live.values():
        if automation.on.type == "schedule":
            first = next_moment(automation.on, work.ctx.now, zone_of(work, automation.on))
            wanted.append(Timer(schedule_id(automation), automation.key, "schedule", "", first))
    known = timers.get_many([one.id for one in wanted])
    for one in wanted:
        before = known.get(one.id)
        # A moment that is waiting although it has passed is still owed; another plan for later replaces what was planned.
        if before is None or before.moment is None or before.moment > work.ctx.now:
            timers.put(
                [Timer(one.id, one.automation, "schedule", "", one.moment, before.fired_for if before else None)]
            )
    stale = [key for key in timers.all_ids("schedule") if key not in {one.id for one in wanted}]
    dated = {one.key for one in live.values() if one.on.type == "date"}
    stale += [key for key, automation in timers.all_ids("date").items() if automation not in dated]
    timers.remove(stale)


def schedule_id(automation: Automation) -> str:
    """Return the id of the timer of a schedule."""
    return automation.key


def arm_page(work: Work, automation: Automation, after: str) -> str:
    """Set the timers of one page of the records of an automation; return where the next page starts, empty at the end."""
    where = Leaf("id", "gt", after) if after else None
    found: Sequence[str] = Queries(work.tx, work.tables).ids(
        automation.entity, Query(where=where, sort=("id",), limit=PAGE)
    )
    values = work.records.many(automation.entity, found, ("id", automation.on.date))
    known = Timers(work.tx).get_many([f"{automation.key}|{key}" for key in found])
    wanted = (timer_for(work, automation, key, values[key], known) for key in found if key in values)
    Timers(work.tx).put([timer for timer in wanted if timer is not None])
    return found[-1] if len(found) == PAGE else ""
