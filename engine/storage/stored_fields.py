"""Fields of referred records as formulas ask for them while roll-ups are kept: read once each within a piece of work."""

from sqlalchemy import select

from engine.definition.model import Field
from engine.storage.database import Transaction
from engine.storage.path_columns import BUILT_IN, DEPARTMENT, USER
from engine.storage.record_tables import RecordTables


class StoredFields:
    """The port by which an environment follows references, over what is stored."""

    def __init__(self, tx: Transaction, tables: RecordTables) -> None:
        self._tx = tx
        self._tables = tables
        self._known: dict[tuple[str, str], dict[str, object]] = {}

    def __call__(self, shape: str, key: str, name: str) -> object:
        """Return one field of a referred record, following look-ups; blank where there is none."""
        if shape not in BUILT_IN and shape not in self._tables:
            return None
        found = self._read(shape, key)
        field = self._tables.entity(shape).entity.field(name) if shape in self._tables else None
        return self._follow(shape, found, field.lookup) if field and field.lookup else found.get(name)

    def _read(self, shape: str, key: str) -> dict[str, object]:
        if (shape, key) not in self._known:
            columns = BUILT_IN.get(shape) or self._tables.entity(shape).columns
            row = self._tx.connection.execute(select(*columns.values()).where(columns["id"] == key)).first()
            self._known[shape, key] = dict(zip(columns, row, strict=True)) if row is not None else {}
        return self._known[shape, key]

    def _follow(self, shape: str, values: dict[str, object], path: str) -> object:
        first, _, rest = path.partition(".")
        field, value = self._tables.entity(shape).entity.field(first), values.get(first)
        if not rest or field is None or not isinstance(value, str):
            return value
        return self(_target(shape, field), value, rest) if "." not in rest else None


def _target(shape: str, field: Field) -> str:
    return {"user": USER, "department": DEPARTMENT, "tree_parent": shape}.get(field.type, field.to)
