"""The page of the domain names places and scenarios that exist, and leaves no rule out."""

import json
from collections.abc import Mapping

import pytest

from tools.coverage import coverage, stands
from tools.places import ROOT

ROWS = [row for _, rows in coverage() for row in rows]
LAST = {"R-F": 11, "R-P": 8, "R-L": 12, "A-C": 9, "A-P": 8, "A-F": 10, "A-L": 9}
CASES = ROOT / "tests" / "conformance" / "cases" / "expressions"
FACTS = {f"F{number:02}" for number in (1, 2, 3, 4, 12, 13, 25, 26, 34, *range(38, 66), *range(68, 73), 74)}
NUMBERS = {f"{prefix}{number}" for prefix, last in LAST.items() for number in range(1, last + 1)}


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_what_a_row_names_exists(row: Mapping[str, str]) -> None:
    module, _, scenario = row.get("proof", "").partition(".")

    proof = ROOT / "modules" / module / "scenarios" / f"{scenario}.json"

    assert "open" in row or stands(row["where"])
    assert not scenario or proof.is_file()


def test_every_worked_fact_is_a_scenario_or_an_expression_case() -> None:
    scenarios = [json.loads(file.read_text("utf-8")).get("fact") for file in ROOT.glob("modules/*/scenarios/*.json")]
    cases = [json.loads(file.read_text("utf-8"))["cases"] for file in CASES.glob("*.json")]

    proven = {*scenarios, *(one["name"][:3] for some in cases for one in some)}

    assert sorted(FACTS - proven) == []


def test_every_rule_and_alert_has_a_row() -> None:
    named = [row["id"] for row in ROWS]

    assert sorted(NUMBERS - set(named)) == []
    assert len(set(named)) == len(named)
