"""Answering to what happens to records: the automations that say so run at once, in their declared order."""

from engine.definition.automations import answering, changed_paths
from engine.services.automations.arming import arm_record, disarm_record
from engine.services.automations.occasion import of_record
from engine.services.automations.running import renewed, run
from engine.services.happenings import Happening
from engine.services.work import Work


def follow(work: Work, happening: Happening) -> bool:
    """Run what answers to a happening, each on the record as those before have left it; say whether anything was done.

    Raises AutomationFailed.
    """
    entity, before = happening.entity, happening.before
    automations = work.configuration.automations_for(entity.key)
    changed = changed_paths(entity, before.values, happening.record.values) if before else frozenset[str]()
    if happening.event == "delete":
        disarm_record(work, automations, happening.record.id)
    else:
        arm_record(work, entity, automations, happening.record)
    occasion = of_record(entity, happening.record, happening.event, before)
    done = False
    for automation in answering(automations, happening.event, changed):
        seen = renewed(work, occasion) if done else occasion
        done = run(work, automation, seen) or done
    return done
