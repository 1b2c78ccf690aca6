"""What thirty people may see and do on every path, against an oracle that reads the grants for itself (see `oracle_words`)."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pytest

from tests.api.oracle_asking import COUNTED, KEYS, Asked, ids
from tests.api.oracle_company import COMPANY
from tests.api.oracle_words import FIELDS, GONE, JOB, Row


@pytest.fixture(scope="module", autouse=True)
def said() -> Iterator[None]:
    yield
    print(f"\noracle: {sum(COUNTED.values())} checks: {dict(COUNTED)}")  # noqa: T201 - the number of checks is quoted


def shown(asked: Asked, row: Row, path: str) -> object:
    value = row.values.get(path)
    return asked.office.ids[value] if path in ("site", "thing") else value


def check_values(asked: Asked, row: Row, values: Mapping[str, Any], what: str) -> None:
    for path in FIELDS[row.entity]:
        first, _, rest = path.partition(".")
        if path in ("lines", "team", "papers") or (rest and first not in row.values):
            continue
        level = asked.oracle.level(row, path)
        if rest:
            lines = values.get(first) or [{}]
            value, expected = lines[0].get(rest), row.values[first][0][rest]
        else:
            value, expected = values.get(path), shown(asked, row, path)
        if level == "hidden":
            asked.agrees(what, value, None, row.key, path)
        elif level == "mask":
            asked.agrees(what, (value is not None, value != expected), (True, True), row.key, path, value)
        elif isinstance(expected, str) and re.fullmatch(r"[\d.]+", expected):
            asked.agrees(what, Decimal(str(value)), Decimal(expected), row.key, path)
        else:
            asked.agrees(what, value, expected, row.key, path)


@pytest.mark.parametrize("entity", KEYS)
def test_lists_and_records_show_what_the_oracle_says(asked: Asked, entity: str):
    listed = asked.get(f"/records/{KEYS[entity]}", limit=200)

    may = asked.oracle.may_any(entity, "read")
    asked.agrees("list", listed.status, 200 if may else 403)
    items = {one["id"]: one for one in listed.body["items"]} if may else {}
    asked.agrees("list", sorted(items), ids(asked, asked.readable(entity)))
    for row in asked.rows(entity):
        record = asked.office.ids[row.key]
        reply = asked.get(f"/records/{KEYS[entity]}/{record}", expand="thing,site" if entity == "job" else "")
        history = asked.get(f"/records/{KEYS[entity]}/{record}/history")
        reads = asked.oracle.may(row, "read")
        asked.agrees("read", (reply.status, history.status), (200, 200) if reads else (404, 404), row.key)
        if reads:
            check_values(asked, row, reply.body["values"], "read")
            flat = [path for path in FIELDS[entity] if "." not in path and path not in ("lines", "team", "papers")]
            narrow = {path: row.values[path] for path in flat}
            seen = {path: items[record]["values"].get(path) for path in flat}
            check_values(asked, Row(row.key, entity, row.owner, narrow), seen, "list")
        if reads and entity == "job":
            for path in ("thing", "site"):
                pointed = COMPANY.rows[row.values[path]]
                there = asked.office.ids[pointed.key] in reply.body["expanded"].get(path, {})
                asked.agrees("expand", there, asked.oracle.may(pointed, "read"), row.key, path)


@pytest.mark.parametrize("entity", KEYS)
def test_nobody_asks_by_what_is_not_open_everywhere(asked: Asked, entity: str):
    if not asked.oracle.may_any(entity, "read"):
        asked.agrees("ask", asked.get(f"/records/{KEYS[entity]}").status, 403)
        return
    rows = asked.readable(entity)
    for path in ("name", "memo", "badge", "size", "price"):
        if path not in FIELDS[entity]:
            continue
        opens, one = asked.oracle.asks_by(entity, path), (rows or asked.rows(entity))[0]
        value = one.values[path]
        plain = {"field": path, "op": "eq", "value": value}
        found = asked.get(f"/records/{KEYS[entity]}", filter=plain)
        ordered = asked.get(f"/records/{KEYS[entity]}", sort=path)
        grouped = asked.scan(
            asked.person.post(f"/records/{KEYS[entity]}/aggregate", {"group": [path], "values": [{"fn": "count"}]})
        )
        looked = asked.get(f"/records/{KEYS[entity]}", q=value)
        values = [{"fn": "count"}, {"fn": "distinct", "field": path}]
        crossed = {"rows": [{"field": path}], "columns": [{"field": "owner"}], "values": values}
        pivoted = asked.scan(asked.person.post(f"/records/{KEYS[entity]}/pivot", crossed))
        statuses = (found.status, ordered.status, grouped.status, pivoted.status)
        asked.agrees("ask", statuses, ((200, 422)[not opens],) * 4, path)
        if opens:
            match = [row for row in asked.readable(entity, path) if row.values[path] == value]
            asked.agrees("ask", sorted(item["id"] for item in found.body["items"]), ids(asked, match), path)
            asked.agrees("pivot", pivoted.body["cells"][-1][-1][0], len(asked.readable(entity, path, "owner")), path)
        elif path != "size":
            asked.agrees("search", looked.body["items"], [], path, value)
        if path in ("size", "price"):
            total = asked.get(f"/records/{KEYS[entity]}/totals", columns=f"{path}:sum")
            asked.agrees("totals", total.status, 200 if opens else 422, path)
            if opens:
                sums = sum((Decimal(row.values[path]) for row in asked.readable(entity, path)), Decimal(0))
                asked.agrees("totals", Decimal(str(total.body["totals"][path])), sums, path)


SEARCHED = {
    "job": ("name", "memo", "badge", "lines.tag"),
    "thing": ("code", "name", "memo"),
    "site": ("code", "name", "memo"),
}


def test_the_search_finds_what_may_be_asked_by_and_shows_no_more(asked: Asked):
    opens = {
        (entity, path): asked.oracle.may_any(entity, "read") and asked.oracle.asks_by(entity, path)
        for entity, paths in SEARCHED.items()
        for path in paths
    }
    # A record that was given is found where all is open of it that the search looks into.
    found_in = {
        entity: asked.readable(entity, *(path for path in paths if opens[entity, path]))
        for entity, paths in SEARCHED.items()
    }
    with_end = [one for one in opens if one[1] != "code" and opens[one]]
    every = asked.get("/search", q="end", limit=100).body["items"]
    reached = {row.key: row for entity, _ in with_end for row in found_in[entity]}
    asked.agrees("search all", sorted(one["id"] for one in every), ids(asked, list(reached.values())))
    for entity, paths in SEARCHED.items():
        readable = {row.key for row in found_in[entity]}
        for row, path in ((row, path) for row in asked.rows(entity)[:4] for path in paths):
            first, _, rest = path.partition(".")
            value = row.values[first][0][rest] if rest else row.values[path]
            found = asked.get("/search", q=value)
            match = [row] if opens[entity, path] and row.key in readable else []
            asked.agrees("search all", [one["id"] for one in found.body["items"]], ids(asked, match), row.key, path)


def test_pickers_figures_files_and_exports_keep_to_the_same_bounds(asked: Asked):
    for entity, key in KEYS.items():
        offered = asked.get(f"/records/{key}/options", limit=50)
        names = [path for path in ("name", "code") if path in FIELDS[entity] and asked.oracle.asks_by(entity, path)]
        chosen = ids(asked, asked.readable(entity, *names)) if asked.oracle.may_any(entity, "read") else []
        asked.agrees("picker", sorted(one["id"] for one in offered.body["items"]), chosen)
        taken = asked.scan(asked.person.post(f"/exports/{key}", {"format": "csv", "rows": "repeated"}), "export", key)
        exports = asked.oracle.may_any(entity, "export") and asked.oracle.may_any(entity, "read")
        asked.agrees("export", taken.status, 200 if exports else 403, key)
        if exports:
            rows = [path for path in FIELDS[entity] if path.split(".")[0] in ("lines", "team")]
            inside = [path for path in rows if asked.oracle.asks_by(entity, path)]
            out = [row for row in asked.readable(entity, *inside) if asked.oracle.may(row, "export")]
            named = [row for row in out if asked.oracle.level(row, "name") in ("read", "write")]
            text = taken.body.decode("utf-8-sig")
            asked.agrees("export", sum(row.values["name"] in text for row in asked.rows(entity)), len(named), key)
    for key, file in asked.office.ids.items():
        if key.startswith("file:"):
            row = COMPANY.rows[key.removeprefix("file:")]
            sees = asked.oracle.level_of(row, "papers") in ("read", "write")
            asked.agrees("file", asked.person.get(f"/files/{file}").status, 200 if sees else 404, key)
    check_measures(asked)


def check_measures(asked: Asked) -> None:
    jobs = [row for row in asked.oracle.readable_by_role("job") if row.key not in GONE]
    reads, asks = asked.oracle.may_by_role("job", "read"), asked.oracle.asks_by_role
    price = not asked.oracle.may_by_role("thing", "read") or asks("thing", "price")
    wanted = {
        "sized": (reads and asks("job", "size"), [row.values["size"] for row in jobs]),
        "rated": (reads and asks("job", "lines.rate"), [row.values["lines"][0]["rate"] for row in jobs]),
        "priced": (reads and price, [COMPANY.rows[row.values["thing"]].values["price"] for row in jobs]),
    }
    for name, (may, values) in wanted.items():
        figure = asked.get(f"/measures/depot.{name}", by="thing")
        asked.agrees("figure", figure.status, 200 if may else 403, name)
        if may:
            asked.agrees("figure", Decimal(figure.body["total"] or 0), sum(map(Decimal, values), Decimal(0)), name)
            behind = asked.get(f"/measures/depot.{name}/documents", limit=100)
            asked.agrees("figure", sorted({one["record_id"] for one in behind.body["items"]}), ids(asked, jobs), name)


def test_changes_are_allowed_where_the_oracle_allows_them(asked: Asked):
    for entity, key in KEYS.items():
        for row in asked.rows(entity):
            check_actions(asked, row, f"/records/{key}/{asked.office.ids[row.key]}")
        open_rows = [
            row for row in asked.rows(entity) if asked.oracle.may(row, "read") and asked.oracle.may(row, "update")
        ]
        for path in ("name", "memo", "size", "price"):
            if path in FIELDS[entity] and open_rows:
                check_writing(asked, key, open_rows, path)


def check_actions(asked: Asked, row: Row, path: str) -> None:
    stale = {"if_match": '"99"'}
    replies = {
        "update": asked.person.patch(path, {"values": {"code" if row.entity != "job" else "site": None}}, **stale),
        "delete": asked.person.delete(path, **stale),
    }
    replies |= {"submit": asked.person.post(f"{path}/submit", {}, **stale)} if row.entity == "job" else {}
    shares = asked.person.post(f"{path}/shares", {"kind": "user", "id": asked.person.id})
    asked.agrees(
        "share", shares.status, 404 if not asked.oracle.may(row, "read") else (403, 422)[asked.oracle.shares(row)]
    )
    for action, reply in replies.items():
        asked.scan(reply, action)
        reads, may = asked.oracle.may(row, "read"), asked.oracle.may(row, action)
        asked.agrees(action, reply.status, 404 if not reads else 412 if may else 403, row.key, reply.body)


def check_writing(asked: Asked, key: str, rows: list[Row], path: str) -> None:
    """Judge a new value of each record by itself, and of all of them in one bulk."""
    value = "1.5" if path in ("size", "price") else "words"
    each = [{"op": "update", "id": asked.office.ids[row.key], "values": {path: value}} for row in rows]
    many = asked.scan(asked.person.post(f"/records/{key}/bulk", {"operations": each, "dry_run": True}))
    for row, one, result in zip(rows, each, many.body["results"], strict=True):
        given = {"id": one["id"], "values": one["values"]}
        judged = asked.scan(asked.person.post(f"/records/{key}/check", given))
        codes = {problem["code"] for problem in judged.body["problems"]}
        by_many = {problem["code"] for problem in result["problems"]}
        writes = asked.oracle.level(row, path) == "write"
        asked.agrees("write", "field_not_writable" in codes, not writes, row.key, path)
        asked.agrees("bulk", "field_not_writable" in by_many, not writes, row.key, path, result)


def test_the_recycle_bin_tells_no_more_than_the_record_did(asked: Asked):
    listed = asked.get(f"/records/{JOB}/recycle_bin", limit=100)

    may = asked.oracle.may_any("job", "delete")
    asked.agrees("bin", listed.status, 200 if may else 403)
    boundless = any("delete" in one["actions"] and one.get("scope", "all") == "all" for one in asked.oracle.held("job"))
    for key in GONE if may else ():
        row, record = COMPANY.rows[key], asked.office.ids[key]
        sees = boundless or row.owner == asked.login
        asked.agrees("bin", record in {one["id"] for one in listed.body["items"]}, sees, key)
        asked.agrees("bin", asked.get(f"/records/{JOB}/recycle_bin/{record}").status, 200 if sees else 404, key)
