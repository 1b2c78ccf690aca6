"""What automations tell the outside, and what the outside tells them: signed, once, and never half."""

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from engine.services import outbox
from engine.services.ports import Call, Message
from engine.services.signatures import sign
from engine.settings import Settings, from_environment
from tests.api.automating import automate, automation, create, runs, update
from tests.api.office import NOON, Office, Reply
from tests.api.shop import ITEM

SECRET = "a secret of two"
BODY = {"code": "code", "price": "price", "day": "TODAY()"}


def with_secret(office: Office) -> None:
    settings = replace(office.installation.settings, webhook_secrets={"partner": SECRET})
    office.installation = replace(office.installation, settings=settings)
    office.app.extensions["formwork"] = office.installation


class Receiver:
    """Another system: keeps what it was sent, and answers `status`."""

    def __init__(self) -> None:
        self.got: list[tuple[Mapping[str, str], bytes]] = []
        self.status = 204


@contextmanager
def receiving() -> Iterator[tuple[str, Receiver]]:
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.got.append((dict(self.headers), body))
            self.send_response(receiver.status)
            self.end_headers()

        def log_message(self, *_anything: Any) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/hook?x=1", receiver
    server.shutdown()
    thread.join()
    server.server_close()


def calling(url: str) -> dict[str, Any]:
    return automation("tell", "create", {"type": "call", "url": url, "secret": "partner", "body": BODY})


def test_a_webhook_goes_out_signed_and_again_until_it_is_taken(office: Office):
    with_secret(office)
    with receiving() as (url, receiver):
        automate(office, calling(url))
        receiver.status = 500
        office["kim"].create(ITEM, code="X1", name="Nail", price="1.50")

        first = outbox.drain(office.installation)
        receiver.status = 204
        too_early = outbox.drain(office.installation)
        office.clock.moment = NOON + timedelta(minutes=1)
        again = outbox.drain(office.installation)

    assert (first, too_early, again) == (0, 0, 1)
    headers, body = receiver.got[1]
    signed = f"{headers['X-Formwork-Timestamp']}.".encode() + body
    assert headers["X-Formwork-Signature"] == f"v1={hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()}"
    assert json.loads(body) == {"code": "X1", "price": "1.50", "day": "2026-03-02"}
    assert headers["Idempotency-Key"] == receiver.got[0][0]["Idempotency-Key"]


class Dying:
    """A caller whose process dies after the request was sent, before that was written down."""

    def __init__(self, once: list[str]) -> None:
        self.keys = once
        self.dies = True

    def call(self, call: Call, now: object) -> None:
        self.keys.append(call.key)
        if self.dies:
            self.dies = False
            raise SystemExit


def test_a_worker_killed_between_effect_and_acknowledgement_repeats_the_key_and_nothing_else(office: Office):
    with_secret(office)
    dying = Dying([])
    office.installation = replace(office.installation, caller=dying)
    office.app.extensions["formwork"] = office.installation
    automate(office, calling("https://example.test/hook"))
    office["kim"].create(ITEM, code="X1", name="Nail")

    try:
        outbox.drain(office.installation)
    except SystemExit:
        office.clock.moment = NOON + timedelta(minutes=2)
    sent = outbox.drain(office.installation)
    more = outbox.drain(office.installation)

    assert (sent, more, len(dying.keys), len(set(dying.keys))) == (1, 0, 2, 1)
    assert [one["result"] for one in runs(office)] == ["done"]


def test_nothing_leaves_when_what_triggered_it_is_undone(office: Office):
    with_secret(office)
    automate(
        office, calling("https://example.test/hook"), automation("no", "create", update({"code": "'B1'"}), order=999)
    )

    refused = office["kim"].post(f"/records/{ITEM}", {"values": {"code": "X1", "name": "Nail"}})

    with office.statements() as seen:
        sent = outbox.drain(office.installation)
    assert (refused.status, sent, len(seen)) == (422, 0, 1)


def test_without_its_secret_a_webhook_waits(office: Office):
    with receiving() as (url, receiver):
        automate(office, calling(url))
        office["kim"].create(ITEM, code="X1", name="Nail")

        sent = outbox.drain(office.installation)

    assert (sent, receiver.got) == (0, [])


class Letters:
    """A mailer that keeps what it is given."""

    def __init__(self) -> None:
        self.sent: list[Message] = []

    def send(self, message: Message) -> None:
        self.sent.append(message)


