"""A module of machines and what is read from them: rules that look at other records, near in time or the one before."""

import json
from pathlib import Path
from typing import Any

from engine.definition.schemas import address
from tests.api.office import PASSWORD, Office

MACHINE, READING = "plant.machine", "plant.reading"
STEP, LINK, TOOL = "plant.step", "plant.link", "plant.tool"

_DAY = {"title": "Day", "type": "string", "format": "date"}
_COUNT = {"title": "Count", "type": "string", "format": "decimal", "x-field": {"type": "decimal", "scale": 1}}
_BEFORE = "LOOKUP('plant.reading', 'count', machine = machine, day < day)"
_WEEK = "MEASURE('read', machine = machine, day > day - 7, day <= day)"
_TEXT = {"title": "Code", "type": "string"}


def _to(name: str, kind: str = "reference") -> dict[str, Any]:
    return {
        "title": name.title(),
        "type": "string",
        "x-field": {"type": kind} | ({"to": name} if kind == "reference" else {}),
    }


def _rows(**properties: dict[str, Any]) -> dict[str, Any]:
    return {"title": "Rows", "type": "array", "items": {"type": "object", "properties": properties}}


def _reading() -> dict[str, Any]:
    rules = [
        {
            "name": "never_back",
            "check": f"count >= COALESCE({_BEFORE}, 0)",
            "message": f"{{{_BEFORE}}}",
            "target": "count",
        },
        {"name": "thrice_a_week", "check": f"{_WEEK} < 3", "message": f"{{{_WEEK}}} in a week", "on": ["submit"]},
        {
            "name": "place_a_week",
            "check": "MEASURE('placed', place = places.place, count >= places.least, day > day - 7) < 2",
            "message": "twice",
            "each": "places",
            "on": ["submit"],
        },
    ]
    place = {"place": _TEXT, "least": _COUNT}
    reading = {
        "machine": _to("machine"),
        "day": _DAY,
        "count": _COUNT,
        "last": _COUNT | {"readOnly": True, "x-field": {"type": "decimal", "scale": 1, "formula": _BEFORE}},
        "places": _rows(**place),
    }
    return _entity("reading", "document", reading, display="day", rules=rules)


def documents() -> dict[str, dict[str, Any]]:
    """Return the module's documents by path."""
    sources = {
        "read": {
            "from": "reading",
            "aggregate": "count",
            "where": "status <> 'draft'",
            "dimensions": ["machine", "day"],
        },
        "placed": {
            "from": "reading.places",
            "where": "status <> 'draft'",
            "aggregate": "count",
            "dimensions": [
                {"name": "place", "title": "Place", "value": "places.place"},
                {"name": "count", "title": "Count", "value": "places.least * 2"},
                {"name": "day", "title": "Day", "value": "day"},
            ],
        },
    }
    actions = ["read", "create", "update", "submit", "void"]
    grants = [{"role": "clerk", "entity": "reading", "actions": actions}]
    grants += [{"role": "clerk", "entity": "machine", "actions": ["read"]}]
    grants += [
        {"role": "clerk", "entity": name, "actions": [*actions[:3], "delete"]} for name in ("step", "link", "tool")
    ]
    return {
        "module.json": _of("module", "plant", version="1.0.0", roles=[{"name": "clerk", "title": "Clerk"}]),
        "entities/machine.json": _entity("machine", "master", {"code": _TEXT}),
        "entities/reading.json": _reading(),
        "entities/step.json": _entity(
            "step", "master", {"code": _TEXT, "parent": _to("step", "tree_parent")}, parent="parent"
        ),
        "entities/link.json": _entity(
            "link",
            "master",
            {"code": _TEXT, "before": _to("step"), "after": _to("step")},
            acyclic=[{"name": "no_circle", "from": "before", "to": "after", "apart": True, "message": "No way round."}],
        ),
        "entities/tool.json": _entity(
            "tool",
            "master",
            {"code": _TEXT, "needs": _rows(tool=_to("tool"))},
            acyclic=[{"name": "no_circle", "from": "needs.tool", "to": "id"}],
        ),
        "permissions.json": {"$schema": address("permissions"), "grants": grants},
    } | {f"measures/{name}.json": _of("measure", name, **body) for name, body in sources.items()}


def write_plant(folder: Path) -> Path:
    """Write the module into a folder and return it."""
    for path, body in documents().items():
        file = folder / "plant" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")
    return folder


def furnish_plant(office: Office) -> dict[str, str]:
    """Add two people who read and two machines; return the machines' ids by their codes."""
    admin = office["admin"]
    for login in ("ann", "ben"):
        admin.post("/accounts", {"login": login, "name": login.title(), "password": PASSWORD, "roles": ["plant.clerk"]})
    return {code: admin.create(MACHINE, code=code)["id"] for code in ("M1", "M2")}


def _of(kind: str, name: str, /, **body: object) -> dict[str, Any]:
    return {"$schema": address(kind), "name": name, "title": name.title(), **body}


def _entity(name: str, kind: str, properties: dict[str, Any], display: str = "code", **more: object) -> dict[str, Any]:
    schema = {"type": "object", "properties": properties}
    return _of("entity", name, kind=kind, display=display, schema=schema, **more)
