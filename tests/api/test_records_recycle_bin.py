"""/records/{entity}/recycle_bin: what was deleted, back again, or gone for good."""

import copy
from typing import Any

from tests.api.office import Office, Person, Reply
from tests.api.shop import ITEM, ORDER, an_order, line

MACHINE, PLACE = "shop.machine", "shop.place"


def remove(person: Person, entity: str, record: dict[str, Any], reason: str = "") -> Reply:
    path = f"/records/{entity}/{record['id']}"
    reply = person.send("DELETE", f"{path}?reason={reason}", headers={"If-Match": f'"{record["version"]}"'})
    assert reply.status == 204, reply
    return reply


def bin_of(person: Person, entity: str, **query: object) -> list[dict[str, Any]]:
    reply = person.get(f"/records/{entity}/recycle_bin", **query)
    assert reply.status == 200, reply
    items: list[dict[str, Any]] = reply.body["items"]
    return items


def restore(person: Person, entity: str, record: dict[str, Any]) -> Reply:
    return person.post(f"/records/{entity}/recycle_bin/{record['id']}/restore")


def purge(person: Person, path: str, confirm: str) -> Reply:
    return person.send("DELETE", path, {"confirm": confirm})


def let_go(office: Office, entity: str, *path: str, how: str) -> None:
    """Publish what deleting the target of a reference does."""
    admin = office["admin"]
    address = f"/draft/documents/shop/entities/{entity}.json"
    document = copy.deepcopy(admin.get(address).body["document"])
    field = document["schema"]
    for step in path:
        field = field[step]
    field["x-field"]["on_delete"] = how
    assert admin.put(address, {"document": document}).body["problems"] == []
    assert admin.post("/publications", {"note": how}).status == 201


def test_a_deleted_record_comes_back_as_it_was(office: Office):
    anna = office["anna"]
    order = anna.create(ORDER, **an_order(office, slip="S-7", lines=[line(office), line(office, item="nut")]))
    remove(anna, ORDER, order, reason="twice")

    told = bin_of(anna, ORDER)
    reply = restore(anna, ORDER, order)

    assert [(one["id"], one["reason"], one["deleted_by"]["name"]) for one in told] == [(order["id"], "twice", "Anna")]
    assert (reply.status, reply.body["values"], reply.body["version"]) == (200, order["values"], 2)
    assert anna.read(ORDER, order["id"])["created_at"] == order["created_at"]
    assert bin_of(anna, ORDER) == []


def test_what_is_in_the_bin_is_nowhere_else(office: Office):
    kim = office["kim"]
    item = kim.create(ITEM, code="X1", name="Washer", price="1.00")
    remove(kim, ITEM, item)

    again = kim.create(ITEM, code="X1", name="Washer", price="2.00")

    assert kim.get(f"/records/{ITEM}/{item['id']}").status == 404
    listed = kim.list(ITEM, q="Washer").body["items"] + kim.get(f"/records/{ITEM}/options", q="Washer").body["items"]
    assert {one["id"] for one in listed} == {again["id"]}


def test_a_key_that_was_taken_meanwhile_is_told_and_nothing_comes_back(office: Office):
    kim = office["kim"]
    item = kim.create(ITEM, code="X1", name="Washer", price="1.00")
    remove(kim, ITEM, item)
    kim.create(ITEM, code="X1", name="Other", price="2.00")

    reply = restore(kim, ITEM, item)

    assert (reply.status, reply.problems) == (422, [("/code", "not_unique")])
    assert [one["title"] for one in bin_of(kim, ITEM)] == ["Washer"]


def test_a_record_does_not_come_back_to_point_at_nothing(office: Office):
    kim, anna = office["kim"], office["anna"]
    item = kim.create(ITEM, code="X1", name="Washer", price="1.00")
    order = anna.create(ORDER, **an_order(office, lines=[{"item": item["id"], "count": "1"}]))
    remove(anna, ORDER, order)
    remove(kim, ITEM, item)

    too_early = restore(anna, ORDER, order)
    restore(kim, ITEM, item)
    in_turn = restore(anna, ORDER, order)

    assert (too_early.status, too_early.problems) == (422, [("/lines/0/item", "reference_missing")])
    assert in_turn.status == 200


