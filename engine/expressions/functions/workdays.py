"""Working days after a calendar that is kept in a record."""

from datetime import date, timedelta
from decimal import Decimal

from engine.expressions import arithmetic
from engine.expressions.calendars import WorkCalendar, found
from engine.expressions.environment import Environment
from engine.expressions.functions.entry import Function, Words, needs
from engine.expressions.values import Value, identity

_MAX_DAYS = 40_000
_CALENDAR = ("calendar", "calendar")


def _of(env: Environment, calendar: Value) -> WorkCalendar:
    return found(env.calendar, str(identity(calendar)))


def count(env: Environment, start: date, end: date, calendar: Value) -> Decimal:
    """WORKDAYS: working days from start to end, both included."""
    return Decimal(_of(env, calendar).count(start, end))


def add(env: Environment, start: date, days: Decimal, calendar: Value) -> date:
    """ADDWORKDAYS: so many working days after a day that is not counted itself."""
    return _of(env, calendar).add(start, arithmetic.whole(days, "bad_days", -_MAX_DAYS, _MAX_DAYS))


def last_of(env: Environment, start: date, days: Decimal, calendar: Value) -> date:
    """WORKEND: the last of so many working days, the first of which is the first working day from start on."""
    known = _of(env, calendar)
    return known.add(known.next(start), arithmetic.whole(days, "bad_days", 1, _MAX_DAYS) - 1)


def previous(env: Environment, day: date, calendar: Value) -> date:
    """PREVWORKDAY: the day itself if it is worked, else the last working day before it."""
    return _of(env, calendar).next(day, timedelta(days=-1))


_SPAN = needs(("start", "date"), ("end", "date"), _CALENDAR)
_COUNTED = needs(("start", "date"), ("days", "number"), _CALENDAR)
_DAY = needs(("date", "date"), _CALENDAR)

FUNCTIONS = (
    Function("WORKDAYS", ("工作日数", "NETWORKDAYS"), _SPAN, "number", count,
             Words("两个日期之间（含首尾）的工作日数，按工作日历（含节假日和调休）；日历未覆盖的年份报错",
                   "Working days between two dates, both included, after a calendar with its holidays and make-up days; a year that it does not cover is an error"),
             ("WORKDAYS(DATE(2026, 2, 1), DATE(2026, 2, 28), calendar)", "16"), mode="environment"),
    Function("ADDWORKDAYS", ("加工作日", "WORKDAY"), _COUNTED, "date", add,
             Words("从某日（不计当日）起第几个工作日，负数向前", "The working day that is so many after a day that is not counted, before it if negative"),
             ("ADDWORKDAYS(DATE(2026, 2, 13), 2, calendar)", "2026-02-24"), mode="environment"),
    Function("WORKEND", ("工作日完成",), _COUNTED, "date", last_of,
             Words("从某日（含）开始，历时若干工作日的最后一天", "The last of so many working days that begin on a day or the first working day after it"),
             ("WORKEND(DATE(2026, 2, 12), 10, calendar)", "2026-03-03"), mode="environment"),
    Function("ISWORKDAY", ("是工作日",), _DAY, "boolean", lambda env, day, calendar: _of(env, calendar).works(day),
             Words("是否工作日", "Whether a day is worked"), ("ISWORKDAY(DATE(2026, 2, 14), calendar)", "TRUE"), mode="environment"),
    Function("NEXTWORKDAY", ("顺延工作日",), _DAY, "date", lambda env, day, calendar: _of(env, calendar).next(day),
             Words("当日是工作日则为当日，否则为其后第一个工作日", "The day itself if it is worked, else the first working day after it"),
             ("NEXTWORKDAY(DATE(2026, 2, 15), calendar)", "2026-02-24"), mode="environment"),
    Function("PREVWORKDAY", ("前移工作日",), _DAY, "date", previous,
             Words("当日是工作日则为当日，否则为其前最后一个工作日", "The day itself if it is worked, else the last working day before it"),
             ("PREVWORKDAY(DATE(2026, 2, 15), calendar)", "2026-02-14"), mode="environment"),
)  # fmt: skip
