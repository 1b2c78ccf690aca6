"""The column of an encrypted value: sealed on the way in, opened on the way out, compared by its keyed hash."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Text, bindparam, func, type_coerce
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from engine.storage.vault import HASH_LENGTH, vault_for


class SealedText(TypeDecorator[str]):
    """Text that only the vault of the database can read. With `random` equal values do not look equal."""

    impl = Text
    cache_ok = True

    def __init__(self, *, random: bool = False) -> None:
        super().__init__()
        self.random = random

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Return the value sealed. Raises KeyMissing."""
        return None if value is None else vault_for(dialect).seal(str(value), random=self.random)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Return the value opened. Raises KeyMissing."""
        return None if value is None else vault_for(dialect).open(value)


class _Hash(TypeDecorator[str]):
    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else vault_for(dialect).hash(str(value))


def hash_of(column: ColumnElement[Any]) -> ColumnElement[str]:
    """Return the part of a sealed column that is equal for equal values."""
    return func.substr(type_coerce(column, Text()), 1, HASH_LENGTH)


def hashes(values: Sequence[object]) -> list[ColumnElement[str]]:
    """Return what `hash_of` is for values."""
    return [bindparam(None, value, type_=_Hash(), unique=True) for value in values]


def same_value(one: ColumnElement[Any], other: ColumnElement[Any]) -> ColumnElement[bool]:
    """Return whether two columns of one type hold the same value."""
    return hash_of(one) == hash_of(other) if is_sealed(one) else one == other


def is_sealed(column: ColumnElement[Any]) -> bool:
    """Say whether a column holds encrypted values."""
    return isinstance(column.type, SealedText)
