"""JSON Schemas from elsewhere become entities, entities become JSON Schemas, and instances become records and back.

>>> from engine.definition.exchange import import_schema, export_schema, to_record, to_instance
"""

from engine.definition.exchange.dialects import broken_charter, draft_of, why_unusable
from engine.definition.exchange.exporting import export_schema, ui_schema
from engine.definition.exchange.importing import Imported, import_schema
from engine.definition.exchange.instances import to_instance, to_record

__all__ = [
    "Imported", "broken_charter", "draft_of", "export_schema", "import_schema", "to_instance", "to_record", "ui_schema", "why_unusable",
]  # fmt: skip
