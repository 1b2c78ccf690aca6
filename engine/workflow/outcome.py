"""What a step answers: the new state, the rows that changed, what to write into the log and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from engine.workflow.state import Seat, State

SYSTEM = "system"

VERBS = {
    "submit": "handed in",
    "submit_again": "handed in again after a return",
    "route": "a branch was chosen; `branch`, `tried`",
    "asked": "people were asked; `seats` and `why`, the trace of how they were found",
    "auto_skip": "nobody had to be asked, or a seat was passed over; `reason`",
    "node_auto_reject": "a node refused by its policy; `reason`",
    "blocked": "nobody could be asked; `why`",
    "cc": "copies were given; `users`",
    "approved": "a seat voted for",
    "rejected": "a seat voted against",
    "specific_rollback": "sent back; `targets`, `resume`",
    "forward_resign": "a seat was handed on; `to`, `to_seat`",
    "cancel": "open seats were closed; `seats`, `reason`",
    "recall": "withdrawn by the initiator",
    "comment": "said",
    "terminate": "ended by an admin",
    "resume": "people were looked for again",
    "void": "taken out of effect",
    "ended": "the instance ended; `status`",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One line of the log, append-only; `seq` has no gap within an instance. `VERBS` lists what may be said."""

    seq: int
    verb: str
    actor: str
    at: datetime
    on_behalf_of: str | None = None
    node: str = ""
    seat: int | None = None
    payload: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Effect:
    """Something to do in the same transaction.

    `notify`: tell `user`, with `reason` (asked, copied, returned, approved, rejected, terminated, withdrawn, voided, blocked)
    and perhaps `seat`. `taken_effect`: approved, write the postings. `released`: no longer in approval and without effect,
    with `reason` (returned, rejected, withdrawn, terminated). `voided`: reverse the postings.
    """

    kind: str
    reason: str = ""
    user: str = ""
    seat: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What one command led to. `seats` are the rows that are new or changed, as they are now."""

    state: State
    events: tuple[Event, ...]
    seats: tuple[Seat, ...]
    effects: tuple[Effect, ...]
