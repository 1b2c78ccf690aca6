"""References of every kind through the API: several, of one of several kinds, looked up and copied, found, and left behind."""

from typing import Any

from tests.api.office import Office, Reply
from tests.api.yard import JOB, MACHINE, NOTE, PART, PLACE


def machine(yard: Office, name: str = "Crane", **more: Any) -> dict[str, Any]:
    return yard["kay"].create(MACHINE, name=name, **more)


def remove(yard: Office, entity: str, record: dict[str, Any], login: str = "kay") -> Reply:
    version = yard["admin"].read(entity, record["id"])["version"]
    return yard[login].delete(f"/records/{entity}/{record['id']}", **{"If-Match": f'"{version}"'})


def put_back(yard: Office, entity: str, record: dict[str, Any]) -> Reply:
    return yard["kay"].post(f"/records/{entity}/recycle_bin/{record['id']}/restore")


def values(yard: Office, entity: str, record: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = yard["kay"].read(entity, record["id"])["values"]
    return found


def names(yard: Office, entity: str, **condition: Any) -> list[str]:
    reply = yard["kay"].list(entity, filter=condition, fields="name", sort="name")
    assert reply.status == 200, reply.body
    return [one["values"]["name"] for one in reply.body["items"]]


def test_several_references_keep_their_order_and_come_with_labels_and_expanded(yard: Office):
    first, second = machine(yard, "Crane"), machine(yard, "Pump")
    job = yard["kay"].create(JOB, name="j", machines=[second["id"], first["id"]])

    read = yard["kay"].read(JOB, job["id"])
    expanded = yard["kay"].get(f"/records/{JOB}/{job['id']}", expand="machines").body["expanded"]["machines"]

    assert read["values"]["machines"] == [second["id"], first["id"]]
    assert read["labels"]["machines"] == {first["id"]: "Crane", second["id"]: "Pump"}
    assert expanded[first["id"]]["values"]["name"] == "Crane"


def test_what_several_references_may_point_at_is_filtered_and_must_be_there(yard: Office):
    heavy = machine(yard, "Press", weight="500.00")

    filtered = yard["kay"].post(f"/records/{JOB}", {"values": {"machines": [heavy["id"]]}})
    missing = yard["kay"].post(f"/records/{JOB}", {"values": {"machines": ["nothing"]}})
    offered = yard["kay"].get(f"/records/{MACHINE}/options", field="yard.job.machines").body["items"]

    assert filtered.problems == [("/machines/0", "reference_filtered")]
    assert missing.problems == [("/machines/0", "reference_missing")]
    assert heavy["id"] not in [one["id"] for one in offered]


def test_records_are_found_by_what_they_point_at_among_others(yard: Office):
    first, second = machine(yard, "Crane"), machine(yard, "Pump")
    row = {"spare": [first["id"], second["id"]]}
    yard["kay"].create(JOB, name="both", machines=[first["id"], second["id"]], rows=[row])
    yard["kay"].create(JOB, name="one", machines=[second["id"]])

    found = names(yard, JOB, field="machines", op="contains", value=first["id"])
    in_rows = names(yard, JOB, field="rows.spare", op="contains", value=second["id"])
    blank = names(yard, JOB, field="seen", op="blank")

    assert (found, in_rows, blank) == (["both"], ["both"], ["both", "one"])


def test_a_dynamic_reference_says_of_what_kind_it_is_and_is_found_by_it(yard: Office):
    crane = machine(yard)
    link = {"entity": MACHINE, "id": crane["id"]}
    job = yard["kay"].create(JOB, name="j", about=link)

    read = yard["kay"].read(JOB, job["id"])
    other = yard["kay"].post(f"/records/{JOB}", {"values": {"about": {"entity": JOB, "id": job["id"]}}})
    missing = yard["kay"].post(f"/records/{JOB}", {"values": {"about": {"entity": PLACE, "id": crane["id"]}}})

    assert (read["values"]["about"], read["labels"]["about"]) == (link, {crane["id"]: "Crane"})
    assert names(yard, JOB, field="about", op="eq", value=link) == ["j"]
    assert other.problems == [("/about/entity", "link_target")]
    assert missing.problems == [("/about", "reference_missing")]


def test_records_below_another_are_found_through_what_they_point_at(yard: Office):
    machine(yard, "Low", place=yard.ids["bay"])
    machine(yard, "High", place=yard.ids["site"])

    below = names(yard, MACHINE, field="place", op="under", value=yard.ids["hall"])
    places = names(yard, PLACE, field="within", op="under", value=yard.ids["site"])

    assert (below, places) == (["Low"], ["Bay", "Hall"])


def test_a_looked_up_field_changes_with_its_source_and_a_copied_one_does_not(yard: Office):
    crane = machine(yard, place=yard.ids["hall"])

    hall = yard["kay"].read(PLACE, yard.ids["hall"])
    yard["kay"].change(PLACE, hall, room="70.00")

    assert values(yard, MACHINE, crane)["live_room"] == "70.00"
    assert values(yard, MACHINE, crane)["room_then"] == "100.00"


def test_what_restricts_is_told_with_every_use(yard: Office):
    crane = machine(yard)
    link = {"entity": MACHINE, "id": crane["id"]}
    jobs = [yard["kay"].create(JOB, name=name, machines=[crane["id"]]) for name in ("a", "b")]
    yard["kay"].create(JOB, name="c", about=link)
    machine(yard, "Pump", friends=[crane["id"]])

    reply = remove(yard, MACHINE, crane)

    uses = {(one["entity"], one["path"]): one for one in reply.body["params"]["holders"]}
    assert (reply.status, reply.code, reply.body["params"]["count"]) == (409, "in_use", 4)
    assert sorted(uses) == [(JOB, "about"), (JOB, "machines"), (MACHINE, "friends")]
    assert uses[JOB, "machines"]["records"] == [{"id": one["id"], "label": one["values"]["name"]} for one in jobs]


def test_who_may_not_see_what_holds_a_record_is_told_the_count_alone(yard: Office):
    crane = machine(yard)
    yard["kay"].create(JOB, name="a", machines=[crane["id"]])

    told = remove(yard, MACHINE, crane, "hal").body["params"]["holders"]

    assert [(one["path"], one["count"], one["records"]) for one in told] == [("machines", 1, [])]


def test_what_nullifies_lets_go_in_lists_in_rows_and_of_every_kind(yard: Office):
    crane, pump = machine(yard), machine(yard, "Pump")
    link = {"entity": MACHINE, "id": crane["id"]}
    row = {"spare": [crane["id"], pump["id"]], "about": link, "hours": "1.00"}
    job = yard["kay"].create(JOB, name="a", rows=[row, {"spare": [crane["id"]]}])

    assert remove(yard, MACHINE, crane).status == 204

    rows = values(yard, JOB, job)["rows"]
    assert [one["spare"] for one in rows] == [[pump["id"]], None]
    assert (rows[0]["about"], rows[0]["hours"]) == (None, "1.00")


def test_rows_and_records_cascade_at_any_remove_and_in_circles(yard: Office):
    crane = machine(yard)
    first = yard["kay"].create(PART, name="1", of=crane["id"])
    second = yard["kay"].create(PART, name="2", next=first["id"])
    yard["kay"].change(PART, first, next=second["id"])
    note = yard["kay"].create(NOTE, name="n", about={"entity": PART, "id": second["id"]})
    job = yard["kay"].create(JOB, name="a", rows=[{"machine": crane["id"], "hours": "1.00"}, {"hours": "2.00"}])

    assert remove(yard, MACHINE, crane).status == 204

    gone = [yard["kay"].get(f"/records/{entity}/{one['id']}").status for entity, one in ((PART, second), (NOTE, note))]
    assert gone == [404, 404]
    assert [one["hours"] for one in values(yard, JOB, job)["rows"]] == ["2.00"]


def test_rows_that_cascaded_come_back_with_what_they_pointed_at(yard: Office):
    crane, pump = machine(yard), machine(yard, "Pump")
    gone = {"machine": crane["id"], "hours": "1.00", "spare": [pump["id"]]}
    job = yard["kay"].create(JOB, name="a", rows=[gone, {"hours": "2.00"}])
    remove(yard, MACHINE, crane)
    yard["kay"].change(JOB, yard["kay"].read(JOB, job["id"]), name="b")

    restored = put_back(yard, MACHINE, crane)

    now = values(yard, JOB, job)
    told = [(row["hours"], row["machine"], row["spare"]) for row in now["rows"]]
    assert (restored.body["warnings"], now["name"]) == ([], "b")
    assert told == [("2.00", None, None), ("1.00", crane["id"], [pump["id"]])]


def test_rows_stay_out_of_what_was_handed_in_meanwhile(yard: Office):
    crane = machine(yard)
    job = yard["kay"].create(JOB, name="a", rows=[{"machine": crane["id"]}, {"hours": "2.00"}])
    remove(yard, MACHINE, crane)
    yard["kay"].move("submit", JOB, yard["kay"].read(JOB, job["id"]))

    restored = put_back(yard, MACHINE, crane)

    assert restored.status == 200
    assert [(one["code"], one["params"]["count"]) for one in restored.body["warnings"]] == [("rows_stay_out", 1)]
    assert [row["hours"] for row in values(yard, JOB, job)["rows"]] == ["2.00"]


def test_nothing_cascades_to_what_was_handed_in_or_may_not_be_deleted(yard: Office):
    crane, pump = machine(yard), machine(yard, "Pump")
    job = yard["kay"].create(JOB, name="a", rows=[{"machine": crane["id"]}])
    yard["kay"].move("submit", JOB, job)
    yard["kay"].create(PART, name="1", of=pump["id"])

    handed_in, forbidden = remove(yard, MACHINE, crane), remove(yard, MACHINE, pump, "hal")

    assert (handed_in.code, handed_in.body["params"]["uses"]) == ("in_use", [f"{JOB}.rows.machine: 1"])
    assert (forbidden.code, forbidden.body["params"]["uses"]) == ("in_use", [f"{PART}.of: 1"])


def test_a_tree_cascades_from_the_top_and_comes_back_whole(yard: Office):
    site = yard["kay"].read(PLACE, yard.ids["site"])
    machine(yard, place=yard.ids["bay"], weight="3.00")

    held = remove(yard, PLACE, site)
    crane = yard["kay"].list(MACHINE, fields="name").body["items"][0]
    yard["kay"].change(MACHINE, crane, place=None)
    removed = remove(yard, PLACE, site)
    restored = put_back(yard, PLACE, site)

    assert (held.code, removed.status) == ("in_use", 204)
    assert restored.status == 200, restored.body
    assert names(yard, PLACE, field="within", op="under", value=yard.ids["site"]) == ["Bay", "Hall"]
