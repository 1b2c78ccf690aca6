"""A depot for the tests of roll-ups: areas in areas, items in them, orders with lines, groups over areas, and a ledger."""

import copy
from typing import Any

from engine.definition import Configuration, compile_documents
from engine.definition.schemas import address
from engine.storage.record_tables import RecordTables

Documents = dict[str, Any]


def field(kind: str, **more: Any) -> dict[str, Any]:
    json_type, _, json_format = kind.partition(":")
    shown: dict[str, Any] = {"title": kind, "type": json_type} | ({"format": json_format} if json_format else {})
    settings = {key: value for key, value in more.items() if key not in ("items", "readOnly")}
    shown |= {key: more[key] for key in ("items", "readOnly") if key in more}
    return shown | ({"x-field": settings} if settings else {})


def rolled(kind: str, source: str, via: str, aggregate: str = "sum", **more: Any) -> dict[str, Any]:
    typed = {"type": more.pop("kept_as")} if "kept_as" in more else {}
    return field(kind, readOnly=True, rollup={"from": source, "via": via, "aggregate": aggregate, **more}, **typed)


def entity(name: str, kind: str, properties: dict[str, Any], **more: Any) -> dict[str, Any]:
    schema = {"type": "object", "properties": properties}
    said = {"name": name, "title": name, "kind": kind, "display": "code", "schema": schema}
    return {"$schema": address("entity")} | said | more


DECIMAL, TEXT, DATE, WHOLE, YES = "string:decimal", "string", "string:date", "integer", "boolean"

AREA = {
    "code": field(TEXT),
    "within": field(TEXT, type="tree_parent"),
    "group": field(TEXT, type="reference", to="group"),
    "spare": field(DECIMAL),
    "spare_total": rolled(DECIMAL, "area", "id", value="spare", tree=True),
    "areas": rolled(WHOLE, "area", "within", "count"),
    "items": rolled(WHOLE, "item", "area", "count", tree=True),
    "dearest": rolled(DECIMAL, "item", "area", "max", value="price", tree=True),
    "cheapest": rolled(DECIMAL, "item", "area", "min", value="price", where="price > 1"),
    "third": rolled(DECIMAL, "item", "area", value="price / 3", tree=True),
    "mean": rolled(DECIMAL, "item", "area", "avg", value="price"),
    "mean_below": rolled(DECIMAL, "item", "area", "avg", value="price", tree=True),
    "any_broken": rolled(YES, "item", "area", "any", value="broken", tree=True),
    "all_checked": rolled(YES, "item", "area", "all", value="checked", where="NOT COALESCE(broken, FALSE)"),
    "first_day": rolled(DATE, "item", "area", "min", value="day", tree=True),
    "ordered": rolled(DECIMAL, "order.lines", "area", value="count * price", where="count > 1", tree=True),
    "taken": rolled(DECIMAL, "order", "area", value="total", where="status = 'approved'"),
    "left": field(DECIMAL, readOnly=True, formula="spare_total - ordered"),
    "moved": rolled(DECIMAL, "move", "area", value="amount"),
}
GROUP = {
    "code": field(TEXT),
    "left": rolled(DECIMAL, "area", "group", value="left"),
    "fullest": rolled(DECIMAL, "area", "group", "max", value="left"),
    "double": field(DECIMAL, readOnly=True, formula="left * 2"),
}
ITEM = {
    "code": field(TEXT),
    "area": field(TEXT, type="reference", to="area", on_delete="nullify"),
    "price": field(DECIMAL),
    "broken": field(YES),
    "checked": field(YES),
    "day": field(DATE),
}
LINE = {
    "item": field(TEXT, type="reference", to="item"),
    "count": field(WHOLE),
    "price": field(DECIMAL),
}
ORDER = {
    "code": field(TEXT),
    "area": field(TEXT, type="reference", to="area"),
    "lines": field("array", items={"type": "object", "properties": LINE}),
    "total": field(DECIMAL, readOnly=True, formula="SUM(lines.price)"),
}
MOVE = {"code": field(TEXT), "area": field(TEXT, type="reference", to="area"), "amount": field(DECIMAL)}
POSTING = {
    "name": "move",
    "to": "move",
    "each": "lines",
    "set": {"code": "code", "area": "area", "amount": "lines.price"},
}


def documents() -> Documents:
    return copy.deepcopy(_documents())


def _documents() -> Documents:
    return {
        "depot/module.json": {"$schema": address("module"), "name": "depot", "version": "1.0.0", "title": "depot"},
        "depot/entities/group.json": entity("group", "master", GROUP),
        "depot/entities/area.json": entity("area", "master", AREA, parent="within"),
        "depot/entities/item.json": entity("item", "master", ITEM),
        "depot/entities/order.json": entity("order", "document", ORDER, postings=[POSTING]),
        "depot/entities/move.json": entity("move", "ledger", MOVE),
    }


def configuration(documents: Documents) -> Configuration:
    compiled = compile_documents(documents)
    assert isinstance(compiled, Configuration), compiled
    return compiled


def tables_of(documents: Documents) -> RecordTables:
    return RecordTables(configuration(documents).entities.values())
