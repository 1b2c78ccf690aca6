"""Rows that a record loses and gets again, at every depth."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from engine.definition.model import Field
from engine.definition.values.lost_rows import LostRow, lost_rows, with_rows_again

TITLE = {"zh-CN": "某", "en": "X"}
NAME = Field(id="n", name="name", title=TITLE, type="text")
PARTS = Field(id="p", name="parts", title=TITLE, type="sub_table", fields=(NAME,))
LINES = Field(id="l", name="lines", title=TITLE, type="sub_table", fields=(NAME, PARTS))
FIELDS = (LINES,)

Rows = list[dict[str, Any]]


@st.composite
def records(draw: st.DrawFn) -> dict[str, Rows]:
    """Draw a record of lines with parts; every row is named by its id."""
    sizes = draw(st.lists(st.integers(0, 4), max_size=5))
    return {
        "lines": [
            {"id": f"l{n}", "name": f"l{n}", "parts": [{"id": f"l{n}p{m}", "name": f"l{n}p{m}"} for m in range(size)]}
            for n, size in enumerate(sizes)
        ]
    }


def rows_at(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for line in record["lines"]:
        yield "lines", line["id"]
        yield from (("lines.parts", part["id"]) for part in line["parts"])


def without(record: Mapping[str, Any], gone: Mapping[str, set[str]]) -> dict[str, Rows]:
    lines = [line for line in record["lines"] if line["id"] not in gone.get("lines", ())]
    return {"lines": [{**line, "parts": kept(line["parts"], gone.get("lines.parts", ()))} for line in lines]}


def kept(rows: Rows, gone: Sequence[str] | set[str]) -> Rows:
    return [row for row in rows if row["id"] not in gone]


def names(lines: Rows, now: Mapping[str, Rows]) -> Counter[str]:
    """Count the names that a record has once `lines` are sent: rows with an id keep what is not named of them."""
    known = {row["id"]: row for row in now["lines"]}
    found: Counter[str] = Counter()
    for line in lines:
        was = known.get(line.get("id", ""), {"parts": []})
        parts = {part["id"]: part for part in was["parts"]}
        found[line.get("name") or was["name"]] += 1
        found.update(part.get("name") or parts[part["id"]]["name"] for part in line.get("parts", was["parts"]))
    return found


@given(records(), st.data())
def test_every_row_comes_back_once_and_what_stayed_stays(record: dict[str, Rows], data: st.DataObject):
    gone: dict[str, set[str]] = {}
    for path, row_id in rows_at(record):
        if data.draw(st.booleans()):
            gone.setdefault(path, set()).add(row_id)
    now = without(record, gone)

    sent, left = with_rows_again(FIELDS, now, lost_rows(FIELDS, record, gone))

    everything = Counter(row_id for _, row_id in rows_at(record))
    assert left == 0
    assert names(sent.get("lines", now["lines"]), now) == everything


def test_a_row_whose_table_or_row_above_is_gone_is_counted():
    strays = [LostRow(("l", "l9", "p"), {"n": "a"}, {}), LostRow(("x",), {"n": "b"}, {})]

    sent, left = with_rows_again(FIELDS, {"lines": [{"id": "l0", "name": "l0", "parts": []}]}, strays)

    assert (sent, left) == ({"lines": [{"id": "l0"}]}, 2)
