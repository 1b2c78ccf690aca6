"""Links to public forms, as administrators keep them: what may be offered at all stands in the forms themselves."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.definition.model import Form
from engine.errors import Invalid, NotFound
from engine.problems import Problem
from engine.projection.texts import in_language
from engine.services.accounts import require_admin
from engine.services.context import Context
from engine.services.installation import Installation
from engine.services.work import Work, reading, writing
from engine.storage.identifiers import new_id
from engine.storage.public_links import Link, PublicLinks

SUBJECT = "public_link"


def every(installation: Installation, ctx: Context) -> dict[str, Any]:
    """Return all links, and the forms that may be offered. For administrators."""
    require_admin(ctx, "read", SUBJECT)
    with reading(installation, ctx) as work:
        forms = sorted(offered(work).items())
        return {
            "items": [view(work, one) for one in PublicLinks(work.tx).every()],
            "forms": [
                {
                    "key": key,
                    "title": in_language(form.title, ctx.language),
                    "fills": bool(form.public and form.public.fields),
                    "queries": bool(form.public and form.public.query),
                }
                for key, form in forms
            ],
        }


def create(installation: Installation, ctx: Context, given: Mapping[str, Any]) -> dict[str, Any]:
    """Make a link and return it with its token, which is told this once. For administrators. Raises Invalid."""
    require_admin(ctx, "create", SUBJECT)
    token = secrets.token_urlsafe(24)
    password = given.get("password") or ""
    hashed = installation.hasher.hash(password) if password else ""

    def act(work: Work) -> dict[str, Any]:
        if given["form"] not in offered(work):
            raise Invalid([Problem("public_form_unknown", "/form", {"name": given["form"]})])
        link = {name: given[name] for name in ("form", "title", "expires_at", "most", "most_a_day", "puzzle")}
        link |= {"id": new_id(), "token_digest": digest_of(token), "password_hash": hashed, "active": True}
        link |= {"created_by": ctx.actor.id, "created_at": ctx.now}
        links = PublicLinks(work.tx)
        links.add(link)
        _audit(work, "create", link["id"], link)
        return view(work, _need(links, link["id"])) | {"token": token}

    return writing(installation, ctx, act)


def change(installation: Installation, ctx: Context, link_id: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Change limits, password or title of a link, or switch it on and off. For administrators. Raises NotFound."""
    require_admin(ctx, "update", SUBJECT)
    values = {name: value for name, value in given.items() if name != "password"}
    if "password" in given:
        values["password_hash"] = installation.hasher.hash(given["password"]) if given["password"] else ""

    def act(work: Work) -> dict[str, Any]:
        links = PublicLinks(work.tx)
        _need(links, link_id)
        if values:
            links.change(link_id, values)
            _audit(work, "update", link_id, values)
        return view(work, _need(links, link_id))

    return writing(installation, ctx, act)


def offered(work: Work) -> dict[str, Form]:
    """Return the forms that may be offered to strangers, by key."""
    return {key: form for key, form in work.configuration.forms.items() if form.public is not None}


def digest_of(token: str) -> str:
    """Return what is kept of a token: it has 192 random bits, so a plain digest cannot be turned back."""
    return hashlib.sha256(token.encode()).hexdigest()


def state_of(link: Link, now: datetime, today: object) -> str:
    """Return why a link gives no more answers: `off`, `expired`, `full`, `full_today`; "" where it does."""
    if not link["active"]:
        return "off"
    if link["expires_at"] is not None and link["expires_at"] <= now:
        return "expired"
    if link["most"] is not None and link["answers"] >= link["most"]:
        return "full"
    spent = link["answers_of_day"] if link["day"] == today else 0
    return "full_today" if link["most_a_day"] is not None and spent >= link["most_a_day"] else ""


def view(work: Work, link: Link) -> dict[str, Any]:
    """Return a link as administrators see it: neither token nor password is known any more."""
    names = ("id", "form", "title", "most", "most_a_day", "puzzle", "active", "answers")
    shown = {name: link[name] for name in names}
    form = work.configuration.forms.get(link["form"])
    today = work.ctx.now.astimezone(work.timezone).date()
    return shown | {
        "form_title": in_language(form.title, work.ctx.language) if form else link["form"],
        "has_password": bool(link["password_hash"]),
        "expires_at": link["expires_at"].isoformat() if link["expires_at"] else None,
        "created_at": link["created_at"].isoformat(),
        "state": state_of(link, work.ctx.now, today) if form and form.public else "off",
    }


def _need(links: PublicLinks, link_id: str) -> Link:
    found = links.get(link_id)
    if found is None:
        raise NotFound(SUBJECT, link_id)
    return found


def _audit(work: Work, action: str, link_id: str, values: Mapping[str, Any]) -> None:
    told = {name: str(value) for name, value in values.items() if name not in {"token_digest", "password_hash"}}
    if "password_hash" in values:
        told["password"] = "set" if values["password_hash"] else "none"
    work.audit(action, SUBJECT, link_id, {"after": told})
