"""/draft and /publications: what the product is made of changes while it runs, by JSON only."""

import copy
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.api.office import Office, Reply
from tests.api.shop import ORDER, an_order, large, submitted
from tests.api.simultaneously import at_once

ENTITY, FLOW, FORM, VIEW = (
    f"shop/{kind}/{name}.json"
    for kind, name in (("entities", "order"), ("flows", "order"), ("forms", "order"), ("views", "orders"))
)
DEPOSIT = {
    "title": "定金",
    "type": "string",
    "format": "decimal",
    "readOnly": True,
    "x-field": {"type": "money", "formula": "ROUND(total * rate, 2)"},
}
RATE = {"title": "比例", "type": "string", "format": "decimal", "x-field": {"type": "percent", "default": "0.3"}}
AUDIT = {"name": "audit", "title": "审计", "type": "approve", "by": [{"role": "auditor"}], "mode": "any"}


def document(office: Office, path: str) -> dict[str, Any]:
    return copy.deepcopy(office["admin"].get(f"/draft/documents/{path}").body["document"])


def put(office: Office, path: str, value: object) -> Reply:
    return office["admin"].put(f"/draft/documents/{path}", {"document": value})


def publish(office: Office, note: str = "try") -> Reply:
    return office["admin"].post("/publications", {"note": note})


def add_field(office: Office, name: str, field: Mapping[str, Any]) -> Reply:
    entity = document(office, ENTITY)
    entity["schema"]["properties"][name] = field
    return put(office, ENTITY, entity)


def test_editing_only_json_changes_form_table_interface_and_route(office: Office):
    running = submitted(office, **large(office))
    before = office["anna"].create(ORDER, **an_order(office, slip="before"))
    entity, flow, form, view = (document(office, path) for path in (ENTITY, FLOW, FORM, VIEW))
    entity["schema"]["properties"] |= {"rate": RATE, "deposit": DEPOSIT}
    flow["steps"].insert(0, AUDIT)
    form["items"][0]["items"].append("rate")
    form["items"][1]["items"].append("deposit")
    view["columns"].append("deposit")
    kept = [put(office, path, one) for path, one in ((ENTITY, entity), (FLOW, flow), (FORM, form), (VIEW, view))]

    published = publish(office, "deposits")

    assert [reply.body["problems"] for reply in kept] == [[]] * 4
    assert (published.status, published.body["number"]) == (201, 2)
    meta = office["anna"].get(f"/entities/{ORDER}").body
    assert {"rate", "deposit"} <= {field["name"] for field in meta["fields"]}
    assert "deposit" in {item["field"] for item in meta["forms"][0]["items"][1]["items"]}
    assert meta["publication"] == 2
    made = office["anna"].create(ORDER, **an_order(office, slip="after"))
    assert (made["values"]["rate"], made["values"]["deposit"]) == ("0.3000", "6.00")
    listed = office["anna"].list(ORDER, view="orders", sort="number").body["items"]
    assert [item["values"]["deposit"] for item in listed] == [None, None, "6.00"]
    assert "deposit" in office["anna"].get("/openapi.json").body["components"]["schemas"][ORDER]["properties"]
    # A record from before is worked out anew when it is changed.
    changed = office["anna"].change(ORDER, before, rate="0.5")
    assert changed["values"]["deposit"] == "10.00"
    # A new approval takes the new way; the running one keeps its own.
    new = office["anna"].move("submit", ORDER, made)
    assert [seat["node"] for seat in office["anna"].approval(new)["seats"]] == ["audit"]
    assert office["anna"].approval(new)["instance"]["publication"] == 2
    for login in ("dora", "ken", "kim", "otto"):
        office[login].decide("agree", running)
    seen = office["anna"].approval(running)
    assert seen["instance"]["publication"] == 1
    assert "audit" not in {seat["node"] for seat in seen["seats"]}
    assert office["anna"].read(ORDER, running["id"])["status"] == "approved"


def test_a_draft_changes_nothing_until_it_is_published(office: Office):
    add_field(office, "extra", {"title": "x", "type": "string"})

    overview = office["admin"].get("/draft").body

    assert overview["changed_documents"] == [ENTITY]
    assert (overview["problems"], overview["plan"]["problems"]) == ([], [])
    assert [(step["kind"], step["column"]) for step in overview["plan"]["steps"]] == [("add_column", "extra")]
    assert overview["changes"][0]["sentence"]
    refused = office["anna"].post(f"/records/{ORDER}", {"values": an_order(office, extra="x")})
    assert refused.problems == [("/extra", "unknown_key")]


def test_dropping_a_document_goes_back_to_what_is_published(office: Office):
    published = document(office, ENTITY)
    add_field(office, "extra", {"title": "x", "type": "string"})

    dropped = office["admin"].delete(f"/draft/documents/{ENTITY}")

    assert dropped.status == 200
    assert document(office, ENTITY) == published
    assert (publish(office).status, publish(office).code) == (409, "nothing_to_publish")


