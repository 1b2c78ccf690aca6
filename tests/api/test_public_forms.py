"""Public forms: /public-links for administrators, /public/{token} for people without an account, and nothing beside it."""

import hashlib
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any, ClassVar, Self, cast

import pytest
from limits.storage import MemoryStorage

from engine.app import create_app, create_installation
from engine.services.puzzles import BITS
from engine.settings import Settings
from tests.api.gate import SITE, VISIT, good
from tests.api.office import Builder, Office, Person, Reply
from tests.api.shop import MODULES

HIDDEN = ("number", "stamp", "double", "fee", "margin", "lines.sum", "lines.parts")


def link(office: Office, **more: object) -> dict[str, Any]:
    given = {"form": VISIT, "title": "At the gate", "puzzle": False} | more
    reply = office["admin"].post("/public-links", given)
    assert reply.status == 201, reply
    return dict(reply.body)


def send(
    person: Person, made: dict[str, Any], key: str = "A1", /, headers: dict[str, str] | None = None, **more: Any
) -> Reply:
    body = {"values": good(key) | more.pop("values", {}), **more}
    return person.send("POST", f"/public/{made['token']}", body, headers=headers)


def test_a_stranger_sees_the_open_fields_and_no_other(gate: Office):
    made = link(gate)

    page = gate.another().get(f"/public/{made['token']}").body

    fields = {one["name"]: one for one in page["entity"]["fields"]}
    assert {"code", "title", "site", "lines"} <= set(fields)
    assert {one["name"] for one in fields["lines"]["fields"]} == {"item", "count", "why"}
    assert not {name for name in HIDDEN if "." not in name} & set(fields)
    assert [one["name"] for one in page["entity"]["forms"]] == ["visit"]
    assert (page["entity"]["views"], page["closed"], page["intro"]) == ([], "", "请登记")


def test_an_answer_is_a_record_with_the_link_as_origin_and_what_the_form_sets(gate: Office):
    made = link(gate)

    reply = send(gate.another(), made, "A1")

    assert (reply.status, reply.body) == (201, {"sent": True, "receipt": []})
    found = gate["admin"].list(VISIT, filter={"field": "code", "op": "eq", "value": "A1"}).body["items"][0]
    record = gate["admin"].read(VISIT, found["id"])
    history = gate["admin"].get(f"/records/{VISIT}/{found['id']}/history").body["items"]
    assert (record["values"]["margin"], record["status"]) == ("7.00", "draft")
    assert history[-1]["via"] == f"public_link:{made['id']}"
    assert gate["admin"].get("/public-links").body["items"][0]["answers"] == 1


def test_everything_else_stays_closed_to_a_stranger(gate: Office):
    made, stranger = link(gate), gate.another()
    site, visit = gate.ids["open"], gate["admin"].list(VISIT).body["items"][0]["id"]
    elsewhere = [
        f"/records/{VISIT}", f"/records/{VISIT}/{visit}", f"/records/{VISIT}/{visit}/history", f"/records/{SITE}/{site}",
        f"/records/{VISIT}/template", f"/records/{SITE}/options", "/files/x", "/people", "/jobs", "/public-links", "/draft",
    ]  # fmt: skip

    codes = {path: stranger.get(path).status for path in elsewhere}
    options = {
        path: stranger.get(f"/public/{made['token']}/options", field=path).status
        for path in (*HIDDEN, "code", "lines.item", "owner", SITE)
    }
    sent = [send(stranger, made, values={name: "1"}).problems for name in ("fee", "margin", "owner", "status", "id")]

    assert set(codes.values()) == {401}
    assert set(options.values()) == {404}
    assert sent == [[(f"/{name}", "unknown_key")] for name in ("fee", "margin", "owner", "status", "id")]


