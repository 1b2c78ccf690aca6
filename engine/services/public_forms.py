"""Public forms: what somebody without an account may do who has a link. Judged and stored as any record is, with the rights of the form alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from engine.definition import values as record_values
from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Entity, Form, PublicForm
from engine.definition.rows import every_field
from engine.errors import AutomationFailed, Busy, Forbidden, Invalid, LinkClosed, NotFound
from engine.expressions import evaluate
from engine.paths import join, split
from engine.problems import Problem, errors
from engine.projection.entity_view import Viewer, entity_view
from engine.projection.public_rights import foreign_keys, public_rights
from engine.projection.texts import in_language
from engine.services.context import Actor, Context
from engine.services.evaluation import asking, environment
from engine.services.installation import Installation
from engine.services.public_links import digest_of, state_of
from engine.services.puzzles import is_solved, new_puzzle
from engine.services.reading import seen_values
from engine.services.references import References, target
from engine.services.work import Work, reading, writing
from engine.services.writing import create_record
from engine.storage.public_links import Link, PublicLinks
from engine.storage.records import Record

_BOXES = frozenset({"section", "tabs", "tab"})


@dataclass(frozen=True, slots=True)
class Visit:
    """How somebody comes: by which link, with which password, in which language, in which request."""

    token: str
    password: str
    request_id: str
    language: str
    key: str = ""
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A link that is open, and the context of what is done by it: the link's own actor, who has no role at all."""

    link: Link
    ctx: Context
    today: date


def opened(installation: Installation, visit: Visit) -> Opened:
    """Return the link of a visit. Raises NotFound, LinkClosed, and Forbidden `public_password`."""
    with installation.database.reading() as tx:
        link = PublicLinks(tx).by_digest(digest_of(visit.token))
    if link is None or not link["active"]:
        raise NotFound("public_link", "")
    now = installation.clock.now()
    origin = f"public_link:{link['id']}"
    actor = Actor(origin, link["title"], language=visit.language)
    ctx = Context(actor, now, visit.request_id, visit.language, visit.key, visit.fingerprint, via=origin)
    today = now.astimezone(ZoneInfo(installation.settings.timezone)).date()
    if state_of(link, now, today) == "expired":
        raise LinkClosed("expired")
    if link["password_hash"] and not installation.hasher.verify(link["password_hash"], visit.password):
        raise Forbidden("read", "public_link", "public_password")
    return Opened(link, ctx, today)


def page(installation: Installation, visit: Visit) -> dict[str, Any]:
    """Return what the page of a link draws: the open fields and no other, the texts, what may be asked. Raises as `opened`."""
    found = opened(installation, visit)
    with reading(installation, found.ctx) as work:
        entity, form, public = offered(work, found)
        work.rights = public_rights(entity, public, targets(entity))
        return {
            "title": in_language(form.title, visit.language),
            "intro": in_language(public.intro, visit.language),
            "done": in_language(public.done, visit.language),
            "closed": state_of(found.link, found.ctx.now, found.today),
            "puzzle": found.link["puzzle"],
            "entity": _drawn(work, entity, form) if public.fields else None,
            "values": _start(work, entity) if public.fields else {},
            "query": _asked(entity, public, visit.language),
        }


def puzzle(installation: Installation, visit: Visit) -> dict[str, Any]:
    """Return a puzzle to be solved before sending. Raises as `opened`."""
    found = opened(installation, visit)
    return {"puzzle": new_puzzle(installation.settings.secret_key, found.link["id"], found.ctx.now)}


def answer(
    installation: Installation, visit: Visit, payload: Mapping[str, object], solution: Mapping[str, str]
) -> dict[str, Any]:
    """Make a record of what somebody filled in; the same key, or the same puzzle, again gets the first answer.

    Raises Invalid with every finding about what was filled in, LinkClosed, Forbidden, NotFound.
    """
    found = opened(installation, visit)
    ctx = _solved(installation, found, solution)

    def act(work: Work) -> dict[str, Any]:
        entity, form, public = offered(work, found)
        foreign = [
            Problem("unknown_key", join("", *place), {"key": str(place[-1])[:80], "hint": ""})
            for place in foreign_keys(form, payload)
        ]
        if foreign or not public.fields:
            raise Invalid(foreign)
        if not PublicLinks(work.tx).take(found.link["id"], ctx.now, found.today):
            raise LinkClosed(state_of(found.link, ctx.now, found.today) or "full")
        work.rights = public_rights(entity, public, targets(entity), sets=True)
        try:
            record, _ = create_record(work, entity, {**payload, **_set(work, entity, public)})
        except Busy:
            raise
        except AutomationFailed as failure:
            raise Invalid([Problem("public_not_acceptable")]) from failure
        except Invalid as refusal:
            raise Invalid(_told(entity, public, refusal.problems)) from refusal
        return {"sent": True, "receipt": list(_receipt(entity, public, record, visit.language))}

    return writing(installation, ctx, act)


