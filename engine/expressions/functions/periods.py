"""Weeks, months, quarters, halves and years; spans of days and of hours."""

from calendar import isleap
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from engine.expressions import arithmetic
from engine.expressions.errors import ExpressionError
from engine.expressions.functions.dates import add_days, add_months, month_end
from engine.expressions.functions.entry import Function, Words, needs

_ONE = Decimal(1)
_HOUR = 3600
_MAX_HOURS = 10_000_000
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
PERIODS = ("week", *_MONTHS)


def start_of(day: date, period: str) -> date:
    """STARTOF: the first day of a period. Raises ExpressionError("bad_period")."""
    if period == "week":
        return add_days(day, Decimal(1 - day.isoweekday()))
    months = _months(period)
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def end_of(day: date, period: str) -> date:
    """ENDOF: the last day of a period."""
    first = start_of(day, period)
    if period == "week":
        return add_days(first, Decimal(6))
    return month_end(date(first.year, first.month + _months(period) - 1, 1))


def name_of(day: date, period: str) -> str:
    """PERIOD: 2026, 2026-H2, 2026-Q4, 2026-11, 2026-W47 (the ISO week of its own year)."""
    if period == "week":
        year, week, _ = day.isocalendar()
        return f"{year:04}-W{week:02}"
    months = _months(period)
    place = (day.month - 1) // months + 1
    names = {1: f"-{place:02}", 3: f"-Q{place}", 6: f"-H{place}", 12: ""}
    return f"{day.year:04}{names[months]}"


def months_between(end: date, start: date) -> Decimal:
    """MONTHSBETWEEN: whole months from start to end, counted as days of the month fall; negative the other way round."""
    if end < start:
        return -months_between(start, end)
    return Decimal((end.year - start.year) * 12 + end.month - start.month - (end.day < start.day))


def overlap(start: date, end: date, start2: date, end2: date) -> Decimal:
    """OVERLAP: days that two spans share, both ends included."""
    return Decimal(max(0, (min(end, end2) - max(start, start2)).days + 1))


def shared_hours(start: datetime, end: datetime, start2: datetime, end2: datetime) -> Decimal:
    """OVERLAPHOURS: hours that two spans share, to the second."""
    seconds = (min(end, end2).astimezone(UTC) - max(start, start2).astimezone(UTC)) // timedelta(seconds=1)
    return arithmetic.divide(Decimal(max(0, seconds)), Decimal(_HOUR))


def add_hours(moment: datetime, hours: Decimal) -> datetime:
    """ADDHOURS: later by hours, rounded half up to the second. Raises ExpressionError("bad_hours") or "bad_date"."""
    if abs(hours) > _MAX_HOURS:
        raise ExpressionError("bad_hours", {"value": arithmetic.plain(hours)})
    seconds = int(arithmetic.round_half_up(arithmetic.multiply(hours, Decimal(_HOUR))))
    try:
        return moment.astimezone(UTC) + timedelta(seconds=seconds)
    except OverflowError:
        raise ExpressionError("bad_date", {"value": f"{moment} + {hours}"}) from None


def clock_hours(start: time, end: time) -> Decimal:
    """CLOCKHOURS: hours from one time to another, over midnight if it is earlier."""
    return arithmetic.divide(Decimal((_seconds(end) - _seconds(start)) % (24 * _HOUR)), Decimal(_HOUR))


def _seconds(clock: time) -> int:
    return clock.hour * _HOUR + clock.minute * 60 + clock.second


def _months(period: str) -> int:
    if period not in _MONTHS:
        raise ExpressionError("bad_period", {"value": period})
    return _MONTHS[period]


def _part(name: str) -> Callable[[time], Decimal]:
    return lambda clock: Decimal(getattr(clock, name))


_DAY = needs(("date", "date"))
_CLOCK = needs(("time", "time"))
_PERIOD = needs(("date", "date"), ("period", "text"))

