"""Links that may not run in a circle: between records, in rows, in batches, out of the bin, and by two people at once."""

from collections.abc import Callable
from itertools import pairwise

from tests.api.office import Office, Person, Reply
from tests.api.plant import LINK, STEP, TOOL
from tests.api.simultaneously import at_once


def steps(office: Office, names: str, parent: str | None = None) -> dict[str, str]:
    return {name: office["ann"].create(STEP, code=name, parent=parent)["id"] for name in names}


def link(person: Person, one: str, other: str) -> Callable[[], Reply]:
    return lambda: person.post(f"/records/{LINK}", {"values": {"before": one, "after": other}})


def told(reply: Reply) -> list[tuple[str, str, str]]:
    return [(one["pointer"], one["code"], one["params"]["path"]) for one in reply.body["problems"]]


def test_a_link_that_closes_a_circle_is_refused_with_the_circle_by_names(plant: Office):
    ann, at = plant["ann"], steps(plant, "ABCDE")
    ways = ["AB", "BC", "CD", "BD", "DE"]
    made = [link(ann, at[one], at[other])().status for one, other in ways]

    closing = link(ann, at["D"], at["A"])()
    itself = link(ann, at["A"], at["A"])()
    across = link(ann, at["A"], at["E"])()

    assert made == [201] * 5
    assert (closing.status, told(closing)) == (422, [("/after", "links_circle", "D → A → B → D")])
    assert "No way round." in str(closing.body)
    assert told(itself) == [("/after", "links_circle", "A → A")]
    assert across.status == 201


def test_a_link_may_be_turned_and_what_was_deleted_binds_nobody(plant: Office):
    ann, at = plant["ann"], steps(plant, "AB")
    first = ann.create(LINK, before=at["A"], after=at["B"])

    turned = ann.change(LINK, first, before=at["B"], after=at["A"])
    again = ann.try_change(LINK, turned, code="x")
    ann.delete(f"/records/{LINK}/{first['id']}", **{"If-Match": f'"{again.body["version"]}"'})

    assert again.status == 200
    assert link(ann, at["A"], at["B"])().status == 201
    restored = plant["admin"].post(f"/records/{LINK}/recycle_bin/{first['id']}/restore")
    assert (restored.status, told(restored)) == (422, [("/after", "links_circle", "B → A → B")])


def test_what_lies_in_one_another_is_not_linked_and_links_count_for_all_inside(plant: Office):
    ann, top = plant["ann"], steps(plant, "PQ")
    inside = steps(plant, "ab", parent=top["P"]) | steps(plant, "x", parent=top["Q"])
    assert link(ann, inside["a"], top["Q"])().status == 201

    own_child = link(ann, top["P"], inside["a"])()
    through = link(ann, inside["x"], top["P"])()

    assert told(own_child) == [("/after", "links_within", "P → a")]
    assert told(through) == [("/after", "links_circle", "x → P → a → Q → x")]
    assert link(ann, top["P"], inside["x"])().status == 201


def test_moving_a_step_into_what_it_is_linked_with_is_refused(plant: Office):
    ann, at = plant["ann"], steps(plant, "PQR")
    link(ann, at["P"], at["Q"])()
    link(ann, at["Q"], at["R"])()

    within = ann.try_change(STEP, ann.read(STEP, at["Q"]), parent=at["P"])
    circle = ann.try_change(STEP, ann.read(STEP, at["R"]), parent=at["P"])
    many = ann.post(
        f"/records/{STEP}/bulk", {"operations": [{"op": "update", "id": at["R"], "values": {"parent": at["P"]}}]}
    )

    assert told(within) == [("/parent", "links_within", "P → Q")]
    assert (
        told(circle) == [("/parent", "links_within", "P → R")] or circle.body["problems"][0]["code"] == "links_circle"
    )
    assert ann.read(STEP, at["R"])["values"]["parent"] is None
    assert "links_circle" in str(many.body)


def test_rows_are_links_of_their_record(plant: Office):
    ann = plant["ann"]
    saw = ann.create(TOOL, code="saw")
    lathe = ann.create(TOOL, code="lathe", needs=[{"tool": saw["id"]}])
    press = ann.create(TOOL, code="press", needs=[{"tool": saw["id"]}, {"tool": lathe["id"]}])

    closing = ann.try_change(TOOL, saw, needs=[{"tool": None}, {"tool": press["id"]}])
    twice = ann.try_change(TOOL, saw, needs=[{"tool": lathe["id"]}, {"tool": saw["id"]}])

    assert told(closing) == [("/needs/1/tool", "links_circle", "press → saw → press")]
    assert {at for at, _, _ in told(twice)} == {"/needs/0/tool", "/needs/1/tool"}


def test_a_batch_is_judged_one_after_the_other(plant: Office):
    ann, at = plant["ann"], steps(plant, "ABC")
    wanted = [(at[one], at[other]) for one, other in ("AB", "BC", "CA", "AC")]
    made = [{"op": "create", "values": {"before": one, "after": other}} for one, other in wanted]

    reply = ann.post(f"/records/{LINK}/bulk", {"operations": made, "mode": "each_alone"})

    assert "A → B → C → A" in str(reply.body) or "C → A → B → C" in str(reply.body)
    assert len(ann.list(LINK).body["items"]) == 3


def test_of_two_links_that_close_a_circle_together_exactly_one_is_made(plant: Office):
    at = steps(plant, "AB")

    replies = at_once(link(plant["ann"], at["A"], at["B"]), link(plant["ben"], at["B"], at["A"]))

    assert sorted(reply.status for reply in replies) == [201, 422]


def test_a_link_costs_the_same_number_of_statements_in_a_long_chain(plant: Office):
    ann = plant["ann"]
    chain = [ann.create(STEP, code=f"S{number}")["id"] for number in range(30)]
    link(ann, chain[0], chain[1])()

    counts = []
    for one, other in pairwise(chain[1:]):
        with plant.statements() as noted:
            link(ann, one, other)()
        counts.append(len(noted))

    assert len(set(counts)) == 1
