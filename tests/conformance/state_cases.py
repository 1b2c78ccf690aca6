"""Cases of what is shown, asked for and kept of hidden values: read here, and by the browser's tests from the same files.

`view.json` is what the server tells the browser of the entity. `python -m tests.conformance.state_cases` writes it anew.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from engine.definition import compile_documents
from engine.definition.model import Entity
from engine.definition.registry import Configuration
from engine.definition.rows import above, every_field, places, row_environment
from engine.definition.values import (
    accept,
    check_rules,
    completeness,
    dump,
    field_state,
    hidden_fields,
    is_under,
    read_only_changes,
    settle,
)
from engine.expressions import Environment
from engine.paths import join, resolve
from engine.problems import Problem
from engine.projection.entity_view import Viewer, entity_view
from engine.projection.rights import Rights

FOLDER = Path(__file__).parent / "cases" / "states"
_NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@dataclass(frozen=True)
class StateCase:
    """One record that is stored (or new), what is sent for it, and what must come of that."""

    name: str
    body: Mapping[str, Any]
    items: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Outcome:
    """What came of a case: values as JSON, and the pointers of what is hidden, required, read-only, missing and broken."""

    values: Mapping[str, Any]
    hidden: frozenset[str]
    required: frozenset[str]
    read_only: frozenset[str]
    missing: frozenset[str]
    broken: frozenset[tuple[str, str]]
    refused: frozenset[str]


def load() -> Iterator[StateCase]:
    """Yield the cases of every file."""
    for file in sorted(FOLDER.glob("*.cases.json")):
        topic = json.loads(file.read_text(encoding="utf-8"))
        for body in topic["cases"]:
            yield StateCase(f"{file.stem.removesuffix('.cases')}: {body['name']}", body, topic["items"])


def configuration() -> Configuration:
    """Return the module that the cases are about."""
    made = compile_documents(json.loads((FOLDER / "documents.json").read_text(encoding="utf-8")))
    assert isinstance(made, Configuration), made
    return made


def view() -> dict[str, Any]:
    """Return the entity as the browser gets it."""
    made = configuration()
    return entity_view(Viewer(made, Rights((), frozenset(), is_admin=True), "zh-CN"), made.entity("states.sheet"), 1)


def outcome(entity: Entity, case: StateCase) -> Outcome:
    """Send what the case sends and return what came of it."""
    before = case.body.get("stored")
    stored = accept(entity, without_computed(entity, before), partial=True)[0] if before else None
    sent, found = accept(entity, case.body["sent"], partial=stored is not None, current=stored)
    env = Environment(fetch=lambda _shape, key, name: _typed(case.items.get(key, {}).get(name), name), now=_NOW)
    if stored is not None:
        stored = settle(entity, {}, env, stored).values
        sent, found = accept(entity, case.body["sent"], partial=True, current=stored)
    settled = settle(entity, sent, env, stored)
    locked = read_only_changes(entity, stored, settled.values, env) if stored else ()
    refused = [one for one in (*found, *locked) if not is_under(one.pointer, settled.ignored)]
    broken = check_rules(entity, settled.values, env, "save")
    return Outcome(
        dump(entity, settled.values),
        frozenset(one.at for one in hidden_fields(entity, settled.values, env)),
        *(frozenset(_flagged(entity, settled.values, env, flag)) for flag in ("required", "read_only")),
        missing=frozenset(_pointers(completeness(entity, settled.values, env))),
        broken=frozenset((str(one.params["rule"]), one.pointer) for one in broken),
        refused=frozenset(_pointers(refused)),
    )


def at(values: Mapping[str, Any], pointer: str) -> Any:
    """Return the value at a pointer, None where there is none."""
    try:
        return resolve(values, pointer)
    except KeyError:
        return None


def without_computed(entity: Entity, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values without what nobody types: the engine works it out."""
    computed = set(entity.order)

    def kept(holder: Mapping[str, Any], prefix: str) -> dict[str, Any]:
        return {
            name: [kept(row, f"{prefix}{name}.") for row in value] if isinstance(value, list) else value
            for name, value in holder.items()
            if prefix + name not in computed
        }

    return kept(values, "")


def _flagged(entity: Entity, values: Mapping[str, object], env: Environment, flag: str) -> Iterator[str]:
    """Yield the pointers of fields in a state, of those that have a condition of their own."""
    whole = replace(env, values=values)
    for path, field in every_field(entity.fields):
        if field.required_when is None and field.read_only_when is None:
            continue
        for place in places(values, above(path)):
            if getattr(field_state(field, row_environment(whole, place)), flag):
                yield join(place.at, field.name)


def _pointers(found: tuple[Problem, ...] | list[Problem]) -> Iterator[str]:
    return (one.pointer for one in found if one.severity == "error")


def _typed(value: str | None, name: str) -> object:
    return Decimal(value) if value is not None and name == "price" else value


if __name__ == "__main__":
    (FOLDER / "view.json").write_text(json.dumps(view(), ensure_ascii=False) + "\n", encoding="utf-8")
