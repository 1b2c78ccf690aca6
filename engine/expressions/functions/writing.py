"""Text taken apart and put together. Positions count characters (code points) from 1."""

import re
from datetime import date
from decimal import Decimal

from engine.expressions import arithmetic
from engine.expressions.errors import ExpressionError
from engine.expressions.functions.entry import Function, Words, needs
from engine.expressions.functions.text import NUMBER_TEXT, SPACES, TO_LOWER, TO_UPPER, position_of

MAX_PATTERN = 200
_MAX_MADE = 100_000
_DIGITS = frozenset("0123456789")
_WIDE_TO_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_RUN = re.compile(f"[{SPACES}]+")
_WORD = re.compile("[A-Za-z]+")
_DATE = re.compile(
    r"([0-9]{4})(?:-([0-9]{1,2})-([0-9]{1,2})|/([0-9]{1,2})/([0-9]{1,2})|\.([0-9]{1,2})\.([0-9]{1,2})"
    r"|年([0-9]{1,2})月([0-9]{1,2})日|([0-9]{2})([0-9]{2}))",
    re.ASCII,
)
_DATE_PART = re.compile("yyyy|yy|mm|m|dd|d|q")


def fits(text: str, pattern: str) -> bool:
    """MATCHES: whether the whole text fits a pattern in which * is any run and ? any character.

    Takes at most len(text) * len(pattern) steps. Raises ExpressionError("bad_pattern") above 200 characters.
    """
    if len(pattern) > MAX_PATTERN:
        raise ExpressionError("bad_pattern", {"limit": MAX_PATTERN})
    at = here = 0
    star, mark = -1, 0
    while at < len(text):
        if here < len(pattern) and pattern[here] == "*":
            star, mark, here = here, at, here + 1
        elif here < len(pattern) and pattern[here] in ("?", text[at]):
            at, here = at + 1, here + 1
        elif star >= 0:
            mark += 1
            at, here = mark, star + 1
        else:
            return False
    return not pattern[here:].strip("*")


def split(text: str, separator: str) -> list[str]:
    """SPLIT: the parts between separators; nothing for an empty text, the whole for an empty separator."""
    if not text:
        return []
    return text.split(separator) if separator else [text]


