"""Three forms that are big: many fields with many formulas, many rows, many rows inside rows; pure."""

from collections.abc import Mapping

FIELDS, FORMULAS, ROWS, LINES, INNER = 300, 60, 2000, 10, 200
WIDE, LONG, DEEP = "big.wide", "big.long", "big.deep"
TABS, SECTIONS = 3, 5
PER_SECTION = FIELDS // (TABS * SECTIONS)
TYPED_PER_SECTION = PER_SECTION - FORMULAS // (TABS * SECTIONS)
FIRST_NUMBER, LAST_NUMBER = "s01_f03", "s15_f03"
GRAND_TOTAL = "s15_grand"

_ADDRESS = "https://formwork.dev/schemas/v1/"
_CHOICES = [{"const": "a", "title": "甲"}, {"const": "b", "title": "乙"}, {"const": "c", "title": "丙"}]

Property = dict[str, object]
Values = Mapping[str, object]


def _text(title: str) -> Property:
    return {"title": title, "type": "string", "maxLength": 80}


def _number(title: str, kind: str = "decimal", **more: object) -> Property:
    return {"title": title, "type": "string", "format": "decimal", "x-field": {"type": kind, **more}}


def _formula(title: str, formula: str) -> Property:
    return _number(title, "money", formula=formula) | {"readOnly": True}


def _typed(number: int) -> Property:
    """One of the fields that people fill: the kinds take turns, each third one is a number that formulas read."""
    title = f"字段 {number:02}"
    kinds: tuple[Property, ...] = (
        _text(title),
        {"title": title, "type": "string", "format": "date"},
        _number(title, "money"),
        {"title": title, "type": "string", "oneOf": _CHOICES},
        {"title": title, "type": "boolean"},
        _number(title),
    )
    return kinds[(number - 1) % len(kinds)]


def _section(number: int) -> dict[str, Property]:
    """Twenty fields: sixteen to fill, and four formulas, the last of which goes through every section before it."""
    start = f"s{number:02}"
    fields = {f"{start}_f{one:02}": _typed(one) for one in range(1, TYPED_PER_SECTION + 1)}
    before = f" + s{number - 1:02}_grand" if number > 1 else ""
    return fields | {
        f"{start}_part": _formula("部分", f"ROUND({start}_f03 * {start}_f06, 2)"),
        f"{start}_rest": _formula("其余", f"{start}_f09 + {start}_f12 + {start}_f15"),
        f"{start}_sum": _formula("小计", f"{start}_part + {start}_rest"),
        f"{start}_grand": _formula("累计", f"{start}_sum{before}"),
    }


def _entity(name: str, title: str, properties: Mapping[str, Property]) -> Mapping[str, object]:
    schema = {"type": "object", "required": ["name"], "properties": {"name": _text("名称"), **properties}}
    head = {"$schema": f"{_ADDRESS}entity.schema.json", "name": name, "title": title}
    return head | {"kind": "master", "display": "name", "schema": schema}


def _form(name: str, title: str, items: list[object]) -> Mapping[str, object]:
    return {"$schema": f"{_ADDRESS}form.schema.json", "name": name, "title": title, "entity": name, "items": items}


def _table(title: str, properties: Mapping[str, Property]) -> Property:
    return {"title": title, "type": "array", "items": {"type": "object", "properties": properties}}


_ITEM = {
    "what": _text("内容"),
    "count": _number("数量"),
    "price": _number("单价", "money"),
    "amount": _formula("金额", "ROUND(count * price, 2)"),
    "note": _text("备注"),
}


def _tabs() -> list[object]:
    def section(number: int) -> object:
        return {"section": f"第 {number} 部分", "items": [{"field": name, "span": 3} for name in _section(number)]}

    numbers = [range(1 + tab * SECTIONS, 1 + (tab + 1) * SECTIONS) for tab in range(TABS)]
    tabs = [{"title": f"第 {tab} 页", "items": [*map(section, some)]} for tab, some in enumerate(numbers, 1)]
    return ["name", {"tabs": tabs}]


def documents() -> Mapping[str, object]:
    """Return the documents of the module, by path."""
    wide: dict[str, Property] = {}
    for number in range(1, TABS * SECTIONS + 1):
        wide |= _section(number)
    long = {"lines": _table("明细", _ITEM), "total": _formula("合计", "SUM(lines.amount)")}
    line = {
        "what": _text("工序"),
        "items": _table("内容", _ITEM),
        "amount": _formula("金额", "SUM(items.amount)"),
    }
    deep = {"lines": _table("工序", line), "total": _formula("合计", "SUM(lines.amount)")}
    module: dict[str, object] = {
        "$schema": f"{_ADDRESS}module.schema.json",
        "name": "big",
        "version": "1.0.0",
        "title": "大表单",
    }
    module |= {"menu": [{"view": "wide_list"}]}
    return {
        "big/module.json": module,
        "big/entities/wide.json": _entity("wide", "宽表", wide),
        "big/forms/wide.json": _form("wide", "宽表", _tabs()),
        "big/entities/long.json": _entity("long", "长表", long),
        "big/forms/long.json": _form("long", "长表", ["name", "total", "lines"]),
        "big/entities/deep.json": _entity("deep", "深表", deep),
        "big/forms/deep.json": _form("deep", "深表", ["name", "total", "lines"]),
        "big/views/wide_list.json": _view("wide"),
        "big/views/long_list.json": _view("long"),
        "big/views/deep_list.json": _view("deep"),
    }


def _view(entity: str) -> Mapping[str, object]:
    head = {"$schema": f"{_ADDRESS}view.schema.json", "name": f"{entity}_list", "title": f"{entity} list"}
    return head | {"entity": entity, "kind": "table", "columns": ["name"]}


def wide_values() -> Values:
    """Return a filled record of many fields."""
    values: dict[str, object] = {"name": "宽"}
    kinds: tuple[object, ...] = ("文字", "2026-11-30", "12.50", "a", True, "3.5")
    for section in range(1, TABS * SECTIONS + 1):
        for number in range(1, TYPED_PER_SECTION + 1):
            values[f"s{section:02}_f{number:02}"] = kinds[(number - 1) % len(kinds)]
    return values


def long_values() -> Values:
    """Return a record of many rows."""
    return {"name": "长", "lines": _items(ROWS)}


def deep_values() -> Values:
    """Return a record of few rows with many inside each."""
    return {"name": "深", "lines": [{"what": f"工序 {line}", "items": _items(INNER)} for line in range(LINES)]}


def _items(count: int) -> list[Values]:
    def item(number: int) -> Values:
        return {"what": f"内容 {number}", "count": f"{number % 90 + 1}.5", "price": f"{number % 70}.25", "note": "说明"}

    return [item(number) for number in range(count)]
