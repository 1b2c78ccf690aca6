"""How a link to a record of any of several entities is stored: the entity's stable name and the id, as one text."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Text
from sqlalchemy.dialects.postgresql import TEXT
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine


class LinkText(TypeDecorator[Mapping[str, str]]):
    """`{"entity", "id"}` in Python. `targets` has pairs of an entity's stable name and its name now: renaming touches no row."""

    impl = Text
    cache_ok = True

    def __init__(self, targets: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        self.targets = targets

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Compare by code point on both databases."""
        return dialect.type_descriptor(TEXT(collation="C") if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Mapping[str, str] | None, dialect: Dialect) -> str | None:
        """Return what is stored."""
        if value is None:
            return None
        stable = next((stable for stable, key in self.targets if key == value["entity"]), value["entity"])
        return f"{stable}|{value['id']}"

    def process_result_value(self, value: Any, dialect: Dialect) -> Mapping[str, str] | None:
        """Return entity and id; an entity that is no target any more keeps its stable name."""
        if value is None:
            return None
        stable, _, key = value.partition("|")
        return {"entity": next((key for one, key in self.targets if one == stable), stable), "id": key}
