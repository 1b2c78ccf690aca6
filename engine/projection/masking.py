"""Values as they look to those who may see them only in part, on the way out and on the way back."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from engine.definition.field_types import FIELD_TYPES
from engine.definition.field_types.masks import DOT, DOTS
from engine.definition.model import Entity, Field
from engine.definition.rows import rows_of
from engine.definition.values import dump
from engine.problems import Problem


def masked_paths(access: Mapping[str, str]) -> frozenset[str]:
    """Return the paths that are seen masked."""
    return frozenset(path for path, allowed in access.items() if allowed == "mask")


def mask(value: object, field: Field, language: str) -> object:
    """Return how a JSON value looks masked; what is blank stays blank, what is masked already stays as it is."""
    if value is None or (isinstance(value, str) and DOT in value):
        return value
    kind = FIELD_TYPES[field.type]
    canonical = kind.coerce(value, field)
    return DOTS if isinstance(canonical, Problem) or canonical is None else kind.mask(canonical, field, language)


def with_masks(entity: Entity, values: Mapping[str, Any], access: Mapping[str, str], language: str) -> dict[str, Any]:
    """Return JSON values of a record with the masked ones masked, in rows too."""
    return _masked(entity.fields, values, masked_paths(access), language, "") if masked_paths(access) else dict(values)


def _masked(
    fields: Sequence[Field], values: Mapping[str, Any], paths: frozenset[str], language: str, prefix: str
) -> dict[str, Any]:
    shown = dict(values)
    for field in fields:
        if field.name not in shown:
            continue
        path, value = prefix + field.name, shown[field.name]
        if field.is_table and isinstance(value, list):
            shown[field.name] = [_masked(field.fields, row, paths, language, f"{path}.") for row in value]
        elif path in paths:
            shown[field.name] = mask(value, field, language)
    return shown


def guarded(entity: Entity, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return JSON values with those masked that are encrypted where they are stored: what may be written down elsewhere."""
    paths = entity.once((__name__, "guarded"), lambda one: frozenset(_guarded_paths(one.fields, "")))
    return _masked(entity.fields, values, paths, "zh-CN", "") if paths else dict(values)


def guarded_pair(
    entity: Entity, before: Mapping[str, object], after: Mapping[str, object]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return two states of canonical values as JSON with guarded ones masked; those that changed never look the same."""
    old, new = guarded(entity, dump(entity, before)), guarded(entity, dump(entity, after))
    _tell_apart(entity.fields, (before, after), old, new)
    return old, new


def _tell_apart(
    fields: Sequence[Field],
    states: tuple[Mapping[str, object], Mapping[str, object]],
    old: dict[str, Any],
    new: Mapping[str, Any],
) -> None:
    before, after = states
    for field in fields:
        name = field.name
        if field.is_table:
            known = {
                row["id"]: (row, shown)
                for row, shown in zip(rows_of(before.get(name)), old.get(name, ()), strict=False)
            }
            for row, shown in zip(rows_of(after.get(name)), new.get(name, ()), strict=False):
                if row.get("id") in known:
                    former, told = known[row["id"]]
                    _tell_apart(field.fields, (former, row), told, shown)
        elif before.get(name) != after.get(name) and old.get(name) == new.get(name):
            # Only what is masked looks the same and is not.
            old[name] = f"{old.get(name)}{DOT}"


def _guarded_paths(fields: Sequence[Field], prefix: str) -> Iterator[str]:
    for field in fields:
        if field.is_table:
            yield from _guarded_paths(field.fields, f"{prefix}{field.name}.")
        elif FIELD_TYPES[field.type].is_guarded(field):
            yield prefix + field.name


def without_masks(
    entity: Entity, payload: Mapping[str, Any], before: Mapping[str, Any], access: Mapping[str, str], language: str
) -> Mapping[str, Any]:
    """Return a payload less the masked values that came back as they were shown: they are no change.

    `before` are the JSON values that are stored.
    """
    paths = masked_paths(access)
    return _unmasked(entity.fields, payload, before, paths, language, "") if paths else payload


def _unmasked(
    fields: Sequence[Field],
    payload: Mapping[str, Any],
    before: Mapping[str, Any],
    paths: frozenset[str],
    language: str,
    prefix: str,
) -> dict[str, Any]:
    kept = dict(payload)
    for field in fields:
        if field.name not in kept:
            continue
        path, value, stored = prefix + field.name, kept[field.name], before.get(field.name)
        if field.is_table and isinstance(value, list):
            by_id = {row.get("id"): row for row in stored or [] if isinstance(row, dict)}
            kept[field.name] = [
                _unmasked(field.fields, row, by_id.get(_key(row), {}), paths, language, f"{path}.")
                if isinstance(row, dict)
                else row
                for row in value
            ]
        elif path in paths and value == mask(stored, field, language):
            del kept[field.name]
    return kept


def _key(row: Mapping[str, Any]) -> str | None:
    key = row.get("id")
    return key if isinstance(key, str) else None
