"""Departments: the tree that people belong to."""

from collections.abc import Mapping
from typing import Any

from engine.errors import Invalid, NotFound
from engine.problems import Problem
from engine.services.accounts import require_admin
from engine.services.context import Context
from engine.services.installation import Installation
from engine.storage.accounts import Accounts, Department
from engine.storage.audit import AuditLog
from engine.storage.database import Transaction


def every(installation: Installation, ctx: Context) -> dict[str, Any]:
    """Return all departments, with the names of their heads."""
    with installation.database.reading() as tx:
        found = Accounts(tx).departments()
        heads = {one.id: one.name for one in Accounts(tx).all([d.head_id for d in found if d.head_id])}
    return {"items": [_shown(department) | {"head": heads.get(department.head_id or "", "")} for department in found]}


def create(installation: Installation, ctx: Context, given: Mapping[str, Any]) -> dict[str, Any]:
    """Create a department. For administrators."""
    require_admin(ctx, "create", "department")
    missing = [Problem("required", f"/{name}") for name in ("code", "name") if not given.get(name)]
    if missing:
        raise Invalid(missing)
    with installation.database.writing() as tx:
        _check_links(tx, given)
        department = Accounts(tx).add_department(
            given["code"], given["name"], parent_id=given.get("parent_id"), head_id=given.get("head_id")
        )
        _audit(tx, ctx, "create", department.id, {"after": dict(given)})
    return _shown(department)


def change(installation: Installation, ctx: Context, department_id: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Change a department. For administrators. Raises Invalid `tree_circle` when it would stand below itself."""
    require_admin(ctx, "update", "department")
    with installation.database.writing() as tx:
        before = _need(tx, department_id)
        _check_links(tx, given)
        parent = given.get("parent_id")
        if parent and department_id in {above.id for above in Accounts(tx).chain(parent)}:
            raise Invalid([Problem("tree_circle", "/parent_id", {"name": before.name})])
        if given:
            Accounts(tx).change_department(department_id, before.version, given)
        _audit(
            tx,
            ctx,
            "update",
            department_id,
            {"before": {name: getattr(before, name) for name in given}, "after": dict(given)},
        )
        return _shown(_need(tx, department_id))


def _check_links(tx: Transaction, given: Mapping[str, Any]) -> None:
    """Refuse a parent or head that does not exist. Raises Invalid."""
    wanted = {"parent_id": Accounts(tx).department, "head_id": Accounts(tx).get}
    missing = [name for name, find in wanted.items() if given.get(name) and find(given[name]) is None]
    if missing:
        raise Invalid(Problem("reference_missing", f"/{name}", {"field": name}) for name in missing)


def _need(tx: Transaction, department_id: str) -> Department:
    found = Accounts(tx).department(department_id)
    if found is None:
        raise NotFound("department", department_id)
    return found


def _audit(tx: Transaction, ctx: Context, action: str, key: str, details: Mapping[str, Any]) -> None:
    AuditLog(tx).add(ctx.now, ctx.actor.id, action, "department", key, details, ctx.request_id)


def _shown(department: Department) -> dict[str, Any]:
    return {name: getattr(department, name) for name in ("id", "code", "name", "parent_id", "head_id", "active")}
