"""Files that records hold: who brought what, and where it is kept. The bytes are with the file store."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, or_, select, update

from engine.storage.database import Transaction
from engine.storage.jobs import Jobs
from engine.storage.system_tables import files


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file. `size` in bytes, `sha256` in hexadecimal; `place` is the file store's name for it.

    It belongs to no record until a record is saved with it.
    """

    id: str
    name: str
    media_type: str
    size: int
    sha256: str
    place: str
    uploaded_by: str
    uploaded_at: datetime
    entity: str = ""
    record_id: str | None = None
    field: str = ""


class Files:
    """What is known of files, within a transaction."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._connection = tx.connection

    def add(self, file: StoredFile) -> None:
        """Keep a new file."""
        self._connection.execute(insert(files).values(asdict(file)))

    def get(self, file_id: str) -> StoredFile | None:
        """Return a file by id."""
        found = self._connection.execute(select(files).where(files.c.id == file_id)).first()
        return StoredFile(**found._mapping) if found else None

    def many(self, ids: Sequence[str]) -> dict[str, StoredFile]:
        """Return files by id."""
        found = self._connection.execute(select(files).where(files.c.id.in_(ids)))
        return {row.id: StoredFile(**row._mapping) for row in found}

    def attach(self, ids: Sequence[str], entity: str, record_id: str, field: str) -> int:
        """Make files belong to a record; those of another record stay there. Return how many are this record's now."""
        mine = or_(files.c.record_id.is_(None), files.c.record_id == record_id)
        statement = update(files).where(files.c.id.in_(ids), mine)
        return self._connection.execute(statement.values(entity=entity, record_id=record_id, field=field)).rowcount

    def of_record(self, record_id: str) -> tuple[StoredFile, ...]:
        """Return the files of a record."""
        query = select(files).where(files.c.record_id == record_id).order_by(files.c.id)
        return tuple(StoredFile(**row._mapping) for row in self._connection.execute(query))

    def release(self, ids: Sequence[str], field: str) -> None:
        """Take files from what held them at one place of a record: they belong to none any more."""
        gone = update(files).where(files.c.id.in_(ids), files.c.field == field)
        self._connection.execute(gone.values(record_id=None))

    def let_go(self, record_ids: Sequence[str]) -> None:
        """Take files from records that are gone for good: they belong to none any more."""
        gone = update(files).where(files.c.record_id.in_(record_ids))
        self._connection.execute(gone.values(record_id=None))

    def left_over(self, before: datetime, limit: int = 100) -> tuple[StoredFile, ...]:
        """Return files that belong to no record and were brought before a moment."""
        query = select(files).where(files.c.record_id.is_(None), files.c.uploaded_at < before).limit(limit)
        return tuple(StoredFile(**row._mapping) for row in self._connection.execute(query))

    def unused(self, places: Collection[str]) -> frozenset[str]:
        """Return those places in the file store that no file is kept at any more, and nothing that a job wrote."""
        held = self._connection.scalars(select(files.c.place).where(files.c.place.in_(places)))
        free = frozenset(places) - frozenset(held)
        return free - Jobs(self._tx).places() if free else free

    def places(self) -> Iterator[tuple[str, int]]:
        """Yield every place in the file store at which a file is kept, in order, with the size that it should have."""
        query = select(files.c.place, func.max(files.c.size)).group_by(files.c.place).order_by(files.c.place)
        found = self._connection.execute(query, execution_options={"yield_per": 1000})
        yield from ((place, size) for place, size in found)

    def holders(self, place: str, limit: int = 3) -> tuple[str, ...]:
        """Return in words which files are kept at a place: their names, with the record that holds them."""
        query = select(files).where(files.c.place == place).order_by(files.c.id).limit(limit)
        found = (StoredFile(**row._mapping) for row in self._connection.execute(query))
        return tuple(f"{one.name} ({one.entity} {one.record_id or '-'})" for one in found)

    def remove(self, ids: Sequence[str]) -> None:
        """Forget files."""
        self._connection.execute(delete(files).where(files.c.id.in_(ids)))
