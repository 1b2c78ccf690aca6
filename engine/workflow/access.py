"""What a flow lets a person see and change of the record, by the node at which the person sits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from engine.workflow.program import Node, Program
from engine.workflow.state import Seat, State

ORDER = ("hidden", "read", "write", "required")


@dataclass(frozen=True, slots=True)
class FieldAccess:
    """Access by path: hidden, read, write or required; every path that is not named has `default`."""

    default: str = "read"
    fields: Mapping[str, str] = field(default_factory=dict)

    def of(self, path: str) -> str:
        """Return the access to one path; a path below a named one has that one's access."""
        named = path
        while named not in self.fields and "." in named:
            named = named.rpartition(".")[0]
        return self.fields.get(named, self.default)


def field_access(program: Program, state: State, user: str) -> FieldAccess:
    """Return what an instance lets a person do with the fields of its record.

    The initiator of what is not handed in, or has come back, writes what the start node does not restrict. Who sits at nodes
    now has the widest access of these nodes. Who sat at nodes before (by `state.seats`) sees what one of them showed and
    writes nothing. For all others the flow hides nothing and lets nothing be written.
    """
    if user == state.initiator and state.status in ("draft", "returned"):
        return FieldAccess("write", program.nodes[program.start].fields)
    held = [seat for seat in state.seats if seat.user == user and seat.node in program.nodes]
    pending = [seat for seat in held if seat.status == "pending"]
    if pending:
        return FieldAccess("read", _widest(_nodes(program, pending)))
    seen = _widest(_nodes(program, held)) if user != state.initiator else {}
    return FieldAccess("read", {path: min(access, "read", key=ORDER.index) for path, access in seen.items()})


def _nodes(program: Program, seats: Iterable[Seat]) -> tuple[Node, ...]:
    return tuple(program.nodes[name] for name in dict.fromkeys(seat.node for seat in seats))


def _widest(nodes: tuple[Node, ...]) -> dict[str, str]:
    paths = dict.fromkeys(path for node in nodes for path in node.fields)
    return {path: max((node.fields.get(path, "read") for node in nodes), key=ORDER.index) for path in paths}
