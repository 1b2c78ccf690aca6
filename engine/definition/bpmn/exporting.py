"""A flow as a BPMN file of its own: process, our extension of every node and way, and a diagram that other tools open."""

from collections.abc import Mapping
from typing import Any

from engine.definition.bpmn.drawing import Drawing
from engine.definition.bpmn.naming import slug
from engine.definition.bpmn.source import BOUNDS, BPMN, DIAGRAM, OURS, POINTS
from engine.definition.bpmn.writing import Prefixes, edge_di, extension, indented, node, shape_di, way
from engine.definition.interchange import escaped, visible


def export_bpmn(flow: Mapping[str, Any]) -> bytes:
    """Return a flow document as a BPMN 2.0 file; `import_bpmn` gives the equal document back."""
    drawing = Drawing(flow)
    prefixes = Prefixes()
    process = f"Process_{slug(str(flow.get('name', ''))) or 'flow'}"
    title = escaped(visible(str(flow.get("title") or "")))
    held = extension(prefixes, ("flow", {key: value for key, value in flow.items() if key != "steps"}))
    parts = [f"<bpmn:extensionElements>{held}</bpmn:extensionElements>"]
    parts += [node(prefixes, shape) for shape in drawing.shapes]
    parts += [way(prefixes, edge) for edge in drawing.edges]
    boxes = [shape_di(prefixes, shape) for shape in drawing.shapes] + [
        edge_di(prefixes, edge) for edge in drawing.edges
    ]
    spaces = {"bpmn": BPMN, "bpmndi": DIAGRAM, "dc": BOUNDS, "di": POINTS, "formwork": OURS}
    spaces["xsi"] = "http://www.w3.org/2001/XMLSchema-instance"
    declared = "".join(f'\n    xmlns:{prefix}="{uri}"' for prefix, uri in spaces.items())
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<bpmn:definitions{declared}\n    id="Definitions_{process}"'
        f' targetNamespace="{OURS}" exporter="Formwork">\n'
        f'  <bpmn:process id="{process}" name="{title}" isExecutable="true">{indented(parts, 2)}\n  </bpmn:process>\n'
        f'  <bpmndi:BPMNDiagram id="Diagram_{process}">\n'
        f'    <bpmndi:BPMNPlane id="Plane_{process}" bpmnElement="{process}">{indented(boxes, 3)}\n'
        "    </bpmndi:BPMNPlane>\n  </bpmndi:BPMNDiagram>\n</bpmn:definitions>\n"
    ).encode()
