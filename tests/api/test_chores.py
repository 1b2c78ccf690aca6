"""What is cleared away once a day."""

import os
from datetime import timedelta

from engine.services import chores
from engine.storage.jobs import Job, Jobs
from tests.api.office import Office
from tests.api.shop import ITEM, ORDER, an_order

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def days_pass(office: Office, days: int) -> None:
    """Let time go by, for files on the disk too."""
    office.clock.moment += timedelta(days=days)
    past = office.clock.moment.timestamp() - days * 86_400
    for file in office.installation.settings.files_dir.rglob("*"):
        os.utime(file, (past, past))


def test_chores_are_done_once_a_day(office: Office):
    first = chores.tick(office.installation)
    again = chores.tick(office.installation)
    office.clock.moment += timedelta(days=1)
    next_day = chores.tick(office.installation)

    assert (first, again, next_day) == (True, False, True)


def test_old_answers_are_forgotten_and_young_ones_are_not(office: Office):
    kim = office["kim"]
    body = {"values": {"code": "X1", "name": "Washer"}}
    kim.post(f"/records/{ITEM}", body, idempotency_key="young")
    chores.tick(office.installation)
    young = kim.post(f"/records/{ITEM}", body, idempotency_key="young")
    office.clock.moment += timedelta(days=3)
    chores.tick(office.installation)

    old = kim.post(f"/records/{ITEM}", body, idempotency_key="young")

    assert (young.status, old.status) == (201, 422)


def test_files_that_no_record_took_go_and_the_others_stay(office: Office):
    anna = office["anna"]
    kept, loose = (anna.upload(name, PDF + name.encode(), ORDER, "papers").body["id"] for name in ("a.pdf", "b.pdf"))
    anna.create(ORDER, **an_order(office, papers=[{"id": kept}]))
    days_pass(office, 8)

    chores.tick(office.installation)

    assert [anna.get(f"/files/{one}").status for one in (kept, loose)] == [200, 404]
    left = [file for file in office.installation.settings.files_dir.rglob("*") if file.is_file()]
    assert [file.read_bytes() for file in left] == [PDF + b"a.pdf"]


def test_bytes_that_somebody_else_keeps_stay(office: Office):
    anna = office["anna"]
    loose, kept = (anna.upload("a.pdf", PDF, ORDER, "papers").body["id"] for _ in range(2))
    anna.create(ORDER, **an_order(office, papers=[{"id": kept}]))
    days_pass(office, 8)

    chores.tick(office.installation)

    assert [anna.get(f"/files/{one}").status for one in (kept, loose)] == [200, 404]


def test_the_bin_is_emptied_of_what_is_old(office: Office):
    anna = office["anna"]
    old, young = (anna.create(ORDER, **an_order(office)) for _ in range(2))
    anna.delete(f"/records/{ORDER}/{old['id']}", if_match='"1"')
    office.clock.moment += timedelta(days=60)
    office.another("anna").delete(f"/records/{ORDER}/{young['id']}", if_match='"1"')
    office.clock.moment += timedelta(days=40)

    chores.tick(office.installation)

    listed = office.another("anna").get(f"/records/{ORDER}/recycle_bin").body["items"]
    assert [one["id"] for one in listed] == [young["id"]]


def test_what_a_forgotten_job_wrote_goes_with_it(office: Office):
    files, now = office.installation.files, office.clock.moment
    place, _ = files.save(iter([b"a long list"]), 100)
    made = Job("j", "export", ITEM, "done", "kim", "en", {}, now, now, result={"place": place}, finished_at=now)
    with office.installation.database.writing() as tx:
        Jobs(tx).add(made)

    days_pass(office, 20)
    chores.tick(office.installation)
    kept = [one.digest for one in files.kept(place)]
    days_pass(office, 20)
    chores.tick(office.installation)

    assert (kept, list(files.kept(place))) == ([place], [])
