"""A derived measure told along time: summed up so far, or as it was a period or a year before."""

from dataclasses import dataclass
from typing import Literal

Show = Literal["running_total", "previous_period", "same_period_last_year"]


@dataclass(frozen=True, slots=True)
class Along:
    """`dimension` is a year, a quarter, a month or a day; `show` says which figure stands at each of them."""

    dimension: str
    show: Show
