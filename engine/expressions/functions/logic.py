"""Logic: choices, three-valued AND OR NOT, and what to do about blanks."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from engine.expressions.functions.entry import Function, Parameter, Words, needs
from engine.expressions.tree import Node
from engine.expressions.values import Value, compare, equal

Visit = Callable[[Node], Value]


def choose(visit: Visit, nodes: Sequence[Node]) -> Value:
    """IF: a condition that is blank does not hold."""
    condition, then, *otherwise = nodes
    if visit(condition) is True:
        return visit(then)
    return visit(otherwise[0]) if otherwise else None


def choose_first(visit: Visit, nodes: Sequence[Node]) -> Value:
    """IFS: the value beside the first condition that holds."""
    for at in range(0, len(nodes), 2):
        if visit(nodes[at]) is True:
            return visit(nodes[at + 1])
    return None


def switch(visit: Visit, nodes: Sequence[Node]) -> Value:
    """SWITCH: the value beside the first match, else the default."""
    wanted = visit(nodes[0])
    for at in range(1, len(nodes) - 1, 2):
        match = visit(nodes[at])
        if wanted is not None and match is not None and equal(wanted, match):
            return visit(nodes[at + 1])
    return visit(nodes[-1]) if len(nodes) % 2 == 0 else None


def conjunction(visit: Visit, nodes: Sequence[Node]) -> Value:
    """AND after Kleene: false wins, then blank. Stops at the first false."""
    result: bool | None = True
    for node in nodes:
        value = visit(node)
        if value is False:
            return False
        if value is None:
            result = None
    return result


def disjunction(visit: Visit, nodes: Sequence[Node]) -> Value:
    """OR after Kleene: true wins, then blank. Stops at the first true."""
    result: bool | None = False
    for node in nodes:
        value = visit(node)
        if value is True:
            return True
        if value is None:
            result = None
    return result


def coalesce(visit: Visit, nodes: Sequence[Node]) -> Value:
    """COALESCE: the first value that is not blank."""
    for node in nodes:
        value = visit(node)
        if value is not None:
            return value
    return None


def choose_by_number(visit: Visit, nodes: Sequence[Node]) -> Value:
    """CHOOSE: the value at a place, blank where there is none."""
    place = visit(nodes[0])
    if not isinstance(place, Decimal) or place != int(place) or not 1 <= place < len(nodes):
        return None
    return visit(nodes[int(place)])


def same(one: Value, other: Value) -> bool:
    """SAME: equality for which blank equals blank, and nothing else."""
    return equal(one, other) if one is not None and other is not None else one is other


def exclusive(*conditions: bool) -> bool:
    """XOR: whether an odd number of conditions holds."""
    return sum(conditions) % 2 == 1


def between(value: Value, least: Value, most: Value) -> bool | None:
    """BETWEEN: `value >= least AND value <= most`, so false if one end alone says so."""
    above = None if value is None or least is None else compare(value, least) >= 0
    below = None if value is None or most is None else compare(value, most) <= 0
    if above is False or below is False:
        return False
    return None if above is None or below is None else True


def blank_if(value: Value, match: Value) -> Value:
    """NULLIF: blank in place of one value."""
    return None if value is not None and match is not None and equal(value, match) else value


def is_blank(value: Value) -> bool:
    """ISBLANK: whether there is no value; a list without items has none."""
    return value is None or value == []


_CONDITION = (Parameter("condition", "boolean"),)

FUNCTIONS = (
    Function("IF", ("如果",), needs(("condition", "boolean"), ("then", "T"), ("otherwise?", "T")), "T", choose,
             Words("条件成立取第二个值，否则（含条件为空）取第三个值", "The second value if the condition holds, else (also when it is blank) the third"),
             ("IF(total > 20000, 'large', 'small')", "small"), mode="lazy"),
    Function("IFS", ("多条件",), (), "T", choose_first,
             Words("第一个成立的条件旁边的值，都不成立为空", "The value beside the first condition that holds, blank if none does"),
             ("IFS(total > 1000, 'A', total > 100, 'B')", "B"),
             group=needs(("condition", "boolean"), ("value", "T")), mode="lazy"),
    Function("SWITCH", ("匹配",), needs(("value", "S")), "T", switch,
             Words("与各候选比较，取第一个相等者旁边的值，否则取默认值", "The value beside the first match, else the default"),
             ("SWITCH(kind, 'x', 'one', 'y', 'two', 'other')", "one"),
             group=needs(("match", "S"), ("result", "T")), tail=Parameter("otherwise", "T"), mode="lazy"),
    Function("AND", ("且",), (), "boolean", conjunction,
             Words("全部成立；有空且无不成立时为空", "Whether all hold; blank if one is blank and none is false"),
             ("AND(total > 1, total < 10)", "FALSE"), group=_CONDITION, mode="lazy"),
    Function("OR", ("或",), (), "boolean", disjunction,
             Words("任一成立；有空且无成立时为空", "Whether one holds; blank if one is blank and none is true"),
             ("OR(total > 1000, kind = 'x')", "TRUE"), group=_CONDITION, mode="lazy"),
    Function("NOT", ("非",), needs(("condition", "boolean")), "boolean", lambda value: not value,
             Words("相反；空仍为空", "The opposite; blank stays blank"), ("NOT(total > 1000)", "TRUE")),
    Function("ISBLANK", ("为空",), needs(("value", "any")), "boolean", is_blank,
             Words("是否为空（没有行的明细也是空）", "Whether there is no value (a list without items has none)"),
             ("ISBLANK(note)", "TRUE"), mode="blanks"),
    Function("COALESCE", ("取非空",), (), "T", coalesce,
             Words("第一个不为空的值", "The first value that is not blank"),
             ("COALESCE(note, 'none')", "none"), group=needs(("value", "T")), mode="lazy"),
    Function("NOTBLANK", ("不为空",), needs(("value", "any")), "boolean", lambda value: not is_blank(value),
             Words("是否有值", "Whether there is a value"), ("NOTBLANK(kind)", "TRUE"), mode="blanks"),
    Function("NULLIF", ("等于则空",), needs(("value", "T"), ("match", "T")), "T", blank_if,
             Words("等于该值时为空，否则为原值", "Blank when it is that value, else the value itself"), ("NULLIF(kind, 'y')", "x"), mode="blanks"),
    Function("SAME", ("相同",), needs(("one", "T"), ("other", "T")), "boolean", same,
             Words("是否相同；两者都为空也算相同", "Whether two values are the same; two blanks are"), ("SAME(note, BLANK)", "TRUE"), mode="blanks"),
    Function("XOR", ("异或",), (), "boolean", exclusive,
             Words("成立的条件是否为奇数个；有空为空", "Whether an odd number of conditions holds; blank if one is blank"), ("XOR(total > 1, total < 10)", "TRUE"), group=_CONDITION),
    Function("BETWEEN", ("介于",), needs(("value", "O"), ("least", "O"), ("most", "O")), "boolean", between,
             Words("是否在两者之间（含两端）", "Whether it lies between two values, both included"), ("BETWEEN(total, 100, 200)", "TRUE"), mode="blanks"),
    Function("CHOOSE", ("按序取值",), needs(("place", "number")), "T", choose_by_number,
             Words("取第几个值，没有则为空", "The value at a place, blank where there is none"), ("CHOOSE(2, 'a', 'b', 'c')", "b"), group=needs(("value", "T")), mode="lazy"),
)  # fmt: skip
