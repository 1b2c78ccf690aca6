"""What somebody with a link may look up: choices of the form's own references, and records by the exact values that the form names."""

from collections.abc import Iterator, Mapping
from typing import Any

from engine.definition.compiling.public_forms import STATUS
from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Entity, Field, PublicQuery
from engine.errors import Invalid, NotFound
from engine.paths import join
from engine.problems import Problem
from engine.projection.public_rights import public_field
from engine.projection.system_fields import system_title
from engine.projection.texts import in_language
from engine.services.evaluation import asking
from engine.services.installation import Installation
from engine.services.public_forms import Visit, offered, opened
from engine.services.references import References, display_fields, target
from engine.services.work import Work, reading
from engine.storage.conditions import And, Leaf
from engine.storage.queries import Queries, Query
from engine.storage.records import Record
from engine.storage.row_scopes import EVERYTHING

MOST_CHOICES = 20
MOST_FOUND = 20


def options(installation: Installation, visit: Visit, path: str, text: str, ids: str) -> dict[str, Any]:
    """Return what a reference of the form may be: what its filter leaves, by name alone. Raises NotFound for any other field."""
    found = opened(installation, visit)
    with reading(installation, found.ctx) as work:
        entity, _, public = offered(work, found)
        field = public_field(entity, public, path)
        if field is None or field.filter is None or not FIELD_TYPES[field.type].points_by_to:
            raise NotFound("field", path)
        shape = target(entity, field)
        name = display_fields(work.configuration, shape)[0]
        wanted = tuple(part for part in ids.split(",") if part)
        query = Query(
            where=Leaf("id", "in", wanted) if wanted else None,
            expressions=(field.filter,),
            scopes=EVERYTHING,
            search=text,
            search_in=(name,),
            sort=(name,),
            limit=MOST_CHOICES,
            fields=(name,),
            environment=asking(work),
        )
        items = Queries(work.tx, work.tables).page(shape, query).items
        return {"items": [{"id": one.id, "label": str(one.values.get(name) or one.id), "hint": ""} for one in items]}


def query(installation: Installation, visit: Visit, given: Mapping[str, object]) -> dict[str, Any]:
    """Return the shown fields of the records that have exactly the values given. Raises Invalid where one is missing, NotFound."""
    found = opened(installation, visit)
    with reading(installation, found.ctx) as work:
        entity, _, public = offered(work, found)
        if public.query is None:
            raise NotFound("public_query", "")
        values, problems = _exactly(entity, public.query, given)
        if problems:
            raise Invalid(problems)
        asked = Query(
            where=And(tuple(Leaf(name, "eq", value) for name, value in values.items())),
            expressions=(public.query.where,) if public.query.where else (),
            scopes=EVERYTHING,
            limit=MOST_FOUND,
            environment=asking(work),
        )
        ids = Queries(work.tx, work.tables).ids(entity.key, asked)
        records = work.records.get_many(entity.key, list(ids))
        shown = public.query.show
        return {"items": [list(_shown(work, entity, records[one], shown)) for one in ids if one in records]}


def _exactly(
    entity: Entity, asked: PublicQuery, given: Mapping[str, object]
) -> tuple[dict[str, object], list[Problem]]:
    values: dict[str, object] = {}
    problems = [
        Problem("unknown_key", join("", str(name)), {"key": str(name)[:80], "hint": ""})
        for name in given
        if name not in asked.by
    ]
    for field in (entity.field(name) for name in asked.by):
        if field is None:
            continue
        told = given.get(field.name)
        value = FIELD_TYPES[field.type].coerce(told, field) if told not in (None, "") else None
        if value is None or isinstance(value, Problem):
            problems.append(Problem("required", join("", field.name), {"field": field.name, "title": field.title}))
        else:
            values[field.name] = value
    return values, problems


def _shown(work: Work, entity: Entity, record: Record, names: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    references = References(work)
    for name in names:
        field = entity.field(name)
        if name == STATUS:
            title = in_language(system_title(name), work.ctx.language)
            yield {"name": name, "title": title, "type": "status", "value": record.status}
        elif field is not None:
            title = in_language(field.title, work.ctx.language)
            yield {
                "name": name,
                "title": title,
                "type": field.type,
                "value": _value(work, entity, field, record, references),
            }


def _value(work: Work, entity: Entity, field: Field, record: Record, references: References) -> object:
    """Return a value as it is read: a choice by its title, what is pointed at by its name."""
    value = record.values.get(field.name)
    if value is None:
        return None
    if FIELD_TYPES[field.type].points_by_to:
        return references.label(target(entity, field), str(value))
    chosen = next((one for one in field.options if one.value == value), None)
    return in_language(chosen.title, work.ctx.language) if chosen else FIELD_TYPES[field.type].to_json(value)
