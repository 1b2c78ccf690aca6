"""What is encrypted, secret or masked: through every path that a value could leave or come back by, on both databases."""

from typing import Any

from sqlalchemy import text

from tests.api.kinds import THING
from tests.api.office import Office

CARD, OTHER_CARD = "11010519491231002X", "440524188001010014"


def stored(office: Office) -> str:
    """Everything that the database holds, as one text."""
    with office.installation.database.reading() as tx:
        tables = [
            row[0]
            for row in tx.connection.execute(
                text(
                    "SELECT name FROM sqlite_master WHERE type = 'table'"
                    if tx.dialect == "sqlite"
                    else "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
                )
            )
        ]
        return "".join(str(tx.connection.execute(text(f'SELECT * FROM "{name}"')).all()) for name in tables)


def made(office: Office, **more: Any) -> dict[str, Any]:
    given = {"name": "a", "sealed": CARD, "mobile": "13800138000", "f_secret": "open sesame"} | more
    return office["kay"].create(THING, **given)


def test_an_encrypted_value_stands_nowhere_in_the_database(kinds: Office):
    kay = kinds["kay"]
    body = {"values": {"name": "a", "sealed": CARD, "f_secret": "open sesame", "f_sub_table": [{"card": OTHER_CARD}]}}
    one = kay.post(f"/records/{THING}", body, idempotency_key="k1").body
    kay.change(THING, one, name="b", sealed=OTHER_CARD)
    kay.delete(f"/records/{THING}/{one['id']}", if_match='"2"')

    everything = stored(kinds)

    assert CARD not in everything
    assert OTHER_CARD not in everything
    assert "open sesame" not in everything


def test_who_may_read_an_encrypted_value_reads_it(kinds: Office):
    one = made(kinds)

    assert kinds["kay"].read(THING, one["id"])["values"]["sealed"] == CARD
    listed = kinds["kay"].list(THING, fields="sealed").body["items"][0]["values"]
    assert listed == {"sealed": CARD}


def test_an_encrypted_value_is_found_by_equality_and_by_nothing_else(kinds: Office):
    made(kinds)
    made(kinds, name="b", sealed=OTHER_CARD)
    made(kinds, name="c", sealed=None)
    kay = kinds["kay"]

    def found(op: str, value: object) -> object:
        reply = kay.list(THING, filter={"field": "sealed", "op": op, "value": value}, fields="name", sort="name")
        return [one["values"]["name"] for one in reply.body["items"]] if reply.status == 200 else reply.problems[0][1]

    assert found("eq", CARD.lower()) == ["a"]
    assert found("in", [CARD, OTHER_CARD]) == ["a", "b"]
    assert found("ne", CARD) == ["b"]
    assert found("not_in", [CARD]) == ["b"]
    assert found("blank", None) == ["c"]
    assert found("not_blank", None) == ["a", "b"]
    assert found("contains", "1101") == "operator_not_for_type"
    assert kay.list(THING, sort="sealed").problems[0][1] == "order_not_possible"
    assert kay.list(THING, q=CARD).body["items"] == []


def test_an_encrypted_value_can_be_unique(kinds: Office):
    made(kinds)

    reply = kinds["kay"].post(f"/records/{THING}", {"values": {"name": "b", "sealed": CARD}})

    assert reply.problems == [("/sealed", "not_unique")]


def test_a_secret_is_written_and_never_read(kinds: Office):
    one = made(kinds)
    dots = one["values"]["f_secret"]

    same = kinds["kay"].change(THING, one, name="b", f_secret=dots)
    other = kinds["kay"].change(THING, same, f_secret="other")
    gone = kinds["kay"].change(THING, other, f_secret=None)

    assert [one["values"]["f_secret"] for one in (same, other, gone)] == ["••••••", "••••••", None]
    with kinds.installation.database.reading() as tx:
        published = kinds.installation.configurations.in_force(tx, writing=False)
        assert published.configuration.entity(THING).field("f_secret") is not None
    assert (same["version"], other["version"], gone["version"]) == (2, 3, 4)


def test_history_tells_that_a_secret_changed_and_not_what_it_was(kinds: Office):
    one = made(kinds)
    kinds["kay"].change(THING, one, f_secret="other", sealed=OTHER_CARD)

    newest = kinds["kay"].get(f"/records/{THING}/{one['id']}/history").body["items"][0]

    told = {change["path"]: (change["before"], change["after"]) for change in newest["changes"]}
    assert set(told) == {"f_secret", "sealed"}
    assert told["sealed"] == ("110•••••••••••002X", "440•••••••••••0014")


def test_a_masked_value_leaves_masked_by_every_path(kinds: Office):
    one = made(kinds, f_sub_table=[{"card": CARD, "wide": "1"}])
    lou = kinds["lou"]

    read = lou.read(THING, one["id"])["values"]
    listed = lou.list(THING, fields="sealed,mobile").body["items"][0]["values"]
    history = lou.get(f"/records/{THING}/{one['id']}/history").body
    told = {field["name"]: field for field in lou.get(f"/entities/{THING}").body["fields"]}

    assert (read["sealed"], read["mobile"]) == ("110•••••••••••002X", "138••••8000")
    assert listed == {"sealed": "110•••••••••••002X", "mobile": "138••••8000"}
    assert read["f_sub_table"][0]["card"] == "110•••••••••••002X"
    assert CARD not in str(history)
    assert "13800138000" not in str(history)
    assert (told["mobile"]["access"], told["mobile"]["operators"], told["mobile"]["sortable"]) == ("mask", [], False)


def test_a_masked_value_sent_back_is_no_change_and_any_other_is_refused(kinds: Office):
    one = made(kinds, f_sub_table=[{"card": CARD, "wide": "1"}])
    lou = kinds["lou"]
    seen = lou.read(THING, one["id"])
    row = {name: value for name, value in seen["values"]["f_sub_table"][0].items() if name != "stamp"}

    same = lou.change(THING, seen, name="b", mobile=seen["values"]["mobile"], f_sub_table=[row | {"wide": "2"}])
    refused = lou.try_change(THING, same, mobile="13900139000")
    blanked = lou.try_change(THING, same, mobile=None)

    kept = kinds["kay"].read(THING, one["id"])["values"]
    assert (kept["name"], kept["mobile"], kept["sealed"]) == ("b", "+8613800138000", CARD)
    assert (kept["f_sub_table"][0]["card"], kept["f_sub_table"][0]["wide"]) == (CARD, "2.00")
    assert refused.problems == [("/mobile", "field_not_writable")]
    assert blanked.problems == [("/mobile", "field_not_writable")]


def test_nobody_asks_about_what_is_seen_masked(kinds: Office):
    made(kinds)
    lou, entity = kinds["lou"], f"/records/{THING}"

    replies = [
        lou.list(THING, filter={"field": "mobile", "op": "eq", "value": "13800138000"}),
        lou.list(THING, sort="mobile"),
        lou.get(f"{entity}/totals", columns="mobile:max"),
        lou.post(f"{entity}/aggregate", {"group": ["mobile"], "values": [{"fn": "count", "field": ""}]}),
    ]

    assert [reply.problems[0][1] for reply in replies] == ["field_masked"] * 4
    assert lou.list(THING, q="0138000").body["items"] == []


def test_a_deleted_record_comes_back_with_what_was_encrypted(kinds: Office):
    one = made(kinds)
    kay = kinds["kay"]
    kay.delete(f"/records/{THING}/{one['id']}", if_match='"1"')

    kay.post(f"/records/{THING}/recycle_bin/{one['id']}/restore")

    assert kay.read(THING, one["id"])["values"]["sealed"] == CARD