def test_people_are_told_in_their_language_with_the_holes_filled(office: Office):
    letters = Letters()
    office.installation = replace(office.installation, mailer=letters)
    office["admin"].patch(f"/accounts/{office.ids['otto']}", {"login": "otto@example.test"})
    to = [{"role": "chief"}, {"user": "keeper"}]
    automate(office, automation("tell", "create", {"type": "notify", "to": to, "text": "{name}: {price * 2}"}))
    office["kim"].create(ITEM, code="X1", name="Nail", price="1.50", keeper=office.ids["otto"])

    outbox.drain(office.installation)

    assert [(one.to, one.subject) for one in letters.sent] == [("otto@example.test", "Nail: 3")]
    told = office.another("otto@example.test").get("/notifications").body
    assert [one["text"] for one in told["items"]] == ["Nail: 3"]
    assert office["anna"].get("/notifications").body["items"] == []


HOOK = {
    "type": "webhook",
    "secret": "partner",
    "payload": {
        "type": "object",
        "required": ["code"],
        "properties": {
            "code": {"title": "Code", "type": "string", "maxLength": 5},
            "price": {"title": "Price", "type": "string", "format": "decimal"},
            "day": {"title": "Day", "type": "string", "format": "date"},
        },
    },
}
NEW = create(
    "item",
    {"code": "PAYLOAD.code", "name": "'from ' & PAYLOAD.code", "price": "PAYLOAD.price", "made_on": "PAYLOAD.day"},
)


def deliver(office: Office, payload: object, key: str = "", *, secret: str = SECRET, seconds: int = 0) -> Reply:
    body = json.dumps(payload).encode()
    timestamp = str(int(office.clock.moment.timestamp()) + seconds)
    headers = {"X-Formwork-Timestamp": timestamp, "X-Formwork-Signature": sign(secret, timestamp, body)}
    headers |= {"Idempotency-Key": key} if key else {}
    return office.another().send(
        "POST", "/hooks/shop.take", headers=headers, data=body, content_type="application/json"
    )


def test_a_signed_webhook_comes_in_and_makes_a_record_once(office: Office):
    with_secret(office)
    automate(office, automation("take", HOOK, NEW, entity=None))
    payload = {"code": "X9", "price": 1.25, "day": "2026-01-31", "more": [1]}

    first = deliver(office, payload, "one")
    again = deliver(office, payload, "one")
    same_signature = [deliver(office, payload | {"code": "X8"}) for _ in range(2)]

    assert (first.status, first.body["result"], again.body) == (200, "done", first.body)
    assert same_signature[0].body == same_signature[1].body
    found = office["admin"].list(ITEM, q="from", fields="code,price,made_on").body["items"]
    assert sorted((one["values"]["code"], one["values"]["price"]) for one in found) == [("X8", "1.25"), ("X9", "1.25")]
    assert len(runs(office, automation="shop.take")) == 2


def test_a_webhook_that_is_not_signed_not_fresh_or_not_there_is_refused_alike(office: Office):
    automate(office, automation("take", HOOK, NEW, entity=None))
    without = deliver(office, {"code": "X9"})
    with_secret(office)

    refused = [
        without,
        deliver(office, {"code": "X9"}, secret="another"),
        deliver(office, {"code": "X9"}, seconds=-301),
        deliver(office, {"code": "X9"}, seconds=301),
        office.another().send("POST", "/hooks/shop.nothing", headers={}, data=b"{}", content_type="application/json"),
    ]

    assert {(one.status, one.code, one.body["params"]["reason"]) for one in refused} == {
        (403, "forbidden", "signature")
    }
    assert runs(office) == []


def test_a_payload_is_judged_like_a_form_and_all_findings_come_at_once(office: Office):
    with_secret(office)
    automate(office, automation("take", HOOK, NEW, entity=None))

    wrong = deliver(office, {"code": "too long", "price": "x", "day": 5})
    missing = deliver(office, {})
    not_json = deliver(office, [1])

    assert wrong.status == 422
    assert {pointer for pointer, _ in wrong.problems} == {"/code", "/price", "/day"}
    assert missing.problems == [("/code", "required")]
    assert not_json.status == 422


def test_secrets_come_from_the_environment_by_name():
    given = {"FORMWORK_WEBHOOK_SECRET_PARTNER": SECRET, "FORMWORK_LANGUAGE": "en"}

    settings = from_environment(given)

    assert (settings.webhook_secrets, settings.language) == ({"partner": SECRET}, "en")
    assert SECRET not in repr(Settings(webhook_secrets={"partner": SECRET}))
