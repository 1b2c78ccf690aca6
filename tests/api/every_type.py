"""Five values of every field type, chosen where something could get lost: the least, the greatest, what looks like something else."""

from collections.abc import Mapping
from typing import Any

from engine.definition.field_types import FIELD_TYPES
from tests.api.kinds import LATER
from tests.api.office import Office
from tests.unit.definition.numbers_of_people import with_card_digit, with_code_sign

UNSENT = {"sub_table", "tree_parent", "attachment", "image", "signature", "secret"} | LATER
SENT = tuple(kind for kind, one in FIELD_TYPES.items() if not one.made and kind not in UNSENT)

_ONES: Mapping[str, tuple[object, ...]] = {
    "text": ("=1+1", "007", "2026-03-02", 'a "b", c;d', "é👷零"),
    "long_text": ("one\ntwo", "+1", '"', "TRUE", "1e5"),
    "integer": (0, -1, 2**53 - 1, -(2**53) + 1, 7),
    "decimal": ("0.00", "-0.01", "9999999999999999.99", "-9999999999999999.99", "163.73"),
    "money": ("0.00", "-0.01", "12345678901234.56", "-12345678901234.56", "0.10"),
    "percent": ("0.0000", "1.0000", "-0.0001", "0.3333", "12.5000"),
    "boolean": (True, False, True, None, False),
    "date": ("0001-01-01", "9999-12-31", "2024-02-29", "1900-01-01", "1970-01-01"),
    "time": ("00:00:00", "23:59:59", "08:30:00", "12:00:01", "00:00:01"),
    "datetime": (
        "2026-03-02T00:00:00+00:00", "1999-12-31T23:59:59+00:00", "2024-02-29T16:00:01+00:00",
        "1991-09-15T17:30:00+00:00", "2038-01-19T03:14:08+00:00",
    ),
    "select": ("a", "b", None, "a", "b"),
    "multi_select": (["a"], ["a", "b"], None, ["b"], ["b", "a"]),
    "colour": ("#000000", "#ffffff", "#0000ff", "#123abc", None),
    "url": ("https://a.cn/", "http://b.cn:81/x?y=1,2&z=%20", "https://c.cn/a,b;c", None, "https://e.cn/#f"),
    "email": ("a@b.cn", "A.B+c@d.com", None, "x_y@z.org", "1@2.cn"),
    "phone": ("13800138000", "010-62345678", "+85221234567", None, "0755-2234567"),
    "id_document": tuple(with_card_digit(f"1101051949123{place:04}") for place in (1000, 1001, 1002, 1003, 1004)),
    "credit_code": tuple(with_code_sign(f"91350100M00010{sign}Y4") for sign in "0123A"),
    "bank_account": ("6222021234567890123", "00000000", "012345678901234567890123456789", None, "12345678"),
    "tags": (["a"], ["b", "a"], None, ["é", "1"], ["a b"]),
    "quantity": ("0.000", "-0.001", "123456789.123", None, "2.400"),
    "rating": (1, 5, None, 3, 2),
    "progress": ("0.0000", "1.0000", None, "0.3333", "0.5000"),
    "duration": ("PT0S", "PT8H30M", "PT1S", None, "PT2400H"),
    "period": ("2026-Q1", "2026-Q4", None, "1999-Q2", "2100-Q3"),
    "date_range": ("2026-03-01/2026-03-31", "2026-03-31/2026-04-01", None, "2024-02-29/2024-02-29", "1999-12-31/2000-01-01"),
    "datetime_range": (
        "2026-03-01T00:00:00Z/2026-03-02T00:00:00Z", "2026-03-01T12:00:00Z/2026-03-01T12:00:01Z", None,
        "1999-12-31T23:59:59Z/2000-01-01T00:00:00Z", "2024-02-29T00:00:00Z/2024-03-01T00:00:00Z",
    ),
    "time_range": ("08:00/12:00", "13:00/17:30", None, "00:00/23:59", "08:00/08:01"),
    "local_datetime": ("2026-03-02T08:30", "0001-01-01T00:00", None, "9999-12-31T23:59", "2024-02-29T12:00"),
    "cascade": ("n1", "n2", None, "s1", "n1"),
    "region": ("110101", "440305", None, "659001", "110102"),
    "rich_text": ("<p>a</p>", "<p>b <strong>c</strong></p>", None, "<p>=1+1</p>", "<p>é</p>"),
    "markdown": ("# a", "* b\n* c", None, "=1+1", "é"),
    "role": ("kinds.keeper", "kinds.looker", None, "kinds.keeper", "kinds.looker"),
    "project_role": ("kinds.lead", None, None, "kinds.lead", None),
    "location": (
        {"lng": "113.264385", "lat": "23.129112"}, {"lng": "-180", "lat": "-90"}, None,
        {"lng": "180", "lat": "90", "accuracy": "3", "address": "a, b", "at": "2026-03-02T08:00:00Z"}, {"lng": "0", "lat": "0"},
    ),
    "barcode": ("6901234567892", "A-1", None, "000", "=1"),
    "json": ({"n": 3}, {"n": -1, "more": [None, True, "é", 1.5]}, None, {}, {"a": {"b": {"c": []}}}),
}  # fmt: skip
_POINTING = {
    "user": ("kay", "lou", None, "kay", "lou"),
    "users": (["kay"], ["lou", "kay"], None, ["kay", "lou"], None),
    "department": ("north", None, "north", None, "north"),
    "departments": (["north"], None, ["north"], None, None),
    "reference": ("one", "two", None, "two", None),
}
COUNT = 5


def values_of(office: Office) -> list[dict[str, Any]]:
    """Return the values of five records by the names of their fields."""
    ids = office.ids
    known = dict(_ONES)
    for kind, several in _POINTING.items():
        known[kind] = tuple([ids[key] for key in one] if isinstance(one, list) else one and ids[one] for one in several)
    return [{f"f_{kind}": known[kind][place] for kind in SENT} for place in range(COUNT)]
