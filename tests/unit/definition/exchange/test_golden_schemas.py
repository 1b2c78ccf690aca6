"""Schemas as people write them, of every draft: each spoilt instance gets the verdict of another implementation of JSON Schema."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.unit.definition.exchange.making import entity_of, there_and_back, verdict

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.json"))
SPOILERS: tuple[object, ...] = (
    None,
    True,
    False,
    0,
    -1,
    2.5,
    10**6,
    "",
    "x",
    "2026-03-02",
    [],
    [1, 1],
    {},
    {"x": None},
)


def places(value: object, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield where something stands in an instance, the whole left out."""
    several = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in several:
        yield (*at, key)
        yield from places(one, (*at, key))


def spoilt(example: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield an instance and what it becomes when one thing is taken away, added, doubled or something else."""
    yield example
    yield {**example, "unknown": 1}
    for at in places(example):
        for spoiler in (..., *SPOILERS):
            one = copy.deepcopy(example)
            around: Any = one
            for key in at[:-1]:
                around = around[key]
            if spoiler is ...:
                del around[at[-1]]
            else:
                around[at[-1]] = spoiler
            yield one
        if isinstance(at[-1], int):
            one = copy.deepcopy(example)
            around = one
            for key in at[:-1]:
                around = around[key]
            around.append(around[at[-1]])
            yield one


@pytest.mark.parametrize("file", GOLDEN, ids=lambda file: file.stem)
def test_every_instance_gets_the_verdict_of_its_schema_and_comes_back_to_the_letter(file: Path):
    told = json.loads(file.read_text(encoding="utf-8"))
    entity, judge = entity_of(told["schema"]), jsonschema.validators.validator_for(told["schema"])(told["schema"])
    instances = [one for example in told["examples"] for one in spoilt(example)]

    wrong = [one for one in instances if verdict(entity, one) != judge.is_valid(one)]
    changed = [one for one in instances if there_and_back(entity, one) != one]

    assert all(judge.is_valid(example) for example in told["examples"])
    assert (wrong, changed) == ([], [])
    assert 0 < sum(judge.is_valid(one) for one in instances) < len(instances)


def test_every_draft_has_a_schema():
    drafts = {json.loads(file.read_text(encoding="utf-8"))["schema"]["$schema"] for file in GOLDEN}

    assert {name for name in ("draft-04", "draft-06", "draft-07", "2019-09", "2020-12") if name in str(drafts)} == {
        "draft-04", "draft-06", "draft-07", "2019-09", "2020-12",
    }  # fmt: skip
