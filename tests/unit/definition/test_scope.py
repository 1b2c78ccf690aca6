"""What formulas may name."""

import pytest

from engine.definition.field_paths import resolve
from engine.expressions import BOOLEAN, Compiled, Scope, compile_expression
from tests.unit.definition.shop import configuration

SHOP = configuration()
ORDER = SHOP.entity("shop.order")
SCOPES = SHOP.scopes


@pytest.mark.parametrize(
    ("scope", "text"),
    [
        (SCOPES.record(ORDER), "total > 0 AND status = 'draft' AND created_by = ME AND OLD.total < total"),
        (SCOPES.record(ORDER), "SUM(lines.amount) = total AND machine.code <> '' AND created_by.name <> ''"),
        (SCOPES.record(ORDER), "MEASURE('held', item = BLANK) > MEASURE('shop.held', month = '2026-03')"),
        (SCOPES.row(ORDER, "lines"), "count > 1 AND SUM(lines.count) > count AND day > TODAY() AND ROWNUMBER() = 1"),
        (SCOPES.each(ORDER, "lines"), "lines.count = count AND lines.item.name <> '' AND total > 0"),
        (
            SCOPES.candidate(SCOPES.target_names("shop.item"), ORDER, "lines"),
            "RECORD.count > 1 AND RECORD.day > TODAY()",
        ),
        (SCOPES.candidate(SCOPES.target_names("system.user"), ORDER), "name <> '' AND RECORD.total > 1"),
        (SCOPES.plain(ORDER), "owner = ME AND machine.code = 'A'"),
        (SCOPES.record(ORDER), "SUMEACH(lines, LOOKUP('shop.order', 'total', number = number)) > 0"),
        (SCOPES.record(ORDER), "COUNT(LOOKUP('shop.order', 'lines', total < total)) = 0"),
    ],
)
def test_a_formula_finds_its_names(scope: Scope, text: str):
    compiled = compile_expression(text, scope, BOOLEAN)

    assert isinstance(compiled, Compiled), compiled


@pytest.mark.parametrize(
    ("scope", "text"),
    [
        (SCOPES.plain(ORDER), "MEASURE('held') > 0"),
        (SCOPES.plain(ORDER), "OLD.total > 0"),
        (SCOPES.record(ORDER), "count > 0"),
        (SCOPES.record(SHOP.entity("shop.item")), "status = 'draft'"),
    ],
)
def test_a_formula_finds_nothing_that_is_not_there(scope: Scope, text: str):
    compiled = compile_expression(text, scope, BOOLEAN)

    assert isinstance(compiled, tuple)


@pytest.mark.parametrize(
    ("path", "owner", "table", "hops"),
    [
        ("total", "shop.order", "", 0),
        ("lines.amount", "shop.order/lines", "lines", 0),
        ("lines.item.name", "shop.item", "lines", 1),
        ("machine.above.code", "shop.machine", "", 2),
        ("checker.department.name", "system.department", "", 1),
        ("created_by.name", "system.user", "", 0),
    ],
)
def test_a_path_leads_to_its_field(path: str, owner: str, table: str, hops: int):
    found = resolve(SHOP.entities, ORDER, path)

    assert (found.owner, found.table, len(found.hops)) == (owner, table, hops)


@pytest.mark.parametrize("path", ["totl", "total.x", "lines.x", "machine.people.part", "machine.x", "created_by.x"])
def test_a_wrong_path_leads_nowhere(path: str):
    assert resolve(SHOP.entities, ORDER, path) is None
