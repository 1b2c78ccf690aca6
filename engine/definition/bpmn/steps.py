"""From items to steps: what our own extension says of a node counts, then what the element itself says, whatever tool wrote it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.definition.bpmn.lines import Fates
from engine.definition.bpmn.naming import Names, formula
from engine.definition.bpmn.people import mode_of, people_of
from engine.definition.bpmn.shape import Branch, Item
from engine.definition.bpmn.source import Node, Way, ours_of, words
from engine.definition.interchange import Element, visible

Step = dict[str, Any]
BY_PEOPLE = ("task", "userTask", "manualTask")
INSIDE = {"subProcess": "inside", "transaction": "once", "adHocSubProcess": "once"}
LANGUAGE = "https://formwork.dev/expressions"
NOBODY = "choose_people"
_LONGEST_TITLE = 200
_TYPES = {"exclusive": "branch", "event": "branch", "parallel": "parallel"}


def payload(element: Element, local: str) -> Step | None:
    """Return the object that our extension of an element holds, None where there is none or it is spoilt."""
    held = ours_of(element).get(local)
    try:
        found = json.loads(held.text) if held is not None else None
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


@dataclass(frozen=True, slots=True)
class Origin:
    """What a step or branch came from: its element, and what our extension of it is called and leaves out."""

    part: Step
    element: Element
    local: str
    without: tuple[str, ...]


class Steps:
    """Makes steps of items; `places` are the ids of the elements that steps and joins stand for, `origins` all elements."""

    def __init__(self, space: str, roles: Mapping[str, str], fates: Fates, initiators: frozenset[str]) -> None:
        self._space, self._roles, self._fates, self._initiators = space, roles, fates, initiators
        self._names = Names("start", "end")
        self.places: dict[str, str] = {}
        self.origins: list[Origin] = []

    def of(self, items: Sequence[Item]) -> list[Step]:
        """Return the steps of a sequence."""
        found: list[Step] = []
        for item in items:
            found += self._node(item.node) if item.branches is None and item.node else self._block(item)
        return found

    def _node(self, node: Node) -> list[Step]:
        said = payload(node.element, "step")
        if said is not None and isinstance(said.get("name"), str):
            return [self._placed(retitled(said, words(node.element)), node, "step")]
        if node.kind in BY_PEOPLE:
            return [self._approval(node)]
        if node.kind in INSIDE:
            looped = any(one.local.endswith("LoopCharacteristics") for one in node.element.elements)
            self._fates.tell(node.element, "once" if looped else INSIDE[node.kind])
        return []

    def _approval(self, node: Node) -> Step:
        people = people_of(node, self._roles, self._space, self._initiators)
        name = self._names.take(node.name, node.id, otherwise="step")
        step = {"name": name, "title": node.name[:_LONGEST_TITLE] or node.id[:_LONGEST_TITLE], "type": "approve"}
        known = set(self._roles.values())
        sure = bool(people) and all(rule.get("role", "") in known or "role" not in rule for rule in people)
        return self._placed(
            {**step, "by": people or [{"role": NOBODY}], "mode": mode_of(node, self._space)},
            node,
            "step" if sure else "people",
        )

    def _placed(self, step: Step, node: Node, reason: str) -> Step:
        self._names.take(str(step["name"]), otherwise="step")
        self.places[str(step.get("id") or step["name"])] = node.id
        self._fates.tell(node.element, reason, str(step["name"]))
        self.origins.append(Origin(step, node.element, "step", ("branches",)))
        return step

    def _block(self, item: Item) -> list[Step]:
        branches = item.branches or []
        said = payload(item.node.element, "step") if item.node else None
        if said is None and len(branches) == 1:
            return self.of(branches[0].items)
        step = retitled(said, words(item.node.element)) if said and item.node else self._plain_block(item)
        if item.node:
            self._placed(step, item.node, "by_event" if item.logic in ("event", "complex") else "branch")
        if item.join:
            self.places[f"{step.get('id') or step['name']}.join"] = item.join.id
            self._fates.tell(item.join.element, "join")
        conditional = item.logic != "parallel"
        made = self._branches(item, branches, str(step["name"]), conditional=conditional, ours=said is not None)
        if said is None and item.logic in ("inclusive", "complex"):
            return [_as_parallel(step, made)]
        step["branches"] = made
        return [step]

    def _plain_block(self, item: Item) -> Step:
        node = item.node
        kind = _TYPES.get(item.logic, "parallel")
        name = self._names.take(node.name if node else "", node.id if node else "", otherwise=kind)
        title = {"title": node.name[:_LONGEST_TITLE]} if node and node.name else {}
        return {"name": name, **title, "type": kind}

    def _branches(self, item: Item, branches: list[Branch], step: str, *, conditional: bool, ours: bool) -> list[Step]:
        names = Names()
        default = None if ours else self._default(item, branches, step) if conditional else None
        made: list[Step] = []
        for number, branch in enumerate(branches, start=1):
            said = payload(branch.way.element, "branch") if branch.way else None
            if said is None:
                label = branch.way.name if branch.way else ""
                head: Step = {"name": names.take(label, otherwise=f"way_{number}")}
                head |= {"title": label[:_LONGEST_TITLE]} if label else {}
                if conditional:
                    is_default = branch.default if ours else branch is default
                    head |= {"default": True} if is_default else {"when": self._when(branch.way)}
            else:
                head = _conditioned(retitled(said, branch.way.name if branch.way else ""), branch.way)
            made.append({**head, "steps": self.of(branch.items)})
            if branch.way:
                self.origins.append(Origin(made[-1], branch.way.element, "branch", ("steps",)))
        return made

    def _default(self, item: Item, branches: list[Branch], step: str) -> Branch | None:
        """Return the default branch: the one that says so, the only one without condition, else the last."""
        marked = [branch for branch in branches if branch.default]
        bare = [branch for branch in branches if not (branch.way and branch.way.condition)]
        if marked or item.logic in ("inclusive", "complex"):
            return marked[0] if marked else None
        if item.node and len(bare) != 1 and item.logic == "exclusive":
            self._fates.tell(item.node.element, "last_is_default", step)
        return bare[0] if len(bare) == 1 else branches[-1]

    def _when(self, way: Way | None) -> str:
        """Return the condition of a way, else its own words: nothing that could be published by mistake."""
        if way is None:
            return "?"
        self._fates.tell(way.element, "condition" if way.condition else "no_condition")
        return formula(way.condition) or way.name[:1000] or "?"


def _as_parallel(step: Step, made: list[Step]) -> Step:
    """Return an inclusive block in other words: every way at once, each passing over its steps where its condition does not hold."""
    conditions = [str(one["when"]) for one in made if "when" in one]
    others = " OR ".join(f"({one})" for one in conditions) or "FALSE"
    branches: list[Step] = []
    for one in made:
        when = one.get("when") or f"NOT ({others})"
        inner = {"name": f"{step['name']}_{one['name']}", "type": "branch"}
        taken = {"name": "taken", "when": when, "steps": one["steps"]}
        choice = {**inner, "branches": [taken, {"name": "passed_over", "default": True, "steps": []}]}
        branches.append({key: one[key] for key in ("name", "title") if key in one} | {"steps": [choice]})
    return {**step, "type": "parallel", "branches": branches}


def retitled(said: Step, label: str) -> Step:
    """Return what our extension says, with the name that the element has now."""
    same = label == " ".join(visible(str(said.get("title") or "")).split()) or not label
    return dict(said) if same else {**said, "title": label[:_LONGEST_TITLE]}


def _conditioned(said: Step, way: Way | None) -> Step:
    """Return what our extension says of a way, with the condition that it has now."""
    now = way.condition if way else ""
    same = not now or now == visible(str(said.get("when") or "")).strip()
    return said if same or said.get("default") is True else {**said, "when": now}
