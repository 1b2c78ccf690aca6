"""The worker that a server has in its process: who waits for a job need not wake it."""

import threading

import pytest

from engine.errors import NotSetUp
from engine.services import jobs, worker
from engine.services.context import Context
from engine.services.jobs import JobKind, Slice
from engine.services.work import Work, writing
from engine.storage.jobs import Job
from tests.api.office import Office

PATIENCE_SECONDS = 60.0
TITLE = {"zh-CN": "敲门", "en": "Knocking"}


def test_a_job_that_comes_while_the_worker_rests_is_done_even_after_work_that_broke(small_office: Office):
    done = threading.Event()

    def knock(_work: Work, job: Job) -> Slice:
        if job.subject == "broken":
            raise ArithmeticError
        done.set()
        return Slice(None)

    stop = worker.start_threads(small_office.installation, {"knock": JobKind("knock", TITLE, knock)})
    ask_for(small_office, "broken")
    ask_for(small_office, "sound")
    came = done.wait(PATIENCE_SECONDS)
    stop()
    for thread in threading.enumerate():
        if thread.name.startswith("formwork-"):
            thread.join()

    assert came


def test_a_worker_that_starts_before_the_installation_is_set_up_waits_without_complaint(
    caplog: pytest.LogCaptureFixture,
):
    stop = threading.Event()

    def piece() -> object:
        stop.set()
        raise NotSetUp

    worker.repeat(piece, stop)

    assert not caplog.records


def ask_for(office: Office, subject: str) -> None:
    actor = jobs.load_actor(office.installation, office.ids["anna"])
    assert actor is not None
    ctx = Context(actor, office.clock.now(), "r", "en")
    writing(office.installation, ctx, lambda work: {"id": jobs.add(work, "knock", subject, {}).id})
