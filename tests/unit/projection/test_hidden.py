"""What a role hides is in nothing that is told about an entity."""

from typing import Any

import pytest

from engine.definition.model import Access, Entity
from engine.projection.hidden import reads_hidden, without_hidden
from tests.unit.definition.shop import configuration

ORDER: Entity = configuration().entities["shop.order"]
HIDDEN: Access = "hidden"


def rule(name: str) -> Any:
    return next(one for one in ORDER.rules if one.name == name)


def test_hidden_fields_and_columns_are_left_out():
    seen = without_hidden(ORDER, {"reason": "hidden", "lines.price": "hidden", "day": "read"})

    assert "reason" not in {field.name for field in seen.fields}
    assert "price" not in {field.name for field in seen.tables[0].fields}
    assert {"day", "lines"} <= {field.name for field in seen.fields}


@pytest.mark.parametrize(
    ("path", "answer"), [("total", True), ("reason", False), ("lines", False), ("lines.price", False)]
)
def test_an_expression_of_a_record_reads_what_it_names(path: str, answer: bool):
    assert reads_hidden(rule("limit").check, {path: HIDDEN}) is answer


@pytest.mark.parametrize(
    ("path", "answer"), [("lines.price", True), ("lines", True), ("price", True), ("lines.note", False)]
)
def test_a_bare_name_in_rows_may_be_the_row_s(path: str, answer: bool):
    amount = next(field for field in ORDER.tables[0].fields if field.name == "amount")

    assert reads_hidden(amount.formula, {path: HIDDEN}, "lines") is answer


def test_hiding_rows_hides_what_sums_them_up():
    total = next(field for field in ORDER.fields if field.name == "total")

    assert reads_hidden(total.formula, {"lines": HIDDEN})
    assert reads_hidden(total.formula, {"lines.amount": HIDDEN})
    assert not reads_hidden(total.formula, {"lines.amount": "read"})
    assert not reads_hidden(None, {"lines": HIDDEN})
