"""/session: signing in and out, and who may send what."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from tests.api.conftest import Making
from tests.api.office import PASSWORD, Builder, Office, Person
from tests.api.shop import MODULES, ORDER, an_order


def test_who_signs_in_is_told_who_they_are(small_office: Office):
    reply = small_office.another().post("/session", {"login": "anna", "password": PASSWORD})

    person = reply.body["person"]
    assert reply.status == 200
    assert (person["name"], person["login"], person["is_admin"], person["roles"]) == (
        "Anna",
        "anna",
        False,
        ["shop.clerk"],
    )
    assert person["department"] == {"id": small_office.ids["north"], "name": "North"}
    assert reply.body["publication"] == 1


def test_the_session_cookie_is_out_of_reach_of_scripts(small_office: Office):
    reply = small_office.another().post("/session", {"login": "anna", "password": PASSWORD})

    cookies = {one.partition("=")[0]: one for one in reply.headers.getlist("Set-Cookie")}
    assert "HttpOnly" in cookies["formwork_session"]
    assert "SameSite=Lax" in cookies["formwork_session"]
    assert "SameSite=Lax" in cookies["formwork_csrf"]
    assert "HttpOnly" not in cookies["formwork_csrf"]


@pytest.mark.parametrize(("login", "password"), [("anna", "wrong"), ("nobody", PASSWORD), ("ANNA", PASSWORD)])
def test_a_wrong_password_and_an_unknown_name_get_one_answer(office: Office, login: str, password: str):
    reply = office.another().post("/session", {"login": login, "password": password})

    assert (reply.status, reply.code) == (422, "wrong_login")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"login": "anna"},
        {"login": "", "password": ""},
        {"login": 1, "password": 2},
        {"login": "anna\x00", "password": PASSWORD},
        {"login": "anna", "password": "\ud800"},
        [],
    ],
)
def test_what_is_no_log_in_is_told_as_such(small_office: Office, body: object):
    reply = small_office.another().post("/session", body)

    assert (reply.status, reply.code) == (422, "invalid")


def test_nobody_signed_in_is_told_to_sign_in(small_office: Office):
    nobody = small_office.another()

    asked, refused = nobody.get("/session"), nobody.get("/menu")

    assert (asked.status, asked.body["person"]) == (200, None)
    assert (refused.status, refused.code) == (401, "sign_in_required")


def test_signing_out_ends_the_session(small_office: Office):
    person = small_office.another("anna")

    reply = person.delete("/session")

    assert reply.status == 204
    assert person.get("/menu").status == 401


def test_the_own_language_can_be_chosen(small_office: Office):
    anna = small_office["anna"]

    chosen = anna.patch("/session", {"language": "en"})
    refused = anna.patch("/session", {"language": "tlh"})

    assert (chosen.status, chosen.body["person"]["language"]) == (200, "en")
    assert (refused.status, refused.problems[0][0]) == (422, "/language")


def test_a_change_without_the_token_is_refused(small_office: Office):
    anna = small_office["anna"]

    missing, wrong = (
        anna.send("POST", f"/records/{ORDER}", {"values": {}}, headers={"X-CSRF-Token": token})
        for token in ("", "other")
    )

    assert {(reply.status, reply.code, reply.body["params"]["reason"]) for reply in (missing, wrong)} == {
        (403, "forbidden", "csrf_token")
    }


def test_a_change_from_another_site_is_refused(small_office: Office):
    anna, stranger = small_office["anna"], small_office.another()
    headers = {"Sec-Fetch-Site": "cross-site"}
    login = {"login": "anna", "password": PASSWORD}

    change = anna.send("POST", f"/records/{ORDER}", {"values": {}}, headers=headers)
    sign_in = stranger.send("POST", "/session", login, headers=headers)

    assert {(reply.status, reply.body["params"]["reason"]) for reply in (change, sign_in)} == {(403, "cross_site")}


def test_an_expired_session_loses_nothing_that_was_typed(small_office: Office):
    anna = small_office.another("anna")
    body = {"values": an_order(small_office)}

    with time_machine.travel(timedelta(hours=13), tick=False):
        late = anna.post(f"/records/{ORDER}", body, idempotency_key="typed")
        anna.sign_in()
        again = anna.post(f"/records/{ORDER}", body, idempotency_key="typed")

    assert (late.status, late.code) == (401, "sign_in_required")
    assert again.status == 201


def test_who_was_made_inactive_is_out_at_once(small_office: Office):
    anna = small_office["anna"]
    anna.get("/session")

    small_office["admin"].patch(f"/accounts/{anna.id}", {"active": False})

    assert anna.get("/menu").status == 401
    assert small_office.another().post("/session", {"login": "anna", "password": PASSWORD}).status == 422


def test_a_role_that_was_taken_away_is_gone_at_once(small_office: Office):
    anna = small_office["anna"]
    before = anna.list(ORDER).status

    small_office["admin"].patch(f"/accounts/{anna.id}", {"roles": []})

    assert (before, anna.list(ORDER).status) == (200, 403)


@pytest.fixture
def slow_door(prepared: Making, tmp_path: Path) -> Iterator[Office]:
    """The same people behind a door that lets three attempts a minute through."""
    builder = Builder(MODULES, tmp_path, sign_in_limit="3 per minute")
    with prepared("office", "sqlite").copies.copy() as url, builder.open(url, {}) as made:
        yield made


def test_attempts_to_guess_a_password_are_limited_by_name(slow_door: Office):
    guesser = slow_door.another()

    replies = [guesser.post("/session", {"login": "anna", "password": f"guess {n}"}) for n in range(4)]
    other = guesser.post("/session", {"login": "bert", "password": PASSWORD})

    assert [reply.status for reply in replies] == [422, 422, 422, 429]
    assert replies[3].code == "too_many_requests"
    assert 0 < int(replies[3].headers["Retry-After"]) <= 60
    assert "60 seconds" in replies[3].body["detail"]
    assert other.status == 200


def test_spaces_around_a_name_are_no_new_name(slow_door: Office):
    guesser = slow_door.another()

    replies = [guesser.post("/session", {"login": f"anna{' ' * n}", "password": "guess"}) for n in range(4)]

    assert [reply.status for reply in replies] == [422, 422, 422, 429]


def test_every_answer_forbids_what_a_browser_need_not_do(small_office: Office):
    headers = small_office["anna"].get("/session").headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "script-src 'self' 'wasm-unsafe-eval';" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Request-Id"]


def test_two_browsers_of_one_person_have_their_own_tokens(small_office: Office):
    one, other = (Person(small_office.app, "anna") for _ in range(2))

    tokens = {person.client.get_cookie("formwork_csrf").value for person in (one, other)}

    assert len(tokens) == 2
