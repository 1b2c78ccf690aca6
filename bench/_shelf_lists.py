"""The lists that are asked of a shelf: by whom, with which filter and order, how deep down, and the SQL that gives the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from _figures import Figures
from _shelf import ADMIN, FIELDS, MEMBER, OWN_PLACES, PLACES
from _shelf_sql import HandWritten
from _statements import Statement

from engine.storage.cursors import Cursor

VIEW = ("code", "name", "place", "kind", "stage", "made_on", "pieces", "price", "total", "weight")
NEWEST, LATEST, DEAREST = ("-id",), ("-made_on", "-id"), ("-price", "-id")
PAGES = (1, 100, 5_000, 10_000)
_KINDS, _STAGE, _SINCE = ("bolt", "pipe"), "stored", "2025-06-01"
CONDITION = {
    "and": [
        {"field": "kind", "op": "in", "value": list(_KINDS)},
        {"field": "stage", "op": "eq", "value": _STAGE},
        {"field": "made_on", "op": "ge", "value": _SINCE},
    ]
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One list: who asks, the query and the condition as they travel, and the hand-written statement."""

    figures: Figures
    login: str
    query: dict[str, Any]
    condition: object
    raw: Statement


def all_lists(sql: HandWritten, size: int) -> Iterator[Asked]:
    """Yield every list that is measured on so many records, each for an administrator and for a member."""
    for login in (ADMIN, MEMBER):
        yield _asked(sql, "list 50, all 60 fields, newest first", login, tuple(FIELDS), NEWEST)
        yield _asked(sql, "list 50, filter of 3, latest first", login, VIEW, LATEST, filtered=True)
        yield _asked(sql, "list 50, filter of 3, dearest first, no index for it", login, VIEW, DEAREST, filtered=True)
    for login, seen in ((ADMIN, size), (MEMBER, size * OWN_PLACES // PLACES)):
        for page in PAGES:
            if page * 50 < seen:
                yield _asked(sql, f"list 50, latest first, page {page:,}", login, VIEW, LATEST, after=(page - 1) * 50)


def _asked(
    sql: HandWritten,
    name: str,
    login: str,
    fields: tuple[str, ...],
    sort: tuple[str, ...],
    *,
    filtered: bool = False,
    after: int = 0,
) -> Asked:
    is_member = login == MEMBER
    last = sql.last_before(sort, after, member=is_member)
    query = {"view": "", "sort": ",".join(sort), "limit": 50, "fields_": ",".join(fields), "expand": "", "q": ""}
    query["cursor"] = Cursor(sort, last).to_text() if last else ""
    where = '"kind" IN (?, ?) AND "stage" = ? AND "made_on" >= ?' if filtered else ""
    known = (*_KINDS, _STAGE, _SINCE) if filtered else ()
    names = [f'"{one.removeprefix("-")}"'.replace('"id"', '"_id"') for one in sort]
    if last:
        where, known = f"({', '.join(names)}) < ({', '.join('?' * len(last))})", tuple(map(str, last))
    # As the engine's index has it: blanks last. An id is never blank.
    order = ", ".join(f"{one} DESC" if one == '"_id"' else f"{one} DESC NULLS LAST" for one in names)
    raw = sql.page(fields, where, order, known, member=is_member)
    figures = Figures(f"{name}, {login}", most=6, times=2, plus=0.005)
    return Asked(figures, login, query, CONDITION if filtered else None, raw)
