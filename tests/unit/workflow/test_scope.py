from engine.workflow.scope import Fork, fork, fork_below, forks, parent, shared, within


def test_a_fork_is_appended_and_stripped() -> None:
    inner = fork(fork("0", 17, 2), 23, 1)

    assert inner == "0/17.2/23.1"
    assert forks(inner) == (Fork(17, 2), Fork(23, 1))
    assert parent(inner) == "0/17.2"
    assert parent("0") == "0"


def test_a_path_lies_within_its_scope_and_not_within_a_longer_number() -> None:
    assert within("0/1.2", "0/1.2")
    assert within("0/1.2/3.1", "0/1.2")
    assert not within("0/1.20", "0/1.2")
    assert not within("0", "0/1.2")


def test_two_paths_share_their_innermost_scope() -> None:
    assert shared("0/1.2/3.1", "0/1.2/4.1") == "0/1.2"
    assert shared("0/1.2", "0/1.1") == "0"
    assert shared("0", "0/1.1") == "0"


def test_the_fork_by_which_a_path_leaves_a_scope() -> None:
    assert fork_below("0/1.2/3.1", "0") == Fork(1, 2)
    assert fork_below("0/1.2/3.1", "0/1.2") == Fork(3, 1)
    assert fork_below("0", "0") is None
    assert fork_below("0/9.1", "0/1.2") is None
