"""Closing the periods of ledgers and opening them again: by whom it is granted, written into the history, one after the other."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from engine.definition.closing import Closing
from engine.definition.model import Entity
from engine.errors import Conflict, Forbidden, Invalid, NotFound
from engine.problems import Problem
from engine.projection.menu import CLOSING
from engine.projection.texts import in_language
from engine.services.context import Context
from engine.services.evaluation import asking
from engine.services.installation import Installation
from engine.services.references import References
from engine.services.work import Work, reading, writing
from engine.storage.closings import Closed, Closings
from engine.storage.queries import Queries, Query
from engine.storage.row_scopes import RowScope

CLOSE, REOPEN = CLOSING
MOST_PARTS = 500
"""How many records with books of their own one page tells of."""


def overview(installation: Installation, ctx: Context) -> dict[str, Any]:
    """Return the ledgers whose periods the actor may close or reopen, with their books."""
    with reading(installation, ctx) as work:
        found = [_ledger_view(work, entity, closing) for entity, closing in _closable(work)]
        return {"items": found}


def close(
    installation: Installation, ctx: Context, key: str, part: str, period: str, *, anyway: bool
) -> dict[str, Any]:
    """Close a period, and all before it.

    Raises Invalid where it is closed already or not begun, Conflict `period_has_pending` while documents in approval would
    post into it (unless `anyway`), Busy, Forbidden, NotFound.
    """

    def act(work: Work) -> dict[str, Any]:
        entity, closing = _ledger(work, CLOSE, key)
        _require_part(work, CLOSE, entity, closing, part)
        _check_name(closing, period)
        books = Closings(work.tx, work.tables.entity(key))
        books.take()
        before = books.closed([part]).get(part)
        if before is not None and period <= before.through:
            raise Invalid([Problem("period_closed_already", "/period", {"through": before.through, "by": before.name})])
        if period > closing.name_of(_today(work)):
            raise Invalid([Problem("period_not_begun", "/period", {"period": period})])
        pending = books.pending(closing, part, closing.last_of(period))
        if pending and not anyway:
            raise Conflict("period_has_pending", {"count": pending, "period": period})
        books.close(part, period, ctx.actor.id, ctx.now)
        told = {"part": part, "period": period, "before": before.through if before else None, "pending": pending}
        work.audit(CLOSE, entity.key, part or entity.key, told)
        return _books_of(work, entity, closing, part)

    return writing(installation, ctx, act)


def reopen(
    installation: Installation, ctx: Context, key: str, part: str, period: str, *, reason: str
) -> dict[str, Any]:
    """Open a period again, and all after it; the reason stands in the history.

    Raises Invalid where it is open, Busy, Forbidden, NotFound.
    """

    def act(work: Work) -> dict[str, Any]:
        entity, closing = _ledger(work, REOPEN, key)
        _require_part(work, REOPEN, entity, closing, part)
        _check_name(closing, period)
        books = Closings(work.tx, work.tables.entity(key))
        books.take()
        before = books.closed([part]).get(part)
        if before is None or period > before.through:
            raise Invalid([Problem("period_open_already", "/period", {"period": period})])
        books.close(part, closing.before(period), ctx.actor.id, ctx.now)
        told = {"part": part, "period": period, "before": before.through, "reason": reason}
        work.audit(REOPEN, entity.key, part or entity.key, told)
        return _books_of(work, entity, closing, part)

    return writing(installation, ctx, act)


def _closable(work: Work) -> Iterable[tuple[Entity, Closing]]:
    for entity in work.configuration.entities.values():
        if entity.closing and any(work.rights.may(action, entity.key) for action in (CLOSE, REOPEN)):
            yield entity, entity.closing


def _ledger(work: Work, action: str, key: str) -> tuple[Entity, Closing]:
    entity = work.entity(key)
    if entity.closing is None:
        raise NotFound("closing", key)
    work.require(action, entity)
    return entity, entity.closing


def _check_name(closing: Closing, period: str) -> None:
    if not closing.is_name(period):
        raise Invalid(
            [Problem("period_malformed", "/period", {"period": period, "example": closing.name_of(date(2026, 3, 1))})]
        )


def _require_part(work: Work, action: str, entity: Entity, closing: Closing, part: str) -> None:
    """Refuse the books of a record that the action does not reach. Raises Forbidden, Invalid."""
    scopes = _scopes(work, action, entity)
    target = _target(work, entity, closing)
    if target is None:
        if part:
            raise Invalid([Problem("closing_part_unknown", "/part", {"part": part})])
        if not any(one.kind == "all" for one in scopes):
            raise Forbidden(action, entity.key, "outside_scope", entity.title)
        return
    queries, env = Queries(work.tx, work.tables), asking(work)
    if not queries.sees(target.key, part, Query(environment=env)):
        raise Invalid([Problem("closing_part_unknown", "/part", {"part": part})])
    if not queries.sees(target.key, part, Query(scopes=scopes, environment=env)):
        raise Forbidden(action, entity.key, "outside_scope", entity.title)


def _scopes(work: Work, action: str, entity: Entity) -> tuple[RowScope, ...]:
    """Return which records' books an action reaches. Only what can be said of such a record counts: all, or one's own projects."""
    return tuple(one for one in work.scopes(action, entity) if counts_for_books(one))


def counts_for_books(scope: RowScope) -> bool:
    """Say whether a scope can say whose books are meant: every one's, or those of one's own teams."""
    return scope.kind in {"all", "my_projects"}


def _target(work: Work, entity: Entity, closing: Closing) -> Entity | None:
    field = entity.field(closing.by)
    return work.configuration.entities.get(field.to) if field else None


def _ledger_view(work: Work, entity: Entity, closing: Closing) -> dict[str, Any]:
    target = _target(work, entity, closing)
    field = entity.field(closing.by)
    today = _today(work)
    books = _all_books(work, entity, closing, target)
    return {
        "ledger": entity.key,
        "title": in_language(entity.title, work.ctx.language),
        "part_title": in_language(field.title, work.ctx.language) if field else "",
        "every": closing.every,
        "current": closing.name_of(today),
        "actions": [action for action in (CLOSE, REOPEN) if work.rights.may(action, entity.key)],
        "books": books[:MOST_PARTS],
        "more": len(books) > MOST_PARTS,
    }


def _all_books(work: Work, entity: Entity, closing: Closing, target: Entity | None) -> list[dict[str, Any]]:
    closed = Closings(work.tx, work.tables.entity(entity.key)).closed()
    if target is None:
        return [_view(closing, "", "", closed.get(""), _today(work))]
    scopes = tuple({*_scopes(work, CLOSE, entity), *_scopes(work, REOPEN, entity)})
    query = Query(scopes=scopes, sort=(target.display,), limit=MOST_PARTS + 1, environment=asking(work))
    ids = Queries(work.tx, work.tables).ids(target.key, query)
    references = References(work)
    references.prefetch(target.key, ids)
    today = _today(work)
    return [_view(closing, one, references.label(target.key, one), closed.get(one), today) for one in ids]


def _books_of(work: Work, entity: Entity, closing: Closing, part: str) -> dict[str, Any]:
    target = _target(work, entity, closing)
    label = References(work).label(target.key, part) if target else ""
    closed = Closings(work.tx, work.tables.entity(entity.key)).closed([part])
    return _view(closing, part, label, closed.get(part), _today(work))


def _view(closing: Closing, part: str, label: str, closed: Closed | None, today: date) -> dict[str, Any]:
    """Return the books of one part: what is closed, and which period comes next (the one before the present at the latest)."""
    upcoming = closing.after(closed.through) if closed else closing.before(closing.name_of(today))
    return {
        "part": part,
        "label": label,
        "through": closed.through if closed else None,
        "closed_by": {"id": closed.closed_by, "name": closed.name} if closed else None,
        "closed_at": closed.closed_at.isoformat() if closed else None,
        "next": upcoming if upcoming <= closing.name_of(today) else None,
        "next_ends": closing.last_of(upcoming).isoformat(),
    }


def _today(work: Work) -> date:
    return work.ctx.now.astimezone(work.timezone).date()
