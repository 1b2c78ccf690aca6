"""A small module in neutral words, as documents: machines, items, orders with lines, and a stock ledger."""

import copy
from collections.abc import Mapping
from typing import Any

from engine.definition import Configuration, check_documents, compile_documents
from engine.definition.schemas import address
from engine.problems import Problem

Documents = dict[str, Any]


def document(schema_kind: str, /, **body: object) -> dict[str, object]:
    return {"$schema": address(schema_kind), **body}


def text(title: str, /, **more: object) -> dict[str, object]:
    return {"title": title, "type": "string", **more}


def number(title: str, **settings: object) -> dict[str, object]:
    field: dict[str, object] = {"title": title, "type": "string", "format": "decimal", "x-field": settings}
    return field | ({"readOnly": True} if "formula" in settings or "lookup" in settings else {})


def reference(title: str, to: str, **settings: object) -> dict[str, object]:
    return text(title, **{"x-field": {"type": "reference", "to": to, **settings}})


def record(required: list[str], /, **properties: object) -> dict[str, object]:
    return {"type": "object", "required": required, "properties": properties}


LINES = {
    "title": "明细",
    "type": "array",
    "minItems": 1,
    "maxItems": 50,
    "items": record(
        ["item", "count"],
        item=reference("物品", "item", filter="ISBLANK(machine) OR machine = RECORD.machine"),
        count=number("数量", min="0", max="1000"),
        price=number("单价", type="money", copy="item.price"),
        unit=text("单位", readOnly=True, **{"x-field": {"lookup": "item.unit"}}),
        amount=number("金额", type="money", formula="ROUND(count * price, 2)"),
        note=text("备注", **{"x-field": {"visible": "count > 10", "when_hidden": "clear"}}),
    ),
}

ORDER = document(
    "entity",
    name="order",
    title="订单",
    kind="document",
    display="number",
    schema=record(
        ["machine", "day", "lines"],
        number=text(
            "编号", readOnly=True, **{"x-field": {"type": "series", "pattern": "O-{machine.code}-{yyyy}-{seq:4}"}}
        ),
        machine=reference("机器", "machine"),
        day={"title": "日期", "type": "string", "format": "date", "x-field": {"default": "TODAY()"}},
        priority=text("级别", oneOf=[{"const": "low", "title": "低"}, {"const": "high", "title": "高"}], default="low"),
        reason=text("原因", **{"x-field": {"required": "priority = 'high'", "read_only": "total > 500"}}),
        checker=text("检查人", **{"x-field": {"type": "user"}}),
        lines=LINES,
        total=number("合计", type="money", formula="SUM(lines.amount)"),
    ),
    unique=[["lines.item", "day"]],
    rules=[
        {"name": "limit", "check": "total <= 1000", "message": "合计 {total} 超过 1000", "target": "total"},
        {
            "name": "held",
            "check": "MEASURE('held', item = lines.item) >= 0",
            "message": "{lines.item} 只剩 {MEASURE('held', item = lines.item)}",
            "target": "lines.count",
            "severity": "warn",
            "on": ["submit"],
        },
    ],
    postings=[
        {
            "name": "take",
            "to": "stock",
            "each": "lines",
            "when": "count > 0",
            "set": {"item": "lines.item", "day": "day", "quantity": "-count"},
        }
    ],
)

