"""Buttons, the run log and replay."""

from typing import Any

from tests.api.automating import automate, automation, runs, update
from tests.api.office import Office
from tests.api.shop import ITEM

PRESS = {"type": "button", "title": "记一笔", "roles": ["keeper"], "allow": "keeper = ME OR ISBLANK(keeper)"}


def item(office: Office, **values: object) -> dict[str, Any]:
    return office["kim"].create(ITEM, **({"code": "X1", "name": "Nail"} | values))


def press(office: Office, login: str, record: dict[str, Any], version: int = 0) -> Any:
    path = f"/records/{ITEM}/{record['id']}/buttons/shop.mark"
    return office[login].post(path, if_match=f'"{version or record["version"]}"')


def test_a_button_is_offered_to_those_who_may_press_it_and_does_its_part(office: Office):
    automate(office, automation("mark", PRESS, update({"note": "'by ' & ME.name"}), when="ISBLANK(note)"))
    record = item(office)
    path = f"/records/{ITEM}/{record['id']}/buttons"

    offered = {login: office[login].get(path).body["items"] for login in ("kim", "anna", "admin")}
    forbidden = press(office, "anna", record)
    stale = press(office, "kim", record, 9)
    pressed = press(office, "kim", record)
    again = press(office, "kim", pressed.body)

    assert {login: len(items) for login, items in offered.items()} == {"kim": 1, "anna": 0, "admin": 1}
    assert offered["kim"][0] == {"key": "shop.mark", "title": "记一笔", "help": ""}
    assert (forbidden.status, stale.status, pressed.status) == (403, 412, 200)
    assert pressed.body["values"]["note"] == "by Kim"
    assert (again.status, again.code) == (409, "button_not_now")
    assert office["kim"].get(path).body["items"] == []


def test_a_button_that_another_owns_or_a_record_that_is_hidden_is_refused(office: Office):
    automate(office, automation("mark", PRESS, update({"note": "'x'"})))
    record = item(office, keeper=office.ids["ken"])

    refused = press(office, "kim", record)
    unknown = office["kim"].post(f"/records/{ITEM}/{record['id']}/buttons/shop.no", if_match='"1"')
    unseen = press(office, "dora", record)

    assert [one.status for one in (refused, unknown, unseen)] == [403, 404, 404]


def test_a_failed_run_is_played_again_once_it_can_succeed_and_once_only(office: Office):
    automate(
        office,
        automation(
            "copy_code", {"type": "field_change", "fields": ["unit"]}, update({"code": "unit", "note": "OLD.unit"}), on_failure="log"
        ),
    )  # fmt: skip
    admin, record = office["admin"], item(office)
    office["kim"].change(ITEM, record, unit="B1")
    failed = runs(office)[0]

    still_wrong = admin.post(f"/automations/runs/{failed['id']}/replay")
    office["kim"].change(ITEM, admin.read(ITEM, office.ids["bolt"]), code="B9")
    done = admin.post(f"/automations/runs/{failed['id']}/replay")
    version = admin.read(ITEM, record["id"])["version"]
    twice = admin.post(f"/automations/runs/{failed['id']}/replay")

    values = admin.read(ITEM, record["id"])["values"]
    assert (values["code"], values["note"]) == ("B1", "个")
    assert [one.body["result"] for one in (still_wrong, done, twice)] == ["failed", "done", "done"]
    assert done.body["id"] == twice.body["id"]
    assert admin.read(ITEM, record["id"])["version"] == version
    log = {one["id"]: one for one in runs(office)}
    assert len(log) == 3
    assert (log[failed["id"]]["replayed_by"], log[failed["id"]]["can_replay"]) == (done.body["id"], False)


def test_what_was_refused_or_done_cannot_be_played_again(office: Office):
    automate(office, automation("mark", "change", update({"note": "'x'"}), update({"code": "'B1'"}), when="pieces = 7"))
    record = item(office)
    office["kim"].try_change(ITEM, record, pieces=7)

    refused = office["admin"].post(f"/automations/runs/{runs(office)[0]['id']}/replay")
    unknown = office["admin"].post("/automations/runs/no/replay")

    assert (refused.status, refused.code, unknown.status) == (409, "run_not_failed", 404)


def test_the_log_is_for_administrators_filtered_and_paged(office: Office):
    automate(
        office,
        automation("good", "create", update({"note": "'x'"})),
        automation("bad", "create", update({"code": "'B1'"}), on_failure="log", order=200),
    )
    made = [item(office, code=f"X{number}") for number in range(3)]

    first = office["admin"].get("/automations/runs", limit="4").body
    second = office["admin"].get("/automations/runs", limit="4", cursor=first["next_cursor"]).body
    of_one = runs(office, record=made[0]["id"])

    assert (len(first["items"]), len(second["items"]), second["next_cursor"]) == (4, 2, None)
    assert {one["automation"] for one in runs(office, result="failed")} == {"shop.bad"}
    assert {one["automation"] for one in runs(office, automation="shop.good")} == {"shop.good"}
    assert (len(of_one), runs(office, module="other")) == (2, [])
    assert {one["actor"]["name"] for one in of_one} == {"Kim"}
    forbidden = [office["kim"].get(path).status for path in ("/automations", "/automations/runs")]
    assert [*forbidden, office["kim"].post(f"/automations/runs/{of_one[0]['id']}/replay").status] == [403, 403, 403]