def test_a_document_can_be_added_and_taken_away(office: Office):
    view = document(office, VIEW) | {"name": "drafts", "title": "草稿", "filter": "status = 'draft'"}
    path = "shop/views/drafts.json"
    put(office, path, view)
    added = publish(office)
    shown = office["anna"].list(ORDER, view="drafts")
    put(office, path, None)

    removed = publish(office)

    assert (added.status, shown.status, removed.status) == (201, 200, 201)
    assert office["anna"].list(ORDER, view="drafts").status == 404
    assert office["admin"].get(f"/draft/documents/{path}").status == 404


def test_a_module_with_ten_mistakes_gets_all_ten_reported(office: Office):
    entity, flow, view = (document(office, path) for path in (ENTITY, FLOW, VIEW))
    fields = entity["schema"]["properties"]
    fields["total"]["x-field"]["formula"] = "SUM(lines.amuont)"
    fields["lines"]["items"]["properties"]["amount"]["x-field"]["formula"] = "count & 'x'"
    fields["circle"] = DEPOSIT | {"x-field": {"type": "money", "formula": "ring + 1"}}
    fields["ring"] = DEPOSIT | {"x-field": {"type": "money", "formula": "circle + 1"}}
    fields["owner"] = {"title": "x", "type": "string"}
    fields["supplier"] = {"title": "x", "type": "string", "x-field": {"type": "reference", "to": "suplier"}}
    entity["rules"][0]["check"] = "total <="
    entity["postings"][0]["set"]["quantty"] = "-count"
    flow["steps"][2]["by"] = [{"role": "cheif"}]
    flow["steps"][1]["branches"][1]["default"] = False
    view["columns"].append("mahcine.code")
    view["colour"] = "red"
    for path, one in ((ENTITY, entity), (FLOW, flow), (VIEW, view)):
        put(office, path, one)

    reply = publish(office)

    found = {(one["file"], one["pointer"], one["code"]) for one in reply.body["problems"]}
    assert (reply.status, reply.code) == (422, "invalid")
    places = {(file, pointer) for file, pointer, _ in found}
    assert places >= {
        (ENTITY, "/schema/properties/total/x-field/formula"),
        (ENTITY, "/schema/properties/lines/items/properties/amount/x-field/formula"),
        (ENTITY, "/schema/properties/owner"),
        (ENTITY, "/schema/properties/supplier/x-field/to"),
        (ENTITY, "/rules/0/check"),
        (ENTITY, "/postings/0/set/quantty"),
        (FLOW, "/steps/2/by/0/role"),
        (VIEW, "/columns/4") if ("shop/views/orders.json", "/columns/4") in places else (VIEW, "/columns/6"),
        (VIEW, "/colour"),
    }
    assert any("circle" in str(one["params"]) for one in reply.body["problems"])
    assert any(file == FLOW and pointer.startswith("/steps/1/branches") for file, pointer in places)
    assert all(one["detail"] and one["remedy"] for one in reply.body["problems"])
    assert office["admin"].get("/draft").body["publication"] == 1


@pytest.mark.parametrize(
    ("formula", "code"),
    [
        ("totl * 2", "formula_unknown_name"),
        ("total * slip", "formula_wrong_operands"),
        ("machine.colour * 2", "formula_unknown_member"),
        ("extra + 1", "formula_cycle"),
        ("total * ", "formula_unexpected_end"),
        ("NOSUCH(total)", "formula_unknown_function"),
        ("slip", "formula_wrong_result"),
    ],
)
def test_a_formula_that_cannot_be_is_told_when_it_is_kept(small_office: Office, formula: str, code: str):
    reply = add_field(small_office, "extra", DEPOSIT | {"x-field": {"type": "money", "formula": formula}})

    problem = reply.body["problems"][0]
    assert (reply.status, problem["file"]) == (200, ENTITY)
    assert problem["pointer"].startswith("/schema/properties/extra")
    assert problem["code"] == code
    assert publish(small_office).status == 422


def test_a_new_required_field_is_asked_for_when_an_older_record_changes(office: Office):
    order = office["anna"].create(ORDER, **an_order(office))
    entity = document(office, ENTITY)
    entity["schema"]["properties"]["extra"] = {"title": "x", "type": "string"}
    entity["schema"]["required"].append("extra")
    put(office, ENTITY, entity)

    overview, reply = office["admin"].get("/draft").body, publish(office)

    assert [(one["code"], one["severity"]) for one in overview["plan"]["problems"]] == [
        ("required_on_existing_rows", "warning")
    ]
    assert reply.status == 201
    assert office["anna"].try_change(ORDER, order, note="x").problems == [("/extra", "required")]
    assert office["anna"].change(ORDER, order, extra="x")["version"] == 2


