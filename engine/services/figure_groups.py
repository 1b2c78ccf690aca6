"""Measures by their dimensions: plain ones asked of the database, derived ones worked out from their parts, group by group."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from engine.definition.model import Measure
from engine.definition.rows import source_parts
from engine.errors import Forbidden
from engine.expressions import Compiled, Environment, ExpressionError, evaluate
from engine.services.evaluation import asking, derived
from engine.services.figure_series import Ask, figures_along, periods_behind
from engine.services.work import Work
from engine.storage.measures import Measures

Keys = tuple[object, ...]
Group = tuple[Keys, Decimal | None]


def figures_of(
    work: Work, measure: Measure, by: Sequence[str], where: Mapping[str, object]
) -> dict[Keys, Decimal | None]:
    """Return a measure by the values of its dimensions. A derived one is worked out from its parts, group by group."""
    if measure.formula is None:
        return {row.dimensions: row.value for row in measures_for(work, measure).rows(measure, by, where)}
    if measure.along is not None:
        return figures_along(measure.along, by, where, _itself(work, measure))
    parts = {name: work.configuration.measure(name, measure.module) for name in measure.formula.measures}
    figures = {name: figures_of(work, part, _own(part, by), narrowed(part, where)) for name, part in parts.items()}
    fixed: dict[tuple[str, tuple[tuple[str, object], ...]], dict[Keys, Decimal | None]] = {}
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
            own = [one for one in _own(part, by) if one not in given]
            place = tuple(named[one] for one in own)
            if not given:
                return figures[key].get(place, _nothing(part))
            if None in given.values():
                return None
            asked = (key, tuple(sorted(given.items())))
            if asked not in fixed:
                fixed[asked] = figures_of(work, part, own, {**narrowed(part, where), **given})
            return fixed[asked].get(place, _nothing(part))

        found[keys] = _worked_out(measure.formula, derived(asking(work), measure, {}, port))
    return found


def plain_parts(
    work: Work, measure: Measure, where: Mapping[str, object]
) -> dict[tuple[str, str], tuple[Measure, Mapping[str, object]]]:
    """Return the plain measures behind a figure, each with the conditions under which it stands there."""
    if measure.formula is None:
        own = narrowed(measure, where)
        return {(measure.key, repr(sorted(own.items(), key=str))): (measure, own)}
    if measure.along is not None and measure.along.dimension in where:
        name = measure.along.dimension
        behind = periods_behind(measure.along, where[name], _itself(work, measure), where)
        where = {**where, name: behind}
    asked: list[tuple[str, Mapping[str, object]]] = []

    def port(name: str, given: Mapping[str, object]) -> Decimal | None:
        asked.append((name, given))
        return Decimal(1)

    _worked_out(measure.formula, derived(asking(work), measure, {}, port))
    asked += [(name, {}) for name in sorted(measure.formula.measures - {name for name, _ in asked})]
    found: dict[tuple[str, str], tuple[Measure, Mapping[str, object]]] = {}
    for name, given in asked:
        part = work.configuration.measure(name, measure.module)
        found |= plain_parts(work, part, {**narrowed(part, where), **given})
    return found


def _itself(work: Work, measure: Measure) -> Ask:
    plain = replace(measure, along=None)
    return lambda by, where: figures_of(work, plain, by, where)


def _worked_out(formula: Compiled, env: Environment) -> Decimal | None:
    """Return a group's figure; where it cannot be worked out (a share of nothing) there is none."""
    try:
        value = evaluate(formula, env)
    except ExpressionError:
        return None
    return value if isinstance(value, Decimal) else None


def measures_for(work: Work, measure: Measure) -> Measures:
    """Return the measures over the records that the actor's roles let be read; what was shared is none of them. Raises Forbidden."""
    source = work.entity(source_parts(measure.source)[0])
    if not work.rights.by_role.may("read", source.key):
        raise Forbidden("read", source.key, "no_grant", source.title)
    return Measures(work.tx, work.tables, asking(work), work.scopes("read", source, shared=False))


def _own(part: Measure, by: Sequence[str]) -> list[str]:
    """Return those dimensions that a part has: a plan without months stands beside actual figures by month as a whole."""
    known = {one.name for one in part.dimensions}
    return [name for name in by if name in known]


def narrowed(part: Measure, where: Mapping[str, object]) -> dict[str, object]:
    """Return those conditions that a part can meet: the ones on dimensions that it has."""
    return {name: where[name] for name in _own(part, list(where))}


def _nothing(part: Measure) -> Decimal | None:
    return Decimal(0) if part.aggregate in {"sum", "count"} else None
