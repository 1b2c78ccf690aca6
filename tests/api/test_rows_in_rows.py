"""Records with lines, items in lines and parts in items: sent, worked out, judged, stored, found and told."""

from typing import Any

from tests.api.office import Office
from tests.api.works import PLAN, USE

LIST = f"/records/{PLAN}"


def lines(office: Office) -> list[dict[str, Any]]:
    bolt, plate = office.ids["bolt"], office.ids["plate"]
    return [
        {
            "machine": "M1",
            "factor": "2",
            "items": [
                {"item": bolt, "count": "10", "parts": [{"name": "head", "count": "3"}, {"name": "shaft"}]},
                {"item": plate, "count": "1"},
            ],
        },
        {"machine": "M2", "items": [{"item": bolt, "count": "5", "weight_hint": "4", "parts": [{"name": "head"}]}]},
    ]


def made(office: Office, **more: Any) -> dict[str, Any]:
    return office["paula"].create(PLAN, title="Frame", lines=lines(office), **more)


def test_defaults_copies_look_ups_formulas_and_totals_work_at_every_depth(works: Office):
    plan = made(works)

    values = works["paula"].read(PLAN, plan["id"])["values"]
    first, second = values["lines"]
    bolt = first["items"][0]
    assert (values["total"], values["pieces"]) == ("110.00", "5.00")
    assert [(one["subtotal"], one["share"]) for one in (first, second)] == [("100.00", "0.9091"), ("10.00", "0.0909")]
    assert (bolt["price"], bolt["unit"], bolt["amount"], bolt["weight"]) == ("2.00", "box", "40.00", "4.00")
    assert [(part["count"], part["weight"], part["share"]) for part in bolt["parts"]] == [
        ("3.00", "3.00", "0.0750"),
        ("1.00", "1.00", "0.0250"),
    ]
    assert second["items"][0]["parts"][0]["each_weight"] == "4.00"


def test_reading_costs_one_statement_for_each_table(works: Office):
    plan = made(works)
    works["paula"].read(PLAN, plan["id"])

    with works.statements() as seen:
        works["paula"].read(PLAN, plan["id"])

    assert len([one for one in seen if "__lines" in one]) == 3


def test_a_change_keeps_the_ids_of_rows_and_writes_only_what_differs(works: Office):
    plan = made(works)
    rows = plan["values"]["lines"]
    bolt = rows[0]["items"][0]
    changed = {"id": bolt["id"], "parts": [{"name": "new"}, {"id": bolt["parts"][0]["id"], "count": "7"}]}

    with works.statements() as seen:
        after = works["paula"].change(
            PLAN,
            plan,
            lines=[{"id": rows[0]["id"], "items": [{"id": rows[0]["items"][1]["id"]}, changed]}, {"id": rows[1]["id"]}],
        )

    line = after["values"]["lines"][0]
    assert [item["id"] for item in line["items"]] == [rows[0]["items"][1]["id"], bolt["id"]]
    assert [part["name"] for part in line["items"][1]["parts"]] == ["new", "head"]
    assert line["items"][1]["parts"][1]["id"] == bolt["parts"][0]["id"]
    assert after["values"]["pieces"] == "9.00"
    verbs = [one.split()[0] for one in seen if "works__plan__lines" in one]
    written = [verb for verb in verbs if verb in {"INSERT", "UPDATE", "DELETE"}]
    assert sorted(written) == ["DELETE", "INSERT", "UPDATE", "UPDATE"]


def test_the_history_tells_changes_in_inner_rows(works: Office):
    plan = made(works)
    rows = plan["values"]["lines"]
    item = {"id": rows[1]["items"][0]["id"], "count": "6"}

    works["paula"].change(PLAN, plan, lines=[{"id": rows[0]["id"]}, {"id": rows[1]["id"], "items": [item]}])

    newest = works["paula"].get(f"{LIST}/{plan['id']}/history").body["items"][0]
    told = next(one for one in newest["rows"] if one["id"] == rows[1]["id"])
    inner = next(one for one in told["rows"] if one["id"] == item["id"])
    assert (told["kind"], told["id"], inner["kind"], inner["id"]) == ("changed", rows[1]["id"], "changed", item["id"])
    assert ("lines.items.count", "5.00", "6.00") in [
        (one["path"], one["before"], one["after"]) for one in inner["changes"]
    ]


