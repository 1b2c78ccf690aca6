"""How a posting shares one amount among rows."""

from dataclasses import dataclass

from engine.expressions import Compiled


@dataclass(frozen=True, slots=True)
class Split:
    """Shares one amount of a posting among the rows of the sub-table `over`, in proportion to `weight`.

    `field` is the ledger's field that is shared, cut to `scale` places so that the shares add up to it exactly.
    """

    over: str
    weight: Compiled
    field: str
    scale: int = 2
