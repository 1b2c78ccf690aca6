"""The one table from exceptions to RFC 9457 bodies, and the one shape that every error has."""

import logging
from collections.abc import Iterable

from flask import Flask, Response, json
from flask_limiter import RateLimitExceeded
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from engine import errors
from engine.api.requests import installation, language, request_id
from engine.problems import Problem, describe, wording

_log = logging.getLogger("formwork.api")

STATUS: tuple[tuple[type[errors.FormworkError], int], ...] = (
    (errors.Invalid, 422),
    (errors.SignInRequired, 401),
    (errors.Forbidden, 403),
    (errors.NotFound, 404),
    (errors.Stale, 412),
    (errors.MergeConflict, 409),
    (errors.VersionRequired, 428),
    (errors.Conflict, 409),
    (errors.TooLarge, 413),
    (errors.LinkClosed, 410),
    (errors.TooMany, 429),
    (errors.Busy, 423),
    (errors.KeyMissing, 503),
    (errors.FileStoreAway, 503),
    (errors.Misconfigured, 503),
)

_HTTP_CODES = {
    400: "bad_request",
    404: "no_such_address",
    405: "method_not_allowed",
    413: "too_large",
    415: "not_json",
    422: "invalid",
    429: "too_many_requests",
}


def problem_body(problem: Problem, language: str) -> dict[str, object]:
    """Return one finding as it travels."""
    text = describe(problem, language)
    body: dict[str, object] = {
        "code": problem.code,
        "pointer": problem.pointer,
        "detail": text.text,
        "remedy": text.remedy,
        "severity": problem.severity,
        "params": dict(problem.params),
    }
    if problem.span:
        body["span"] = list(problem.span)
    if problem.file:
        body["file"] = problem.file
    return body


def error_response(status: int, code: str, params: dict[str, object], problems: Iterable[Problem] = ()) -> Response:
    """Return the response of an error, in the request's language."""
    chosen = language()
    text = wording(code, params, chosen)
    body = {
        "type": f"https://formwork.dev/problems/{code}",
        "title": text.text,
        "status": status,
        "detail": text.remedy,
        "code": code,
        "params": params,
        "request_id": request_id(),
        "problems": [problem_body(problem, chosen) for problem in problems],
    }
    return Response(json.dumps(body), status, content_type="application/problem+json")


def register_errors(app: Flask) -> None:
    """Make every failure of `app` answer in the one shape."""
    app.register_error_handler(errors.FormworkError, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(RecursionError, _too_deep)
    app.register_error_handler(Exception, _unexpected)


def _refused(error: errors.FormworkError) -> Response:
    status = next((status for kind, status in STATUS if isinstance(error, kind)), 409)
    response = error_response(status, error.code, dict(error.params), error.problems)
    if isinstance(error, errors.TooMany):
        response.headers["Retry-After"] = str(error.params["retry_after"])
    return response


def _too_deep(_error: RecursionError) -> Response:
    """JSON that is nested deeper than anybody writes it."""
    return error_response(400, "bad_request", {})


def _http(error: HTTPException) -> Response:
    if isinstance(error, RequestEntityTooLarge):
        return _refused(errors.TooLarge(installation().settings.max_upload))
    if isinstance(error, RateLimitExceeded) and error.limit is not None:
        return _refused(errors.TooMany(error.limit.limit.get_expiry()))
    status = error.code or 500
    if status == 422:
        return _refused(errors.Invalid(_marshmallow_problems(error)))
    response = error_response(status, _HTTP_CODES.get(status, "bad_request"), {}, _marshmallow_problems(error))
    for name, value in error.get_headers():
        if name.lower() in {"allow", "retry-after"}:
            response.headers[name] = value
    return response


def _marshmallow_problems(error: HTTPException) -> list[Problem]:
    """Return what marshmallow found (flask-smorest hangs it on the exception), one problem a message."""
    found = getattr(error, "data", {}) or {}
    messages = found.get("messages", {})
    return list(_flatten(messages, "")) if isinstance(messages, dict) else []


def _flatten(messages: object, pointer: str) -> Iterable[Problem]:
    if isinstance(messages, dict):
        for key, value in messages.items():
            yield from _flatten(value, pointer if key in ("json", "query", "_schema") else f"{pointer}/{key}")
    elif isinstance(messages, list):
        for message in messages:
            yield Problem("field_invalid", pointer, {"message": str(message)})


def _unexpected(error: Exception) -> Response:
    _log.exception("unexpected failure", extra={"request_id": request_id()}, exc_info=error)
    return error_response(500, "unexpected", {"request_id": request_id()})