def test_a_reference_offers_what_its_filter_leaves_by_name_alone(gate: Office):
    made = link(gate)

    offered = gate.another().get(f"/public/{made['token']}/options", field="site").body["items"]
    named = gate.another().get(f"/public/{made['token']}/options", field="site", ids=gate.ids["shut"]).body["items"]

    assert {one["label"] for one in offered} == {"open", "frozen", "dark"}
    assert {name for one in offered for name in one} == {"id", "label", "hint"}
    assert named == []


def test_records_are_found_by_exact_values_and_only_what_is_declared_is_shown(gate: Office):
    made, stranger = link(gate), gate.another()
    send(stranger, made, "A1", values={"site": gate.ids["open"], "kind": "new"})

    found = stranger.post(f"/public/{made['token']}/query", {"values": {"code": "A1", "title": "x"}}).body["items"]
    others = [{"code": "A1", "title": "y"}, {"code": "TAKEN", "title": "x"}, {"code": "%", "title": "x"}]
    none = [stranger.post(f"/public/{made['token']}/query", {"values": one}).body["items"] for one in others]
    short = stranger.post(f"/public/{made['token']}/query", {"values": {"code": "A1", "margin": "7"}})

    assert [(one["name"], one["value"]) for one in found[0]] == [
        ("code", "A1"), ("day", "2026-03-02"), ("kind", "新"), ("site", "open"), ("status", "draft"),
    ]  # fmt: skip
    assert none == [[], [], []]
    assert short.problems == [("/margin", "unknown_key"), ("/title", "required")]


def test_limits_end_a_link(gate: Office):
    twice, daily = link(gate, most=2), link(gate, most_a_day=1)
    stranger = gate.another()

    full = [send(stranger, twice, f"A{n}").status for n in range(3)]
    today = [send(stranger, daily, f"B{n}") for n in range(2)]
    gate.clock.moment += timedelta(days=1)
    tomorrow = send(stranger, daily, "B3")

    assert full == [201, 201, 410]
    assert [(one.status, one.body.get("code")) for one in today] == [(201, None), (410, "public_link_full_today")]
    assert tomorrow.status == 201
    assert stranger.get(f"/public/{twice['token']}").body["closed"] == "full"


def test_a_refused_answer_takes_no_place(gate: Office):
    made, stranger = link(gate, most=1), gate.another()

    refused = send(stranger, made, "A1", values={"amount": "dear"})
    taken = send(stranger, made, "A1")

    assert (refused.status, taken.status) == (422, 201)


def test_what_has_expired_is_told_and_what_is_off_is_as_if_it_had_never_been(gate: Office):
    until = gate.clock.moment + timedelta(hours=1)
    made, off = link(gate, expires_at=until.isoformat()), link(gate)
    gate["admin"].patch(f"/public-links/{off['id']}", {"active": False})
    before = gate.another().get(f"/public/{made['token']}").status
    gate.clock.moment = until

    replies = [gate.another().get(f"/public/{token}") for token in (made["token"], off["token"], "guessed")]

    assert before == 200
    assert [(one.status, one.code) for one in replies] == [
        (410, "public_link_expired"), (404, "not_found"), (404, "not_found"),
    ]  # fmt: skip


def test_a_password_is_asked_on_every_way(gate: Office):
    made, stranger = link(gate, password="门岗 7"), gate.another()
    right = {"X-Form-Password": "%E9%97%A8%E5%B2%97%207"}

    closed = [
        stranger.get(f"/public/{made['token']}"),
        stranger.get(f"/public/{made['token']}/puzzle"),
        stranger.get(f"/public/{made['token']}/options", field="site"),
        stranger.post(f"/public/{made['token']}/query", {"values": {"code": "TAKEN", "title": "x"}}),
        send(stranger, made, headers={"X-Form-Password": "wrong"}),
    ]
    opened = send(stranger, made, headers=right)

    assert {(one.status, one.body["params"]["reason"]) for one in closed} == {(403, "public_password")}
    assert opened.status == 201


