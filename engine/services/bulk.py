"""Bulk requests: many records at once, listed one by one or as everything that matches a filter; at once or in the background."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from engine.definition.model import Entity
from engine.errors import Invalid
from engine.paths import join
from engine.problems import Problem, errors
from engine.services import jobs
from engine.services.bulk_job import BULK, as_item, given_of
from engine.services.bulk_operations import Bulk, Operation, Result, Verb, read_operations
from engine.services.context import Context
from engine.services.installation import Installation
from engine.services.jobs import Kinds
from engine.services.listing import matching
from engine.services.work import Work, writing
from engine.storage.jobs import Job, JobItem, Jobs

AT_ONCE = 1000
"""Rows of a request that is answered when they are done; more become a job."""
MOST = 100_000
"""Rows of one bulk request at all."""


def bulk(installation: Installation, ctx: Context, kinds: Kinds, key: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Do operations on records of an entity, and return what became of each, or the job that does them.

    With `all_or_nothing` one refused row undoes all: Invalid `bulk_refused` tells every one. A `dry_run` does the same and keeps
    nothing; of more than `AT_ONCE` rows it tries the first. Raises Invalid, Forbidden.
    """

    def act(work: Work) -> dict[str, Any]:
        entity = work.entity(key)
        operations = _operations(work, entity, given)
        if len(operations) > MOST:
            raise Invalid([Problem("too_many_operations", "", {"limit": MOST, "count": len(operations)})])
        if given["dry_run"]:
            return _rehearsed(work, entity, given, operations)
        many = len(operations) > AT_ONCE
        if given["background"] or (many and given["background"] is None):
            return {"job": jobs.view(work, kinds, _planned(work, entity, given, operations)), "results": None}
        if many:
            raise Invalid([Problem("too_many_operations", "", {"limit": AT_ONCE, "count": len(operations)})])
        return _done(work, entity, given, operations)

    return writing(installation, ctx, act)


def _operations(work: Work, entity: Entity, given: Mapping[str, Any]) -> Sequence[Operation]:
    if given["operations"] is not None:
        return read_operations(given["operations"])
    action = cast(Verb, given["action"])
    ids = _chosen(work, entity, given)
    return [
        Operation(row, action, one, None, given["values"] if action == "update" else {}, reason=given["reason"])
        for row, one in enumerate(ids)
    ]


def _chosen(work: Work, entity: Entity, given: Mapping[str, Any]) -> Sequence[str]:
    """Return the records that are named, or those that a list with this filter would show."""
    if given["ids"] is not None:
        return list(dict.fromkeys(given["ids"]))
    return matching(work, entity, {"q": given["q"], "view": given["view"]}, given["filter"], MOST + 1)


def _planned(work: Work, entity: Entity, given: Mapping[str, Any], operations: Sequence[Operation]) -> Job:
    if given["mode"] == "all_or_nothing":
        raise Invalid([Problem("too_many_operations", "/mode", {"limit": AT_ONCE, "count": len(operations)})])
    job = jobs.add(work, BULK, entity.key, {"key": given["key"]}, total=len(operations))
    Jobs(work.tx).plan(job.id, [JobItem(one.row, "waiting", one.id or None, given_of(one)) for one in operations])
    return job


def _done(work: Work, entity: Entity, given: Mapping[str, Any], operations: Sequence[Operation]) -> dict[str, Any]:
    # A request that is done at once is a job as well, that has come to its end: so it can be looked up and taken back.
    job = jobs.add(work, BULK, entity.key, {"key": given["key"]}, total=len(operations))
    asked, work.ctx = work.ctx, replace(work.ctx, request_id=job.id, via=BULK)
    results = Bulk(work, entity, given["key"]).do(operations)
    work.ctx = asked
    refused = [one for one in results if one.status == "refused"]
    if refused and given["mode"] == "all_or_nothing":
        raise Invalid(list(_pointed(refused, given)), "bulk_refused")
    items = [as_item(one, asked.language) for one in results]
    jobs.finish(work, job, items, len(refused), {"counts": counts_of(results)})
    return {"job": {"id": job.id}} | _view(work, results)


def _rehearsed(work: Work, entity: Entity, given: Mapping[str, Any], operations: Sequence[Operation]) -> dict[str, Any]:
    tried = operations[:AT_ONCE]
    with work.tx.trial():
        results = Bulk(work, entity, given["key"]).do(tried)
    return {"job": None, "matched": len(operations), "tried": len(tried)} | _view(work, results)


def _view(work: Work, results: Sequence[Result]) -> dict[str, Any]:
    return {"counts": counts_of(results), "results": [one.view(work.ctx.language) for one in results]}


def counts_of(results: Iterable[Result]) -> dict[str, int]:
    """Return how many rows came to which end."""
    return dict(Counter(one.status for one in results))


def _pointed(refused: Iterable[Result], given: Mapping[str, Any]) -> Iterable[Problem]:
    """Yield what was found with pointers into the request, or with the record where it was not listed."""
    for one in refused:
        for problem in errors(one.problems):
            listed = given["operations"] is not None
            at = join("/operations", one.row, "values") if listed else join("/ids", one.row)
            yield Problem(problem.code, at + problem.pointer, {**problem.params, "row": one.row, "id": one.id})