DOCUMENTS: Documents = {
    "shop/module.json": document(
        "module",
        name="shop",
        version="1.0.0",
        title="商店",
        roles=[{"name": "keeper", "title": "保管员"}],
        project_roles=[{"name": "driver", "title": "操作员"}],
        menu=[{"view": "orders"}, {"dashboard": "stock"}],
    ),
    "shop/entities/machine.json": document(
        "entity",
        name="machine",
        title="机器",
        kind="master",
        display="code",
        parent="above",
        team={"table": "people", "user": "person", "role": "part"},
        unique=[["code"]],
        schema=record(
            ["code"],
            code=text("代码", maxLength=20, pattern="^[A-Z0-9]+$"),
            above=text("上级", **{"x-field": {"type": "tree_parent"}}),
            people={
                "title": "人员",
                "type": "array",
                "items": record(
                    [],
                    person=text("人", **{"x-field": {"type": "user"}}),
                    part=text("角色", oneOf=[{"const": "driver", "title": "操作员"}]),
                ),
            },
        ),
    ),
    "shop/entities/item.json": document(
        "entity",
        name="item",
        title="物品",
        kind="master",
        display="name",
        schema=record(
            ["name"],
            name=text("名称"),
            price=number("单价", type="money"),
            unit=text("单位"),
            machine=reference("机器", "machine"),
        ),
    ),
    "shop/entities/order.json": ORDER,
    "shop/entities/stock.json": document(
        "entity",
        name="stock",
        title="库存",
        kind="ledger",
        display="item",
        schema=record(
            ["item", "quantity"],
            item=reference("物品", "item"),
            day={"title": "日期", "type": "string", "format": "date"},
            quantity=number("数量"),
        ),
    ),
    "shop/forms/order.json": document(
        "form",
        name="order",
        title="订单",
        entity="order",
        items=[
            {"section": "基本", "items": ["number", "machine", {"field": "day", "span": 6}]},
            {"tabs": [{"title": "明细", "items": [{"field": "lines", "columns": ["item", "count"]}]}]},
            {"field": "total", "visible": "total > 0"},
        ],
    ),
    "shop/views/orders.json": document(
        "view",
        name="orders",
        title="订单",
        entity="order",
        kind="table",
        columns=["number", "machine.code", {"field": "total", "total": "sum"}, "status"],
        filter="status <> 'void'",
        sort=["-day"],
        search=["number"],
    ),
    "shop/flows/order.json": document(
        "flow",
        name="order",
        title="订单审批",
        entity="order",
        steps=[
            {"name": "drive", "title": "操作员", "type": "approve", "by": [{"project_role": "driver"}]},
            {
                "name": "size",
                "type": "branch",
                "branches": [
                    {
                        "name": "large",
                        "when": "total > 100",
                        "steps": [
                            {
                                "name": "keep",
                                "title": "保管员",
                                "type": "approve",
                                "by": [{"role": "keeper"}],
                                "mode": {"quorum": "2/3"},
                            }
                        ],
                    },
                    {"name": "other", "default": True, "steps": []},
                ],
            },
            {"name": "tell", "type": "copy", "to": [{"user_field": "checker"}]},
        ],
    ),
    "shop/measures/held.json": document(
        "measure",
        name="held",
        title="结存",
        **{"from": "stock"},
        value="quantity",
        stages=["effective", "reserved"],
        dimensions=[
            {"name": "item", "title": "物品"},
            {"name": "month", "title": "月份", "value": "MONTHTEXT(day)"},
        ],
    ),
    "shop/measures/ordered.json": document(
        "measure",
        name="ordered",
        title="订购额",
        **{"from": "order.lines"},
        value="amount",
        where="status = 'approved'",
        dimensions=[{"name": "item", "title": "物品"}],
    ),
    "shop/measures/share.json": document(
        "measure",
        name="share",
        title="占比",
        formula="MEASURE('held') / MEASURE('ordered')",
        dimensions=["item"],
        scale=4,
    ),
    "shop/dashboards/stock.json": document(
        "dashboard",
        name="stock",
        title="库存",
        filters=[{"dimension": "item", "title": "物品"}],
        widgets=[
            {
                "name": "by_item",
                "title": "结存",
                "kind": "chart",
                "measures": ["held"],
                "by": ["item"],
                "levels": [{"from": "0.8", "tone": "warn"}],
            }
        ],
    ),
    "shop/permissions.json": document(
        "permissions",
        grants=[
            {"role": "keeper", "entity": "order", "actions": ["read", "submit"], "scope": {"where": "owner = ME"}},
            {"role": "keeper", "entity": "item", "actions": ["read"], "fields": {"price": "hidden"}},
        ],
    ),
    "shop/scenarios/one_order.json": document(
        "scenario",
        name="one_order",
        title="一张订单",
        people={"kim": {"roles": ["keeper"]}},
        given=[{"create": "item", "as": "admin", "values": {"name": "A"}, "call": "a"}],
        when=[{"create": "order", "as": "kim", "values": {"lines": [{"item": "@a", "count": "2"}]}, "call": "o"}],
        then=[{"measure": "held", "where": {"item": "@a"}, "is": "0"}, {"read": "o", "expect": {"total": "0"}}],
    ),
    "shop/locales/en.json": document(
        "locale",
        texts={
            "entities/order.json#/title": "Order",
            "entities/order.json#/schema/properties/lines/items/properties/count/title": "Count",
            "entities/order.json#/rules/0/message": "Total {total} is above 1000",
        },
    ),
}


def documents() -> Documents:
    return copy.deepcopy(DOCUMENTS)


def configuration(changed: Mapping[str, Any] | None = None) -> Configuration:
    compiled = compile_documents(changed or documents())
    assert isinstance(compiled, Configuration), compiled
    return compiled


def problems(changed: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """File, pointer and code of every finding."""
    return [(one.file, one.pointer, one.code) for one in check_documents(changed)]


def codes(changed: Mapping[str, Any]) -> set[str]:
    return {one.code for one in check_documents(changed)}


def found(changed: Mapping[str, Any], code: str) -> Problem:
    return next(one for one in check_documents(changed) if one.code == code)


def fields_of(changed: Documents, entity: str) -> dict[str, Any]:
    properties: dict[str, Any] = changed[f"shop/entities/{entity}.json"]["schema"]["properties"]
    return properties
