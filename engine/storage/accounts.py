"""People, departments, and who holds which role."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, delete, insert, literal, select, update
from sqlalchemy.exc import IntegrityError

from engine.errors import Conflict, NotFound, Stale
from engine.storage.database import Transaction
from engine.storage.identifiers import new_id
from engine.storage.system_tables import accounts, departments, role_holders

MAX_DEPTH = 50
"""Of the department tree; also ends the search if somebody ever made a circle."""


@dataclass(frozen=True, slots=True)
class Account:
    """One person who may sign in. `login` is unique and never changes meaning; inactive ones keep their history."""

    id: str
    login: str
    name: str
    password_hash: str
    department_id: str | None
    superior_id: str | None
    language: str
    is_admin: bool
    active: bool
    version: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Department:
    """One node of the tree of departments."""

    id: str
    code: str
    name: str
    parent_id: str | None
    head_id: str | None
    position: int
    active: bool
    version: int


class Accounts:
    """Accounts and departments, within a transaction."""

    def __init__(self, tx: Transaction) -> None:
        self._connection = tx.connection

    def get(self, user_id: str) -> Account | None:
        """Return an account by id."""
        found = self._connection.execute(select(accounts).where(accounts.c.id == user_id)).first()
        return _account(found) if found else None

    def by_login(self, login: str) -> Account | None:
        """Return an account by its log-in name."""
        found = self._connection.execute(select(accounts).where(accounts.c.login == login)).first()
        return _account(found) if found else None

    def all(self, ids: Iterable[str] | None = None) -> tuple[Account, ...]:
        """Return accounts by log-in name: all of them, or those with `ids`."""
        query = select(accounts).order_by(accounts.c.login)
        if ids is not None:
            query = query.where(accounts.c.id.in_(list(ids)))
        return tuple(_account(row) for row in self._connection.execute(query))

    def add(
        self,
        login: str,
        name: str,
        password_hash: str,
        *,
        now: datetime,
        department_id: str | None = None,
        superior_id: str | None = None,
        language: str = "zh-CN",
        is_admin: bool = False,
        user_id: str | None = None,
    ) -> Account:
        """Store a new active account. Raises Conflict `login_taken`."""
        account = Account(
            user_id or new_id(),
            login,
            name,
            password_hash,
            department_id,
            superior_id,
            language,
            is_admin,
            True,
            1,
            now,
        )
        try:
            self._connection.execute(insert(accounts).values(_columns(account)))
        except IntegrityError as error:
            raise Conflict("login_taken", {"login": login}) from error
        return account

    def change(self, user_id: str, expected_version: int, changes: Mapping[str, object]) -> int:
        """Change an account and return its new version. Raises Stale, NotFound, Conflict `login_taken`."""
        try:
            return self._change(accounts, "account", user_id, expected_version, changes)
        except IntegrityError as error:
            raise Conflict("login_taken", {"login": changes.get("login", "")}) from error

    def departments(self) -> tuple[Department, ...]:
        """Return every department, ordered by position and code."""
        query = select(departments).order_by(departments.c.position, departments.c.code)
        return tuple(Department(**row._mapping) for row in self._connection.execute(query))

    def department(self, department_id: str) -> Department | None:
        """Return a department by id."""
        found = self._connection.execute(select(departments).where(departments.c.id == department_id)).first()
        return Department(**found._mapping) if found else None

    def add_department(
        self,
        code: str,
        name: str,
        *,
        parent_id: str | None = None,
        head_id: str | None = None,
        position: int = 0,
        department_id: str | None = None,
    ) -> Department:
        """Store a new active department. Raises Conflict `department_code_taken`."""
        department = Department(department_id or new_id(), code, name, parent_id, head_id, position, True, 1)
        try:
            self._connection.execute(insert(departments).values(_columns(department)))
        except IntegrityError as error:
            raise Conflict("department_code_taken", {"department_code": code}) from error
        return department

    def change_department(self, department_id: str, expected_version: int, changes: Mapping[str, object]) -> int:
        """Change a department and return its new version. Raises Stale, NotFound, Conflict `department_code_taken`."""
        try:
            return self._change(departments, "department", department_id, expected_version, changes)
        except IntegrityError as error:
            raise Conflict("department_code_taken", {"department_code": changes.get("code", "")}) from error

    def chain(self, department_id: str | None) -> tuple[Department, ...]:
        """Return a department and those above it, the lowest first, in one statement."""
        start = select(departments, _zero()).where(departments.c.id == department_id).cte("chain", recursive=True)
        above = select(departments, start.c.height + 1).join(start, departments.c.id == start.c.parent_id)
        chain = start.union_all(above.where(start.c.height < MAX_DEPTH))
        names = [column for column in chain.c if column.name != "height"]
        found = self._connection.execute(select(*names).order_by(chain.c.height))
        return tuple(Department(**row._mapping) for row in found)

    def below(self, department_id: str) -> tuple[str, ...]:
        """Return the ids of a department and of all below it, in one statement."""
        return tuple(self._connection.scalars(_below(department_id)))

    def users_below(self, department_id: str) -> tuple[str, ...]:
        """Return the ids of the active people of a department and of all below it, in the order of their log-in names."""
        query = select(accounts.c.id).where(accounts.c.department_id.in_(_below(department_id)), accounts.c.active)
        return tuple(self._connection.scalars(query.order_by(accounts.c.login)))

    def roles_of(self, user_id: str) -> frozenset[str]:
        """Return the roles that a person holds everywhere."""
        query = select(role_holders.c.role).where(role_holders.c.user_id == user_id)
        return frozenset(self._connection.scalars(query))

    def users_of_role(self, role: str) -> tuple[str, ...]:
        """Return the ids of the active people with a role, in the order of their log-in names."""
        query = select(accounts.c.id).join(role_holders, role_holders.c.user_id == accounts.c.id)
        query = query.where(role_holders.c.role == role, accounts.c.active).order_by(accounts.c.login)
        return tuple(self._connection.scalars(query))

    def admins(self) -> tuple[str, ...]:
        """Return the ids of the active administrators, in the order of their log-in names."""
        query = select(accounts.c.id).where(accounts.c.is_admin, accounts.c.active).order_by(accounts.c.login)
        return tuple(self._connection.scalars(query))

    def roles(self, ids: Iterable[str] | None = None) -> Mapping[str, frozenset[str]]:
        """Return the roles of everybody, or of those with `ids`, by user id."""
        query = select(role_holders.c.user_id, role_holders.c.role)
        query = query if ids is None else query.where(role_holders.c.user_id.in_(list(ids)))
        found: dict[str, set[str]] = {}
        for user_id, role in self._connection.execute(query):
            found.setdefault(user_id, set()).add(role)
        return {user_id: frozenset(roles) for user_id, roles in found.items()}

    def set_roles(self, user_id: str, roles: Iterable[str]) -> None:
        """Give a person exactly these roles."""
        self._connection.execute(delete(role_holders).where(role_holders.c.user_id == user_id))
        rows = [{"user_id": user_id, "role": role} for role in sorted(set(roles))]
        if rows:
            self._connection.execute(insert(role_holders), rows)

    def _change(self, table: Any, kind: str, key: str, expected: int, changes: Mapping[str, object]) -> int:
        statement = update(table).where(table.c.id == key, table.c.version == expected)
        if self._connection.execute(statement.values({**changes, "version": expected + 1})).rowcount:
            return expected + 1
        current = self._connection.scalar(select(table.c.version).where(table.c.id == key))
        if current is None:
            raise NotFound(kind, key)
        raise Stale(expected, current)


def _below(department_id: str) -> Select[tuple[str]]:
    """Return the query of the ids of a department and of all below it."""
    start = select(departments.c.id, _zero()).where(departments.c.id == department_id).cte("below", recursive=True)
    under = select(departments.c.id, start.c.height + 1).join(start, departments.c.parent_id == start.c.id)
    tree = start.union_all(under.where(start.c.height < MAX_DEPTH))
    return select(tree.c.id).distinct()


def _zero() -> Any:
    return literal(0).label("height")


def _account(row: Row[Any]) -> Account:
    return Account(**row._mapping)


def _columns(value: Account | Department) -> dict[str, object]:
    return {one.name: getattr(value, one.name) for one in fields(value)}
