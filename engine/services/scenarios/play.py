"""Playing a scenario: its people come, then its steps are done one after the other, and what is not as it says is written down.

A step that only looks (read, measure, count) is judged and the play goes on; after a step that should have done something and
did not, the rest would mean nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any, cast

from engine.definition.model import Entity, Scenario
from engine.paths import join
from engine.problems import Problem
from engine.services.scenarios import cast as casting
from engine.services.scenarios import expectations as judge
from engine.services.scenarios.desk import Desk, Refused, Sight
from engine.services.scenarios.names import Names, UnknownName
from engine.services.scenarios.outcomes import Outcome
from engine.services.scenarios.stage import ADMIN

Step = Mapping[str, Any]
Problems = Sequence[Problem]

PARTS = ("given", "when", "then")
DEFAULT_DAY = date(2026, 3, 2)
_MOVES = ("submit", "withdraw", "void")
_DECISIONS = ("agree", "reject", "return", "transfer")
_LOOKS = ("read", "measure", "count", "told")


def day_of(scenario: Scenario) -> date:
    """Return the day on which a scenario plays."""
    day = scenario.document.get("today")
    return date.fromisoformat(day) if isinstance(day, str) else DEFAULT_DAY


def play(scenario: Scenario, entities: Mapping[str, Entity], desk: Desk) -> Outcome:
    """Play a scenario at a desk whose database holds nothing but the published modules, and return what came of it."""
    file = f"{scenario.module}/scenarios/{scenario.name}.json"
    problems = _Play(scenario, entities, desk).whole()
    return Outcome(scenario.key, tuple(problem.within(file) for problem in problems))


class _Play:
    def __init__(self, scenario: Scenario, entities: Mapping[str, Entity], desk: Desk) -> None:
        self._document = cast("Mapping[str, Any]", scenario.document)
        self._module, self._entities, self._desk = scenario.module, entities, desk
        self._people: casting.People = self._document.get("people", {})
        self._names = Names(day_of(scenario), self._row)

    def whole(self) -> list[Problem]:
        """Return everything that is not as the scenario says."""
        try:
            casting.hire(self._desk, self._names, self._people, self._module)
        except Refused as refusal:
            return [problem.under("/people") for problem in judge.not_as_refused(None, refusal)]
        found: list[Problem] = []
        for part in PARTS:
            for number, step in enumerate(self._document.get(part, ())):
                wrong = self._step(step)
                found += [problem.under(join("", part, number)) for problem in wrong]
                if wrong and not any(verb in step for verb in _LOOKS):
                    return found
        return found

    def _step(self, step: Step) -> Problems:
        try:
            done = self._together(step) if "parallel" in step else self._do(step)
        except UnknownName as error:
            return [Problem("scenario_unknown_name", params={"name": error.name})]
        except Refused as refusal:
            return list(judge.not_as_refused(step.get("refused"), refusal))
        if "refused" in step:
            return [Problem("scenario_not_refused")]
        return done

    def _together(self, step: Step) -> Problems:
        """Do steps at the same time; with `outcomes`, so many pass and so many are refused, whichever they are.

        The `refused` of such a step then says why, should it be the one.
        """
        steps: Sequence[Step] = step["parallel"]
        expected: Mapping[str, int] | None = step.get("outcomes")
        with ThreadPoolExecutor(len(steps)) as threads:
            if expected is None:
                found = list(threads.map(self._step, steps))
                return [problem.under(join("/parallel", n)) for n, wrong in enumerate(found) for problem in wrong]
            refusals = list(threads.map(self._attempt, steps))
        refused = [(one, refusal) for one, refusal in zip(steps, refusals, strict=True) if refusal is not None]
        wrong = [
            problem for one, refusal in refused for problem in judge.not_as_refused(one.get("refused", {}), refusal)
        ]
        counts = {"passed": len(steps) - len(refused), "refused": len(refused)}
        wrong += [
            judge.differs(word, counts[word], number) for word, number in expected.items() if counts[word] != number
        ]
        return wrong

    def _attempt(self, step: Step) -> Refused | None:
        try:
            self._do(step)
        except Refused as refusal:
            return refusal
        return None

    def _do(self, step: Step) -> Problems:
        """Do one step and return what differs from what it says. Raises Refused, UnknownName."""
        doers = self._doers()
        verb = next(verb for verb in doers if verb in step)
        return doers[verb](verb, step, step.get("as", ADMIN))

    def _doers(self) -> Mapping[str, Callable[[str, Step, str], Problems]]:
        return {
            "create": self._create,
            "update": self._update,
            "delete": self._delete,
            **dict.fromkeys(_MOVES, self._move),
            **dict.fromkeys(_DECISIONS, self._decide),
            **dict.fromkeys(("close", "reopen"), self._close),
            "read": self._read,
            "measure": self._measure,
            "count": self._count,
            "told": self._told,
            "day": self._day,
        }

    def _create(self, verb: str, step: Step, who: str) -> Problems:
        entity = self._key(step[verb])
        seen = self._desk.create(who, entity, self._values(step))
        if "call" in step:
            name = step["call"]
            self._names.ids[name], self._names.entities[name] = seen.id, entity
            casting.join_team(self._desk, self._names, self._people, self._entities[entity], name)
        return self._warned(step, seen)

    def _update(self, verb: str, step: Step, who: str) -> Problems:
        return self._warned(step, self._desk.update(who, *self._names.record(step[verb]), self._values(step)))

    def _delete(self, verb: str, step: Step, who: str) -> Problems:
        self._desk.delete(who, *self._names.record(step[verb]))
        return []

    def _move(self, verb: str, step: Step, who: str) -> Problems:
        return self._warned(step, self._desk.move(who, verb, *self._names.record(step[verb]), step.get("comment", "")))

    def _decide(self, verb: str, step: Step, who: str) -> Problems:
        to = step.get("to", "")
        target = self._names.id(to) if verb == "transfer" else to
        self._desk.decide(who, verb, *self._names.record(step[verb]), target, step.get("comment", ""))
        return []

    def _close(self, verb: str, step: Step, who: str) -> Problems:
        part = self._names.id(step["of"].removeprefix("@")) if "of" in step else ""
        told = {"anyway": step.get("anyway", False)} if verb == "close" else {"reason": step.get("comment", "-")}
        self._desk.close(who, verb, self._key(step[verb]), {"part": part, "period": step.get("period", ""), **told})
        return []

    def _read(self, verb: str, step: Step, who: str) -> Problems:
        entity, key = self._names.record(step[verb])
        seen = self._desk.read(who, entity, key)
        wrong = list(judge.differences(step.get("expect", {}), seen, self._names))
        if "status" in step and seen.status != step["status"]:
            wrong.append(judge.differs("status", seen.status, step["status"]))
        if "at" in step or "waiting" in step:
            wrong += judge.not_waiting(step, self._desk.waiting(who, entity, key), self._names)
        return wrong

    def _measure(self, verb: str, step: Step, who: str) -> Problems:
        key = self._key(step[verb])
        where = cast("Mapping[str, object]", self._names.resolve(step.get("where", {})))
        wrong: list[Problem] = []
        if "raised" in step:
            raised, expected = list(self._desk.alerts(who, key, where)), sorted(step["raised"])
            wrong += [] if raised == expected else [judge.differs("raised", raised, expected)]
        if "is" in step or "raised" not in step:
            figure = self._desk.measure(who, key, where)
            wrong += [] if figure == step.get("is") else [judge.differs(key, figure, step.get("is"))]
        return wrong

    def _count(self, verb: str, step: Step, who: str) -> Problems:
        key = self._key(step[verb])
        where = step.get("where", [])
        asked = self._names.resolve(where if isinstance(where, list) else [where])
        number = self._desk.count(who, key, cast("Sequence[object]", asked))
        return [] if number == step.get("is") else [judge.differs(key, number, step.get("is"))]

    def _told(self, verb: str, step: Step, who: str) -> Problems:
        number = sum(step[verb] in text for text in self._desk.told(who))
        return [] if number == step.get("is") else [judge.differs(step[verb], number, step.get("is"))]

    def _day(self, verb: str, step: Step, _who: str) -> Problems:
        self._desk.wait_until(date.fromisoformat(step[verb]))
        return []

    def _warned(self, step: Step, seen: Sight) -> Problems:
        return list(judge.not_warned(step.get("warned"), seen.warnings))

    def _values(self, step: Step) -> Mapping[str, object]:
        return cast("Mapping[str, object]", self._names.resolve(step.get("values", {})))

    def _key(self, name: str) -> str:
        return casting.qualified(name, self._module)

    def _row(self, name: str, way: str) -> str:
        seen = self._desk.read(ADMIN, *self._names.record(name))
        key = judge.value_at(seen, f"{way}.id")
        if not isinstance(key, str):
            raise UnknownName(f"{name}.{way}")
        return key
