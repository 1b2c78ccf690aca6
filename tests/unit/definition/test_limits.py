"""What is told of limits that cannot be asked, and of measures whose fraction is missing or senseless."""

from typing import Any

import pytest

from engine.definition import check_documents
from engine.definition.schemas import address
from tests.unit.storage.depot import documents

LIMIT = {"name": "l", "by": ["area"], "when": "value > 1", "message": "{area.code} {value}", "to": [{"role": "admin"}]}


def told(**body: Any) -> list[tuple[str, str]]:
    made = documents()
    measure = {"name": "m", "title": "m", "from": "item", "value": "price", "dimensions": ["area"]}
    made["depot/measures/m.json"] = {"$schema": address("measure"), **measure, **body}
    return [(problem.code, problem.pointer) for problem in check_documents(made)]


@pytest.mark.parametrize(
    ("limit", "code", "at"),
    [
        ({"by": ["nothing"]}, "measure_lacks_dimension", "/limits/0/by/0"),
        ({"among": ["item"]}, "measure_lacks_dimension", "/limits/0/among/0"),
        ({"when": "value"}, "formula_wrong_result", "/limits/0/when"),
        ({"message": "{price}"}, "formula_unknown_name", "/limits/0/message"),
        ({"to": [{"user": "area.code"}]}, "automation_not_people", "/limits/0/to/0/user"),
        ({"to": [{"role": "nobody"}]}, "role_not_declared", "/limits/0/to/0/role"),
    ],
)
def test_a_limit_that_cannot_be_asked_is_refused(limit: dict[str, Any], code: str, at: str):
    found = told(limits=[LIMIT | limit])

    assert (code, at) in found


@pytest.mark.parametrize("more", [{"aggregate": "percentile"}, {"aggregate": "median", "fraction": "0.9"}])
def test_a_fraction_belongs_to_a_percentile(more: dict[str, str]):
    found = told(**more)

    assert [code for code, _ in found] == ["measure_fraction"]


def test_a_limit_may_compare_with_other_places():
    found = told(limits=[LIMIT | {"when": "value > AVG(others) + 3 * STDEV(others)", "among": ["area"]}])

    assert found == []
