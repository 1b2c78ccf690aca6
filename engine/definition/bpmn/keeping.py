"""The file that a flow came from, kept beside it, and written back: to the letter while the flow is as it came, else with its changes.

Where only words, people, conditions and settings changed, they are written into the elements that are there. Where steps came,
went or moved, the nodes and ways that run are drawn anew, elements that stayed keep all that other tools wrote into them, and
everything else in the file stays as it is.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from engine.definition.bpmn.drawing import Drawing
from engine.definition.bpmn.exporting import export_bpmn
from engine.definition.bpmn.importing import Imported
from engine.definition.bpmn.lines import Fates
from engine.definition.bpmn.naming import Names
from engine.definition.bpmn.redrawing import extend, prefixes_of, redraw
from engine.definition.bpmn.reducing import reduce_scope
from engine.definition.bpmn.source import Scope, Source, read_source
from engine.definition.bpmn.steps import Origin, Steps
from engine.definition.bpmn.writing import content
from engine.definition.interchange import Element, encoded, visible
from engine.definition.schemas import address
from engine.problems import Problem

Document = dict[str, Any]


def keep(found: Imported) -> Document:
    """Return the document that keeps the file which a flow came from."""
    flow = found.flow or {}
    name = str(flow.get("name") or Names().take(found.process, otherwise="process"))
    kept: Document = {"$schema": address("bpmn"), "name": name, "process": found.process}
    kept |= {"flow": name, "imported": digest(flow)} if found.flow else {}
    return kept | {"places": dict(found.places), "encoding": found.encoding, "xml": found.text}


def digest(flow: Mapping[str, Any]) -> str:
    """Return what tells one flow document from another."""
    return hashlib.sha256(json.dumps(flow, sort_keys=True).encode()).hexdigest()


def export_kept(kept: Mapping[str, Any], flow: Mapping[str, Any] | None) -> bytes:
    """Return the file that was kept, with what was changed in its flow since."""
    data = encoded(str(kept.get("xml", "")), str(kept.get("encoding") or "utf-8"))
    if flow is None or kept.get("imported") == digest(flow):
        return data
    source = read_source(data)
    scope = source.process(str(kept.get("process", ""))) if isinstance(source, Source) else None
    if isinstance(source, Problem) or scope is None:
        return export_bpmn(flow)
    prefixes = prefixes_of(source, scope.element)
    extend(scope.element, prefixes, "flow", {key: value for key, value in flow.items() if key != "steps"})
    if flow.get("title") and scope.name:
        scope.element.set("name", visible(str(flow["title"])))
    steps = flow.get("steps")
    pairs = list(_pairs(source, scope, steps if isinstance(steps, list) else []))
    if all(origin is not None for origin, _ in pairs):
        for origin, part in pairs:
            if origin is not None:
                _change(origin, part, source)
    else:
        places = kept.get("places")
        redraw(source, scope, Drawing(flow, places if isinstance(places, dict) else {}), prefixes)
    return source.markup.to_bytes()


def _pairs(source: Source, scope: Scope, now: Sequence[Any]) -> Iterator[tuple[Origin | None, Mapping[str, Any]]]:
    """Return what each step and branch of the flow came from; None where the flow is not built as it came."""
    made = Steps(source.space, {}, Fates(), frozenset())
    items = reduce_scope(scope, lambda _: True)
    came = made.of(items) if items is not None else []
    origins = {id(origin.part): origin for origin in made.origins}
    waiting: list[tuple[Sequence[Any], Sequence[Any]]] = [(came, now)]
    while waiting:
        before, after = waiting.pop()
        if len(before) != len(after):
            yield None, {}
            return
        for old, new in zip(before, after, strict=True):
            alike = isinstance(new, Mapping) and _kind(old) == _kind(new) and ("branches" in old) == ("branches" in new)
            yield origins.get(id(old)) if alike else None, new if isinstance(new, Mapping) else {}
            inside = [one for one in ("steps", "branches") if alike and one in old and isinstance(new.get(one), list)]
            waiting += [(old[one], new[one]) for one in inside]


def _kind(part: Mapping[str, Any]) -> object:
    return part.get("id") or part.get("name"), part.get("type")


def _change(origin: Origin, part: Mapping[str, Any], source: Source) -> None:
    """Write what a step or branch says now into its element, where that differs from what it said."""
    own = {key: value for key, value in part.items() if key not in origin.without}
    if own == {key: value for key, value in origin.part.items() if key not in origin.without}:
        return
    element = origin.element
    if part.get("title") != origin.part.get("title"):
        element.set("name", visible(str(part.get("title") or "")))
    if part.get("when") != origin.part.get("when"):
        _condition(element, str(part.get("when") or ""))
    extend(element, prefixes_of(source, element), origin.local, own)


def _condition(element: Element, when: str) -> None:
    inner = [one for one in element.elements if one.local == "conditionExpression"]
    if inner:
        inner[0].children = [content(when)] if not inner[0].opening.endswith("/>") else []
