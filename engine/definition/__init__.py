"""The definition room: what documents mean. Pure, apart from reading the schemas that belong to the package.

>>> from engine.definition import Configuration, changes, check_documents, compile_documents
"""

from engine.definition.compile import Compilation, check_documents, compilation, compile_documents
from engine.definition.diff import Change, changes
from engine.definition.field_types import FIELD_TYPES, ColumnKind, FieldType
from engine.definition.registry import Configuration

__all__ = [
    "FIELD_TYPES", "Change", "ColumnKind", "Compilation", "Configuration", "FieldType", "changes", "check_documents", "compilation",
    "compile_documents",
]  # fmt: skip
