"""Entering nodes: what each kind does when a token comes, until every token waits for somebody."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from engine.workflow.judging import judge, pass_over, refuse
from engine.workflow.moving import end, leave, place
from engine.workflow.outcome import SYSTEM
from engine.workflow.program import Node
from engine.workflow.resolve import Resolution, find, resolve
from engine.workflow.scope import fork, parent
from engine.workflow.state import Activation, Seat, Token
from engine.workflow.working import Working


def run_to_rest(work: Working) -> None:
    """Enter nodes until no token moves any more. Raises Conflict `step_limit` where that takes too long."""
    while work.moves:
        token = work.tokens.get(work.moves.popleft())
        if token is not None:
            work.count_step()
            ENTER[work.node(token.node).kind](work, token)


def ask(work: Working, activation: Activation) -> None:
    """Find the people of an approval and ask them, or do what its policies say where nobody is to be asked."""
    node = work.node(activation.node)
    found = resolve(node, work.env.people, work.initiator)
    if found.answer == "pass":
        pass_over(work, activation, reason=found.why.get("self", "empty"), why=found.why)
    elif found.answer == "reject":
        work.record("node_auto_reject", node=node.name, actor=SYSTEM, reason="empty", why=found.why)
        refuse(work, activation)
    elif found.answer == "block":
        _block(work, activation, found)
    else:
        _seat(work, activation, found)
        judge(work, activation)


def _start(work: Working, token: Token) -> None:
    """Somebody sent the form back: the initiator has it, and nothing passes by itself."""
    activation = work.activate(token)
    seat = work.add_seat(activation, work.initiator, kind="initiator")
    work.status = "returned"
    work.effect("released", "returned")
    work.effect("notify", "returned", work.initiator, seat.id)


def _approve(work: Working, token: Token) -> None:
    ask(work, work.activate(token))


def _copy(work: Working, token: Token) -> None:
    activation = work.activate(token)
    found, why = find(work.node(token.node).by, work.env.people, work.initiator)
    new = [asked.user for asked in found if asked.user not in work.copied]
    for user in new:
        seat = work.add_seat(activation, user, kind="copy", status="copied")
        work.copied[user] = None
        work.effect("notify", "copied", user, seat.id)
    work.record("cc", node=token.node, actor=SYSTEM, users=new, why=why)
    _pass_through(work, token, activation)


def _branch(work: Working, token: Token) -> None:
    activation = work.activate(token)
    node = work.node(token.node)
    tried: dict[str, bool | None] = {}
    chosen = next(branch for branch in node.branches if branch.default)
    for branch in node.branches:
        if branch.condition is None:
            continue
        tried[branch.name] = work.env.condition(branch.condition)
        if tried[branch.name] is True:
            chosen = branch
            break
    work.record("route", node=node.name, actor=SYSTEM, branch=chosen.name, tried=tried)
    work.close(activation.id, "passed", branch=chosen.name)
    place(work, chosen.to, token.path, token)


def _parallel(work: Working, token: Token) -> None:
    activation = work.activate(token)
    work.close(activation.id, "passed")
    del work.tokens[token.id]
    for number, branch in enumerate(work.node(token.node).branches, start=1):
        path = fork(token.path, activation.id, number)
        place(work, branch.to, path, replace(token, id=work.number("token"), back=None))


def _join(work: Working, token: Token) -> None:
    work.tokens[token.id] = replace(token, arrived=True)
    join = work.node(token.node)
    split = work.activations[int(token.path.rpartition("/")[2].partition(".")[0])]
    scope = parent(token.path)
    prefix = f"{scope}/{split.id}."
    inside = [other for other in work.tokens.values() if other.path.startswith(prefix)]
    arrived = [other for other in inside if other.arrived and other.node == join.name]
    complete = len(arrived) == len(work.node(split.node).branches)
    refused = any(other.rejected for other in arrived)
    if refused and (complete or join.reject == "now"):
        end(work, "rejected")
    elif complete:
        _fire(work, join, scope, arrived)


def _fire(work: Working, join: Node, scope: str, arrived: list[Token]) -> None:
    agreed = tuple(dict.fromkeys(user for token in arrived for user in token.agreed))
    for token in arrived:
        del work.tokens[token.id]
    merged = Token(id=work.number("token"), node=join.name, path=scope, agreed=agreed)
    _pass_through(work, merged, work.activate(merged))


def _end(work: Working, token: Token) -> None:
    del work.tokens[token.id]
    if not work.tokens:
        end(work, "approved")


def _pass_through(work: Working, token: Token, activation: Activation) -> None:
    work.close(activation.id, "passed")
    leave(work, token)


def _block(work: Working, activation: Activation, found: Resolution) -> None:
    work.activations[activation.id] = replace(activation, blocked=True)
    work.record("blocked", node=activation.node, actor=SYSTEM, why=found.why)
    for admin in dict.fromkeys(work.env.people.admins()):
        work.effect("notify", "blocked", admin)


def _seat(work: Working, activation: Activation, found: Resolution) -> None:
    node = work.node(activation.node)
    known = _already_agreed(work, work.token_of(activation.id), node)
    seats: list[Seat] = []
    for order, asked in enumerate(found.people):
        seats.append(work.add_seat(activation, asked.user, status="waiting", order=order, weight=asked.weight))
    listed = [{"seat": seat.id, "user": seat.user} for seat in seats]
    work.record("asked", node=node.name, actor=SYSTEM, seats=listed, why=found.why)
    for seat in seats:
        if seat.user in known:
            work.record("auto_skip", seat=work.change_seat(seat, "skipped"), actor=SYSTEM, reason="duplicate")


def _already_agreed(work: Working, token: Token, node: Node) -> frozenset[str]:
    """Return those who agreed before and need not be asked again; after a return everybody is asked again."""
    if work.round > 1 or node.demands_more_than_a_vote:
        return frozenset()
    if work.program.deduplicate == "consecutive":
        return frozenset(token.agreed)
    if work.program.deduplicate == "once_ever":
        return frozenset(user for entry in work.activations.values() for user in entry.agreed)
    return frozenset()


ENTER: Mapping[str, Callable[[Working, Token], None]] = {
    "start": _start,
    "approve": _approve,
    "copy": _copy,
    "branch": _branch,
    "parallel": _parallel,
    "join": _join,
    "end": _end,
}
