"""Publications (immutable) and the draft that becomes the next one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import JSON, delete, func, insert, select, update

from engine.errors import NotFound, Stale
from engine.storage.database import Transaction
from engine.storage.system_tables import draft_documents, publications

Documents = Mapping[str, object]
"""Documents by path: `orders/entities/order.json`."""


@dataclass(frozen=True, slots=True)
class Publication:
    """One published revision. `documents` is empty in a list of publications."""

    id: int
    note: str
    published_by: str
    published_at: datetime
    documents: Documents
    plan: object = None


@dataclass(frozen=True, slots=True)
class DraftDocument:
    """One document that is being edited; `version` rises with every change."""

    path: str
    document: object
    version: int
    changed_by: str
    changed_at: datetime


class Publications:
    """Published revisions, within a transaction. They are added and never changed."""

    def __init__(self, tx: Transaction) -> None:
        self._connection = tx.connection

    def latest_id(self) -> int | None:
        """Return the number of the newest publication; cheap enough to ask at every request."""
        newest: int | None = self._connection.scalar(select(func.max(publications.c.id)))
        return newest

    def get(self, publication_id: int) -> Publication:
        """Return a publication with its documents. Raises NotFound."""
        found = self._connection.execute(select(publications).where(publications.c.id == publication_id)).first()
        if found is None:
            raise NotFound("publication", str(publication_id))
        return Publication(**found._mapping)

    def latest(self) -> Publication | None:
        """Return the newest publication with its documents."""
        found = self._connection.execute(select(publications).order_by(publications.c.id.desc()).limit(1)).first()
        return Publication(**found._mapping) if found else None

    def recent(self, limit: int = 50, before: int | None = None) -> tuple[Publication, ...]:
        """Return publications without their documents, the newest first."""
        columns = [publications.c[name] for name in ("id", "note", "published_by", "published_at", "plan")]
        query = select(*columns).order_by(publications.c.id.desc()).limit(limit)
        if before is not None:
            query = query.where(publications.c.id < before)
        return tuple(Publication(**row._mapping, documents={}) for row in self._connection.execute(query))

    def add(self, documents: Documents, note: str, by: str, at: datetime, plan: object = None) -> int:
        """Store a new publication and return its number."""
        values = {"documents": documents, "note": note, "published_by": by, "published_at": at, "plan": plan}
        result = self._connection.execute(insert(publications).values(values).returning(publications.c.id))
        return int(result.scalar_one())


class Drafts:
    """The documents that are being edited, within a transaction."""

    def __init__(self, tx: Transaction) -> None:
        self._connection = tx.connection

    def all(self) -> dict[str, DraftDocument]:
        """Return every document of the draft by path."""
        found = self._connection.execute(select(draft_documents).order_by(draft_documents.c.path))
        return {row.path: DraftDocument(**row._mapping) for row in found}

    def get(self, path: str) -> DraftDocument | None:
        """Return one document."""
        found = self._connection.execute(select(draft_documents).where(draft_documents.c.path == path)).first()
        return DraftDocument(**found._mapping) if found else None

    def put(self, path: str, document: object, by: str, at: datetime, expected_version: int | None = None) -> int:
        """Store a document (None: one that is to go) and return its version. No expected version: it must be new. Raises Stale."""
        stored = JSON.NULL if document is None else document
        values = {"document": stored, "changed_by": by, "changed_at": at, "version": (expected_version or 0) + 1}
        if expected_version is None:
            if (present := self.get(path)) is not None:
                raise Stale(0, present.version)
            self._connection.execute(insert(draft_documents).values(path=path, **values))
            return 1
        here = (draft_documents.c.path == path, draft_documents.c.version == expected_version)
        if not self._connection.execute(update(draft_documents).where(*here).values(values)).rowcount:
            self._refuse(path, expected_version)
        return expected_version + 1

    def remove(self, path: str, expected_version: int) -> None:
        """Remove a document from the draft. Raises Stale or NotFound."""
        here = (draft_documents.c.path == path, draft_documents.c.version == expected_version)
        if not self._connection.execute(delete(draft_documents).where(*here)).rowcount:
            self._refuse(path, expected_version)

    def replace_all(self, documents: Documents, by: str, at: datetime) -> None:
        """Make the draft exactly these documents."""
        self._connection.execute(delete(draft_documents))
        rows = [
            {"path": path, "document": document, "version": 1, "changed_by": by, "changed_at": at}
            for path, document in documents.items()
        ]
        if rows:
            self._connection.execute(insert(draft_documents), rows)

    def _refuse(self, path: str, given: int) -> None:
        present = self.get(path)
        if present is None:
            raise NotFound("draft_document", path)
        raise Stale(given, present.version)
