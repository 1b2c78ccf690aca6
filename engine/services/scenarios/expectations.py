"""Comparing what happened with what a scenario says: everything that differs is a problem that says both."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from engine.problems import Problem
from engine.services.scenarios.desk import Finding, Refused, Sight, Waiting
from engine.services.scenarios.names import Names

NO_REFUSAL = frozenset({
    "unexpected", "busy", "sign_in_required", "version_required", "too_many_requests",
    "bad_request", "no_such_address", "method_not_allowed", "not_json",
})  # fmt: skip
"""Answers that show a fault of the product or of the player: no scenario may be content with them."""

Expected = Mapping[str, Any]


def not_as_refused(expected: Expected | None, refusal: Refused) -> Iterator[Problem]:
    """Yield a problem unless this refusal is the one that was expected."""
    said = _told(refusal.findings)
    if refusal.code in NO_REFUSAL and (expected or {}).get("code") != refusal.code:
        yield Problem("scenario_broken", params={"code": refusal.code, "why": said})
    elif expected is None:
        yield Problem("scenario_refused", params={"why": said})
    elif not any(_fits(expected, one) for one in refusal.findings if one.severity == "error"):
        yield Problem("scenario_refused_otherwise", params={"expected": _shown(expected), "why": said})


def not_warned(expected: Expected | None, warnings: Sequence[Finding]) -> Iterator[Problem]:
    """Yield a problem when an expected warning was not given."""
    if expected is not None and not any(_fits(expected, one) for one in warnings):
        yield Problem("scenario_not_warned", params={"expected": _shown(expected), "why": _told(warnings) or "-"})


def differences(expected: Expected, seen: Sight, names: Names) -> Iterator[Problem]:
    """Yield a problem for every path whose value is another one; what is hidden or blank is null."""
    for path, value in expected.items():
        wanted, found = names.resolve(value), value_at(seen, path)
        if found != wanted:
            yield differs(path, found, wanted)


def value_at(seen: Sight, path: str) -> object:
    """Return the JSON value at a dotted path (`lines.0.amount`), None where it leads nowhere."""
    value: object = seen.values
    for part in path.split("."):
        if isinstance(value, Mapping):
            value = value.get(part)
        elif isinstance(value, list) and part.isdigit() and int(part) < len(value):
            value = value[int(part)]
        else:
            return None
    return value


def not_waiting(step: Expected, waiting: Sequence[Waiting], names: Names) -> Iterator[Problem]:
    """Yield a problem when other nodes (`at`) or people (`waiting`) are asked than those expected."""
    if "at" in step:
        yield from _sets("at", {one.node for one in waiting}, step["at"])
    if "waiting" in step:
        yield from _sets("waiting", {names.of(one.person) for one in waiting}, step["waiting"])


def differs(what: str, found: object, expected: object) -> Problem:
    """Return the problem that something is not what it should be."""
    return Problem("scenario_differs", params={"what": what, "found": _text(found), "expected": _text(expected)})


def _sets(what: str, found: set[str], expected: Iterable[str]) -> Iterator[Problem]:
    if found != set(expected):
        yield differs(what, sorted(found), sorted(expected))


def _fits(expected: Expected, one: Finding) -> bool:
    return (
        expected.get("code") in {None, one.code}
        and expected.get("rule") in {None, one.rule}
        and expected.get("at") in {None, one.pointer}
        and expected.get("says", "") in one.says
    )


def _told(findings: Iterable[Finding]) -> str:
    return "; ".join(" ".join(filter(None, (one.code, one.rule, one.pointer, one.says))) for one in findings)


def _shown(expected: Expected) -> str:
    return ", ".join(f"{key} {value}" for key, value in expected.items()) or "-"


def _text(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "-"
    return "-" if value is None else str(value)
