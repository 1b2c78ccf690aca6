"""DELETE /records/{entity}/{id}."""

from tests.api.office import Office, Reply
from tests.api.shop import ITEM, ORDER, RECEIPT, an_order, submitted


def remove(office: Office, login: str, entity: str, record: dict[str, object]) -> Reply:
    return office[login].delete(f"/records/{entity}/{record['id']}", if_match=f'"{record["version"]}"')


def test_a_draft_is_deleted_with_its_rows(office: Office):
    order = office["anna"].create(ORDER, **an_order(office))

    reply = remove(office, "anna", ORDER, order)

    assert (reply.status, reply.body) == (204, b"")
    assert office["admin"].get(f"/records/{ORDER}/{order['id']}").status == 404


def test_deleting_needs_the_version_that_was_seen(office: Office):
    order = office["anna"].create(ORDER, **an_order(office))

    without = office["anna"].delete(f"/records/{ORDER}/{order['id']}")
    stale = remove(office, "anna", ORDER, order | {"version": 7})

    assert (without.status, without.code) == (428, "version_required")
    assert (stale.status, stale.code) == (412, "stale")


def test_what_is_in_use_stays_and_the_refusal_says_where(office: Office):
    bolt = office["kim"].read(ITEM, office.ids["bolt"])

    reply = remove(office, "kim", ITEM, bolt)

    assert (reply.status, reply.code) == (409, "in_use")
    assert {use.partition(":")[0] for use in reply.body["params"]["uses"]} == {
        "shop.receipt.lines.item",
        "shop.stock.item",
    }
    assert office["kim"].read(ITEM, bolt["id"])


def test_a_document_that_was_handed_in_is_not_deleted(office: Office):
    order = submitted(office)

    reply = remove(office, "otto", ORDER, order)

    assert (reply.status, reply.code) == (409, "submitted_cannot_be_deleted")


def test_one_deletes_only_what_is_granted(office: Office):
    order = office["anna"].create(ORDER, **an_order(office))

    seen, unseen = (remove(office, login, ORDER, order) for login in ("lee", "bert"))

    assert (seen.status, seen.code) == (403, "forbidden")
    assert (unseen.status, unseen.code) == (404, "not_found")


def test_deleting_twice_under_one_key_is_deleting_once(office: Office):
    order = office["anna"].create(ORDER, **an_order(office))
    path = f"/records/{ORDER}/{order['id']}"

    replies = [office["anna"].delete(path, if_match='"1"', idempotency_key="gone") for _ in range(2)]

    assert [reply.status for reply in replies] == [204, 204]


def test_what_was_never_there_cannot_be_deleted(office: Office):
    reply = remove(office, "kim", RECEIPT, {"id": "nothing", "version": 1})

    assert (reply.status, reply.code) == (404, "not_found")
