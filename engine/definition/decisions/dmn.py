"""Decision tables from and to DMN, whatever its version: by namespace, with the file kept to the letter beside the table."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.definition.bpmn.naming import Names, slug
from engine.definition.decisions.cells import Malformed, parse_literal, parse_test
from engine.definition.interchange import Element, Markup, encoded, escaped, parse_markup, visible
from engine.definition.schemas import address
from engine.problems import Problem

Document = dict[str, Any]
DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"
_DMN = re.compile(r"omg\.org/spec/DMN/(?!.*DMNDI)", re.IGNORECASE)
_TYPES = {
    "string": "text", "number": "number", "integer": "number", "long": "number", "double": "number", "boolean": "boolean",
    "date": "date", "time": "time", "dateTime": "datetime", "date and time": "datetime",
}  # fmt: skip
_THEIRS = {
    "text": "string", "number": "number", "boolean": "boolean", "date": "date", "time": "time", "datetime": "dateTime",
}  # fmt: skip
_CELL = re.compile(r'\s*(?:"(?:[^"\\]|\\.)*"|[^,"])+')


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one element: `table` (it runs), `cell` (a cell that is not understood) or `kept` (documentation)."""

    id: str
    kind: str
    name: str
    fate: str


@dataclass(frozen=True, slots=True)
class Imported:
    """The tables of a file as documents, and the report."""

    tables: tuple[Document, ...] = ()
    lines: tuple[Line, ...] = ()
    problems: tuple[Problem, ...] = ()


def import_dmn(data: bytes) -> Imported:
    """Return every decision table of a DMN file as a document that keeps the file, with a report; what is no DMN has problems."""
    markup = parse_markup(data)
    if isinstance(markup, Problem):
        return Imported(problems=(markup,))
    root = markup.root
    if root.local != "definitions" or not _DMN.search(root.space):
        return Imported(problems=(Problem("dmn_no_definitions", "", {"found": f"{{{root.space}}}{root.local}"[:200]}),))
    names, tables, told = Names(), [], {}
    for decision in root.within():
        table = _inside(decision, "decisionTable")
        if decision.space != root.space or decision.local != "decision" or table is None:
            continue
        made = _table(decision, table, names)
        tables.append(made)
        told[decision] = "table" if _is_understood(made) else "cell"
        source = {"decision": decision.get("id"), "encoding": markup.encoding, "imported": _digest(made)}
        made["source"] = source | {"xml": markup.text()}
    lines = [
        Line(one.get("id"), one.local, one.get("name") or one.get("label"), told.get(one, "kept"))
        for one in root.within()
        if one.space == root.space and (one.get("id") or one in told)
    ]
    return Imported(tuple(tables), tuple(lines))


def export_dmn(document: Mapping[str, Any]) -> bytes:
    """Return a decision table as DMN 1.3, in the file that it came from: to the letter while it is as it came."""
    source = document.get("source")
    body = {key: value for key, value in document.items() if key != "source"}
    if not isinstance(source, Mapping):
        return _alone(body)
    data = encoded(str(source.get("xml", "")), str(source.get("encoding") or "utf-8"))
    if source.get("imported") == _digest(body):
        return data
    markup = parse_markup(data)
    found = _decision(markup, str(source.get("decision"))) if isinstance(markup, Markup) else None
    if found is None or not isinstance(markup, Markup):
        return _alone(body)
    decision, table = found
    decision.set("name", visible(str(body.get("title") or body["name"])))
    if not _rewrite_cells(table, body):
        table.children = []
        table.put(0, _columns_and_rules(body, table.prefix))
        table.set("hitPolicy", _policy(body))
    return markup.to_bytes()


