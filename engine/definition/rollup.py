"""What a roll-up is: a frozen value, as everything else that documents compile to."""

from dataclasses import dataclass
from typing import Literal

from engine.expressions import Compiled

RollupAggregate = Literal["sum", "count", "min", "max", "avg", "any", "all"]


@dataclass(frozen=True, slots=True)
class Rollup:
    """What a record keeps of the records, or rows, that point at it.

    `source` is `module.entity`, or the shape of a sub-table (`module.entity/lines`); `via` the name there of the field that
    points at the record (`id`: the record itself). `value` is what each of them adds, rounded to `scale` digits where it is a
    number; `where` says which count. With `tree`, what counts for a record counts for everything above it as well.
    """

    source: str
    via: str
    aggregate: RollupAggregate
    value: Compiled | None = None
    where: Compiled | None = None
    tree: bool = False
    scale: int = 0