def test_one_sees_in_the_bin_what_one_deleted_or_owned(office: Office):
    anna = office["anna"]
    order = anna.create(ORDER, **an_order(office))
    remove(anna, ORDER, order)
    path = f"/records/{ORDER}/recycle_bin/{order['id']}"

    replies = [office[login].get(path).status for login in ("anna", "bert", "ada", "admin")]

    assert replies == [200, 404, 403, 200]
    assert restore(office["bert"], ORDER, order).status == 404
    assert bin_of(office["bert"], ORDER) == []


def test_what_is_hidden_stays_hidden_in_the_bin(office: Office):
    order = office["otto"].change(ORDER, office["anna"].create(ORDER, **an_order(office)), margin="7.77")
    remove(office["anna"], ORDER, order)
    path = f"/records/{ORDER}/recycle_bin/{order['id']}"

    mine, all_ = (office[login].get(path).body for login in ("anna", "admin"))

    assert "7.77" not in str(mine)
    assert "7.77" in str(all_)
    restore(office["anna"], ORDER, order)
    assert office["otto"].read(ORDER, order["id"])["values"]["margin"] == "7.77"


def test_the_bin_is_searched_and_paged_latest_first(office: Office):
    kim = office["kim"]
    for number in range(5):
        remove(kim, ITEM, kim.create(ITEM, code=f"X{number}", name=f"Washer {number}", price="1.00"))

    first = kim.get(f"/records/{ITEM}/recycle_bin", limit=3).body
    rest = kim.get(f"/records/{ITEM}/recycle_bin", limit=3, cursor=first["next_cursor"]).body

    titles = [one["title"] for one in (*first["items"], *rest["items"])]
    assert titles == [f"Washer {number}" for number in (4, 3, 2, 1, 0)]
    assert rest["next_cursor"] is None
    assert [one["title"] for one in bin_of(kim, ITEM, q="washer 2")] == ["Washer 2"]


def test_purging_is_for_administrators_who_type_what_goes(office: Office):
    kim, admin = office["kim"], office["admin"]
    item = kim.create(ITEM, code="X1", name="Washer", price="1.00")
    remove(kim, ITEM, item)
    path = f"/records/{ITEM}/recycle_bin/{item['id']}"

    refused = purge(kim, path, "Washer")
    wrong = purge(admin, path, "washer")
    done = purge(admin, path, "Washer")

    assert (refused.status, wrong.status, wrong.problems) == (403, 422, [("/confirm", "confirmation_differs")])
    assert (done.status, done.body, restore(kim, ITEM, item).status) == (200, {"purged": 1}, 404)


def test_the_whole_bin_is_purged_by_the_name_of_the_entity(office: Office):
    kim, admin = office["kim"], office["admin"]
    for number in range(3):
        remove(kim, ITEM, kim.create(ITEM, code=f"X{number}", name="Washer", price="1.00"))
    done = purge(admin, f"/records/{ITEM}/recycle_bin", "物品")

    assert done.body == {"purged": 3}
    assert bin_of(kim, ITEM) == []


def test_restoring_twice_at_once_is_restoring_once(office: Office):
    anna = office["anna"]
    order = anna.create(ORDER, **an_order(office))
    remove(anna, ORDER, order)
    path = f"/records/{ORDER}/recycle_bin/{order['id']}/restore"

    replies = [anna.post(path, idempotency_key="back") for _ in range(2)]
    third = anna.post(path)

    assert [reply.status for reply in (*replies, third)] == [200, 200, 404]


