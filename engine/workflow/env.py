"""What the engine asks of the world, given to it as an argument: the time, the people and the record as it is now."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class People(Protocol):
    """Who is who; all answers are ids of users, in a stable order."""

    def users_of_role(self, role: str) -> Sequence[str]:
        """Return those who have a role."""

    def department_heads(self, user: str, level: int) -> Sequence[str]:
        """Return the heads of a user's department; level 1 is the user's own, a level beyond the top means the top."""

    def project_role(self, role: str) -> Sequence[str]:
        """Return those who have a role in the project of the record."""

    def user_field(self, path: str) -> Sequence[str]:
        """Return the users that a field of the record names."""

    def is_active(self, user: str) -> bool:
        """Return whether a user may act."""

    def superior(self, user: str) -> str | None:
        """Return a user's direct superior."""

    def admins(self) -> Sequence[str]:
        """Return those who look after this flow."""


@dataclass(frozen=True, slots=True)
class Env:
    """The moment (aware), the conditions by key (True, False or None for blank) and the people."""

    now: datetime
    condition: Callable[[str], bool | None]
    people: People
