"""References by what people call things: code, name or any unique value, looked up together for many rows."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Entity, Field
from engine.problems import Problem
from engine.services.evaluation import asking
from engine.services.reach import closed_paths
from engine.services.references import DEPARTMENT, USER, display_fields, is_pointing, target
from engine.services.work import Work
from engine.storage.accounts import Account
from engine.storage.conditions import Leaf
from engine.storage.queries import Queries, Query

_BETWEEN = re.compile("[、,，;；\n]")
_MOST = 2000


@dataclass(frozen=True, slots=True)
class Pointer:
    """Which things a column points at, and by which of their fields; "" for any that names one."""

    shape: str
    by: str = ""
    many: bool = False


def pointer_of(entity: Entity, field: Field, by: str) -> Pointer | None:
    """Return what a field points at, None where it points at nothing."""
    if not is_pointing(field):
        return None
    return Pointer(target(entity, field), by, many=FIELD_TYPES[field.type].column(field).kind == "json")


class Pointers:
    """Finds what texts mean, within what the actor may choose; what was found is kept."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._found: dict[tuple[str, str, str], set[str]] = {}

    def learn(self, wanted: Iterable[tuple[Pointer, str]]) -> None:
        """Look texts up: few statements for each kind of thing."""
        texts: dict[tuple[str, str], set[str]] = {}
        for pointer, text in wanted:
            for part in _parts(pointer, text):
                if (pointer.shape, pointer.by, part) not in self._found:
                    texts.setdefault((pointer.shape, pointer.by), set()).add(part)
        for (shape, by), asked in texts.items():
            for part in asked:
                self._found[shape, by, part] = set()
            for path in self._paths(shape, by):
                self._look_up(shape, by, path, sorted(asked))

    def value(self, pointer: Pointer, text: str, field: Field) -> object:
        """Return the id, or ids, that a text means, or the Problem that it means none or several."""
        found: list[str] = []
        for part in _parts(pointer, text):
            ids = self._found.get((pointer.shape, pointer.by, part), set())
            told = {"field": field.title, "value": part, "count": len(ids)}
            if len(ids) != 1:
                return Problem("label_ambiguous" if ids else "label_unknown", params=told)
            found += ids
        return list(dict.fromkeys(found)) if pointer.many else found[0] if found else None

    def forget(self, shape: str) -> None:
        """Forget what was not found of one entity: there may be more of it now."""
        self._found = {key: ids for key, ids in self._found.items() if key[0] != shape or ids}

    def _paths(self, shape: str, by: str) -> tuple[str, ...]:
        if by:
            return (by,)
        if shape in {USER, DEPARTMENT}:
            return ("id", *display_fields(self._work.configuration, shape))
        entity = self._work.configuration.entities.get(shape)
        if entity is None:
            return ()
        single = [one.fields[0] for one in entity.unique if len(one.fields) == 1 and not one.each]
        single += [field.name for field in entity.fields if field.unique or field.type == "series"]
        named = dict.fromkeys(("id", *display_fields(self._work.configuration, shape), *single))
        hidden = closed_paths(self._work, entity)
        return tuple(name for name in named if name == "id" or (name not in hidden and _is_text(entity.field(name))))

    def _look_up(self, shape: str, by: str, path: str, texts: Sequence[str]) -> None:
        if shape == USER:
            people = ((one.id, {"id": one.id, "name": one.name, "login": one.login}) for one in self._people())
            self._note(shape, by, ((key, values.get(path, "")) for key, values in people))
        elif shape == DEPARTMENT:
            known = self._work.accounts.departments()
            named = ((one.id, {"id": one.id, "name": one.name, "code": one.code}.get(path, "")) for one in known)
            self._note(shape, by, named)
        else:
            for start in range(0, len(texts), _MOST):
                self._note(shape, by, self._records(shape, path, texts[start : start + _MOST]))

    def _people(self) -> Iterable[Account]:
        return [one for one in self._work.accounts.all() if one.active]

    def _records(self, shape: str, path: str, texts: Sequence[str]) -> list[tuple[str, str]]:
        work = self._work
        entity = work.entity(shape)
        field = entity.field(path)
        values = {text: _canonical(text, field) for text in texts}
        asked = tuple(dict.fromkeys(value for value in values.values() if value is not None))
        query = Query(
            where=Leaf(path, "in", asked),
            scopes=work.scopes("read", entity, (path,)) or work.scopes("create", entity),
            fields=(path,) if path != "id" else (),
            limit=_MOST * 4,
            environment=asking(work),
        )
        found = Queries(work.tx, work.tables).page(shape, query).items if asked else ()
        said: dict[object, list[str]] = {}
        for text, value in values.items():
            said.setdefault(value, []).append(text)
        return [(one.id, text) for one in found for text in said.get(one.values.get(path, one.id), ())]

    def _note(self, shape: str, by: str, found: Iterable[tuple[str, str]]) -> None:
        for record_id, text in found:
            key = (shape, by, text)
            if key in self._found:
                self._found[key].add(record_id)


def _parts(pointer: Pointer, text: str) -> list[str]:
    if not pointer.many:
        return [text.strip()]
    return [part.strip() for part in _BETWEEN.split(text) if part.strip()]


def _is_text(field: Field | None) -> bool:
    return field is not None and field.is_stored and FIELD_TYPES[field.type].column(field).kind in {"text", "integer"}


def _canonical(text: str, field: Field | None) -> object:
    """Return the value to look for; a text that can be none is not looked for."""
    if field is None:
        return text
    found = FIELD_TYPES[field.type].from_text(text, field)
    return None if isinstance(found, Problem) else found
