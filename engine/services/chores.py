"""What is cleared away once a day: answers to repeated requests, files that no record took, old jobs, an old recycle bin."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from engine.services.installation import Installation
from engine.services.recycle_bin import purge_records
from engine.services.setup import system_context
from engine.services.work import Work, writing
from engine.storage import chores, idempotency
from engine.storage.comments import Comments
from engine.storage.files import Files
from engine.storage.jobs import Jobs
from engine.storage.recycle_bin import RecycleBin
from engine.storage.references import stable_key
from engine.storage.shares import Shares
from engine.storage.unfinished import forget_unfinished_before

DAILY = "daily"
A_DAY = timedelta(days=1)
ANSWERS_KEPT = timedelta(days=2)
LOOSE_FILES_KEPT = timedelta(days=7)
JOBS_KEPT = timedelta(days=30)
_STRETCH = 100


def tick(installation: Installation) -> bool:
    """Do the daily chores if they are due; say whether they were."""
    now = installation.clock.now()
    with installation.database.reading() as tx:
        if not chores.is_due(tx, DAILY, now):
            return False
    with installation.database.writing() as tx:
        if not chores.take(tx, DAILY, now, now + A_DAY):
            return False
        idempotency.forget_before(tx, now - ANSWERS_KEPT)
        if installation.settings.keep_unfinished_days:
            forget_unfinished_before(tx, now - timedelta(days=installation.settings.keep_unfinished_days))
        written = Jobs(tx).places(ended_before=now - JOBS_KEPT)
        Jobs(tx).forget_before(now - JOBS_KEPT)
        written = Files(tx).unused(written)
    _remove(installation, written, now - LOOSE_FILES_KEPT)
    _clear_files(installation, now - LOOSE_FILES_KEPT)
    if installation.settings.keep_deleted_days:
        _clear_bin(installation, now - timedelta(days=installation.settings.keep_deleted_days))
    return True


def _clear_files(installation: Installation, before: datetime) -> None:
    while True:
        with installation.database.writing() as tx:
            loose = Files(tx).left_over(before, _STRETCH)
            Files(tx).remove([one.id for one in loose])
            places = Files(tx).unused({one.place for one in loose})
        _remove(installation, places, before)
        if len(loose) < _STRETCH:
            return


def _remove(installation: Installation, places: Iterable[str], before: datetime) -> None:
    # Bytes that somebody has just brought again are young, and stay.
    for place in places:
        installation.files.remove(place, before)


def _clear_bin(installation: Installation, before: datetime) -> None:
    ctx = system_context(installation)
    count = _STRETCH
    while count == _STRETCH:

        def act(work: Work) -> dict[str, int]:
            return {"count": _purge(work, before)}

        count = writing(installation, ctx, act)["count"]


def _purge(work: Work, before: datetime) -> int:
    old = RecycleBin(work.tx).older_than(before, _STRETCH)
    by_key = {stable_key(entity): entity for entity in work.configuration.entities.values()}
    for key in {one.entity for one in old}:
        ids = [one.record_id for one in old if one.entity == key]
        if key in by_key:
            purge_records(work, by_key[key], ids)
        else:
            Comments(work.tx).forget(ids)
            Shares(work.tx).forget(ids)
            RecycleBin(work.tx).remove(key, ids)
    return len(old)
