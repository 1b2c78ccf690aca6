"""From the tree that is drawn to the program that runs: every mistake is reported, each at its place."""

from collections.abc import Mapping, Sequence
from typing import Any

from engine.paths import join as under
from engine.problems import Problem
from engine.workflow.program import END, START, Branch, Card, Node, Program
from engine.workflow.reading import FIELD_ACCESS, Reader

WITHDRAW = ("before_first_vote", "any_time")
DEDUPLICATE = ("none", "consecutive", "once_ever")
SELF = ("self", "skip", "superior", "department_head")
REJECT = ("terminate", "to_initiator", "branch_reject")
JOIN_REJECT = ("when_all_arrived", "now")
FEWEST_PARALLEL = 2
STEP_TYPES = ("approve", "copy", "branch", "parallel")


def compile_flow(document: Mapping[str, Any], conditions: Mapping[str, object]) -> Program | tuple[Problem, ...]:
    """Return the program of a flow's definition, or all problems that stand against it.

    `conditions` holds what the branches' `when` texts compile to, keyed by the JSON Pointer of each `when` in `document`; only
    the keys are read here, and they are what `Env.condition` is asked for when the program runs.
    """
    reader = Reader()
    return _Compiler(document, conditions, reader).program()


class _Compiler:
    """Walks the tree once, in drawn order, and wires the graph on the way."""

    def __init__(self, document: Mapping[str, Any], conditions: Mapping[str, object], reader: Reader) -> None:
        self.document = document
        self.conditions = conditions
        self.read = reader
        self.nodes: dict[str, Node] = {}

    def program(self) -> Program | tuple[Problem, ...]:
        start = self.read.mapping(self.document.get("start", {}), "/start")
        steps = self.read.sequence(self.document.get("steps"), "/steps")
        first = self._first(steps, END)
        fields = self.read.fields(start.get("fields"), "/start/fields", FIELD_ACCESS)
        self._add(Node(name=START, kind="start", position=0, next=first, fields=fields), "/start")
        outline = self._steps(steps, "/steps", END, "")
        self.nodes[END] = Node(name=END, kind="end", position=len(self.nodes))
        withdraw = self.read.choice(start, "withdraw", "/start", WITHDRAW)
        deduplicate = self.read.choice(start, "deduplicate", "/start", DEDUPLICATE)
        if self.read.problems:
            return tuple(self.read.problems)
        return Program(str(self.document.get("name", "")), self.nodes, outline, START, withdraw, deduplicate)

    def _first(self, steps: Sequence[Any], after: str) -> str:
        return _name_of(steps[0]) if steps else after

    def _add(self, node: Node, pointer: str) -> None:
        if node.name in self.nodes or node.name == END:
            self.read.report("flow_duplicate_name", under(pointer, "name"), name=node.name)
        self.nodes[node.name] = node

    def _steps(self, steps: Sequence[Any], pointer: str, after: str, parallel: str) -> tuple[Card, ...]:
        cards: list[Card] = []
        for index, step in enumerate(steps):
            place = under(pointer, index)
            onward = self._first(steps[index + 1 :], after)
            cards.append(self._step(self.read.mapping(step, place), place, onward, parallel))
        return tuple(cards)

    def _step(self, step: Mapping[str, Any], place: str, after: str, parallel: str) -> Card:
        name = _name_of(step)
        if not name:
            self.read.report("flow_value", under(place, "name"), expected="name")
        kind = step.get("type")
        if kind == "approve":
            self._add(self._approve(step, place, name, after, parallel), place)
            return Card(name)
        if kind == "copy":
            by = self.read.rules(step.get("to"), under(place, "to"))
            fields = self.read.fields(step.get("fields"), under(place, "fields"), ("hidden", "read"))
            self._add(self._plain(step, name, "copy", after, parallel, by=by, fields=fields), place)
            return Card(name)
        if kind == "branch":
            return self._branch(step, place, name, after, parallel)
        if kind == "parallel":
            return self._parallel(step, place, name, after, parallel)
        self.read.report("flow_choice", under(place, "type"), value=kind, allowed=STEP_TYPES)
        return Card(name)

    def _plain(self, step: Mapping[str, Any], name: str, kind: Any, after: str, parallel: str, **more: Any) -> Node:
        title = str(step.get("title", ""))
        position = len(self.nodes)
        return Node(name=name, kind=kind, position=position, title=title, next=after, parallel=parallel, **more)

    def _approve(self, step: Mapping[str, Any], place: str, name: str, after: str, parallel: str) -> Node:
        empty, assign = self.read.empty(step.get("empty"), under(place, "empty"))
        reject = self.read.choice(step, "reject", place, REJECT)
        if reject == "branch_reject" and not parallel:
            self.read.report("flow_branch_reject_outside", under(place, "reject"), name=name)
        return self._plain(
            step,
            name,
            "approve",
            after,
            parallel,
            by=self.read.rules(step.get("by"), under(place, "by")),
            mode=self.read.mode(step.get("mode", "any"), under(place, "mode")),
            empty=empty,
            assign=assign,
            self_policy=self.read.choice(step, "self", place, SELF),
            reject=reject,
            signature=step.get("signature") is True,
            fields=self.read.fields(step.get("fields"), under(place, "fields"), FIELD_ACCESS),
        )

    def _branch(self, step: Mapping[str, Any], place: str, name: str, after: str, parallel: str) -> Card:
        written = self.read.sequence(step.get("branches"), under(place, "branches"))
        defaults = sum(isinstance(branch, Mapping) and branch.get("default") is True for branch in written)
        if defaults != 1:
            self.read.report("flow_default_branch", under(place, "branches"), name=name, count=defaults)
        branches = self._branches(written, under(place, "branches"), after, conditional=True)
        self._add(self._plain(step, name, "branch", after, parallel, branches=branches), place)
        return Card(name, self._below(written, under(place, "branches"), after, parallel))

    def _parallel(self, step: Mapping[str, Any], place: str, name: str, after: str, parallel: str) -> Card:
        join = f"{name}.join"
        written = self.read.sequence(step.get("branches"), under(place, "branches"))
        if len(written) < FEWEST_PARALLEL:
            self.read.report("flow_few_branches", under(place, "branches"), name=name)
        reject = self.read.choice(step, "reject", place, JOIN_REJECT)
        branches = self._branches(written, under(place, "branches"), join, conditional=False)
        self._add(self._plain(step, name, "parallel", join, parallel, branches=branches, pair=join), place)
        below = self._below(written, under(place, "branches"), join, name)
        self._add(self._plain({}, join, "join", after, parallel, pair=name, reject=reject), place)
        return Card(name, below)

    def _below(self, written: Sequence[Any], place: str, after: str, parallel: str) -> tuple[tuple[Card, ...], ...]:
        return tuple(
            self._steps(_steps_of(branch), under(place, index, "steps"), after, parallel)
            for index, branch in enumerate(written)
        )

    def _branches(self, written: Sequence[Any], place: str, after: str, *, conditional: bool) -> tuple[Branch, ...]:
        made: list[Branch] = []
        for index, given in enumerate(written):
            branch = self.read.mapping(given, under(place, index))
            self.read.sequence(branch.get("steps", []), under(place, index, "steps"))
            default = branch.get("default") is True
            condition = self._condition(under(place, index, "when"), branch) if conditional and not default else None
            to = self._first(_steps_of(branch), after)
            made.append(Branch(_name_of(branch), to, str(branch.get("title", "")), condition, default))
        names = [branch.name for branch in made]
        for index, name in enumerate(names):
            if not name or name in names[:index]:
                self.read.report("flow_duplicate_name", under(place, index, "name"), name=name)
        return tuple(made)

    def _condition(self, key: str, branch: Mapping[str, Any]) -> str | None:
        if "when" not in branch or key not in self.conditions:
            self.read.report("flow_condition", key, name=_name_of(branch))
            return None
        return key


def _name_of(step: object) -> str:
    """Return the stable id of a step or branch, which is its name where no other is given."""
    name = step.get("id", step.get("name")) if isinstance(step, Mapping) else None
    return name if isinstance(name, str) else ""


def _steps_of(branch: object) -> Sequence[Any]:
    steps = branch.get("steps") if isinstance(branch, Mapping) else None
    return steps if isinstance(steps, list) else []
