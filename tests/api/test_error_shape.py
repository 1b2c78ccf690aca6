"""Every endpoint, badly asked: one shape of error, whatever goes wrong."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from werkzeug.routing import Rule

from engine.services import health
from tests.api.office import Office, Reply
from tests.api.shop import ORDER, an_order

OPEN = {(method, "/api/v1/session") for method in ("GET", "POST", "DELETE")}
OPEN |= {("GET", "/api/v1/health"), ("GET", "/api/v1/docs.css")}
# A webhook is asked for its signature.
OPEN |= {("POST", "/api/v1/hooks/nothing")}
# A public form is asked for its link.
OPEN |= {(method, "/api/v1/public/nothing") for method in ("GET", "POST")}
OPEN |= {("GET", "/api/v1/public/nothing/puzzle"), ("GET", "/api/v1/public/nothing/options")}
OPEN |= {("POST", "/api/v1/public/nothing/query")}
PARTS = {"type", "title", "status", "detail", "code", "params", "request_id", "problems"}
KNOWN = {
    "entity": ORDER,
    "measure": "shop.held",
    "dashboard": "shop.stock",
    "path": "shop/entities/order.json",
    "number": "1",
}


def endpoints(office: Office) -> Iterator[tuple[str, str]]:
    """Method and address of every rule of the API, with something in each hole."""
    for rule in office.app.url_map.iter_rules():
        if str(rule).startswith("/api/v1"):
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield method, filled(rule, KNOWN)


def filled(rule: Rule, known: dict[str, str]) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda hole: known.get(hole.group(1), "nothing"), str(rule))


def ask(office: Office, login: str, method: str, address: str, **more: Any) -> Reply:
    person = office[login] if login else office.another()
    return person.send(method, address.removeprefix("/api/v1"), **more)


def check_shape(reply: Reply, about: object) -> None:
    assert reply.headers["Content-Type"] == "application/problem+json", about
    assert set(reply.body) == PARTS, about
    assert reply.body["status"] == reply.status, about
    assert reply.body["type"] == f"https://formwork.dev/problems/{reply.body['code']}", about
    assert reply.body["title"], about
    assert reply.body["detail"], about
    assert "{" not in reply.body["title"] + reply.body["detail"], (about, reply.body)
    assert reply.body["request_id"] == reply.headers["X-Request-Id"], about
    for problem in reply.body["problems"]:
        assert {"code", "pointer", "detail", "remedy", "severity", "params"} <= set(problem), about
        assert problem["detail"], about
        assert problem["remedy"], about


def test_every_endpoint_asks_who_it_is(small_office: Office):
    for method, address in endpoints(small_office):
        if (method, address) not in OPEN:
            reply = ask(small_office, "", method, address, json={"values": {}})
            assert reply.status == 401, (method, address)
            assert reply.code == "sign_in_required"
            check_shape(reply, (method, address))


@pytest.mark.parametrize(
    "body",
    [
        {"data": b"{", "content_type": "application/json"},
        {"data": b"", "content_type": "application/json"},
        {"data": b"\xff\xfe", "content_type": "application/json"},
        {"json": [1]},
        {"json": "text"},
        {"json": None},
        {"json": {"values": 7, "document": [], "targets": "x", "to": [], "note": {}, "password": 1}},
        {"json": {"unknown \ud800": "\x00"}},
        {"data": {"values": "1"}, "content_type": "application/x-www-form-urlencoded"},
        {"data": b"\x00" * 100, "content_type": "application/octet-stream"},
        {"data": b"--x\r\nbroken", "content_type": "multipart/form-data; boundary=x"},
        {"data": b"[" * 20000, "content_type": "application/json"},
        {"data": b'{"values": ' + b"9" * 5000 + b"}", "content_type": "application/json"},
    ],
)
def test_a_malformed_body_gets_the_one_shape_everywhere(small_office: Office, body: dict[str, Any]):
    for method, address in endpoints(small_office):
        if method in {"POST", "PUT", "PATCH"}:
            reply = ask(small_office, "admin", method, address, headers={"If-Match": '"1"'}, **body)
            assert reply.status != 500, (method, address, reply.body)
            if reply.status >= 400:
                check_shape(reply, (method, address))


@pytest.mark.parametrize(
    "hole", ["nothing", "%00", "%ED%A0%80", "a" * 3000, "..", "'; drop table account; --", "%F0%9F%98%80"]
)
def test_an_address_with_anything_in_it_is_answered(small_office: Office, hole: str):
    for rule in small_office.app.url_map.iter_rules():
        if "<" in str(rule) and str(rule).startswith("/api/v1"):
            for name in ("entity", "other"):
                known = dict.fromkeys(rule.arguments, hole) | ({} if name == "entity" else {"entity": ORDER})
                for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                    reply = ask(
                        small_office,
                        "admin",
                        method,
                        filled(rule, known),
                        json={"values": {}},
                        headers={"If-Match": '"1"'},
                    )
                    assert reply.status != 500, (method, str(rule), hole, reply.body)
                    if reply.status >= 400:
                        check_shape(reply, (method, str(rule)))


@pytest.mark.parametrize(
    "query",
    [
        "?limit=x",
        "?filter=%7B",
        "?cursor=%00",
        "?q=%00",
        "?sort=%ED%A0%80",
        "?fields=,,,",
        "?view=x&view=y",
        "?where=%5B%5D",
        "?unknown=1",
        "?ids=%00",
        "?columns=::",
        "?by=,",
        "?record=7",
    ],
)
def test_a_malformed_query_gets_the_one_shape_everywhere(office: Office, query: str):
    for method, address in endpoints(office):
        if method == "GET":
            reply = ask(office, "admin", method, address + query)
            assert reply.status != 500, (address, query, reply.body)
            if reply.status >= 400:
                check_shape(reply, (address, query))


def test_what_is_not_there_and_what_is_not_allowed_has_the_shape_too(small_office: Office):
    replies = {
        404: ask(small_office, "admin", "GET", "/api/v1/nothing"),
        405: ask(small_office, "admin", "PUT", f"/api/v1/records/{ORDER}"),
        403: ask(small_office, "zoe", "GET", f"/api/v1/records/{ORDER}"),
    }

    for status, reply in replies.items():
        assert reply.status == status
        check_shape(reply, status)


def test_a_code_of_a_refusal_has_texts_in_both_languages(small_office: Office):
    order = small_office["anna"].create(ORDER, **an_order(small_office))

    replies = [
        small_office["anna"].send(
            "PATCH",
            f"/records/{ORDER}/{order['id']}",
            {"values": {}},
            headers={"Accept-Language": language, "If-Match": '"9"'},
        )
        for language in ("zh-CN", "en")
    ]

    assert replies[0].body["title"] != replies[1].body["title"]
    for reply in replies:
        check_shape(reply, reply.body["title"])


def test_what_nobody_expected_is_told_without_details(
    small_office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def fail(_installation: object) -> None:
        raise RuntimeError("a secret of the machine")

    monkeypatch.setattr(health, "health", fail)

    reply = ask(small_office, "", "GET", "/api/v1/health")

    assert (reply.status, reply.code) == (500, "unexpected")
    assert "secret" not in json.dumps(reply.body)
    assert reply.body["request_id"] in reply.body["detail"]
    assert "a secret of the machine" in caplog.text
    check_shape(reply, "unexpected")
