"""Accounts: signing in, and who is who."""

from collections.abc import Iterable, Mapping
from typing import Any

from engine.errors import Conflict, Forbidden, Invalid, NotFound
from engine.problems import Problem
from engine.services.context import Actor, Context
from engine.services.installation import Installation
from engine.storage.accounts import Account, Accounts
from engine.storage.audit import AuditLog
from engine.storage.database import Transaction
from engine.storage.head import number_in_force
from engine.storage.search_text import found_by
from engine.storage.signed_in import Person, person

_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$RdescudvJCsgt3ub+b4dWRWJTmaaJObGcD1hZz7SXyY"
"""A hash that no password fits, so that an unknown name takes as long to refuse as a wrong password."""

NOBODY: Mapping[str, Any] = {"person": None}
"""The session of those who are not signed in."""


def sign_in(installation: Installation, login: str, password: str) -> Actor:
    """Return who signs in. Raises Invalid `wrong_login`: it does not tell whether the name exists."""
    with installation.database.reading() as tx:
        account = Accounts(tx).by_login(login.strip())
        fits = installation.hasher.verify(account.password_hash if account else _NOBODY, password)
        if not (account and fits and account.active):
            raise Invalid([Problem("wrong_login", "/login")], "wrong_login")
        found = person(tx, account.id)
    if found is None:
        raise NotFound("account", login)
    return _actor(found)


def load_actor(installation: Installation, user_id: str) -> Actor | None:
    """Return the active person of a session, None when there is none any more."""
    with installation.database.glancing() as tx:
        found = person(tx, user_id)
    return _actor(found) if found else None


def session(installation: Installation, ctx: Context) -> dict[str, Any]:
    """Return what the page shows about who is signed in."""
    with installation.database.reading() as tx:
        found = person(tx, ctx.actor.id)
        number = number_in_force(tx, writing=False)
    if found is None:
        raise NotFound("account", ctx.actor.id)
    account = found.account
    department = {"id": account.department_id, "name": found.department} if account.department_id else None
    shown: dict[str, Any] = {
        "id": account.id,
        "name": account.name,
        "login": account.login,
        "language": account.language,
    }
    shown |= {"is_admin": account.is_admin, "department": department, "roles": sorted(found.roles)}
    return {"person": shown, "publication": number or 0}


def prefer(installation: Installation, ctx: Context, language: str) -> dict[str, Any]:
    """Change the own language."""
    with installation.database.writing() as tx:
        account = _need(tx, ctx.actor.id)
        Accounts(tx).change(account.id, account.version, {"language": language})
    return session(installation, ctx)


def search(installation: Installation, ctx: Context, text: str, ids: str) -> dict[str, Any]:
    """Return at most 20 active people whose name or login contains a text, or those with `ids` (separated by commas)."""
    wanted = [part for part in ids.split(",") if part]
    with installation.database.reading() as tx:
        found = Accounts(tx).all(wanted or None)
        names = {department.id: department.name for department in Accounts(tx).departments()}
    asked = text.strip().lower()
    shown = [one for one in found if wanted or (one.active and (asked in found_by(f"{one.name} {one.login}")))]
    return {
        "items": [
            {"id": one.id, "name": one.name, "login": one.login, "department": names.get(one.department_id or "", "")}
            for one in shown[: len(wanted) or 20]
        ]
    }


def roles(installation: Installation, ctx: Context) -> dict[str, Any]:
    """Return the roles that modules declare."""
    with installation.database.reading() as tx:
        configuration = installation.configurations.in_force(tx, writing=False).configuration
    titles = {module.name: module.title for module in configuration.modules.values()}
    return {
        "items": [
            {"key": role.key, "title": _in(role.title, ctx.language), "module": _in(titles[role.module], ctx.language)}
            for module in configuration.modules.values()
            for role in module.roles
        ]
    }


def every(installation: Installation, ctx: Context) -> dict[str, Any]:
    """Return all accounts. For administrators."""
    require_admin(ctx, "read", "account")
    with installation.database.reading() as tx:
        held = Accounts(tx).roles()
        return {"items": [_shown(account, held.get(account.id, ())) for account in Accounts(tx).all()]}


def one(installation: Installation, ctx: Context, user_id: str) -> dict[str, Any]:
    """Return one account. For administrators."""
    require_admin(ctx, "read", "account")
    with installation.database.reading() as tx:
        return _shown(_need(tx, user_id), Accounts(tx).roles_of(user_id))


