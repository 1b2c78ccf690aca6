"""What a document is told of closed periods before it is handed in: the ledgers' own refusal comes when they are written."""

from collections.abc import Iterator, Mapping
from datetime import date

from engine.definition import values as record_values
from engine.definition.closing import Closing
from engine.definition.model import Entity
from engine.expressions import Compiled, Environment, ExpressionError
from engine.expressions.tree import path
from engine.paths import pointer
from engine.problems import Problem, Severity
from engine.services.work import Work
from engine.storage.closings import Closed, Closings, told


def closing_problems(
    work: Work, entity: Entity, values: Mapping[str, object], env: Environment, moment: str
) -> Iterator[Problem]:
    """Yield a finding for each closed period that a document would post into: a warning while it is written, else an error.

    The books are read once for a ledger, however many documents are judged in a transaction.
    """
    for ledger in sorted({posting.to for posting in entity.postings}):
        closing = work.entity(ledger).closing
        if closing is None:
            continue
        books = _books(work, ledger)
        seen: set[str] = set()
        for one in _written(entity, ledger, values, env, closing) if books else ():
            day, part, at = one
            closed = books.get(part)
            period = closing.name_of(day)
            if closed is not None and period <= closed.through and (at + period) not in seen:
                seen.add(at + period)
                severity: Severity = "error" if moment == "submit" else "warning"
                params = told(work.entity(ledger), closing, closed, period)
                yield Problem("period_closed", at, params, severity)


def _books(work: Work, ledger: str) -> Mapping[str, Closed]:
    kept = work.tx.kept.get(("closed books", ledger))
    if kept is None:
        kept = Closings(work.tx, work.tables.entity(ledger)).closed()
        work.tx.kept["closed books", ledger] = kept
    found: Mapping[str, Closed] = kept
    return found


def _written(
    entity: Entity, ledger: str, values: Mapping[str, object], env: Environment, closing: Closing
) -> Iterator[tuple[date, str, str]]:
    """Yield day, part and pointer of what a document would write; what cannot be worked out is told elsewhere."""
    pointers = {
        one.id: _pointer(entity, one.values[closing.day]) for one in entity.postings if closing.day in one.values
    }
    try:
        for entry in record_values.entries_to(entity, ledger, values, env):
            day = entry.values.get(closing.day)
            part = str(entry.values.get(closing.by) or "") if closing.by else ""
            if isinstance(day, date):
                yield day, part, pointers.get(entry.posting, "")
    except ExpressionError:
        return


def _pointer(entity: Entity, value: Compiled) -> str:
    """Return where the day of a posting is typed in, where it is a field of the document itself."""
    named = path(value.tree)
    return pointer([named]) if named and "." not in named and entity.field(named) else ""
