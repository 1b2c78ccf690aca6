"""Asking the index of the search: what stands for a record that a person may list, newest first, those found by name before the others.

The database decides about every record whether it is one of the person's, so that no page and no cursor tells of others.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from sqlalchemy import ColumnElement, Integer, Select, and_, column, exists, literal, not_, or_, select, table, true
from sqlalchemy import cast as as_type
from sqlalchemy.dialects.postgresql import TSQUERY

from engine.expressions import Environment
from engine.storage.cursors import Cursor, read_cursor
from engine.storage.database import Transaction
from engine.storage.path_columns import PathColumns
from engine.storage.record_tables import RecordTables
from engine.storage.row_scopes import RowScope, scope_sql
from engine.storage.search_layout import Layout, Text
from engine.storage.search_tables import FTS, entries
from engine.storage.search_words import Asked

_FEW = 8
"""So many kinds of record are asked for by their marks in the index; more of them are told apart afterwards."""
_SORT = ("tier", "no")
_words = table(FTS, column("rowid", Integer), column(FTS))

Phrase = tuple[tuple[str, ...], bool]


@dataclass(frozen=True, slots=True)
class Reach:
    """One entity that a person may list: which records, and the signs of the closed fields that the person reads on all of them."""

    layout: Layout
    scopes: tuple[RowScope, ...]
    signs: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Say whether every record is reached."""
        return any(scope.kind == "all" for scope in self.scopes)


@dataclass(frozen=True, slots=True)
class Terms:
    """What is looked for: every one of the words, in records that have one of the marks (none: in any)."""

    words: tuple[Asked, ...]
    signs: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()

    @property
    def one_by_one(self) -> Iterator["Terms"]:
        """Yield the same for each word alone."""
        return (replace(self, words=(word,)) for word in self.words)

    def groups(self) -> list[list[Phrase]]:
        """Return for each word the ways in which it may stand in the index."""
        return [list(dict.fromkeys(word.alternatives(self.signs))) for word in self.words]


@dataclass(frozen=True, slots=True)
class Hit:
    """One record that was found: `entity` is its entity's lasting name, `texts` all that it is found by, whoever may read it."""

    entity: str
    record_id: str
    texts: tuple[Text, ...]


def terms_of(words: Sequence[Asked], reaches: Sequence[Reach], *, marked: bool = False) -> Terms:
    """Return what to look for in some entities; with `marked` whatever their number, the index itself narrows to them."""
    signs = tuple(sign for one in reaches for sign in one.signs)
    marks = tuple(one.layout.mark for one in reaches) if marked or len(reaches) <= _FEW else ()
    return Terms(tuple(words), signs, marks)


def found_ids(terms: Terms, dialect: str) -> Select[Any]:
    """Return the query of the ids of the records that have every word."""
    source = entries if dialect == "postgresql" else entries.join(_words, entries.c.no == _words.c.rowid)
    return select(entries.c.record_id).select_from(source).where(_has(terms, dialect))


def search_page(
    tx: Transaction,
    tables: RecordTables,
    terms: Terms,
    reaches: Sequence[Reach],
    environment: Environment,
    *,
    limit: int,
    after: str | None,
) -> tuple[tuple[Hit, ...], str | None]:
    """Return some records that have every word, and the cursor of the next page, None on the last: two statements at most.

    Raises Invalid `cursor_malformed`.
    """
    tier, start = _start(after)
    found: list[tuple[int, Any]] = []
    for one in range(tier, 2):
        if len(found) <= limit:
            query = _tier(one, terms, reaches, tables, environment, tx.dialect)
            query = query.where(entries.c.no < start) if start is not None else query
            rows = tx.connection.execute(query.order_by(_order(tx.dialect).desc()).limit(limit + 1 - len(found)))
            found += [(one, row) for row in rows]
        start = None
    shown = tuple(
        Hit(row.entity, row.record_id, tuple((ids, text) for ids, text in row.texts)) for _, row in found[:limit]
    )
    if len(found) <= limit:
        return shown, None
    last, row = found[limit - 1]
    return shown, Cursor(_SORT, (last, row.no)).to_text()


