"""Every figure that the rules of a document may read, locked together before the first of them is read.

Locks that are taken one after the other, as rules happen to ask, let two documents wait for each other. So the rules are
asked beforehand with made-up answers, nothing is read, and what they ask for is noted.
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from engine.definition import values as record_values
from engine.definition.model import Entity, Rule
from engine.expressions import Environment, ExpressionError, evaluate
from engine.services.evaluation import AsIf, derived
from engine.services.figure_series import asked_along
from engine.services.work import Work

_FAR = Decimal(10) ** 18
_ANSWERS = (None, Decimal(0), _FAR, -_FAR)
"""With these, both sides of a comparison are seen, and the words of a finding are asked as well."""


def hold_figures(
    work: Work, entity: Entity, values: Mapping[str, object], env: Environment, moment: str, figures: AsIf
) -> None:
    """Lock what the rules of a moment may ask of measures, until the transaction ends. Raises Busy."""
    rules = tuple(rule for rule in entity.rules if moment in rule.on and _measures(rule))
    if not rules or work.tx.dialect != "postgresql":
        return
    noted: set[str] = set()
    for answer in _ANSWERS:
        asking = replace(env, measure=_Noting(work, entity, env, figures, noted, answer))
        record_values.check_rules(replace(entity, rules=rules), values, asking, moment)
    figures.hold(noted)


def _measures(rule: Rule) -> bool:
    return any(one.measures for one in (rule.check, rule.when, *rule.holes.values()) if one is not None)


class _Noting:
    """Answers every measure alike, and notes the keys of the figures that were asked for."""

    def __init__(
        self, work: Work, entity: Entity, env: Environment, figures: AsIf, noted: set[str], answer: Decimal | None
    ) -> None:
        self._work = work
        self._entity = entity
        self._env = env
        self._figures = figures
        self._noted = noted
        self._answer = answer

    def __call__(self, name: str, dimensions: Mapping[str, object]) -> Decimal | None:
        if any(value is None for value in dimensions.values()):
            return None
        measure = self._work.configuration.measure(name, self._entity.module)
        if measure.formula is None:
            self._noted.update(self._figures.keys(measure, dimensions))
            return self._answer
        asked = asked_along(measure.along, dimensions) if measure.along else dimensions
        if asked is None:
            return None
        try:
            evaluate(measure.formula, derived(self._env, measure, asked, self))
        except ExpressionError:
            # A made-up answer may be a divisor; the other answers ask further.
            return self._answer
        return self._answer
