"""Flows from and to BPMN 2.0: any file is read, told about, kept, and written back.

>>> from engine.definition.bpmn import import_bpmn, export_bpmn, keep, export_kept
"""

from engine.definition.bpmn.exporting import export_bpmn
from engine.definition.bpmn.importing import Imported, import_bpmn
from engine.definition.bpmn.keeping import export_kept, keep
from engine.definition.bpmn.lines import Line

__all__ = ["Imported", "Line", "export_bpmn", "export_kept", "import_bpmn", "keep"]
