"""Groups of a figure as they are shown: which of them, what their keys are called, and how a figure is written."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from engine.definition.model import Dimension, Measure
from engine.projection.texts import in_language
from engine.services.figure_groups import Group, Keys
from engine.services.filters import to_json
from engine.services.reach import names_itself
from engine.services.references import USER, References, display_fields
from engine.services.work import Work


def most_telling(found: Mapping[Keys, Decimal | None], dimensions: Sequence[Dimension], limit: int) -> list[Group]:
    """Return at most `limit` groups in a stable order: texts, dates and numbers rising, blanks last.

    Where there are more, things (what a reference or an option names) keep the greatest figures, and times the latest.
    """
    ordered = sorted(found.items(), key=lambda one: tuple((key is None, str(to_json(key))) for key in one[0]))
    if len(ordered) <= limit:
        return ordered
    if dimensions and not (dimensions[0].to or dimensions[0].options):
        return ordered[-limit:]
    greatest = {keys for keys, _ in sorted(ordered, key=lambda one: abs(one[1] or Decimal(0)), reverse=True)[:limit]}
    return [one for one in ordered if one[0] in greatest]


def named(work: Work, dimensions: Sequence[Dimension], groups: Sequence[Group]) -> References:
    """Return what the keys of groups point at, read together: one statement for each dimension that is a reference."""
    references = References(work)
    for place, dimension in enumerate(dimensions):
        if dimension.to in work.configuration.entities or dimension.to == USER:
            references.prefetch(dimension.to, [str(keys[place]) for keys, _ in groups if keys[place] is not None])
    return references


def row_view(
    work: Work, dimensions: Sequence[Dimension], keys: Keys, value: str | None, references: References
) -> dict[str, Any]:
    """Return one group with the names of its keys."""
    named = dict(zip([one.name for one in dimensions], keys, strict=True))
    labels = {one.name: _key_label(work, one, named[one.name], references) for one in dimensions}
    return {"keys": to_json(named), "labels": labels, "value": value}


def _key_label(work: Work, dimension: Dimension, value: object, references: References) -> str:
    if value is None:
        return ""
    if dimension.to in work.configuration.entities or dimension.to == USER:
        found = references.get(dimension.to, str(value))
        names = [str((found or {}).get(name) or "") for name in reversed(_names(work, dimension.to))]
        return " ".join(name for name in names if name) or str(value)
    options = {option.value: option.title for option in dimension.options}
    return in_language(options[str(value)], work.ctx.language) if str(value) in options else str(to_json(value))


def _names(work: Work, shape: str) -> tuple[str, ...]:
    entity = work.configuration.entities.get(shape)
    return names_itself(work, entity) if entity else display_fields(work.configuration, shape)


def figure_view(measure: Measure, value: Decimal | None) -> str | None:
    """Return a figure as text with the places that its measure has, halves rounded away from zero."""
    if value is None:
        return None
    return f"{value.quantize(Decimal(1).scaleb(-measure.scale), ROUND_HALF_UP):f}"
