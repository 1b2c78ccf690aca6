"""Decision tables: asked, checked, and exchanged as DMN.

>>> from engine.definition.decisions import compile_table
>>> compile_table(document).decide({"total": Decimal(120)}).value
"""

from engine.definition.decisions.dmn import export_dmn, import_dmn
from engine.definition.decisions.table import Hit, Table, compile_table

__all__ = ["Hit", "Table", "compile_table", "export_dmn", "import_dmn"]
