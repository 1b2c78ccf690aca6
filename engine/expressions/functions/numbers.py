"""Numbers: rounding, whole parts, powers, capital amounts."""

from decimal import Decimal

from engine.expressions import arithmetic
from engine.expressions.functions.capitals import capitals
from engine.expressions.functions.entry import Function, Words, needs

_VALUE = needs(("number", "number"))
_PLACES = needs(("number", "number"), ("places?", "number"))
_STEP = needs(("number", "number"), ("step?", "number"))


def absolute(value: Decimal) -> Decimal:
    """ABS, without rounding to any context."""
    return value.copy_abs()


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
    Function("CAPITALS", ("大写金额",), needs(("amount", "number")), "text", capitals,
             Words("中文大写金额，先四舍五入到分，绝对值小于一万万亿", "The amount in Chinese capital numerals, rounded half up to 0.01, below 10^16"),
             ("CAPITALS(10005.03)", "壹万零伍元零叁分")),
)  # fmt: skip
