"""/openapi.json and /docs: the interface describes itself, with the entities of the modules."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

import pytest

from engine.services import jobs
from engine.services.setup import system_context
from engine.services.work import writing
from tests.api.office import Office
from tests.api.shop import BOOKING, ITEM, ORDER, RECEIPT, STOCK, an_order

METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture
def spec(small_office: Office) -> dict[str, Any]:
    return small_office["admin"].get("/openapi.json").body


def operations(spec: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for path, item in spec["paths"].items():
        for method in METHODS & item.keys():
            yield path, method, item[method]


def references(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for member in value.values():
            yield from references(member)
    elif isinstance(value, list):
        for member in value:
            yield from references(member)


def test_the_document_has_the_form_of_openapi(spec: dict[str, Any]):
    assert spec["openapi"].startswith("3.1.")
    assert spec["info"]["title"]
    assert spec["info"]["version"]
    assert all(path.startswith("/") for path in spec["paths"])
    assert set(spec) <= {"openapi", "info", "paths", "components", "tags", "servers", "security"}


def test_every_operation_has_answers_and_names_the_parts_of_its_address(spec: dict[str, Any]):
    for path, method, call in operations(spec):
        parameters = [*spec["paths"][path].get("parameters", []), *call.get("parameters", [])]
        named = {one["name"] for one in parameters if one.get("in") == "path"}
        assert named == set(re.findall(r"{(\w+)}", path)), path
        assert call["responses"], (path, method)
        assert all(one["required"] is True for one in parameters if one.get("in") == "path")


def test_no_operation_is_called_as_another(spec: dict[str, Any]):
    ids = [call["operationId"] for _, _, call in operations(spec) if "operationId" in call]

    assert len(ids) == len(set(ids))


def test_every_reference_leads_somewhere(spec: dict[str, Any]):
    for reference in set(references(spec)):
        target: Any = spec
        for part in reference.removeprefix("#/").split("/"):
            assert part in target, reference
            target = target[part]


@pytest.mark.parametrize("entity", [ORDER, ITEM, RECEIPT, BOOKING, STOCK])
def test_every_entity_has_addresses_of_its_own(spec: dict[str, Any], entity: str):
    base = f"/api/v1/records/{entity}"

    assert {"get", "post"} <= spec["paths"][base].keys()
    assert {"get", "patch", "delete"} <= spec["paths"][f"{base}/{{record}}"].keys()
    assert "post" in spec["paths"][f"{base}/{{record}}/submit"]
    body = spec["paths"][base]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert body["properties"]["values"] == {"$ref": f"#/components/schemas/{entity}"}


def test_the_schema_of_an_entity_speaks_of_its_fields(spec: dict[str, Any]):
    schema = spec["components"]["schemas"][ORDER]

    assert schema["type"] == "object"
    assert {"machine", "lines", "total"} <= schema["properties"].keys()
    assert schema["properties"]["lines"]["items"]["properties"]["count"]["type"] == "string"


def test_one_reads_of_entities_that_one_may_see(small_office: Office):
    paths = small_office["anna"].get("/openapi.json").body["paths"]

    assert f"/api/v1/records/{ORDER}" in paths
    assert f"/api/v1/records/{STOCK}" not in paths


def in_the_bin(office: Office) -> str:
    order = office["admin"].create(ORDER, **an_order(office))
    office["admin"].delete(f"/records/{ORDER}/{order['id']}", if_match='"1"')
    return str(order["id"])


def a_job(office: Office) -> str:
    ctx = system_context(office.installation)
    made = writing(office.installation, ctx, lambda work: {"id": jobs.add(work, "bulk", ORDER, {}).id})
    return str(made["id"])


def a_comment(office: Office, order: str) -> str:
    return str(office["admin"].post(f"/records/{ORDER}/{order}/comments", {"text": "words"}).body["id"])


def test_every_address_of_the_document_is_there(small_office: Office, spec: dict[str, Any]):
    order = small_office["admin"].create(ORDER, **an_order(small_office))
    known = {
        "record": order["id"],
        "entity": ORDER,
        "account": small_office.ids["anna"],
        "flow": "shop.order",
        "measure": "shop.held",
        "dashboard": "shop.stock",
        "path": "shop/entities/order.json",
        "number": "1",
        "deleted": in_the_bin(small_office),
        "job": a_job(small_office),
        "comment": a_comment(small_office, order["id"]),
        "share": "nothing",
        "q": "bolt",
    }

    for path, method, operation in operations(spec):
        if (
            method != "get"
            or re.search("/(files|imports|exports|public)/", path)
            or "/shop." in path.replace(ORDER, "")
        ):
            continue
        address = re.sub(r"{(\w+)}", lambda hole: known[hole.group(1)], path).removeprefix("/api/v1")
        asked = [
            one["name"] for one in operation.get("parameters", ()) if one.get("in") == "query" and one.get("required")
        ]
        address += f"?{urlencode({name: known[name] for name in asked})}" if asked else ""
        assert small_office["admin"].get(address).status == 200, path


def test_the_page_shows_every_operation(small_office: Office, spec: dict[str, Any]):
    reply = small_office["admin"].get("/docs")

    page = reply.body.decode()
    assert reply.status == 200
    assert page.count("<details") == len(list(operations(spec)))
    assert "<script" not in page


def test_the_document_is_for_who_is_signed_in(small_office: Office):
    nobody = small_office.another()

    assert [nobody.get(path).status for path in ("/openapi.json", "/docs")] == [401, 401]
    assert json.dumps(nobody.get("/openapi.json").body).count("shop") == 0
