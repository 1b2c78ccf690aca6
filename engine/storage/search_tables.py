"""The index of the search over all records: a row for each record, and what each database needs to find it by words.

PostgreSQL has the words as `tsvector`, with the places where they stand, and GIN. SQLite has them as text and a table of FTS5, whose
tokenizer only parts at spaces; triggers keep it as the rows are, so that a record is indexed with one statement on both.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import DDL, Column, ColumnElement, Index, MetaData, Table, Text, cast, event
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from engine.storage.system_tables import SERIAL, TEXT
from engine.storage.types import DOCUMENT

GAP = "\ue002"
"""Stands between two texts, so that no phrase reaches from one into the other."""

FTS = "search_word"
"""The table of FTS5 on SQLite; it has the columns `named` and `words`."""


class Words(TypeDecorator[Sequence[Sequence[str]]]):
    """The words of some texts in their order. Only written: what a search needs of them the database answers by itself."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Keep places of words on PostgreSQL, and on SQLite the text that FTS5 parts at spaces."""
        return dialect.type_descriptor(TSVECTOR() if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Sequence[Sequence[str]] | None, dialect: Dialect) -> str:
        """Return what is stored."""
        if dialect.name == "postgresql":
            return " ".join(f"'{word}':{place}" for word, place in _placed(value or ()))
        return f" {GAP} ".join(" ".join(words) for words in value or ())

    def bind_expression(self, bindparam: Any) -> ColumnElement[Any]:
        """Let PostgreSQL read the text as words."""
        return cast(bindparam, self)


def _placed(texts: Sequence[Sequence[str]]) -> Iterator[tuple[str, int]]:
    place = 0
    for words in texts:
        for word in words:
            place += 1
            yield word, place
        place += 1


metadata = MetaData()

entries = Table(
    "search_entry",
    metadata,
    Column("no", SERIAL, primary_key=True, autoincrement=True),
    Column("entity", TEXT, nullable=False),
    Column("record_id", TEXT, nullable=False, unique=True),
    Column("texts", DOCUMENT, nullable=False),
    Column("named", Words(), nullable=False),
    Column("words", Words(), nullable=False),
    Index("ix_search_entry_entity", "entity", "no"),
    sqlite_autoincrement=True,
)
"""`entity` is the module's name and the entity's id; `texts` are pairs of where a text stands and the text."""

_GIN = [f"CREATE INDEX ix_search_entry_{name} ON search_entry USING gin ({name})" for name in ("named", "words")]
_OLD = f"INSERT INTO {FTS} ({FTS}, rowid, named, words) VALUES ('delete', old.no, old.named, old.words)"  # noqa: S608 - constants of ours
_NEW = f"INSERT INTO {FTS} (rowid, named, words) VALUES (new.no, new.named, new.words)"  # noqa: S608 - as above
_OPTIONS = "content='search_entry', content_rowid='no', tokenize='ascii', columnsize=0"
_FTS5 = [
    f"CREATE VIRTUAL TABLE {FTS} USING fts5 (named, words, {_OPTIONS})",
    f"CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry BEGIN {_NEW}; END",
    f"CREATE TRIGGER search_entry_gone AFTER DELETE ON search_entry BEGIN {_OLD}; END",
    f"CREATE TRIGGER search_entry_changed AFTER UPDATE ON search_entry BEGIN {_OLD}; {_NEW}; END",
]

for _dialect, _statements in (("postgresql", _GIN), ("sqlite", _FTS5)):
    for _statement in _statements:
        # DDL comes without types.
        event.listen(entries, "after_create", DDL(_statement).execute_if(dialect=_dialect))  # type: ignore[no-untyped-call]
