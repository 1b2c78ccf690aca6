"""A module whose records have a field of every type, written into a folder for the tests of the API."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine.definition.field_types import FIELD_TYPES
from tests.api.office import PASSWORD, Office

THING, OTHER = "kinds.thing", "kinds.other"
LATER = frozenset({"references", "dynamic_reference", "rollup"})
"""Types that have tests of their own elsewhere."""

SETTINGS: Mapping[str, Mapping[str, Any]] = {
    "quantity": {"unit": "m3", "units": {"t": "2.4"}, "scale": 3},
    "capital_amount": {"of": "f_money"},
    "snapshot": {"of": "f_reference", "fields": ["name", "price"]},
    "cascade": {"options": "places"},
    "reference": {"to": "other"},
    "series": {"pattern": "N-{seq:4}"},
    "json": {"schema": {"type": "object", "properties": {"n": {"type": "integer"}}}},
    "period": {"grain": "quarter"},
    "location": {"within": {"of": "f_reference.site", "metres": 1000}},
}
_FORMS: Mapping[str, Mapping[str, Any]] = {
    "select": {"oneOf": [{"const": "a", "title": "甲"}, {"const": "b", "title": "乙"}]},
    "multi_select": {"items": {"oneOf": [{"const": "a", "title": "甲"}, {"const": "b", "title": "乙"}]}},
    "tags": {"items": {"type": "string"}},
    "users": {"items": {"type": "string"}},
    "departments": {"items": {"type": "string"}},
    "sub_table": {
        "items": {
            "type": "object",
            "properties": {
                "stamp": {
                    "title": "号",
                    "type": "string",
                    "format": "uuid",
                    "readOnly": True,
                    "x-field": {"type": "uuid"},
                },
                "wide": {"title": "长", "type": "string", "format": "decimal", "x-field": {"digits": 28, "scale": 2}},
                "card": {"title": "证", "type": "string", "x-field": {"type": "id_document", "encrypted": True}},
                "total": {"title": "额", "type": "string", "format": "decimal", "x-field": {"scale": 2}},
            },
        }
    },
}
EXTRA: Mapping[str, Mapping[str, Any]] = {
    "name": {"title": "名", "type": "string"},
    "wide": {"title": "长数", "type": "string", "format": "decimal", "x-field": {"type": "money", "digits": 28}},
    "sealed": {"title": "证件", "type": "string", "x-field": {"type": "id_document", "encrypted": True, "mask": "id"}},
    "passport": {"title": "护照", "type": "string", "x-field": {"type": "id_document", "kind_field": "paper"}},
    "paper": {"title": "种类", "type": "string", "x-field": {"type": "text"}},
    "mobile": {"title": "手机", "type": "string", "x-field": {"type": "phone", "kind": "mobile", "mask": "phone"}},
    "colours": {"title": "色", "type": "string", "x-field": {"type": "select", "options": "colours"}},
    "shades": {"title": "多色", "type": "array", "x-field": {"type": "multi_select", "options": "colours"}},
    "copied": {
        "title": "抄",
        "type": "string",
        "x-field": {"type": "select", "options": "colours", "copy": "f_reference.colour"},
    },
}
OPTIONS: Mapping[str, Any] = {
    "colours": [
        {"value": "red", "title": "红", "color": "#ff0000"},
        {"value": "grey", "title": "灰", "retired": True},
        {"value": "blue", "title": "蓝"},
    ],
    "places": [
        {"value": "n", "title": "北", "options": [{"value": "n1", "title": "一"}, {"value": "n2", "title": "二"}]},
        {"value": "s", "title": "南", "options": [{"value": "s1", "title": "一"}]},
    ],
}


def typed_fields() -> dict[str, Any]:
    """Return a field of every type, by `f_<type>`."""
    found = {}
    for kind, field_type in FIELD_TYPES.items():
        if kind in LATER | {"tree_parent"}:
            continue
        form = {"type": field_type.json_type} if field_type.json_type else {}
        form |= {"format": field_type.json_format} if field_type.json_format else {}
        form |= {"readOnly": True} if field_type.made else {}
        found[f"f_{kind}"] = {
            "title": kind,
            **form,
            **_FORMS.get(kind, {}),
            "x-field": {"type": kind, **SETTINGS.get(kind, {})},
        }
    return found


def _entity(name: str, properties: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    schema = {"type": "object", "properties": dict(properties)}
    head = {"$schema": "https://formwork.dev/schemas/v1/entity.schema.json", "name": name, "title": name}
    return head | {"kind": "master", "display": "name", "schema": schema} | more


def documents(options: Mapping[str, Any] = OPTIONS) -> dict[str, Any]:
    """Return the documents of the module by their paths in it."""
    address = "https://formwork.dev/schemas/v1"
    roles = [{"name": name, "title": name} for name in ("keeper", "looker")]
    site = {"title": "点", "type": "object", "x-field": {"type": "location"}}
    other = {
        "name": {"title": "名", "type": "string"},
        "price": {"title": "价", "type": "string", "format": "decimal", "x-field": {"type": "money"}},
        "colour": {"title": "色", "type": "string", "x-field": {"type": "select", "options": "colours"}},
        "site": site,
    }
    every = ["read", "create", "update", "delete", "import", "export"]
    masks = {"sealed": "mask", "mobile": "mask", "f_sub_table.card": "mask"}
    grants = [
        {"role": "keeper", "entity": "thing", "actions": every},
        {"role": "keeper", "entity": "other", "actions": every},
        {"role": "looker", "entity": "thing", "actions": ["read", "update", "export"], "fields": masks},
        {"role": "looker", "entity": "other", "actions": ["read"]},
    ]
    found: dict[str, Any] = {
        "module.json": {
            "$schema": f"{address}/module.schema.json",
            "name": "kinds",
            "version": "1.0.0",
            "title": "种类",
            "roles": roles,
            "project_roles": [{"name": "lead", "title": "组长"}],
        },
        "permissions.json": {"$schema": f"{address}/permissions.schema.json", "grants": grants},
        "entities/thing.json": _entity("thing", {**EXTRA, **typed_fields()}, unique=[["sealed"]]),
        "entities/other.json": _entity("other", other),
    }
    for name, several in options.items():
        body = {"$schema": f"{address}/options.schema.json", "name": name, "title": name, "options": several}
        found[f"options/{name}.json"] = body
    return found


def write_module(folder: Path) -> Path:
    """Write the module into a folder and return it."""
    for path, body in documents().items():
        file = folder / "kinds" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")
    return folder


def furnish_kinds(office: Office) -> dict[str, str]:
    """Add two people, a department and two records to point at; return their ids by short names."""
    admin = office["admin"]
    ids = {"north": admin.post("/departments", {"code": "N", "name": "North"}).body["id"]}
    for login, role in (("kay", "kinds.keeper"), ("lou", "kinds.looker")):
        given = {"login": login, "name": login.title(), "password": PASSWORD, "roles": [role]}
        ids[login] = admin.post("/accounts", given).body["id"]
    site = {"lng": "113.264385", "lat": "23.129112"}
    ids["one"] = admin.create(OTHER, name="One", price="2.00", colour="red", site=site)["id"]
    ids["two"] = admin.create(OTHER, name="Two", price="3.00", colour="blue")["id"]
    return ids
