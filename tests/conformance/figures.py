"""Shared numbers: amounts in words, numbers with check digits, and ten thousand decimals of 28 digits with their sum.

`admin_ui/src/core/expressions/figures.test.ts` and `admin_ui/src/core/form/kinds/check_digits.test.ts` read the same files.
"""

import json
from collections.abc import Iterator
from decimal import Context, Decimal
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "cases" / "figures"
_EXACT = Context(prec=100)


def load(name: str) -> dict[str, Any]:
    """Return one file of shared numbers."""
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return found


def long_numbers() -> Iterator[Decimal]:
    """Yield the decimals of `long_sum.json`: a linear congruence makes the same ones in every language."""
    told = load("long_sum")
    state, most = int(told["seed"]), 10 ** int(told["digits"])
    for _ in range(told["count"]):
        state = (state * int(told["multiplier"]) + int(told["increment"])) % 2 ** int(told["bits"])
        units = (state >> 24) % (2 * most - 1) - (most - 1)
        yield Decimal(units).scaleb(-told["scale"], _EXACT)
