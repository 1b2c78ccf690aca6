"""Sending back: which nodes one may return to, what is taken away, what is kept.

One rule covers all cases: every token inside the scope of the return is taken away. The scope is the path of the target where
the target's scope holds the one who returns (before a split, or within a branch); a target inside a branch that was joined
already re-opens its split, and the branches that are no target stand in the join as arrived.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from engine.errors import Conflict
from engine.workflow.moving import place
from engine.workflow.program import Program
from engine.workflow.scope import fork, fork_below, forks, shared, within
from engine.workflow.state import Activation, Back, State, Token
from engine.workflow.working import Working

REDO = "redo_path"
BACK = "back_to_me"


@dataclass(frozen=True, slots=True)
class Target:
    """One node to which a seat may return."""

    node: str
    title: str
    round: int


def legal_targets(program: Program, state: State, seat: int) -> tuple[Target, ...]:
    """Return the nodes to which the holder of a seat may return, in drawn order; none where the seat is not live."""
    activation = next((held.activation for held in state.seats if held.id == seat and held.status == "pending"), 0)
    by_id = {entry.id: entry for entry in state.activations}
    if activation not in by_id:
        return ()
    reachable = _reachable(program, by_id, by_id[activation]).values()
    found = sorted(reachable, key=lambda entry: program.nodes[entry.node].position)
    return tuple(Target(entry.node, program.nodes[entry.node].title, entry.round) for entry in found)


def check_targets(work: Working, origin: Activation, names: Iterable[str], resume: str) -> tuple[Activation, ...]:
    """Return the activations that a return aims at; raises Conflict `illegal_target` where it may not."""
    wanted = tuple(dict.fromkeys(names))
    reachable = _reachable(work.program, work.activations, origin)
    for name in wanted:
        if name not in reachable:
            raise Conflict("illegal_target", {"target": name, "allowed": sorted(reachable)})
    targets = tuple(reachable[name] for name in wanted)
    apart = all(_in_sibling_branches(one.path, other.path) for one, other in combinations(targets, 2))
    one_way = resume == REDO or (resume == BACK and len(targets) == 1)
    if not targets or not apart or not one_way:
        raise Conflict("illegal_target", {"target": ", ".join(wanted), "allowed": sorted(reachable)})
    return targets


def send_back(work: Working, token: Token, targets: tuple[Activation, ...], resume: str = REDO) -> None:
    """Take away what stands in the scope of the return and put a token on each target, one round later."""
    scope = shared(targets[0].path, token.path)
    gone = tuple(other for other in work.tokens.values() if within(other.path, scope))
    work.cancel_open(frozenset(other.activation for other in gone), "returned")
    for other in gone:
        del work.tokens[other.id]
        if other.activation in work.activations and work.activations[other.activation].outcome is None:
            del work.activations[other.activation]
    back = Back(scope, gone) if resume == BACK else None
    if back is None:
        _forget_what_is_redone(work, targets)
    _reopen(work, scope, targets)
    work.round += 1
    for target in targets:
        place(work, target.node, target.path, Token(id=work.number("token"), node="", path="", back=back))


def to_start(work: Working, token: Token) -> None:
    """Give the form back to the initiator."""
    start = next(entry for entry in work.activations.values() if entry.node == work.program.start)
    send_back(work, token, (start,))


def _reachable(program: Program, activations: Mapping[int, Activation], origin: Activation) -> dict[str, Activation]:
    nodes = program.nodes
    return {
        entry.node: entry
        for entry in activations.values()
        if entry.outcome == "passed"
        and (nodes[entry.node].kind == "start" or entry.agreed)
        and nodes[entry.node].position < nodes[origin.node].position
        and not _in_sibling_branches(entry.path, origin.path)
    }


def _in_sibling_branches(one: str, other: str) -> bool:
    """Return whether two paths lie in different branches of one split."""
    scope = shared(one, other)
    left, right = fork_below(one, scope), fork_below(other, scope)
    return left is not None and right is not None and left.split == right.split


def _forget_what_is_redone(work: Working, targets: tuple[Activation, ...]) -> None:
    for entry in list(work.activations.values()):
        if any(_comes_after(work, entry, target) for target in targets):
            del work.activations[entry.id]


def _comes_after(work: Working, entry: Activation, target: Activation) -> bool:
    """Return whether an activation is the target or what follows it; other branches of a split around it do not follow."""
    scope = shared(entry.path, target.path)
    down = fork_below(target.path, scope)
    position = work.node(entry.node).position
    if down is None:
        return position >= work.node(target.node).position
    aside = fork_below(entry.path, scope)
    if aside is not None and aside.split == down.split:
        return False
    split = work.activations.get(down.split)
    return split is not None and position > work.node(split.node).position


def _reopen(work: Working, scope: str, targets: tuple[Activation, ...]) -> None:
    """Stand the other branches of every split between the scope and the targets in its join, as arrived."""
    opened: dict[str, int] = {}
    for target in targets:
        path = scope
        for down in forks(target.path)[len(forks(scope)) :]:
            path = fork(path, down.split, down.branch)
            opened[path] = down.split
    for split in dict.fromkeys(opened.values()):
        entry = work.activations[split]
        node = work.node(entry.node)
        for branch in range(1, len(node.branches) + 1):
            path = fork(entry.path, split, branch)
            if path not in opened:
                carried = Token(id=work.number("token"), node=node.pair, path=path, arrived=True)
                work.tokens[carried.id] = carried