def _digest(document: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()


def _inside(element: Element, local: str) -> Element | None:
    return next((one for one in element.elements if one.local == local and one.space == element.space), None)


def _all(element: Element, local: str) -> list[Element]:
    return [one for one in element.elements if one.local == local and one.space == element.space]


def _words(element: Element | None, *path: str) -> str:
    for local in path:
        element = _inside(element, local) if element is not None else None
    return element.text.strip() if element is not None else ""


def _table(decision: Element, table: Element, names: Names) -> Document:
    title = decision.get("name") or decision.get("id") or "decision"
    policy = (table.get("hitPolicy") or "UNIQUE").lower().replace(" ", "_")
    made: Document = {
        "$schema": address("decision"),
        "name": names.take(title, decision.get("id"), otherwise="decision"),
    }
    made |= {"title": title[:200], "hit_policy": policy}
    made |= {"aggregate": table.get("aggregation").lower()} if table.get("aggregation") else {}
    inputs, outputs = Names(), Names()
    made["inputs"] = [_input(one, inputs) for one in _all(table, "input")]
    made["outputs"] = [_output(one, outputs, title) for one in _all(table, "output")]
    made["rules"] = [_rule(one) for one in _all(table, "rule")]
    return made


def _input(element: Element, names: Names) -> Document:
    expression = _inside(element, "inputExpression")
    text = _words(expression, "text")
    label = element.get("label") or text
    made: Document = {"name": names.take(text, label, otherwise="input"), "type": _type(expression)}
    made |= {"title": label[:200]} if label else {}
    made |= {"expression": text} if text else {}
    allowed = _words(element, "inputValues", "text")
    return made | ({"values": _list(allowed)} if allowed else {})


def _output(element: Element, names: Names, otherwise: str) -> Document:
    label = element.get("label") or element.get("name")
    made: Document = {"name": names.take(element.get("name"), label, slug(otherwise), otherwise="output")}
    made |= {"type": _type(element)} | ({"title": label[:200]} if label else {})
    allowed, default = _words(element, "outputValues", "text"), _words(element, "defaultOutputEntry", "text")
    return made | ({"values": _list(allowed)} if allowed else {}) | ({"default": default} if default else {})


def _rule(element: Element) -> Document:
    said = _words(element, "description") or ", ".join(
        text for one in _all(element, "annotationEntry") if (text := _words(one, "text"))
    )
    made: Document = {"when": [_words(one, "text") or "-" for one in _all(element, "inputEntry")]}
    made |= {"then": [_words(one, "text") or "-" for one in _all(element, "outputEntry")]}
    return made | ({"description": said[:2000]} if said else {})


def _type(element: Element | None) -> str:
    said = element.get("typeRef").rpartition(":")[2] if element is not None else ""
    return _TYPES.get(said, "text")


def _list(text: str) -> list[str]:
    return [part.strip() for part in _CELL.findall(text) if part.strip()]


def _is_understood(document: Document) -> bool:
    try:
        for rule in document["rules"]:
            for cell in rule["when"]:
                parse_test(cell)
            for cell in rule["then"]:
                parse_literal(cell)
    except Malformed:
        return False
    return True


def _decision(markup: Markup, wanted: str) -> tuple[Element, Element] | None:
    for one in markup.root.within():
        table = _inside(one, "decisionTable")
        if one.local == "decision" and table is not None and one.get("id") == wanted:
            return one, table
    return None


def _rewrite_cells(table: Element, body: Mapping[str, Any]) -> bool:
    """Write the cells of a table that has the columns and rules it had; say whether it has."""
    names = Names()
    before = _table(Element("", "", "", {"name": str(body.get("title"))}, {}, ""), table, names)
    same = all(before.get(key) == body.get(key) for key in ("hit_policy", "aggregate", "inputs", "outputs"))
    rules, rows = body.get("rules", []), _all(table, "rule")
    if not same or len(rules) != len(rows):
        return False
    for row, now, was in zip(rows, rules, before["rules"], strict=True):
        if now.get("description") != was.get("description"):
            return False
        for local, key in (("inputEntry", "when"), ("outputEntry", "then")):
            for entry, text, old in zip(_all(row, local), now[key], was[key], strict=False):
                held = _inside(entry, "text")
                if text != old and held is not None:
                    held.children = []
                    held.put(0, escaped(visible(text)))
    return True


def _policy(body: Mapping[str, Any]) -> str:
    return str(body.get("hit_policy", "unique")).upper().replace("_", " ")


def _columns_and_rules(body: Mapping[str, Any], prefix: str) -> str:
    """Return the inside of a decision table."""
    p = prefix
    parts: list[str] = []
    for number, one in enumerate(body["inputs"], start=1):
        kind = _THEIRS.get(str(one.get("type")), "string")
        text = _text(p, str(one.get("expression") or one["name"]))
        allowed = f"<{p}inputValues>{_text(p, ','.join(one['values']))}</{p}inputValues>" if one.get("values") else ""
        label = f' label="{escaped(visible(str(one["title"])))}"' if one.get("title") else ""
        parts.append(
            f'<{p}input id="input_{number}"{label}><{p}inputExpression typeRef="{kind}">{text}</{p}inputExpression>{allowed}</{p}input>'
        )
    for number, one in enumerate(body["outputs"], start=1):
        label = f' label="{escaped(visible(str(one["title"])))}"' if one.get("title") else ""
        allowed = f"<{p}outputValues>{_text(p, ','.join(one['values']))}</{p}outputValues>" if one.get("values") else ""
        default = (
            f"<{p}defaultOutputEntry>{_text(p, one['default'])}</{p}defaultOutputEntry>" if one.get("default") else ""
        )
        kind = _THEIRS.get(str(one.get("type")), "string")
        parts.append(
            f'<{p}output id="output_{number}" name="{escaped(str(one["name"]))}"{label} typeRef="{kind}">{allowed}{default}</{p}output>'
        )
    for number, rule in enumerate(body.get("rules", ()), start=1):
        said = (
            f"<{p}description>{escaped(visible(rule['description']))}</{p}description>"
            if rule.get("description")
            else ""
        )
        cells = "".join(f"<{p}inputEntry>{_text(p, cell)}</{p}inputEntry>" for cell in rule.get("when", ()))
        cells += "".join(f"<{p}outputEntry>{_text(p, cell)}</{p}outputEntry>" for cell in rule["then"])
        parts.append(f'<{p}rule id="rule_{number}">{said}{cells}</{p}rule>')
    return "".join(f"\n      {part}" for part in parts) + "\n    "


def _text(prefix: str, text: str) -> str:
    return f"<{prefix}text>{escaped(visible(text))}</{prefix}text>"


def _alone(body: Mapping[str, Any]) -> bytes:
    name, title = str(body["name"]), escaped(visible(str(body.get("title") or body["name"])))
    aggregate = f' aggregation="{str(body["aggregate"]).upper()}"' if body.get("aggregate") else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<definitions xmlns="{DMN}" id="definitions_{name}" name="{title}"'
        f' namespace="https://formwork.dev/dmn/v1" exporter="Formwork">\n  <decision id="{name}" name="{title}">\n'
        f'    <decisionTable id="table_{name}" hitPolicy="{_policy(body)}"{aggregate}>{_columns_and_rules(body, "")}</decisionTable>\n'
        "  </decision>\n</definitions>\n"
    ).encode()
