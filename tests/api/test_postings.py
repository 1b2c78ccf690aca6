"""What documents write to ledgers and take back, and limits that hold when many ask at once."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from tests.api.ledgering import CLAIM, ENTRY, RETURN
from tests.api.office import Office, Person, Reply
from tests.api.simultaneously import at_once


def submit(person: Person, entity: str, record: dict[str, Any]) -> Callable[[], Reply]:
    return lambda: person.try_move("submit", entity, record)


def shares(*weights: str) -> list[dict[str, str]]:
    return [{"target": f"T{at}", "weight": one} for at, one in enumerate(weights)]


def written(office: Office) -> list[tuple[str, str, str]]:
    items = office["ann"].list(ENTRY, sort="target").body["items"]
    return [(one["values"]["target"], one["values"]["amount"], one["values"]["rate"]) for one in items]


def test_an_amount_is_shared_and_its_reversal_keeps_the_rate(sites: Office):
    ann = sites["ann"]
    claim = ann.create(CLAIM, site=sites.ids["north"], target="T", amount="1000.00", shares=shares("1", "1", "1"))

    submitted = ann.move("submit", CLAIM, claim)
    after = written(sites)
    ann.move("void", CLAIM, submitted)

    assert after == [("T0", "333.34", "7.10"), ("T1", "333.33", "7.10"), ("T2", "333.33", "7.10")]
    assert sorted(written(sites)) == sorted([*after, *((target, f"-{amount}", rate) for target, amount, rate in after)])


def test_weights_that_are_all_zero_are_told_and_nothing_is_written(sites: Office):
    ann = sites["ann"]
    claim = ann.create(CLAIM, site=sites.ids["north"], target="T", amount="10.00", shares=shares("0", "0"))

    reply = ann.try_move("submit", CLAIM, claim)

    assert (reply.status, {code for _, code in reply.problems}) == (422, {"formula_failed"})
    assert written(sites) == []


def test_an_entry_that_cannot_be_worked_out_is_told_and_nothing_is_written(sites: Office):
    ann = sites["ann"]
    claim = ann.create(CLAIM, site=sites.ids["north"], target="T", amount="10.00", factor="0")

    reply = ann.try_move("submit", CLAIM, claim)

    assert (reply.status, [code for _, code in reply.problems]) == (422, ["formula_failed"])
    assert written(sites) == []


def test_of_two_requests_for_the_last_two_hundred_thousand_exactly_one_passes(sites: Office):
    ann, ben = sites["ann"], sites["ben"]
    ann.move("submit", CLAIM, ann.create(CLAIM, site=sites.ids["north"], target="first", amount="300000.00"))
    claims = [one.create(CLAIM, site=sites.ids["north"], target=one.login, amount="200000.00") for one in (ann, ben)]

    replies = at_once(*(submit(one, CLAIM, claim) for one, claim in zip((ann, ben), claims, strict=True)))

    assert sorted(reply.status for reply in replies) == [200, 422]
    assert sum(Decimal(amount) for _, amount, _ in written(sites)) == 500000


@pytest.mark.parametrize("round_", range(3))
def test_documents_that_read_the_same_figures_in_another_order_never_wait_for_each_other(sites: Office, round_: int):
    kinds = (CLAIM, RETURN, CLAIM, RETURN)
    people = [sites.another(login) for login in ("ann", "ben", "ann", "ben")]
    records = [
        one.create(kind, site=sites.ids["south"], target=f"T{round_}", amount="1.00")
        for one, kind in zip(people, kinds, strict=True)
    ]

    replies = at_once(*(submit(*one) for one in zip(people, kinds, records, strict=True)))

    assert [reply.status for reply in replies] == [200] * 4
