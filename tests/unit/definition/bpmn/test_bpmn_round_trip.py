"""Flows go out as BPMN and come back the same; their shape comes back without our extension too."""

import re
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

from hypothesis import given, settings

from engine.definition.bpmn import export_bpmn, import_bpmn
from engine.definition.bpmn.source import BPMN, DIAGRAM
from tests.unit.definition.bpmn.flows import flows, outline

APPROVAL = {"type": "approve", "by": [{"user": "ann"}]}
ORDER: dict[str, Any] = {
    "$schema": "https://formwork.dev/schemas/v1/flow.schema.json",
    "name": "order",
    "title": "订单",
    "entity": "order",
    "steps": [
        {"name": "first", "title": "First", **APPROVAL},
        {
            "name": "size",
            "title": "Size",
            "type": "branch",
            "branches": [
                {
                    "name": "big",
                    "title": "Big",
                    "when": "total > 1",
                    "steps": [{"name": "head", "title": "Head", **APPROVAL}],
                },
                {"name": "small", "title": "Small", "default": True, "steps": []},
            ],
        },
    ],
}


@settings(max_examples=30)
@given(flows())
def test_flow_comes_back_equal(flow: Mapping[str, Any]):
    found = import_bpmn(export_bpmn(flow))

    assert (found.problems, found.flow) == ((), flow)


@settings(max_examples=30)
@given(flows(fewest=2))
def test_shape_comes_back_without_our_extension(flow: Mapping[str, Any]):
    foreign = re.sub(r"<formwork:(\w+)>.*?</formwork:\1>", "", export_bpmn(flow).decode(), flags=re.DOTALL)
    plain = foreign.replace("bpmn:sendTask", "bpmn:userTask")

    found = import_bpmn(plain.encode())

    assert found.flow is not None
    assert _unnamed(outline(found.flow["steps"])) == _unnamed(outline(list(flow["steps"])))


def test_changes_made_in_another_tool_count():
    text = export_bpmn(ORDER).decode()
    changed = (
        text.replace('name="Head"', 'name="The head"')
        .replace(">total &gt; 1<", ">total &gt; 500<")
        .replace('name="Small"', 'name="Tiny"')
    )

    found = import_bpmn(changed.encode())

    assert found.flow is not None
    size = found.flow["steps"][1]["branches"]
    assert [size[0]["when"], size[0]["steps"][0]["title"], size[1]["title"]] == ["total > 500", "The head", "Tiny"]
    assert size[0]["steps"][0]["by"] == [{"user": "ann"}]


def test_every_node_and_way_is_drawn_once_and_nothing_overlaps():
    root = ET.fromstring(export_bpmn(ORDER))

    drawn = [one.get("bpmnElement") for one in root.iter(f"{{{DIAGRAM}}}BPMNShape")]
    edges = {one.get("bpmnElement"): len(one) for one in root.iter(f"{{{DIAGRAM}}}BPMNEdge")}
    boxes = [[float(value) for value in one[0].attrib.values()] for one in root.iter(f"{{{DIAGRAM}}}BPMNShape")]
    process = root.find(f"{{{BPMN}}}process")

    assert process is not None
    assert sorted([*map(str, drawn), *map(str, edges)]) == sorted(one.get("id", "") for one in process if one.get("id"))
    assert all(count > 1 for count in edges.values())
    for number, (x, y, width, height) in enumerate(boxes):
        for left, top, wide, high in boxes[:number]:
            assert x >= left + wide or left >= x + width or y >= top + high or top >= y + height


def _unnamed(shape: Any) -> Any:
    """Return a shape with a mark for every step: without our extension a step without words has the name of its id."""
    if isinstance(shape, list):
        return [_unnamed(one) for one in shape]
    return {kind: _unnamed(ways) for kind, ways in shape.items()} if isinstance(shape, dict) else "step"
