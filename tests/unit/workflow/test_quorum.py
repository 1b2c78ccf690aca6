from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.workflow.quorum import Ballot, Mode, decide, parse_mode


@pytest.mark.parametrize(
    ("written", "mode"),
    [
        ("any", Mode("any")),
        ("all", Mode("share")),
        ("sequential", Mode("share", in_order=True)),
        ({"quorum": "2/3"}, Mode("share", 2, 3)),
        ({"quorum": "66.67%"}, Mode("share", 6667, 10000)),
        ({"quorum": "50%", "strict": True}, Mode("share", 1, 2, strict=True)),
        ({"count": 2, "wait_all": True}, Mode("count", 2, wait_all=True)),
        ({"weight": 50, "in_order": True}, Mode("weight", 50, in_order=True)),
    ],
)
def test_a_mode_is_read(written: object, mode: Mode) -> None:
    assert parse_mode(written) == mode
    assert Mode.from_document(mode.to_document()) == mode


@pytest.mark.parametrize(
    "written",
    [
        "most", 3, None, [], {}, {"quorum": "0%"}, {"quorum": "101%"}, {"quorum": "4/3"}, {"quorum": "1/0"}, {"quorum": "x"},
        {"quorum": 0.5}, {"quorum": "100%", "strict": True}, {"count": 0}, {"count": True}, {"count": 1, "strict": True},
        {"weight": "50"}, {"quorum": "1/2", "count": 1}, {"quorum": "1/2", "wait_all": "yes"}, {"wait_all": True},
    ],
)  # fmt: skip
def test_what_is_no_mode_is_not_read(written: object) -> None:
    assert parse_mode(written) is None


def test_nobody_decides_nothing() -> None:
    assert decide(Mode("any"), ()) is None


VOTES = st.lists(st.sampled_from(["agreed", "rejected", "pending", "waiting", "skipped"]), min_size=1, max_size=30)
SHARES = st.fractions(min_value=Fraction(1, 50), max_value=1, max_denominator=50)


@given(VOTES, SHARES)
def test_a_share_is_decided_exactly_when_the_rest_can_change_nothing(votes: list[str], share: Fraction) -> None:
    mode = Mode("share", share.numerator, share.denominator)
    agreed = sum(vote in {"agreed", "skipped"} for vote in votes)
    possible = len(votes) - votes.count("rejected")

    verdict = decide(mode, map(Ballot, votes))

    assert (verdict == "passed") == (Fraction(agreed, len(votes)) >= share)
    assert (verdict == "rejected") == (Fraction(possible, len(votes)) < share)


@given(VOTES, st.integers(1, 40))
def test_once_all_have_voted_every_mode_has_decided(votes: list[str], number: int) -> None:
    voted = [Ballot("agreed" if vote in {"pending", "waiting"} else vote, weight=3) for vote in votes]

    for mode in (
        Mode("any"),
        Mode("share"),
        Mode("count", number),
        Mode("weight", number),
        Mode("share", 1, 2, strict=True),
    ):
        assert decide(mode, voted) in {"passed", "rejected"}
