"""Reference pickers: what may be chosen, found by name or code while it is typed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Entity
from engine.definition.rows import above, row_shape
from engine.errors import NotFound
from engine.expressions import Compiled
from engine.problems import Problem
from engine.services.context import Context
from engine.services.evaluation import asking
from engine.services.filters import condition_of
from engine.services.installation import Installation
from engine.services.reach import closed_paths, names_itself
from engine.services.references import DEPARTMENT, USER
from engine.services.work import Work, reading
from engine.storage.queries import Queries, Query
from engine.storage.search_text import SEARCH, searched_fields


def options(
    installation: Installation, ctx: Context, key: str, given: Mapping[str, Any], record: object
) -> dict[str, Any]:
    """Return what a picker offers: records that the field's filter allows and whose name or code holds the text."""
    with reading(installation, ctx) as work:
        ids = [part for part in given["ids"].split(",") if part]
        if key in {USER, DEPARTMENT}:
            raise NotFound("entity", key)
        entity = work.entity(key)
        shown = names_itself(work, entity) or ("id",)
        open_names = len(searched_fields(entity)) == len(set(searched_fields(entity)) - closed_paths(work, entity))
        expressions, env = _picking(work, given["field"], record)
        where = condition_of(work, entity, {"field": "id", "op": "in", "value": ids}) if ids else None
        # The name of a shared record is told, and it is found by it, where the share opens it.
        by = (*shown, *(searched_fields(entity) if given["q"] and open_names else ()))
        query = Query(
            where=where,
            expressions=() if ids else expressions,
            scopes=work.scopes("read", entity, by),
            search=given["q"],
            search_in=(*shown, SEARCH) if open_names else shown,
            sort=(shown[-1],),
            limit=given["limit"],
            fields=shown,
            environment=env,
        )
        found = Queries(work.tx, work.tables).page(key, query)
        return {
            "items": [
                {
                    "id": item.id,
                    "label": str(item.values.get(shown[0]) or item.id),
                    "hint": str(item.values.get(shown[-1]) or "") if len(shown) > 1 else "",
                }
                for item in found.items
            ]
        }


def _picking(work: Work, asked: str, record: object) -> tuple[tuple[Compiled, ...], Any]:
    """Return the filter of the field that asks (`module.entity.path`), and what it sees: the record being edited as RECORD."""
    env = asking(work)
    module, _, rest = asked.partition(".")
    name, _, path = rest.partition(".")
    entity = work.configuration.entities.get(f"{module}.{name}")
    field = entity.at(path) if entity and path else None
    if entity is None or field is None or field.filter is None:
        return (), env
    values = record if isinstance(record, Mapping) else {}
    return (field.filter,), replace(env, values={**env.values, "RECORD": _canonical(entity, above(path), values)})


def _canonical(entity: Entity, table: str, values: Mapping[str, object]) -> dict[str, object]:
    """Return what was typed so far as values, of the record and the rows that lead to `table`; what cannot be read yet is blank."""
    found: dict[str, object] = {}
    shape = row_shape(entity, table) if table else None
    for one in (*entity.fields, *(child for rows in (shape.chain if shape else ()) for child in rows.fields)):
        value = values.get(one.name)
        canonical = FIELD_TYPES[one.type].coerce(value, one) if value is not None and not one.is_table else None
        found[one.name] = None if isinstance(canonical, Problem) else canonical
    return found
