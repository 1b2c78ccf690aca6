"""Over the rows of a sub-table: what is written behind the list is evaluated for every row, where bare names are the row's.

A condition that is blank does not hold. Every row is evaluated, also where the answer is known before.
"""

from collections.abc import Sequence
from decimal import Decimal

from engine.expressions import arithmetic
from engine.expressions.functions.entry import Function, Words, needs
from engine.expressions.functions.sorting import by_keys
from engine.expressions.values import Value, number


def where(items: list[Value], conditions: list[Value]) -> list[Value]:
    """FILTER: the items for which the condition holds."""
    return [item for item, holds in zip(items, conditions, strict=True) if holds is True]


def each(_items: list[Value], values: list[Value]) -> list[Value]:
    """MAP: a value for every item; where that is a list, its items."""
    return [part for value in values for part in (value if isinstance(value, list) else (value,))]


def total(_items: list[Value], values: list[Value], conditions: Sequence[Value] | None = None) -> Decimal:
    """SUMEACH: the sum of a value over the items, or over those for which a condition holds."""
    return arithmetic.total(
        number(value)
        for at, value in enumerate(values)
        if value is not None and (conditions is None or conditions[at] is True)
    )


_CONDITION = needs(("list", "[T]"), ("condition", "@boolean"))

FUNCTIONS = (
    Function("FILTER", ("筛选",), _CONDITION, "[T]", where,
             Words("条件成立的各行；条件里可直接写行的字段，ITEM 表示该项本身", "The rows for which a condition holds; in it bare names are the row's, ITEM is the item itself"),
             ("SUM(FILTER(lines, kind = 'x').amount)", "80.5"), mode="each"),
    Function("MAP", ("逐行取值",), needs(("list", "[T]"), ("value", "@S")), "[S]", each,
             Words("对每行算出一个值，组成列表", "A value for every row, as a list"), ("JOIN(MAP(lines, amount * 2))", "120, 80, 41"), mode="each"),
    Function("SUMEACH", ("逐行求和",), needs(("list", "[T]"), ("value", "@number"), ("condition?", "@boolean")), "number", total,
             Words("对每行算出一个数并求和；可另加条件，只计成立的行", "The sum of a value over the rows, or over those for which a condition holds"),
             ("SUMEACH(lines, amount * weight, kind = 'x')", "80.5"), mode="each"),
    Function("COUNTEACH", ("逐行计数",), _CONDITION, "number", lambda _items, holds: Decimal(holds.count(True)),
             Words("条件成立的行数", "How many rows a condition holds for"), ("COUNTEACH(lines, amount > 30)", "2"), mode="each"),
    Function("ANY", ("任一行",), _CONDITION, "boolean", lambda _items, holds: True in holds,
             Words("是否有一行成立；没有行为否", "Whether a condition holds for some row; not for no rows"), ("ANY(lines, amount > 50)", "TRUE"), mode="each"),
    Function("ALL", ("每一行",), _CONDITION, "boolean", lambda _items, holds: all(one is True for one in holds),
             Words("是否每一行都成立；没有行为是", "Whether a condition holds for every row; also for no rows"), ("ALL(lines, amount > 50)", "FALSE"), mode="each"),
    Function("NONE", ("没有行",), _CONDITION, "boolean", lambda _items, holds: True not in holds,
             Words("是否没有一行成立", "Whether a condition holds for no row"), ("NONE(lines, ISBLANK(kind))", "TRUE"), mode="each"),
    Function("SORTBY", ("按值排序",), needs(("list", "[T]"), ("key", "@O")), "[T]", by_keys,
             Words("按每行算出的值从小到大排列，值为空的在后", "The rows in the order of a value, those without one last"),
             ("JOIN(SORTBY(lines, amount).kind)", "x, y, x"), mode="each"),
)  # fmt: skip