FUNCTIONS = (
    Function("QUARTER", ("季度",), _DAY, "number", lambda day: Decimal((day.month + 2) // 3), Words("第几季度", "The quarter of the year"), ("QUARTER(due_on)", "1")),
    Function("WEEKNUM", ("周数",), _DAY, "number", lambda day: Decimal(day.isocalendar()[1]),
             Words("ISO 周数，星期一起算，含 1 月 4 日的为第 1 周", "The ISO week: Monday first, week 1 holds 4 January"), ("WEEKNUM(due_on)", "11")),
    Function("WEEKYEAR", ("周所属年",), _DAY, "number", lambda day: Decimal(day.isocalendar()[0]),
             Words("ISO 周所属的年份", "The year that the ISO week belongs to"), ("WEEKYEAR(DATE(2027, 1, 1))", "2026")),
    Function("DAYOFYEAR", ("年内第几天",), _DAY, "number", lambda day: Decimal(day.timetuple().tm_yday), Words("当年的第几天", "The day of the year"), ("DAYOFYEAR(due_on)", "74")),
    Function("DAYSINMONTH", ("当月天数",), _DAY, "number", lambda day: Decimal(month_end(day).day), Words("当月的天数", "How many days the month has"), ("DAYSINMONTH(due_on)", "31")),
    Function("ISLEAP", ("闰年",), _DAY, "boolean", lambda day: isleap(day.year), Words("是否闰年", "Whether the year is a leap year"), ("ISLEAP(due_on)", "FALSE")),
    Function("ADDYEARS", ("加年",), needs(("date", "date"), ("years", "number")), "date", lambda day, years: add_months(day, arithmetic.multiply(years, Decimal(12))),
             Words("若干年之后的同一天，没有则取月末", "The same day so many years later, or the last of that month"), ("ADDYEARS(DATE(2024, 2, 29), 1)", "2025-02-28")),
    Function("EOMONTH", ("几月后月末",), needs(("date", "date"), ("months", "number")), "date", lambda day, months: month_end(add_months(day, months)),
             Words("若干月之后的月末", "The last day of the month so many months later"), ("EOMONTH(due_on, -1)", "2026-02-28")),
    Function("STARTOF", ("期初",), _PERIOD, "date", start_of,
             Words("所在期间的第一天：'week' 'month' 'quarter' 'half' 'year'", "The first day of its 'week', 'month', 'quarter', 'half' or 'year'"), ("STARTOF(due_on, 'quarter')", "2026-01-01")),
    Function("ENDOF", ("期末",), _PERIOD, "date", end_of,
             Words("所在期间的最后一天", "The last day of its 'week', 'month', 'quarter', 'half' or 'year'"), ("ENDOF(due_on, 'half')", "2026-06-30")),
    Function("PERIOD", ("期间",), _PERIOD, "text", name_of,
             Words("所在期间的名称：2026、2026-H2、2026-Q4、2026-11、2026-W47", "The name of its period: 2026, 2026-H2, 2026-Q4, 2026-11, 2026-W47"), ("PERIOD(due_on, 'week')", "2026-W11")),
    Function("MONTHSBETWEEN", ("整月数", "DATEDIF"), needs(("end", "date"), ("start", "date")), "number", months_between,
             Words("从开始到结束的整月数", "Whole months from start to end"), ("MONTHSBETWEEN(due_on, DATE(2025, 1, 16))", "13")),
    Function("OVERLAP", ("重叠天数",), needs(("start", "date"), ("end", "date"), ("start2", "date"), ("end2", "date")), "number", overlap,
             Words("两段日期重叠的天数（含首尾）", "Days that two spans share, both ends included"), ("OVERLAP(DATE(2026, 1, 1), DATE(2026, 1, 10), DATE(2026, 1, 8), due_on)", "3")),
    Function("HOUR", ("时",), _CLOCK, "number", _part("hour"), Words("几时", "The hour of a time"), ("HOUR(TIME(8, 30))", "8")),
    Function("MINUTE", ("分钟",), _CLOCK, "number", _part("minute"), Words("几分", "The minute of a time"), ("MINUTE(TIME(8, 30))", "30")),
    Function("SECOND", ("秒",), _CLOCK, "number", _part("second"), Words("几秒", "The second of a time"), ("SECOND(TIME(8, 30, 15))", "15")),
    Function("CLOCKHOURS", ("起止时长",), needs(("start", "time"), ("end", "time")), "number", clock_hours,
             Words("从一个时间到另一个时间的小时数，较早则跨过零点", "Hours from one time to another, over midnight if it is earlier"), ("CLOCKHOURS(TIME(22, 0), TIME(6, 0))", "8")),
    Function("ADDHOURS", ("加小时",), needs(("datetime", "datetime"), ("hours", "number")), "datetime", add_hours,
             Words("若干小时之后（四舍五入到秒）", "So many hours later, to the second"), ("ADDHOURS(NOW(), 1.5)", "2026-01-31 10:00")),
    Function("OVERLAPHOURS", ("重叠小时",), needs(("start", "datetime"), ("end", "datetime"), ("start2", "datetime"), ("end2", "datetime")), "number", shared_hours,
             Words("两段时间重叠的小时数", "Hours that two spans share"), ("OVERLAPHOURS(NOW(), ADDHOURS(NOW(), 4), ADDHOURS(NOW(), 3), ADDHOURS(NOW(), 9))", "1")),
)  # fmt: skip