def create(installation: Installation, ctx: Context, given: Mapping[str, Any]) -> dict[str, Any]:
    """Create an account; `login`, `name` and `password` are needed. For administrators."""
    require_admin(ctx, "create", "account")
    given = _trimmed(given)
    missing = [Problem("required", f"/{name}") for name in ("login", "name", "password") if not given.get(name)]
    if missing:
        raise Invalid(missing)
    hashed = installation.hasher.hash(given["password"])
    optional = {name: given[name] for name in ("department_id", "superior_id", "language", "is_admin") if name in given}
    with installation.database.writing() as tx:
        _check_links(tx, given)
        account = Accounts(tx).add(given["login"], given["name"], hashed, now=ctx.now, **optional)
        _set_roles(tx, installation, account.id, given.get("roles", ()))
        _audit(tx, ctx, "create", account.id, {}, given)
        return _shown(account, given.get("roles", ()))


def change(installation: Installation, ctx: Context, user_id: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Change an account. For administrators. Raises Conflict when the last administrator would go."""
    require_admin(ctx, "update", "account")
    given = _trimmed(given)
    if blank := [Problem("required", f"/{name}") for name in ("login", "name") if given.get(name) == ""]:
        raise Invalid(blank)
    changes = {name: value for name, value in given.items() if name not in {"password", "roles"}}
    if given.get("password"):
        changes["password_hash"] = installation.hasher.hash(given["password"])
    with installation.database.writing() as tx:
        before = _need(tx, user_id)
        _check_links(tx, given)
        if changes:
            Accounts(tx).change(user_id, before.version, changes)
        if "roles" in given:
            _set_roles(tx, installation, user_id, given["roles"])
        if not Accounts(tx).admins():
            raise Conflict("last_admin", {"login": before.login})
        _audit(
            tx,
            ctx,
            "update",
            user_id,
            {name: getattr(before, name, None) for name in changes if name != "password_hash"},
            given,
        )
        return _shown(_need(tx, user_id), Accounts(tx).roles_of(user_id))


def require_admin(ctx: Context, action: str, subject: str) -> None:
    """Let only administrators pass. Raises Forbidden."""
    if not ctx.actor.is_admin:
        raise Forbidden(action, subject, "admins_only")


def _trimmed(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.strip() if name in {"login", "name"} else value for name, value in given.items()}


def _check_links(tx: Transaction, given: Mapping[str, Any]) -> None:
    """Refuse a department or superior that does not exist. Raises Invalid."""
    wanted = {"department_id": Accounts(tx).department, "superior_id": Accounts(tx).get}
    missing = [name for name, find in wanted.items() if given.get(name) and find(given[name]) is None]
    if missing:
        raise Invalid(Problem("reference_missing", f"/{name}", {"field": name}) for name in missing)


def _set_roles(tx: Transaction, installation: Installation, user_id: str, wanted: Iterable[str]) -> None:
    configuration = installation.configurations.in_force(tx, writing=False).configuration
    known = {role.key for module in configuration.modules.values() for role in module.roles}
    held = Accounts(tx).roles_of(user_id)
    unknown = [
        Problem("unknown_role", f"/roles/{n}", {"role": role})
        for n, role in enumerate(wanted)
        if role not in known | held
    ]
    if unknown:
        raise Invalid(unknown)
    Accounts(tx).set_roles(user_id, wanted)


def _audit(
    tx: Transaction, ctx: Context, action: str, user_id: str, before: Mapping[str, Any], given: Mapping[str, Any]
) -> None:
    told = {name: value for name, value in given.items() if name != "password"}
    details = {"before": dict(before), "after": told | ({"password": "*"} if given.get("password") else {})}
    AuditLog(tx).add(ctx.now, ctx.actor.id, action, "account", user_id, details, ctx.request_id)


def _need(tx: Transaction, user_id: str) -> Account:
    account = Accounts(tx).get(user_id)
    if account is None:
        raise NotFound("account", user_id)
    return account


def _actor(found: Person) -> Actor:
    account = found.account
    return Actor(
        account.id,
        account.name,
        account.login,
        account.language,
        account.is_admin,
        account.department_id,
        found.roles,
        found.is_given,
    )


def _shown(account: Account, held: Iterable[str]) -> dict[str, Any]:
    names = ("id", "login", "name", "department_id", "superior_id", "language", "is_admin", "active")
    return {name: getattr(account, name) for name in names} | {"roles": sorted(held)}


def _in(text: Mapping[str, str], language: str) -> str:
    return text.get(language) or text.get("zh-CN", "")
