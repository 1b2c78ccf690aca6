"""Who is asked: the answers that approvals need about people, for one record."""

from collections.abc import Sequence
from typing import cast

from engine.definition.model import Flow
from engine.projection.rights import ADMIN
from engine.services.work import Work
from engine.storage import teams
from engine.storage.records import Record


class RecordPeople:
    """People as one record sees them: its project, its fields, and the departments.

    The flow says which field leads to the record with a team (none: the record itself), and whose roles bare names are.
    """

    def __init__(self, work: Work, record: Record, flow: Flow) -> None:
        self._work = work
        self._record = record
        self._project = flow.project
        self._module = flow.module
        self._active: set[str] = set()

    def users_of_role(self, role: str) -> Sequence[str]:
        """Return those who have a role; a bare name is one of the flow's own module."""
        if role == ADMIN:
            return self._known(self._work.accounts.admins())
        return self._known(self._work.accounts.users_of_role(role if "." in role else f"{self._module}.{role}"))

    def department_heads(self, user: str, level: int) -> Sequence[str]:
        """Return the head of a person's department, or of the one `level` - 1 above it, the top where there are fewer."""
        account = self._work.accounts.get(user)
        chain = self._work.accounts.chain(account.department_id) if account else ()
        if not chain:
            return ()
        head = chain[min(level, len(chain)) - 1].head_id
        return (head,) if head else ()

    def project_role(self, role: str) -> Sequence[str]:
        """Return those who have a role in the project of the record."""
        entity = self._work.entity(self._record.entity)
        field = entity.field(self._project) if self._project else None
        key, record_id = (field.to, self._record.values.get(field.name)) if field else (entity.key, self._record.id)
        if not record_id:
            return ()
        return self._known(teams.holders(self._work.tx, self._work.tables, key, str(record_id), role))

    def user_field(self, path: str) -> Sequence[str]:
        """Return the users that a field names, in rows in their order."""
        first, _, rest = path.partition(".")
        value = self._record.values.get(first)
        if rest and isinstance(value, (list, tuple)):
            found = [row.get(rest) for row in cast("Sequence[dict[str, object]]", value)]
        else:
            found = [value]
        return tuple(dict.fromkeys(str(user) for user in found if user))

    def is_active(self, user: str) -> bool:
        """Say whether a person may act."""
        if user in self._active:
            return True
        account = self._work.accounts.get(user)
        return account is not None and account.active and bool(self._known((user,)))

    def superior(self, user: str) -> str | None:
        """Return a person's superior: the one named, else the head of the department, else the head above it."""
        account = self._work.accounts.get(user)
        if account is None or account.superior_id:
            return account.superior_id if account else None
        chain = self._work.accounts.chain(account.department_id)
        return next((one.head_id for one in chain if one.head_id and one.head_id != user), None)

    def admins(self) -> Sequence[str]:
        """Return the administrators."""
        return self._work.accounts.admins()

    def _known(self, active: Sequence[str]) -> Sequence[str]:
        """Remember who was found to be active, so that nobody is looked up twice."""
        self._active.update(active)
        return active
