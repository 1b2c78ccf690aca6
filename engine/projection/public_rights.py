"""What a stranger with a link may do: make one record of the fields that the form names, see nothing else, and pick what its references name."""

from collections.abc import Iterable, Iterator

from engine.definition.model import Access, Entity, Field, Form, Grant, PublicForm
from engine.definition.rows import every_field
from engine.projection.rights import Rights

STRANGER = "public"
"""The role of whoever comes by a link: it has no dot, so no module's role is called so, and no grant of a module names it."""


def public_rights(entity: Entity, public: PublicForm, targets: Iterable[str], *, sets: bool = False) -> Rights:
    """Return the rights; with `sets` also to write what the form sets for the stranger."""
    opened = set(public.fields) | (set(public.values) if sets else set())
    opened |= {path.rpartition(".")[0] for path in opened if "." in path}
    closed: dict[str, Access] = {path: "hidden" for path, _ in every_field(entity.fields) if path not in opened}
    own = Grant(STRANGER, entity.key, frozenset({"create"}), fields=closed)
    seen = (Grant(STRANGER, key, frozenset({"read"})) for key in targets if key != entity.key)
    return Rights((own, *seen), frozenset({STRANGER}))


def public_field(entity: Entity, public: PublicForm, path: str) -> Field | None:
    """Return a field that strangers may fill, None where they may not."""
    return entity.at(path) if path in public.fields else None


def foreign_keys(form: Form, payload: object) -> Iterator[tuple[str | int, ...]]:
    """Yield the places of what was sent and is not asked for: to a stranger a field that is not shown is none that there is."""
    public = form.public
    if public is None or not isinstance(payload, dict):
        return
    tables = {path.partition(".")[0] for path in public.fields if "." in path}
    for name, value in payload.items():
        if name not in tables and name not in public.fields:
            yield (str(name),)
        elif name in tables and isinstance(value, list):
            for index, row in enumerate(value):
                names = row if isinstance(row, dict) else {}
                yield from ((str(name), index, str(one)) for one in names if f"{name}.{one}" not in public.fields)