def _start(after: str | None) -> tuple[int, int | None]:
    if not after:
        return 0, None
    tier, no = read_cursor(after, _SORT).values
    if not isinstance(tier, int) or not isinstance(no, int) or tier not in (0, 1) or not 0 <= no < 2**63:
        read_cursor("", _SORT)
    return cast("int", tier), cast("int", no)


def _order(dialect: str) -> ColumnElement[Any]:
    return entries.c.no if dialect == "postgresql" else _words.c.rowid


def _tier(
    tier: int, terms: Terms, reaches: Sequence[Reach], tables: RecordTables, environment: Environment, dialect: str
) -> Select[Any]:
    source = entries if dialect == "postgresql" else entries.join(_words, entries.c.no == _words.c.rowid)
    query = select(entries.c.no, entries.c.entity, entries.c.record_id, entries.c.texts).select_from(source)
    whole = [one.layout.name for one in reaches if one.is_whole]
    parts: list[ColumnElement[bool]] = [entries.c.entity.in_(whole)] if whole else []
    parts += [_within(one, tables, environment, dialect) for one in reaches if not one.is_whole]
    return query.where(_has(terms, dialect, ("named", "words")[tier]), or_(*parts))


def _within(reach: Reach, tables: RecordTables, environment: Environment, dialect: str) -> ColumnElement[bool]:
    columns = PathColumns(tables, reach.layout.entity.key)
    held = scope_sql(reach.scopes, columns, environment, dialect)
    theirs = select(literal(1)).select_from(columns.source).where(columns.place.id == entries.c.record_id, held)
    return and_(entries.c.entity == reach.layout.name, exists(theirs.correlate(entries)))


def _has(terms: Terms, dialect: str, tier: str = "") -> ColumnElement[bool]:
    """Hold for entries that have every word: anywhere, or of a tier (`named`: in their name; `words`: only elsewhere)."""
    if dialect == "postgresql":
        asked = as_type(_as_tsquery(terms.groups()), TSQUERY)
        marks = as_type(_as_tsquery(_marked(terms)), TSQUERY)
        marked = entries.c.words.bool_op("@@")(marks) if terms.marks else true()
        if tier == "named":
            return and_(entries.c.named.bool_op("@@")(asked), marked)
        rest = not_(entries.c.named.bool_op("@@")(asked)) if tier else true()
        return and_(entries.c.words.bool_op("@@")(asked), marked, rest)
    asked_text, marks_text = _as_fts5(terms.groups()), _as_fts5(_marked(terms))
    said = f"{'named' if tier == 'named' else 'words'} : ({asked_text})"
    said = f"({said}) AND (words : ({marks_text}))" if terms.marks else said
    said = f"({said}) NOT (named : ({asked_text}))" if tier == "words" else said
    return _words.c[FTS].bool_op("MATCH")(said)


def _marked(terms: Terms) -> list[list[Phrase]]:
    return [[((mark,), False) for mark in terms.marks]] if terms.marks else []


def _as_tsquery(groups: Iterable[Iterable[Phrase]]) -> str:
    return " & ".join("(" + " | ".join(_pg_phrase(*one) for one in group) + ")" for group in groups)


def _pg_phrase(words: Sequence[str], is_beginning: bool) -> str:  # noqa: FBT001 - the two parts of a Phrase
    quoted = [f"'{word}'" for word in words]
    return "(" + " <-> ".join([*quoted[:-1], quoted[-1] + (":*" if is_beginning else "")]) + ")"


def _as_fts5(groups: Iterable[Iterable[Phrase]]) -> str:
    return " AND ".join("(" + " OR ".join(_fts5_phrase(*one) for one in group) + ")" for group in groups)


def _fts5_phrase(words: Sequence[str], is_beginning: bool) -> str:  # noqa: FBT001 - the two parts of a Phrase
    return f'"{" ".join(words)}"' + (" *" if is_beginning else "")