def test_findings_point_into_inner_rows(works: Office):
    given = lines(works)
    given[1]["items"] += [{"count": "x", "parts": [{"name": 3, "colour": "red"}, {}]}, {"item": "nobody", "count": "1"}]
    given[0]["items"][1]["id"] = "invented"

    reply = works["paula"].post(LIST, {"values": {"title": "Frame", "lines": given}})

    assert reply.status == 422
    assert set(reply.problems) >= {
        ("/lines/0/items/1/id", "unknown_row"),
        ("/lines/1/items/1/count", "wrong_type"),
        ("/lines/1/items/1/item", "required"),
        ("/lines/1/items/1/parts/0/name", "wrong_type"),
        ("/lines/1/items/1/parts/0/colour", "unknown_key"),
        ("/lines/1/items/1/parts/1/name", "required"),
        ("/lines/1/items/2/item", "reference_missing"),
    }


def test_a_row_of_another_record_cannot_be_taken(works: Office):
    mine, other = made(works), works["paula"].create(PLAN, title="Other", lines=[{"machine": "M9"}])
    item = mine["values"]["lines"][0]["items"][0]["id"]

    reply = works["paula"].try_change(
        PLAN, other, lines=[{"id": other["values"]["lines"][0]["id"], "items": [{"id": item, "count": "1"}]}]
    )

    assert ("/lines/0/items/0/id", "unknown_row") in reply.problems


def test_rules_of_inner_rows_block_and_warn_at_their_place(works: Office):
    given = lines(works)
    given[1]["items"][0] |= {"count": "1001", "parts": [{"name": "head", "count": "60"}]}

    reply = works["paula"].post(LIST, {"values": {"title": "Frame", "lines": given}})

    assert reply.problems == [
        ("/lines/1/items/0/count", "rule_violated"),
        ("/lines/1/items/0/parts/0/weight", "rule_violated"),
    ]
    severities = [one["severity"] for one in reply.body["problems"]]
    assert severities == ["error", "warning"]
    assert "Bolt" in reply.body["problems"][0]["detail"]
    assert "M2" in reply.body["problems"][0]["detail"]


def test_a_rule_of_submission_looks_into_inner_rows(works: Office):
    plan = made(works)

    reply = works["paula"].try_move("submit", PLAN, plan)

    assert reply.problems == [("/lines/0/items/1/parts", "rule_violated")]


def test_what_must_be_unique_is_looked_for_within_and_across_records(works: Office):
    made(works)
    bolt = works.ids["bolt"]

    within = works["paula"].post(
        LIST, {"values": {"title": "A", "lines": [{"machine": "M8", "items": [{"item": bolt, "count": "1"}] * 2}]}}
    )
    across = works["paula"].post(
        LIST,
        {
            "values": {
                "title": "B",
                "lines": [{"machine": "M7"}, {"machine": "M2", "items": [{"item": bolt, "count": "1"}]}],
            }
        },
    )

    assert within.problems == [("/lines/0/items/1/item", "not_unique")]
    assert across.problems == [("/lines/1/items/0/item", "not_unique")]


def test_filters_look_into_inner_rows(works: Office):
    plan = made(works)
    works["paula"].create(PLAN, title="Empty", lines=[{"machine": "M9"}])

    def found(field: str, op: str, value: Any = None) -> list[str]:
        reply = works["paula"].list(PLAN, filter={"field": field, "op": op, "value": value})
        assert reply.status == 200, reply
        return [one["id"] for one in reply.body["items"]]

    assert found("lines.items.item", "eq", works.ids["plate"]) == [plan["id"]]
    assert found("lines.items.parts.name", "eq", "shaft") == [plan["id"]]
    assert found("lines.items.item.name", "contains", "olt") == [plan["id"]]
    assert found("lines.items.unit", "eq", "piece") == [plan["id"]]
    assert found("lines.items.parts.name", "eq", "none") == []
    assert works["paula"].list(PLAN, filter={"field": "lines.items.parts.x", "op": "eq", "value": "1"}).status == 422


