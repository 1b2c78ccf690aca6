"""The story of the demo company: told from a seed and a date, the same each time."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import pairwise
from random import Random

import pytest

from demo.events import HERE, Event, Person, Ref, Story, in_order, moment
from demo.generation import SEED, generate
from demo.ids import SeededIds
from demo.months import Months
from demo.people import ROLES_SHOWN, accounts, log_ins

TODAY = date(2026, 11, 21)
DATES = [
    TODAY,
    date(2026, 3, 1),
    date(2027, 1, 2),
    date(2028, 2, 29),
    date(2026, 8, 31),
    *(date(2027, month, 9) for month in range(1, 13)),
]


@pytest.fixture(scope="module", params=DATES, ids=str)
def told(request: pytest.FixtureRequest) -> tuple[date, list[Event]]:
    return request.param, list(generate(SEED, request.param))


def test_the_same_seed_and_date_tell_the_same_story():
    once = repr(list(generate(7, TODAY)))

    again = repr(list(generate(7, TODAY)))

    assert once == again


def test_another_seed_tells_another_story():
    assert list(generate(7, TODAY)) != list(generate(8, TODAY))


def test_the_company_is_as_large_as_promised(told: tuple[date, list[Event]]):
    _, events = told

    created = Counter(event.entity for event in events if event.verb == "create")

    assert created["organisation.project"] == 3
    assert created["day_labour.worker"] == 200
    assert created["day_labour.team"] == 12
    assert created["funds.contract"] == 40
    assert sum(len(_rows(event)) for event in events if event.entity == "day_labour.day_sheet") >= 5000


def test_the_story_spans_eighteen_months_and_ends_yesterday(told: tuple[date, list[Event]]):
    today, events = told
    months = Months(today, 18)

    days = [event.at.date() for event in events]

    assert (
        months.first(0)
        <= next(event.at.date() for event in events if event.entity == "day_labour.day_sheet")
        <= months.last(0)
    )
    assert max(days) < today


def test_events_come_in_the_order_of_time(told: tuple[date, list[Event]]):
    _, events = told

    assert all(one.at <= other.at for one, other in pairwise(events))


def test_nothing_is_mentioned_before_it_is_there(told: tuple[date, list[Event]]):
    _, events = told
    known: set[str] = set()
    logins = {account.login for account in accounts()}

    for event in events:
        mentioned = set(_mentioned(event.values))
        assert {name for name in mentioned if isinstance(name, str)} <= known, event
        assert {person.login for person in mentioned if isinstance(person, Person)} <= logins
        assert event.name in known or event.verb == "create"
        assert event.actor in logins or event.verb in {"agree", "reject", "return"}
        known.add(event.name)


def test_a_name_is_given_once(told: tuple[date, list[Event]]):
    _, events = told

    names = Counter(event.name for event in events if event.verb == "create")

    assert names.most_common(1)[0][1] == 1


def test_every_role_has_a_log_in_that_is_printed_once():
    lines = log_ins()

    assert len(ROLES_SHOWN) == len(set(ROLES_SHOWN))
    assert {account.role for account in accounts()} <= {
        account.role for account in accounts() if account.login in ROLES_SHOWN
    }
    assert all(any(f" {login} " in line for line in lines) for login in ROLES_SHOWN)


def test_what_happens_after_the_end_is_not_told():
    story = Story(Random(1))
    story.record(moment(date(2026, 1, 5)), "a.b", "late", "admin")
    story.record(moment(date(2026, 1, 2)), "a.b", "early", "admin")

    told = list(in_order(story, until=date(2026, 1, 4)))

    assert [event.name for event in told] == ["early"]


def test_people_work_by_day():
    story = Story(Random(1))
    at = moment(date(2026, 1, 5), 17, 50)

    moments = [at := story.later(at) for _ in range(200)]

    assert all(8 <= one.hour < 18 for one in moments)
    assert moments == sorted(moments)


def test_months_skip_sundays_and_what_has_not_come():
    months = Months(date(2026, 3, 5), 3)

    days = months.working_days(2)

    assert days == [date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 4)]
    assert months.text(0) == "2026-01"
    assert months.last(1) == date(2026, 2, 28)
    assert months.day(0, 3) == date(2026, 1, 5)


def test_ids_rise_with_the_story_and_are_the_same_each_time():
    early, late = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=HERE)

    def some() -> Iterator[str]:
        ids = SeededIds(5)
        for at in (early, late, early):
            ids.at(at)
            yield from (ids(), ids())

    once, again = list(some()), list(some())

    assert once == again == sorted(once)
    assert all(one[14] == "7" for one in once)
    assert int(once[0].replace("-", "")[:12], 16) == int(early.timestamp() * 1000)


def _rows(event: Event) -> list[object]:
    rows = (event.values or {}).get("lines")
    return rows if isinstance(rows, list) else []


def _mentioned(value: object) -> Iterator[str | Person]:
    if isinstance(value, Ref):
        yield value.name
    elif isinstance(value, Person):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _mentioned(one)
    elif isinstance(value, list):
        for one in value:
            yield from _mentioned(one)
