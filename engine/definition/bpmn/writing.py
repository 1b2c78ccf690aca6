"""Elements of BPMN as text: nodes, ways and their diagram, with the prefixes that a file uses."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from engine.definition.bpmn.drawing import Edge, Shape
from engine.definition.bpmn.source import OURS
from engine.definition.bpmn.steps import LANGUAGE
from engine.definition.interchange import NO_XML, escaped, visible


@dataclass(frozen=True, slots=True)
class Prefixes:
    """The prefixes of a file, each with its colon, or nothing for the default namespace."""

    bpmn: str = "bpmn:"
    ours: str = "formwork:"
    diagram: str = "bpmndi:"
    bounds: str = "dc:"
    points: str = "di:"


def content(text: str) -> str:
    """Return text as it stands in an element."""
    return escape(visible(text), quote=False).replace("\r", "&#13;").replace("\n", "&#10;")


def as_json(value: Mapping[str, Any]) -> str:
    """Return an object as JSON that XML can hold, on one line."""
    written = json.dumps(value, ensure_ascii=False)
    return escape(NO_XML.sub(lambda found: f"\\u{ord(found[0]):04x}", written), quote=False)


def extension(prefixes: Prefixes, held: tuple[str, Mapping[str, Any]]) -> str:
    """Return our own element in an extension."""
    tag = f"{prefixes.ours}{held[0]}"
    declared = "" if prefixes.ours == "formwork:" else f' xmlns:{prefixes.ours[:-1]}="{OURS}"'
    return f"<{tag}{declared}>{as_json(held[1])}</{tag}>"


def node(prefixes: Prefixes, shape: Shape) -> str:
    """Return a flow node."""
    b = prefixes.bpmn
    attributes = {"id": shape.id, "name": visible(shape.name), "default": shape.default}
    if shape.local.endswith("Gateway"):
        attributes["gatewayDirection"] = "Diverging" if len(shape.ways_out) > 1 else "Converging"
    lines = [f"<{b}{shape.local}{_written(attributes)}>"]
    if shape.extension:
        lines += [f"  <{b}extensionElements>{extension(prefixes, shape.extension)}</{b}extensionElements>"]
    lines += [f"  <{b}incoming>{one}</{b}incoming>" for one in shape.ways_in]
    lines += [f"  <{b}outgoing>{one}</{b}outgoing>" for one in shape.ways_out]
    return "\n".join([*lines, f"</{b}{shape.local}>"])


def way(prefixes: Prefixes, edge: Edge) -> str:
    """Return a sequence flow."""
    b = prefixes.bpmn
    attributes = {"id": edge.id, "name": visible(edge.name), "sourceRef": edge.source.id, "targetRef": edge.target.id}
    inner = []
    if edge.extension:
        inner += [f"  <{b}extensionElements>{extension(prefixes, edge.extension)}</{b}extensionElements>"]
    if edge.when:
        formal = f'xsi:type="{b}tFormalExpression" language="{LANGUAGE}"'
        inner += [f"  <{b}conditionExpression {formal}>{content(edge.when)}</{b}conditionExpression>"]
    opening = f"<{b}sequenceFlow{_written(attributes)}"
    return "\n".join([f"{opening}>", *inner, f"</{b}sequenceFlow>"]) if inner else f"{opening}/>"


def shape_di(prefixes: Prefixes, shape: Shape) -> str:
    """Return the box of a node."""
    d, (width, height) = prefixes.diagram, shape.size
    marker = ' isMarkerVisible="true"' if shape.local == "exclusiveGateway" else ""
    box = f'<{prefixes.bounds}Bounds x="{shape.x}" y="{shape.y}" width="{width}" height="{height}"/>'
    named = f'<{d}BPMNShape id="{shape.id}_di" bpmnElement="{shape.id}"{marker}>'
    return f"{named}{box}</{d}BPMNShape>"


def edge_di(prefixes: Prefixes, edge: Edge) -> str:
    """Return the line of a way."""
    d = prefixes.diagram
    points = "".join(f'<{prefixes.points}waypoint x="{x}" y="{y}"/>' for x, y in edge.points)
    return f'<{d}BPMNEdge id="{edge.id}_di" bpmnElement="{edge.id}">{points}</{d}BPMNEdge>'


def indented(parts: Iterable[str], depth: int) -> str:
    """Return parts, each on lines of its own, indented."""
    edge = "  " * depth
    return "".join("\n" + edge + part.replace("\n", "\n" + edge) for part in parts)


def _written(attributes: Mapping[str, str]) -> str:
    return "".join(f' {name}="{escaped(value)}"' for name, value in attributes.items() if value)
