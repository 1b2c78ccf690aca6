import pytest

from engine.errors import Conflict, NotFound
from engine.workflow import Agree, Effect, Seat, State, Submit, legal_targets
from tests.unit.workflow.play import START, FakePeople, Play, approve, branch, compiled, flow, parallel


def test_why_somebody_is_asked_stands_in_the_log() -> None:
    steps = {
        "name": "a",
        "type": "approve",
        "by": [{"role": "clerk"}, {"department_head": {"level": 2}}],
        "self": "superior",
    }
    people = FakePeople(
        roles={"clerk": ["ann", "off"]}, heads={"ann": [["hal"]]}, superiors={"ann": "sue"}, inactive=["off"]
    )
    play = Play(compiled(flow(steps)), people)

    play.act("submit")

    asked = play.events[-1]
    assert (asked.verb, asked.actor, asked.node) == ("asked", "system", "a")
    assert asked.payload["seats"] == [{"seat": 1, "user": "sue"}, {"seat": 2, "user": "hal"}]
    assert asked.payload["why"] == {
        "rules": [
            {"rule": {"kind": "role", "value": "clerk"}, "users": ["ann", "off"]},
            {"rule": {"kind": "department_head", "level": 2}, "users": ["hal"]},
        ],
        "inactive": ["off"],
        "self": "superior",
        "instead": ["sue"],
    }


def test_a_vote_is_one_event_with_its_comment_and_moment() -> None:
    play = Play(compiled(flow(approve("a", "bo", "cy", mode="all"))))
    play.act("submit")

    decision = play.act("agree", "bo", comment="fine")

    (event,) = decision.events
    assert (event.seq, event.verb, event.actor, event.node, event.seat) == (3, "approved", "bo", "a", 1)
    assert event.payload == {"comment": "fine"}
    (seat,) = decision.seats
    assert (seat.status, seat.comment, seat.at, seat.rev) == ("agreed", "fine", event.at, 3)
    assert decision.effects == ()


def test_the_branches_that_were_tried_stand_in_the_log() -> None:
    play = Play(compiled(flow(branch("size", [], [approve("a", "bo")]))))
    play.conditions["/steps/0/branches/0/when"] = None

    play.act("submit")

    route = play.events[1]
    assert (route.verb, route.payload) == ("route", {"branch": "otherwise", "tried": {"when": None}})


def test_a_closed_seat_says_what_came_of_it() -> None:
    play = Play(compiled(flow(approve("a", "bo", "cy"), approve("b", "di"))))
    play.act("submit")
    play.act("agree", "cy")

    with pytest.raises(Conflict) as refusal:
        play.act("agree", "bo")

    assert refusal.value.params == {
        "status": "cancelled",
        "when": "2026-03-02T09:01:00+00:00",
        "outcome": "passed",
        "instance": "running",
    }


def test_who_has_acted_is_told_so_with_the_moment() -> None:
    play = Play(compiled(flow(approve("a", "bo", "cy", mode="all"))))
    play.act("submit")
    play.act("agree", "bo")

    with pytest.raises(Conflict) as refusal:
        play.act("agree", "bo")

    assert (refusal.value.code, refusal.value.params["who"]) == ("already_acted", "bo")
    assert refusal.value.params["when"] == "2026-03-02T09:01:00+00:00"


def test_only_the_holder_acts_from_a_seat_and_only_from_one_that_is() -> None:
    play = Play(compiled(flow(approve("a", "bo"))))
    play.act("submit")

    with pytest.raises(Conflict, match="not_your_seat"):
        play.do(Agree(actor="cy", seat=1, rev=2))
    with pytest.raises(NotFound):
        play.do(Agree(actor="cy", seat=99, rev=1))


def test_the_last_two_of_a_countersign_lead_on_once() -> None:
    play = Play(compiled(flow(approve("a", "bo", "cy", mode="all"), approve("b", "di"))))
    play.act("submit")
    late = play.command("agree", "cy")
    play.act("agree", "bo")

    play.do(late)

    assert play.pending() == ["di@b"]
    assert play.verbs().count("asked") == 2


def test_five_hundred_seats_lead_on_once() -> None:
    users = [f"u{number}" for number in range(500)]
    play = Play(compiled(flow(approve("a", *users, mode="all"), approve("b", "di"))))
    play.act("submit")

    for user in users:
        decision = play.act("agree", user)

    assert [event.seq for event in play.events] == list(range(1, len(play.events) + 1))
    assert play.verbs().count("asked") == 2
    assert [seat.user for seat in decision.seats] == [users[-1], "di"]


