"""The value that existing records get when a field is added: its constant default, where it has one."""

from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation

from engine.definition.model import Field
from engine.storage.types import stored_kind


def fill_of(field: Field) -> object:
    """Return a field's JSON Schema `default` as it is stored, None where there is none or where it does not fit."""
    default = field.schema.get("default")
    if default is None or field.formula:
        return None
    kind = stored_kind(field).kind
    try:
        return _converted(kind, default)
    except (ValueError, InvalidOperation):
        return None


def _converted(kind: str, default: object) -> object:
    match kind:
        case "decimal" | "wide":
            return Decimal(str(default))
        case "date":
            return date.fromisoformat(str(default))
        case "time":
            return time.fromisoformat(str(default))
        case "datetime":
            moment = datetime.fromisoformat(str(default))
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return default
