"""/records/{entity}/{id}/comments: what people say about a record, to whom, and for how long it may be changed."""

from datetime import timedelta
from typing import Any

import pytest

from engine.services import chores, outbox
from tests.api.office import Office, Reply
from tests.api.shop import ITEM, ORDER, an_order, large, submitted

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


@pytest.fixture
def order(office: Office) -> dict[str, Any]:
    """Anna's: Lee and Otto may read it, Bert and Zoe may not."""
    return office["anna"].create(ORDER, **an_order(office))


def path(order: dict[str, Any], more: str = "") -> str:
    return f"/records/{ORDER}/{order['id']}/comments{more}"


def say(office: Office, login: str, order: dict[str, Any], text: str, **more: Any) -> Reply:
    return office[login].post(path(order), {"text": text, **more})


def said(office: Office, login: str, order: dict[str, Any], **query: object) -> list[dict[str, Any]]:
    return office[login].get(path(order), **query).body["items"]


def told(office: Office, login: str) -> list[tuple[str, str]]:
    items = office[login].get("/notifications").body["items"]
    return [(one["comment"], one["text"]) for one in items]


def test_who_reads_the_record_reads_and_writes_comments(office: Office, order: dict[str, Any]):
    first = say(office, "anna", order, "Is this enough?")
    second = say(office, "lee", order, "Quite.")
    unseen = say(office, "bert", order, "Me too"), office["bert"].get(path(order))

    assert (first.status, second.status, [one.status for one in unseen]) == (201, 201, [404, 404])
    assert [(one["author"]["name"], one["text"]) for one in said(office, "otto", order)] == [
        ("Lee", "Quite."),
        ("Anna", "Is this enough?"),
    ]


def test_answers_stand_in_one_thread_however_deep_they_were_meant(office: Office, order: dict[str, Any]):
    root = say(office, "anna", order, "Is this enough?").body
    answer = say(office, "lee", order, "Quite.", thread=root["id"]).body
    deeper = say(office, "anna", order, "Good.", thread=answer["id"]).body

    [thread] = said(office, "otto", order)

    assert deeper["thread"] == root["id"]
    assert [one["text"] for one in thread["replies"]["items"]] == ["Quite.", "Good."]
    assert thread["replies"]["count"] == 2


def test_a_discussion_is_read_page_by_page_or_from_a_comment_on(office: Office, order: dict[str, Any]):
    made = [say(office, "anna", order, f"Word {n}").body for n in range(5)]
    answers = [say(office, "lee", order, f"Answer {n}", thread=made[1]["id"]).body for n in range(3)]

    page = office["lee"].get(path(order), limit=2).body
    rest = office["lee"].get(path(order), limit=100, cursor=page["next_cursor"]).body
    there = said(office, "lee", order, at=answers[2]["id"], limit=1)
    within = office["lee"].get(path(order), thread=made[1]["id"], limit=2).body

    assert [one["text"] for one in page["items"] + rest["items"]] == [f"Word {n}" for n in (4, 3, 2, 1, 0)]
    assert (page["count"], rest["next_cursor"]) == (8, None)
    assert [one["text"] for one in there] == ["Word 1"]
    assert [one["text"] for one in within["items"]] == ["Answer 1", "Answer 2"]
    assert within["next_cursor"] == answers[1]["id"]


def test_a_discussion_takes_the_same_statements_however_long_it_is(office: Office, order: dict[str, Any]):
    root = say(office, "anna", order, "One").body
    say(office, "lee", order, "Two", thread=root["id"])
    with office.statements() as for_few:
        said(office, "lee", order)
    for n in range(8):
        say(office, "anna", order, f"Word {n}")
        say(office, "otto", order, f"Answer {n}", thread=root["id"])

    with office.statements() as for_many:
        said(office, "lee", order)

    assert len(for_many) == len(for_few) <= 11


def test_who_is_mentioned_is_told_and_so_is_the_thread(office: Office, order: dict[str, Any]):
    lee, otto = office.ids["lee"], office.ids["otto"]
    root = say(office, "anna", order, f"@[{lee}] is this enough?").body
    answer = say(office, "otto", order, "No.", thread=root["id"]).body

    assert root["mentions"] == [{"id": lee, "name": "Lee"}]
    assert told(office, "lee") == [
        (answer["id"], "Otto wrote in a discussion you take part in (Order): No."),
        (root["id"], "Anna mentioned you in a discussion (Order): @Lee is this enough?"),
    ]
    assert [one for one, _ in told(office, "anna")] == [answer["id"]]
    assert told(office, "otto") == []
    assert otto not in {one["id"] for one in root["mentions"]}


def test_letters_go_out_through_the_outbox(small_office: Office):
    order = small_office["anna"].create(ORDER, **an_order(small_office))

    say(small_office, "anna", order, f"@[{small_office.ids['lee']}] look")

    assert outbox.drain(small_office.installation) == 1


def test_nobody_is_mentioned_who_may_not_read_the_record(office: Office, order: dict[str, Any]):
    bert, anna = office.ids["bert"], office["anna"]

    reply = say(office, "anna", order, f"@[{bert}] and @[nobody], look")
    offered = anna.get(f"/records/{ORDER}/{order['id']}/readers", q="bert").body["items"]

    assert (reply.status, reply.problems) == (422, [("/text", "mention_unknown"), ("/text", "mention_cannot_read")])
    assert "Share the record with Bert" in reply.body["problems"][1]["remedy"]
    assert [(one["id"], one["may_read"]) for one in offered] == [(bert, False)]
    assert said(office, "anna", order) == []


