import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from engine.errors import NotFound, Stale
from engine.storage.database import Database, Transaction
from engine.storage.inbox import Box, Inbox
from engine.storage.instances import Instance, Instances
from engine.storage.prepare import prepare
from engine.workflow import Program, compile_flow, step
from engine.workflow.commands import Agree, Command, Comment, Submit
from engine.workflow.env import Env
from engine.workflow.outcome import Decision
from engine.workflow.state import draft
from tests.unit.storage.shop import NOW

FLOW = {
    "name": "check",
    "entity": "order",
    "steps": [
        {"name": "both", "type": "approve", "by": [{"user": "bob"}, {"user": "cy"}], "mode": "all"},
        {"name": "tell", "type": "copy", "to": [{"user": "dan"}]},
    ],
}


@dataclass(frozen=True)
class Nobody:
    def users_of_role(self, role: str) -> Sequence[str]:
        return ()

    def department_heads(self, user: str, level: int) -> Sequence[str]:
        return ()

    def project_role(self, role: str) -> Sequence[str]:
        return ()

    def user_field(self, path: str) -> Sequence[str]:
        return ()

    def is_active(self, user: str) -> bool:
        return True

    def superior(self, user: str) -> str | None:
        return None

    def admins(self) -> Sequence[str]:
        return ()


def program() -> Program:
    made = compile_flow(FLOW, {})
    assert isinstance(made, Program), made
    return made


def decided(instance: Instance, command: Command, now: datetime) -> Decision:
    return step(program(), instance.state, command, Env(now, lambda _: None, Nobody()))


def start(tx: Transaction, record_id: str, now: datetime = NOW) -> str:
    decision = step(program(), draft("ann"), Submit(actor="ann"), Env(now, lambda _: None, Nobody()))
    given = {"entity": "shop.order", "record_id": record_id, "title": f"Order {record_id}", "flow": "shop.check"}
    return Instances(tx).start(decision, **given, publication_id=1, now=now)


def agree(tx: Transaction, instance_id: str, user: str, now: datetime) -> None:
    instances = Instances(tx)
    instance = instances.load(instance_id, lock=True)
    seat = next(seat for seat in instance.state.seats if seat.user == user)
    instances.save(instance, decided(instance, Agree(actor=user, seat=seat.id, rev=seat.rev), now), now)


def minutes(count: int) -> datetime:
    return NOW + timedelta(minutes=count)


def test_an_approval_is_carried_on_from_what_is_stored(database: Database) -> None:
    with database.writing() as tx:
        key = start(tx, "1")
    with database.writing() as tx:
        agree(tx, key, "bob", minutes(1))
    with database.writing() as tx:
        agree(tx, key, "cy", minutes(2))

    with database.reading() as tx:
        ended = Instances(tx).load(key, all_seats=True)
        events = Instances(tx).events(key)

    assert (ended.status, ended.ended_at, ended.started_by) == ("approved", minutes(2), "ann")
    assert [(seat.user, seat.status) for seat in ended.state.seats] == [
        ("bob", "agreed"),
        ("cy", "agreed"),
        ("dan", "copied"),
    ]
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    assert events[0].verb == "submit"


def test_one_vote_costs_at_most_five_statements(database: Database) -> None:
    with database.writing() as tx:
        key = start(tx, "1")

    with database.writing() as tx:
        agree(tx, key, "bob", minutes(1))

        assert tx.statements <= 5


def test_who_waited_for_an_instance_sees_its_seats_as_they_are_then(database: Database) -> None:
    with database.writing() as tx:
        key = start(tx, "1")

    def look() -> set[str]:
        with database.writing() as tx:
            return {seat.status for seat in Instances(tx).load(key, lock=True, all_seats=True).state.seats}

    with ThreadPoolExecutor(1) as pool:
        with database.writing() as tx:
            agree(tx, key, "bob", minutes(1))
            waiting = pool.submit(look)
            time.sleep(0.2)
            agree(tx, key, "cy", minutes(2))
        seen = waiting.result()

    assert seen == {"agreed", "copied"}


