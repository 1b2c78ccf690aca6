"""Parts of the country, down to counties."""

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

from engine.definition.field_types.aspects import EXTREMES, ColumnKind, malformed, setting_text
from engine.definition.field_types.field_type import FieldType
from engine.definition.model import Field
from engine.problems import Problem

LEVELS = ("province", "city", "county")
_CODE = re.compile(r"[0-9]{6}\Z", re.ASCII)
_UNNAMED = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})
"""Names of the second level that name nothing: nobody writes them in an address."""


class Region(FieldType):
    """The code of a province, city or county (GB/T 2260), shown with what is above it."""

    name = "region"
    title = {"zh-CN": "行政区划", "en": "Region"}
    docs = {
        "zh-CN": "省、市、县的六位代码（GB/T 2260）；level 规定选到哪一级（默认 county）；按 starts_with 可筛选一个省或市。",
        "en": "The six-digit code of a province, city or county (GB/T 2260); `level` says how deep it is chosen (county by "
        "default); `starts_with` finds what lies in a province or city.",
    }
    control = "region"
    told = True
    settings = frozenset({"level"})
    operators = ("eq", "ne", "in", "not_in", "starts_with", "blank", "not_blank")
    functions = EXTREMES

    def json_form(self, field: Field) -> dict[str, object]:
        """Return six digits."""
        return {"type": "string", "pattern": "^[0-9]{6}$"}

    def column(self, field: Field) -> ColumnKind:
        """Store the code."""
        return ColumnKind("text", length=6)

    def coerce(self, value: object, field: Field) -> object:
        """Accept a code."""
        if value == "":
            return None
        if not isinstance(value, str) or not _CODE.match(value):
            return malformed(value, "六位行政区划代码", "the six digits of a region")
        return value

    def problems(self, value: object, field: Field) -> tuple[Problem, ...]:
        """Check that there is such a region, and that it is as deep as the field asks (or has nothing below it)."""
        code, level = str(value), setting_text(field, "level", "county")
        if code not in regions():
            return (Problem("unknown_region", params={"value": code}),)
        right = level_of(code) == level or (LEVELS.index(level_of(code)) < LEVELS.index(level) and not below(code))
        return () if right else (Problem("region_level", params={"value": region_title(code), "level": level}),)

    def to_text(self, value: object, field: Field, language: str = "zh-CN") -> str:
        """Return the names on the way, without those that name nothing."""
        return region_title(str(value))

    def from_text(self, text: str, field: Field) -> object:
        """Accept a code, or names with slashes, spaces or nothing between them."""
        bare = re.sub(r"[\s/／·-]", "", text)
        if _CODE.match(bare):
            return bare
        return _by_title().get(bare) or Problem("unknown_region", params={"value": text[:40]})

    def to_filter(self, value: object, field: Field, operator: str) -> object:
        """Take the beginning of a code, as far as it says something: `44` of 440000, `4403` of 440300."""
        if operator != "starts_with":
            return self.coerce(value, field)
        if not isinstance(value, str) or not re.match(r"[0-9]{1,6}\Z", value, re.ASCII):
            return malformed(value, "行政区划代码", "the digits of a region")
        return re.sub(r"(?:00){1,2}\Z", "", value) if len(value) == 6 else value

    def example(self, field: Field) -> object:
        """Return a region of the level."""
        return {"province": "440000", "city": "440300"}.get(setting_text(field, "level"), "440305")


@cache
def regions() -> Mapping[str, str]:
    """Return the name of every region by its code, in the order of codes. Source: see `docs/decisions/0009`."""
    file = resources.files("engine.definition.field_types") / "regions.json"
    return MappingProxyType(json.loads(file.read_text(encoding="utf-8"))["regions"])


def level_of(code: str) -> str:
    """Return what a code is of."""
    return LEVELS[0] if code.endswith("0000") else LEVELS[1] if code.endswith("00") else LEVELS[2]


def below(code: str) -> tuple[str, ...]:
    """Return the codes one level below a region; of "" the provinces."""
    if not code:
        return _below()[""]
    return _below().get(code, ())


def region_title(code: str) -> str:
    """Return the names from the province down; the code alone where nothing is known of it."""
    way = dict.fromkeys((f"{code[:2]}0000", f"{code[:4]}00", code))
    names = [regions()[one] for one in way if one in regions()]
    return " / ".join([name for name in names[:-1] if name not in _UNNAMED] + names[-1:]) or code


@cache
def _below() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for code in regions():
        level = level_of(code)
        above = "" if level == LEVELS[0] else f"{code[:2]}0000" if level == LEVELS[1] else f"{code[:4]}00"
        found.setdefault(above, []).append(code)
    return {above: tuple(codes) for above, codes in found.items()}


@cache
def _by_title() -> Mapping[str, str]:
    return {region_title(code).replace(" / ", ""): code for code in reversed(tuple(regions()))}