def test_an_author_changes_a_comment_for_a_quarter_of_an_hour(office: Office, order: dict[str, Any]):
    made = say(office, "anna", order, "Enuogh?").body
    one, anna = path(order, f"/{made['id']}"), office["anna"]

    other = office["lee"].patch(one, {"text": "No"}, if_match='"1"')
    changed = anna.patch(one, {"text": "Enough?"}, if_match='"1"')
    stale = anna.patch(one, {"text": "Again"}, if_match='"1"')
    office.clock.moment += timedelta(minutes=16)
    late = anna.patch(one, {"text": "Late"}, if_match='"2"')

    assert (changed.status, changed.body["text"], changed.body["version"]) == (200, "Enough?", 2)
    assert [(reply.status, reply.code) for reply in (other, stale, late)] == [
        (403, "forbidden"),
        (412, "stale"),
        (409, "comment_too_old"),
    ]
    assert [was["text"] for was in office["lee"].get(f"{one}/wordings").body["items"]] == ["Enuogh?"]
    assert said(office, "anna", order)[0]["actions"] == ["delete"]


def test_a_deleted_comment_leaves_who_deleted_it_and_when(office: Office, order: dict[str, Any]):
    made = say(office, "anna", order, "Nonsense").body
    one = path(order, f"/{made['id']}")

    other = office["lee"].delete(one, if_match='"1"')
    gone = office["anna"].delete(one, if_match='"1"')
    again = office["anna"].delete(one, if_match='"2"')

    [left] = said(office, "lee", order)
    assert [(reply.status, reply.code) for reply in (other, again)] == [(403, "forbidden"), (409, "comment_is_gone")]
    assert gone.body["deleted"]["by"]["name"] == left["deleted"]["by"]["name"] == "Anna"
    assert (left["text"], left["actions"]) == ("", [])
    wordings = [office[login].get(f"{one}/wordings") for login in ("lee", "admin")]
    assert [reply.status for reply in wordings] == [403, 200]
    assert wordings[1].body["items"][0]["text"] == "Nonsense"


def test_files_of_a_comment_are_for_who_reads_the_record(office: Office, order: dict[str, Any]):
    file = office["anna"].upload("shot.png", PNG).body
    taken = office["lee"].upload("other.png", PNG).body

    made = say(office, "anna", order, "", files=[file["id"]])
    others = say(office, "anna", order, "", files=[taken["id"]])
    seen = [office[login].get(f"/files/{file['id']}").status for login in ("lee", "bert")]
    office["anna"].delete(path(order, f"/{made.body['id']}"), if_match='"1"')

    assert made.body["files"] == [file]
    assert (others.status, others.problems) == (422, [("/files/0", "file_not_yours")])
    assert seen == [200, 404]
    assert office["lee"].get(f"/files/{file['id']}").status == 404


def test_a_file_that_a_record_holds_is_not_shown_through_a_comment(office: Office, order: dict[str, Any]):
    file = office["anna"].upload("shot.png", PNG).body
    first = say(office, "anna", order, "mine", files=[file["id"]])

    again = say(office, "anna", order, "twice", files=[file["id"]])

    assert first.status == 201
    assert again.problems == [("/files/0", "file_not_yours")]


def test_what_says_nothing_or_too_much_is_refused(small_office: Office):
    order = small_office["anna"].create(ORDER, **an_order(small_office))
    crowd = " ".join(f"@[p{n}]" for n in range(21))

    blank, many, files, long = (
        say(small_office, "anna", order, "  "),
        say(small_office, "anna", order, crowd),
        say(small_office, "anna", order, "x", files=[str(n) for n in range(11)]),
        say(small_office, "anna", order, "x" * 5001),
    )

    assert blank.problems == [("/text", "comment_empty")]
    assert many.problems == [("/text", "too_many_mentions")]
    assert files.problems == [("/files", "too_many_files")]
    assert long.problems == [("/text", "field_invalid")]


def test_the_same_request_twice_says_it_once(office: Office, order: dict[str, Any]):
    replies = [office["anna"].post(path(order), {"text": "Once"}, idempotency_key="one") for _ in range(2)]

    assert replies[0].body == replies[1].body
    assert len(said(office, "anna", order)) == 1


def test_who_takes_part_in_the_approval_takes_part_in_the_discussion(office: Office):
    order = submitted(office, **large(office))
    seat = office["dora"].approval(order)["my_seat"]
    office["dora"].try_decide("transfer", seat, to=office.ids["zoe"])

    reply = say(office, "zoe", order, "Why so many?")

    assert reply.status == 201


def test_a_discussion_goes_and_comes_back_with_the_record_and_is_purged_with_it(office: Office):
    kim, admin = office["kim"], office["admin"]
    item = kim.create(ITEM, code="X1", name="Washer", price="1.00")
    here = f"/records/{ITEM}/{item['id']}"
    file = kim.upload("shot.png", PNG).body
    kim.post(f"{here}/comments", {"text": "Rusty", "files": [file["id"]]})
    kim.delete(here, if_match='"1"')
    gone = kim.get(f"{here}/comments").status, kim.get(f"/files/{file['id']}").status

    kim.post(f"/records/{ITEM}/recycle_bin/{item['id']}/restore")
    back = kim.get(f"{here}/comments").body["items"]
    kim.delete(here, if_match='"2"')
    admin.send("DELETE", f"/records/{ITEM}/recycle_bin/{item['id']}", {"confirm": "Washer"})
    office.clock.moment += timedelta(days=8)
    chores.tick(office.installation)

    assert gone == (404, 404)
    assert [(one["text"], one["files"]) for one in back] == [("Rusty", [file])]
    with office.installation.database.reading() as tx:
        left = [tx.connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar() for name in ("comment", "file")]
    assert left == [0, 0]
