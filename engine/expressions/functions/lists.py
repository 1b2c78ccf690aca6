"""Lists: sub-table columns, fields of many choices. Aggregates skip blanks and take single values beside lists."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from engine.expressions import arithmetic
from engine.expressions.environment import Environment
from engine.expressions.errors import ExpressionError
from engine.expressions.functions.entry import Function, Words, needs
from engine.expressions.functions.shares import share
from engine.expressions.functions.sorting import in_order
from engine.expressions.values import Value, compare, equal, flat, identity, number, text_of

_MOST_ITEMS = 10_000
_MOST_WHOLE = 10**9


def total(*values: Value) -> Decimal:
    """SUM: 0 for nothing."""
    return arithmetic.total(number(value) for value in flat(values))


def count(*values: Value) -> Decimal:
    """COUNT: how many are not blank."""
    return Decimal(sum(1 for _ in flat(values)))


def average(*values: Value) -> Decimal | None:
    """AVG: blank for nothing, else the sum divided by the count."""
    size = count(*values)
    return arithmetic.divide(total(*values), size) if size else None


def _extreme(wanted: int) -> Callable[..., Value]:
    def extreme(*values: Value) -> Value:
        best: Value = None
        for value in flat(values):
            if best is None or compare(value, best) == wanted:
                best = value
        return best

    return extreme


def sum_if(values: Sequence[Value] | None, conditions: Sequence[Value] | None, wanted: Value) -> Decimal:
    """SUMIF: the sum of the values at whose place the other list has the wanted value."""
    pairs = list(zip(values or (), conditions or (), strict=False))
    return total(*(value for value, condition in pairs if _same(condition, wanted)))


def count_if(conditions: Sequence[Value] | None, wanted: Value) -> Decimal:
    """COUNTIF: how many items are the wanted value."""
    return Decimal(sum(1 for condition in conditions or () if _same(condition, wanted)))


def distinct(values: Sequence[Value] | None) -> list[Value]:
    """DISTINCT: each value once, in the order of first appearance."""
    found: dict[object, Value] = {}
    for value in flat(values or ()):
        found.setdefault(identity(value), value)
    return list(found.values())


def join(env: Environment, values: Sequence[Value] | None, separator: str | None = ", ") -> str:
    """JOIN: the values as text with a separator between."""
    return (separator or "").join(text_of(value, env.timezone) for value in flat(values or ()))


def first(values: Sequence[Value] | None) -> Value:
    """FIRST: the first value that is not blank."""
    return next(flat(values or ()), None)


def last(values: Sequence[Value] | None) -> Value:
    """LAST: the last value that is not blank."""
    return next(flat(list(reversed(values or ()))), None)


def contains(whole: Value, part: Value) -> bool | None:
    """CONTAINS: whether a text has a part, or a list an item."""
    if part is None:
        return None
    if isinstance(whole, str) and isinstance(part, str):
        return part in whole
    if whole is None:
        return None
    return any(equal(item, part) for item in flat([whole]))


def row_number(env: Environment) -> Decimal:
    """ROWNUMBER: the number of the current row, from 1. Raises ExpressionError("no_row") outside of rows."""
    if env.row_number is None:
        raise ExpressionError("no_row")
    return Decimal(env.row_number)


def make_list(*values: Value) -> list[Value]:
    """LIST: the values and the items of the lists among them, blanks too."""
    return [item for value in values for item in (value if isinstance(value, list) else (value,))]


def sequence(start: Decimal, end: Decimal) -> list[Value]:
    """SEQUENCE: whole numbers, both ends included. Raises ExpressionError("bad_count") above 10,000 of them."""
    first, final = (arithmetic.whole(value, "bad_count", -_MOST_WHOLE, _MOST_WHOLE) for value in (start, end))
    if final - first >= _MOST_ITEMS:
        raise ExpressionError("bad_count", {"value": final - first + 1, "least": 0, "most": _MOST_ITEMS})
    return [Decimal(value) for value in range(first, final + 1)]


def nth(values: Sequence[Value] | None, place: Decimal | None) -> Value:
    """NTH: the item at a position, blank or not; blank beyond the last."""
    if place is None:
        return None
    at = arithmetic.whole(place, "bad_count", 1, _MOST_WHOLE) - 1
    return values[at] if values and at < len(values) else None


def part_of(values: Sequence[Value] | None, start: Decimal | None, size: Decimal | None) -> list[Value]:
    """SLICE: so many items from a position."""
    if start is None or size is None:
        return []
    at = arithmetic.whole(start, "bad_count", 1, _MOST_WHOLE) - 1
    return list((values or ())[at : at + arithmetic.whole(size, "bad_count", 0, _MOST_WHOLE)])


def sort(values: Sequence[Value] | None, descending: Value = False) -> list[Value]:  # noqa: FBT002  # called by position
    """SORT: the values in order, without blanks."""
    return in_order(flat(values or ()), descending=descending is True)


def position(values: Sequence[Value] | None, wanted: Value) -> Decimal:
    """POSITION: where a value first stands, 0 if nowhere."""
    return Decimal(next((at for at, value in enumerate(values or (), start=1) if _same(value, wanted)), 0))


def _common(one: Sequence[Value] | None, other: Sequence[Value] | None, *, wanted: bool) -> list[Value]:
    known = {identity(value) for value in flat(other or ())}
    return [value for value in distinct(one) if (identity(value) in known) is wanted]


def _same(value: Value, wanted: Value) -> bool:
    return value is not None and wanted is not None and equal(value, wanted)


_MANY_NUMBERS = needs(("values", "~number"))
_MANY = needs(("values", "~O"))
_LIST = needs(("list", "[T]"))
_TWO_LISTS = needs(("one", "[T]"), ("other", "[T]"))

FUNCTIONS = (
    Function("SUM", ("求和", "合计"), (), "number", total,
             Words("合计，跳过空；没有值为 0", "The sum, without blanks; 0 for nothing"),
             ("SUM(lines.amount)", "120.5"), group=_MANY_NUMBERS, mode="blanks"),
    Function("COUNT", ("计数", "COUNTA"), (), "number", count,
             Words("不为空的个数；COUNT(明细) 为行数", "How many are not blank; COUNT(lines) counts rows"),
             ("COUNT(lines)", "3"), group=needs(("values", "any")), mode="blanks"),
    Function("AVG", ("平均", "AVERAGE"), (), "number", average,
             Words("平均值，跳过空；没有值为空", "The average, without blanks; blank for nothing"),
             ("AVG(1, 2, 2)", "1.666666666667"), group=_MANY_NUMBERS, mode="blanks"),
    Function("MIN", ("最小",), (), "O", _extreme(-1),
             Words("最小者，跳过空；没有值为空", "The least, without blanks; blank for nothing"),
             ("MIN(lines.amount)", "20.5"), group=_MANY, mode="blanks"),
    Function("MAX", ("最大",), (), "O", _extreme(1),
             Words("最大者，跳过空；没有值为空", "The greatest, without blanks; blank for nothing"),
             ("MAX(lines.amount)", "60"), group=_MANY, mode="blanks"),
    Function("SUMIF", ("条件求和",), needs(("list", "[number]"), ("conditions", "[T]"), ("value", "T")), "number", sum_if,
             Words("条件列等于该值的各项合计", "The sum of those items beside which the conditions have the value"),
             ("SUMIF(lines.amount, lines.kind, 'x')", "80.5"), mode="blanks"),
    Function("COUNTIF", ("条件计数",), needs(("conditions", "[T]"), ("value", "T")), "number", count_if,
             Words("等于该值的个数", "How many items are the value"), ("COUNTIF(lines.kind, 'x')", "2"), mode="blanks"),
    Function("DISTINCT", ("去重",), _LIST, "[T]", distinct,
             Words("每个值一次，按首次出现的顺序", "Each value once, in the order of first appearance"),
             ("JOIN(DISTINCT(lines.kind))", "x, y"), mode="blanks"),
    Function("JOIN", ("合并文本",), needs(("list", "[T]"), ("separator?", "text")), "text", join,
             Words("用分隔符连接（默认“, ”），跳过空", "The items as text with a separator (', ' if left out), without blanks"),
             ("JOIN(lines.kind, '/')", "x/y/x"), mode="environment"),
    Function("FIRST", ("首个",), _LIST, "T", first,
             Words("第一个不为空的值", "The first item that is not blank"), ("FIRST(lines.kind)", "x"), mode="blanks"),
    Function("LAST", ("末个",), _LIST, "T", last,
             Words("最后一个不为空的值", "The last item that is not blank"), ("LAST(lines.amount)", "20.5"), mode="blanks"),
    Function("CONTAINS", ("包含",), needs(("whole", "~T"), ("part", "T")), "boolean", contains,
             Words("文本是否含有片段，或列表是否含有该值", "Whether a text has a part, or a list an item"),
             ("CONTAINS(lines.kind, 'y')", "TRUE"), mode="blanks"),
    Function("SHARE", ("分摊",),
             needs(("total", "number"), ("weights", "[number]"), ("position", "number"), ("scale?", "number")), "number", share,
             Words("按权重分摊总额的第几份（最大余数法，合计不差；小数位默认 2）",
                   "The part of a total at a position, split by weights with the largest remainder (scale 2 if left out)"),
             ("SHARE(1000, lines.weight, 1)", "333.34"), mode="blanks"),
    Function("LIST", ("列表",), (), "[T]", make_list,
             Words("由各值组成列表，空也保留", "A list of these values, blanks too"), ("JOIN(LIST(1, 2, 3))", "1, 2, 3"),
             group=needs(("values", "~T")), mode="blanks"),
    Function("SEQUENCE", ("序列",), needs(("from", "number"), ("to", "number")), "[number]", sequence,
             Words("从一个整数到另一个整数（含）的列表，最多 10000 个", "Whole numbers from one to another, both included, at most 10,000"),
             ("JOIN(SEQUENCE(3, 6))", "3, 4, 5, 6")),
    Function("NTH", ("第几个",), needs(("list", "[T]"), ("position", "number")), "T", nth,
             Words("第几项（从 1 起，空也占位），没有则为空", "The item at a position from 1 (blanks count too), blank beyond the last"),
             ("NTH(lines.kind, 2)", "y"), mode="blanks"),
    Function("SLICE", ("截取列表",), needs(("list", "[T]"), ("start", "number"), ("count", "number")), "[T]", part_of,
             Words("从第几项起取几项", "So many items from a position, counted from 1"), ("JOIN(SLICE(lines.amount, 2, 2))", "40, 20.5"), mode="blanks"),
    Function("REVERSE", ("倒序",), _LIST, "[T]", lambda values: list(reversed(values or ())),
             Words("倒过来的列表", "The list from its end"), ("JOIN(REVERSE(lines.amount))", "20.5, 40, 60"), mode="blanks"),
    Function("SORT", ("排序",), needs(("list", "[O]"), ("descending?", "boolean")), "[O]", sort,
             Words("从小到大（第二个参数为真则从大到小）排列，去掉空", "The values in order (descending if so asked), without blanks"),
             ("JOIN(SORT(lines.amount))", "20.5, 40, 60"), mode="blanks"),
    Function("POSITION", ("所在位置",), needs(("list", "[T]"), ("value", "T")), "number", position,
             Words("值在列表中的位置（从 1 起），没有为 0", "The position of a value in the list, from 1; 0 if it is not there"), ("POSITION(lines.kind, 'y')", "2"), mode="blanks"),
    Function("UNION", ("并集",), _TWO_LISTS, "[T]", lambda one, other: distinct([*(one or ()), *(other or ())]),
             Words("两个列表中的值，各一次", "The values of both lists, each once"), ("JOIN(UNION(LIST(1, 2), LIST(2, 3)))", "1, 2, 3"), mode="blanks"),
    Function("INTERSECT", ("交集",), _TWO_LISTS, "[T]", lambda one, other: _common(one, other, wanted=True),
             Words("两个列表都有的值，各一次", "The values that both lists have, each once"), ("JOIN(INTERSECT(LIST(1, 2), LIST(2, 3)))", "2"), mode="blanks"),
    Function("EXCEPT", ("差集",), _TWO_LISTS, "[T]", lambda one, other: _common(one, other, wanted=False),
             Words("第一个列表有而第二个没有的值，各一次", "The values of the first list that the second has not, each once"), ("JOIN(EXCEPT(LIST(1, 2), LIST(2, 3)))", "1"), mode="blanks"),
    Function("COUNTDISTINCT", ("去重计数",), _LIST, "number", lambda values: Decimal(len(distinct(values))),
             Words("不同值的个数，跳过空", "How many different values there are, without blanks"), ("COUNTDISTINCT(lines.kind)", "2"), mode="blanks"),
    Function("COUNTBLANK", ("空值个数",), _LIST, "number", lambda values: Decimal(sum(value is None for value in values or ())),
             Words("为空的个数", "How many items are blank"), ("COUNTBLANK(LIST(1, BLANK))", "1"), mode="blanks"),
    Function("ROWNUMBER", ("行号",), (), "number", row_number,
             Words("当前行号，从 1 起", "The number of the current row, from 1"), ("ROWNUMBER()", "1"), mode="environment"),
)  # fmt: skip
