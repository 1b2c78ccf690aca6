"""Text. Positions count characters (code points) from 1; letters are compared as they are."""

import re
from decimal import Decimal

from engine.expressions import arithmetic
from engine.expressions.environment import Environment
from engine.expressions.errors import ExpressionError
from engine.expressions.functions.entry import Function, Parameter, Words, needs
from engine.expressions.values import Value, text_of

SPACES = " \t\r\n\u3000"
NUMBER_TEXT = re.compile(r"[+-]?[0-9]{1,28}(?:\.[0-9]{1,24})?", re.ASCII)
_MAX_COUNT = 1_000_000
_LOWER = "abcdefghijklmnopqrstuvwxyz"
TO_UPPER = str.maketrans(_LOWER, _LOWER.upper())
TO_LOWER = str.maketrans(_LOWER.upper(), _LOWER)


def position_of(value: Decimal, least: int = 0) -> int:
    """Return a count of characters. Raises ExpressionError("bad_count")."""
    return arithmetic.whole(value, "bad_count", least, _MAX_COUNT)


def concat(env: Environment, *values: Value) -> str:
    """CONCAT: all values as text, blanks as nothing."""
    return "".join(text_of(value, env.timezone) for value in values)


def left(text: str, count: Decimal = Decimal(1)) -> str:
    """LEFT: the first characters."""
    return text[: position_of(count)]


def right(text: str, count: Decimal = Decimal(1)) -> str:
    """RIGHT: the last characters."""
    size = position_of(count)
    return text[-size:] if size else ""


def middle(text: str, start: Decimal, count: Decimal) -> str:
    """MID: characters from a position."""
    at = position_of(start, 1) - 1
    return text[at : at + position_of(count)]


def find(part: str, text: str) -> Decimal:
    """FIND: the position of the first occurrence, 0 if there is none."""
    return Decimal(text.find(part) + 1)


def replace(text: str, part: str, by: str) -> str:
    """REPLACE: every occurrence replaced; an empty part changes nothing."""
    return text.replace(part, by) if part else text


def as_decimals(value: Decimal, decimals: Decimal) -> str:
    """Return a number with exactly so many decimals (0 to 12), rounded half up."""
    places = arithmetic.whole(decimals, "bad_places", 0, arithmetic.DIVISION_SCALE)
    return format(arithmetic.round_half_up(value, decimals) or Decimal(0), f".{places}f")


def as_text(env: Environment, value: Value, decimals: Decimal | None = None) -> str:
    """TEXT: canonical text, or a number with exactly so many decimals."""
    if decimals is None or not isinstance(value, Decimal):
        return text_of(value, env.timezone)
    return as_decimals(value, decimals)


def as_number(text: str) -> Decimal | None:
    """NUMBER: exact; spaces around and commas between digits are allowed, an empty text is blank."""
    bare = text.strip(SPACES).replace(",", "")
    if not bare:
        return None
    if not NUMBER_TEXT.fullmatch(bare):
        raise ExpressionError("bad_number_text", {"value": text})
    return arithmetic.settle(Decimal(bare))


_TEXT = needs(("text", "text"))
_COUNT = needs(("text", "text"), ("count?", "number"))

FUNCTIONS = (
    Function("CONCAT", ("连接",), (), "text", concat,
             Words("把各值连成文本，空当作空文本", "All values joined as text, blanks as nothing"),
             ("CONCAT('A-', 7, '/', note)", "A-7/"), group=(Parameter("value", "scalar"),), mode="environment_blanks"),
    Function("LEN", ("字数",), _TEXT, "number", lambda text: Decimal(len(text)),
             Words("字符数", "The number of characters"), ("LEN('数量 kg')", "5")),
    Function("LEFT", ("左取",), _COUNT, "text", left,
             Words("开头的几个字符（默认 1）", "The first characters (1 if left out)"), ("LEFT('A-2026', 3)", "A-2")),
    Function("RIGHT", ("右取",), _COUNT, "text", right,
             Words("末尾的几个字符（默认 1）", "The last characters (1 if left out)"), ("RIGHT('A-2026', 2)", "26")),
    Function("MID", ("中取",), needs(("text", "text"), ("start", "number"), ("count", "number")), "text", middle,
             Words("从第几个字符起取几个", "So many characters from a position, counted from 1"), ("MID('A-2026', 3, 4)", "2026")),
    Function("UPPER", ("大写",), _TEXT, "text", lambda text: text.translate(TO_UPPER),
             Words("字母 a-z 变大写", "Letters a-z in capitals"), ("UPPER('kg')", "KG")),
    Function("LOWER", ("小写",), _TEXT, "text", lambda text: text.translate(TO_LOWER),
             Words("字母 A-Z 变小写", "Letters A-Z in small"), ("LOWER('KG')", "kg")),
    Function("TRIM", ("去空格",), _TEXT, "text", lambda text: text.strip(SPACES),
             Words("去掉首尾空白（含全角空格）", "Without spaces, tabs, line ends and full-width spaces at both ends"), ("TRIM('  kg ')", "kg")),
    Function("FIND", ("查找",), needs(("part", "text"), ("text", "text")), "number", find,
             Words("首次出现的位置，没有为 0", "The position of the first occurrence, 0 if none"), ("FIND('-', 'A-2026')", "2")),
    Function("REPLACE", ("替换",), needs(("text", "text"), ("part", "text"), ("by", "text")), "text", replace,
             Words("替换每一处", "Every occurrence replaced"), ("REPLACE('1-2-3', '-', '/')", "1/2/3")),
    Function("STARTSWITH", ("开头是",), needs(("text", "text"), ("part", "text")), "boolean", lambda text, part: text.startswith(part),
             Words("是否以它开头", "Whether the text starts with it"), ("STARTSWITH('A-2026', 'A-')", "TRUE")),
    Function("ENDSWITH", ("结尾是",), needs(("text", "text"), ("part", "text")), "boolean", lambda text, part: text.endswith(part),
             Words("是否以它结尾", "Whether the text ends with it"), ("ENDSWITH('A-2026', '25')", "FALSE")),
    Function("TEXT", ("文本",), needs(("value", "scalar"), ("decimals?", "number")), "text", as_text,
             Words("转为文本；数字可指定小数位（四舍五入）", "The value as text; a number with so many decimals, rounded half up"),
             ("TEXT(12.5, 2)", "12.50"), mode="environment"),
    Function("NUMBER", ("数值",), _TEXT, "number", as_number,
             Words("把文本转为数字；空文本为空，不是数字则报错", "The text as a number; blank for an empty text, an error for anything else"),
             ("NUMBER('1,234.50')", "1234.5")),
)  # fmt: skip
