"""Entities from and to JSON Schema: /schemas/imports and /schemas/{entity}."""

from tests.api.office import Office

SCHEMA = {
    "title": "Crate",
    "type": "object",
    "required": ["code"],
    "properties": {"code": {"type": "string"}, "weight": {"type": "number", "minimum": 0}},
}


def test_schema_becomes_documents_with_a_report(office: Office):
    reply = office["admin"].post("/schemas/imports", {"module": "shop", "schema": SCHEMA})

    assert reply.status == 201, reply.body
    assert reply.body["entity"] == "shop.crate"
    assert reply.body["problems"] == []
    assert {"/properties/code": "field", "/properties/weight": "field"}.items() <= {
        one["pointer"]: one["fate"] for one in reply.body["report"]
    }.items()


def test_schema_that_leads_elsewhere_is_refused_with_a_problem(office: Office):
    reply = office["admin"].post(
        "/schemas/imports", {"module": "shop", "schema": {"$ref": "https://example.org/a.json"}}
    )

    assert (reply.status, reply.body["problems"][0]["code"]) == (422, "charter_unusable")


def test_entity_is_exported_with_hints(office: Office):
    reply = office["admin"].get("/schemas/shop.item")

    assert reply.status == 200
    assert reply.body["schema"]["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert reply.body["ui_schema"]["ui:order"]


def test_only_administrators_import_and_export(office: Office):
    replies = [
        office["kim"].post("/schemas/imports", {"module": "shop", "schema": SCHEMA}),
        office["kim"].get("/schemas/shop.item"),
    ]

    assert [reply.status for reply in replies] == [403, 403]
