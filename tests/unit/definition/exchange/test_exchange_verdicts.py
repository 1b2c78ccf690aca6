"""For any instance the verdict of the record path is that of the schema, by another implementation of JSON Schema."""

import json

import jsonschema
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from engine.definition.exchange.instances import same
from tests.unit.definition.exchange.making import entity_of, there_and_back, verdict

KEYS = st.sampled_from(["a", "b", "kind", "list", "A b", "é"])
WORDS = st.sampled_from(["", "x", "yy", "x y", "2026-03-02", "a,b"])
SCALARS = st.none() | st.booleans() | st.integers(-3, 20) | st.sampled_from([0.5, 2.0, 2**60, -1.25]) | WORDS
VALUES = st.recursive(
    SCALARS, lambda one: st.lists(one, max_size=3) | st.dictionaries(KEYS, one, max_size=3), max_leaves=6
)
TYPES = st.sampled_from(["string", "integer", "number", "boolean", "null", "array", "object"])
REFS = st.sampled_from([{"$ref": "#/$defs/word"}, {"$ref": "#/$defs/node"}, {"$ref": "#word"}])
DEFS = {
    "word": {"$anchor": "word", "type": "string", "minLength": 1},
    "node": {
        "type": "object",
        "properties": {"a": {"type": "string"}, "list": {"type": "array", "items": {"$ref": "#/$defs/node"}}},
    },
}
LEAVES = (
    st.booleans()
    | REFS
    | st.builds(lambda kind: {"type": kind}, TYPES)
    | st.builds(lambda kind: {"type": [kind, "null"]}, TYPES.filter(lambda kind: kind != "null"))
    | st.builds(lambda values: {"enum": values}, st.lists(WORDS.filter(bool), min_size=1, max_size=3, unique=True))
    | st.builds(lambda value: {"const": value}, SCALARS)
    | st.builds(
        lambda low, high: {"type": "string", "minLength": low, "maxLength": high}, st.integers(0, 2), st.integers(0, 4)
    )
    | st.builds(
        lambda low, high: {"type": "integer", "minimum": low, "exclusiveMaximum": high},
        st.integers(-2, 3),
        st.integers(0, 9),
    )
    | st.builds(lambda step: {"type": "number", "multipleOf": step}, st.sampled_from([1, 2, 3]))
    | st.sampled_from(
        [{"type": "string", "pattern": "^x"}, {"type": "string", "format": "date"}, {"not": {"type": "string"}}]
    )
)


def objects(inner: st.SearchStrategy[object]) -> st.SearchStrategy[dict[str, object]]:
    names = st.lists(KEYS, max_size=2, unique=True)
    optional = {
        "required": names,
        "additionalProperties": inner,
        "patternProperties": st.dictionaries(st.sampled_from(["^a", "t$"]), inner, max_size=1),
        "minProperties": st.integers(0, 2),
        "maxProperties": st.integers(1, 4),
        "propertyNames": st.just({"maxLength": 4}),
        "dependentRequired": st.dictionaries(KEYS, names, max_size=2),
        "dependentSchemas": st.dictionaries(KEYS, inner, max_size=1),
        "unevaluatedProperties": st.booleans(),
        "allOf": st.lists(inner, min_size=1, max_size=2),
        "anyOf": st.lists(inner, min_size=1, max_size=2),
        "oneOf": st.lists(inner, min_size=1, max_size=2),
        "if": inner,
        "then": inner,
        "else": inner,
    }
    return st.fixed_dictionaries(
        {"type": st.just("object"), "properties": st.dictionaries(KEYS, inner, max_size=4)}, optional=optional
    )


def lists(inner: st.SearchStrategy[object]) -> st.SearchStrategy[dict[str, object]]:
    optional = {
        "minItems": st.integers(0, 2),
        "maxItems": st.integers(0, 3),
        "uniqueItems": st.booleans(),
        "contains": inner,
        "prefixItems": st.lists(inner, min_size=1, max_size=2),
    }
    return st.fixed_dictionaries({"type": st.just("array"), "items": inner}, optional=optional)


SCHEMAS = objects(st.recursive(LEAVES, lambda inner: objects(inner) | lists(inner), max_leaves=5))
INSTANCES = st.lists(st.dictionaries(KEYS, VALUES, max_size=4), min_size=15, max_size=20)


@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(SCHEMAS, INSTANCES)
def test_verdict_on_any_instance_is_the_verdict_of_its_schema(
    schema: dict[str, object], instances: list[dict[str, object]]
):
    whole = {**schema, "$defs": DEFS}
    entity, judge = entity_of(whole), jsonschema.Draft202012Validator(whole)

    verdicts = [verdict(entity, one) for one in instances]

    assert verdicts == [judge.is_valid(one) for one in instances]


@settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(SCHEMAS, INSTANCES)
def test_instance_comes_back_from_its_record_to_the_letter(
    schema: dict[str, object], instances: list[dict[str, object]]
):
    entity = entity_of({**schema, "$defs": DEFS})

    back = [there_and_back(entity, one) for one in instances]

    assert back == instances, json.dumps(
        [schema, [pair for pair in zip(back, instances, strict=True) if pair[0] != pair[1]]]
    )


@pytest.mark.parametrize(
    ("draft", "schema"),
    [
        (
            "http://json-schema.org/draft-04/schema#",
            {"properties": {"a": {"type": "integer", "minimum": 1, "exclusiveMinimum": True}}},
        ),
        (
            "http://json-schema.org/draft-06/schema#",
            {"properties": {"a": {"exclusiveMinimum": 1}, "b": {"contains": {"const": 2}}}},
        ),
        (
            "http://json-schema.org/draft-07/schema#",
            {"if": {"required": ["a"]}, "then": {"required": ["b"]}, "dependencies": {"kind": ["a"]}},
        ),
        (
            "https://json-schema.org/draft/2019-09/schema",
            {"properties": {"list": {"items": [{"type": "integer"}], "additionalItems": False}}},
        ),
        (
            "https://json-schema.org/draft/2020-12/schema",
            {"properties": {"list": {"prefixItems": [{"type": "integer"}], "items": False}}},
        ),
    ],
)
def test_every_draft_is_judged_by_its_own_rules(draft: str, schema: dict[str, object]):
    whole = {"$schema": draft, "type": "object", **schema}
    entity, judge = entity_of(whole), jsonschema.validators.validator_for(whole)(whole)
    instances = [
        {},
        {"a": 1},
        {"a": 1.0},
        {"a": 2},
        {"a": 2.0},
        {"b": [2]},
        {"a": 1, "b": [1]},
        {"kind": 1},
        {"list": [1]},
        {"list": [1, 2]},
    ]

    verdicts = [verdict(entity, one) for one in instances]

    assert verdicts == [judge.is_valid(one) for one in instances], json.dumps(schema)


def test_one_is_not_true_and_not_one_point_nought():
    assert not same(1, True)
    assert not same(1, 1.0)