def test_a_transfer_keeps_who_was_asked_first() -> None:
    play = Play(compiled(flow(approve("a", "bo"))))
    play.act("submit")
    play.act("transfer", "bo", to="cy")

    play.act("transfer", "cy", to="di", comment="yours")

    assert (play.seat("di").origin_user, play.seat("cy").comment) == ("bo", "yours")
    assert play.events[-1].payload == {"to": "di", "to_seat": 3, "comment": "yours"}


def test_too_many_steps_in_one_go_are_refused() -> None:
    nobody = {"type": "approve", "by": [{"role": "nobody"}], "empty": "auto_pass"}
    document = flow(*({"name": f"n{number}", **nobody} for number in range(201)))
    play = Play(compiled(document))

    with pytest.raises(Conflict, match="step_limit"):
        play.act("submit")

    assert play.state.status == "draft"
    shorter = Play(compiled(flow(*document["steps"][:199])))
    assert shorter.act("submit").state.status == "approved"


def test_a_state_survives_being_stored() -> None:
    play = Play(compiled(flow(approve("a", "bo"), parallel("both", [approve("p", "cy")], [approve("q", "di")]))))
    for verb, user in (("submit", "ann"), ("agree", "bo"), ("agree", "di")):
        play.act(verb, user)
    play.act("return", "cy", targets=["a"], resume="back_to_me")

    stored = State.from_document(play.state.to_document(), play.state.seats)

    assert stored == play.state


def test_coming_straight_back_over_a_join_leaves_no_token_in_it() -> None:
    play = Play(compiled(flow(parallel("both", [approve("p", "bo")], [approve("q", "cy")]), approve("y", "di"))))
    for verb, user in (("submit", "ann"), ("agree", "bo"), ("agree", "cy")):
        play.act(verb, user)
    play.act("return", "di", targets=["p"], resume="back_to_me")
    carried = [token.node for token in play.state.tokens if token.arrived]

    play.act("agree", "bo")

    assert carried == ["both.join"]
    assert [token.node for token in play.state.tokens] == ["y"]


def test_history_does_not_make_the_state_grow() -> None:
    play = Play(compiled(flow(approve("a", "bo"), approve("b", "cy"))))
    play.act("submit")
    sizes = set()

    for _ in range(30):
        play.act("agree", "bo")
        sizes.add((len(play.state.activations), len(play.state.tokens)))
        play.act("return", "cy", targets=["a"])

    assert sizes == {(3, 1)}


def test_legal_targets_are_what_was_passed_by_people_in_drawn_order() -> None:
    nobody = {"name": "auto", "type": "approve", "by": [{"role": "nobody"}], "empty": "auto_pass"}
    copy = {"name": "tell", "type": "copy", "to": [{"user": "gus"}]}
    play = Play(compiled(flow(approve("a", "bo", title="First"), nobody, copy, approve("b", "cy"), approve("c", "di"))))
    play.act("submit")
    play.act("agree", "bo")
    before = play.seat("cy")

    targets = legal_targets(play.program, play.state, before.id)

    assert [(target.node, target.title, target.round) for target in targets] == [("start", "", 1), ("a", "First", 1)]
    assert legal_targets(play.program, play.state, 99) == ()


def test_a_retry_that_ends_the_instance_leaves_other_nodes_alone() -> None:
    step = {"type": "approve", "by": [{"role": "clerk"}], "empty": "block"}
    play = Play(compiled(flow(parallel("both", [{"name": "p", **step}], [{"name": "q", **step}]))))
    play.act("submit")
    play.people.roles = {"clerk": ["bo"]}

    decision = play.act("retry", "root", comment="found one")

    assert (decision.state.status, play.pending()) == ("running", ["bo@p", "bo@q"])
    assert Effect("notify", "asked", "bo", 1) in decision.effects


def test_a_command_does_not_touch_what_it_was_given() -> None:
    play = Play(compiled(flow(approve("a", "bo"))))
    before = play.state

    play.do(Submit(actor="ann"))

    assert (before.status, before.tokens, before.seats) == ("draft", (), ())
    assert isinstance(play.state.seats[0], Seat)
    assert play.state.seats[0].at == START
