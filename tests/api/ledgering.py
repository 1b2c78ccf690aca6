"""A module of sites and claims on them: two figures with limits, read in another order by each kind of document."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine.definition.schemas import address
from tests.api.office import PASSWORD, Office

SITE, CLAIM, RETURN, ENTRY = "sites.site", "sites.claim", "sites.giveback", "sites.entry"

_PEOPLE = ("ann", "ben")
_MONEY = {"type": "string", "format": "decimal", "x-field": {"type": "money"}}


def write_sites(folder: Path) -> Path:
    """Write the module into a folder and return it."""
    for path, body in _documents().items():
        file = folder / "sites" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")
    return folder


def furnish_sites(office: Office) -> dict[str, str]:
    """Add two people who claim and two sites; return their ids by short names."""
    admin = office["admin"]
    ids = {}
    for login in _PEOPLE:
        given = {"login": login, "name": login.title(), "password": PASSWORD, "roles": ["sites.clerk"]}
        ids[login] = admin.post("/accounts", given).body["id"]
    for code, cap in (("north", "500000.00"), ("south", "1000000.00")):
        ids[code] = admin.create(SITE, code=code, cap=cap)["id"]
    return ids


def _document(kind: str, /, **body: object) -> dict[str, object]:
    return {"$schema": address(kind), **body}


def _entity(name: str, kind: str, display: str, properties: Mapping[str, Any], **more: object) -> dict[str, object]:
    schema = {"type": "object", "properties": dict(properties)}
    return _document("entity", name=name, title=name.title(), kind=kind, display=display, schema=schema, **more)


def _field(title: str, **settings: object) -> dict[str, object]:
    return {"title": title, "type": "string"} | ({"x-field": settings} if settings else {})


def _money(title: str, **settings: object) -> dict[str, object]:
    return {"title": title} | _MONEY | {"x-field": {"type": "money", **settings}}


def _rows(title: str, **properties: object) -> dict[str, object]:
    return {"title": title, "type": "array", "items": {"type": "object", "properties": properties}}


def _limit(name: str, measure: str, dimension: str, value: str, cap: str) -> dict[str, object]:
    asked = f"MEASURE('{measure}', {dimension} = {value})"
    return {"name": name, "check": f"{asked} <= {cap}", "message": f"{{{asked}}} > {cap}", "on": ["submit"]}


def _claiming(name: str, rules: list[dict[str, object]], *, split: bool) -> dict[str, object]:
    shares = _rows("Shares", target=_field("Target"), weight=_money("Weight"))
    properties = {
        "site": _field("Site", type="reference", to="site"),
        "day": _field("Day", default="TODAY()") | {"format": "date"},
        "target": _field("Target"),
        "amount": _money("Amount"),
        "factor": _money("Factor"),
        "shares": shares,
    }
    own = {"site": "site", "day": "day", "target": "target", "amount": "amount", "rate": "7.1 / COALESCE(factor, 1)"}
    whole = {"name": "whole", "to": "entry", "set": own, "when": "COUNT(shares) = 0"}
    shared = {"name": "shared", "to": "entry", "set": own | {"target": "shares.target"}}
    shared |= {"split": {"over": "shares", "weight": "weight", "field": "amount"}}
    return _entity(name, "document", "target", properties, rules=rules, postings=[whole, *([shared] if split else [])])


def _documents() -> dict[str, dict[str, object]]:
    site = _limit("of_the_site", "by_site", "site", "site", "site.cap")
    target = _limit("of_the_target", "by_target", "target", "target", "900000")
    entry = {
        "site": _field("Site", type="reference", to="site"),
        "day": _field("Day") | {"format": "date"},
        "target": _field("Target"),
        "amount": _money("Amount"),
        "rate": _money("Rate", reverse="keep"),
    }
    measures = {
        f"by_{name}": {"from": "entry", "value": "amount", "stages": ["effective", "reserved"]}
        | {
            "dimensions": [
                {"name": name, "title": name},
                {"name": "month", "title": "Month", "value": "MONTHTEXT(day)"},
            ]
        }
        for name in ("site", "target")
    }
    north = {"formula": "MEASURE('by_target', target = 'T1')", "dimensions": ["month"]}
    derived = {
        "so_far": {"along": {"dimension": "month", "show": "running_total"}},
        "before": {"along": {"dimension": "month", "show": "previous_period"}},
        "year_before": {"along": {"dimension": "month", "show": "same_period_last_year"}},
        "growth": {"formula": "MEASURE('by_target') - MEASURE('before')"},
        "rate": {"formula": "MEASURE('by_target') / MEASURE('before')"},
    }
    common = {"formula": "MEASURE('by_target')", "dimensions": ["target", "month"]}
    measures |= {name: common | body for name, body in derived.items()} | {"of_t1": north}
    grants = [
        {"role": "clerk", "entity": name, "actions": ["read", "create", "update", "submit", "void"]}
        for name in ("claim", "giveback")
    ]
    grants += [{"role": "clerk", "entity": name, "actions": ["read"]} for name in ("site", "entry")]
    return {
        "module.json": _document(
            "module", name="sites", version="1.0.0", title="Sites", roles=[{"name": "clerk", "title": "Clerk"}]
        ),
        "entities/site.json": _entity(
            "site",
            "master",
            "code",
            {
                "code": _field("Code"),
                "cap": _money("Cap"),
                "status": _field("Status", default="'open'"),
                "beside": _field("Beside", type="reference", to="site", filter="status = RECORD.status"),
            },
        ),
        "entities/entry.json": _entity("entry", "ledger", "target", entry),
        "entities/claim.json": _claiming("claim", [site, target], split=True),
        "entities/giveback.json": _claiming("giveback", [target, site], split=False),
        "permissions.json": _document("permissions", grants=grants),
    } | {
        f"measures/{name}.json": _document("measure", name=name, title=name, **body) for name, body in measures.items()
    }
