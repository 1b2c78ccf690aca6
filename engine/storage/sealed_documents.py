"""JSON documents that may hold what is encrypted elsewhere: sealed whole, where there is a key to seal them with."""

import json
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from engine.storage.vault import vault_for


class SealedDocument(TypeDecorator[Any]):
    """A JSON column whose value is the sealed text of the document. One that was stored in clear before is read as it is."""

    impl = JSON
    cache_ok = True

    def __init__(self) -> None:
        super().__init__(none_as_null=True)

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Return the document sealed. Raises KeyMissing."""
        vault = vault_for(dialect)
        if value is None or not vault.keys:
            return value
        return vault.seal(json.dumps(value, ensure_ascii=False, separators=(",", ":")), random=True)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Return the document. Raises KeyMissing."""
        return json.loads(vault_for(dialect).open(value)) if isinstance(value, str) else value
