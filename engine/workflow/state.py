"""Where an instance stands: tokens, activations and seats, as frozen values.

Everything but the seats is one plain JSON document; seats are rows of their own, because people's lists are made of them. A
step needs the seats of live activations and the seat that is answered; more do no harm.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

LIVE = frozenset({"running", "error", "returned"})
ENDED = frozenset({"approved", "rejected", "withdrawn", "terminated", "voided"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """The wish for one person's decision, or one person's copy.

    `kind`: approver, initiator (the form came back to who handed it in) or copy. `status`: waiting, pending, agreed, rejected,
    returned, transferred, cancelled, skipped or copied. `origin_user` stays who was asked first; `parent` is the seat that
    asked for this one, none for a node's own seats; `at` is the moment of the last change of status.
    """

    id: int
    activation: int
    node: str
    user: str
    origin_user: str
    at: datetime
    kind: str = "approver"
    status: str = "pending"
    on_behalf_of: str | None = None
    parent: int | None = None
    order: int = 0
    weight: int = 1
    rev: int = 1
    round: int = 1
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Activation:
    """One entry into one node. `outcome` is None while it is live, then passed, auto_passed or rejected.

    `agreed` are those who agreed here; `branch` the way that a branch node took; `blocked` says that nobody could be asked.
    """

    id: int
    node: str
    path: str
    round: int
    outcome: str | None = None
    agreed: tuple[str, ...] = ()
    branch: str = ""
    blocked: bool = False

    def to_document(self) -> dict[str, Any]:
        """Return the activation as plain JSON, without what is as usual."""
        written: dict[str, Any] = {"id": self.id, "node": self.node, "path": self.path, "round": self.round}
        written |= {"outcome": self.outcome} if self.outcome else {}
        written |= {"agreed": list(self.agreed)} if self.agreed else {}
        written |= {"branch": self.branch} if self.branch else {}
        return written | ({"blocked": True} if self.blocked else {})

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "Activation":
        """Return the activation that `to_document` wrote."""
        return cls(**{**document, "agreed": tuple(document.get("agreed", ()))})


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """Where the instance is. `arrived` tokens wait in a join; `rejected` ones carry a refusal there.

    `agreed` are the people of the approval just before, for asking nobody twice in a row. `back` is the picture that is put
    back when this token leaves its node: a return that comes straight back to who returned.
    """

    id: int
    node: str
    path: str
    activation: int = 0
    arrived: bool = False
    rejected: bool = False
    agreed: tuple[str, ...] = ()
    back: "Back | None" = None

    def to_document(self) -> dict[str, Any]:
        """Return the token as plain JSON, without what is as usual."""
        written: dict[str, Any] = {"id": self.id, "node": self.node, "path": self.path, "activation": self.activation}
        written |= {"arrived": True} if self.arrived else {}
        written |= {"rejected": True} if self.rejected else {}
        written |= {"agreed": list(self.agreed)} if self.agreed else {}
        return written | ({"back": self.back.to_document()} if self.back else {})

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "Token":
        """Return the token that `to_document` wrote."""
        back = document.get("back")
        agreed = tuple(document.get("agreed", ()))
        return cls(**{**document, "agreed": agreed, "back": Back.from_document(back) if back else None})


@dataclass(frozen=True, slots=True)
class Back:
    """The tokens that a return took out of `scope`, to be put back there."""

    scope: str
    tokens: tuple[Token, ...]

    def to_document(self) -> dict[str, Any]:
        """Return the picture as plain JSON."""
        return {"scope": self.scope, "tokens": [token.to_document() for token in self.tokens]}

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "Back":
        """Return the picture that `to_document` wrote."""
        return cls(document["scope"], tuple(map(Token.from_document, document["tokens"])))


@dataclass(frozen=True, slots=True)
class Counters:
    """The ids that come next; `event` numbers an instance's events without a gap."""

    token: int = 1
    activation: int = 1
    seat: int = 1
    event: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One instance.

    `status`: draft, running, returned (the initiator has it again), error (a node found nobody to ask, an admin is needed),
    approved, rejected, withdrawn, terminated or voided. `rev` counts commands, `round` counts returns from 1. `acted_by` and
    `acted_at` tell the first vote since it was last handed in; `copied` are those who have their copy.
    """

    initiator: str
    status: str = "draft"
    rev: int = 0
    round: int = 1
    tokens: tuple[Token, ...] = ()
    activations: tuple[Activation, ...] = ()
    copied: tuple[str, ...] = ()
    acted_by: str | None = None
    acted_at: datetime | None = None
    next: Counters = Counters()
    seats: tuple[Seat, ...] = field(default=())

    @property
    def live_activations(self) -> frozenset[int]:
        """Return the ids of the activations whose seats a step needs."""
        return frozenset(activation.id for activation in self.activations if activation.outcome is None)

    def to_document(self) -> dict[str, Any]:
        """Return the state without its seats as plain JSON."""
        counters = self.next
        return {
            "initiator": self.initiator,
            "status": self.status,
            "rev": self.rev,
            "round": self.round,
            "tokens": [token.to_document() for token in self.tokens],
            "activations": [activation.to_document() for activation in self.activations],
            "copied": list(self.copied),
            "acted": {"by": self.acted_by, "at": self.acted_at.isoformat()} if self.acted_at else None,
            "next": [counters.token, counters.activation, counters.seat, counters.event],
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any], seats: Iterable[Seat] = ()) -> "State":
        """Return the state that `to_document` wrote, with its seats."""
        acted = document["acted"]
        return cls(
            initiator=document["initiator"],
            status=document["status"],
            rev=document["rev"],
            round=document["round"],
            tokens=tuple(map(Token.from_document, document["tokens"])),
            activations=tuple(map(Activation.from_document, document["activations"])),
            copied=tuple(document["copied"]),
            acted_by=acted["by"] if acted else None,
            acted_at=datetime.fromisoformat(acted["at"]) if acted else None,
            next=Counters(*document["next"]),
            seats=tuple(seats),
        )


def draft(initiator: str) -> State:
    """Return the state of an instance that was not handed in yet."""
    return State(initiator=initiator)
