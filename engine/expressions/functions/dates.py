"""Dates, times and moments. Days are the days of the environment's time zone."""

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta
from decimal import Decimal

from engine.expressions import arithmetic
from engine.expressions.environment import Environment
from engine.expressions.errors import ExpressionError
from engine.expressions.functions.entry import Function, Words, needs
from engine.expressions.values import local

MAX_DAYS = 4_000_000
_HOUR = Decimal(3600)


def make_date(year: Decimal, month: Decimal, day: Decimal) -> date:
    """DATE: a day of the calendar. Raises ExpressionError("bad_date") when there is no such day."""
    try:
        return date(int(year), int(month), int(day)) if _all_whole(year, month, day) else _no_date(year, month, day)
    except (ValueError, OverflowError):
        return _no_date(year, month, day)


def add_days(start: date, days: Decimal) -> date:
    """ADDDAYS and `date + number`: whole days later. Raises ExpressionError("bad_days") or "bad_date"."""
    try:
        return start + timedelta(days=arithmetic.whole(days, "bad_days", -MAX_DAYS, MAX_DAYS))
    except OverflowError:
        raise ExpressionError("bad_date", {"value": f"{start} + {days}"}) from None


def days_between(end: date, start: date) -> Decimal:
    """DAYS and `date - date`."""
    return Decimal((end - start).days)


