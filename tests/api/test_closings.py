"""Periods of ledgers that are closed: nothing is posted into them on any path, not even at the same moment."""

from typing import Any

import pytest

from tests.api.books import BILL, CLAIM, JOURNAL, SLIP, TILL
from tests.api.office import Office, Person, Reply
from tests.api.simultaneously import at_once


def close(person: Person, ledger: str, period: str, part: str = "", **more: object) -> Reply:
    return person.post(f"/closings/{ledger}/close", {"part": part, "period": period, **more})


def reopen(person: Person, ledger: str, period: str, part: str = "") -> Reply:
    return person.post(f"/closings/{ledger}/reopen", {"part": part, "period": period, "reason": "a late bill"})


def a_bill(books: Office, day: str, entity: str = BILL, **more: object) -> dict[str, Any]:
    given = {"note": "wire", "site": books.ids["north"], "day": day, "amount": "10.00"} | more
    return books["cleo"].create(entity, **given)


def entries(books: Office, ledger: str) -> list[tuple[str, str, str]]:
    items = [one["values"] for one in books["fay"].list(ledger, sort="day").body["items"]]
    return [(one["day"], one["month"], one["amount"]) for one in items]


def close_february(books: Office) -> None:
    assert close(books["fay"], JOURNAL, "2026-02", books.ids["north"]).status == 200


def test_a_document_that_would_post_into_a_closed_period_is_refused_at_its_date_with_who_closed_it(books: Office):
    close_february(books)
    bill = a_bill(books, "2026-01-31")

    refused = books["cleo"].try_move("submit", BILL, bill)

    assert (refused.status, refused.problems) == (422, [("/day", "period_closed")])
    told = refused.body["problems"][0]
    assert "2026-01" in told["detail"]
    assert "Fay" in told["detail"]
    assert "2026-03-01" in told["remedy"]
    assert entries(books, JOURNAL) == []


def test_while_it_is_written_a_document_is_warned(books: Office):
    close_february(books)

    warned = books["cleo"].post(
        f"/records/{BILL}/check", {"values": {"site": books.ids["north"], "day": "2026-02-28", "amount": "1"}}
    )

    assert [(one["code"], one["severity"]) for one in warned.body["problems"]] == [("period_closed", "warning")]


def test_books_of_another_site_and_later_days_stay_open(books: Office):
    close_february(books)
    south, later = a_bill(books, "2026-01-31", site=books.ids["south"]), a_bill(books, "2026-03-01")

    moved = [books["cleo"].try_move("submit", BILL, one).status for one in (south, later)]

    assert moved == [200, 200]


def test_what_was_reserved_before_cannot_take_effect_in_a_closed_period(books: Office):
    claim = books["cleo"].move("submit", CLAIM, a_bill(books, "2026-02-10", CLAIM))

    pending = close(books["fay"], JOURNAL, "2026-02", books.ids["north"])
    closed = close(books["fay"], JOURNAL, "2026-02", books.ids["north"], anyway=True)
    agreed = books["fay"].try_decide("agree", books["fay"].approval(claim, CLAIM)["my_seat"])

    assert (pending.status, pending.code, closed.status) == (409, "period_has_pending", 200)
    assert (agreed.status, agreed.problems) == (422, [("", "period_closed")])


def test_the_reverse_of_a_closed_entry_lands_on_the_first_open_day_where_the_ledger_says_so(books: Office):
    bill = books["cleo"].move("submit", BILL, a_bill(books, "2026-02-10"))
    close_february(books)

    books["cleo"].move("void", BILL, bill)

    assert entries(books, JOURNAL) == [("2026-02-10", "2026-02", "10.00"), ("2026-03-01", "2026-03", "-10.00")]


def test_elsewhere_voiding_what_lies_in_a_closed_period_is_refused(books: Office):
    slip = books["cleo"].move("submit", SLIP, a_bill(books, "2026-02-26", SLIP))
    assert close(books["fay"], TILL, "2026-03").status == 200

    refused = books["cleo"].try_move("void", SLIP, slip)

    assert (refused.status, refused.problems) == (422, [("", "period_closed")])
    assert entries(books, TILL) == [("2026-02-26", "2026-02", "10.00")]


def test_a_period_may_begin_within_a_month(books: Office):
    assert close(books["fay"], TILL, "2026-02").status == 200

    moved = [
        books["cleo"].try_move("submit", SLIP, a_bill(books, day, SLIP)).status for day in ("2026-02-25", "2026-02-26")
    ]

    assert moved == [422, 200]


def test_an_automation_that_posts_is_refused_with_what_triggered_it(books: Office):
    assert close(books["fay"], TILL, "2026-03").status == 200
    bill = a_bill(books, "2026-03-02", note="cash")

    refused = books["cleo"].try_move("submit", BILL, bill)

    assert (refused.status, refused.code) == (422, "automation_failed")
    assert "2026-03" in refused.body["problems"][0]["detail"]
    assert entries(books, JOURNAL) == []


