"""A module of two ledgers whose periods are closed: a journal with books for each site, and a till that all share."""

import json
from pathlib import Path
from typing import Any

from engine.definition.schemas import address
from tests.api.office import PASSWORD, Office

SITE, BILL, CLAIM, SLIP, JOURNAL, TILL = (
    f"books.{name}" for name in ("site", "bill", "claim", "slip", "journal", "till")
)
_TEXT, _DAY = {"type": "string"}, {"type": "string", "format": "date"}
_MONEY = {"type": "string", "format": "decimal", "x-field": {"type": "money"}}
_SITE = {"type": "string", "x-field": {"type": "reference", "to": "site"}}


def write_books(folder: Path) -> Path:
    """Write the module into a folder and return it."""
    for path, body in _documents().items():
        file = folder / "books" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")
    return folder


def furnish_books(office: Office) -> dict[str, str]:
    """Add Cleo, who writes, Fay, who closes everything, and Max, who closes the books of his site; return ids by short names."""
    admin, ids = office["admin"], {}
    for login, role in (("cleo", "clerk"), ("fay", "treasurer"), ("max", "keeper")):
        given = {"login": login, "name": login.title(), "password": PASSWORD, "roles": [f"books.{role}"]}
        ids[login] = admin.post("/accounts", given).body["id"]
    for code, people in (("north", [{"person": ids["max"], "part": "keeper"}]), ("south", [])):
        ids[code] = admin.create(SITE, code=code, people=people)["id"]
    return ids


def _document(kind: str, /, **body: object) -> dict[str, Any]:
    return {"$schema": address(kind), **body}


def _entity(name: str, kind: str, required: list[str], properties: dict[str, Any], **more: object) -> dict[str, Any]:
    titled = {key: {"title": key.title(), **value} for key, value in properties.items()}
    schema = {"type": "object", "required": required, "properties": titled}
    return _document(
        "entity", name=name, title=name.title(), kind=kind, display=next(iter(titled)), schema=schema, **more
    )


def _posting(to: str, **values: str) -> dict[str, Any]:
    return {"name": to, "to": to, "set": {"day": "day", "month": "MONTHTEXT(day)", "amount": "amount"} | values}


def _grants() -> list[dict[str, Any]]:
    doing = ["read", "create", "update", "delete", "submit", "void", "import"]
    writing = {"clerk": ("bill", "claim", "slip"), "treasurer": ("bill", "claim", "slip")}
    found = [{"role": role, "entity": one, "actions": doing} for role, names in writing.items() for one in names]
    for role in ("clerk", "treasurer", "keeper"):
        found += [{"role": role, "entity": name, "actions": ["read"]} for name in ("site", "journal", "till")]
    closing = ["close_period", "reopen_period"]
    found += [{"role": "treasurer", "entity": name, "actions": closing} for name in ("journal", "till")]
    return [*found, {"role": "keeper", "entity": "journal", "actions": closing[:1], "scope": "my_projects"}]


def _entities() -> tuple[dict[str, Any], ...]:
    entry = {"note": _TEXT, "day": _DAY, "month": _TEXT, "amount": _MONEY}
    typed = {"note": _TEXT, "site": _SITE, "day": _DAY, "amount": _MONEY}
    person = {"title": "Person", "type": "string", "x-field": {"type": "user"}}
    row = {"type": "object", "properties": {"person": person, "part": {"title": "Part", "type": "string"}}}
    site = {"code": _TEXT, "people": {"type": "array", "items": row}}
    team = {"table": "people", "user": "person", "role": "part"}
    both = {"date": "day", "period": "month"}
    journal, till = both | {"by": "site", "reversal": "next_open"}, both | {"first_day": 26}
    to_journal, to_till = [_posting("journal", site="site")], [_posting("till")]
    return (
        _entity("site", "master", ["code"], site, team=team),
        _entity("journal", "ledger", ["site", "day"], {**entry, "site": _SITE}, closing=journal),
        _entity("till", "ledger", ["day"], entry, closing=till),
        _entity("bill", "document", ["site", "day"], typed, postings=to_journal),
        _entity("claim", "document", ["site", "day"], typed, postings=to_journal),
        _entity("slip", "document", ["day"], typed, postings=to_till),
    )


def _documents() -> dict[str, dict[str, Any]]:
    approve = {"name": "boss", "title": "Boss", "type": "approve", "by": [{"role": "treasurer"}], "mode": "any"}
    post = {"type": "post", "to": "till", "set": _posting("till")["set"], "when": "note = 'cash'"}
    roles = [{"name": name, "title": name.title()} for name in ("clerk", "treasurer", "keeper")]
    here = [{"name": "keeper_here", "title": "Keeper"}]
    cover = {"name": "books", "version": "1.0.0", "title": "Books", "roles": roles, "project_roles": here}
    cash = {"name": "cash", "title": "Cash", "entity": "bill", "on": {"type": "effect"}, "do": [post]}
    return {
        "module.json": _document("module", menu=[{"page": "closings"}], **cover),
        "flows/claim.json": _document("flow", name="claim", title="Claim", entity="claim", steps=[approve]),
        "automations/cash.json": _document("automation", **cash),
        "permissions.json": _document("permissions", grants=_grants()),
    } | {f"entities/{one['name']}.json": one for one in _entities()}