def add_months(start: date, months: Decimal) -> date:
    """ADDMONTHS: the same day so many months later, or the last day of that month if it is shorter."""
    count = arithmetic.whole(months, "bad_months", -120_000, 120_000)
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    if not MINYEAR <= year <= MAXYEAR:
        raise ExpressionError("bad_date", {"value": f"{start} + {months}"})
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def month_end(day: date) -> date:
    """MONTHEND: the last day of the month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def make_time(hour: Decimal, minute: Decimal, second: Decimal = Decimal(0)) -> time:
    """TIME: a time of the day. Raises ExpressionError("bad_time") when there is no such time."""
    try:
        if _all_whole(hour, minute, second):
            return time(int(hour), int(minute), int(second))
    except (ValueError, OverflowError):
        pass
    raise ExpressionError("bad_time", {"value": f"{hour}:{minute}:{second}"})


def hour_of(clock: time) -> Decimal:
    """HOUROF: hours since midnight, 8:30 -> 8.5."""
    return arithmetic.divide(Decimal(clock.hour * 3600 + clock.minute * 60 + clock.second), _HOUR)


def at(env: Environment, day: date, clock: time) -> datetime:
    """AT: the moment when the clock of the time zone shows this. Raises ExpressionError("bad_date") outside the years 1 to 9999."""
    try:
        return datetime.combine(day, clock, env.timezone).astimezone(UTC)
    except OverflowError:
        raise ExpressionError("bad_date", {"value": f"{day} {clock}"}) from None


def hours_between(end: datetime, start: datetime) -> Decimal:
    """HOURS: hours from start to end, to the second."""
    return arithmetic.divide(Decimal((end.astimezone(UTC) - start.astimezone(UTC)) // timedelta(seconds=1)), _HOUR)


def today(env: Environment) -> date:
    """TODAY: the day that it is now in the time zone."""
    return local(env.now, env.timezone).date()


def _all_whole(*parts: Decimal) -> bool:
    return all(part == part.to_integral_value() for part in parts)


def _no_date(year: Decimal, month: Decimal, day: Decimal) -> date:
    raise ExpressionError("bad_date", {"value": f"{year}-{month}-{day}"})


_DAY = needs(("date", "date"))

FUNCTIONS = (
    Function("TODAY", ("今天",), (), "date", today,
             Words("今天（按时区）", "The day that it is, in the time zone"), ("TODAY()", "2026-01-31"),
             mode="environment", volatile=True),
    Function("NOW", ("现在",), (), "datetime", lambda env: env.now,
             Words("此刻", "The moment that it is"), ("NOW()", "2026-01-31 08:30"), mode="environment", volatile=True),
    Function("DATE", ("日期",), needs(("year", "number"), ("month", "number"), ("day", "number")), "date", make_date,
             Words("由年月日组成日期，不存在的日期报错", "A date from its parts; an error if there is no such day"),
             ("DATE(2026, 2, 28)", "2026-02-28")),
    Function("YEAR", ("年",), _DAY, "number", lambda day: Decimal(day.year),
             Words("年份", "The year"), ("YEAR(due_on)", "2026")),
    Function("MONTH", ("月",), _DAY, "number", lambda day: Decimal(day.month),
             Words("月份", "The month"), ("MONTH(due_on)", "3")),
    Function("DAY", ("日",), _DAY, "number", lambda day: Decimal(day.day),
             Words("几号", "The day of the month"), ("DAY(due_on)", "15")),
    Function("WEEKDAY", ("星期",), _DAY, "number", lambda day: Decimal(day.isoweekday()),
             Words("星期几，星期一为 1", "The day of the week, Monday is 1"), ("WEEKDAY(due_on)", "7")),
    Function("DAYS", ("天数", "相差天数"), needs(("end", "date"), ("start", "date")), "number", days_between,
             Words("从开始到结束的天数", "Days from start to end"), ("DAYS(due_on, TODAY())", "43")),
    Function("ADDDAYS", ("加天",), needs(("date", "date"), ("days", "number")), "date", add_days,
             Words("若干天之后", "So many days later"), ("ADDDAYS(due_on, 20)", "2026-04-04")),
    Function("ADDMONTHS", ("加月", "EDATE"), needs(("date", "date"), ("months", "number")), "date", add_months,
             Words("若干月之后的同一天，当月没有则取月末", "The same day so many months later, or the last of that month"),
             ("ADDMONTHS(DATE(2026, 1, 31), 1)", "2026-02-28")),
    Function("MONTHSTART", ("月初",), _DAY, "date", lambda day: day.replace(day=1),
             Words("当月第一天", "The first day of the month"), ("MONTHSTART(due_on)", "2026-03-01")),
    Function("MONTHEND", ("月末",), _DAY, "date", month_end,
             Words("当月最后一天", "The last day of the month"), ("MONTHEND(due_on)", "2026-03-31")),
    Function("MONTHTEXT", ("年月",), _DAY, "text", lambda day: day.isoformat()[:7],
             Words("年月文本", "Year and month as text"), ("MONTHTEXT(due_on)", "2026-03")),
    Function("TIME", ("时间",), needs(("hour", "number"), ("minute", "number"), ("second?", "number")), "time", make_time,
             Words("由时分秒组成时间", "A time from its parts"), ("TIME(8, 30)", "08:30")),
    Function("HOUROF", ("小时数",), needs(("time", "time")), "number", hour_of,
             Words("自零点起的小时数", "Hours since midnight"), ("HOUROF(TIME(8, 30))", "8.5")),
    Function("AT", ("时刻",), needs(("date", "date"), ("time", "time")), "datetime", at,
             Words("该日该时（按时区）", "That time on that day, in the time zone"), ("AT(due_on, TIME(8, 30))", "2026-03-15 08:30"), mode="environment"),
    Function("DATEOF", ("取日期",), needs(("datetime", "datetime")), "date",
             lambda env, moment: local(moment, env.timezone).date(),
             Words("日期部分（按时区）", "The day of a moment, in the time zone"), ("DATEOF(NOW())", "2026-01-31"), mode="environment"),
    Function("TIMEOF", ("取时间",), needs(("datetime", "datetime")), "time",
             lambda env, moment: local(moment, env.timezone).time().replace(microsecond=0),
             Words("时间部分（按时区）", "The time of day of a moment, in the time zone"), ("TIMEOF(NOW())", "08:30"), mode="environment"),
    Function("HOURS", ("时长",), needs(("end", "datetime"), ("start", "datetime")), "number", hours_between,
             Words("从开始到结束的小时数", "Hours from start to end"), ("HOURS(NOW(), AT(TODAY(), TIME(6, 0)))", "2.5")),
)  # fmt: skip
