"""The part of a kept file that runs, drawn anew; what stayed keeps its element, and nothing else is touched."""

from collections.abc import Callable, Mapping
from typing import Any

from engine.definition.bpmn.drawing import Drawing, Shape
from engine.definition.bpmn.shape import shape_of
from engine.definition.bpmn.source import BOUNDS, DIAGRAM, OURS, POINTS, Scope, Source
from engine.definition.bpmn.writing import Prefixes, edge_di, extension, indented, node, shape_di, way
from engine.definition.interchange import Element, visible

_XSI = "http://www.w3.org/2001/XMLSchema-instance"


def prefixes_of(source: Source, element: Element) -> Prefixes:
    """Return the prefixes that a file uses, those that are missing declared at its root."""
    root = source.markup.root
    known = {space: prefix for prefix, space in root.spaces.items()}
    for prefix, space in (("formwork", OURS), ("xsi", _XSI)):
        if space not in known and f"xmlns:{prefix}" not in root.attributes:
            root.set(f"xmlns:{prefix}", space)
    named = {space: f"{prefix}:" if prefix else "" for space, prefix in known.items()}
    return Prefixes(
        element.prefix,
        named.get(OURS, "formwork:"),
        *(named.get(space, "") for space in (DIAGRAM, BOUNDS, POINTS)),
    )


def extend(element: Element, prefixes: Prefixes, local: str, said: Mapping[str, Any]) -> None:
    """Write our own element into the extension of an element, in the place of the one that was there."""
    held = next((one for one in element.elements if one.local == "extensionElements"), None)
    if held is None:
        tag = f"{element.prefix}extensionElements"
        held = Element(tag, element.space, "extensionElements", {}, element.spaces, f"<{tag}>", f"</{tag}>")
        before = [
            at for at, one in enumerate(element.children) if isinstance(one, Element) and one.local == "documentation"
        ]
        element.put(before[-1] + 1 if before else 0, held)
    held.children = [
        one for one in held.children if not (isinstance(one, Element) and one.space == OURS and one.local == local)
    ]
    held.put(len(held.children), extension(prefixes, (local, said)))


def redraw(source: Source, scope: Scope, drawing: Drawing, prefixes: Prefixes) -> None:
    """Put the nodes and ways of a drawing in the place of those that ran."""
    old = {one.id: one.element for inner in scope.every() for one in inner.nodes.values()}
    ran = {name for inner in scope.every() for name in shape_of(inner).reached}
    ways = {one.element for inner in scope.every() for one in inner.ways}
    stays = {shape.id for shape in drawing.shapes}
    gone = ran - stays
    parts = [_kept(old[one.id], one, prefixes) if one.id in old else node(prefixes, one) for one in drawing.shapes]
    parts += [way(prefixes, edge) for edge in drawing.edges]
    dropped = {old[name] for name in ran} | ways
    dropped |= {one for one in old.values() if one.get("attachedToRef").rpartition(":")[2] in gone}
    lost = gone | {one.get("id") for one in dropped} - stays
    children = scope.element.children
    at = next((number for number, one in enumerate(children) if one in dropped), len(children))
    _filter(source.markup.root, lambda one: one in dropped or (one.local == "flowNodeRef" and one.text.strip() in lost))
    scope.element.put(at, indented(parts, 2) + "\n")
    _diagram(source, drawing, prefixes, lost | stays)


def _kept(element: Element, shape: Shape, prefixes: Prefixes) -> str:
    """Return an element that stayed, with its new ways, its name and our extension."""
    element.children = [
        one for one in element.children if not (isinstance(one, Element) and one.local in ("incoming", "outgoing"))
    ]
    if shape.name:
        element.set("name", visible(shape.name))
    if shape.extension:
        extend(element, prefixes, *shape.extension)
    if element.get("default"):
        element.drop("default")
    if shape.default:
        element.set("default", shape.default)
    refs = [("incoming", one) for one in shape.ways_in] + [("outgoing", one) for one in shape.ways_out]
    head = ("documentation", "extensionElements")
    at = [number for number, one in enumerate(element.children) if isinstance(one, Element) and one.local in head]
    b = prefixes.bpmn
    if refs:
        element.put(at[-1] + 1 if at else 0, "".join(f"<{b}{tag}>{ref}</{b}{tag}>" for tag, ref in refs))
    return element.write()


def _diagram(source: Source, drawing: Drawing, prefixes: Prefixes, ids: set[str]) -> None:
    """Draw the boxes and lines anew where the old ones began."""
    planes = [one for one in source.markup.root.within() if one.space == DIAGRAM and one.local == "BPMNPlane"]
    if not planes:
        return
    plane = planes[0]
    old = [one for one in plane.elements if one.get("bpmnElement").rpartition(":")[2] in ids]
    corners = [_corner(one) for one in old if one.local == "BPMNShape" and one.elements]
    left = min((x for x, _ in corners), default=0) - min(shape.x for shape in drawing.shapes)
    top = min((y for _, y in corners), default=0) - min(shape.y for shape in drawing.shapes)
    for shape in drawing.shapes:
        shape.x, shape.y = shape.x + left, shape.y + top
    for edge in drawing.edges:
        edge.points = tuple((x + left, y + top) for x, y in edge.points)
    _filter(plane, lambda one: one in old)
    drawn = [shape_di(prefixes, shape) for shape in drawing.shapes] + [
        edge_di(prefixes, edge) for edge in drawing.edges
    ]
    plane.put(len(plane.children), indented(drawn, 3) + "\n")


def _corner(element: Element) -> tuple[int, int]:
    box = next((one for one in element.elements if one.local == "Bounds"), element)
    try:
        return int(float(box.get("x"))), int(float(box.get("y")))
    except (ValueError, OverflowError):
        return 0, 0


def _filter(root: Element, drop: Callable[[Element], bool]) -> None:
    for one in list(root.within()):
        one.children = [part for part in one.children if isinstance(part, str) or not drop(part)]
