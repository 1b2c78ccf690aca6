"""Lists: sub-table columns, fields of many choices. Aggregates skip blanks and take single values beside lists."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from engine.expressions import arithmetic
from engine.expressions.environment import Environment
from engine.expressions.errors import ExpressionError
from engine.expressions.functions.entry import Function, Words, needs
from engine.expressions.functions.shares import share
from engine.expressions.values import Value, compare, equal, flat, identity, number, text_of


def total(*values: Value) -> Decimal:
    """SUM: 0 for nothing."""
    result = Decimal(0)
    for value in flat(values):
        result = arithmetic.add(result, number(value))
    return result


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


def _same(value: Value, wanted: Value) -> bool:
    return value is not None and wanted is not None and equal(value, wanted)


_MANY_NUMBERS = needs(("values", "~number"))
_MANY = needs(("values", "~T"))
_LIST = needs(("list", "[T]"))

FUNCTIONS = (
    Function("SUM", ("求和",), (), "number", total,
             Words("合计，跳过空；没有值为 0", "The sum, without blanks; 0 for nothing"),
             ("SUM(lines.amount)", "120.5"), group=_MANY_NUMBERS, mode="blanks"),
    Function("COUNT", ("计数", "COUNTA"), (), "number", count,
             Words("不为空的个数；COUNT(明细) 为行数", "How many are not blank; COUNT(lines) counts rows"),
             ("COUNT(lines)", "3"), group=needs(("values", "any")), mode="blanks"),
    Function("AVG", ("平均", "AVERAGE"), (), "number", average,
             Words("平均值，跳过空；没有值为空", "The average, without blanks; blank for nothing"),
             ("AVG(1, 2, 2)", "1.666666666667"), group=_MANY_NUMBERS, mode="blanks"),
    Function("MIN", ("最小",), (), "T", _extreme(-1),
             Words("最小者，跳过空；没有值为空", "The least, without blanks; blank for nothing"),
             ("MIN(lines.amount)", "20.5"), group=_MANY, mode="blanks"),
    Function("MAX", ("最大",), (), "T", _extreme(1),
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
    Function("ROWNUMBER", ("行号",), (), "number", row_number,
             Words("当前行号，从 1 起", "The number of the current row, from 1"), ("ROWNUMBER()", "1"), mode="environment"),
)  # fmt: skip