def test_a_puzzle_is_good_for_one_answer(gate: Office):
    made, stranger = link(gate, puzzle=True), gate.another()
    asked = stranger.get(f"/public/{made['token']}/puzzle").body["puzzle"]
    solved = {"puzzle": asked, "counter": _solve(asked)}

    without = send(stranger, made, "A0")
    first = send(stranger, made, "A1", solution=solved)
    again = send(stranger, made, "A2", solution=solved)

    assert (without.status, without.body["params"]["reason"]) == (403, "public_puzzle")
    assert (first.status, again.status, again.code) == (201, 409, "idempotency_key_reused")


def _solve(puzzle: str) -> str:
    for number in count():
        digest = hashlib.sha256(f"{puzzle}:{number}".encode()).digest()
        if int.from_bytes(digest) >> (256 - BITS) == 0:
            return str(number)
    raise AssertionError


def test_the_same_key_again_is_the_same_answer(gate: Office):
    made, stranger = link(gate), gate.another()
    headers = {"Idempotency-Key": "once"}

    replies = [send(stranger, made, "A1", headers=headers) for _ in range(2)]

    assert [one.status for one in replies] == [201, 201]
    assert gate["admin"].get("/public-links").body["items"][0]["answers"] == 1


@pytest.mark.parametrize("values", [{"form": "gate.nothing"}, {"form": SITE}])
def test_only_what_a_form_says_is_public_can_be_offered(gate: Office, values: dict[str, str]):
    reply = gate["admin"].post("/public-links", {"title": "x"} | values)

    assert (reply.status, reply.problems) == (422, [("/form", "public_form_unknown")])


def test_links_are_for_administrators_and_keep_neither_token_nor_password(gate: Office):
    made = link(gate, password="secret of the gate")

    listed = gate["admin"].get("/public-links").body
    refused = [gate["cora"].get("/public-links"), gate["cora"].post("/public-links", {"form": VISIT, "title": "x"})]
    refused.append(gate["cora"].patch(f"/public-links/{made['id']}", {"active": True}))

    assert [one.status for one in refused] == [403, 403, 403]
    assert "token" not in listed["items"][0]
    assert made["token"] not in str(listed)
    assert "secret of the gate" not in str(listed)
    assert [one["key"] for one in listed["forms"]] == [VISIT]


def test_one_address_comes_only_so_often(tmp_path: Any):
    builder = Builder(MODULES, tmp_path, sign_in_limit="3 per minute")
    url = f"sqlite:///{tmp_path / 'few.sqlite'}"
    builder.publish(url)
    with builder.open(url, {}) as office:
        statuses = [office.another().get("/public/guessed").status for _ in range(4)]

    assert statuses == [404, 404, 404, 429]


class InCommon(MemoryStorage):
    """Stands for a store outside the processes: whoever names it gets the same one."""

    STORAGE_SCHEME: ClassVar[list[str]] = ["in-common"]
    _one: ClassVar[MemoryStorage | None] = None

    def __new__(cls, *_: object, **__: object) -> Self:
        cls._one = cls._one or super().__new__(cls)
        return cast("Self", cls._one)

    def __init__(self, *given: Any, **more: Any) -> None:
        if not hasattr(self, "storage"):
            super().__init__(*given, **more)


def test_processes_that_count_in_one_store_share_the_limit(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'two.sqlite'}"
    Builder(MODULES, tmp_path, sign_in_limit="3 per minute").publish(url)
    settings = Settings(database_url=url, files_dir=tmp_path, public_limit="3 per minute")
    shared = replace(settings, limits_storage="in-common://")
    apart, together = ([create_app(create_installation(one)) for _ in range(2)] for one in (settings, shared))

    alone, counted = (
        [app.test_client().get("/api/v1/public/guessed").status_code for app in apps * 2] for apps in (apart, together)
    )

    assert (alone, counted) == ([404, 404, 404, 404], [404, 404, 404, 429])
