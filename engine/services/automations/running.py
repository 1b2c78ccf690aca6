"""One run of an automation: its condition, its effects in their order, and its line in the log."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from time import perf_counter

from engine.definition import values as record_values
from engine.definition.automations import Automation
from engine.errors import AutomationFailed, Busy, FormworkError, Invalid
from engine.expressions import Environment, ExpressionError, evaluate
from engine.problems import LANGUAGES, Problem, errors, wording
from engine.services.automations import outside_effects, record_effects
from engine.services.automations.occasion import Occasion, acting, kept, sight
from engine.services.automations.record_effects import Task
from engine.services.filters import to_json
from engine.services.work import Work
from engine.storage.automation_runs import Result, Run, Runs
from engine.storage.identifiers import new_id

_DOERS: Mapping[str, Callable[[Task], None]] = {
    "create": record_effects.create,
    "update": record_effects.update,
    "post": record_effects.post,
    "submit": record_effects.submit,
    "notify": outside_effects.notify,
    "call": outside_effects.call,
}


def run(work: Work, automation: Automation, occasion: Occasion) -> bool:
    """Run an automation within a use case and say whether it did anything.

    Raises AutomationFailed where it fails and refuses what triggered it; Busy passes, so that the whole may be tried again.
    """
    return attempt(work, automation, occasion, keeps=automation.on_failure == "log") is not None


def attempt(
    work: Work, automation: Automation, occasion: Occasion, *, keeps: bool, replay_of: str | None = None
) -> Run | None:
    """Run an automation and return its line in the log, None where its condition does not hold.

    With `keeps`, a failure undoes the automation alone and is written down; without, it raises AutomationFailed.
    """
    start, run_id = perf_counter(), new_id()
    mark = len(work.acting.refused)
    try:
        with work.tx.savepoint() if keeps else nullcontext():
            if not _effects(work, automation, occasion, run_id):
                return None
    except Busy:
        raise
    except AutomationFailed as failure:
        if not keeps:
            raise
        del work.acting.refused[mark:]
        problems = failure.problems
    except (FormworkError, ExpressionError) as error:
        problems = _told(automation, error)
        if not keeps:
            line = _line(work, automation, occasion, run_id, "refused", start, problems, replay_of)
            work.acting.refused.append(line)
            raise AutomationFailed(automation.key, automation.title, line.chain, problems) from error
    else:
        problems = ()
    done = _line(work, automation, occasion, run_id, "failed" if problems else "done", start, problems, replay_of)
    Runs(work.tx).add([done])
    return done


def _effects(work: Work, automation: Automation, occasion: Occasion, run_id: str) -> bool:
    """Do what an automation says, in its order; say whether its condition held."""
    if automation.when is not None and evaluate(automation.when, sight(work, occasion)) is not True:
        return False
    inner = acting(work, automation, occasion.record_id)
    for number, effect in enumerate(automation.do):
        # Each effect sees what the ones before have done to the record.
        seen = occasion if number == 0 else renewed(inner, occasion)
        env: Environment = sight(inner, seen)
        _DOERS[effect.type](Task(inner, automation, seen, effect, env, run_id, number))
    return True


def renewed(work: Work, occasion: Occasion) -> Occasion:
    """Return an occasion with its record as it is now; one that is gone stays as it was."""
    if occasion.record is None or occasion.trigger == "delete":
        return occasion
    record = work.records.get(occasion.record.entity, occasion.record.id)
    return Occasion(
        occasion.trigger, occasion.entity, record or occasion.record, occasion.old, occasion.payload, occasion.moment
    )


def _told(automation: Automation, error: FormworkError | ExpressionError) -> tuple[Problem, ...]:
    """Return why an automation failed, each reason naming it; the pointer into the record that it wrote is a param, for the pointer of a finding is about what was sent."""
    if isinstance(error, ExpressionError):
        reasons: Sequence[Problem] = (record_values.failed(error, automation.title),)
    elif isinstance(error, Invalid) and errors(error.problems):
        reasons = errors(error.problems)
    else:
        reasons = (Problem(error.code, params=error.params),)
    return tuple(_reason(automation, one) for one in reasons)


def _reason(automation: Automation, problem: Problem) -> Problem:
    words = {language: wording(problem.code, problem.params, language) for language in LANGUAGES}
    params = {
        "automation": automation.key,
        "title": dict(automation.title),
        "reason": {language: said.text for language, said in words.items()},
        "remedy": {language: said.remedy for language, said in words.items()},
        "code": problem.code,
        "at": problem.pointer,
    }
    return Problem("automation_refused", params=params)


def _line(
    work: Work,
    automation: Automation,
    occasion: Occasion,
    run_id: str,
    result: Result,
    start: float,
    problems: Sequence[Problem],
    replay_of: str | None,
) -> Run:
    return Run(
        id=run_id,
        automation=automation.key,
        trigger=occasion.trigger,
        entity=automation.entity,
        record_id=occasion.record_id,
        result=result,
        actor=work.ctx.actor.id,
        at=work.ctx.now,
        duration_ms=round((perf_counter() - start) * 1000),
        problems=[{"code": one.code, "params": to_json(one.params)} for one in problems],
        chain=[*(link.automation for link in work.acting.chain), automation.key],
        input=kept(occasion) if result == "failed" else {},
        request_id=work.ctx.request_id,
        replay_of=replay_of,
    )
