import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from engine.errors import Conflict, NotFound, Stale
from engine.storage import head
from engine.storage.audit import AuditLog
from engine.storage.database import Database
from engine.storage.files import Files, StoredFile
from engine.storage.idempotency import Answer, claim, forget_before, keep
from engine.storage.notifications import Notification, Notifications
from engine.storage.outbox import MOST_ATTEMPTS, Message, NewMessage, Outbox, wait_after
from engine.storage.prepare import prepare
from engine.storage.publications import Drafts, Publications
from tests.unit.storage.shop import NOW

MINUTE = timedelta(minutes=1)
DOCUMENTS = {"shop/module.json": {"name": "shop", "title": "商店", "a": 1}, "shop/entities/item.json": {"b": [1, "2"]}}


def test_publications_are_numbered_and_keep_the_order_of_keys(database: Database) -> None:
    with database.writing() as tx:
        publications = Publications(tx)
        nothing = (publications.latest(), publications.latest_id())
        first = publications.add(DOCUMENTS, "First", "ann", NOW)
        second = publications.add({}, "Second", "ann", NOW, plan={"steps": []})
        latest = publications.latest()

        assert nothing == (None, None)
        assert second == first + 1 == publications.latest_id()
        assert latest is not None
        assert (latest.note, latest.plan) == ("Second", {"steps": []})
        assert list(publications.get(first).documents) == list(DOCUMENTS)
        assert publications.get(first).documents == DOCUMENTS
        assert [one.id for one in publications.recent()] == [second, first]
        assert [one.id for one in publications.recent(before=second)] == [first]
        with pytest.raises(NotFound):
            publications.get(99)


def test_a_draft_document_is_changed_by_one_person_at_a_time(database: Database) -> None:
    with database.writing() as tx:
        drafts = Drafts(tx)
        drafts.replace_all(DOCUMENTS, "ann", NOW)

        assert drafts.put("shop/module.json", {"name": "shop"}, "bob", NOW, 1) == 2
        assert drafts.put("shop/new.json", {}, "bob", NOW) == 1
        with pytest.raises(Stale):
            drafts.put("shop/module.json", {}, "cy", NOW, 1)
        with pytest.raises(Stale):
            drafts.put("shop/new.json", {}, "cy", NOW)
        with pytest.raises(NotFound):
            drafts.remove("shop/nothing.json", 1)
        drafts.remove("shop/new.json", 1)
        changed = drafts.get("shop/module.json")

    assert changed is not None
    assert (changed.version, changed.changed_by, changed.document) == (2, "bob", {"name": "shop"})
    with database.reading() as tx:
        assert list(Drafts(tx).all()) == sorted(DOCUMENTS)


def test_a_draft_says_that_a_document_is_to_go(database: Database) -> None:
    with database.writing() as tx:
        Drafts(tx).put("shop/views/old.json", None, "kim", NOW)

    with database.reading() as tx:
        kept = Drafts(tx).get("shop/views/old.json")

    assert kept is not None
    assert kept.document is None


def test_the_audit_log_is_read_by_subject_and_by_actor(database: Database) -> None:
    with database.writing() as tx:
        log = AuditLog(tx)
        log.add(NOW, "ann", "create", "shop.order", "1", {"after": {"title": "x"}}, "request-1")
        log.add(NOW, "bob", "update", "shop.order", "1")
        log.add(NOW, "bob", "create", "shop.order", "2")

        both = log.recent(kind="shop.order", key="1")

        assert [(one.actor, one.action) for one in both] == [("bob", "update"), ("ann", "create")]
        assert both[1].details == {"after": {"title": "x"}}
        assert [one.key for one in log.recent(actor="bob")] == ["2", "1"]
        assert [one.actor for one in log.recent(before=both[0].id)] == ["ann"]


def test_a_message_is_leased_sent_and_done(database: Database) -> None:
    with database.writing() as tx:
        outbox = Outbox(tx)
        for _ in range(2):
            outbox.add([NewMessage("i:1", "mail", {"to": "ann"}), NewMessage("i:2", "mail", {})], NOW)

        taken = outbox.lease(NOW)
        again = outbox.lease(NOW)
        later = outbox.lease(NOW + 2 * MINUTE)
        outbox.done([taken[0].id], NOW)
        left = outbox.lease(NOW + 5 * MINUTE)

    assert [(one.key, one.payload, one.attempts) for one in taken] == [("i:1", {"to": "ann"}, 1), ("i:2", {}, 1)]
    assert again == ()
    assert [one.attempts for one in later] == [2, 2]
    assert [one.key for one in left] == ["i:2"]


