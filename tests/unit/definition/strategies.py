"""Valid JSON values for a field of every type, and values of any kind."""

from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import strategies as st

from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Field, Option

OPTIONS = (
    Option("a", {"zh-CN": "甲", "en": "First"}),
    Option("b", {"zh-CN": "乙"}),
    Option("c", {"zh-CN": "丙"}, retired=True),
)
_SIMPLE = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), min_size=1, max_size=40)
_IDS = st.from_regex(r"\A[a-z0-9-]{1,30}\Z")


def decimals(scale: int) -> st.SearchStrategy[str]:
    return st.integers(-(10**12), 10**12).map(lambda units: f"{Decimal(units).scaleb(-scale):f}")


def field(kind: str, **more: object) -> Field:
    scale = FIELD_TYPES[kind].default_scale
    rest: dict[str, object] = {"options": OPTIONS, "scale": scale, **more}
    return Field(id="x", name="x", title={"zh-CN": "某", "en": "X"}, type=kind, **rest)


_FILES = st.fixed_dictionaries(
    {"id": _IDS, "name": _SIMPLE.map(lambda name: f"{name}.png"), "size": st.integers(0, 9**9)}
)

VALUES: dict[str, st.SearchStrategy[object]] = {
    "text": _SIMPLE,
    "long_text": _SIMPLE,
    "integer": st.integers(-(2**53) + 1, 2**53 - 1),
    "decimal": decimals(2),
    "money": decimals(2),
    "percent": decimals(4),
    "boolean": st.booleans(),
    "date": st.dates().map(lambda day: day.isoformat()),
    "time": st.times().map(lambda moment: moment.replace(microsecond=0).isoformat()),
    "datetime": st.integers(-(2**31), 2**32).map(lambda at: datetime.fromtimestamp(at, UTC).isoformat()),
    "select": st.sampled_from(["a", "b"]),
    "multi_select": st.lists(st.sampled_from(["a", "b"]), unique=True),
    "user": _IDS,
    "department": _IDS,
    "reference": _IDS,
    "tree_parent": _IDS,
    "sub_table": st.just([]),
    "attachment": st.lists(_FILES, max_size=3),
    "image": st.lists(_FILES, max_size=3),
    "series": _SIMPLE,
}

ANYTHING: st.SearchStrategy[object] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | decimals(3),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
