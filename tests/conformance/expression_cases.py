"""The shared cases of the expression language: how they are read, here and in the browser's tests alike.

A typed value is {"decimal": "1.5"}, {"date": ...}, {"time": ...}, {"datetime": ...}; a type not given is inferred.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from engine.expressions import (
    BLANK,
    BOOLEAN,
    TEXT,
    Environment,
    ListOf,
    MeasureType,
    RecordOf,
    Scope,
    Type,
    WorkCalendar,
    type_from_json,
)

FOLDER = Path(__file__).parent / "cases" / "expressions"
ZONE = ZoneInfo("Asia/Shanghai")
NOW = "2026-01-31T08:30:00+08:00"
_READERS: Mapping[str, tuple[str, Callable[[str], object]]] = {
    "decimal": ("number", Decimal),
    "date": ("date", date.fromisoformat),
    "time": ("time", time.fromisoformat),
    "datetime": ("datetime", datetime.fromisoformat),
}


@dataclass(frozen=True)
class Case:
    """One case with what its file says for all of them."""

    topic: Mapping[str, Any]
    body: Mapping[str, Any]

    @property
    def name(self) -> str:
        return f"{self.topic['topic']}: {self.body['name']}"

    def scope(self) -> Scope:
        topic = self.topic
        shapes = {key: types_of(members) for key, members in topic.get("shapes", {}).items()}
        names = scope_names(topic, shapes)
        if self.body.get("rows_as"):
            names[self.body["rows_as"]] = RecordOf(f"record/{self.body['rows_as']}")
        measures = {key: MeasureType(types_of(known["dimensions"])) for key, known in topic.get("measures", {}).items()}
        old = types_of(topic["old_types"]) if "old_types" in topic else None
        calendars = frozenset({"calendar"} if "calendars" in topic else ())
        return Scope(names, {**shapes, **{key: {} for key in calendars}}, measures, old, calendars)

    def environment(self) -> Environment:
        topic, body = self.topic, self.body
        people = topic.get("people", {})
        return Environment(
            values=value_of(topic.get("values", {})), row=value_of(body.get("row")), rows_as=body.get("rows_as"),
            row_number=body.get("row_number"), old=value_of(topic.get("old")), me=people.get("me"),
            initiator=people.get("initiator"), roles=frozenset(people.get("roles", ())),
            now=datetime.fromisoformat(body.get("now", NOW)), timezone=ZONE,
            fetch=self._fetch, measure=self._measure, lookup=self._lookup, calendar=self._calendar,
        )  # fmt: skip

    def _fetch(self, shape: str, key: str, name: str) -> object:
        return value_of(self.topic["records"][shape][key].get(name))

    def _measure(self, name: str, dimensions: Mapping[str, object]) -> Any:
        for entry in value_of(self.topic["measures"][name]["entries"]):
            if all(entry[dimension] == value for dimension, value in dimensions.items()):
                return entry["value"]
        return None

    def _lookup(self, shape: str, name: str, keys: Mapping[str, object]) -> object:
        for record in value_of(self.topic["records"][shape]).values():
            if all(record[key] == value for key, value in keys.items()):
                return record[name]
        return None

    def _calendar(self, key: str) -> WorkCalendar | None:
        known = self.topic["calendars"].get(key)
        if known is None:
            return None
        differing = {date.fromisoformat(day): worked for day, worked in known["exceptions"].items()}
        return WorkCalendar(known["name"], frozenset(known["week"]), differing, *known["years"])


def topics() -> Iterator[dict[str, Any]]:
    """Yield the files of cases."""
    for file in sorted(FOLDER.glob("*.json")):
        yield json.loads(file.read_text(encoding="utf-8"))


def cases() -> list[Case]:
    """Return every case."""
    return [Case(topic, body) for topic in topics() for body in topic["cases"]]


def value_of(spelling: Any) -> Any:
    """Return the value that a JSON spelling stands for."""
    if isinstance(spelling, list):
        return [value_of(item) for item in spelling]
    if not isinstance(spelling, Mapping):
        return spelling
    tag = next(iter(spelling), "")
    if len(spelling) == 1 and tag in _READERS:
        return _READERS[tag][1](spelling[tag])
    return {key: value_of(value) for key, value in spelling.items()}


def scope_names(topic: Mapping[str, Any], shapes: dict[str, Mapping[str, Type]]) -> dict[str, Type]:
    """Return the types of a file's fields, given or inferred; shapes of sub-tables are added to `shapes`."""
    names: dict[str, Type] = {}
    for name, spelling in topic.get("types", {}).items():
        if isinstance(spelling, Mapping) and "rows" in spelling:
            shapes[f"record/{name}"] = types_of(spelling["rows"])
            names[name] = ListOf(RecordOf(f"record/{name}"))
        else:
            names[name] = type_from_json(spelling)
    for name, value in topic.get("values", {}).items():
        if name not in names:
            names[name] = _inferred(name, value, shapes)
    return names


def _inferred(name: str, value: Any, shapes: dict[str, Mapping[str, Type]]) -> Type:
    if isinstance(value, list) and isinstance(value[0], Mapping) and value[0].keys().isdisjoint(_READERS):
        shapes[f"record/{name}"] = {key: _inferred(key, member, shapes) for key, member in value[0].items()}
        return ListOf(RecordOf(f"record/{name}"))
    if isinstance(value, list):
        return ListOf(_inferred(name, value[0], shapes))
    if isinstance(value, bool):
        return BOOLEAN
    if isinstance(value, Mapping):
        return type_from_json(_READERS[next(iter(value))][0])
    return BLANK if value is None else TEXT


def types_of(spellings: Mapping[str, Any]) -> dict[str, Type]:
    """Return types from their JSON spellings."""
    return {name: type_from_json(spelling) for name, spelling in spellings.items()}
