"""A person's lists of approvals: to do, done, started, copied; each one range of an index, paged by key, newest first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Row, func, literal, select, tuple_

from engine.storage.cursors import Cursor, read_cursor
from engine.storage.database import Transaction
from engine.storage.flow_tables import instances, seats

Box = Literal["to_do", "done", "started", "copied"]

ANSWERED = ("agreed", "rejected", "returned", "transferred")
_SORT = ("-at", "-instance", "-seat")


@dataclass(frozen=True, slots=True)
class InboxLine:
    """One line. `at` is since when it waits, when it was answered, started or copied; in `started` there is no seat."""

    instance_id: str
    entity: str
    record_id: str
    title: str
    flow: str
    status: str
    started_by: str
    started_at: datetime
    at: datetime
    seat: int | None
    seat_rev: int | None
    seat_status: str | None
    node: str | None
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class InboxPage:
    """Some lines, and the cursor of the next page, None on the last one."""

    lines: tuple[InboxLine, ...]
    next_cursor: str | None


class Inbox:
    """The lists, within a transaction."""

    def __init__(self, tx: Transaction) -> None:
        self._connection = tx.connection

    def page(
        self, box: Box, user_id: str, *, limit: int = 50, after: str | None = None, entity: str = "", search: str = ""
    ) -> InboxPage:
        """Return one page of a list, narrowed to an entity or to titles. Raises Invalid `cursor_malformed`."""
        at, instance, seat = _keys(box)
        columns = [*_INSTANCE, at.label("at"), *(_SEAT if box != "started" else _NO_SEAT)]
        query = select(*columns).where(*_held(box, user_id))
        query = query.select_from(instances if box == "started" else seats.join(instances))
        query = query.where(instances.c.entity == entity) if entity else query
        query = query.where(instances.c.title.icontains(search, autoescape=True)) if search else query
        if after is not None:
            start = read_cursor(after, _SORT).values
            keys = tuple_(at, instance, seat) if box != "started" else tuple_(at, instance)
            query = query.where(keys < start[: 3 if box != "started" else 2])
        order = (at.desc(), instance.desc(), *((seat.desc(),) if box != "started" else ()))
        found = self._connection.execute(query.order_by(*order).limit(limit + 1)).all()
        return _page(found, limit)

    def counts(self, user_id: str) -> Mapping[str, int]:
        """Return how many wait for a person (`to_do`) and how many copies they have not read (`copied`)."""
        waiting = select(func.count()).select_from(seats).where(*_held("to_do", user_id)).scalar_subquery()
        unread = select(func.count()).select_from(seats).where(*_held("copied", user_id), seats.c.read_at.is_(None))
        row = self._connection.execute(select(waiting, unread.scalar_subquery())).one()
        return {"to_do": row[0], "copied": row[1]}


_INSTANCE = [
    instances.c[name] for name in ("id", "entity", "record_id", "title", "flow", "status", "started_by", "started_at")
]
_SEAT = [seats.c.id.label("seat"), seats.c.rev, seats.c.status, seats.c.node, seats.c.read_at]
_NO_SEAT = [literal(None)] * 5


def _keys(box: Box) -> tuple[ColumnElement[Any], ColumnElement[Any], ColumnElement[Any]]:
    if box == "started":
        return instances.c.started_at, instances.c.id, literal(0)
    return seats.c.at, seats.c.instance_id, seats.c.id


def _held(box: Box, user_id: str) -> Iterator[ColumnElement[bool]]:
    if box == "started":
        yield instances.c.started_by == user_id
        return
    yield seats.c.user_id == user_id
    match box:
        case "to_do":
            # Said literally, so that the index of pending seats serves.
            yield seats.c.status == literal("pending", literal_execute=True)
        case "done":
            yield seats.c.kind == "approver"
            yield seats.c.status.in_(ANSWERED)
        case "copied":
            yield seats.c.kind == "copy"


def _page(found: list[Row[Any]] | Any, limit: int) -> InboxPage:
    lines = tuple(InboxLine(*row) for row in found[:limit])
    if len(found) <= limit:
        return InboxPage(lines, None)
    last = lines[-1]
    return InboxPage(lines, Cursor(_SORT, (last.at, last.instance_id, last.seat or 0)).to_text())
