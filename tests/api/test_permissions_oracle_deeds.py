"""The oracle on the paths by which records are written, pressed, decided, summed up and talked about."""

from typing import Any

from tests.api.office import Office
from tests.api.oracle_asking import KEYS, Asked, ids
from tests.api.oracle_company import COMPANY, JUDGES
from tests.api.oracle_words import FIELDS, GONE, JOB, THING, Row
from tests.api.sheets import chosen, finished, send


def test_what_was_said_is_read_by_who_reads_the_record_and_added_to_by_who_may(asked: Asked):
    for entity, key in KEYS.items():
        for row in asked.rows(entity):
            path = f"/records/{key}/{asked.office.ids[row.key]}/comments"
            listed, blank = asked.get(path), asked.scan(asked.person.post(path, {"text": " "}), path)
            file = asked.person.get(f"/files/{asked.office.ids[f'said file:{row.key}']}")
            reads, may = asked.oracle.may(row, "read"), asked.oracle.may(row, "comment")
            asked.agrees("comments", (listed.status, file.status), (200, 200) if reads else (404, 404), row.key)
            asked.agrees("comment", blank.status, 404 if not reads else 422 if may else 403, row.key)
            if reads:
                told = [one["id"] for one in listed.body["items"]], listed.body["may_comment"]
                asked.agrees("comments", told, ([asked.office.ids[f"said:{row.key}"]], may), row.key)


def test_a_key_finds_what_the_oracle_lets_be_found(asked: Asked):
    for row in asked.rows("thing"):
        one = {"op": "upsert", "values": {"code": row.values["code"], "memo": "words"}}
        reply = asked.scan(
            asked.person.post(f"/records/{THING}/bulk", {"key": ["code"], "operations": [one], "dry_run": True})
        )
        asked.agrees("upsert", found_by_key(asked, reply.body, row), expected_by_key(asked, row), row.key, reply.body)


def found_by_key(asked: Asked, body: dict[str, Any], row: Row) -> str:
    """Return what a dry run says of a key: that the record is found and changed, or that nothing comes of it."""
    results = body.get("results")
    changed = results and results[0]["status"] == "updated" and results[0]["id"] == asked.office.ids[row.key]
    return "changed" if changed else "refused"


def expected_by_key(asked: Asked, row: Row) -> str:
    oracle = asked.oracle
    found = row in oracle.readable("thing", ("code",)) and oracle.asks_by("thing", "code")
    may = oracle.may(row, "update") and oracle.level(row, "memo") == "write"
    return "changed" if found and may else "refused"


def test_the_check_of_a_file_changes_what_the_oracle_lets_be_changed(asked: Asked):
    rows = asked.rows("thing")
    content = "\n".join(["code,memo", *(f"{row.values['code']},words" for row in rows)]).encode()

    offer = asked.scan(send(asked.person, THING, content, "things.csv"), "import")

    imports = "keeper" in asked.oracle.human.roles
    asked.agrees("import", offer.status, 201 if imports else 403, offer.body)
    if imports:
        wanted = chosen(offer.body, mode="update", key=["code"])
        started = asked.person.post(f"/imports/{THING}/checks", wanted)
        result = finished(asked.office, asked.person, started)["result"]
        expected = [expected_by_key(asked, row) for row in rows]
        told = result["updated"], result["refused"]
        asked.agrees("import", told, (expected.count("changed"), expected.count("refused")), result)


def test_an_earlier_version_is_seen_as_the_record_is_and_brought_back_by_who_may_change_it(asked: Asked):
    for entity, key in KEYS.items():
        for row in asked.rows(entity):
            path = f"/records/{key}/{asked.office.ids[row.key]}"
            seen = asked.get(f"{path}/versions/1")
            back = asked.scan(asked.person.post(f"{path}/restore", {"version": 1}, if_match='"99"'), path)
            reads, may = asked.oracle.may(row, "read"), asked.oracle.may(row, "update")
            asked.agrees("version", seen.status, 200 if reads else 404, row.key)
            asked.agrees("restore", back.status, 404 if not reads else 412 if may else 403, row.key, back.body)
            for path in FIELDS[entity] if reads else ():
                if "." not in path and asked.oracle.level(row, path) == "hidden":
                    asked.agrees("version", path in seen.body["values"], False, row.key, path)


