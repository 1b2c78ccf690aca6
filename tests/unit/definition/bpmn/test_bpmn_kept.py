"""A file is written back to the letter while its flow is as it came, and with its changes otherwise."""

import copy
from pathlib import Path
from typing import Any

import pytest

from engine.definition.bpmn import export_kept, import_bpmn, keep

FILES = Path(__file__).parent / "files"
REDUCED = ("activiti_default_namespace", "camunda_extensions", "eclipse_prefix_bpmn2", "flowable_sub_process", "plain_prefix_bpmn", "signavio_lanes_utf16", "unknown_things")  # fmt: skip


def taken(name: str) -> tuple[bytes, dict[str, Any], dict[str, Any]]:
    data = (FILES / f"{name}.bpmn").read_bytes()
    found = import_bpmn(data, entity="order")
    assert found.flow is not None
    return data, keep(found), found.flow


@pytest.mark.parametrize("name", REDUCED)
def test_file_comes_back_to_the_letter(name: str):
    data, kept, flow = taken(name)

    written = export_kept(kept, flow)

    assert written == data


@pytest.mark.parametrize("name", ["activiti_default_namespace", "plain_prefix_bpmn", "signavio_lanes_utf16"])
def test_changed_words_and_people_are_written_into_their_elements(name: str):
    data, kept, flow = taken(name)
    changed = copy.deepcopy(flow)
    changed["steps"][0] |= {"title": "New words", "by": [{"user": "kim"}]}

    written = export_kept(kept, changed)

    assert import_bpmn(written).flow == changed
    assert len(written) > len(data)


def test_condition_that_was_changed_stands_where_it_stood():
    _, kept, flow = taken("plain_prefix_bpmn")
    flow["steps"][1]["branches"][0]["when"] = "days > 9"

    text = export_kept(kept, flow).decode()

    assert ">days &gt; 9</bpmn:conditionExpression>" in text
    assert "<!-- drawn by hand -->" in text
    assert import_bpmn(text.encode()).flow == flow


@pytest.mark.parametrize("name", REDUCED)
def test_steps_that_came_and_went_are_drawn_anew_and_the_rest_stays(name: str):
    _, kept, flow = taken(name)
    flow["steps"] = [
        {"name": "added", "title": "Added", "type": "approve", "by": [{"user": "ann"}]},
        *flow["steps"][:1],
    ]

    written = export_kept(kept, flow)

    assert import_bpmn(written).flow == flow


def test_elements_that_stayed_keep_what_other_tools_wrote():
    _, kept, flow = taken("activiti_default_namespace")
    flow["steps"] = flow["steps"][:1]

    text = export_kept(kept, flow).decode()

    assert '<activiti:taskListener event="create" class="org.example.Notify"/>' in text
    assert "usertask2" not in text
