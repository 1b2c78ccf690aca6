"""From what was sent to what would be stored, with the declared fate of everything that is hidden."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.definition.model import Entity
from engine.definition.values.accept import Values
from engine.definition.values.compute import compute
from engine.definition.values.fill import fill
from engine.definition.values.hidden import ignored, untaken
from engine.expressions import Environment
from engine.problems import Problem


@dataclass(frozen=True, slots=True)
class Settled:
    """The values that would be stored, the formulas that have no value, and the pointers of hidden fields that are ignored."""

    values: Values
    problems: tuple[Problem, ...] = ()
    ignored: frozenset[str] = frozenset()


def settle(
    entity: Entity, sent: Mapping[str, object], env: Environment, before: Mapping[str, object] | None = None
) -> Settled:
    """Fill, compute and clear; what was sent for a field that is hidden and ignored is as if it had not been sent.

    Leaving one value out may hide another: it is asked again until nothing more is left out. What was left out once stays left
    out, so it ends. Raises ExpressionError where a default has no value.
    """
    taken, dropped = sent, frozenset[str]()
    while True:
        values, problems = compute(entity, fill(entity, taken, env, before), env)
        hidden = ignored(entity, values, env)
        taken, more = untaken(taken, hidden - dropped)
        dropped |= more
        if not more:
            return Settled(values, problems, hidden | dropped)
