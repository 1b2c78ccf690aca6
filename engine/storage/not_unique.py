"""The database's own refusal of a second equal value, told as a problem of the fields concerned."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy.exc import IntegrityError

from engine.definition.model import Entity, Text
from engine.errors import Invalid
from engine.paths import pointer
from engine.problems import LANGUAGES, Problem
from engine.storage.record_tables import EntityTable

SEPARATORS = {"zh-CN": "、", "en": ", "}


@contextmanager
def refused(place: EntityTable) -> Iterator[None]:
    """Turn the database's complaint about a unique index into Invalid with `not_unique`."""
    try:
        yield
    except IntegrityError as error:
        names = _fields_of(place, error)
        if not names:
            raise
        raise Invalid([problem(place.entity, names, pointer([names[0]]))]) from error


def problem(entity: Entity, names: tuple[str, ...], at: str, message: Mapping[str, str] | None = None) -> Problem:
    """Return the finding that the values of some fields together are taken; `names` may lead into rows."""
    said = message or next((unique.message for unique in entity.unique if unique.fields == names), {})
    return Problem("not_unique", at, {"fields": titles(entity, names), "message": said or ""})


def titles(entity: Entity, names: tuple[str, ...]) -> Text:
    """Return the titles of fields as one text in each language."""
    found = [(name, entity.at(name)) for name in names]
    return {
        language: SEPARATORS[language].join(
            (field.title.get(language) or field.title.get("zh-CN") or name) if field else name for name, field in found
        )
        for language in LANGUAGES
    }


def _fields_of(place: EntityTable, error: IntegrityError) -> tuple[str, ...]:
    names = {column.name: name for name, column in place.columns.items()}
    constraint = getattr(getattr(error.orig, "diag", None), "constraint_name", None)
    for index in place.table.indexes:
        columns = [column.name for column in index.columns]
        told = "UNIQUE constraint failed: " + ", ".join(f"{place.table.name}.{column}" for column in columns)
        if index.unique and (index.name == constraint or str(error.orig) == told):
            return tuple(names[column] for column in columns)
    return ()
