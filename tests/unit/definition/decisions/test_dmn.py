"""DMN in and out: any version and prefix, the file kept to the letter."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.definition import check_documents
from engine.definition.decisions import Table, compile_table, export_dmn, import_dmn
from engine.definition.schemas import address

FILE = """<?xml version="1.0" encoding="UTF-8"?>
<dmn:definitions xmlns:dmn="{space}" xmlns:tool="urn:tool" id="d" name="Discount" tool:version='7'>
  <!-- kept -->
  <dmn:inputData id="i1" name="Total"/>
  <dmn:decision id="discount" name="Discount of an order">
    <dmn:informationRequirement id="ir"><dmn:requiredInput href="#i1"/></dmn:informationRequirement>
    <dmn:decisionTable id="dt" hitPolicy="COLLECT" aggregation="MAX">
      <dmn:input id="in1" label="Total" tool:width="90"><dmn:inputExpression id="ie" typeRef="number"><dmn:text>order.total</dmn:text></dmn:inputExpression></dmn:input>
      <dmn:input id="in2"><dmn:inputExpression id="ie2" typeRef="string"><dmn:text>kind</dmn:text></dmn:inputExpression><dmn:inputValues><dmn:text>"a","b"</dmn:text></dmn:inputValues></dmn:input>
      <dmn:output id="o" name="rate" typeRef="number"/>
      <dmn:rule id="r1"><dmn:description>Large</dmn:description><dmn:inputEntry id="e1"><dmn:text>&gt;= 100</dmn:text></dmn:inputEntry><dmn:inputEntry id="e2"><dmn:text></dmn:text></dmn:inputEntry><dmn:outputEntry id="e3"><dmn:text>0.1</dmn:text></dmn:outputEntry></dmn:rule>
      <dmn:rule id="r2"><dmn:inputEntry id="e4"><dmn:text>-</dmn:text></dmn:inputEntry><dmn:inputEntry id="e5"><dmn:text><![CDATA["a"]]></dmn:text></dmn:inputEntry><dmn:outputEntry id="e6"><dmn:text>0.05</dmn:text></dmn:outputEntry></dmn:rule>
    </dmn:decisionTable>
  </dmn:decision>
  <dmn:decision id="other" name="Worked out"><dmn:literalExpression><dmn:text>1 + 1</dmn:text></dmn:literalExpression></dmn:decision>
</dmn:definitions>
"""  # a file as tools write it
SPACES = (
    "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
)
CELL = st.sampled_from(("-", "5", "< 5", "[1..5)", '"a", "b"', 'not("<&>")', "true"))
NAMED = st.sampled_from(("text", "number", "boolean"))


@st.composite
def tables(draw: st.DrawFn) -> dict[str, Any]:
    """Return a decision document as DMN can say it."""
    wide, deep = draw(st.integers(0, 3)), draw(st.integers(1, 2))
    inputs = [{"name": f"in{n}", "type": draw(NAMED), "title": f"In {n}", "expression": f"in{n}"} for n in range(wide)]
    outputs = [{"name": f"out{n}", "type": draw(NAMED), "title": f"Out {n}"} for n in range(deep)]
    rules = [
        {
            "when": [draw(CELL) for _ in range(wide)],
            "then": [draw(st.sampled_from(("1", '"x"', "-"))) for _ in range(deep)],
        }
        for _ in range(draw(st.integers(0, 3)))
    ]
    policy = draw(st.sampled_from(("unique", "any", "first", "collect", "rule_order")))
    head = {"$schema": address("decision"), "name": "table", "title": "table", "hit_policy": policy}
    return {**head, "inputs": inputs, "outputs": outputs, "rules": rules}


@pytest.mark.parametrize("space", SPACES)
def test_file_becomes_a_table_that_answers_and_comes_back_to_the_letter(space: str):
    data = FILE.replace("{space}", space).encode()

    found = import_dmn(data)

    (document,) = found.tables
    table = compile_table(document)
    assert isinstance(table, Table)
    assert table.decide({"order_total": Decimal(150), "kind": "a"}).value == Decimal("0.1")
    assert table.decide({"kind": "a"}).value == Decimal("0.05")
    assert export_dmn(document) == data
    assert {line.id: line.fate for line in found.lines if line.id in ("discount", "other")} == {
        "discount": "table",
        "other": "kept",
    }


def test_changed_cell_is_changed_in_the_file_and_nothing_else():
    data = FILE.replace("{space}", SPACES[1])
    (document,) = import_dmn(data.encode()).tables
    document["rules"][0]["then"] = ["0.2"]

    assert export_dmn(document).decode() == data.replace(">0.1<", ">0.2<")


def test_changed_columns_are_written_anew_and_the_rest_of_the_file_stays():
    (document,) = import_dmn(FILE.replace("{space}", SPACES[1]).encode()).tables
    document["rules"].append({"when": ["< 1", "-"], "then": ["0"]})

    written = export_dmn(document)

    (again,) = import_dmn(written).tables
    assert again["rules"] == document["rules"]
    assert b"<!-- kept -->" in written
    assert b"1 + 1" in written


@settings(max_examples=40)
@given(tables())
def test_table_comes_back_equal(document: Mapping[str, Any]):
    (found,) = import_dmn(export_dmn(document)).tables

    assert {key: value for key, value in found.items() if key != "source"} == document


def test_what_is_no_dmn_is_a_problem():
    found = [
        import_dmn(data)
        for data in (b"<a/>", b"no", b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>')
    ]

    assert [one.problems[0].code for one in found] == ["dmn_no_definitions", "xml_malformed", "dmn_no_definitions"]


def test_cell_that_makes_no_sense_is_found_before_publishing():
    (document,) = import_dmn(
        FILE.replace("{space}", SPACES[0]).replace("<dmn:text>-<", "<dmn:text>f(x)<").encode()
    ).tables

    found = check_documents({f"shop/decisions/{document['name']}.json": document})

    assert ("decision_cell", "/rules/1/when/0") in {(one.code, one.pointer) for one in found}
