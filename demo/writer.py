"""Telling the story to the product: each event is done by its person at its moment, by the same use cases as ever."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import groupby

from demo.events import Event, Person, Ref
from demo.ids import SeededIds
from engine.errors import FormworkError
from engine.projection.rights import Rights
from engine.services.approvals import decide
from engine.services.context import Actor, Context
from engine.services.installation import Installation
from engine.services.lifecycle import submit_record, void_record, withdraw_record
from engine.services.work import Work
from engine.services.writing import create_record, update_record
from engine.storage.database import Transaction
from engine.storage.identifiers import ids_from
from engine.storage.instances import Instance, Instances
from engine.workflow import Agree, Command, Reject, ReturnTo
from engine.workflow.program import START
from engine.workflow.state import Seat

OPEN = "in_approval"


class OutOfStory(RuntimeError):
    """The product refused what the story tells: one of the two is wrong."""


@dataclass(slots=True)
class Known:
    """A record of the story as it stands."""

    entity: str
    id: str
    version: int
    status: str
    instance: str = ""


class Writer:
    """Writes events, a month in one transaction."""

    def __init__(self, installation: Installation, people: Mapping[str, Actor], ids: SeededIds) -> None:
        self._installation = installation
        self._people = people
        self._by_id = {actor.id: actor for actor in people.values()}
        self._ids = ids
        self._known: dict[str, Known] = {}
        self._rights: dict[str, Rights] = {}
        self._settled = False
        self._count = 0

    def write(self, events: Iterable[Event]) -> Iterator[str]:
        """Do all events and yield each month that is done. Raises OutOfStory."""
        for month, happened in groupby(events, key=lambda event: event.at.strftime("%Y-%m")):
            with ids_from(self._ids), self._installation.database.writing() as tx:
                self._published = self._installation.configurations.in_force(tx, writing=True)
                for event in happened:
                    self._do(tx, event)
            # The projects have their teams now, and nobody's rights change any more: they are looked up once for each person.
            self._settled = True
            yield month

    def _do(self, tx: Transaction, event: Event) -> None:
        self._ids.at(event.at)
        try:
            if event.verb in {"agree", "reject", "return"}:
                self._vote(tx, event)
            else:
                _DEEDS[event.verb](self, self._work(tx, self._people[event.actor], event.at), event)
        except FormworkError as error:
            told = [f"{problem.pointer} {problem.code} {dict(problem.params)}" for problem in error.problems]
            raise OutOfStory(
                f"{event.at:%F %R} {event.verb} {event.name}: {error.code} {dict(error.params)} {told}"
            ) from error

    def create(self, work: Work, event: Event) -> None:
        """Create a record."""
        record, _ = create_record(work, work.entity(event.entity), self._sent(event))
        self._known[event.name] = Known(event.entity, record.id, record.version, record.status)

    def update(self, work: Work, event: Event) -> None:
        """Change a record."""
        known = self._known[event.name]
        record, _ = update_record(work, work.entity(known.entity), known.id, known.version, self._sent(event))
        known.version = record.version

    def submit(self, work: Work, event: Event) -> None:
        """Hand a document in."""
        known = self._known[event.name]
        record, _ = submit_record(work, work.entity(known.entity), known.id, known.version)
        known.version, known.status = record.version, record.status

    def withdraw(self, work: Work, event: Event) -> None:
        """Take a document back."""
        known = self._known[event.name]
        standing = withdraw_record(work, work.entity(known.entity), known.id, known.version, event.comment)
        known.version, known.status = standing.version, standing.status

    def void(self, work: Work, event: Event) -> None:
        """Make a document invalid."""
        known = self._known[event.name]
        standing = void_record(work, work.entity(known.entity), known.id, known.version, event.comment)
        known.version, known.status = standing.version, standing.status

    def _vote(self, tx: Transaction, event: Event) -> None:
        """Let the first who is asked decide; when nobody is asked any more there is nothing to do."""
        known = self._known[event.name]
        if known.status != OPEN:
            return
        instance = self._instance(tx, known)
        seat = next(seat for seat in instance.state.seats if seat.status == "pending" and seat.kind == "approver")
        work = self._work(tx, self._by_id[seat.user], event.at)
        standing, _ = decide(work, instance, _command(event, seat))
        known.version, known.status = standing.version, standing.status

    def _instance(self, tx: Transaction, known: Known) -> Instance:
        if not known.instance:
            latest = Instances(tx).latest_of(known.entity, known.id)
            known.instance = latest.id if latest else ""
        return Instances(tx).load(known.instance, lock=True)

    def _work(self, tx: Transaction, actor: Actor, at: datetime) -> Work:
        self._count += 1
        ctx = Context(actor, at.astimezone(UTC), f"demo-{self._count}")
        work = Work(self._installation, ctx, tx, self._published)
        if actor.id in self._rights:
            work.rights = self._rights[actor.id]
        elif self._settled:
            # Nobody shares anything in the story; what is shared would be asked of a transaction that has ended.
            self._rights[actor.id] = work.rights.by_role
        return work

    def _sent(self, event: Event) -> dict[str, object]:
        return {name: self._value(value) for name, value in (event.values or {}).items()}

    def _value(self, value: object) -> object:
        if isinstance(value, Ref):
            return self._known[value.name].id
        if isinstance(value, Person):
            return self._people[value.login].id
        if isinstance(value, list):
            return [self._value(one) for one in value]
        if isinstance(value, dict):
            return {name: self._value(one) for name, one in value.items()}
        return value


def _command(event: Event, seat: Seat) -> Command:
    by = partial(_KINDS[event.verb], actor=seat.user, seat=seat.id, rev=seat.rev, comment=event.comment)
    return by(targets=(START,)) if event.verb == "return" else by()


_KINDS: Mapping[str, Callable[..., Command]] = {"agree": Agree, "reject": Reject, "return": ReturnTo}
_DEEDS = {
    "create": Writer.create,
    "update": Writer.update,
    "submit": Writer.submit,
    "withdraw": Writer.withdraw,
    "void": Writer.void,
}
