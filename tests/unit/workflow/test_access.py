from engine.workflow import FieldAccess, field_access
from tests.unit.workflow.play import Play, approve, compiled, flow, parallel

DOCUMENT = flow(
    approve("a", "bo", fields={"total": "write", "note": "required", "secret": "hidden"}),
    parallel(
        "both",
        [approve("p", "cy", fields={"secret": "hidden", "note": "read"})],
        [approve("q", "cy", "di", fields={"note": "write"})],
    ),
    fields={"number": "read"},
)


def submitted() -> Play:
    play = Play(compiled(DOCUMENT))
    play.act("submit")
    return play


def test_the_initiator_writes_a_draft_and_what_came_back() -> None:
    play = Play(compiled(DOCUMENT))
    draft = field_access(play.program, play.state, "ann")
    play.act("submit")
    running = field_access(play.program, play.state, "ann")

    play.act("return", "bo", targets=["start"])

    assert draft == field_access(play.program, play.state, "ann") == FieldAccess("write", {"number": "read"})
    assert running == FieldAccess("read", {})


def test_who_is_asked_has_what_the_node_gives() -> None:
    play = submitted()

    access = field_access(play.program, play.state, "bo")

    paths = ("total", "note", "secret", "secret.inner", "other")
    assert [access.of(path) for path in paths] == ["write", "required", "hidden", "hidden", "read"]


def test_who_sits_twice_has_the_widest() -> None:
    play = submitted()
    play.act("agree", "bo")

    access = field_access(play.program, play.state, "cy")

    assert access.fields == {"secret": "read", "note": "write"}


def test_who_has_decided_writes_nothing_and_still_does_not_see_what_was_hidden() -> None:
    play = submitted()
    decision = play.act("agree", "bo")

    access = field_access(play.program, decision.state, "bo")

    assert access == FieldAccess("read", {"total": "read", "note": "read", "secret": "hidden"})


def test_for_others_the_flow_says_nothing() -> None:
    play = submitted()

    assert field_access(play.program, play.state, "gus") == FieldAccess()