def test_a_message_that_cannot_be_sent_comes_ever_later_and_then_no_more(database: Database) -> None:
    with database.writing() as tx:
        outbox = Outbox(tx)
        outbox.add([NewMessage("i:1", "mail", {})], NOW)
        message = outbox.lease(NOW)[0]

        outbox.failed(message, "no route", NOW)
        too_early = outbox.lease(NOW + timedelta(seconds=9))
        on_time = outbox.lease(NOW + timedelta(seconds=10))
        outbox.failed(Message(message.id, "i:1", "mail", {}, MOST_ATTEMPTS), "no route", NOW)
        never = outbox.lease(NOW + timedelta(days=9))

    assert (too_early, len(on_time), never) == ((), 1, ())
    assert [wait_after(n).total_seconds() for n in (1, 2, 3, 99)] == [10, 20, 40, 3600]


def test_two_workers_lease_different_messages(fresh_postgres_url: str) -> None:
    database = Database(fresh_postgres_url)
    prepare(database)
    with database.writing() as tx:
        Outbox(tx).add([NewMessage(str(number), "mail", {}) for number in range(4)], NOW)

    with database.writing() as one, database.writing() as other:
        first = Outbox(one).lease(NOW, limit=2)
        second = Outbox(other).lease(NOW, limit=9)

    assert [message.key for message in first + second] == ["0", "1", "2", "3"]
    database.close()


def test_a_claim_waits_for_a_publish_and_learns_its_number(database: Database) -> None:
    with database.writing() as tx:
        head.take_for_publishing(tx)
        head.put_in_force(tx, 1)
    numbers: list[int | None] = []

    def claim_and_ask() -> None:
        with database.writing() as tx:
            claim(tx, "ann", "k", "print", NOW)
            asked = tx.statements
            numbers.extend((head.number_in_force(tx, writing=True), tx.statements - asked))

    with ThreadPoolExecutor(1) as pool:
        with database.writing() as tx:
            head.take_for_publishing(tx)
            waiting = pool.submit(claim_and_ask)
            time.sleep(0.2)
            head.put_in_force(tx, 2)
        waiting.result()

    assert numbers == [2, 0]


def test_a_repeated_request_gets_the_first_answer(database: Database) -> None:
    answer = Answer(201, {"id": "1"}, {"ETag": '"1"'})
    with database.writing() as tx:
        first = claim(tx, "ann", "k", "print", NOW)
        keep(tx, "ann", "k", answer)

    with database.writing() as tx:
        assert first is None
        assert claim(tx, "ann", "k", "print", NOW) == answer
        assert claim(tx, "bob", "k", "print", NOW) is None
        with pytest.raises(Conflict, match="idempotency_key_reused"):
            claim(tx, "ann", "k", "another print", NOW)
        with pytest.raises(Conflict, match="request_in_progress"):
            claim(tx, "bob", "k", "print", NOW)
        assert forget_before(tx, NOW + MINUTE) == 2


def test_files_belong_to_the_record_that_they_were_saved_with(database: Database) -> None:
    made = [StoredFile(str(n), f"{n}.pdf", "application/pdf", 10, "00", f"00/{n}", "ann", NOW) for n in range(3)]
    with database.writing() as tx:
        files = Files(tx)
        for file in made:
            files.add(file)

        attached = files.attach(["0", "1"], "shop.order", "order-1", "papers")
        stolen = files.attach(["1", "2"], "shop.order", "order-2", "papers")
        files.remove(["0"])

        assert (attached, stolen) == (2, 1)
        assert [file.id for file in files.of_record("order-1")] == ["1"]
        assert set(files.many(["1", "2", "9"])) == {"1", "2"}
        assert files.get("0") is None
        files.add(made[0])
        assert files.left_over(NOW + MINUTE) == (made[0],)
        assert files.left_over(NOW) == ()


def test_a_person_is_told_once_and_reads_it(database: Database) -> None:
    told = [Notification(str(n), "ann", "asked", f"i:{n % 2}", NOW, params={"n": n}) for n in range(3)]
    with database.writing() as tx:
        notifications = Notifications(tx)
        notifications.add(told)

        assert [one.id for one in notifications.of("ann")] == ["1", "0"]
        assert [one.id for one in notifications.of("ann", before="1")] == ["0"]
        assert notifications.unread("ann") == 2
        notifications.read("ann", NOW, ["0"])
        assert notifications.unread("ann") == 1
        notifications.read("ann", NOW)
        assert (notifications.unread("ann"), notifications.unread("bob")) == (0, 0)
