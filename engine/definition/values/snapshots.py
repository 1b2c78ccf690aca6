"""Copies of what another record said, taken when it is chosen and kept ever after."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal

from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Field

Fetch = Callable[[str, str, str], object]


def frozen(
    fields: Sequence[Field], record: Mapping[str, object], old: Mapping[str, object] | None, fetch: Fetch
) -> dict[str, object]:
    """Return the copies of a record or row whose reference is new or has changed; blank where it points at nothing."""
    found: dict[str, object] = {}
    for field in fields:
        if not FIELD_TYPES[field.type].freezes:
            continue
        source = next((one for one in fields if one.name == field.settings.get("of")), None)
        if source is None or (old is not None and record.get(source.name) == old.get(source.name)):
            continue
        key, names = record.get(source.name), field.settings.get("fields")
        several = names if isinstance(names, (list, tuple)) else ()
        taken = {str(name): plain(fetch(source.to, key, str(name))) for name in several} if isinstance(key, str) else {}
        found[field.name] = taken or None
    return found


def plain(value: object) -> object:
    """Return a value as JSON: decimals as text, days and moments in ISO form."""
    match value:
        case str() | bool() | int() | None:
            return value
        case Decimal():
            return format(value, "f")
        case datetime() | date():
            return value.isoformat()
        case time():
            return value.isoformat("seconds" if value.second else "minutes")
        case Mapping():
            return {str(key): plain(part) for key, part in value.items()}
        case list() | tuple():
            return [plain(part) for part in value]
    return str(value)
