"""What is generated from the function table: the language's page, and the table that the browser reads."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from engine.expressions.calendars import WorkCalendar
from engine.expressions.environment import Environment
from engine.expressions.functions import KINDS, NAMED, Function, Parameter
from engine.expressions.reference_prose import PROSE
from engine.expressions.types import DATE, NUMBER, TEXT, ListOf, RecordOf, Scope

EXAMPLE_SCOPE = Scope(
    names={
        "total": NUMBER,
        "kind": TEXT,
        "note": TEXT,
        "due_on": DATE,
        "lines": ListOf(RecordOf("order/lines")),
        "calendar": RecordOf("calendar"),
    },
    shapes={"order/lines": {"amount": NUMBER, "kind": TEXT, "weight": NUMBER}, "calendar": {}},
    calendars=frozenset({"calendar"}),
)
"""What the examples of the function table may name."""

_ROWS = (("60", "x"), ("40", "y"), ("20.5", "x"))

_CALENDAR = WorkCalendar(
    name="2026", week=frozenset({1, 2, 3, 4, 5}), first=2026, last=2026,
    exceptions={date(2026, 2, 14): True, date(2026, 2, 28): True} | {date(2026, 2, day): False for day in range(15, 24)},
)  # fmt: skip

EXAMPLE_ENVIRONMENT = Environment(
    values={
        "total": Decimal("120.5"), "kind": "x", "note": None, "due_on": date(2026, 3, 15),
        "calendar": "k1",
        "lines": [{"amount": Decimal(amount), "kind": kind, "weight": Decimal(1)} for amount, kind in _ROWS],
    },
    row_number=1, me="u1", initiator="u2", roles=frozenset({"keeper"}),
    now=datetime(2026, 1, 31, 0, 30, tzinfo=UTC), timezone=timezone(timedelta(hours=8)),
    fetch=lambda _shape, _key, name: {"department": "d1", "superior": "u2"}.get(name), calendar={"k1": _CALENDAR}.get,
)  # fmt: skip
"""The record that the examples are evaluated on, at half past eight in the morning of 2026-01-31."""

_HEADINGS: Mapping[str, tuple[str, str]] = {
    "logic": ("逻辑", "Logic"),
    "numbers": ("数字", "Numbers"),
    "money": ("金额与率", "Amounts and rates"),
    "text": ("文本", "Text"),
    "writing": ("文本的拆分与书写", "Text taken apart and put together"),
    "identifiers": ("证件与编号", "Numbers with a check"),
    "dates": ("日期与时间", "Dates and times"),
    "periods": ("期间与时段", "Periods and spans"),
    "workdays": ("工作日", "Working days"),
    "lists": ("列表与明细", "Lists and sub-tables"),
    "rows": ("逐行计算", "Over the rows of a sub-table"),
    "statistics": ("统计", "Statistics"),
    "people": ("人员", "People"),
}
_COLUMNS = ("| 用法 | 别名 | 说明 | 例 | 结果 |", "| usage | aliases | what it gives | example | result |")


def markdown(language: str) -> str:
    """Return the language's page as Markdown, for "zh-CN" or "en"."""
    at = 0 if language == "zh-CN" else 1
    sections = [_section(kind, functions, at) for kind, functions in KINDS.items()]
    return "\n\n".join([PROSE[language].rstrip(), *sections]) + "\n"


def browser_table() -> dict[str, Any]:
    """Return what the browser's parser, checker and formula editor know of every function, as JSON."""
    functions = {function.name: _entry(kind, function) for kind, all_of in KINDS.items() for function in all_of}
    return {"functions": functions, "named": dict(NAMED)}


def browser_modes(encode: Callable[[object], str]) -> str:
    """Return the text of modes.json beside it: all that evaluating needs of the table, which is far smaller."""
    strict = [
        function.name for kind in KINDS.values() for function in kind if function.mode in ("strict", "environment")
    ]
    return f'{{"strict": {encode(strict)}}}\n'


def _section(kind: str, functions: tuple[Function, ...], at: int) -> str:
    rows = [_row(function, at) for function in functions]
    return "\n".join([f"### {_HEADINGS[kind][at]}", "", _COLUMNS[at], "|---|---|---|---|---|", *rows])


def _row(function: Function, at: int) -> str:
    words = (function.words.zh, function.words.en)[at]
    text, result = function.example
    cells = (f"`{function.usage()}`", " ".join(function.aliases), words, f"`{text}`", f"`{result}`")
    return f"| {' | '.join(cells)} |"


def _entry(kind: str, function: Function) -> dict[str, Any]:
    return {
        "kind": kind,
        "aliases": list(function.aliases),
        "usage": function.usage(),
        "parameters": _parameters(function.parameters),
        "group": _parameters(function.group),
        "tail": _parameters((function.tail,))[0] if function.tail else None,
        "result": function.result,
        "mode": function.mode,
        "words": {"zh-CN": function.words.zh, "en": function.words.en},
        "example": list(function.example),
    }


def _parameters(parameters: tuple[Parameter, ...]) -> list[dict[str, Any]]:
    return [{"name": item.name, "kind": item.kind, "optional": item.optional} for item in parameters]


def browser_file(encode: Callable[[object], str]) -> str:
    """Return the text of admin_ui/src/core/expressions/functions.json, one function a line; `encode` writes JSON."""
    table = browser_table()
    body = ",\n".join(f"    {encode(name)}: {encode(entry)}" for name, entry in table["functions"].items())
    return f'{{\n  "named": {encode(table["named"])},\n  "functions": {{\n{body}\n  }}\n}}\n'