def test_what_is_hidden_or_read_only_in_inner_rows_is_so_everywhere(works: Office):
    plan = made(works)
    rob = works["rob"]

    seen = rob.read(PLAN, plan["id"])
    rows = seen["values"]["lines"]
    item = rows[0]["items"][0]
    allowed = rob.try_change(PLAN, plan, lines=[{"id": row["id"]} for row in rows])
    refused = rob.try_change(
        PLAN,
        plan,
        lines=[
            {
                "id": rows[0]["id"],
                "items": [{"id": item["id"], "price": "1", "parts": [{"id": item["parts"][0]["id"], "count": "9"}]}],
            }
        ],
    )

    assert not {"price", "amount"} & set(item)
    assert not {"total"} & set(seen["values"])
    assert "share" not in item["parts"][0]
    assert "subtotal" not in rows[0]
    assert allowed.status == 200
    assert set(refused.problems) == {
        ("/lines/0/items/0/price", "field_not_writable"),
        ("/lines/0/items/0/parts/0/count", "field_not_writable"),
    }
    assert rob.list(PLAN, filter={"field": "lines.items.price", "op": "eq", "value": "2"}).status == 422
    shown = rob.get(f"/entities/{PLAN}").body
    inner = next(one for one in shown["fields"] if one["name"] == "lines")["fields"]
    assert "price" not in [one["name"] for one in next(one for one in inner if one["name"] == "items")["fields"]]


def test_postings_and_measures_go_row_by_inner_row(works: Office):
    plan = made(works)
    rows = plan["values"]["lines"]
    items = [{"id": rows[0]["items"][0]["id"]}, {"id": rows[0]["items"][1]["id"], "parts": [{"name": "x"}]}]
    plan = works["paula"].change(PLAN, plan, lines=[{"id": rows[0]["id"], "items": items}, {"id": rows[1]["id"]}])

    works["paula"].move("submit", PLAN, plan)

    entries = works["paula"].get(f"{LIST}/{plan['id']}/entries").body["items"]
    written = {one["source_line"]: (one["values"]["machine"], one["values"]["quantity"]) for one in entries}
    ids = [item["id"] for row in rows for item in row["items"]]
    assert written == {ids[0]: ("M1", "20.00"), ids[1]: ("M1", "2.00"), ids[2]: ("M2", "5.00")}
    assert [one["ledger"] for one in entries] == [USE] * 3
    planned = works["admin"].get("/measures/works.planned", by="machine").body["rows"]
    assert {" / ".join(one["labels"].values()): one["value"] for one in planned} == {"M1": "11.00", "M2": "5.00"}
    pieces = works["admin"].get("/measures/works.pieces", by="part,machine").body["rows"]
    assert {" / ".join(one["labels"].values()): one["value"] for one in pieces} == {
        "head / M1": "3.00",
        "head / M2": "1.00",
        "shaft / M1": "1.00",
        "x / M1": "1.00",
    }


def test_files_may_stand_in_inner_rows(works: Office):
    file = works["paula"].upload("a.txt", b"hello", PLAN, "lines.items.photo").body
    given = lines(works)
    given[0]["items"][0]["photo"] = [{"id": file["id"], "name": "lie", "size": 1, "media_type": "x/y"}]

    plan = works["paula"].create(PLAN, title="Frame", lines=given)

    stored = plan["values"]["lines"][0]["items"][0]["photo"]
    assert [(one["name"], one["size"]) for one in stored] == [("a.txt", 5)]


def test_labels_and_expansion_reach_inner_rows(works: Office):
    plan = made(works)

    seen = works["paula"].get(f"{LIST}/{plan['id']}", expand="lines.items.item").body

    assert seen["labels"]["lines.items.item"] == {works.ids["bolt"]: "Bolt", works.ids["plate"]: "Plate"}
    assert set(seen["expanded"]["lines.items.item"]) == {works.ids["bolt"], works.ids["plate"]}


def test_an_item_used_in_an_inner_row_cannot_be_deleted(works: Office):
    made(works)
    item = works["admin"].read("works.item", works.ids["bolt"])

    reply = works["admin"].delete(f"/records/works.item/{item['id']}", if_match=f'"{item["version"]}"')

    assert (reply.status, reply.code) == (409, "in_use")
    assert "works.plan.lines.items.item: 2" in reply.body["params"]["uses"]