def offered(work: Work, found: Opened) -> tuple[Entity, Form, PublicForm]:
    """Return what a link offers by the publication in force. Raises NotFound where it is offered no more."""
    form = work.configuration.forms.get(found.link["form"])
    if form is None or form.public is None:
        raise NotFound("public_link", "")
    return work.entity(form.entity), form, form.public


def targets(entity: Entity) -> list[str]:
    """Return the entities that an entity points at."""
    return [target(entity, field) for _, field in every_field(entity.fields) if FIELD_TYPES[field.type].points_by_to]


def _solved(installation: Installation, found: Opened, solution: Mapping[str, str]) -> Context:
    """Return the context to write in: a puzzle is good for one answer. Raises Forbidden `public_puzzle`."""
    if not found.link["puzzle"]:
        return found.ctx
    given, counter = solution.get("puzzle", ""), solution.get("counter", "")
    if not is_solved(installation.settings.secret_key, found.link["id"], given, counter, found.ctx.now):
        raise Forbidden("create", "public_link", "public_puzzle")
    return replace(found.ctx, idempotency_key=f"puzzle:{given}"[:200])


def _drawn(work: Work, entity: Entity, form: Form) -> dict[str, Any]:
    viewer = Viewer(work.configuration, work.rights, work.ctx.language)
    shown = entity_view(viewer, entity, work.published.number)
    drawn = [one | {"items": _filled(one["items"])} for one in shown["forms"] if one["name"] == form.name]
    return shown | {
        "forms": drawn,
        "views": [],
        "system_fields": [],
        "has_flow": False,
        "has_buttons": False,
        "flow_title": "",
    }


def _filled(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what a form draws without boxes in which nothing is left for a stranger."""
    kept = [one | {"items": _filled(one["items"])} if one.get("items") else one for one in items]
    return [one for one in kept if one["kind"] not in _BOXES or one.get("items")]


def _start(work: Work, entity: Entity) -> dict[str, Any]:
    env = environment(work, References(work), {})
    values, _ = record_values.compute(entity, record_values.fill(entity, {}, env), env)
    return seen_values(entity, values, work.rights.new_access(entity), work.ctx.language)


def _asked(entity: Entity, public: PublicForm, language: str) -> list[dict[str, Any]]:
    names = public.query.by if public.query else ()
    fields = [field for name in names if (field := entity.field(name))]
    return [{"name": one.name, "title": in_language(one.title, language), "type": one.type} for one in fields]


def _set(work: Work, entity: Entity, public: PublicForm) -> dict[str, object]:
    """Return what the form sets, as it would be sent."""
    env, found = asking(work), dict[str, object]()
    for name, formula in public.values.items():
        field = entity.field(name)
        if field is not None:
            value = record_values.from_expression(field, evaluate(formula, env))
            found[name] = None if value is None else FIELD_TYPES[field.type].to_json(value)
    return found


def _receipt(entity: Entity, public: PublicForm, record: Record, language: str) -> Iterator[dict[str, Any]]:
    """Yield what one must know to look the record up later and has not typed: its number, as a rule."""
    for name in public.query.by if public.query else ():
        field, value = entity.field(name), record.values.get(name)
        if field is not None and value is not None and name not in public.fields:
            title = in_language(field.title, language)
            yield {"name": name, "title": title, "value": FIELD_TYPES[field.type].to_json(value)}


def _told(entity: Entity, public: PublicForm, problems: tuple[Problem, ...]) -> list[Problem]:
    """Return findings as a stranger may hear them: about what was asked for, and in words that tell of nothing else."""
    told = {(one.pointer, one.code): one for one in (_in_public(entity, public, one) for one in errors(problems))}
    return list(told.values())


def _in_public(entity: Entity, public: PublicForm, problem: Problem) -> Problem:
    path = ".".join(part for part in split(problem.pointer) if not part.isdigit())
    tables = {one.partition(".")[0] for one in public.fields}
    if path not in public.fields and path not in tables:
        return Problem("public_not_acceptable")
    if problem.code != "rule_violated":
        return problem
    rule = next((one for one in entity.rules if one.name == problem.params.get("rule")), None)
    asked = list(rule.holes.values()) if rule else []
    own = all(set(hole.reads) <= set(public.fields) and not hole.measures for hole in asked)
    return problem if rule and own else Problem("public_not_acceptable", problem.pointer)
