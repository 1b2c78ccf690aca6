"""Numbers: rounding, whole parts, powers, roots, limits."""

from decimal import Decimal

from engine.expressions import arithmetic
from engine.expressions.errors import ExpressionError
from engine.expressions.functions.entry import Function, Words, needs
from engine.expressions.functions.sphere import distance

_VALUE = needs(("number", "number"))
_PLACES = needs(("number", "number"), ("places?", "number"))
_STEP = needs(("number", "number"), ("step?", "number"))


def absolute(value: Decimal) -> Decimal:
    """ABS, without rounding to any context."""
    return value.copy_abs()


def clamp(value: Decimal, least: Decimal, most: Decimal) -> Decimal:
    """CLAMP: the nearest number within limits. Raises ExpressionError("bad_limits") when they are the wrong way round."""
    if least > most:
        raise ExpressionError("bad_limits", {"least": arithmetic.plain(least), "most": arithmetic.plain(most)})
    return min(max(value, least), most)


def ratio(part: Decimal, whole: Decimal) -> Decimal | None:
    """RATIO: a quotient that is blank where the divisor is zero."""
    return arithmetic.divide(part, whole) if whole else None


FUNCTIONS = (
    Function("ROUND", ("四舍五入",), _PLACES, "number", arithmetic.round_half_up,
             Words("四舍五入到指定小数位（默认 0；恰好一半时远离零）", "Rounds half up to so many places (0 if left out; ties away from zero)"),
             ("ROUND(1091.5 * 15%, 2)", "163.73")),
    Function("ROUNDUP", ("向上舍入",), _PLACES, "number", arithmetic.round_up,
             Words("向远离零的方向舍入", "Rounds away from zero"), ("ROUNDUP(2.301, 2)", "2.31")),
    Function("ROUNDDOWN", ("向下舍入",), _PLACES, "number", arithmetic.round_down,
             Words("向零的方向截去", "Cuts towards zero"), ("ROUNDDOWN(-2.309, 2)", "-2.3")),
    Function("ABS", ("绝对值",), _VALUE, "number", absolute,
             Words("绝对值", "The absolute value"), ("ABS(-3.5)", "3.5")),
    Function("INT", ("取整",), _VALUE, "number", arithmetic.integer,
             Words("不大于它的最大整数", "The greatest whole number that is not above"), ("INT(-1.5)", "-2")),
    Function("MOD", ("取余",), needs(("number", "number"), ("divisor", "number")), "number", arithmetic.modulo,
             Words("余数，符号与除数相同", "The remainder, with the sign of the divisor"), ("MOD(-7, 3)", "2")),
    Function("POWER", ("乘方",), needs(("base", "number"), ("exponent", "number")), "number", arithmetic.power,
             Words("乘方，指数为 -99 到 99 的整数", "A power; the exponent is a whole number from -99 to 99"),
             ("POWER(1.1, 2)", "1.21")),
    Function("SIGN", ("符号",), _VALUE, "number", arithmetic.sign,
             Words("正数 1，零 0，负数 -1", "1, 0 or -1"), ("SIGN(-0.01)", "-1")),
    Function("FLOOR", ("向下取整",), _STEP, "number", arithmetic.floor,
             Words("不大于它的最大倍数（步长默认 1，必须为正）", "The greatest multiple of the step (1 if left out, above zero) that is not above"),
             ("FLOOR(7.8, 0.5)", "7.5")),
    Function("CEILING", ("向上取整",), _STEP, "number", arithmetic.ceiling,
             Words("不小于它的最小倍数（步长默认 1，必须为正）", "The least multiple of the step (1 if left out, above zero) that is not below"),
             ("CEILING(7.1, 0.5)", "7.5")),
    Function("SQRT", ("平方根",), _PLACES, "number", arithmetic.root,
             Words("平方根，四舍五入到 0 到 12 位（默认 12）；负数报错", "The square root, rounded half up to 0 to 12 places (12 if left out); an error below zero"),
             ("SQRT(2, 4)", "1.4142")),
    Function("QUOTIENT", ("整除",), needs(("number", "number"), ("divisor", "number")), "number", arithmetic.whole_quotient,
             Words("除得的整数部分（向零截去）", "The whole part of a quotient, cut towards zero"), ("QUOTIENT(-7, 2)", "-3")),
    Function("ROUNDTO", ("按步长舍入",), needs(("number", "number"), ("step", "number")), "number", arithmetic.nearest_multiple,
             Words("四舍五入到步长的倍数（步长必须为正）", "The nearest multiple of a step above zero, ties away from zero"), ("ROUNDTO(7.3, 0.5)", "7.5")),
    Function("CLAMP", ("限制范围",), needs(("number", "number"), ("least", "number"), ("most", "number")), "number", clamp,
             Words("不小于下限、不大于上限的最近值", "The number, or the limit that it passes"), ("CLAMP(75 * 0.05%, 0, 3%)", "0.03")),
    Function("RATIO", ("比率",), needs(("part", "number"), ("whole", "number")), "number", ratio,
             Words("两数之比；除数为零时为空（不报错）", "The quotient; blank, and no error, where the divisor is zero"), ("RATIO(35, 40)", "0.875")),
    Function("DISTANCE", ("距离",), needs(("longitude", "number"), ("latitude", "number"), ("longitude2", "number"), ("latitude2", "number"), ("places?", "number")),
             "number", distance, Words("两点间的球面距离（米，默认取整；WGS-84 经纬度，半径 6371008.8 米）",
                                       "Metres between two places on the sphere of radius 6371008.8 m (whole metres if places are left out)"),
             ("DISTANCE(116.4, 39.9, 121.5, 31.2)", "1071287")),
)  # fmt: skip
