"""Flows from and to BPMN: /bpmn/{module}/imports and /bpmn/{flow}."""

import io
from pathlib import Path
from typing import Any

from engine.definition.bpmn import import_bpmn
from tests.api.office import Office

FILES = Path(__file__).parents[1] / "unit" / "definition" / "bpmn" / "files"


def _import(office: Office, file: str, /, *, who: str = "admin", **said: str) -> Any:
    content = (FILES / f"{file}.bpmn").read_bytes()
    body = {"file": (io.BytesIO(content), f"{file}.bpmn"), **said}
    return office[who].send("POST", "/bpmn/shop/imports", data=body, content_type="multipart/form-data")


def test_file_becomes_a_flow_with_a_report_and_is_kept_beside_it(office: Office):
    reply = _import(office, "plain_prefix_bpmn", entity="item", name="leave", keep="true")

    assert reply.status == 201, reply.body
    assert sorted(reply.body["documents"]) == ["shop/bpmn/leave.json", "shop/flows/leave.json"]
    assert {one["fate"] for one in reply.body["report"]} == {"runs", "needs", "kept"}
    assert "role_not_declared" in {one["code"] for one in reply.body["problems"]}
    written = office["admin"].send("GET", "/bpmn/shop.leave")
    assert written.body == (FILES / "plain_prefix_bpmn.bpmn").read_bytes()


def test_process_that_does_not_reduce_is_kept_without_a_flow(office: Office):
    reply = _import(office, "loop_back", entity="item")

    assert (reply.status, reply.body["irreducible"], list(reply.body["documents"])) == (
        201,
        True,
        ["shop/bpmn/rework.json"],
    )
    assert reply.body["problems"] == []


def test_flow_of_our_own_is_downloaded_and_reads_as_the_same(office: Office):
    document = office["admin"].get("/draft/documents/shop/flows/order.json").body["document"]

    reply = office["admin"].send("GET", "/bpmn/shop.order")

    assert reply.status == 200
    assert import_bpmn(reply.body).flow == document


def test_what_is_no_bpmn_and_who_is_no_administrator_are_refused(office: Office):
    body = {"file": (io.BytesIO(b"<a/>"), "a.bpmn")}

    replies = [
        office["admin"].send("POST", "/bpmn/shop/imports", data=body, content_type="multipart/form-data"),
        office["admin"].post("/bpmn/shop/imports", {}),
        office["admin"].get("/bpmn/shop.nothing"),
        _import(office, "loop_back", who="kim"),
        office["kim"].get("/bpmn/shop.order"),
    ]

    assert [reply.status for reply in replies] == [422, 422, 404, 403, 403]
    assert replies[0].body["problems"][0]["code"] == "bpmn_no_definitions"
