"""Who a session belongs to, in one statement: every request asks this."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from engine.storage.accounts import Account
from engine.storage.database import Transaction
from engine.storage.shares import something_for_account
from engine.storage.system_tables import accounts, departments, role_holders

_SEPARATOR = "\n"


@dataclass(frozen=True, slots=True)
class Person:
    """An active account with its roles, the name of its department, and whether something may be shared with it."""

    account: Account
    roles: frozenset[str]
    department: str | None
    is_given: bool


def _query() -> Select[Any]:
    roles = (
        select(func.aggregate_strings(role_holders.c.role, _SEPARATOR))
        .where(role_holders.c.user_id == accounts.c.id)
        .scalar_subquery()
    )
    department = select(departments.c.name).where(departments.c.id == accounts.c.department_id).scalar_subquery()
    given = something_for_account()
    query = select(*accounts.c, roles.label("roles"), department.label("department_name"), given.label("is_given"))
    return query.where(accounts.c.id == bindparam("user_id"), accounts.c.active)


_PERSON = _query()


def person(tx: Transaction, user_id: str) -> Person | None:
    """Return the active person with an id."""
    found = tx.connection.execute(_PERSON, {"user_id": user_id}).first()
    if found is None:
        return None
    row = dict(found._mapping)
    held = row.pop("roles") or ""
    return Person(
        department=row.pop("department_name"),
        is_given=bool(row.pop("is_given")),
        roles=frozenset(filter(None, held.split(_SEPARATOR))),
        account=Account(**row),
    )
