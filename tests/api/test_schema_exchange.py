"""Entities from and to JSON Schema: /schemas/imports and /schemas/{entity}."""

import json
from pathlib import Path

from jsonschema.validators import validator_for

from engine.definition.exchange import to_instance, to_record
from tests.api.office import Office
from tests.api.test_publications import publish

GOLDEN = Path(__file__).parents[1] / "unit" / "definition" / "exchange" / "golden"

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


def test_records_of_schemas_from_elsewhere_are_kept_and_refused_as_their_schemas_say(office: Office):
    admin, told = (
        office["admin"],
        [json.loads(file.read_text(encoding="utf-8")) for file in sorted(GOLDEN.glob("*.json"))],
    )
    given = [{"module": "shop", "schema": one["schema"], "keep": True} for one in told]
    made = [admin.post("/schemas/imports", one).body["entity"] for one in given]
    published = publish(office, "from elsewhere")
    with office.installation.database.reading() as tx:
        entities = office.installation.configurations.in_force(tx, writing=False).configuration.entities

    assert published.status == 201, published.body
    for name, one in zip(made, told, strict=True):
        entity, schema = entities[name], admin.get(f"/schemas/{name}").body["schema"]
        assert entity.charter is not None
        validator_for(schema).check_schema(schema)
        for example in one["examples"]:
            record = admin.create(name, **to_record(entity.charter, entity.fields, example))
            read = admin.read(name, record["id"])["values"]
            assert to_instance(entity.charter, entity.fields, read) == example
        short = {key: value for key, value in one["examples"][0].items() if key != one["schema"]["required"][0]}
        refused = admin.post(f"/records/{name}", {"values": to_record(entity.charter, entity.fields, short)})
        assert refused.status == 422, (name, refused)
