"""What a person can do with the product, as a port: scenarios are played through it and know nothing of how it is reached."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a person was told: `says` is the sentence, `rule` the name of the rule where one spoke."""

    code: str
    pointer: str = ""
    says: str = ""
    rule: str = ""
    severity: str = "error"


class Refused(Exception):
    """The product did not do what was asked; `findings` are its reasons, the refusal itself last."""

    def __init__(self, code: str, findings: Sequence[Finding]) -> None:
        super().__init__(code)
        self.code = code
        self.findings = tuple(findings)


@dataclass(frozen=True, slots=True)
class Sight:
    """A record as one person sees it: JSON values by field name, what is hidden absent; warnings of what was done to it."""

    id: str
    status: str
    values: Mapping[str, Any]
    warnings: tuple[Finding, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who is asked: the node of the flow, and the person's id."""

    node: str
    person: str


class Desk(Protocol):
    """Everything that scenarios do. `who` is a log-in name; ids are those of the product; every method raises Refused."""

    def employ(self, login: str, roles: Sequence[str], department: str | None, *, admin: bool) -> str:
        """Give a person an account with roles and a department, and return the id; an account that is there is changed."""
        ...

    def department(self, code: str) -> str:
        """Found a department and return its id."""
        ...

    def lead(self, department: str, person: str) -> None:
        """Make a person the head of a department."""
        ...

    def create(self, who: str, entity: str, values: Mapping[str, object]) -> Sight:
        """Create a record."""
        ...

    def update(self, who: str, entity: str, record: str, values: Mapping[str, object]) -> Sight:
        """Change what `values` names."""
        ...

    def delete(self, who: str, entity: str, record: str) -> None:
        """Delete a record."""
        ...

    def move(self, who: str, verb: str, entity: str, record: str, comment: str) -> Sight:
        """Submit, withdraw or void a document."""
        ...

    def decide(self, who: str, verb: str, entity: str, record: str, to: str, comment: str) -> None:
        """Agree, reject, return (to the node `to`, else to the start) or transfer (to the person `to`)."""
        ...

    def close(self, who: str, verb: str, ledger: str, told: Mapping[str, object]) -> None:
        """Close or reopen a period of a ledger."""
        ...

    def read(self, who: str, entity: str, record: str) -> Sight:
        """Read a record."""
        ...

    def waiting(self, who: str, entity: str, record: str) -> tuple[Waiting, ...]:
        """Return who is asked about a document now."""
        ...

    def measure(self, who: str, key: str, where: Mapping[str, object]) -> str | None:
        """Return a measure's figure, as text."""
        ...

    def alerts(self, who: str, key: str, where: Mapping[str, object]) -> tuple[str, ...]:
        """Return the names of the limits of a measure that are raised within what is asked for, in order."""
        ...

    def told(self, who: str) -> tuple[str, ...]:
        """Return what a person was told inside the product lately, the newest first."""
        ...

    def wait_until(self, day: date) -> None:
        """Let time go on to noon of a day; what is due by the clock on the way is done."""
        ...

    def count(self, who: str, entity: str, where: Sequence[object]) -> int:
        """Return how many records a person sees that fulfil all conditions of `where`."""
        ...
