"""Work in the background: how far it is, what became of each row, cancelling it and taking it back."""

from typing import Any

from flask_smorest import Blueprint

from engine.api.envelopes import JobRowsSchema, JobsSchema
from engine.api.requests import context, installation, job_kinds
from engine.services import jobs

blueprint = Blueprint("jobs", __name__, url_prefix="/api/v1/jobs", description="Work in the background")


@blueprint.route("")
@blueprint.arguments(JobsSchema, location="query")
def every(query: dict[str, Any]) -> dict[str, Any]:
    """Return the actor's own jobs, the newest first."""
    return jobs.every(installation(), context(), job_kinds(), query["cursor"], query["limit"])


@blueprint.route("/<job>")
def one(job: str) -> dict[str, Any]:
    """Return a job: state, progress, result."""
    return jobs.one(installation(), context(), job_kinds(), job)


@blueprint.route("/<job>/rows")
@blueprint.arguments(JobRowsSchema, location="query")
def rows(query: dict[str, Any], job: str) -> dict[str, Any]:
    """Return what became of the rows; `outcome` narrows them (`failed`)."""
    return jobs.rows(installation(), context(), job, query["outcome"], query["cursor"], query["limit"])


@blueprint.route("/<job>/cancel", methods=["POST"])
def cancel(job: str) -> dict[str, Any]:
    """End a job; what was done stays done."""
    return jobs.cancel(installation(), context(), job_kinds(), job)


@blueprint.route("/<job>/undo", methods=["POST"])
def undo(job: str) -> dict[str, Any]:
    """Take back what a job did; answers the job that does it."""
    return jobs.undo(installation(), context(), job_kinds(), job)
