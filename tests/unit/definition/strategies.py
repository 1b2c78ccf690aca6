"""Valid JSON values for a field of every type, and values of any kind."""

from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import strategies as st

from engine.definition.field_types import FIELD_TYPES
from engine.definition.field_types.region import level_of, regions
from engine.definition.model import Field, Option
from tests.unit.definition.numbers_of_people import card_of, ean_of, organisation_of

OPTIONS = (
    Option("a", {"zh-CN": "甲", "en": "First"}),
    Option("b", {"zh-CN": "乙"}),
    Option("c", {"zh-CN": "丙"}, retired=True),
)
TREE = (
    Option("n", {"zh-CN": "北", "en": "North"}, options=(Option("n1", {"zh-CN": "一"}), Option("n2", {"zh-CN": "二"}))),
    Option("s", {"zh-CN": "南"}, options=(Option("s1", {"zh-CN": "一"}, retired=True), Option("s2", {"zh-CN": "三"}))),
)
SETTINGS: dict[str, dict[str, object]] = {
    "quantity": {"unit": "m3", "units": {"t": "2.4"}},
    "capital_amount": {"of": "total"},
    "snapshot": {"of": "item", "fields": ["name"]},
    "cascade": {"options": "set"},
    "json": {"schema": {"type": ["object", "array", "string", "integer"]}},
}
_SIMPLE = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), min_size=1, max_size=40)
_IDS = st.from_regex(r"\A[a-z0-9-]{1,30}\Z")
_WORD = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=12)
_DIGITS = st.characters(min_codepoint=48, max_codepoint=57)


def decimals(scale: int) -> st.SearchStrategy[str]:
    return st.integers(-(10**12), 10**12).map(lambda units: f"{Decimal(units).scaleb(-scale):f}")


def field(kind: str, **more: object) -> Field:
    scale = FIELD_TYPES[kind].default_scale
    options = TREE if FIELD_TYPES[kind].choices == "tree" else OPTIONS
    rest: dict[str, object] = {"options": options, "scale": scale, "settings": SETTINGS.get(kind, {}), **more}
    targets = (("shop.order", "shop.order"), ("shop.item", "shop.item")) if kind == "dynamic_reference" else ()
    return Field(id="x", name="x", title={"zh-CN": "某", "en": "X"}, type=kind, targets=targets, **rest)


def moments(text: str) -> st.SearchStrategy[str]:
    return st.integers(-(2**31), 2**32).map(lambda at: datetime.fromtimestamp(at, UTC).strftime(text))


def ranges(ends: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(ends, ends).map(lambda pair: "/".join(sorted(pair)))


_FILES = st.fixed_dictionaries(
    {"id": _IDS, "name": _SIMPLE.map(lambda name: f"{name}.png"), "size": st.integers(0, 9**9)}
)
_DEGREES = st.decimals(-90, 90, places=6).map(lambda number: f"{number or abs(number):f}")
_COUNTIES = [code for code in regions() if level_of(code) == "county"]
_JSON: st.SearchStrategy[object] = st.recursive(
    _SIMPLE | st.integers(-(2**53), 2**53),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_WORD, inner, max_size=3),
    max_leaves=6,
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
    "rich_text": _SIMPLE.map(lambda words: f"<p>{words} <strong>b</strong></p>"),
    "markdown": _SIMPLE,
    "secret": _SIMPLE,
    "colour": st.from_regex(r"\A#[0-9a-fA-F]{6}\Z"),
    "url": st.from_regex(r"\Ahttps?://[a-z]{1,9}\.com(:[1-9][0-9]{1,3})?/[a-z0-9/?=&%-]{0,30}\Z"),
    "email": st.from_regex(r"\A[a-z][a-z0-9_]{0,9}@[A-Za-z][a-z0-9]{0,9}\.(com|cn)\Z"),
    "phone": st.from_regex(r"\A1[3-9][0-9]{9}\Z|\A0[3-9][0-9]{2}-[2-9][0-9]{6,7}\Z|\A\+852[2-9][0-9]{7}\Z"),
    "id_document": card_of(),
    "credit_code": organisation_of(),
    "bank_account": st.text(_DIGITS, min_size=8, max_size=30),
    "tags": st.lists(_WORD, max_size=5),
    "quantity": decimals(2) | decimals(2).map(lambda number: {"value": number, "unit": "t"}),
    "capital_amount": st.sampled_from(["壹佰元整", "零元整"]),
    "rating": st.integers(1, 5),
    "progress": st.integers(0, 10**4).map(lambda units: f"{Decimal(units).scaleb(-4):f}"),
    "duration": st.integers(0, 10**8).map(lambda seconds: f"PT{seconds}S")
    | st.from_regex(r"\A(P[0-9]{1,3}D(T[0-9]{1,2}H)?|PT[0-9]{1,2}H[0-9]{1,2}M)\Z"),
    "period": st.from_regex(r"\A[0-9]{4}-(0[1-9]|1[0-2])\Z"),
    "date_range": ranges(st.dates().map(lambda day: day.isoformat())),
    "datetime_range": ranges(moments("%Y-%m-%dT%H:%M:%SZ")),
    "time_range": ranges(st.times().map(lambda moment: f"{moment:%H:%M}")),
    "local_datetime": moments("%Y-%m-%dT%H:%M"),
    "cascade": st.sampled_from(["n1", "n2", "s2"]),
    "region": st.sampled_from(_COUNTIES),
    "users": st.lists(_IDS, max_size=4),
    "references": st.lists(_IDS, max_size=4),
    "dynamic_reference": st.fixed_dictionaries({"entity": st.sampled_from(["shop.order", "shop.item"]), "id": _IDS}),
    "departments": st.lists(_IDS, max_size=4),
    "role": st.sampled_from(["a", "b"]),
    "project_role": st.sampled_from(["a", "b"]),
    "snapshot": st.dictionaries(_WORD, _SIMPLE | st.none(), max_size=3),
    "signature": st.lists(_FILES, max_size=1),
    "location": st.fixed_dictionaries(
        {"lng": _DEGREES, "lat": _DEGREES},
        optional={"accuracy": st.integers(0, 999).map(str), "address": _WORD, "at": moments("%Y-%m-%dT%H:%M:%SZ")},
    ),
    "barcode": st.from_regex(r"\A[A-Z0-9-]{1,30}\Z") | ean_of(),
    "uuid": st.uuids().map(str),
    "json": _JSON,
}

ANYTHING: st.SearchStrategy[object] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | decimals(3),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
