"""Shared option sets: retired choices stay readable and are refused anew on every path; what goes while in use is told."""

import copy
from typing import Any

from tests.api.kinds import OPTIONS, THING
from tests.api.office import Office, Reply

SET = "kinds/options/colours.json"


def edit(office: Office, options: list[dict[str, Any]]) -> Reply:
    document = copy.deepcopy(office["admin"].get(f"/draft/documents/{SET}").body["document"])
    return office["admin"].put(f"/draft/documents/{SET}", {"document": document | {"options": options}})


def without_red(office: Office, *, retired: bool) -> None:
    red, *others = copy.deepcopy(OPTIONS["colours"])
    edit(office, [red | {"retired": True}, *others] if retired else others)
    reply = office["admin"].post("/publications", {"note": "less red"})
    assert reply.status == 201, reply


def refused(reply: Reply) -> list[tuple[str, str]]:
    assert reply.status == 422
    return reply.problems


def test_a_retired_choice_stays_readable_and_may_stay_where_it_is(kinds: Office):
    kay = kinds["kay"]
    one = kay.create(THING, name="a", colours="red", shades=["red", "blue"])
    without_red(kinds, retired=True)

    read = kay.read(THING, one["id"])
    changed = kay.change(THING, read, name="b", colours="red", shades=["blue", "red"])

    assert (changed["values"]["colours"], changed["values"]["shades"]) == ("red", ["blue", "red"])


def test_a_retired_choice_is_refused_wherever_it_would_be_new(kinds: Office):
    kay = kinds["kay"]
    before = kay.create(THING, name="a", colours="blue", shades=["blue"])
    without_red(kinds, retired=True)

    def create(**values: Any) -> Reply:
        return kay.post(f"/records/{THING}", {"values": {"name": "x"} | values})

    assert refused(create(colours="red")) == [("/colours", "option_retired")]
    assert refused(create(shades=["blue", "red"])) == [("/shades/1", "option_retired")]
    assert refused(kay.try_change(THING, before, colours="red")) == [("/colours", "option_retired")]
    assert refused(kay.try_change(THING, before, shades=["blue", "red"])) == [("/shades/1", "option_retired")]
    assert refused(create(f_reference=kinds.ids["one"])) == [("/copied", "option_retired")]


def test_publishing_tells_how_options_change(kinds: Office):
    red, grey, blue = copy.deepcopy(OPTIONS["colours"])
    edit(kinds, [red | {"title": "大红"}, blue, {"value": "green", "title": "绿"}, grey])

    told = kinds["admin"].get("/draft").body["changes"]

    sentences = " ".join(one["sentence"] for one in told)
    assert ("added", "option") in {(one["kind"], one["subject"]) for one in told}
    assert "green" in sentences
    assert "大红" in sentences


def test_taking_a_choice_away_from_records_that_have_it_is_told(kinds: Office):
    kinds["kay"].create(THING, name="a", colours="red", shades=["red", "blue"])
    edit(kinds, copy.deepcopy(OPTIONS["colours"])[1:])

    problems = kinds["admin"].get("/draft").body["plan"]["problems"]

    told = [(one["code"], one["params"]["field"]["zh-CN"], one["params"]["rows"]) for one in problems]
    assert told == [("option_in_use", "色", 1), ("option_in_use", "色", 1), ("option_in_use", "多色", 1)]
    assert {one["severity"] for one in problems} == {"warning"}


def test_a_wrong_set_is_told_with_its_place(kinds: Office):
    reply = edit(kinds, [{"value": "a", "title": "甲"}, {"value": "a", "title": "乙"}, {"value": "b c", "title": "丙"}])

    codes = [(one["pointer"], one["code"]) for one in reply.body["problems"] if one["file"] == SET]
    assert codes == [("/options/1/value", "duplicate_name"), ("/options/2/value", "schema_malformed")]
