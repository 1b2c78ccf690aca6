import json
from collections.abc import Iterable
from typing import Any

from engine.adapters.wsgi_browser import WSGIBrowser


def echo(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Answers what it was asked, and sets a cookie."""
    length = int(environ.get("CONTENT_LENGTH") or 0)
    told = {
        "method": environ["REQUEST_METHOD"],
        "path": environ["PATH_INFO"].encode("latin-1").decode(),
        "query": environ["QUERY_STRING"],
        "body": environ["wsgi.input"].read(length).decode(),
        "cookie": environ.get("HTTP_COOKIE", ""),
        "match": environ.get("HTTP_IF_MATCH", ""),
    }
    start_response("201 CREATED", [("Set-Cookie", "token=abc; Path=/; HttpOnly"), ("Set-Cookie", "other=1")])
    return [json.dumps(told).encode()]


def silent(_environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    start_response("204 NO CONTENT", [])
    return []


def test_a_request_brings_path_query_body_and_headers():
    reply = WSGIBrowser(echo).send("POST", "/项目/1", {"a": 1}, query={"q": "a b"}, headers={"If-Match": '"3"'})

    assert reply.status == 201
    assert reply.body == {
        "method": "POST",
        "path": "/项目/1",
        "query": "q=a+b",
        "body": '{"a": 1}',
        "cookie": "",
        "match": '"3"',
    }


def test_cookies_that_were_set_are_sent_again():
    browser = WSGIBrowser(echo)
    browser.send("GET", "/")

    assert browser.send("GET", "/").body["cookie"] == "token=abc; other=1"


def test_an_empty_reply_has_no_body():
    assert WSGIBrowser(silent).send("DELETE", "/").body is None
