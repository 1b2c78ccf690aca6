"""What a cell says, as the value of a field: numbers, days and moments in the ways in which people write them."""

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Field
from engine.problems import Problem
from engine.services.workbooks import Broken, Cell

DAY_ZERO = date(1899, 12, 30)
"""Day 0 of a spreadsheet: it counts 29 February 1900, which never was (ECMA-376 part 1, 18.17.4.1)."""
LAST_DAY = 2_958_465

_PLAIN = frozenset({"decimal", "money", "percent", "quantity", "progress"})
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,3}(?:[,' ][0-9]{3})+|[0-9]+)?(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,2})?\Z", re.ASCII)
_WORDS = {"万": 10**4, "亿": 10**8}
_DAY = r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?"
_MOMENT = re.compile(
    _DAY
    + r"(?:\s*T?\s*(上午|下午)?\s*([0-9]{1,2})\s*[:时点]\s*([0-9]{1,2})?(?:\s*[:分]\s*([0-9]{1,2})?(?:\.0+)?)?\s*[分秒]?)?\Z",
    re.ASCII,
)
_SOLID_DAY = re.compile(r"((?:19|20|21)[0-9]{2})([01][0-9])([0-3][0-9])\Z", re.ASCII)


def is_blank(cell: Cell) -> bool:
    """Say whether there is nothing in a cell, or nothing but spaces."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def shown(cell: Cell) -> str:
    """Return what a person sees in a cell."""
    match cell:
        case None:
            return ""
        case Broken():
            return cell.text
        case bool():
            return "TRUE" if cell else "FALSE"
        case Decimal():
            return f"{cell.normalize():f}" if cell else "0"
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
        case date() | time():
            return cell.isoformat()
        case timedelta():
            minutes, seconds = divmod(round(cell.total_seconds()), 60)
            return f"{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
    return cell


def value_of(cell: Cell, field: Field, zone: ZoneInfo, *, rounded: bool = False) -> object:
    """Return the JSON value that a cell that is not blank means for a field, or the Problem that it means none.

    With `rounded` a number is rounded half up to the digits that the field has.
    """
    if isinstance(cell, Broken):
        return Problem("cell_broken", params={"value": cell.text})
    kind = FIELD_TYPES[field.type]
    canonical = _canonical(cell, field, zone, rounded=rounded)
    if isinstance(canonical, Problem) or canonical is None:
        return canonical
    return kind.to_json(canonical)


def _canonical(cell: Cell, field: Field, zone: ZoneInfo, *, rounded: bool) -> object:
    kind = FIELD_TYPES[field.type]
    match kind.column(field).kind:
        case "integer" | "decimal":
            return _in_words(kind.from_text(_number_text(cell, field, rounded=rounded), field), field)
        case "date":
            return kind.from_text(_day_text(cell), field)
        case "datetime":
            return kind.from_text(_moment_text(cell, zone), field)
        case "time":
            return kind.from_text(_time_text(cell), field)
        case "boolean":
            return cell if isinstance(cell, bool) else kind.from_text(shown(cell), field)
    return kind.from_text(shown(cell), field)


def _in_words(found: object, field: Field) -> object:
    """Return what was found; that it is no number is said as people know numbers, not as they travel."""
    if not isinstance(found, Problem) or found.code != "wrong_type" or field.type not in _PLAIN:
        return found
    return Problem("wrong_type", params={"expected": {"zh-CN": "数字，如 12.5", "en": "a number, such as 12.5"}})


def number_of(text: str) -> Decimal | None:
    """Return the number that a text says (`1,234.50`, `￥12`, `(3)`, `1.2万`), None where it says none."""
    bare = unicodedata.normalize("NFKC", text).strip().replace("−", "-")
    negative = bare.startswith("(") and bare.endswith(")")
    bare = bare[1:-1] if negative else bare
    sign, bare = (bare[0], bare[1:]) if bare[:1] in {"+", "-"} else ("", bare)
    bare = re.sub(r"^(?:RMB|CNY|[¥$€£])\s*|\s*元\Z", "", bare.strip()).strip()
    factor = _WORDS.get(bare[-1:], 1)
    bare = (bare[:-1] if factor > 1 else bare).strip()
    if not re.search("[0-9]", bare) or not _NUMBER.match(bare) or bare[:1] in {"+", "-"} or len(bare) > 60:
        return None
    number = Decimal(re.sub("[,' ]", "", bare)) * factor
    return -number if negative or sign == "-" else number


def _number_text(cell: Cell, field: Field, *, rounded: bool) -> str:
    text = shown(cell)
    number = cell if isinstance(cell, Decimal) else number_of(text) if isinstance(cell, str) else None
    if number is None:
        return unicodedata.normalize("NFKC", text).strip()
    if rounded and field.type != "integer" and field.scale is not None:
        number = number.quantize(Decimal(1).scaleb(-field.scale), ROUND_HALF_UP)
    plain = f"{number:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _day_text(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, Decimal):
        return _numbered_day(cell) or shown(cell)
    text = unicodedata.normalize("NFKC", shown(cell)).strip()
    found, solid = _MOMENT.match(text), _SOLID_DAY.match(text)
    if solid:
        return "-".join(solid.groups())
    if found and not any(found.groups()[3:]):
        year, month, day = found.groups()[:3]
        return f"{year}-{month:0>2}-{day:0>2}"
    return text


def _numbered_day(number: Decimal) -> str:
    """Return the day that a bare number means: `20260302`, or the day of a spreadsheet that was not told to show one."""
    plain = f"{number:f}"
    solid = _SOLID_DAY.match(plain)
    if solid:
        return "-".join(solid.groups())
    if number == number.to_integral_value() and 60 < number <= LAST_DAY:
        return (DAY_ZERO + timedelta(days=int(number))).isoformat()
    return ""


def _moment_text(cell: Cell, zone: ZoneInfo) -> str:
    if isinstance(cell, Decimal) and 60 < cell <= LAST_DAY:
        seconds = round((cell % 1) * 86_400)
        cell = datetime.combine(DAY_ZERO + timedelta(days=int(cell)), time()) + timedelta(seconds=seconds)
    if isinstance(cell, date) and not isinstance(cell, datetime):
        cell = datetime.combine(cell, time())
    if isinstance(cell, str):
        cell = _read_moment(cell) or cell
    if not isinstance(cell, datetime):
        return shown(cell)
    moment = cell if cell.tzinfo else cell.replace(tzinfo=zone)
    try:
        return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
    except OverflowError:
        return shown(cell)


def _read_moment(text: str) -> datetime | None:
    found = _MOMENT.match(unicodedata.normalize("NFKC", text).strip())
    if not found:
        return None
    year, month, day, half, hour, minute, second = found.groups()
    clock = int(hour or 0) + (12 if half == "下午" and int(hour or 0) < 12 else 0)
    try:
        return datetime(int(year), int(month), int(day), clock, int(minute or 0), int(second or 0))  # noqa: DTZ001 - the zone is added by who asks
    except ValueError:
        return None


def _time_text(cell: Cell) -> str:
    if isinstance(cell, Decimal) and 0 <= cell < 1:
        cell = timedelta(seconds=round(cell * 86_400))
    if isinstance(cell, datetime) and cell.date() <= date(1900, 1, 1):
        cell = cell.time()
    if isinstance(cell, timedelta):
        return shown(cell)
    text = unicodedata.normalize("NFKC", shown(cell)).strip()
    return (
        re.sub(r"[时点分]\Z", "", re.sub(r"[时点分](?=[0-9])", ":", text).replace("秒", ""))
        if isinstance(cell, str)
        else text
    )
