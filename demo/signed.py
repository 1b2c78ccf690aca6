"""A contract as the story goes on: what was settled, and what may still be asked for."""

from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from demo.people import SUFFIXES
from demo.projects import Deal, Project

CENT = Decimal("0.01")


@dataclass(slots=True)
class Signed:
    """A contract in the story: what of it may still be asked for."""

    key: str
    project: Project
    deal: Deal
    quantity: Decimal
    settled: Decimal = field(default_factory=Decimal)
    payable: Decimal = field(default_factory=Decimal)
    requested: Decimal = field(default_factory=Decimal)
    next_from: date = date.min
    settlements: int = 0

    @property
    def amount(self) -> Decimal:
        """Return the amount with tax."""
        return cents(self.quantity * self.deal.price)

    @property
    def left(self) -> Decimal:
        """Return what may be asked for now."""
        return self.payable - self.requested

    @property
    def commercial(self) -> str:
        """Return the log-in of who writes its papers."""
        return f"commercial{SUFFIXES[self.project.number]}"


def cents(value: Decimal) -> Decimal:
    """Round as the modules do."""
    return value.quantize(CENT, ROUND_HALF_UP)
