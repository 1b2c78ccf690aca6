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


def _documents() -> dict[str, dict[str, Any]]:
    entry = {"note": _TEXT, "day": _DAY, "month": _TEXT, "amount": _MONEY}
    typed = {"note": _TEXT, "site": _SITE, "day": _DAY, "amount": _MONEY}
    people = {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {
                "person": {"title": "Person", "type": "string", "x-field": {"type": "user"}},
                "part": {"title": "Part", "type": "string"},
            },
        },
    }
    both = {"date": "day", "period": "month"}
    to_journal, to_till = _posting("journal", site="site"), _posting("till")
    approve = {"name": "boss", "title": "Boss", "type": "approve", "by": [{"role": "treasurer"}], "mode": "any"}
    grants = [
        {"role": role, "entity": name, "actions": ["read", "create", "update", "delete", "submit", "void", "import"]}
        for role in ("clerk", "treasurer")
        for name in ("bill", "claim", "slip")
    ]
    grants += [
        {"role": role, "entity": name, "actions": ["read"]}
        for role in ("clerk", "treasurer", "keeper")
        for name in ("site", "journal", "till")
    ]
    grants += [
        {"role": "treasurer", "entity": name, "actions": ["close_period", "reopen_period"]}
        for name in ("journal", "till")
    ]
    grants += [{"role": "keeper", "entity": "journal", "actions": ["close_period"], "scope": "my_projects"}]
    roles = [{"name": name, "title": name.title()} for name in ("clerk", "treasurer", "keeper")]
    entities = (
        _entity(
            "site",
            "master",
            ["code"],
            {"code": _TEXT, "people": people},
            team={"table": "people", "user": "person", "role": "part"},
        ),
        _entity(
            "journal",
            "ledger",
            ["site", "day"],
            {**entry, "site": _SITE},
            closing=both | {"by": "site", "reversal": "next_open"},
        ),
        _entity("till", "ledger", ["day"], entry, closing=both | {"first_day": 26}),
        _entity("bill", "document", ["site", "day"], typed, postings=[to_journal]),
        _entity("claim", "document", ["site", "day"], typed, postings=[to_journal]),
        _entity("slip", "document", ["day"], typed, postings=[to_till]),
    )
    post = {"type": "post", "to": "till", "set": to_till["set"], "when": "note = 'cash'"}
    return {
        "module.json": _document(
            "module",
            name="books",
            version="1.0.0",
            title="Books",
            roles=roles,
            project_roles=[{"name": "keeper_here", "title": "Keeper"}],
            menu=[{"page": "closings"}],
        ),
        "flows/claim.json": _document("flow", name="claim", title="Claim", entity="claim", steps=[approve]),
        "automations/cash.json": _document(
            "automation", name="cash", title="Cash", entity="bill", on={"type": "effect"}, do=[post]
        ),
        "permissions.json": _document("permissions", grants=grants),
    } | {f"entities/{one['name']}.json": one for one in entities}
