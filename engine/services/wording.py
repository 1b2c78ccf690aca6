"""Findings, changes and plans in words, for those use cases whose answer is what people read."""

from typing import Any

from engine.definition import Change
from engine.problems import Problem, describe, wording
from engine.storage.schema_plan import Plan, Step


def problem_view(problem: Problem, language: str) -> dict[str, Any]:
    """Return a finding with its sentence and its remedy."""
    text = describe(problem, language)
    shown: dict[str, Any] = {
        "code": problem.code,
        "file": problem.file,
        "pointer": problem.pointer,
        "severity": problem.severity,
    }
    shown |= {"detail": text.text, "remedy": text.remedy, "params": dict(problem.params)}
    return shown | ({"span": list(problem.span)} if problem.span else {})


def change_view(change: Change, language: str) -> dict[str, Any]:
    """Return one change of a configuration with its sentence."""
    shown = {
        name: getattr(change, name)
        for name in ("kind", "subject", "pointer", "before", "after")
        if hasattr(change, name)
    }
    return shown | {"sentence": wording(change.code, change.params, language).text}


def plan_view(plan: Plan, language: str) -> dict[str, Any]:
    """Return the steps of a plan with their sentences."""
    return {
        "steps": [_step(step, language) for step in plan.steps],
        "problems": [problem_view(one, language) for one in plan.problems],
    }


def _step(step: Step, language: str) -> dict[str, Any]:
    shown = {"kind": step.kind, "table": step.table, "column": step.column, "rows": step.rows, "ddl": step.ddl}
    return shown | {"sentence": wording(f"plan_{step.kind}", step.params, language).text}