def padded(text: str, size: Decimal, fill: str, *, left: bool) -> str:
    """PADLEFT and PADRIGHT: filled up to a length with a text that is repeated and cut."""
    missing = arithmetic.whole(size, "bad_count", 0, _MAX_MADE) - len(text)
    if missing <= 0 or not fill:
        return text
    more = (fill * (missing // len(fill) + 1))[:missing]
    return more + text if left else text + more


def repeat(text: str, count: Decimal) -> str:
    """REPEAT: raises ExpressionError("text_too_long") before it is made."""
    times = arithmetic.whole(count, "bad_count", 0, 1_000_000)
    if len(text) * times > _MAX_MADE:
        raise ExpressionError("text_too_long", {"limit": _MAX_MADE})
    return text * times


def proper(text: str) -> str:
    """PROPER: every word of the letters a-z with a capital, the rest small."""
    return _WORD.sub(lambda word: word[0][0].translate(TO_UPPER) + word[0][1:].translate(TO_LOWER), text)


def substitute(text: str, part: str, by: str, occurrence: Decimal) -> str:
    """SUBSTITUTE: one occurrence replaced, counted from 1 and without overlap."""
    wanted = arithmetic.whole(occurrence, "bad_count", 1, 1_000_000)
    pieces = text.split(part) if part else [text]
    if wanted >= len(pieces):
        return text
    return part.join(pieces[:wanted]) + by + part.join(pieces[wanted:])


def splice(text: str, start: Decimal, count: Decimal, by: str) -> str:
    """SPLICE: so many characters from a position replaced by a text."""
    at = position_of(start, 1) - 1
    return text[:at] + by + text[at + position_of(count) :]


def occurrences(text: str, part: str) -> Decimal:
    """COUNTTEXT: how often a part stands in a text, without overlap."""
    return Decimal(text.count(part) if part else 0)


def before(text: str, separator: str) -> str:
    """BEFORE: what stands before the first separator, the whole text if there is none."""
    return text.partition(separator)[0] if separator else text


def after(text: str, separator: str) -> str:
    """AFTER: what stands behind the first separator, nothing if there is none."""
    return text.partition(separator)[2] if separator else ""


def squeezed(text: str) -> str:
    """SQUEEZE: no white space at the ends, one space for a run of it inside."""
    return _RUN.sub(" ", text).strip(" ")


def masked(text: str, head: Decimal, tail: Decimal, sign: str = "*") -> str:
    """MASK: the middle hidden; all of it where the ends would leave nothing to hide."""
    first, last = position_of(head), position_of(tail)
    if first + last >= len(text):
        return sign * len(text)
    return text[:first] + sign * (len(text) - first - last) + text[len(text) - last :]


def is_number(text: str) -> bool:
    """ISNUMERIC: whether NUMBER would read the text."""
    return NUMBER_TEXT.fullmatch(text.strip(SPACES).replace(",", "")) is not None


def as_date(text: str) -> date | None:
    """TODATE: 2026-01-05, 2026/1/5, 2026.1.5, 2026年1月5日 or 20260105. Raises ExpressionError("bad_date_text")."""
    bare = text.strip(SPACES)
    if not bare:
        return None
    found = _DATE.fullmatch(bare)
    try:
        year, month, day = (int(part) for part in found.groups() if part) if found else (0, 0, 0)
        return date(year, month, day)
    except ValueError:
        raise ExpressionError("bad_date_text", {"value": text}) from None


def date_text(day: date, pattern: str) -> str:
    """FORMATDATE: yyyy, yy, mm, m, dd, d and q (quarter) stand for parts of the date, anything else for itself."""
    if len(pattern) > MAX_PATTERN:
        raise ExpressionError("bad_pattern", {"limit": MAX_PATTERN})
    parts = {
        "yyyy": f"{day.year:04}", "yy": f"{day.year % 100:02}", "mm": f"{day.month:02}", "m": str(day.month),
        "dd": f"{day.day:02}", "d": str(day.day), "q": str((day.month + 2) // 3),
    }  # fmt: skip
    return _DATE_PART.sub(lambda part: parts[part[0]], pattern)


_TEXT = needs(("text", "text"))
_PART = needs(("text", "text"), ("part", "text"))
_CUT = needs(("text", "text"), ("separator", "text"))
_PAD = needs(("text", "text"), ("length", "number"), ("fill?", "text"))

FUNCTIONS = (
    Function("MATCHES", ("形如",), needs(("text", "text"), ("pattern", "text")), "boolean", fits,
             Words("整个文本是否符合样式：* 为任意一段，? 为任意一个字符", "Whether the whole text fits a pattern: * is any run of characters, ? any one"),
             ("MATCHES('A-2026-07', 'A-????-*')", "TRUE"),
             steps=lambda text, pattern: len(text) * len(pattern) // 25),
    Function("SPLIT", ("拆分",), _CUT, "[text]", split,
             Words("按分隔符拆成列表", "The parts between separators, as a list"), ("COUNT(SPLIT('a/b/c', '/'))", "3")),
    Function("PADLEFT", ("左补齐",), _PAD, "text", lambda text, size, fill=" ": padded(text, size, fill, left=True),
             Words("在左边补到指定长度（默认补空格）", "Filled up on the left to a length (with spaces if left out)"), ("PADLEFT('7', 3, '0')", "007")),
    Function("PADRIGHT", ("右补齐",), _PAD, "text", lambda text, size, fill=" ": padded(text, size, fill, left=False),
             Words("在右边补到指定长度（默认补空格）", "Filled up on the right to a length (with spaces if left out)"), ("PADRIGHT('7', 3, '0')", "700")),
    Function("REPEAT", ("重复",), needs(("text", "text"), ("count", "number")), "text", repeat,
             Words("把文本重复若干次，结果最多 10 万个字符", "A text so many times, at most 100,000 characters in all"), ("REPEAT('ab', 3)", "ababab")),
    Function("PROPER", ("首字母大写",), _TEXT, "text", proper,
             Words("英文单词首字母大写，其余小写", "Every word of the letters a-z with a capital, the rest small"), ("PROPER('FIRST floor')", "First Floor")),
    Function("SUBSTITUTE", ("替换第几处",), needs(("text", "text"), ("part", "text"), ("by", "text"), ("occurrence", "number")), "text", substitute,
             Words("只替换第几处", "One occurrence replaced, counted from 1"), ("SUBSTITUTE('1-2-3', '-', '/', 2)", "1-2/3")),
    Function("SPLICE", ("替换一段",), needs(("text", "text"), ("start", "number"), ("count", "number"), ("by", "text")), "text", splice,
             Words("从第几个字符起的几个字符换成另一段", "So many characters from a position replaced by a text"), ("SPLICE('A-2026', 3, 4, 'x')", "A-x")),
    Function("COUNTTEXT", ("出现次数",), _PART, "number", occurrences,
             Words("片段出现的次数（不重叠）", "How often a part stands in a text, without overlap"), ("COUNTTEXT('1-2-3', '-')", "2")),
    Function("BEFORE", ("之前",), _CUT, "text", before,
             Words("第一个分隔符之前的文本，没有分隔符则为全文", "What stands before the first separator, the whole text if there is none"), ("BEFORE('A-2026', '-')", "A")),
    Function("AFTER", ("之后",), _CUT, "text", after,
             Words("第一个分隔符之后的文本，没有分隔符则为空文本", "What stands behind the first separator, nothing if there is none"), ("AFTER('A-2026', '-')", "2026")),
    Function("SQUEEZE", ("合并空白",), _TEXT, "text", squeezed,
             Words("去掉首尾空白，中间连续空白合为一个空格", "Without white space at the ends, one space for a run of it inside"), ("SQUEEZE('  a   b ')", "a b")),
    Function("HALFWIDTH", ("半角",), _TEXT, "text", lambda text: text.translate(_WIDE_TO_NARROW),
             Words("全角字母、数字和标点变半角", "Full-width letters, digits and signs as half-width ones"), ("HALFWIDTH('Ａ－１２')", "A-12")),
    Function("DIGITS", ("取数字",), _TEXT, "text", lambda text: "".join(sign for sign in text if sign in _DIGITS),
             Words("只留下数字 0-9", "Only the digits 0 to 9"), ("DIGITS('A-20 26')", "2026")),
    Function("ISNUMERIC", ("是数字文本",), _TEXT, "boolean", is_number,
             Words("文本能否用 NUMBER 转为数字", "Whether NUMBER would read the text"), ("ISNUMERIC('1,234.5')", "TRUE")),
    Function("MASK", ("遮盖",), needs(("text", "text"), ("head", "number"), ("tail", "number"), ("sign?", "text")), "text", masked,
             Words("保留开头和末尾几位，中间遮盖（默认 *）；太短则全部遮盖", "The middle hidden behind a sign (* if left out), all of it where nothing would be left to hide"),
             ("MASK('13800001234', 3, 4)", "138****1234")),
    Function("TODATE", ("转日期",), _TEXT, "date", as_date,
             Words("把文本转为日期：2026-01-05、2026/1/5、2026.1.5、2026年1月5日、20260105；空文本为空", "The text as a date: 2026-01-05, 2026/1/5, 2026.1.5, 2026年1月5日, 20260105; blank for an empty text"),
             ("TODATE('2026年1月5日')", "2026-01-05")),
    Function("FORMATDATE", ("日期文本",), needs(("date", "date"), ("pattern", "text")), "text", date_text,
             Words("按样式写日期：yyyy yy mm m dd d q，其余照写", "A date after a pattern: yyyy yy mm m dd d q stand for its parts, anything else for itself"),
             ("FORMATDATE(due_on, 'yyyy年m月d日')", "2026年3月15日")),
)  # fmt: skip
