"""What random expressions are about: one made-up shape of record, and random records of it.

Everything has the spelling of the shared cases, so that a case found here can be kept in tests/conformance/cases as it is.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any, TypeAlias

from engine.expressions.arithmetic import from_units

Json: TypeAlias = dict[str, Any]

ITEM, PERSON = {"record": "stock.item"}, {"record": "system.user"}
NAMES: Json = {
    "net": "number", "price": "number", "pieces": "number", "wide": "number", "fine": "number",
    "title": "text", "code": "text", "note": "text",
    "is_open": "boolean", "is_paid": "boolean", "begins_on": "date", "ends_on": "date", "starts": "time", "ends": "time",
    "made_at": "datetime", "seen_at": "datetime", "tags": {"list": "text"}, "readings": {"list": "number"},
    "item": ITEM, "spare": ITEM, "owner": PERSON, "calendar": {"record": "calendar"},
    "lines": {"list": {"record": "record/lines"}},
}  # fmt: skip
LINE: Json = {
    "amount": "number", "weight": "number", "kind": "text", "on": "date", "is_ok": "boolean", "at": "time",
    "goods": ITEM, "parts": {"list": {"record": "record/lines/parts"}},
}  # fmt: skip
PART: Json = {"size": "number", "mark": "text"}
SHAPES: Json = {
    "stock.item": {
        "name": "text", "cost": "number", "made_on": "date", "is_new": "boolean", "sizes": {"list": "number"}, "maker": PERSON,
    },
    "system.user": {"name": "text", "department": "department", "superior": PERSON},
    "record/lines": LINE,
    "record/lines/parts": PART,
}  # fmt: skip
OLD: Json = {"net": "number", "title": "text", "begins_on": "date", "is_open": "boolean"}
MEASURES: Json = {"held": {"kind": "text", "on": "date"}}
SCALES = {"net": 2, "price": 4, "pieces": 0, "wide": 10, "fine": 12}
"""Decimals of the numbers that stand in columns."""
REACHED: tuple[str, ...] = ("item", "spare", "item.maker", "spare.maker", "owner", "owner.superior")
"""References, and references of what they lead to: what stands at their ends has a column too."""

_TEXTS = (
    "", "A", "a", "A-2026", "x", "kg", "混凝土", "工程 2 号楼", "１２３", "　全角　", " 1,234.50 ", "12.5", "-7", "a/b/c", "a%b_c", "z\\y",
    "👷‍♂️工人", "é", "e\u0301", "Straße", "İstanbul", "2026-02-28", "2026年1月5日", "11010519491231002X", "91350100M000100Y43",
    "4539578763621486", "2026-03", "'quoted'", '"double"', "\t tab ", "line\nbreak", "u1", "0", "1e5", "+3", "\u00a0", "\u3000", "TRUE",
    "北京市海淀区中关村大街二十七号院内第三施工段临时仓库编号甲乙丙丁",
)  # fmt: skip
_DAYS = (
    "0001-01-01",
    "9999-12-31",
    "1970-01-01",
    "2024-02-29",
    "2023-02-28",
    "2026-12-31",
    "2027-01-01",
    "2000-02-29",
    "1900-03-01",
)
_MOMENTS = (
    "1969-12-31T23:59:59+00:00",
    "0001-01-01T00:00:00+00:00",
    "9999-12-31T23:59:59+00:00",
    "2026-03-29T01:30:00+01:00",
)
_TAGS = ("red", "蓝", "x", "")


def records(rng: Random, count: int) -> list[Json]:
    """Return so many topics, each with one random record in the same world."""
    items = {f"i{at}": _item(rng) for at in range(4)}
    people = {f"u{at}": _person(rng) for at in range(3)}
    shared = {
        "topic": "random_world", "types": NAMES, "shapes": SHAPES, "old_types": OLD, "records": {"stock.item": items, "system.user": people},
        "measures": {"held": {"dimensions": MEASURES["held"], "entries": [_entry(rng) for _ in range(4)]}},
        "people": {"me": "u0", "initiator": "u1", "roles": ["keeper", "工长"]},
        "calendars": {"c1": {"name": "C", "week": [1, 2, 3, 4, 5], "exceptions": {"2026-01-01": False, "2026-02-14": True}, "years": [2024, 2027]}},
    }  # fmt: skip
    return [{**shared, "values": _values(rng), "old": _some(rng, OLD)} for _ in range(count)]


def _values(rng: Random) -> Json:
    values = _some(rng, {name: kind for name, kind in NAMES.items() if isinstance(kind, str) and name not in SCALES})
    values |= {name: None if rng.random() < 0.12 else number(rng, scale) for name, scale in SCALES.items()}
    values |= {name: rng.choice([None, "i0", "i1", "i2", "i3"]) for name in ("item", "spare")}
    values["owner"] = rng.choice([None, "u0", "u1", "u2"])
    values["calendar"] = "c1"
    values["tags"] = [rng.choice(_TAGS) for _ in range(rng.randrange(4))]
    values["readings"] = [_scalar(rng, "number") for _ in range(rng.randrange(6))]
    values["lines"] = [_line(rng) for _ in range(rng.choice((0, 1, 2, 3, 5)))]
    return values


def _line(rng: Random) -> Json:
    line = _some(rng, {name: kind for name, kind in LINE.items() if isinstance(kind, str)})
    line["goods"] = rng.choice([None, "i0", "i1", "i2"])
    line["parts"] = [_some(rng, PART) for _ in range(rng.randrange(3))]
    return line


def _item(rng: Random) -> Json:
    made = _some(rng, {name: kind for name, kind in SHAPES["stock.item"].items() if isinstance(kind, str)})
    made["cost"] = None if rng.random() < 0.2 else number(rng, 2)
    made["sizes"] = [_scalar(rng, "number") for _ in range(rng.randrange(3))]
    return {**made, "maker": rng.choice([None, "u0", "u1"])}


def _person(rng: Random) -> Json:
    return {
        "name": rng.choice(_TEXTS),
        "department": rng.choice([None, "d1", "d2"]),
        "superior": rng.choice([None, "u1"]),
    }


def _entry(rng: Random) -> Json:
    return {"kind": rng.choice(("x", "red", "")), "on": day(rng), "value": _scalar(rng, "number")}


def _some(rng: Random, types: Json) -> Json:
    return {name: None if rng.random() < 0.15 else _scalar(rng, kind) for name, kind in types.items()}


def number(rng: Random, scale: int) -> Json:
    """Return a number of a column with so many decimals: small, round, a tie, or at the edge of what is held."""
    digits = {10: 38, 12: 18}.get(scale, 18)
    way = rng.random()
    if way < 0.35:
        units = rng.randrange(-20, 21) * 10**scale
    elif way < 0.6:
        units = rng.randrange(-(10 ** (scale + 4)), 10 ** (scale + 4))
    elif way < 0.75:
        units = rng.choice((5, -5, 15, 25, -45, 105)) * 10 ** max(0, scale - rng.randrange(1, 5))
    elif way < 0.9:
        units = rng.randrange(-(10**digits), 10**digits)
    else:
        units = rng.choice((0, 1, -1, 10**digits - 1, 1 - 10**digits))
    return {"decimal": f"{from_units(units, scale):f}"}


def day(rng: Random) -> Json:
    """Return a date, most often of the years that a calendar covers."""
    if rng.random() < 0.15:
        return {"date": rng.choice(_DAYS)}
    return {"date": (date(2024, 1, 1) + timedelta(days=rng.randrange(1400))).isoformat()}


def _clock(rng: Random) -> Json:
    seconds = rng.choice((0, 0, rng.randrange(60)))
    return {"time": time(rng.choice((0, 8, 12, 23, rng.randrange(24))), rng.randrange(60), seconds).isoformat()}


def _moment(rng: Random) -> Json:
    at = datetime(2026, 1, 31, tzinfo=UTC) + timedelta(seconds=rng.randrange(-(10**7), 10**7))
    return {"datetime": rng.choice(_MOMENTS) if rng.random() < 0.1 else at.isoformat()}


_SCALARS: dict[str, Callable[[Random], object]] = {
    "number": lambda rng: number(rng, rng.choice((0, 1, 2, 2, 6))),
    "text": lambda rng: rng.choice(_TEXTS),
    "boolean": lambda rng: rng.random() < 0.5,
    "date": day,
    "time": _clock,
    "datetime": _moment,
}


def _scalar(rng: Random, kind: str) -> object:
    return _SCALARS[kind](rng)


def texts() -> Sequence[str]:
    """Return texts that are worth trying."""
    return _TEXTS
