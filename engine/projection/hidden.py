"""What a person may not see of an entity, kept out of everything that is told about it."""

from collections.abc import Mapping
from dataclasses import replace

from engine.definition.model import Access, Entity, Field
from engine.expressions import Compiled


def without_hidden(entity: Entity, access: Mapping[str, Access]) -> Entity:
    """Return an entity that has only the fields that may be seen, in rows too."""
    return replace(entity, fields=_seen(entity.fields, access, ""))


def reads_hidden(compiled: Compiled | None, access: Mapping[str, Access], table: str = "") -> bool:
    """Say whether an expression reads something hidden or masked; inside rows of `table` bare names may be the row's or those around it."""
    hidden = {path for path, allowed in access.items() if allowed in ("hidden", "mask")}
    if compiled is None or not hidden:
        return False
    paths = {path for read in compiled.reads for path in beginnings(read)}
    around = beginnings(table) if table else []
    if hidden & set(around):
        # Whose rows are hidden sees nothing of what is worked out from them.
        return True
    return bool(hidden & (paths | {f"{outer}.{path}" for path in paths for outer in around}))


def is_hidden(path: str, access: Mapping[str, Access]) -> bool:
    """Say whether a path is hidden, or lies in rows that are."""
    return any(access.get(outer) == "hidden" for outer in beginnings(path))


def beginnings(path: str) -> list[str]:
    """Return a path and those above it: hiding rows hides their columns."""
    names = path.split(".")
    return [".".join(names[:end]) for end in range(1, len(names) + 1)]


def _seen(fields: tuple[Field, ...], access: Mapping[str, Access], prefix: str) -> tuple[Field, ...]:
    return tuple(
        replace(field, fields=_seen(field.fields, access, f"{prefix}{field.name}.")) if field.is_table else field
        for field in fields
        if access.get(prefix + field.name) != "hidden"
    )
