"""Running approvals: one command takes one statement to read and two to write, however old the instance is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam, insert, or_, select, true, update

from engine.errors import NotFound, Stale
from engine.storage.bundle_sql import Insert
from engine.storage.bundles import insert_later
from engine.storage.database import Transaction
from engine.storage.flow_tables import events, instances, seats
from engine.storage.identifiers import new_id
from engine.storage.locks import sharing
from engine.workflow.outcome import Decision, Event
from engine.workflow.quorum import OPEN
from engine.workflow.state import ENDED, Seat, State


@dataclass(frozen=True, slots=True)
class Instance:
    """One running (or ended) approval of one record, as it is stored, with its state.

    `state.seats` are those that a step needs, or all, by how it was loaded. `title` is what lists show.
    """

    id: str
    entity: str
    record_id: str
    title: str
    flow: str
    publication_id: int
    status: str
    rev: int
    started_by: str
    started_at: datetime
    ended_at: datetime | None
    state: State


class Instances:
    """Approvals, within a transaction."""

    def __init__(self, tx: Transaction) -> None:
        self._connection = tx.connection
        self._tx = tx

    def start(
        self,
        decision: Decision,
        *,
        entity: str,
        record_id: str,
        title: str,
        flow: str,
        publication_id: int,
        now: datetime,
        instance_id: str | None = None,
    ) -> str:
        """Store a new instance as its first decision left it and return its id."""
        key, state = instance_id or new_id(), decision.state
        row: dict[str, object] = {"id": key, "entity": entity, "record_id": record_id, "title": title, "flow": flow}
        row |= {"publication_id": publication_id, "started_by": state.initiator, "started_at": now}
        self._connection.execute(insert(instances).values(row | _standing(state, now)))
        self._write(key, decision)
        return key

    def load(
        self, instance_id: str, *, lock: bool = False, seat: int | None = None, all_seats: bool = False
    ) -> Instance:
        """Return an instance with the seats of its live activations, the seat `seat`, or all of them.

        With `lock` nobody else may act on it until the transaction ends. Raises NotFound and Busy.
        """
        if lock:
            # By itself: a lock that is waited for would give the newest instance with the seats of the moment before.
            self._connection.execute(_LOCK, {"key": instance_id})
        query = _WHOLE if all_seats else _LIVE
        found = self._connection.execute(query, {"key": instance_id, "seat": seat}).all()
        if not found:
            raise NotFound("instance", instance_id)
        return _seated(found)

    def save(self, instance: Instance, decision: Decision, now: datetime, sharing_keys: Iterable[str] = ()) -> None:
        """Store what a decision changed, and share keys (`locks.share_key`) in the same statement.

        Raises Stale when the instance was not the one that the decision was made on.
        """
        here = (instances.c.id == instance.id, instances.c.rev == instance.rev)
        statement = update(instances).where(*here).values(_standing(decision.state, now, instance.ended_at))
        if (
            self._connection.execute(statement.returning(instances.c.rev, *sharing(self._tx, sharing_keys))).first()
            is None
        ):
            current = self._connection.scalar(select(instances.c.rev).where(instances.c.id == instance.id))
            raise Stale(instance.rev, current or 0)
        self._write(instance.id, decision)

    def latest_of(self, entity: str, record_id: str) -> Instance | None:
        """Return the newest instance of a record, with all of its seats."""
        found = self._connection.execute(_LATEST, {"entity": entity, "record_id": record_id}).all()
        return _seated(found) if found else None

    def of_record(self, entity: str, record_id: str) -> tuple[Instance, ...]:
        """Return every instance of a record, the newest first, without seats."""
        query = select(instances).where(instances.c.record_id == record_id, instances.c.entity == entity)
        found = self._connection.execute(query.order_by(instances.c.started_at.desc(), instances.c.id.desc()))
        return tuple(_instance(row, State.from_document(row.state)) for row in found)

    def running(self, publication_ids: Sequence[int] | None = None) -> tuple[str, ...]:
        """Return the ids of the instances that have not ended, of all publications or of some."""
        query = select(instances.c.id).where(instances.c.ended_at.is_(None)).order_by(instances.c.id)
        if publication_ids is not None:
            query = query.where(instances.c.publication_id.in_(publication_ids))
        return tuple(self._connection.scalars(query))

    def events(self, instance_id: str) -> tuple[Event, ...]:
        """Return the log of an instance in its order."""
        query = select(events).where(events.c.instance_id == instance_id).order_by(events.c.seq)
        return tuple(_event(row) for row in self._connection.execute(query))

    def mark_read(self, instance_id: str, user_id: str, now: datetime) -> None:
        """Note that a person has read the copy that they were given."""
        here = (seats.c.instance_id == instance_id, seats.c.user_id == user_id, seats.c.kind == "copy")
        self._connection.execute(update(seats).where(*here, seats.c.read_at.is_(None)).values(read_at=now))

    def set_title(self, instance_id: str, title: str) -> None:
        """Change what lists show of an instance."""
        self._connection.execute(update(instances).where(instances.c.id == instance_id).values(title=title))

    def _write(self, instance_id: str, decision: Decision) -> None:
        insert_later(self._connection, _SEATS, [_seat_row(instance_id, seat) for seat in decision.seats])
        insert_later(self._connection, _EVENTS, [_event_row(instance_id, event) for event in decision.events])


def _with_seats(wanted: ColumnElement[bool]) -> Select[Any]:
    """Return the query of instances with those of their seats that are wanted: a row for each seat, or one without."""
    seat = [column.label(f"seat_{column.name}") for column in seats.c]
    joined = instances.outerjoin(seats, (seats.c.instance_id == instances.c.id) & wanted)
    return select(*instances.c, *seat).select_from(joined).order_by(seats.c.id)


def _live() -> Select[Any]:
    """Return the query of the activations of one instance that are not decided: each has a seat that is open."""
    other = seats.alias()
    return select(other.c.activation).where(other.c.instance_id == bindparam("key"), other.c.status.in_(sorted(OPEN)))


def _newest() -> Select[Any]:
    of_record = (instances.c.record_id == bindparam("record_id"), instances.c.entity == bindparam("entity"))
    return select(instances.c.id).where(*of_record).order_by(*_NEWEST_FIRST).limit(1)


_NEWEST_FIRST = (instances.c.started_at.desc(), instances.c.id.desc())
_HERE = instances.c.id == bindparam("key")
_LOCK = select(instances.c.id).where(_HERE).with_for_update()
_WHOLE = _with_seats(true()).where(_HERE)
_LIVE = _with_seats(or_(seats.c.id == bindparam("seat"), seats.c.activation.in_(_live()))).where(_HERE)
_LATEST = _with_seats(true()).where(instances.c.id == _newest().scalar_subquery())
_CHANGING = ("user_id", "on_behalf_of", "position", "weight", "status", "rev", "at", "comment")
_SEATS = Insert(seats, tuple(one.key for one in seats.c if one.key != "read_at"), ("instance_id", "id"), _CHANGING)
_EVENTS = Insert(events, tuple(one.key for one in events.c))


def _standing(state: State, now: datetime, ended_at: datetime | None = None) -> dict[str, object]:
    ended = (ended_at or now) if state.status in ENDED else None
    return {"status": state.status, "rev": state.rev, "state": state.to_document(), "ended_at": ended}


def _seated(rows: Sequence[Row[Any]]) -> Instance:
    """Return the instance of which each row holds one seat."""
    width = len(instances.c)
    named = dict(zip(instances.c.keys(), rows[0][:width], strict=True))
    seated = (dict(zip(seats.c.keys(), row[width:], strict=True)) for row in rows if row[width] is not None)
    return Instance(**named | {"state": State.from_document(named["state"], map(_seat, seated))})


def _instance(row: Row[Any], state: State) -> Instance:
    return Instance(**(dict(row._mapping) | {"state": state}))


def _seat(row: Mapping[str, Any]) -> Seat:
    return Seat(
        id=row["id"],
        activation=row["activation"],
        node=row["node"],
        user=row["user_id"],
        origin_user=row["origin_user_id"],
        on_behalf_of=row["on_behalf_of"],
        parent=row["parent"],
        kind=row["kind"],
        order=row["position"],
        weight=row["weight"],
        status=row["status"],
        rev=row["rev"],
        round=row["round"],
        at=row["at"],
        comment=row["comment"],
    )


def _seat_row(instance_id: str, seat: Seat) -> Mapping[str, object]:
    return {
        "instance_id": instance_id,
        "id": seat.id,
        "activation": seat.activation,
        "node": seat.node,
        "user_id": seat.user,
        "origin_user_id": seat.origin_user,
        "on_behalf_of": seat.on_behalf_of,
        "parent": seat.parent,
        "kind": seat.kind,
        "position": seat.order,
        "weight": seat.weight,
        "status": seat.status,
        "rev": seat.rev,
        "round": seat.round,
        "at": seat.at,
        "comment": seat.comment,
    }


def _event(row: Row[Any]) -> Event:
    named = dict(row._mapping)
    named.pop("instance_id")
    return Event(**named)


def _event_row(instance_id: str, event: Event) -> Mapping[str, object]:
    return {
        "instance_id": instance_id,
        "seq": event.seq,
        "verb": event.verb,
        "actor": event.actor,
        "on_behalf_of": event.on_behalf_of,
        "at": event.at,
        "node": event.node,
        "seat": event.seat,
        "payload": dict(event.payload),
    }
