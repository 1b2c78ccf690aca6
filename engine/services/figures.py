"""Figures: measures along dimensions, within what the actor may see, and the documents behind each of them."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from engine.definition.model import Dashboard, Dimension, Measure
from engine.errors import Forbidden, Invalid, NotFound
from engine.expressions import DATE, NUMBER, evaluate, type_to_json
from engine.problems import Problem
from engine.projection.texts import in_language
from engine.services.context import Context
from engine.services.evaluation import derived
from engine.services.filters import to_json
from engine.services.installation import Installation
from engine.services.reading import asking
from engine.services.references import USER, References, display_fields, label
from engine.services.work import Work, reading
from engine.storage.measures import MeasuredRow, Measures

Keys = tuple[object, ...]


def rows(installation: Installation, ctx: Context, key: str, query: Mapping[str, Any], where: object) -> dict[str, Any]:
    """Return a measure by dimensions, with labels and the total over everything that `where` leaves."""
    with reading(installation, ctx) as work:
        measure = _measure(work, key)
        by = [name for name in query["by"].split(",") if name]
        chosen = _where(measure, where)
        dimensions = [_dimension(measure, name) for name in by]
        found = _figures(work, measure, by, chosen)
        total = _figures(work, measure, (), chosen)[()] if by else next(iter(found.values()), None)
        references = References(work)
        shown = [
            _row(work, dimensions, keys, _figure(measure, value), references)
            for keys, value in _ordered(found, dimensions)
        ][: query["limit"]]
        return _head(work, measure, dimensions) | {
            "rows": shown,
            "total": _figure(measure, total),
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
            parts = [work.configuration.measure(name, measure.module) for name in sorted(measure.formula.measures)]
            shown = [_source_list(work, part, _narrowed(part, chosen), query) for part in parts]
            return {"items": [item for one in shown for item in one], "next_cursor": None, "total": None}
        items = _source_list(work, measure, chosen, query)
        more = len(items) == query["limit"]
        total = _figures(work, measure, (), chosen)[()]
        return {"items": items, "total": _figure(measure, total), "next_cursor": items[-1]["id"] if more else None}


def dashboard(installation: Installation, ctx: Context, key: str) -> dict[str, Any]:
    """Return a dashboard's widgets as far as the actor may see their measures. Raises NotFound, Forbidden."""
    with reading(installation, ctx) as work:
        found = work.configuration.dashboards.get(key)
        if found is None:
            raise NotFound("dashboard", key)
        shown = [_widget(work, one) for one in found.widgets if all(_may_see(work, name) for name in one.measures)]
        if not shown:
            raise Forbidden("read", key, "no_grant", found.title)
        return {
            "key": key,
            "title": in_language(found.title, ctx.language),
            "filters": _filters(work, found),
            "widgets": shown,
        }


def _figures(
    work: Work, measure: Measure, by: Sequence[str], where: Mapping[str, object]
) -> dict[Keys, Decimal | None]:
    """Return a measure by the values of its dimensions. A derived one is worked out from its parts, group by group."""
    if measure.formula is None:
        return {row.dimensions: row.value for row in _stored(work, measure, by, where)}
    parts = {name: work.configuration.measure(name, measure.module) for name in measure.formula.measures}
    figures = {name: _figures(work, part, _own(part, by), _narrowed(part, where)) for name, part in parts.items()}
    groups = dict.fromkeys(
        keys for name, part in parts.items() if len(_own(part, by)) == len(by) for keys in figures[name]
    )
    if not by:
        groups = {(): None}
    found: dict[Keys, Decimal | None] = {}
    for keys in groups:
        named = dict(zip(by, keys, strict=True))

        def port(name: str, given: Mapping[str, object], named: Mapping[str, object] = named) -> Decimal | None:
            part = parts.get(name) or work.configuration.measure(name, measure.module)
            key = next(one for one, value in parts.items() if value.key == part.key)
            return figures[key].get(tuple(named[one] for one in _own(part, by)), _nothing(part))

        value = evaluate(measure.formula, derived(asking(work), measure, {**where, **named}, port))
        found[keys] = value if isinstance(value, Decimal) else None
    return found


def _stored(work: Work, measure: Measure, by: Sequence[str], where: Mapping[str, object]) -> tuple[MeasuredRow, ...]:
    source = work.entity(measure.source.partition("/")[0])
    work.require("read", source)
    return Measures(work.tx, work.tables, asking(work), work.scopes("read", source)).rows(measure, by, where)


def _own(part: Measure, by: Sequence[str]) -> list[str]:
    """Return those dimensions that a part has: a plan without months stands beside actual figures by month as a whole."""
    known = {one.name for one in part.dimensions}
    return [name for name in by if name in known]


