"""Evaluation: errors with places, budget, references, values from outside."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.expressions import (
    NUMBER,
    TEXT,
    Compiled,
    Environment,
    ExpressionError,
    ListOf,
    RecordOf,
    Scope,
    arithmetic,
    compile_expression,
    evaluate,
)
from engine.expressions.functions.shares import share

SCOPE = Scope(
    names={"x": NUMBER, "item": RecordOf("stock.item"), "lines": ListOf(RecordOf("order/lines")), "tags": ListOf(TEXT)},
    shapes={"stock.item": {"code": TEXT}, "order/lines": {"amount": NUMBER, "tags": ListOf(TEXT)}},
)


def value(text: str, environment: Environment | None = None, **values: object) -> object:
    compiled = compile_expression(text, SCOPE)
    assert isinstance(compiled, Compiled), compiled
    return evaluate(compiled, environment or Environment(values=values))


def failure(text: str, **values: object) -> ExpressionError:
    with pytest.raises(ExpressionError) as caught:
        value(text, **values)
    return caught.value


def test_an_error_knows_its_place() -> None:
    error = failure("1 + x / 0", x=1)

    assert (error.code, error.span) == ("division_by_zero", (4, 9))


def test_an_error_inside_a_function_has_the_place_of_the_call() -> None:
    assert failure("1 + NUMBER('x')").span == (4, 15)


def test_a_float_is_never_a_number() -> None:
    assert failure("x + 1", x=0.1).code == "float_value"


@pytest.mark.parametrize("wrong", ["1", True, Decimal("NaN")])
def test_what_is_no_number_is_refused_where_one_is_expected(wrong: object) -> None:
    assert failure("x + 1", x=wrong).code == "wrong_value"


def test_an_int_becomes_a_decimal() -> None:
    assert type(value("x", x=3)) is Decimal


def test_too_many_steps_are_stopped() -> None:
    assert failure("SUM(lines.amount) + SUM(lines.amount)", lines=[{"amount": 1}] * 60_000).code == "too_many_steps"


def test_a_reference_is_followed_through_the_port() -> None:
    environment = Environment(values={"item": "7"}, fetch=lambda shape, key, name: f"{shape} {key} {name}")

    assert value("item.code", environment) == "stock.item 7 code"


def test_an_expanded_reference_asks_only_for_what_it_lacks() -> None:
    fetched = Environment(values={"item": {"id": "7"}}, fetch=lambda _shape, key, name: f"{key} {name}")

    assert value("item.code", item={"id": "7", "code": "A"}) == "A"
    assert value("item.code", fetched) == "7 code"


def test_a_list_that_was_never_filled_is_empty() -> None:
    assert value("COUNT(tags) = 0 AND ISBLANK(tags)") is True


def test_lists_in_rows_become_one_list() -> None:
    assert value("JOIN(lines.tags)", lines=[{"tags": ["a", "b"]}, {"tags": None}, {"tags": ["c"]}]) == "a, b, c"


def test_an_environment_without_ports_finds_nothing() -> None:
    assert value("ISBLANK(item.code)", item="7") is True


def test_the_day_is_that_of_the_time_zone() -> None:
    late = datetime(2026, 1, 31, 23, 0, tzinfo=UTC)

    assert value("TODAY() & ''", Environment(now=late, timezone=timezone(timedelta(hours=8)))) == "2026-02-01"


def test_the_keys_of_a_measure_are_ids() -> None:
    asked: list[Mapping[str, object]] = []
    scope = Scope(names=SCOPE.names, shapes=SCOPE.shapes)
    compiled = compile_expression("LOOKUP('stock.item', 'code', code = item)", scope)
    assert isinstance(compiled, Compiled)

    evaluate(compiled, Environment(values={"item": {"id": "7"}}, lookup=lambda _shape, _name, keys: asked.append(keys)))

    assert asked == [{"code": "7"}]


numbers = st.decimals(-(10**12), 10**12, places=4)


@given(numbers, numbers)
def test_a_quotient_is_within_half_of_its_last_place(one: Decimal, other: Decimal) -> None:
    if not other:
        return

    quotient = arithmetic.divide(one, other)

    assert abs(quotient * other - one) <= abs(other) * Decimal("0.5e-12") * (1 + Decimal("1e-9"))


@given(numbers, st.lists(st.decimals(0, 1000, places=2), min_size=1, max_size=8).filter(any), st.integers(0, 4))
def test_shares_add_up_to_the_rounded_total(total: Decimal, weights: list[Decimal], scale: int) -> None:
    parts = [share(total, weights, Decimal(at + 1), Decimal(scale)) for at in range(len(weights))]

    assert sum(part for part in parts if part is not None) == arithmetic.round_half_up(total, Decimal(scale))


@given(numbers, st.integers(-4, 6))
def test_rounding_up_and_down_enclose_the_number(value_: Decimal, places: int) -> None:
    down, up = arithmetic.round_down(value_, Decimal(places)), arithmetic.round_up(value_, Decimal(places))

    assert abs(down) <= abs(value_) <= abs(up)
    assert arithmetic.round_half_up(value_, Decimal(places)) in (down, up)
