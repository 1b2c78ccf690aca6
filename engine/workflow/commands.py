"""What people may ask of an instance. Whether they may at all (admin commands) is judged before, by the services."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Something that `actor` wants; `comment` is kept with it."""

    actor: str
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatCommand(Command):
    """Something done from a seat, as the actor saw it at revision `rev`."""

    seat: int
    rev: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Submit(Command):
    """Hand a draft in; for the initiator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resubmit(Command):
    """Hand in again what came back; for the initiator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agree(SeatCommand):
    """Vote for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject(SeatCommand):
    """Vote against."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnTo(SeatCommand):
    """Send back to nodes that were passed, by name; `resume` is redo_path or back_to_me."""

    targets: tuple[str, ...]
    resume: str = "redo_path"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer(SeatCommand):
    """Hand the seat to somebody else."""

    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw(Command):
    """Take it back; for the initiator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment(Command):
    """Say something; nothing else changes. The text is `comment`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminate(Command):
    """End it before its time; for admins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retry(Command):
    """Look again for people at the nodes where nobody was found; for admins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Void(Command):
    """Take an approved one out of effect; for admins."""
