import json
from typing import Any

import pytest

from engine.problems import describe
from engine.workflow import Program, compile_flow
from engine.workflow.program import Edge, Rule
from tests.unit.workflow.play import approve, branch, compiled, flow, parallel


def problems(document: dict[str, Any], *conditions: str) -> list[tuple[str, str]]:
    found = compile_flow(document, dict.fromkeys(conditions))
    assert not isinstance(found, Program)
    assert all("{" not in describe(problem, language).text for problem in found for language in ("zh-CN", "en"))
    return [(problem.code, problem.pointer) for problem in found]


def test_a_tree_becomes_a_graph_with_pairs_and_regions() -> None:
    program = compiled(flow(approve("a", "bo"), parallel("both", [approve("p", "cy")], []), approve("z", "di")))

    assert program.edges == (
        Edge("start", "a"),
        Edge("a", "both"),
        Edge("both", "p", "way1"),
        Edge("both", "both.join", "way2"),
        Edge("p", "both.join"),
        Edge("both.join", "z"),
        Edge("z", "end"),
    )
    assert program.pairs == {"both": "both.join"}
    assert program.nodes["p"].parallel == "both"
    assert [node.position for node in program.nodes.values()] == list(range(len(program.nodes)))


def test_an_empty_branch_leads_on() -> None:
    program = compiled(flow(branch("size", [approve("big", "bo")]), approve("z", "di")))

    assert [(way.name, way.to, way.condition) for way in program.nodes["size"].branches] == [
        ("when", "big", "/steps/0/branches/0/when"),
        ("otherwise", "z", None),
    ]


def test_a_program_survives_being_stored() -> None:
    step = approve("a", "bo", mode={"quorum": "2/3"}, empty={"assign": [{"role": "deputy"}]}, fields={"total": "read"})
    program = compiled(flow(branch("size", [step], [parallel("both", [], [approve("p", "cy")])]), withdraw="any_time"))

    stored = json.loads(json.dumps(program.to_document()))

    assert Program.from_document(stored) == program


def test_a_stable_id_is_the_name_of_the_node() -> None:
    program = compiled(flow(approve("renamed", "bo", id="first")))

    assert set(program.nodes) == {"start", "first", "end"}


def test_every_kind_of_rule_is_read() -> None:
    by = [
        {"user": "bo", "weight": 3}, {"role": "clerk"}, {"department_head": True}, {"department_head": {"level": 2}},
        {"project_role": "manager"}, {"user_field": "keeper"}, {"initiator": True},
    ]  # fmt: skip

    program = compiled(flow({"name": "a", "type": "approve", "by": by}))

    assert program.nodes["a"].by == (
        Rule("user", "bo", weight=3),
        Rule("role", "clerk"),
        Rule("department_head"),
        Rule("department_head", level=2),
        Rule("project_role", "manager"),
        Rule("user_field", "keeper"),
        Rule("initiator"),
    )


def test_all_mistakes_come_at_once() -> None:
    document = flow(
        approve("a", mode="most", self="never"),
        approve("a", "bo", reject="branch_reject", empty="shrug"),
        {"name": "size", "type": "branch", "branches": [{"name": "x", "when": "a > 1", "steps": []}]},
        parallel("one", []),
        {"name": "b", "type": "dance"},
        withdraw="never",
    )

    assert problems(document) == [
        ("flow_nobody_asked", "/steps/0/by"),
        ("flow_mode", "/steps/0/mode"),
        ("flow_choice", "/steps/0/self"),
        ("flow_choice", "/steps/1/empty"),
        ("flow_branch_reject_outside", "/steps/1/reject"),
        ("flow_duplicate_name", "/steps/1/name"),
        ("flow_default_branch", "/steps/2/branches"),
        ("flow_condition", "/steps/2/branches/0/when"),
        ("flow_few_branches", "/steps/3/branches"),
        ("flow_choice", "/steps/4/type"),
        ("flow_choice", "/start/withdraw"),
    ]


@pytest.mark.parametrize(
    ("document", "found"),
    [
        ({}, [("flow_value", "/steps")]),
        ({"steps": ["x"]}, [("flow_value", "/steps/0"), ("flow_value", "/steps/0/name"), ("flow_choice", "/steps/0/type")]),
        ({"steps": [], "start": []}, [("flow_value", "/start")]),
        (flow(approve("end", "bo")), [("flow_duplicate_name", "/steps/0/name")]),
        (flow(approve("start", "bo")), [("flow_duplicate_name", "/steps/0/name")]),
        (flow(parallel("both", [], [approve("p", "bo", fields={"x": "maybe"})])), [("flow_choice", "/steps/0/branches/1/steps/0/fields/x")]),
        (flow({"name": "t", "type": "copy", "to": []}), [("flow_nobody_asked", "/steps/0/to")]),
        (flow({"name": "t", "type": "parallel", "branches": ["x", {"name": "y", "steps": 3}]}),
         [("flow_value", "/steps/0/branches/0"), ("flow_value", "/steps/0/branches/1/steps"), ("flow_duplicate_name", "/steps/0/branches/0/name")]),
    ],
)  # fmt: skip
def test_a_malformed_document_is_reported(document: dict[str, Any], found: list[tuple[str, str]]) -> None:
    assert problems(document) == found


@pytest.mark.parametrize(
    "rule",
    ["bo", {}, {"user": ""}, {"user": "bo", "role": "x"}, {"initiator": False}, {"department_head": {"level": 0}}, {"user": "bo", "weight": 0}],
)  # fmt: skip
def test_a_rule_that_finds_nobody_is_reported(rule: object) -> None:
    found = problems(flow({"name": "a", "type": "approve", "by": [rule]}))

    assert ("flow_rule", "/steps/0/by/0") in found


def test_a_condition_that_did_not_compile_is_reported() -> None:
    document = flow(branch("size", []))

    assert problems(document, "/steps/9/when") == [("flow_condition", "/steps/0/branches/0/when")]
