"""What every endpoint takes from a request: the context of the use case, the version that was changed, the query."""

import hashlib
import json
import re
import uuid
from typing import cast

from flask import current_app, g, request
from flask_login import current_user

from engine.errors import Invalid, SignInRequired, VersionRequired
from engine.problems import LANGUAGES, Problem
from engine.services.context import Actor, Context
from engine.services.installation import Installation
from engine.services.jobs import Kinds

# A compressed answer has an ETag of its own: `"7:gzip"` is version 7 too.
_VERSION = re.compile(r'(?:W/)?"?([0-9]{1,15})(?:[:-][a-z]+)?"?')


def installation() -> Installation:
    """Return the installation that this application serves."""
    return cast(Installation, current_app.extensions["formwork"])


def job_kinds() -> Kinds:
    """Return the kinds of work that this application does in the background."""
    return cast(Kinds, current_app.extensions["formwork_job_kinds"])


def language() -> str:
    """Return the language to answer in: the header's choice among those there are, else the installation's."""
    return request.accept_languages.best_match(LANGUAGES) or installation().settings.language


def request_id() -> str:
    """Return the id of this request, made at its first use."""
    if "request_id" not in g:
        g.request_id = uuid.uuid4().hex
    return cast(str, g.request_id)


def actor() -> Actor:
    """Return who is signed in. Raises SignInRequired."""
    if not current_user.is_authenticated:
        raise SignInRequired
    return cast(Actor, current_user.actor)


def context() -> Context:
    """Return the context of this request. Raises SignInRequired."""
    return Context(
        actor=actor(),
        now=installation().clock.now(),
        request_id=request_id(),
        language=language(),
        idempotency_key=idempotency_key(),
        fingerprint=fingerprint(),
    )


def idempotency_key() -> str:
    """Return the key by which a repeated request is known, "" without one."""
    return request.headers.get("Idempotency-Key", "")[:200]


def version() -> int:
    """Return the version in `If-Match`. Raises VersionRequired when there is none that can be read."""
    found = _VERSION.fullmatch(request.headers.get("If-Match", "").strip())
    if found is None:
        raise VersionRequired
    return int(found.group(1))


def strict() -> bool:
    """Say whether the client wants an older version refused instead of merged (`Prefer: handling=strict`, RFC 7240)."""
    asked = request.headers.get("Prefer", "").lower().replace(" ", "")
    return "handling=strict" in asked.replace(";", ",").split(",")


def json_argument(name: str) -> object:
    """Return the JSON value of a query argument, None when it is absent. Raises Invalid."""
    text = request.args.get(name)
    if not text:
        return None
    try:
        return cast(object, json.loads(text))
    except (ValueError, RecursionError):
        raise Invalid([Problem("argument_not_json", params={"name": name})]) from None


def fingerprint() -> str:
    """Return a digest of what is asked, to tell a repeated request from another with its key."""
    asked = "\n".join((request.method, request.full_path, request.headers.get("If-Match", "")))
    if request.mimetype == "multipart/form-data":
        # A file is not read twice: its names and its length tell it from another well enough.
        named = (
            *request.form.items(multi=True),
            *((key, one.filename) for key, one in request.files.items(multi=True)),
        )
        return hashlib.sha256(f"{asked}\n{request.content_length}\n{named!r}".encode()).hexdigest()
    return hashlib.sha256(asked.encode() + request.get_data(cache=True)).hexdigest()
