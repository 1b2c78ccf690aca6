"""What is shown, asked for and kept of hidden values; `admin_ui/src/core/form/states.test.ts` runs the same cases."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.conformance.state_cases import FOLDER, StateCase, at, configuration, load, outcome, view

CASES = tuple(load())
SHEET = configuration().entity("states.sheet")


def test_there_are_enough_cases_at_every_depth():
    assert len(CASES) >= 60
    assert {case.name.partition(":")[0] for case in CASES} == {"record", "lines", "items", "parts", "computed"}


def test_what_the_browser_is_tested_with_is_what_it_gets():
    kept = json.loads((FOLDER / "view.json").read_text(encoding="utf-8"))

    assert list(_missing(kept, json.loads(json.dumps(view())), "")) == [], "run python -m tests.conformance.state_cases"


def _missing(kept: Any, now: Any, at: str) -> Iterator[str]:
    """Yield where something that is kept is not there any more; what came to it since does no harm."""
    if isinstance(kept, dict) and isinstance(now, dict):
        for key, value in kept.items():
            yield from _missing(value, now.get(key), f"{at}/{key}")
    elif isinstance(kept, list) and isinstance(now, list) and len(kept) == len(now):
        for index, value in enumerate(kept):
            yield from _missing(value, now[index], f"{at}/{index}")
    elif kept != now:
        yield at


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_comes_out_as_written(case: StateCase):
    found = outcome(SHEET, case)

    wanted: dict[str, Any] = {"hidden": [], "shown": [], **case.body}
    assert {pointer: at(found.values, pointer) for pointer in wanted["values"]} == wanted["values"]
    assert set(wanted["hidden"]) <= found.hidden
    assert not set(wanted["shown"]) & found.hidden
    assert sorted(found.required) == wanted.get("required", [])
    assert sorted(found.read_only) == wanted.get("read_only", [])
    assert sorted(found.missing) == wanted.get("missing", [])
    assert sorted(map(list, found.broken)) == wanted.get("broken", [])
    assert sorted(found.refused) == wanted.get("refused", [])
