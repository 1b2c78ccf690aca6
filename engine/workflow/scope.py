"""Scope paths: where in the nesting of parallel branches a token or an activation stands.

The root is `0`. A split appends one fork: its activation's id and the number of the branch, counted from 1, so the second
branch of split 17 is `0/17.2`. A join strips that fork again. A path names one entry into one branch, and therefore stays
right when splits nest and when a node is entered again.
"""

from dataclasses import dataclass

ROOT = "0"


@dataclass(frozen=True, slots=True)
class Fork:
    """One branch of one split: the id of the split's activation, and the branch's number counted from 1."""

    split: int
    branch: int


def fork(path: str, split: int, branch: int) -> str:
    """Return the path of a branch that a split standing at `path` opens."""
    return f"{path}/{split}.{branch}"


def forks(path: str) -> tuple[Fork, ...]:
    """Return the forks that lead from the root to `path`, the outermost first."""
    pairs = (part.split(".") for part in path.split("/")[1:])
    return tuple(Fork(int(split), int(branch)) for split, branch in pairs)


def within(path: str, scope: str) -> bool:
    """Return whether `path` is `scope` or lies inside it."""
    return path == scope or path.startswith(f"{scope}/")


def parent(path: str) -> str:
    """Return the path without its last fork; the root is its own parent."""
    return path.rpartition("/")[0] or ROOT


def shared(one: str, other: str) -> str:
    """Return the innermost scope that holds both paths."""
    common: list[str] = []
    for left, right in zip(one.split("/"), other.split("/"), strict=False):
        if left != right:
            break
        common.append(left)
    return "/".join(common)


def fork_below(path: str, scope: str) -> Fork | None:
    """Return the first fork by which `path` leaves `scope`, None where it does not leave it downwards."""
    if path == scope or not within(path, scope):
        return None
    return forks(path)[scope.count("/")]