def test_many_at_once_are_refused_row_by_row(books: Office):
    close_february(books)
    bills = [a_bill(books, day) for day in ("2026-02-28", "2026-03-01")]

    done = books["cleo"].post(f"/records/{BILL}/bulk", {"action": "submit", "ids": [one["id"] for one in bills]})

    assert [[problem["code"] for problem in one["problems"]] for one in done.body["results"]] == [["period_closed"], []]


def test_a_period_that_is_opened_again_takes_entries_and_the_history_tells_why(books: Office):
    close_february(books)
    bill = a_bill(books, "2026-02-10")

    opened = reopen(books["fay"], JOURNAL, "2026-02", books.ids["north"])
    moved = books["cleo"].try_move("submit", BILL, bill)

    assert (opened.status, opened.body["through"], moved.status) == (200, "2026-01", 200)


@pytest.mark.parametrize(
    ("person", "ledger", "part", "period", "answer"),
    [
        ("cleo", JOURNAL, "north", "2026-02", (403, "forbidden")),
        ("max", JOURNAL, "north", "2026-02", (200, "")),
        ("max", JOURNAL, "south", "2026-02", (403, "forbidden")),
        ("max", TILL, "", "2026-02", (403, "forbidden")),
        ("fay", JOURNAL, "", "2026-02", (422, "closing_part_unknown")),
        ("fay", TILL, "north", "2026-02", (422, "closing_part_unknown")),
        ("fay", TILL, "", "2026-13", (422, "period_malformed")),
        ("fay", TILL, "", "2026-Q1", (422, "period_malformed")),
        ("fay", TILL, "", "2026-04", (422, "period_not_begun")),
    ],
)
def test_who_closes_what(books: Office, person: str, ledger: str, part: str, period: str, answer: tuple[int, str]):
    reply = close(books[person], ledger, period, books.ids.get(part, ""))

    code = next((one for _, one in reply.problems), reply.code) if reply.status != 200 else ""
    assert (reply.status, code) == answer


@pytest.mark.parametrize(
    ("person", "site", "reason"),
    [
        ("fay", "south", "granted"),
        ("max", "north", "granted"),
        ("max", "south", "outside_scope"),
        ("cleo", "north", "no_grant"),
    ],
)
def test_why_somebody_may_close_the_books_that_an_entry_lies_in_is_explained(
    books: Office, person: str, site: str, reason: str
):
    bill = books["cleo"].move("submit", BILL, a_bill(books, "2026-02-10", site=books.ids[site]))
    [entry] = books["fay"].list(JOURNAL).body["items"]

    reply = books["admin"].get("/explain", person=books.ids[person], entity=JOURNAL, record=entry["id"])
    elsewhere = books["admin"].get(
        "/explain", person=books.ids[person], entity=BILL, action="close_period", record=bill["id"]
    )

    told = {one["action"]: one for one in reply.body["actions"]}["close_period"]
    closed = close(books[person], JOURNAL, "2026-02", books.ids[site]).status
    assert (told["reason"], told["allowed"]) == (reason, closed == 200)
    assert elsewhere.problems == [("/action", "unknown_action")]


def test_closing_twice_and_reopening_what_is_open_are_told(books: Office):
    close_february(books)

    again = close(books["fay"], JOURNAL, "2026-01", books.ids["north"])
    never = reopen(books["fay"], JOURNAL, "2026-03", books.ids["north"])
    not_his = reopen(books["max"], JOURNAL, "2026-02", books.ids["north"])

    assert [again.problems[0][1], never.problems[0][1], not_his.status] == [
        "period_closed_already",
        "period_open_already",
        403,
    ]


def test_each_sees_the_books_that_are_theirs_to_close(books: Office):
    close_february(books)

    seen = {login: books[login].get("/closings").body["items"] for login in ("fay", "max", "cleo")}

    assert {
        login: [(one["ledger"], [book["label"] for book in one["books"]]) for one in items]
        for login, items in seen.items()
    } == {
        "fay": [(JOURNAL, ["north", "south"]), (TILL, [""])],
        "max": [(JOURNAL, ["north"])],
        "cleo": [],
    }
    book = seen["max"][0]["books"][0]
    assert (book["through"], book["closed_by"]["name"], book["next"]) == ("2026-02", "Fay", "2026-03")
    assert [module["name"] for module in books["cleo"].get("/menu").body["modules"]] == []


@pytest.mark.parametrize("round_", range(4))
def test_closing_and_posting_at_the_same_moment_never_leaves_an_entry_behind(books: Office, round_: int):
    bills = [a_bill(books, "2026-02-10") for _ in range(4)]
    people = [books.another("cleo") for _ in bills]
    posting = [
        lambda one=one, bill=bill: one.try_move("submit", BILL, bill) for one, bill in zip(people, bills, strict=True)
    ]

    *moved, closed = at_once(*posting, lambda: close(books["fay"], JOURNAL, "2026-02", books.ids["north"]))
    before = len(entries(books, JOURNAL))
    late = books["cleo"].try_move("submit", BILL, a_bill(books, "2026-02-10"))

    assert {one.status for one in moved} <= {200, 422}
    assert (closed.status, late.status) == (200, 422)
    assert len(entries(books, JOURNAL)) == before == sum(one.status == 200 for one in moved)