def test_a_field_that_is_taken_away_comes_back_with_its_values(office: Office):
    order = office["anna"].create(ORDER, **an_order(office, note="kept"))
    with_note, without = document(office, ENTITY), document(office, ENTITY)
    del without["schema"]["properties"]["note"]
    flow, form = document(office, FLOW), document(office, FORM)
    del flow["steps"][0]["fields"]
    form["items"][0]["items"].remove("note")
    for path, one in ((ENTITY, without), (FLOW, flow), (FORM, form)):
        put(office, path, one)
    gone = publish(office)
    meanwhile = office["anna"].read(ORDER, order["id"])
    put(office, ENTITY, with_note)

    back = publish(office)

    assert (gone.status, back.status) == (201, 201)
    assert "note" not in meanwhile["values"]
    assert office["anna"].read(ORDER, order["id"])["values"]["note"] == "kept"


def test_a_field_may_become_wider(office: Office):
    order = office["kim"].create("shop.item", code="W", name="Wide", pieces=7, weight="1.125")
    path = "shop/entities/item.json"
    entity = document(office, path)
    entity["schema"]["properties"]["weight"]["x-field"]["scale"] = 5
    entity["schema"]["properties"]["code"]["maxLength"] = 40
    put(office, path, entity)
    for _ in range(8):
        office["kim"].read("shop.item", order["id"])

    published = publish(office)

    changed = office["kim"].change("shop.item", order, weight="1.12345", code="W" * 30)
    assert published.status == 201
    assert (changed["values"]["weight"], changed["values"]["pieces"]) == ("1.12345", 7)


def test_only_administrators_see_and_change_the_draft(small_office: Office):
    otto = small_office["otto"]

    replies = [
        otto.get("/draft"),
        otto.get(f"/draft/documents/{ENTITY}"),
        otto.put(f"/draft/documents/{ENTITY}", {"document": {}}),
        otto.delete(f"/draft/documents/{ENTITY}"),
        otto.get("/publications"),
        otto.post("/publications", {"note": "x"}),
        otto.get("/modules"),
    ]

    assert {(reply.status, reply.code) for reply in replies} == {(403, "forbidden")}


@pytest.mark.parametrize("value", [{}, {"$schema": "x"}, {"$schema": 7, "name": []}])
def test_a_document_that_is_none_is_kept_and_told(small_office: Office, value: dict[str, Any]):
    reply = put(small_office, "shop/entities/odd.json", value)

    assert reply.status == 200
    assert reply.body["problems"]
    assert small_office["admin"].get("/draft").status == 200


def test_publications_are_listed_newest_first_with_their_changes(office: Office):
    add_field(office, "extra", {"title": "x", "type": "string"})
    publish(office, "an extra")

    newest, first = office["admin"].get("/publications").body["items"]

    assert (newest["number"], newest["note"], newest["by"], newest["at"]) == (
        2,
        "an extra",
        office["admin"].id,
        "2026-03-02T04:00:00+00:00",
    )
    assert newest["changes"][0]["sentence"]
    assert first["number"] == 1


def test_publishing_needs_a_note(small_office: Office):
    reply = small_office["admin"].post("/publications", {})

    assert (reply.status, reply.problems[0][0]) == (422, "/note")


def test_publishing_while_others_write_loses_nothing(office: Office):
    add_field(office, "extra", {"title": "x", "type": "string", "default": "new"})
    browsers = [office.another(login) for login in ("anna", "anna", "bert", "bert")]
    office["admin"].get("/session")
    gate = threading.Barrier(len(browsers) + 1)

    def write(browser: Any) -> list[Reply]:
        gate.wait()
        return [browser.post(f"/records/{ORDER}", {"values": an_order(office)}) for _ in range(6)]

    def publish_meanwhile() -> Reply:
        gate.wait()
        return publish(office)

    with ThreadPoolExecutor(len(browsers) + 1) as pool:
        published = pool.submit(publish_meanwhile)
        written = [reply for replies in pool.map(write, browsers) for reply in replies]

    assert published.result().status == 201
    assert {reply.status for reply in written} == {201}
    items = office["kim"].list(ORDER, fields="number,extra", limit=200, sort="number").body["items"]
    assert len(items) == len(written) == 24
    assert [item["values"]["number"] for item in items] == [f"O-M1-2026-{number:04}" for number in range(1, 25)]


def test_of_two_publications_at_once_one_has_nothing_left_to_publish(office: Office):
    add_field(office, "extra", {"title": "x", "type": "string"})
    browsers = office["admin"], office.another("admin")

    replies = at_once(*(lambda one=one: one.post("/publications", {"note": "both"}) for one in browsers))

    assert sorted(reply.status for reply in replies) == [201, 409]


def test_a_form_that_was_open_during_a_publish_is_told_what_changed(office: Office):
    anna = office["anna"]
    order = anna.create(ORDER, **an_order(office, slip="S"))
    entity, form = document(office, ENTITY), document(office, FORM)
    del entity["schema"]["properties"]["slip"]
    entity["unique"] = []
    form["items"][0]["items"].remove("slip")
    view = document(office, VIEW) | {"search": ["number"]}
    for path, one in ((ENTITY, entity), (FORM, form), (VIEW, view)):
        put(office, path, one)
    assert publish(office).status == 201

    reply = anna.try_change(ORDER, order, slip="T", note="typed")

    assert (reply.status, reply.problems) == (422, [("/slip", "unknown_key")])
