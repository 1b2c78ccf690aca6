"""Who may do what: the one place where grants are read.

A person's rights are the union of the grants of all roles held: an action is allowed when any grant allows it, on the records
that any such grant reaches, and a field is as open as the most open grant leaves it. An administrator may do everything.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.definition.model import Access, Entity, Grant

ADMIN = "admin"
_ORDER: Mapping[str, int] = {"hidden": 0, "mask": 1, "read": 2, "write": 3}


@dataclass(frozen=True, slots=True)
class Rights:
    """The rights of one person.

    `roles` are held everywhere, `project_roles` in the team of at least one record: what they grant, they grant there.
    """

    grants: tuple[Grant, ...]
    roles: frozenset[str]
    is_admin: bool = False
    project_roles: frozenset[str] = frozenset()

    def granted(self, action: str, entity: str) -> tuple[Grant, ...]:
        """Return the grants that allow an action on some records of an entity."""
        return tuple(
            grant
            for grant in self.grants
            if grant.entity == entity
            and action in grant.actions
            and (grant.role in self.roles or grant.role in self.project_roles)
        )

    def may(self, action: str, entity: str) -> bool:
        """Say whether an action is allowed on any record at all."""
        return self.is_admin or bool(self.granted(action, entity))

    def why_not(self, action: str, entity: str) -> str:
        """Return the code of the rule that refuses an action: no role grants it, or it is granted on other records only."""
        return "no_grant" if not self.may(action, entity) else "outside_scope"

    def field_access(self, entity: Entity) -> Mapping[str, Access]:
        """Return hidden, masked and read-only fields by path; a field that is not named may be written.

        A field is as open as the most open of the grants that let the person read or change the entity.
        """
        if self.is_admin:
            return {}
        grants = {
            id(grant): grant for action in ("read", "create", "update") for grant in self.granted(action, entity.key)
        }
        if not grants:
            return {}
        named = {path for grant in grants.values() for path in grant.fields}
        opened = {
            path: max((_opens(grant, path) for grant in grants.values()), key=_ORDER.__getitem__) for path in named
        }
        return {path: access for path, access in opened.items() if access != "write"}


def _opens(grant: Grant, path: str) -> Access:
    """Return how far one grant opens a field: what only lets records be read lets nothing be written."""
    access: Access = grant.fields.get(path, "write")
    writes = "create" in grant.actions or "update" in grant.actions
    return access if writes else narrowest(access, "read")


def narrowest(*accesses: Access) -> Access:
    """Return the least open of several answers about one field."""
    return min(accesses, key=_ORDER.__getitem__)
