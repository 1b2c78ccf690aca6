"""Limits of measures: raised once where a figure crosses them, told to whom they name, marked on the figure, cleared again."""

import pytest

from engine.definition.schemas import address
from engine.services.limits import asking
from engine.storage.limits import Alerts
from tests.api.books import BILL, SITE
from tests.api.office import Office

MEASURE = "/measures/books.spent"
LIMITS = [
    {
        "name": "dear",
        "by": ["site"],
        "when": "value > 100",
        "severity": "alert",
        "message": "{site.code} 已用 {TEXT(value, 2)}",
        "to": [{"role": "treasurer"}, {"project_role": "keeper_here", "of": "site"}],
    },
    {"name": "apart", "by": ["site"], "when": "COUNT(others) > 0 AND value > AVG(others)", "message": "!", "to": []},
]


@pytest.fixture
def limited(books: Office) -> Office:
    measure = {
        "$schema": address("measure"),
        "name": "spent",
        "title": "Spent",
        "from": "journal",
        "value": "amount",
        "dimensions": [{"name": "site", "title": "Site"}],
        "limits": LIMITS,
    }
    admin = books["admin"]
    keeper = [{"person": books.ids["max"], "part": "keeper_here"}]
    admin.change(SITE, admin.read(SITE, books.ids["north"]), people=keeper)
    assert admin.put("/draft/documents/books/measures/spent.json", {"document": measure}).status == 200
    published = admin.post("/publications", {"note": "limits"})
    assert published.status == 201, published
    return books


def spend(office: Office, amount: str, site: str = "north") -> dict[str, object]:
    bill = office["cleo"].create(BILL, site=office.ids[site], day="2026-03-02", amount=amount)
    return office["cleo"].move("submit", BILL, bill)


def marks(office: Office, login: str = "fay") -> dict[str, list[str]]:
    asking.tick(office.installation)
    rows = office[login].get(MEASURE, by="site").body["rows"]
    return {row["labels"]["site"]: [one["limit"] for one in row["alerts"]] for row in rows}


def notices(office: Office, login: str) -> list[str]:
    return [str(one["text"]) for one in office[login].get("/notifications").body["items"]]


def test_a_limit_is_told_once_until_it_is_kept_again(limited: Office):
    spend(limited, "100")
    before = marks(limited)

    crossing = spend(limited, "0.01")
    raised = marks(limited)
    spend(limited, "5")
    still = marks(limited)
    told = {login: notices(limited, login) for login in ("fay", "max", "cleo")}
    limited["cleo"].move("void", BILL, crossing)
    spend(limited, "-5")
    cleared = marks(limited)
    spend(limited, "50")
    again = marks(limited)

    assert (before, raised, still) == ({"north": []}, {"north": ["dear"]}, {"north": ["dear"]})
    assert told == {"fay": ["north 已用 100.01"], "max": ["north 已用 100.01"], "cleo": []}
    assert (cleared, again) == ({"north": []}, {"north": ["dear"]})
    assert notices(limited, "fay") == ["north 已用 150.00", "north 已用 100.01"]


def test_a_figure_is_compared_with_those_of_other_places(limited: Office):
    spend(limited, "10")
    spend(limited, "11", "south")

    found = marks(limited)
    whole = limited["fay"].get(MEASURE).body["alerts"]
    narrowed = limited["fay"].get(MEASURE, where={"site": limited.ids["north"]}).body["alerts"]

    assert found == {"north": [], "south": ["apart"]}
    assert ([one["limit"] for one in whole], narrowed) == (["apart"], [])


def test_writers_add_one_statement_and_two_who_ask_raise_it_once(limited: Office):
    asking.tick(limited.installation)
    with limited.installation.database.reading() as tx:
        before = Alerts(tx).due()
    spend(limited, "101")

    with limited.installation.database.reading() as tx:
        due = Alerts(tx).due()
    worked = [asking.tick(limited.installation) for _ in range(2)]

    assert (before, due) == ((), ("books.spent/apart", "books.spent/dear"))
    assert worked == [2, 0]
    assert len(notices(limited, "fay")) == 1


def test_limits_are_asked_anew_each_day_and_what_is_no_limit_any_more_is_cleared(limited: Office):
    spend(limited, "101")
    raised = marks(limited)
    document = {**limited["admin"].get("/draft/documents/books/measures/spent.json").body["document"], "limits": []}

    limited["admin"].put("/draft/documents/books/measures/spent.json", {"document": document})
    limited["admin"].post("/publications", {"note": "none"})
    asking.tick(limited.installation)

    with limited.installation.database.reading() as tx:
        assert Alerts(tx).of("books.spent") == ()
    assert raised == {"north": ["dear"]}
