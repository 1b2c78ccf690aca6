"""Lengths of time."""

import re
from decimal import ROUND_HALF_UP, Decimal

from engine.definition.field_types.aspects import NUMBERS, ORDER, ColumnKind, malformed, setting_text, word_problems
from engine.definition.field_types.field_type import FieldType
from engine.definition.model import Field
from engine.expressions import NUMBER, Type
from engine.problems import Problem

_ISO = re.compile(r"P(?:([0-9]{1,6})W|(?:([0-9]{1,6})D)?(?:T(?=[0-9])(?:([0-9]{1,8})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,10})S)?)?)\Z", re.ASCII)  # fmt: skip
_CLOCK = re.compile(r"([0-9]{1,8}):([0-5]?[0-9])(?::([0-5]?[0-9]))?\Z", re.ASCII)
_WORDS = re.compile(r"(?:([0-9]{1,6})(?:天|d))?(?:([0-9]{1,8})(?:小时|时|h))?(?:([0-9]{1,9})(?:分钟|分|m|min))?(?:([0-9]{1,10})(?:秒|s))?\Z", re.ASCII)  # fmt: skip
_SECONDS = (86400, 3600, 60, 1)
_UNITS = {"day": 86400, "hour": 3600, "minute": 60}
LONGEST = 3_155_760_000
"""A hundred years of 365.25 days."""


class Duration(FieldType):
    """A length of time in whole seconds; a day is 24 hours, so months and years, which have no fixed length, are none."""

    name = "duration"
    title = {"zh-CN": "时长", "en": "Duration"}
    docs = {
        "zh-CN": "时长，ISO 8601 写法，如 “PT8H30M”；公式中为秒数；unit 为显示单位 day、hour 或 minute。",
        "en": 'A length of time as in ISO 8601, such as "PT8H30M"; a number of seconds in formulas; `unit` is how it is '
        "shown: day, hour or minute.",
    }
    control = "duration"
    json_format = "duration"
    settings = frozenset({"unit"})
    operators = ORDER
    functions = NUMBERS
    computable = True

    def expression_type(self, owner: str, to: str) -> Type:
        """Return number: seconds."""
        return NUMBER

    def column(self, field: Field) -> ColumnKind:
        """Store seconds."""
        return ColumnKind("integer")

    def setting_problems(self, field: Field) -> tuple[Problem, ...]:
        """Check the words that settings allow."""
        return word_problems(field, {"unit": tuple(_UNITS)})

    def coerce(self, value: object, field: Field) -> object:
        """Accept weeks, or days, hours, minutes and seconds."""
        found = _ISO.match(value) if isinstance(value, str) else None
        if found is None or value == "P":
            return malformed(value, "ISO 8601 时长，如 PT8H30M", "a duration as in ISO 8601, such as PT8H30M")
        weeks, *rest = (int(part or 0) for part in found.groups())
        return _bounded(weeks * 7 * 86400 + sum(n * s for n, s in zip(rest, _SECONDS, strict=True)))

    def to_json(self, value: object) -> object:
        """Return hours, minutes and seconds, with days above 24 hours kept as hours: `PT32H30M`."""
        if not isinstance(value, (int, Decimal)):
            return value
        hours, rest = divmod(int(value), 3600)
        minutes, seconds = divmod(rest, 60)
        parts = "".join(f"{n}{mark}" for n, mark in ((hours, "H"), (minutes, "M"), (seconds, "S")) if n)
        return f"PT{parts or '0S'}"

    def to_text(self, value: object, field: Field, language: str = "zh-CN") -> str:
        """Return `8:30`, with seconds where there are any."""
        minutes, seconds = divmod(_seconds(value), 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02}" + (f":{seconds:02}" if seconds else "")

    def to_print(self, value: object, field: Field, language: str = "zh-CN") -> str:
        """Return it in words, from the unit of the field downwards."""
        first = {"day": 0, "hour": 1, "minute": 2}.get(setting_text(field, "unit", "hour"), 1)
        words = ("天", "小时", "分钟", "秒") if language == "zh-CN" else (" d", " h", " min", " s")
        left, parts = _seconds(value), []
        for length, word in list(zip(_SECONDS, words, strict=True))[first:]:
            count, left = divmod(left, length)
            parts += [f"{count}{word}"] if count else []
        return (" " if language != "zh-CN" else "").join(parts) or f"0{words[first]}"

    def from_text(self, text: str, field: Field) -> object:
        """Accept `8:30`, `8.5` of the unit shown, `8小时30分`, and ISO 8601."""
        bare = "".join(text.replace("：", ":").split())
        if found := _CLOCK.match(bare):
            hours, minutes, seconds = (int(part or 0) for part in found.groups())
            return _bounded(hours * 3600 + minutes * 60 + seconds)
        if re.match(r"[0-9]{1,9}(?:\.[0-9]{1,6})?\Z", bare, re.ASCII):
            unit = _UNITS.get(setting_text(field, "unit", "hour"), 3600)
            return _bounded(int((Decimal(bare) * unit).to_integral_value(ROUND_HALF_UP)))
        if bare and (found := _WORDS.match(bare)):
            return _bounded(sum(int(n or 0) * s for n, s in zip(found.groups(), _SECONDS, strict=True)))
        return self.coerce(bare.upper(), field)

    def from_expression(self, value: object, field: Field) -> object:
        """Round to whole seconds; less than none is none."""
        return max(int(value.to_integral_value(ROUND_HALF_UP)), 0) if isinstance(value, Decimal) else value

    def example(self, field: Field) -> object:
        """Return eight and a half hours."""
        return "PT8H30M"


def _seconds(value: object) -> int:
    return int(value) if isinstance(value, (int, Decimal)) else 0


def _bounded(seconds: int) -> int | Problem:
    limit = Problem("above_maximum", params={"limit": "100 a", "value": str(seconds)})
    return seconds if seconds <= LONGEST else limit
