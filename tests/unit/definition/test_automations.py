"""Automations: what is wrong with one is said at once and in the right place; circles are warned of; days are reckoned right."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.definition import changes, check_documents
from engine.definition.automation_moments import date_moment, next_moment
from engine.definition.automations import Trigger, changed_paths
from tests.unit.definition.shop import Documents, codes, configuration, document, documents, found, problems

SET_PRICE = {"type": "update", "set": {"price": "COALESCE(price, 0) + 1"}}
TELL = {"type": "notify", "to": [{"role": "keeper"}], "text": "x"}
SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")


def automation(on: object, *do: object, entity: str | None = "item", **more: object) -> dict[str, object]:
    trigger = {"type": on} if isinstance(on, str) else on
    body = {"name": "one", "title": "一", "entity": entity, "on": trigger, "do": list(do)} | more
    return document("automation", **{key: value for key, value in body.items() if value is not None})


def with_automation(*given: object, **more: Any) -> Documents:
    return documents() | {"shop/automations/one.json": automation(*given, **more)}


ORDER: dict[str, Any] = {"entity": "order"}
MISTAKES = [
    (("create", {"type": "update", "set": {"prise": "1"}}), {}, "/do/0/set/prise", "unknown_field"),
    (("create", {"type": "update", "set": {"price": "name"}}), {}, "/do/0/set/price", "formula_wrong_result"),
    (("create", {"type": "update", "set": {"unit": "OLD.unit"}}), {}, "/do/0/set/unit", "formula_no_old"),
    (("create", SET_PRICE), {"when": "prise > 1"}, "/when", "formula_unknown_name"),
    (("create", SET_PRICE), {"entity": None}, "/on/type", "automation_needs_entity"),
    (("create", SET_PRICE), {"entity": "thing"}, "/entity", "unknown_entity"),
    (("create", TELL), {"entity": "stock"}, "/entity", "automation_on_ledger"),
    (("effect", TELL), {}, "/on/type", "automation_not_a_document"),
    (("effect", {"type": "update", "set": {"reason": "'x'"}}), ORDER, "/do/0", "automation_changes_closed"),
    (("create", {"type": "create", "entity": "stock", "set": {"item": "id"}}), {}, "/do/0/entity", "automation_writes_ledger"),
    (("change", {"type": "create", "entity": "item", "set": {"price": "1"}}), {}, "/do/0/set", "automation_incomplete"),
    (("create", {"type": "update", "set": {"total": "1"}}), ORDER, "/do/0/set/total", "automation_sets_computed"),
    (("create", {"type": "update", "entity": "item", "set": {"unit": "'x'"}}), {}, "/do/0/entity", "automation_find_incomplete"),
    (
        ("create", {"type": "post", "to": "stock", "set": {"item": "id", "quantity": "1"}}),
        {},
        "/do/0",
        "automation_posts_early",
    ),
    (("create", {"type": "submit"}), {}, "/do/0", "automation_submits_master"),
    (("create", {"type": "notify", "to": [{"user": "name"}], "text": "x"}), {}, "/do/0/to/0/user", "automation_not_people"),
    (("create", {"type": "notify", "to": [{"role": "kepper"}], "text": "x"}), {}, "/do/0/to/0/role", "role_not_declared"),
    (("create", {"type": "notify", "to": [{"role": "keeper"}], "text": "{x}"}), {}, "/do/0/text", "formula_unknown_name"),
    (({"type": "date", "field": "name"}, SET_PRICE), {}, "/on/field", "automation_date_field"),
    (({"type": "field_change", "fields": ["nme"]}, SET_PRICE), {}, "/on/fields/0", "unknown_field"),
    (({"type": "schedule", "every": "day", "timezone": "Mars/Base"}, SET_PRICE), {}, "/on/timezone", "automation_unknown_zone"),
    (({"type": "schedule", "every": "hour"}, SET_PRICE), {}, "/on/every", "schema_not_allowed"),
    (({"type": "schedule", "every": "day"}, SET_PRICE), {"entity": None}, "/do/0", "automation_without_record"),
    (({"type": "button", "title": "x", "roles": ["kepper"]}, SET_PRICE), {}, "/on/roles/0", "role_not_declared"),
    (("create", {"type": "call", "url": "ftp://x", "secret": "s", "body": {"a": "1"}}), {}, "/do/0/url", "schema_malformed"),
    (("create", {"type": "update", "set": {"lines": "1"}}), ORDER, "/do/0/set/lines", "automation_rows_needed"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "more", "pointer", "code"), MISTAKES)
def test_one_mistake_is_one_finding_in_the_right_place(
    given: tuple[object, ...], more: dict[str, Any], pointer: str, code: str
):
    assert problems(with_automation(*given, **more)) == [("shop/automations/one.json", pointer, code)]


def test_a_webhook_reads_its_payload_by_type():
    payload = {
        "type": "object",
        "properties": {"name": {"type": "string"}, "price": {"type": "string", "format": "decimal"}},
    }
    on = {"type": "webhook", "secret": "s", "payload": payload}
    values = {"name": "PAYLOAD.name", "price": "PAYLOAD.price * 2"}

    right = codes(with_automation(on, {"type": "create", "entity": "item", "set": values}, entity=None))
    wrong = codes(
        with_automation(on, {"type": "create", "entity": "item", "set": values | {"name": "PAYLOAD.nme"}}, entity=None)
    )

    assert (right, wrong) == (set(), {"formula_unknown_member"})


def two(first: object, second: object) -> Documents:
    other = automation(second, {"type": "update", "set": {"price": "1"}}) | {"name": "two"}
    changed = with_automation(first, {"type": "update", "set": {"unit": "'x'"}})
    return changed | {"shop/automations/two.json": other}


def test_a_circle_is_a_warning_with_its_path_and_keeps_nothing_from_being_published():
    circle = two({"type": "field_change", "fields": ["price"]}, {"type": "field_change", "fields": ["unit"]})

    warning = found(circle, "automation_cycle")

    assert (warning.severity, warning.params["path"]) == ("warning", "shop.one -> shop.two -> shop.one")
    assert len(check_documents(circle)) == 1
    assert set(configuration(circle).automations) == {"shop.one", "shop.two"}


def test_automations_that_touch_different_fields_are_no_circle():
    assert (
        codes(two({"type": "field_change", "fields": ["name"]}, {"type": "field_change", "fields": ["unit"]})) == set()
    )


def test_publishing_tells_what_changes_of_an_automation():
    old, new = with_automation("create", SET_PRICE), with_automation("create", SET_PRICE, order=5, when="price > 1")

    told = [(one.kind, one.subject, one.aspect, one.after) for one in changes(configuration(old), configuration(new))]

    assert told == [("changed", "automation", "when", "price > 1"), ("changed", "automation", "order", "5")]


def test_changed_paths_name_fields_of_rows():
    entity = configuration().entity("shop.order")
    before = {"day": 1, "lines": [{"id": "a", "count": 1, "item": "x"}]}

    same = changed_paths(entity, before, {"day": 1, "lines": [{"id": "a", "count": 1, "item": "x"}]})
    row = changed_paths(entity, before, {"day": 1, "lines": [{"id": "a", "count": 2, "item": "x"}]})
    gone = changed_paths(entity, before, {"day": 2, "lines": []})

    assert (same, row) == (frozenset(), {"lines", "lines.count"})
    assert {"day", "lines", "lines.item", "lines.count"} <= gone


@pytest.mark.parametrize(
    ("trigger", "zone", "after", "moment"),
    [
        (Trigger("schedule", every="day", at=time(8)), SHANGHAI, (2026, 3, 2, 0), (2026, 3, 3, 0)),
        (Trigger("schedule", every="day", at=time(8)), SHANGHAI, (2026, 3, 1, 23, 59), (2026, 3, 2, 0)),
        (Trigger("schedule", every="week", weekday=7, at=time(8)), SHANGHAI, (2026, 3, 2, 0), (2026, 3, 8, 0)),
        (Trigger("schedule", every="month", day=31, at=time(8)), SHANGHAI, (2028, 2, 1, 0), (2028, 2, 29, 0)),
        (Trigger("schedule", every="month", day=31, at=time(8)), SHANGHAI, (2026, 12, 31, 0), (2027, 1, 31, 0)),
        # Clocks go forward on 29 March 2026: half past two is not there. They go back on 25 October: it is there twice.
        (Trigger("schedule", every="day", at=time(2, 30)), BERLIN, (2026, 3, 28, 12), (2026, 3, 29, 1, 30)),
        (Trigger("schedule", every="day", at=time(2, 30)), BERLIN, (2026, 10, 24, 12), (2026, 10, 25, 0, 30)),
        (Trigger("schedule", every="day", at=time(2, 30)), BERLIN, (2026, 10, 25, 0, 30), (2026, 10, 26, 1, 30)),
    ],
)  # fmt: skip
def test_the_next_moment_of_a_schedule(
    trigger: Trigger, zone: ZoneInfo, after: tuple[int, ...], moment: tuple[int, ...]
):
    found_moment = next_moment(trigger, datetime(*after, tzinfo=UTC), zone)  # type: ignore[arg-type,misc]

    assert found_moment == datetime(*moment, tzinfo=UTC)  # type: ignore[arg-type,misc]


@given(
    st.sampled_from(["day", "week", "month"]),
    st.integers(1, 7),
    st.integers(1, 31),
    st.times().map(lambda one: one.replace(second=0, microsecond=0, tzinfo=None)),
    st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1)),  # noqa: DTZ001  # hypothesis adds no zone
    st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/St_Johns", "Pacific/Apia"]),
)
def test_moments_rise_and_are_never_further_apart_than_their_rhythm(
    every: Any, weekday: int, day: int, at: time, start: datetime, name: str
):
    trigger, zone = Trigger("schedule", every=every, weekday=weekday, day=day, at=at), ZoneInfo(name)
    longest = {"day": timedelta(days=2), "week": timedelta(days=8), "month": timedelta(days=32)}[every]

    first = next_moment(trigger, start.replace(tzinfo=UTC), zone)
    second = next_moment(trigger, first, zone)

    assert start.replace(tzinfo=UTC) < first < second <= first + longest


def test_a_date_is_due_some_days_before_or_after_at_a_time_of_its_zone():
    soon = Trigger("date", date="day", days=-3, at=time(9))

    assert date_moment(soon, date(2026, 3, 2), SHANGHAI) == datetime(2026, 2, 27, 1, tzinfo=UTC)
    assert date_moment(Trigger("date", date="day", days=3650), date(9999, 1, 1), SHANGHAI) is None
