"""What an evaluation may see: the record, the row, the people, the moment, and ports to what lies elsewhere."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from decimal import Decimal
from typing import TypeAlias

from engine.expressions.calendars import WorkCalendar

Fetch: TypeAlias = Callable[[str, str, str], object]
MeasurePort: TypeAlias = Callable[[str, Mapping[str, object]], Decimal | None]
LookupPort: TypeAlias = Callable[[str, str, Mapping[str, object]], object]
CalendarPort: TypeAlias = Callable[[str], WorkCalendar | None]

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def fetch_nothing(_shape: str, _key: str, _name: str) -> object:
    """The port of an environment in which no reference can be followed: every field is blank."""
    return None


def measure_nothing(_name: str, _dimensions: Mapping[str, object]) -> Decimal | None:
    """The port of an environment without ledgers: every measure is blank."""
    return None


def lookup_nothing(_shape: str, _name: str, _keys: Mapping[str, object]) -> object:
    """The port of an environment without other records: nothing is found."""
    return None


def calendar_nothing(_key: str) -> WorkCalendar | None:
    """The port of an environment without calendars: each is unknown, which is an error that shows."""
    return None


@dataclass(frozen=True, slots=True)
class Environment:
    """All that one evaluation reads.

    `values` is the record: sub-tables are sequences of mappings, a reference is an id or a mapping with "id".
    With a `row`, bare names are the row's first and the record's else. `rows_as` names the sub-table whose name stands
    for the current row (in rules and postings); without it the name stays the list. `row_number` counts from 1.
    `now` is aware; `timezone` decides which day it is. `fetch(shape, id, field)` follows a reference,
    `measure(name, dimensions)` and `lookup(shape, field, keys)` answer MEASURE and LOOKUP (what is
    asked with < or > comes as Bounds), `calendar(id)` gives the calendar of working days that is kept in a record.
    """

    values: Mapping[str, object] = field(default_factory=dict)
    row: Mapping[str, object] | None = None
    rows_as: str | None = None
    row_number: int | None = None
    old: Mapping[str, object] | None = None
    me: object = None
    initiator: object = None
    roles: frozenset[str] = frozenset()
    now: datetime = EPOCH
    timezone: tzinfo = UTC
    fetch: Fetch = fetch_nothing
    measure: MeasurePort = measure_nothing
    lookup: LookupPort = lookup_nothing
    calendar: CalendarPort = calendar_nothing