def test_a_button_is_for_who_reads_the_record_and_holds_its_role(asked: Asked):
    for row in asked.rows("job"):
        path = f"/records/{JOB}/{asked.office.ids[row.key]}/buttons"
        offered = asked.get(path)
        pressed = asked.scan(asked.person.post(f"{path}/depot.press", {}, if_match='"99"'), path)
        reads, holds = asked.oracle.may(row, "read"), "checker" in asked.oracle.human.roles
        asked.agrees("button", offered.status, 200 if reads else 404, row.key)
        asked.agrees("button", pressed.status, 404 if not reads else 412 if holds else 403, row.key, pressed.body)
        if reads:
            asked.agrees("button", [one["key"] for one in offered.body["items"]], ["depot.press"] if holds else [])


def test_the_log_of_automations_and_the_jobs_of_others_are_closed(asked: Asked):
    job = a_job(asked.office)

    log = [asked.get(path).status for path in ("/automations", "/automations/runs")]
    work = [asked.get(path).status for path in (f"/jobs/{job}", f"/jobs/{job}/rows")]
    ended = [asked.person.post(f"/jobs/{job}/{verb}").status for verb in ("cancel", "undo")]

    asked.agrees("log", log, [403, 403])
    asked.agrees("jobs", (work, ended), ([404, 404], [404, 404]))
    asked.agrees("jobs", job in {one["id"] for one in asked.get("/jobs").body["items"]}, False)


_JOBS: dict[int, str] = {}


def a_job(office: Office) -> str:
    """Return a finished job of the administrator, made once for each copy."""
    if id(office) not in _JOBS:
        admin = office["admin"]
        offer = send(admin, THING, b"code,memo\nT0,words", "one.csv").body
        done = finished(office, admin, admin.post(f"/imports/{THING}/checks", chosen(offer, key=["code"])))
        _JOBS[id(office)] = done["id"]
    return _JOBS[id(office)]


def test_tasks_are_for_who_is_asked_and_open_the_record_to_nobody_else(asked: Asked):
    todo = asked.get("/tasks", box="todo").body["items"]

    mine = [asked.office.ids[f"slip:{asked.login}"]] if asked.login in JUDGES else []
    asked.agrees("tasks", [one["record_id"] for one in todo], mine)
    for login in JUDGES:
        path = f"/records/depot.slip/{asked.office.ids[f'slip:{login}']}"
        replies = [asked.get(f"{path}{more}").status for more in ("", "/approval", "/history", "/comments")]
        asked.agrees("tasks", set(replies), {200 if login == asked.login else 404}, login, replies)


def test_a_dashboard_has_what_its_measures_let_be_seen(asked: Asked):
    reads, asks = asked.oracle.may_by_role("job", "read"), asked.oracle.asks_by_role
    price = not asked.oracle.may_by_role("thing", "read") or asks("thing", "price")
    shown = {
        "sized": reads and asks("job", "size"),
        "rated": reads and asks("job", "lines.rate"),
        "priced": reads and price,
    }

    board = asked.get("/dashboards/depot.board")

    asked.agrees("dashboard", board.status, 200 if any(shown.values()) else 403)
    if board.status == 200:
        asked.agrees(
            "dashboard", [one["name"] for one in board.body["widgets"]], [key for key, may in shown.items() if may]
        )


def test_many_are_changed_only_among_those_that_the_oracle_lets_be_changed(asked: Asked):
    body = {"action": "update", "everything": True, "values": {"memo": "words"}, "dry_run": True}

    reply = asked.scan(asked.person.post(f"/records/{JOB}/bulk", body), "bulk")

    may = asked.oracle.may_any("job", "read")
    asked.agrees("bulk", reply.status in (200, 403), True, reply.body)
    if may and reply.status == 200:
        changed = sorted(one["id"] for one in reply.body["results"] if one["status"] == "updated")
        rows = [row for row in asked.readable("job") if asked.oracle.may(row, "update") and row.key not in GONE]
        expected = ids(asked, [row for row in rows if asked.oracle.level(row, "memo") == "write"])
        asked.agrees("bulk", changed, expected, reply.body)
    assert COMPANY.rows
