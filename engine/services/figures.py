"""Figures: measures along dimensions, within what the actor may see, and the documents behind each of them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from engine.definition.model import Dimension, Measure
from engine.errors import Forbidden, Invalid, NotFound
from engine.expressions import DATE, NUMBER, type_to_json
from engine.problems import Problem
from engine.projection.menu import may_read_measure
from engine.projection.texts import in_language
from engine.services.catalogue import viewer
from engine.services.context import Context
from engine.services.figure_groups import figures_of, measures_for, plain_parts
from engine.services.figure_rows import figure_view, most_telling, named, row_view
from engine.services.installation import Installation
from engine.services.limits.marking import Marked
from engine.services.references import References
from engine.services.work import Work, reading


def rows(installation: Installation, ctx: Context, key: str, query: Mapping[str, Any], where: object) -> dict[str, Any]:
    """Return a measure by dimensions, with labels and the total over everything that `where` leaves."""
    with reading(installation, ctx) as work:
        measure = _measure(work, key)
        by = list(dict.fromkeys(name for name in query["by"].split(",") if name))
        chosen = _where(measure, where)
        dimensions = [_dimension(measure, name) for name in by]
        found = figures_of(work, measure, by, chosen)
        total = figures_of(work, measure, (), chosen)[()] if by else next(iter(found.values()), None)
        chosen_groups = most_telling(found, dimensions, query["limit"])
        references = named(work, dimensions, chosen_groups)
        marks = Marked(work, measure, chosen)
        shown = [
            row_view(work, dimensions, keys, figure_view(measure, value), references)
            | {"alerts": marks.at(by, keys, value)}
            for keys, value in chosen_groups
        ]
        return _head(work, measure, dimensions) | {
            "rows": shown,
            "total": figure_view(measure, total),
            "alerts": marks.whole(total),
            "more": len(found) > query["limit"],
        }


def documents(
    installation: Installation, ctx: Context, key: str, query: Mapping[str, Any], where: object
) -> dict[str, Any]:
    """Return the documents behind a figure with their parts, newest first; of a derived measure those of all its parts."""
    with reading(installation, ctx) as work:
        measure = _measure(work, key)
        chosen = _where(measure, where)
        if measure.formula is not None:
            parts = plain_parts(work, measure, chosen)
            shown = [_source_list(work, part, where, query) for part, where in parts.values()]
            return {"items": [item for one in shown for item in one], "next_cursor": None, "total": None}
        items = _source_list(work, measure, chosen, query)
        more = len(items) == query["limit"]
        total = figures_of(work, measure, (), chosen)[()]
        return {"items": items, "total": figure_view(measure, total), "next_cursor": items[-1]["id"] if more else None}


def _source_list(
    work: Work, measure: Measure, where: Mapping[str, object], query: Mapping[str, Any]
) -> list[dict[str, Any]]:
    found = measures_for(work, measure).documents(measure, where, limit=query["limit"], before=query["cursor"] or None)
    references = References(work)
    for key in {one.entity for one in found}:
        references.prefetch(key, [one.id for one in found if one.entity == key])
    return [_source(work, one.entity, one.id, figure_view(measure, one.value), references) for one in found]


def _source(work: Work, key: str, record_id: str, amount: str | None, references: References) -> dict[str, Any]:
    entity = work.configuration.entities.get(key)
    found = references.get(key, record_id)
    title = in_language(entity.title, work.ctx.language) if entity else key
    name = references.label(key, record_id) if entity else record_id
    told = {
        "entity": key,
        "entity_title": title,
        "id": record_id,
        "record_id": record_id,
        "label": name,
        "amount": amount,
    }
    return told | {"status": (found or {}).get("status", "")}


def _measure(work: Work, key: str) -> Measure:
    found = work.configuration.measures.get(key)
    if found is None:
        raise NotFound("measure", key)
    if not may_read_measure(viewer(work), key):
        raise Forbidden("read", key, "no_grant", found.title)
    return found


def _where(measure: Measure, given: object) -> dict[str, object]:
    """Return the values that dimensions must have. Raises Invalid `unknown_dimension`."""
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise Invalid([Problem("argument_not_json", params={"name": "where"})])
    found: dict[str, object] = {}
    for name, value in given.items():
        if value not in (None, ""):
            found[str(name)] = _canonical(_dimension(measure, str(name)), value)
    return found


def _canonical(dimension: Dimension, value: object) -> object:
    readers: dict[object, Callable[[str], object]] = {DATE: date.fromisoformat, NUMBER: _number}
    reader = readers.get(dimension.type)
    if isinstance(value, (Mapping, list)) or "\0" in str(value):
        # No text holds a NUL: PostgreSQL refuses it.
        raise _not_of_type(dimension)
    try:
        return reader(str(value)) if reader else value
    except (ValueError, InvalidOperation):
        raise _not_of_type(dimension) from None


def _not_of_type(dimension: Dimension) -> Invalid:
    told = {"expected": type_to_json(dimension.type)}
    return Invalid([Problem("wrong_type", f"/where/{dimension.name}", told)])


def _number(text: str) -> Decimal:
    number = Decimal(text)
    if not number.is_finite():
        raise ValueError(text)
    return number


def _dimension(measure: Measure, name: str) -> Dimension:
    found = next((one for one in measure.dimensions if one.name == name), None)
    if found is None:
        raise Invalid([Problem("unknown_dimension", params={"measure": measure.key, "dimension": name})])
    return found


def _head(work: Work, measure: Measure, dimensions: Sequence[Dimension]) -> dict[str, Any]:
    language = work.ctx.language
    told = {
        "measure": measure.key,
        "title": in_language(measure.title, language),
        "unit": in_language(measure.unit, language),
        "scale": measure.scale,
    }
    return told | {
        "dimensions": [
            {"name": one.name, "title": in_language(one.title, language), "type": type_to_json(one.type), "to": one.to}
            for one in dimensions
        ]
    }