def test_what_was_blanked_points_there_again(office: Office):
    let_go(office, "order", "properties", "place", how="nullify")
    let_go(office, "receipt", "properties", "lines", "items", "properties", "item", how="nullify")
    let_go(office, "stock", "properties", "item", how="nullify")
    let_go(office, "order", "properties", "lines", "items", "properties", "item", how="nullify")
    kim, anna, admin = office["kim"], office["anna"], office["admin"]
    place = kim.create(PLACE, name="Loft")
    order = anna.create(ORDER, **an_order(office, place=place["id"]))
    remove(kim, PLACE, place)
    remove(kim, ITEM, kim.read(ITEM, office.ids["bolt"]))
    blanked = admin.read(ORDER, order["id"])

    restore(kim, PLACE, place)
    restore(kim, ITEM, {"id": office.ids["bolt"]})

    again = admin.read(ORDER, order["id"])
    assert (blanked["values"]["place"], blanked["values"]["lines"][0]["item"], blanked["version"]) == (None, None, 3)
    assert (again["values"]["place"], again["values"]["lines"][0]["item"]) == (place["id"], office.ids["bolt"])
    assert again["version"] == 5
    # What was blanked and filled is history like any other change, so an older form is still merged.
    assert anna.try_change(ORDER, order, slip="S").body["merged"] == {
        "base": 1, "onto": 5, "yours": ["slip"], "theirs": [],
    }  # fmt: skip


def test_what_was_filled_anew_meanwhile_stays(office: Office):
    let_go(office, "order", "properties", "place", how="nullify")
    kim, anna = office["kim"], office["anna"]
    place = kim.create(PLACE, name="Loft")
    order = anna.create(ORDER, **an_order(office, place=place["id"]))
    remove(kim, PLACE, place)
    anna.change(ORDER, anna.read(ORDER, order["id"]), place=office.ids["shelf"])

    restore(kim, PLACE, place)

    assert anna.read(ORDER, order["id"])["values"]["place"] == office.ids["shelf"]


def test_what_went_along_comes_back_along(office: Office):
    let_go(office, "place", "properties", "above", how="cascade")
    kim = office["kim"]
    top = kim.create(PLACE, name="Yard")
    middle = kim.create(PLACE, name="Shed", above=top["id"])
    leaf = kim.create(PLACE, name="Rack", above=middle["id"])
    remove(kim, PLACE, top, reason="moved")

    told = {one["title"]: one["with"] for one in bin_of(kim, PLACE)}
    reply = restore(kim, PLACE, top)

    assert told == {"Yard": None, "Shed": {"id": top["id"]}, "Rack": {"id": top["id"]}}
    assert reply.status == 200
    assert [kim.read(PLACE, one["id"])["values"] for one in (middle, leaf)] == [middle["values"], leaf["values"]]
    assert bin_of(kim, PLACE) == []


def test_what_is_in_use_below_keeps_what_stands_above(office: Office):
    let_go(office, "place", "properties", "above", how="cascade")
    kim, anna = office["kim"], office["anna"]
    top = kim.create(PLACE, name="Yard")
    leaf = kim.create(PLACE, name="Rack", above=top["id"])
    anna.create(ORDER, **an_order(office, place=leaf["id"]))

    reply = kim.delete(f"/records/{PLACE}/{top['id']}", if_match='"1"')

    assert (reply.status, reply.code, reply.body["params"]["uses"]) == (409, "in_use", ["shop.order.place: 1"])
    assert bin_of(kim, PLACE) == []


def test_what_is_encrypted_stays_so_in_the_bin_and_comes_back(office: Office):
    admin, kim = office["admin"], office["kim"]
    address = "/draft/documents/shop/entities/item.json"
    document = copy.deepcopy(admin.get(address).body["document"])
    document["schema"]["properties"]["word"] = {"title": "口令", "type": "string", "x-field": {"encrypted": True}}
    assert admin.put(address, {"document": document}).body["problems"] == []
    assert admin.post("/publications", {"note": "words"}).status == 201
    item = kim.create(ITEM, code="X1", name="Washer", word="open sesame")
    remove(kim, ITEM, item)

    with office.installation.database.engine.connect() as connection:
        [kept] = connection.exec_driver_sql("SELECT * FROM deleted_record").all()
    reply = restore(kim, ITEM, item)

    assert "sesame" not in str(kept)
    assert (reply.status, reply.body["values"]["word"]) == (200, "open sesame")