def test_a_vote_reads_the_seats_of_its_step_in_one_statement(database: Database) -> None:
    with database.writing() as tx:
        key = start(tx, "1")
        agree(tx, key, "bob", minutes(1))

    with database.reading() as tx:
        seats, statements = Instances(tx).load(key, seat=1).state.seats, tx.statements

    assert [(seat.user, seat.status) for seat in seats] == [("bob", "agreed"), ("cy", "pending")]
    assert statements == 1


def test_a_decision_on_an_old_state_is_refused(database: Database) -> None:
    with database.writing() as tx:
        key = start(tx, "1")
        instances = Instances(tx)
        old = instances.load(key)
        agree(tx, key, "bob", minutes(1))

        with pytest.raises(Stale):
            instances.save(old, decided(old, Comment(actor="ann", comment="hm"), NOW), NOW)


def test_an_instance_that_is_not_there_is_not_found(database: Database) -> None:
    with database.reading() as tx, pytest.raises(NotFound):
        Instances(tx).load("nothing")


def test_the_instances_of_a_record_are_told_newest_first(database: Database) -> None:
    with database.writing() as tx:
        first, second = start(tx, "1"), start(tx, "1", minutes(1))
        other = start(tx, "2")
        instances = Instances(tx)
        instances.set_title(second, "Again")

        newest = instances.latest_of("shop.order", "1")

        assert newest is not None
        assert (newest.id, newest.title) == (second, "Again")
        assert [one.id for one in instances.of_record("shop.order", "1")] == [second, first]
        assert set(instances.running([1])) == {first, second, other}
        assert instances.latest_of("shop.order", "9") is None


def titles(tx: Transaction, box: Box, user: str, **narrow: str) -> list[str]:
    return [line.title for line in Inbox(tx).page(box, user, **narrow).lines]  # type: ignore[arg-type]


def test_every_box_holds_what_belongs_there(database: Database) -> None:
    with database.writing() as tx:
        first, _ = start(tx, "1"), start(tx, "2", minutes(1))
        agree(tx, first, "bob", minutes(2))
        before = Inbox(tx).counts("cy")
        agree(tx, first, "cy", minutes(3))

        assert titles(tx, "to_do", "bob") == ["Order 2"]
        assert titles(tx, "done", "bob") == ["Order 1"]
        assert titles(tx, "started", "ann") == ["Order 2", "Order 1"]
        assert titles(tx, "copied", "dan") == ["Order 1"]
        assert titles(tx, "started", "ann", search="r 2") == ["Order 2"]
        assert titles(tx, "started", "ann", entity="shop.item") == []
        assert before == {"to_do": 2, "copied": 0}
        assert Inbox(tx).counts("dan") == {"to_do": 0, "copied": 1}


def test_a_copy_is_read_once(database: Database) -> None:
    with database.writing() as tx:
        key = start(tx, "1")
        agree(tx, key, "bob", minutes(1))
        agree(tx, key, "cy", minutes(2))

        Instances(tx).mark_read(key, "dan", minutes(3))
        Instances(tx).mark_read(key, "dan", minutes(9))

        assert Inbox(tx).counts("dan")["copied"] == 0
        assert Inbox(tx).page("copied", "dan").lines[0].read_at == minutes(3)


@pytest.mark.parametrize(("box", "user"), [("to_do", "bob"), ("started", "ann")])
def test_boxes_are_paged_newest_first(database: Database, box: Box, user: str) -> None:
    with database.writing() as tx:
        for number in range(7):
            # Two of them at the same moment: the page must not end between them.
            start(tx, str(number), minutes(number // 2))

    found: list[str] = []
    cursor = None
    with database.reading() as tx:
        for _ in range(4):
            page = Inbox(tx).page(box, user, limit=2, after=cursor)
            found += [line.record_id for line in page.lines]
            cursor = page.next_cursor

    assert cursor is None
    assert found == ["6", "5", "4", "3", "2", "1", "0"]


def test_the_list_to_do_is_read_from_its_index(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    prepare(database)
    with database.reading() as tx:
        plan = tx.connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT id FROM wf_seat WHERE user_id = 'bob' AND status = 'pending' "
            "ORDER BY at DESC, instance_id DESC, id DESC LIMIT 50"
        ).all()

    assert "ix_wf_seat_to_do" in plan[0][3]
    assert len(plan) == 1
    database.close()
