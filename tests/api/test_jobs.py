"""GET /jobs and what a worker does with them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from engine.app import JOB_KINDS
from engine.errors import Conflict
from engine.services import jobs
from engine.services.context import Context
from engine.services.jobs import JobKind, Slice
from engine.services.work import Work, writing
from engine.storage.jobs import Job, JobItem
from tests.api.office import Office

TITLE = {"zh-CN": "数数", "en": "Counting"}
ROWS = 5


@dataclass
class Counting:
    """A kind of work that counts to five, two at a time; number 3 is a failure. It keeps what it was asked in `seen`."""

    dies_at: int = -1
    refuses_at: int = -1
    seen: list[int] = field(default_factory=list)

    def step(self, _work: Work, job: Job) -> Slice:
        start = int((job.cursor or {"next": 0})["next"])
        self.seen.append(start)
        if start == self.dies_at:
            self.dies_at = -1
            raise KeyboardInterrupt
        if start == self.refuses_at:
            raise Conflict("not_open", {"status": "approved"})
        numbers = range(start, min(start + 2, ROWS))
        items = [JobItem(one, "failed" if one == 3 else "done", str(one), {"problems": []}) for one in numbers]
        failed = sum(one.outcome == "failed" for one in items)
        cursor = {"next": start + 2} if start + 2 < ROWS else None
        return Slice(cursor, len(numbers), failed, items, total=ROWS, result={"last": start})


def kinds_of(counting: Counting) -> Mapping[str, JobKind]:
    return {
        "count": JobKind("count", TITLE, counting.step, undo="uncount"),
        "uncount": JobKind("uncount", TITLE, lambda _work, _job: Slice(None)),
        "look": JobKind("look", TITLE, counting.step, reads=True),
    }


@pytest.fixture(autouse=True)
def kinds_as_before(request: pytest.FixtureRequest) -> Iterator[None]:
    """An application is one for many tests: what it does in the background is as before after each of these."""
    name = "office" if "office" in request.fixturenames else "small_office"
    office: Office = request.getfixturevalue(name)
    yield
    office.app.extensions["formwork_job_kinds"] = JOB_KINDS


def begin(office: Office, kinds: Mapping[str, JobKind], kind: str = "count") -> str:
    office.app.extensions["formwork_job_kinds"] = kinds
    actor = jobs.load_actor(office.installation, office.ids["anna"])
    assert actor is not None
    ctx = Context(actor, office.clock.now(), "r", "en")
    given = writing(office.installation, ctx, lambda work: {"id": jobs.add(work, kind, "shop.order", {}).id})
    return str(given["id"])


def all_done(office: Office, kinds: Mapping[str, JobKind]) -> int:
    slices = 0
    while jobs.run_due(office.installation, kinds):
        slices += 1
    return slices


def seen_by(office: Office, login: str, job: str) -> dict[str, Any]:
    reply = office[login].get(f"/jobs/{job}")
    assert reply.status == 200, reply
    return reply.body


@pytest.mark.parametrize("kind", ["count", "look"])
def test_a_job_is_done_in_slices_and_tells_how_far_it_is(office: Office, kind: str):
    kinds = kinds_of(Counting())
    job = begin(office, kinds, kind)

    waiting = seen_by(office, "anna", job)
    jobs.run_due(office.installation, kinds)
    begun = seen_by(office, "anna", job)
    all_done(office, kinds)
    over = seen_by(office, "anna", job)

    assert (waiting["state"], waiting["total"], waiting["actions"]) == ("queued", None, ["cancel"])
    assert (begun["state"], begun["done"], begun["total"], begun["title"]) == ("running", 2, 5, "Counting")
    assert (over["state"], over["done"], over["failed"], over["result"]) == ("done", 5, 1, {"last": 4})


def test_rows_are_told_by_their_outcome_page_by_page(office: Office):
    kinds = kinds_of(Counting())
    job = begin(office, kinds)
    all_done(office, kinds)

    failed = office["anna"].get(f"/jobs/{job}/rows", outcome="failed").body
    first = office["anna"].get(f"/jobs/{job}/rows", limit=2).body
    rest = office["anna"].get(f"/jobs/{job}/rows", cursor=int(first["next_cursor"])).body

    assert [(one["number"], one["problems"]) for one in failed["items"]] == [(3, [])]
    assert [one["number"] for one in (*first["items"], *rest["items"])] == [0, 1, 2, 3, 4]
    assert rest["next_cursor"] is None


def test_a_worker_that_was_killed_loses_one_slice_and_the_next_goes_on_there(office: Office):
    counting = Counting(dies_at=2)
    kinds = kinds_of(counting)
    job = begin(office, kinds)
    jobs.run_due(office.installation, kinds)
    with pytest.raises(KeyboardInterrupt):
        jobs.run_due(office.installation, kinds)

    too_early = jobs.run_due(office.installation, kinds)
    office.clock.moment += timedelta(minutes=2)
    all_done(office, kinds)

    assert not too_early
    assert counting.seen == [0, 2, 2, 4]
    assert seen_by(office, "anna", job)["done"] == 5


def test_a_slice_that_never_ends_fails_its_job_after_some_attempts(small_office: Office):
    kinds = kinds_of(Counting(dies_at=0))
    job = begin(small_office, kinds)

    for _ in range(7):
        dying = kinds_of(Counting(dies_at=0))
        try:
            jobs.run_due(small_office.installation, dying)
        except KeyboardInterrupt:
            small_office.clock.moment += timedelta(minutes=2)

    told = seen_by(small_office, "anna", job)
    assert (told["state"], told["error"]["code"]) == ("failed", "job_broken")


def test_a_cancelled_job_is_not_gone_on_with(office: Office):
    counting = Counting()
    kinds = kinds_of(counting)
    job = begin(office, kinds)
    jobs.run_due(office.installation, kinds)

    cancelled = office["anna"].post(f"/jobs/{job}/cancel")
    again = office["anna"].post(f"/jobs/{job}/cancel")
    slices = all_done(office, kinds)

    assert (cancelled.body["state"], cancelled.body["done"], slices) == ("cancelled", 2, 0)
    assert (again.status, again.code) == (409, "job_is_over")


def test_a_refusal_ends_the_job_and_is_told_in_words(office: Office):
    kinds = kinds_of(Counting(refuses_at=2))
    job = begin(office, kinds)

    all_done(office, kinds)

    told = seen_by(office, "anna", job)
    assert (told["state"], told["done"], told["error"]["code"]) == ("failed", 2, "not_open")
    assert told["error"]["title"]


def test_a_job_is_taken_back_once(office: Office):
    kinds = kinds_of(Counting())
    job = begin(office, kinds)
    early = office["anna"].post(f"/jobs/{job}/undo")
    all_done(office, kinds)

    undone = office["anna"].post(f"/jobs/{job}/undo")
    again = office["anna"].post(f"/jobs/{job}/undo")

    assert (early.status, early.code) == (409, "job_cannot_be_undone")
    assert (undone.body["kind"], undone.body["undoes"]) == ("uncount", job)
    assert (again.status, again.code) == (409, "job_cannot_be_undone")


def test_jobs_are_their_owners_and_administrators_see_them_too(office: Office):
    kinds = kinds_of(Counting())
    first, second = begin(office, kinds), begin(office, kinds)

    listed = office["anna"].get("/jobs", limit=1).body
    rest = office["anna"].get("/jobs", limit=1, cursor=listed["next_cursor"]).body

    assert [one["id"] for one in (*listed["items"], *rest["items"])] == [second, first]
    assert [office[login].get(f"/jobs/{first}").status for login in ("bert", "admin")] == [404, 200]
    assert office["bert"].get("/jobs").body["items"] == []


def test_the_work_of_somebody_who_left_is_not_done(office: Office):
    counting = Counting()
    kinds = kinds_of(counting)
    job = begin(office, kinds)
    office["admin"].patch(f"/accounts/{office.ids['anna']}", {"active": False})

    all_done(office, kinds)

    assert (seen_by(office, "admin", job)["state"], counting.seen) == ("failed", [])
