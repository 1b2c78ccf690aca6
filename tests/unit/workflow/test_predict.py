from engine.workflow import Stop, predict
from tests.unit.workflow.play import FakePeople, Play, approve, branch, compiled, flow, parallel


def test_the_whole_path_is_told_before_handing_in() -> None:
    copy = {"name": "tell", "type": "copy", "to": [{"user": "gus"}]}
    play = Play(compiled(flow(approve("a", "bo", "cy", mode="all"), branch("size", [approve("b", "di")]), copy)))
    play.conditions["/steps/1/branches/0/when"] = True

    told = predict(play.program, None, play.env(), "ann")

    assert told.status == "approved"
    assert [(stop.node, stop.verb, stop.people, stop.branch) for stop in told.stops] == [
        ("a", "asked", ("bo", "cy"), ""),
        ("size", "route", (), "when"),
        ("b", "asked", ("di",), ""),
        ("tell", "cc", ("gus",), ""),
    ]
    assert told.stops[0].why == {
        "rules": [
            {"rule": {"kind": "user", "value": "bo"}, "users": ["bo"]},
            {"rule": {"kind": "user", "value": "cy"}, "users": ["cy"]},
        ]
    }


def test_from_a_running_instance_what_is_still_to_come_is_told() -> None:
    play = Play(compiled(flow(approve("a", "bo"), approve("b", "cy"), approve("c", "di"))))
    play.act("submit")

    told = predict(play.program, play.state, play.env(), "ann")

    assert [stop.node for stop in told.stops] == ["b", "c"]
    assert play.pending() == ["bo@a"]


def test_what_came_back_is_predicted_as_handed_in_again() -> None:
    play = Play(compiled(flow(approve("a", "bo"), approve("b", "cy"))))
    play.act("submit")
    play.act("return", "bo", targets=["start"])

    told = predict(play.program, play.state, play.env(), "ann")

    assert [stop.node for stop in told.stops] == ["a", "b"]


def test_a_node_that_finds_nobody_ends_the_prediction() -> None:
    blocked = {"name": "b", "type": "approve", "by": [{"role": "nobody"}], "empty": "block"}
    play = Play(compiled(flow(parallel("both", [approve("a", "bo")], [blocked]))))

    told = predict(play.program, None, play.env(), "ann")

    assert told.status == "error"
    assert [(stop.node, stop.verb) for stop in told.stops] == [("a", "asked"), ("b", "blocked")]


def test_a_path_of_too_many_steps_is_an_error() -> None:
    nobody = {"type": "approve", "by": [{"role": "nobody"}], "empty": "auto_pass"}
    play = Play(compiled(flow(approve("a", "bo"), *({"name": f"n{number}", **nobody} for number in range(201)))))

    told = predict(play.program, None, play.env(), "ann")

    assert (told.status, [stop.node for stop in told.stops]) == ("error", ["a"])


def test_who_is_passed_over_is_told() -> None:
    play = Play(compiled(flow(approve("a", "bo"), approve("b", "bo", "cy"), deduplicate="once_ever")), FakePeople())

    told = predict(play.program, None, play.env(), "ann")

    assert told.stops[-1] == Stop("b", "auto_skip", reason="duplicate")
