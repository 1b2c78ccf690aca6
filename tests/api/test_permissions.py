"""Who may do what on which record: every combination against what was written down by hand."""

from typing import Any

import pytest

from tests.api.office import Office
from tests.api.shop import ORDER, an_order, large, submitted

# The small and the large order are Anna's, the far one is Bert's. The small and the far one are for machine M1, whose driver
# is Dora; Lee leads Anna's department; Ada audits what is above 1000; Otto may see, change, void and delete all.
# `yes` allowed, `no` forbidden, `-` not even seen.
EXPECTED = """
              read  update  delete  submit  withdraw  void
anna  small   yes   yes     yes     yes     yes       no
anna  large   yes   yes     yes     yes     yes       no
anna  far     -     -       -       -       -         -
lee   small   yes   no      no      no      no        no
lee   large   yes   no      no      no      no        no
lee   far     -     -       -       -       -         -
dora  small   yes   yes     no      no      no        no
dora  large   -     -       -       -       -         -
dora  far     yes   yes     no      no      no        no
ada   small   -     -       -       -       -         -
ada   large   yes   no      no      no      no        no
ada   far     yes   no      no      no      no        no
otto  small   yes   yes     yes     no      no        yes
otto  large   yes   yes     yes     no      no        yes
otto  far     yes   yes     yes     no      no        yes
zoe   small   -     -       -       -       -         -
"""
ANSWERS = {200: "yes", 412: "yes", 403: "no", 404: "-"}


@pytest.fixture
def orders(office: Office) -> dict[str, dict[str, Any]]:
    m2 = office.ids["m2"]
    return {
        "small": office["anna"].create(ORDER, **an_order(office)),
        "large": office["anna"].create(ORDER, **large(office, machine=m2)),
        "far": office["bert"].create(ORDER, **large(office)),
    }


def answer(office: Office, login: str, order: dict[str, Any], action: str) -> str:
    """Ask with a version that is long gone: who may do it is told so, and nothing happens."""
    path, person, stale = f"/records/{ORDER}/{order['id']}", office[login], {"if_match": '"99"'}
    match action:
        case "read":
            reply = person.get(path)
        case "update":
            reply = person.patch(path, {"values": {"slip": "x"}}, **stale)
        case "delete":
            reply = person.delete(path, **stale)
        case _:
            reply = person.post(f"{path}/{action}", {}, **stale)
    return ANSWERS.get(reply.status, str(reply.status))


def test_every_answer_is_the_one_that_was_written_down(office: Office, orders: dict[str, dict[str, Any]]):
    header, *lines = (line.split() for line in EXPECTED.strip().splitlines())

    seen = [
        [login, name, *(answer(office, login, orders[name], action) for action in header)] for login, name, *_ in lines
    ]

    assert seen == lines


def test_what_is_said_to_be_possible_is_possible(office: Office, orders: dict[str, dict[str, Any]]):
    for line in EXPECTED.strip().splitlines()[1:]:
        login, name, _, update, delete, submit, *_ = line.split()
        if "-" not in line.split():
            actions = office[login].read(ORDER, orders[name]["id"])["actions"]
            said = ["yes" if action in actions else "no" for action in ("update", "delete", "submit")]
            assert said == [update, delete, submit], line


def test_who_may_create_is_written_down(office: Office):
    allowed = {
        login: office[login].post(f"/records/{ORDER}", {"values": an_order(office)}).status
        for login in ("anna", "bert", "lee", "dora", "ada", "kim", "otto", "zoe", "admin")
    }

    assert allowed == dict.fromkeys(("lee", "dora", "ada", "kim", "otto", "zoe"), 403) | dict.fromkeys(
        ("anna", "bert", "admin"), 201
    )


def test_a_project_role_counts_only_in_the_own_team(office: Office):
    admin, dora = office["admin"], office["dora"]
    m2 = admin.read("shop.machine", office.ids["m2"])
    office["anna"].create(ORDER, **an_order(office, machine=m2["id"]))
    before = len(dora.list(ORDER).body["items"])
    admin.change("shop.machine", m2, people=[{"person": office.ids["dora"], "part": "driver"}])

    after = len(dora.list(ORDER).body["items"])

    assert (before, after) == (0, 1)


def test_a_step_opens_only_what_it_names_and_only_while_it_asks(office: Office):
    order = submitted(office, **large(office))
    kim = office["kim"]
    before = kim.try_change(ORDER, order, note="too early")
    office["dora"].decide("agree", order)
    during = kim.try_change(ORDER, office["kim"].read(ORDER, order["id"]), note="not named at this step")

    access = {login: office[login].read(ORDER, order["id"])["field_access"] for login in ("kim", "anna")}

    assert (before.status, during.status) == (403, 403)
    assert access["anna"] == {"margin": "hidden"}
    assert access["kim"].get("note") != "write"


def test_a_hidden_field_of_a_role_stays_hidden_at_a_step_that_does_not_name_it(office: Office):
    order = office["otto"].change(ORDER, office["anna"].create(ORDER, **large(office)), margin="7.77")
    order = office["anna"].move("submit", ORDER, office["anna"].read(ORDER, order["id"]))
    seat = office["dora"].approval(order)["my_seat"]
    office["dora"].try_decide("transfer", seat, to=office.ids["ada"])

    seen = office["ada"].read(ORDER, order["id"])

    assert "margin" not in seen["values"]
    assert "price" not in seen["values"]["lines"][0]
