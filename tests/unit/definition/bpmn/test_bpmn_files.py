"""Files in the manner of other tools: every one is read, told about, and kept to the letter."""

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from engine.definition.bpmn import import_bpmn
from engine.definition.bpmn.lines import REASONS
from engine.definition.interchange import encoded
from tests.unit.definition.bpmn.flows import outline

FILES = Path(__file__).parent / "files"
MODELS = Path(os.environ.get("FORMWORK_BPMN_MODELS", FILES))
"""A folder of reference models (such as those of the BPMN MIWG) may be named; our own files are always read."""

INTERVIEWS = {"parallel": [["Tech Interview"], ["Team Interview"]]}
SHAPES: dict[str, list[Any] | None] = {
    "activiti_default_namespace": ["部门经理审批", "重新提交", "多人会签"],
    "ad_hoc_and_transaction": [{"parallel": [["Look"], ["Measure"], ["Photograph"]]}, "Sign"],
    "camunda_extensions": ["Prepare", {"parallel": [[{"branch": [["Legal"], []]}], [{"branch": [["Technical"], []]}]]}],
    "choreography": None,
    "early_end": None,
    "eclipse_prefix_bpmn2": ["HR Interview", INTERVIEWS],
    "event_gateway_and_implicit": ["Hand out", {"parallel": [["Left"], ["Right"]]}, {"branch": [[], ["Chase"]]}, "Close"],
    "flowable_sub_process": ["First look", "Second look"],
    "loop_back": None,
    "plain_prefix_bpmn": ["Check the dates", {"branch": [["Decide"], []]}],
    "semantic_latin1": ["Prüfen"],
    "signavio_lanes_utf16": ["登记", "批准"],
    "unknown_things": ["Café"],
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_file_of_another_tool_comes_to_steps(name: str):
    found = import_bpmn((FILES / f"{name}.bpmn").read_bytes(), entity="order")

    assert found.problems == ()
    assert (outline(found.flow["steps"]) if found.flow else None) == SHAPES[name]


@pytest.mark.parametrize("folder", [FILES, MODELS])
def test_file_is_kept_with_everything_in_it_and_every_element_is_told_of(folder: Path):
    for file in sorted(folder.glob("*.bpmn")):
        data = file.read_bytes()

        found = import_bpmn(data, entity="order")

        kept = encoded(found.text, found.encoding)
        assert ET.canonicalize(kept, with_comments=True) == ET.canonicalize(data, with_comments=True)
        told = Counter(line.id for line in found.lines if line.id)
        there = Counter(
            one.get("id")
            for one in ET.fromstring(data).iter()
            if "omg.org/spec/BPMN/20100524/MODEL" in one.tag and one.get("id")
        )
        assert told == there, file.name


def test_report_says_what_runs_and_why_the_rest_does_not():
    found = import_bpmn((FILES / "flowable_sub_process.bpmn").read_bytes(), entity="order")

    told = {line.id: (line.fate, line.reason) for line in found.lines}
    assert told["u2"] == ("runs", "step")
    assert told["u1"] == ("needs", "people")
    assert told["sub"] == ("runs", "inside")
    assert told["late"] == ("kept", "boundary")
    assert told["chase"] == ("kept", "not_reached")
    assert told["evt"] == ("kept", "event_subprocess")
    assert all(line.text("en") and line.text("zh-CN") for line in found.lines)


def test_reasons_are_told_in_two_languages():
    missing = [
        code
        for code, (_, chinese, english) in REASONS.items()
        if not chinese or (not english.isascii() and "“" not in english)
    ]

    assert missing == []


def test_lanes_and_groups_become_roles_that_are_known():
    data = (FILES / "signavio_lanes_utf16.bpmn").read_bytes()

    found = import_bpmn(data, entity="order", roles={"Clerk": "shop.clerk", "shop.clerk": "shop.clerk"})

    assert found.flow is not None
    assert [step["by"] for step in found.flow["steps"]] == [[{"role": "shop.clerk"}], [{"role": "deputy"}]]
    assert {line.id: line.fate for line in found.lines if line.id.startswith("sid-t")}["sid-t1"] == "runs"


def test_conditions_are_put_into_our_signs_and_wait_for_somebody():
    found = import_bpmn((FILES / "plain_prefix_bpmn.bpmn").read_bytes(), entity="order")

    assert found.flow is not None
    ways = found.flow["steps"][1]["branches"]
    assert [way.get("when") for way in ways] == ['days > 5 AND kind = "paid"', None]
    assert [line.fate for line in found.lines if line.id == "f3"] == ["needs"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<a/>", "bpmn_no_definitions"),
        (b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"/>', "bpmn_no_definitions"),
        (b"{}", "xml_malformed"),
    ],
)
def test_what_is_no_bpmn_is_a_problem(data: bytes, code: str):
    found = import_bpmn(data)

    assert [one.code for one in found.problems] == [code]


def test_odd_files_do_no_harm():
    space = "http://www.omg.org/spec/BPMN/20100524/MODEL"
    deep = "<subProcess id='s'>" * 300 + "</subProcess>" * 300
    circle = "<task id='a'/><task id='b'/><sequenceFlow sourceRef='a' targetRef='b'/><sequenceFlow sourceRef='b' targetRef='a'/>"
    lone = "<exclusiveGateway id='g'/><sequenceFlow sourceRef='g' targetRef='g'/>"
    spoilt = '<task id="a"><extensionElements><f:step xmlns:f="https://formwork.dev/bpmn/v1">[[[</f:step></extensionElements></task>'
    bodies = ("", deep, circle, lone, spoilt, "<sequenceFlow/>", "<task/>", "<startEvent id='x'/><startEvent id='x'/>")

    found = [
        import_bpmn(f"<definitions xmlns='{space}'><process>{body}</process></definitions>".encode()) for body in bodies
    ]

    assert [one.problems for one in found] == [()] * len(bodies)
    assert json.dumps([one.flow for one in found])
