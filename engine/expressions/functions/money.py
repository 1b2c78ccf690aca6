"""Rates and amounts: what a gross contains, interest, progressive bands, present values."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from engine.expressions import arithmetic
from engine.expressions.arithmetic import add, multiply, power, round_half_up, subtract
from engine.expressions.errors import ExpressionError
from engine.expressions.functions.capitals import capitals
from engine.expressions.functions.entry import Function, Words, needs
from engine.expressions.functions.shares import shares
from engine.expressions.values import Value, number

_ONE = Decimal(1)
_CENTS = Decimal(2)


def net_of(gross: Decimal, rate: Decimal, places: Decimal = _CENTS) -> Decimal:
    """NETOF: gross / (1 + rate), rounded once."""
    return arithmetic.quotient(gross, add(_ONE, rate), places)


def included(gross: Decimal, rate: Decimal, places: Decimal = _CENTS) -> Decimal:
    """INCLUDED: what the net leaves of the gross, so that both add up to it."""
    return subtract(gross, net_of(gross, rate, places))


def gross_of(net: Decimal, rate: Decimal, places: Decimal = _CENTS) -> Decimal:
    """GROSSOF: net * (1 + rate), rounded."""
    return round_half_up(multiply(net, add(_ONE, rate)), places)


def interest(
    principal: Decimal, rate: Decimal, days: Decimal, basis: Decimal = Decimal(365), places: Decimal = _CENTS
) -> Decimal:
    """INTEREST: simple interest, actual days over a year of `basis` days, rounded once."""
    return arithmetic.quotient(multiply(multiply(principal, rate), days), basis, places)


def present_value(rate: Decimal | None, values: Sequence[Value] | None) -> Decimal | None:
    """NPV: every amount divided by (1 + rate) to its place (rounded at the 12th place), added up; a blank is nothing."""
    if rate is None:
        return None
    total, growth = Decimal(0), add(_ONE, rate)
    for place, value in enumerate(values or (), start=1):
        if value is not None:
            total = add(total, arithmetic.divide(number(value), power(growth, Decimal(place))))
    return total


def _limits(floors: Sequence[Value] | None, values: Sequence[Value] | None) -> list[Decimal]:
    """Return the lower limits. Raises ExpressionError("bad_bands") unless they ascend and are as many as the values."""
    known = [number(floor) for floor in floors or () if floor is not None]
    ascending = all(one < other for one, other in pairwise(known))
    if not known or not ascending or len(known) != len(floors or ()) or len(known) != len(values or ()):
        raise ExpressionError("bad_bands", {"limits": len(floors or ()), "values": len(values or ())})
    return known


def band(amount: Decimal | None, floors: Sequence[Value] | None, rates: Sequence[Value] | None) -> Decimal | None:
    """BAND: every slice of the amount at the rate of its own band; nothing below the first limit."""
    known = _limits(floors, rates)
    if amount is None or None in (rates or ()):
        return None
    total = Decimal(0)
    for at, (floor, rate) in enumerate(zip(known, rates or (), strict=True)):
        if amount > floor:
            top = min(amount, known[at + 1]) if at + 1 < len(known) else amount
            total = add(total, multiply(subtract(top, floor), number(rate)))
    return total


def tier(amount: Decimal | None, floors: Sequence[Value] | None, values: Sequence[Value] | None) -> Value:
    """TIER: the value beside the greatest limit that is not above the amount; blank below the first."""
    known = _limits(floors, values)
    found: Value = None
    if amount is not None:
        for floor, value in zip(known, values or (), strict=True):
            found = value if floor <= amount else found
    return found


def grouped(value: Decimal, places: Decimal = _CENTS, separator: str = ",") -> str:
    """FORMATNUMBER: so many decimals, rounded half up, thousands apart."""
    wanted = arithmetic.whole(places, "bad_places", 0, arithmetic.DIVISION_SCALE)
    rounded = round_half_up(value, places) or Decimal(0)
    return format(rounded, f",.{wanted}f").replace(",", separator)


_GROSS = needs(("gross", "number"), ("rate", "number"), ("places?", "number"))

FUNCTIONS = (
    Function("NETOF", ("除率净额",), _GROSS, "number", net_of,
             Words("含率金额中不含的部分：金额 / (1 + 率)，四舍五入（默认 2 位）", "What a gross contains beside its rate: gross / (1 + rate), rounded half up (2 places if left out)"),
             ("NETOF(100000, 9%)", "91743.12")),
    Function("INCLUDED", ("内含率额",), _GROSS, "number", included,
             Words("含率金额中按率计的部分，与 NETOF 之和等于金额", "The part of a gross that is its rate; with NETOF it adds up to the gross"), ("INCLUDED(100000, 9%)", "8256.88")),
    Function("GROSSOF", ("加率总额",), needs(("net", "number"), ("rate", "number"), ("places?", "number")), "number", gross_of,
             Words("加上率之后的金额，四舍五入（默认 2 位）", "A net with its rate added, rounded half up (2 places if left out)"), ("GROSSOF(91743.12, 9%)", "100000")),
    Function("INTEREST", ("利息",), needs(("principal", "number"), ("rate", "number"), ("days", "number"), ("basis?", "number"), ("places?", "number")),
             "number", interest, Words("单利：本金 × 年率 × 天数 / 一年天数（默认 365），四舍五入（默认 2 位）",
                                       "Simple interest: principal * rate * days / basis (365 if left out), rounded half up (2 places if left out)"),
             ("INTEREST(3000000, 4.35%, 90)", "32178.08")),
    Function("NPV", ("净现值",), needs(("rate", "number"), ("list", "[number]")), "number", present_value,
             Words("各期金额折现之和，第一项在一期之后", "Amounts discounted and added up; the first stands at the end of the first period"),
             ("NPV(10%, LIST(110, 121))", "200"), mode="blanks"),
    Function("BAND", ("分段计算",), needs(("amount", "number"), ("floors", "[number]"), ("rates", "[number]")), "number", band,
             Words("超额累进：每一段按本段的率计算后相加；起点须递增", "Progressive bands: every slice of the amount at the rate of its band; the lower limits must ascend"),
             ("BAND(24000, LIST(0, 20000, 50000), LIST(20%, 30%, 40%))", "5200"), mode="blanks"),
    Function("TIER", ("所在档",), needs(("amount", "number"), ("floors", "[number]"), ("values", "[T]")), "T", tier,
             Words("金额所在档的值；低于第一档为空", "The value beside the greatest limit that is not above the amount; blank below the first"),
             ("TIER(15, LIST(0, 10, 20), LIST('A', 'B', 'C'))", "B"), mode="blanks"),
    Function("SHARES", ("分摊列表",), needs(("total", "number"), ("weights", "[number]"), ("scale?", "number")), "[number]", shares,
             Words("按权重分摊总额的各份（最大余数法，合计不差；小数位默认 2）", "All parts of a total, split by weights with the largest remainder (scale 2 if left out)"),
             ("JOIN(SHARES(1000, lines.weight))", "333.34, 333.33, 333.33"), mode="blanks"),
    Function("FORMATNUMBER", ("千分位",), needs(("number", "number"), ("places?", "number"), ("separator?", "text")), "text", grouped,
             Words("带千分位的数字文本（默认 2 位小数，逗号）", "A number as text with thousands apart (2 places and a comma if left out)"), ("FORMATNUMBER(1234567.5)", "1,234,567.50")),
    Function("CAPITALS", ("大写金额", "金额大写"), needs(("amount", "number")), "text", capitals,
             Words("中文大写金额，先四舍五入到分，绝对值小于一万万亿", "The amount in Chinese capital numerals, rounded half up to 0.01, below 10^16"),
             ("CAPITALS(10005.03)", "壹万零伍元零叁分")),
)  # fmt: skip