def _narrowed(part: Measure, where: Mapping[str, object]) -> dict[str, object]:
    return {name: where[name] for name in _own(part, list(where))}


def _nothing(part: Measure) -> Decimal | None:
    return Decimal(0) if part.aggregate in {"sum", "count"} else None


def _source_list(
    work: Work, measure: Measure, where: Mapping[str, object], query: Mapping[str, Any]
) -> list[dict[str, Any]]:
    source = work.entity(measure.source.partition("/")[0])
    work.require("read", source)
    measures = Measures(work.tx, work.tables, asking(work), work.scopes("read", source))
    found = measures.documents(measure, where, limit=query["limit"], before=query["cursor"] or None)
    references = References(work)
    for key in {one.entity for one in found}:
        references.prefetch(key, [one.id for one in found if one.entity == key])
    return [_source(work, one.entity, one.id, _figure(measure, one.value), references) for one in found]


def _source(work: Work, key: str, record_id: str, amount: str | None, references: References) -> dict[str, Any]:
    entity = work.configuration.entities.get(key)
    found = references.get(key, record_id)
    title = in_language(entity.title, work.ctx.language) if entity else key
    name = label(work.configuration, key, found, record_id) if entity else record_id
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
    if not _may_see(work, key):
        raise Forbidden("read", key, "no_grant", found.title)
    return found


def _may_see(work: Work, key: str) -> bool:
    return all(work.rights.may("read", entity) for entity in work.configuration.sources_of(key))


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
    if dimension.type == DATE:
        return date.fromisoformat(str(value))
    return Decimal(str(value)) if dimension.type == NUMBER else value


def _dimension(measure: Measure, name: str) -> Dimension:
    found = next((one for one in measure.dimensions if one.name == name), None)
    if found is None:
        raise Invalid([Problem("unknown_dimension", params={"measure": measure.key, "dimension": name})])
    return found


def _row(
    work: Work, dimensions: Sequence[Dimension], keys: Keys, value: str | None, references: References
) -> dict[str, Any]:
    named = dict(zip([one.name for one in dimensions], keys, strict=True))
    labels = {one.name: _key_label(work, one, named[one.name], references) for one in dimensions}
    return {"keys": to_json(named), "labels": labels, "value": value}


def _key_label(work: Work, dimension: Dimension, value: object, references: References) -> str:
    if value is None:
        return ""
    if dimension.to in work.configuration.entities or dimension.to == USER:
        found = references.get(dimension.to, str(value))
        names = [
            str((found or {}).get(name) or "") for name in reversed(display_fields(work.configuration, dimension.to))
        ]
        return " ".join(name for name in names if name) or str(value)
    options = {option.value: option.title for option in dimension.options}
    return in_language(options[str(value)], work.ctx.language) if str(value) in options else str(to_json(value))


def _figure(measure: Measure, value: Decimal | None) -> str | None:
    """Return a figure as text with the places that its measure has, halves rounded away from zero."""
    if value is None:
        return None
    return f"{value.quantize(Decimal(1).scaleb(-measure.scale), ROUND_HALF_UP):f}"


def _ordered(
    found: Mapping[Keys, Decimal | None], dimensions: Sequence[Dimension]
) -> list[tuple[Keys, Decimal | None]]:
    """Return groups in a stable order: texts, dates and numbers rising, blanks last."""
    return sorted(found.items(), key=lambda one: tuple((key is None, str(to_json(key))) for key in one[0]))


def _head(work: Work, measure: Measure, dimensions: Sequence[Dimension]) -> dict[str, Any]:
    language = work.ctx.language
    told = {
        "measure": measure.key,
        "title": in_language(measure.title, language),
        "unit": measure.unit,
        "scale": measure.scale,
    }
    return told | {
        "dimensions": [
            {"name": one.name, "title": in_language(one.title, language), "type": type_to_json(one.type), "to": one.to}
            for one in dimensions
        ]
    }


def _widget(work: Work, widget: Any) -> dict[str, Any]:
    names = ("name", "kind", "chart", "width", "format", "limit")
    shown = {name: getattr(widget, name) for name in names} | {"title": in_language(widget.title, work.ctx.language)}
    levels = [{"from": bound, "tone": tone} for bound, tone in widget.levels]
    measures = [
        {
            "key": key,
            "title": in_language(work.configuration.measures[key].title, work.ctx.language),
            "unit": work.configuration.measures[key].unit,
        }
        for key in widget.measures
    ]
    return shown | {
        "measures": list(widget.measures),
        "measure_titles": measures,
        "by": list(widget.by),
        "levels": levels,
    }


def _filters(work: Work, found: Dashboard) -> list[dict[str, Any]]:
    return [
        {"dimension": one.dimension, "title": in_language(one.title, work.ctx.language), "to": one.to}
        for one in found.filters
    ]
