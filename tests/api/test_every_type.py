"""A field of every type all the way, on both databases: in and out, schema, files, questions against brute force, print, history and back."""

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from engine.definition.field_types import FIELD_TYPES
from engine.definition.field_types.masks import DOT
from engine.definition.model import Entity, Field
from engine.definition.record_schema import record_schema
from tests.api.conftest import Making
from tests.api.every_type import COUNT, SENT, values_of
from tests.api.kinds import THING
from tests.api.office import Office
from tests.api.sheets import imported
from tests.api.test_exports import export
from tests.api.test_field_types import entity_of

NAMES = [f"f_{kind}" for kind in SENT]
COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "eq": lambda held, asked: held == asked,
    "ne": lambda held, asked: held != asked,
    "lt": lambda held, asked: held < asked,
    "le": lambda held, asked: held <= asked,
    "gt": lambda held, asked: held > asked,
    "ge": lambda held, asked: held >= asked,
    "contains": lambda held, asked: asked in held,
    "starts_with": lambda held, asked: held.startswith(asked),
}


class Things:
    """Five records with a value of every type, what was sent for each, and what the types make of it."""

    def __init__(self, office: Office) -> None:
        self.office, self.kay = office, office["kay"]
        self.entity: Entity = entity_of(office)
        self.sent = values_of(office)
        self.made = [self.kay.create(THING, name=str(place), **one) for place, one in enumerate(self.sent)]

    def field(self, kind: str) -> Field:
        found = self.entity.field(f"f_{kind}")
        assert found is not None
        return found

    def canonical(self, kind: str) -> list[Any]:
        field, one = self.field(kind), FIELD_TYPES[kind]
        return [None if values[field.name] is None else one.coerce(values[field.name], field) for values in self.sent]

    def expected(self, place: int) -> dict[str, Any]:
        return {
            f"f_{kind}": FIELD_TYPES[kind].to_json(value)
            if (value := self.canonical(kind)[place]) is not None
            else None
            for kind in SENT
        }

    def listed(self) -> dict[str, dict[str, Any]]:
        items = self.kay.list(THING, fields=",".join(("name", *NAMES))).body["items"]
        return {one["values"]["name"]: {name: one["values"][name] for name in NAMES} for one in items}

    def found(self, name: str, operator: str, value: object) -> list[str]:
        condition = {"field": name, "op": operator, "value": value}
        reply = self.kay.list(THING, filter=condition, fields="name", sort="name")
        assert reply.status == 200, (condition, reply.body)
        return [one["values"]["name"] for one in reply.body["items"]]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def things(request: pytest.FixtureRequest, prepared: Making) -> Iterator[Things]:
    """What all tests of this file ask and none changes."""
    with prepared("kinds", request.param).open() as office:
        yield Things(office)


@pytest.fixture
def own(kinds: Office) -> Things:
    """What one test may change."""
    return Things(kinds)


def picked(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in NAMES}


def test_values_come_out_as_they_went_in_and_back_again_after_changes(own: Things):
    kay, expected = own.kay, [own.expected(place) for place in range(COUNT)]

    read = [picked(kay.read(THING, one["id"])["values"]) for one in own.made]
    listed = own.listed()
    changed = kay.change(THING, own.made[0], **own.sent[1])
    told = {one["path"] for one in kay.get(f"/records/{THING}/{changed['id']}/history").body["items"][0]["changes"]}
    path = f"/records/{THING}/{changed['id']}/restore"
    restored = kay.post(path, {"version": 1}, if_match=f'"{changed["version"]}"').body["values"]

    assert read == expected
    assert listed == {str(place): one for place, one in enumerate(expected)}
    assert picked(changed["values"]) == expected[1]
    assert told >= {name for name in NAMES if expected[0][name] != expected[1][name]}
    assert picked(restored) == expected[0]


def test_the_schema_of_the_form_takes_what_the_records_have_and_nothing_of_another_kind(things: Things):
    judge = Draft202012Validator(record_schema(things.entity))
    other = {"string": 5, "integer": "5", "boolean": "x", "array": "x", "object": "x", "": object()}

    told = [error.message for place in range(COUNT) for error in judge.iter_errors(things.expected(place))]
    taken = [
        name
        for name, kind in zip(NAMES, SENT, strict=True)
        if kind != "json" and judge.is_valid({name: other[FIELD_TYPES[kind].json_type]})
    ]

    assert (told, taken) == ([], [])


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_files_give_back_every_value(own: Things, kind: str):
    fields = ",".join(("name", *NAMES))
    content = export(own.kay, THING, fields=fields, format=kind).body
    before = own.listed()

    job = imported(own.office, "kay", THING, content, f"a.{kind}")

    assert [one["outcome"] for one in job["rows"]] == ["created"] * COUNT, job["rows"]
    again = [own.kay.read(THING, row["record_id"])["values"] for row in job["rows"]]
    assert {one["name"]: picked(one) for one in again} == before


def test_questions_are_answered_as_by_looking_at_every_value(things: Things):
    wrong = []
    for kind in SENT:
        field, held = things.field(kind), things.canonical(kind)
        operators = set(FIELD_TYPES[kind].operators_for(field)) & COMPARISONS.keys()
        for operator in sorted(operators):
            place = next(place for place in (1, 0) if held[place] is not None)
            sent = things.sent[place][field.name]
            asked, value = held[place], sent
            if operator == "contains" and (kind.endswith("_range") or isinstance(sent, list)):
                continue  # what lies within a stretch or a list has tests of its own
            if operator in {"contains", "starts_with"}:
                asked = value = str(asked)[:4]
            right = [str(at) for at, one in enumerate(held) if one is not None and COMPARISONS[operator](one, asked)]
            if (told := things.found(field.name, operator, value)) != right:
                wrong.append((kind, operator, value, told, right))

    assert wrong == []


def test_blanks_are_found_and_the_others(things: Things):
    wrong = []
    for kind in SENT:
        held = things.canonical(kind)
        right = [[str(at) for at, one in enumerate(held) if (one is None) is blank] for blank in (True, False)]
        told = [things.found(f"f_{kind}", operator, None) for operator in ("blank", "not_blank")]
        if told != right:
            wrong.append((kind, told, right))

    assert wrong == []


def test_every_type_that_sorts_is_put_in_the_order_of_its_values(things: Things):
    wrong = []
    for kind in (one for one in SENT if FIELD_TYPES[one].sortable):
        held = things.canonical(kind)
        for sort in (f"f_{kind}", f"-f_{kind}"):
            items = things.kay.list(THING, sort=sort, fields="name").body["items"]
            values = [held[int(one["values"]["name"])] for one in items]
            filled = [one for one in values if one is not None]
            in_order = all((a >= b) if sort.startswith("-") else (a <= b) for a, b in pairwise(filled))
            if not in_order or values != [*filled, *[None] * (COUNT - len(filled))]:
                wrong.append((kind, sort, values))

    assert wrong == []


def test_every_value_can_be_printed_and_no_mask_shows_it(things: Things):
    shown = [
        (kind, value, one.to_print(value, things.field(kind), language), one.mask(value, things.field(kind), language))
        for kind, one in ((kind, FIELD_TYPES[kind]) for kind in SENT)
        for value in things.canonical(kind)
        if value is not None
        for language in ("zh-CN", "en")
    ]

    assert [one for one in shown if not one[2]] == []
    assert [one for one in shown if FIELD_TYPES[one[0]].maskable and (DOT not in one[3] or one[2] in one[3])] == []
