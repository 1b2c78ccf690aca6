"""Decision tables from and to DMN: /dmn/{module}/imports and /dmn/{module}/exports/{name}."""

import io

from engine.definition.decisions import import_dmn
from tests.api.office import Office

FILE = b"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="urn:x">
  <decision id="rate" name="Rate"><decisionTable id="t"><input id="i"><inputExpression><text>total</text></inputExpression></input><output id="o" name="rate"/>
  <rule id="r"><inputEntry><text>&gt; 5</text></inputEntry><outputEntry><text>1</text></outputEntry></rule></decisionTable></decision>
</definitions>
"""


def test_tables_come_in_and_the_file_goes_out(office: Office):
    def sent(who: str, content: bytes):
        body = {"file": (io.BytesIO(content), "a.dmn"), "keep": "true"}
        return office[who].send("POST", "/dmn/shop/imports", data=body, content_type="multipart/form-data")

    reply = sent("admin", FILE)

    assert (reply.status, reply.body["problems"]) == (201, []), reply.body
    assert list(reply.body["documents"]) == ["shop/decisions/rate.json"]
    assert {one["id"]: one["fate"] for one in reply.body["report"]}["rate"] == "table"
    assert office["admin"].send("GET", "/dmn/shop/exports/rate").body == FILE
    assert len(import_dmn(FILE).tables) == 1
    again = [
        sent("admin", FILE),
        sent("admin", b"<a/>"),
        sent("kim", FILE),
        office["admin"].get("/dmn/shop/exports/none"),
    ]
    assert [one.status for one in again] == [409, 422, 403, 404]
