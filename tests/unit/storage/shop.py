"""A small shop for the tests of storage: items, machines with a team, orders with lines, and a ledger of movements."""

from datetime import UTC, datetime
from typing import Any

from engine.definition.model import (
    Dimension,
    Entity,
    Field,
    Measure,
    NoOverlap,
    Posting,
    Team,
    Text,
    Unique,
    View,
)
from engine.expressions import (
    BOOLEAN,
    DATE,
    NUMBER,
    TEXT,
    Compiled,
    RecordOf,
    Scope,
    Type,
    compile_expression,
)

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
ACTOR = "user-1"
USER = RecordOf("system.user")

SHAPES = {
    "system.user": {"id": TEXT, "name": TEXT, "login": TEXT},
    "shop.item": {"id": TEXT, "code": TEXT, "price": NUMBER},
    "shop.machine": {"id": TEXT, "code": TEXT},
}
ORDER_NAMES: dict[str, Type] = {
    "number": TEXT,
    "title": TEXT,
    "due_on": DATE,
    "total": NUMBER,
    "machine": RecordOf("shop.machine"),
    "owner": USER,
    "status": TEXT,
}
LINE_NAMES: dict[str, Type] = {"item": RecordOf("shop.item"), "count": NUMBER, "amount": NUMBER}
MOVE_NAMES: dict[str, Type] = {
    "item": RecordOf("shop.item"),
    "amount": NUMBER,
    "share": NUMBER,
    "moved_on": DATE,
}


def said(text: str) -> Text:
    return {"zh-CN": text, "en": text}


def formula(text: str, names: dict[str, Type], expect: Type = BOOLEAN) -> Compiled:
    found = compile_expression(text, Scope(names, SHAPES), expect)
    assert isinstance(found, Compiled), found
    return found


def field(name: str, kind: str, **more: Any) -> Field:
    return Field(name, name, said(name), kind, **more)


def item() -> Entity:
    fields = (field("code", "text", unique=True), field("price", "money", scale=2), field("colors", "multi_select"))
    return Entity("shop", "item", "item", said("Item"), "master", "code", fields)


def machine() -> Entity:
    people = field("people", "sub_table", fields=(field("person", "user"), field("part", "text")))
    fields = (field("code", "text"), field("within", "tree_parent"), people)
    team = Team("people", "person", "part")
    return Entity("shop", "machine", "machine", said("Machine"), "master", "code", fields, team=team)


def order() -> Entity:
    lines = field(
        "lines",
        "sub_table",
        fields=(
            field("item", "reference", to="shop.item"),
            field("count", "integer"),
            field("amount", "money", scale=2),
            field("begins_at", "time"),
            field("ends_at", "time"),
            field("item_code", "text", lookup="item.code"),
        ),
    )
    fields = (
        field("number", "series"),
        field("title", "text"),
        field("due_on", "date"),
        field("total", "money", scale=2),
        field("machine", "reference", to="shop.machine", on_delete="nullify"),
        field("urgent", "boolean"),
        field("called_at", "datetime"),
        lines,
    )
    return Entity(
        "shop",
        "order",
        "order",
        said("Order"),
        "document",
        "number",
        fields,
        unique=(Unique("item_day", ("lines.item", "due_on"), said("One order an item a day.")),),
        no_overlap=(NoOverlap("item_time", ("lines.item", "due_on"), "lines.begins_at", "lines.ends_at"),),
        postings=(Posting("move", "move", "shop.movement", {}, each="lines"),),
    )


def movement() -> Entity:
    fields = (
        field("item", "reference", to="shop.item"),
        field("amount", "money", scale=2),
        field("share", "percent", scale=4),
        field("moved_on", "date"),
        field("rate", "decimal", kept_on_reverse=True),
    )
    return Entity("shop", "movement", "movement", said("Movement"), "ledger", "item", fields)


def entities() -> tuple[Entity, ...]:
    return item(), machine(), order(), movement()


def views() -> tuple[View, ...]:
    return (View("shop", "due", "due", said("Due"), "shop.order", "table", (), sort=("-due_on",)),)


def measure(**more: Any) -> Measure:
    dimensions = (
        Dimension("item", said("Item"), formula("item", MOVE_NAMES, RecordOf("shop.item")), RecordOf("shop.item")),
        Dimension("month", said("Month"), formula("MONTHTEXT(moved_on)", MOVE_NAMES, TEXT), TEXT),
    )
    given: dict[str, Any] = {
        "source": "shop.movement",
        "value": formula("amount", MOVE_NAMES, NUMBER),
        "dimensions": dimensions,
    }
    return Measure("shop", "moved", "moved", said("Moved"), **(given | more))
