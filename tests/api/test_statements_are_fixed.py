"""What people type becomes a bound value or is refused; no letter of it stands in the text of a statement."""

from itertools import product
from urllib.parse import quote

import pytest

from tests.api.office import Office
from tests.api.shop import ITEM, ORDER, an_order

MARK = "zqxj"
"""Letters that stand in no statement by themselves; every hostile text has them."""

HOSTILE = (
    f"{MARK}' OR '1'='1",
    f'{MARK}"; DROP TABLE account; --',
    f"{MARK}') UNION SELECT password_hash FROM account --",
    f"{MARK}%_\\",
    f"{MARK}$1 :name %(name)s %s ? {{0}}",
    f"{MARK}\u0000\u2028\U0001f4a5/*",
    f"name {MARK}",
    f"name.{MARK}",
    f"{MARK}.name",
    f"-name) {MARK}",
    f"lines.{MARK}",
    f"`{MARK}` [{MARK}]",
)
OPERATORS = ("eq", "ne", "contains", "starts_with", "in", "between", "lt", f"{MARK} OR 1")


_WORDS = ("q", "sort", "fields", "view", "expand", "cursor")


def ask_everything(office: Office, text: str) -> list[int]:
    """Put a text into every place where a query takes one, and return the statuses."""
    admin = office["admin"]
    found = [
        admin.list(entity, filter={"field": path, "op": operator, "value": _value(operator, text)}).status
        for entity, operator, path in product((ITEM, ORDER), OPERATORS, ("id", "note", text))
    ]
    for entity in (ITEM, ORDER):
        found += [admin.list(entity, **{name: text}).status for name in _WORDS]
        found.append(admin.get(f"/records/{entity}/totals", columns=f"{text}:sum,price:{text}").status)
        found.append(admin.get(f"/records/{entity}/options", q=text, ids=text, field=text).status)
        body = {"group": [text], "values": [{"fn": text, "field": text}]}
        found.append(admin.post(f"/records/{entity}/aggregate", body).status)
        asked = {
            "rows": [{"field": text}],
            "values": [{"fn": "max", "field": text}],
            "q": text,
            "view": text,
            "sort": text,
        }
        found.append(admin.post(f"/records/{entity}/pivot", asked).status)
        found.append(admin.get(f"/records/{entity}/recycle_bin", q=text).status)
        found.append(admin.get(f"/records/{entity}/{quote(text, safe='')}/comments", thread=text, at=text).status)
        found.append(
            admin.post(f"/exports/{entity}", {"format": "csv", "q": text, "sort": text, "fields": text}).status
        )
        found.append(admin.send("PUT", f"/records/{entity}/by-key", {"key": [text], "values": {text: text}}).status)
        found.append(admin.post(f"/records/{entity}", {"values": {text: text, "note": text, "code": text}}).status)
        found.append(admin.post(f"/records/{entity}/bulk", {"operations": [{"op": text, "id": text}]}).status)
    found.append(admin.get("/measures/shop.held", by=text, where={text: text, "item": text}).status)
    found.append(admin.get("/measures/shop.held/documents", where={"item": text}).status)
    found.append(admin.get("/people", q=text, ids=text).status)
    found.append(admin.get("/explain", person=text, entity=ORDER, record=text, field=text, action=text).status)
    return found


def _value(operator: str, text: str) -> object:
    return [text, text] if operator in {"in", "between"} else text


@pytest.mark.parametrize("text", HOSTILE)
def test_no_statement_has_a_letter_of_what_was_typed(office: Office, text: str):
    office["anna"].create(ORDER, **an_order(office))

    with office.statements() as seen:
        statuses = ask_everything(office, text)

    assert not [one for one in statuses if one >= 500]
    assert len(seen) > len(statuses) / 2
    assert not [one for one in seen if MARK in one]
