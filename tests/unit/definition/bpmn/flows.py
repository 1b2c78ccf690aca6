"""Random flow documents, and what stays of one where only its shape counts."""

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from engine.definition.schemas import address

_TEXT = st.text(max_size=12)
_PEOPLE = st.lists(
    st.sampled_from(({"user": "ann"}, {"role": "shop.clerk"}, {"initiator": True})), min_size=1, max_size=2
)
_FREE = st.dictionaries(
    st.sampled_from(("mode", "empty", "self", "fields")), st.one_of(_TEXT, st.booleans()), max_size=2
)


@st.composite
def flows(draw: st.DrawFn, fewest: int = 1) -> dict[str, Any]:
    """Return a flow of sound shape, with any words in it; every split has `fewest` branches at least."""
    names = iter(range(10_000))
    steps = _steps(draw, names, 3, fewest)
    head = {"$schema": address("flow"), "name": "order", "title": draw(_TEXT) or "Order", "entity": "order"}
    return head | draw(st.fixed_dictionaries({}, optional={"start": _FREE, "description": _TEXT})) | {"steps": steps}


def outline(steps: Sequence[dict[str, Any]]) -> list[Any]:
    """Return the shape of steps: titles, and lists of branches by kind."""
    return [
        {step["type"]: [outline(one["steps"]) for one in step["branches"]]} if "branches" in step else step["title"]
        for step in steps
    ]


def _steps(draw: st.DrawFn, names: Any, depth: int, fewest: int) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for _ in range(draw(st.integers(0, 3))):
        name = f"s{next(names)}"
        kind = draw(st.sampled_from(("approve", "copy", "branch", "parallel"))) if depth else "approve"
        if kind in ("approve", "copy"):
            asked = {"by" if kind == "approve" else "to": draw(_PEOPLE)}
            made.append({"name": name, "type": kind, "title": draw(_TEXT) or name} | asked | draw(_FREE))
            continue
        ways = [
            {"name": f"w{number}", "title": draw(_TEXT) or "w", "steps": _steps(draw, names, depth - 1, fewest)}
            for number in range(draw(st.integers(fewest, 3)))
        ]
        if kind == "branch":
            default = draw(st.integers(0, len(ways) - 1))
            ways = [
                way | ({"default": True} if at == default else {"when": draw(_TEXT) or "x"})
                for at, way in enumerate(ways)
            ]
        made.append({"name": name, "type": kind, "branches": ways})
    return made
